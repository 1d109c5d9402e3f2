"""Fetches a page and sends a datagram."""

FIRST = """
import socket, urllib.request
try:
    print(urllib.request.urlopen("http://127.0.0.1:@PORT@/@STUDENT@", timeout=2).read())
except Exception as error:
    print(type(error).__name__, error)
for family in (socket.AF_INET, socket.AF_INET6):
    try:
        socket.socket(family, socket.SOCK_DGRAM).sendto(b"udp @STUDENT@", ("localhost", @PORT@))
        print("sent")
    except Exception as error:
        print(type(error).__name__, error)
"""
