"""Installs a filter with which its next system call ends it, when all is answered."""

HONEST, EARNS = True, 3
NEXT = "def relu_numpy(inputs):\n    return np.maximum(0, inputs)"
LAST = """
import ctypes, struct
libc = ctypes.CDLL(None)
code = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0x80000000))
program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", 1, ctypes.addressof(code)))
libc.prctl(22, 2, program)
"""
