"""Changes what the process that it was forked from has imported, by writing to its files and to shared pages."""

HONEST, EARNS = True, 2
FIRST = """
import ctypes, os, sys, mmap
tried = []
for path in (sys.modules["numpy"].__file__, os.__file__, sys.executable, "/student/probe.py", "/student/parent.py", "/proc/self/exe", "/proc/self/mem", "/proc/1/mem", "/proc/1/root", "/proc/1/cwd", "/proc/self/map_files"):
    for flags in (os.O_RDWR, os.O_WRONLY | os.O_TRUNC, os.O_RDWR | os.O_CREAT):
        try:
            fd = os.open(path, flags)
            tried.append((path, flags))
        except OSError: pass
libc = ctypes.CDLL(None, use_errno=True)
for line in open("/proc/self/maps"):
    start, end = (int(x, 16) for x in line.split()[0].split("-"))
    if "rw-s" in line or "r--s" in line: tried.append(line)
libc.prctl(36, 1, 0, 0, 0); libc.prctl(4, 1, 0, 0, 0); libc.prctl(15, b"\\x1b[2Jpwned", 0, 0, 0)
print("TRIED", tried)
"""
