"""Connects to sockets of this machine: one with a path, one abstract, Docker's, the kernel's own."""

FIRST = """
import glob, socket
for address in ("@SOCKET@", "\\0@ABSTRACT@", "/var/run/docker.sock", *glob.glob("/tmp/**/k-*", recursive=True)):
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect(address)
            connection.sendall(b"unix @STUDENT@")
            print("sent")
    except Exception as error:
        print(type(error).__name__, error)
"""  # noqa: E501
