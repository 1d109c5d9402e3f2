"""Never lets the kernel end: loops in atexit, in __del__ and in threads that are no daemons."""

FIRST = """
import atexit, threading, time

def forever():
    end = time.time() + 3600
    while time.time() < end:
        time.sleep(0.01)

class Undying:
    def __del__(self):
        forever()

undying = Undying()
atexit.register(forever)
threading.Thread(target=forever).start()
"""
