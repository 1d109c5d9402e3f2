"""Starts threads until none can be started any more, and keeps them while others run, as the same user perhaps."""

HONEST, EARNS = True, 2
FIRST = """
import threading, time
threading.stack_size(65536)
try:
    while True:
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
except RuntimeError:
    time.sleep(4)
"""
