"""Looks for other students' work in /tmp, /dev/shm and /var/tmp, and leaves something there."""

FIRST = """
import os
for folder in ("/tmp", "/dev/shm", "/var/tmp", "@COURSE@/.."):
    for where, _, names in list(os.walk(folder))[:300]:
        for name in names[:20]:
            try:
                data = open(os.path.join(where, name), "rb").read(100_000)
                at = data.find(b"canary-")
                print(where, name, data[at:at + 80] if at >= 0 else "")
            except OSError:
                pass
    try:
        open(folder + "/left-by-@STUDENT@", "w").write("x")
    except OSError as error:
        print(error)
"""
