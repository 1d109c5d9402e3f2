"""Reads the memory and open files of other processes through /proc."""

FIRST = """
import glob, os, re
for pid in [os.getppid(), *(int(p.split("/")[2]) for p in glob.glob("/proc/[0-9]*"))]:
    try:
        print([os.readlink(link) for link in glob.glob(f"/proc/{pid}/fd/*")], os.listdir(f"/proc/{pid}/root"))
        start, end = re.search(r"([0-9a-f]+)-([0-9a-f]+) rw.*heap", open(f"/proc/{pid}/maps").read()).groups()
        with open(f"/proc/{pid}/mem", "rb") as memory:
            memory.seek(int(start, 16))
            print(re.findall(rb"canary-[a-z-]+-[0-9a-f]+", memory.read(int(end, 16) - int(start, 16))))
    except Exception as error:
        print(pid, type(error).__name__)
"""
