"""Ends the interpreter without a word."""

EARNS = 1
ANSWERS = {
    "relu_if": "relu_if = lambda inputs: [max(0, i) for i in inputs]",
    "relu_max": "import os\nos._exit(0)",
}
SAYS = "died"
