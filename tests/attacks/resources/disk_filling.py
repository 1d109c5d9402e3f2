"""Writes files until the disk is full."""

FIRST = """
import os
written = 0
try:
    for number in range(40):
        with open(f"filling-{number}", "wb") as file:
            for part in range(10):
                written += file.write(bytes(5_000_000))
except OSError as error:
    print(written, error)
for folder in ("/tmp", "/dev/shm", os.getcwd(), "@COURSE@"):
    try:
        for number in range(4000):
            open(f"{folder}/small-{number}", "w").close()
    except OSError as error:
        print(error)
"""
