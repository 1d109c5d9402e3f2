"""A loop that catches every interrupt and goes on."""

SLOW = True
SAYS = "did not end|does this loop end"
ANSWERS = {
    "relu_if": """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
}
