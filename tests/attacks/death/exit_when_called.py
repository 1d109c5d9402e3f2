"""Ends the interpreter when it is called, with a status that says all is well."""

ANSWERS = {
    "relu_if": """
import os, sys

def relu_if(inputs):
    print("1.0")
    sys.stdout.flush()
    os._exit(0)
"""
}
SAYS = "died"
