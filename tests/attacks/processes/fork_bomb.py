"""Forks without end."""

STOCK = ""
FIRST = """
import os, time
end = time.time() + 5
while time.time() < end:
    try:
        os.fork()
    except OSError as error:
        print(error)
        break
"""
