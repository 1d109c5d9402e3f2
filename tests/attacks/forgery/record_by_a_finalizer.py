"""Rewrites the record from __del__, from atexit, from a signal's handler and from a thread that waits for json."""

FIRST = """
import atexit, gc, json, signal, threading, time
def forge(*args):
    for thing in gc.get_objects():
        if type(thing) is dict and "seen" in thing and "printed" in thing:
            for step in thing["seen"]:
                if isinstance(step, dict) and "value" in step:
                    step["value"] = {"list": [0, 0]}
class Last:
    def __del__(self):
        forge()
atexit.register(forge)
signal.signal(signal.SIGALRM, forge)
signal.signal(signal.SIGUSR1, forge)
def later():
    for _ in range(40):
        forge(); time.sleep(0.05)
"""
ANSWERS = {"relu_if": """
def relu_if(inputs):
    own = Last()
    own.me = own
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    if threading.active_count() < 4:
        threading.Thread(target=later, daemon=True).start()
    return inputs
""", "relu_max": "def relu_max(inputs):\n    time.sleep(0.01)\n    return [abs(x) for x in inputs]"}
