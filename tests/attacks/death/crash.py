"""Crashes the interpreter by reading from address 0."""

ANSWERS = {"relu_if": "import ctypes\nctypes.string_at(0)"}
SAYS = "died"
