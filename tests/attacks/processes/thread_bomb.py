"""Starts threads without end."""

FIRST = """
import threading, time
started = 0
try:
    while started < 20_000:
        threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
        started += 1
except RuntimeError as error:
    print(started < 1000, error)
"""
