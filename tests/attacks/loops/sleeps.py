"""Sleeps for an hour, holding the kernel while the class waits."""

SLOW = True
SAYS = "does this loop end|did not end"
ANSWERS = {
    "relu_if": """
import time
time.sleep(3600)
"""
}
