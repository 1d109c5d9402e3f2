"""Opens ports of its own and waits for the grader to call."""

FIRST = """
import asyncio, socket
for kind in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET):
    try:
        waiting = socket.socket(kind, socket.SOCK_STREAM)
        waiting.bind(("0.0.0.0", 0))
        waiting.listen()
        print("listening")
    except Exception as error:
        print(type(error).__name__, error)
"""
