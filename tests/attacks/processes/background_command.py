"""Starts a command in the background that outlives the kernel."""

FIRST = """
import subprocess
try:
    subprocess.Popen(["sleep", "3000"], start_new_session=True)
    print("started")
except OSError as error:
    print(error)
"""
