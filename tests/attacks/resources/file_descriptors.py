"""Opens files until there are no descriptors left, so that nothing more can be answered."""

FIRST = """
import os
kept = []
try:
    while len(kept) < 100_000:
        kept.append(os.dup(1))
except OSError as error:
    print(error)
"""
