"""Sets all that a process may set of itself: timers, limits, names, scores, filters, priorities."""

HONEST, EARNS = True, 2
NEXT = "def relu_numpy(inputs):\n    return np.maximum(0, inputs)"
EARNS = 3
LAST = """
import ctypes, os, resource, signal
libc = ctypes.CDLL(None)
for what in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
    signal.setitimer(what, 1000, 0.001)
for name, text in (("oom_score_adj", "1000"), ("coredump_filter", "0"), ("timerslack_ns", "10000000"),
                   ("comm", "x"), ("clear_refs", "1"), ("loginuid", "0"), ("attr/current", "x")):
    try:
        open(f"/proc/self/{name}", "w").write(text)
    except OSError:
        pass
for option in (2, 15, 29, 31, 35, 36, 38, 41, 52, 53, 59):
    libc.prctl(option, ctypes.c_ulong(1), 0, 0, 0)
libc.mlockall(7), libc.nice(19), os.umask(0o777)
for what in range(16):
    try:
        resource.setrlimit(what, (0, 0))
    except (OSError, ValueError):
        pass
"""
