"""Closes the kernel's sockets, so that nobody hears its end."""

SLOW = True
ANSWERS = {
    "relu_if": """
import os
kernel = get_ipython().kernel
for number in range(3, 256):
    try:
        os.close(number)
    except OSError:
        pass
"""
}
