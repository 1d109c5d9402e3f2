"""Becomes another program, from a thread, that answers in the kernel's place and lives on."""

FIRST = """
import os, threading
def become():
    for path in ("/bin/sh", "/usr/bin/env", "/proc/self/exe"):
        try:
            os.execv(path, [path, "-c", "while true; do echo alive >> @COURSE@/exec-of-@STUDENT@; sleep 1; done"])
        except OSError as error:
            print(error)
thread = threading.Thread(target=become)
thread.start()
thread.join()
"""
