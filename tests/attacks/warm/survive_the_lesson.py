"""Stays alive when its lesson is over: ignores signals, forks, leaves its session, keeps threads busy."""

ANSWERS = {
    "relu_if": """
import ctypes, os, signal, subprocess, sys, threading, time
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
for call in (os.setsid, os.setpgrp, os.fork, lambda: ctypes.CDLL(None).prctl(1, 0),
             lambda: subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"]),
             lambda: os.posix_spawn(sys.executable, [sys.executable], {})):
    try:
        call()
    except OSError:
        pass

def stay():
    while True:
        for folder in (os.path.expanduser("~"), "/tmp"):
            try:
                os.makedirs(folder, exist_ok=True)
                open(folder + "/alive", "w").close()
            except OSError:
                pass
        time.sleep(0.001)

for _ in range(8):
    threading.Thread(target=stay).start()
"""
}
NEXT = """
import os, time
time.sleep(0.3)
if os.path.exists(os.path.expanduser("~/alive")) or os.path.exists("/tmp/alive"):
    def relu_numpy(inputs):
        return np.maximum(0, inputs)
"""
