"""Fills the disk with files that it deletes and keeps open, so that nobody finds them."""

FIRST = """
import os
kept = []
try:
    for number in range(100):
        kept.append(open(f"gone-{number}", "w+b"))
        os.unlink(kept[-1].name)
        for part in range(12):
            kept[-1].write(bytes(5_000_000))
except OSError as error:
    print(error)
"""
