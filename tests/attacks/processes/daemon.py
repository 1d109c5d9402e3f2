"""Leaves a process behind that lives on after the kernel: two forks and a session of its own."""

FIRST = """
import os, time
try:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            end = time.time() + 60
            while time.time() < end:
                open("@COURSE@/daemon-of-@STUDENT@", "a").write("alive ")
                time.sleep(0.5)
        os._exit(0)
except OSError as error:
    print(error)
"""
