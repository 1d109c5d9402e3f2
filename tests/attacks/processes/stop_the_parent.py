"""Stops its parent instead of killing it, so that grading waits for ever."""

FIRST = """
import os, signal
for pid in (os.getppid(), os.getpgid(os.getppid())):
    try:
        os.kill(pid, signal.SIGSTOP)
    except OSError as error:
        print(error)
"""
