"""Calls exit in every way that Python knows."""

ANSWERS = {
    "relu_if": """
def relu_if(inputs):
    raise SystemExit(0)
""",
    "relu_max": "exit()",
}
