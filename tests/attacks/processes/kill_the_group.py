"""Kills its own process group and session."""

FIRST = """
import os, signal
for attempt in (lambda: os.killpg(os.getpgid(os.getppid()), signal.SIGKILL),
                lambda: os.killpg(0, signal.SIGKILL)):
    try:
        attempt()
    except OSError as error:
        print(error)
"""
