"""Asks the grader for input, and waits."""

SAYS = "StdinNotImplementedError|does this loop end|did not end"
ANSWERS = {
    "relu_if": "input('your password: ')",
    "relu_max": """
def relu_max(inputs):
    import getpass
    return getpass.getpass()
""",
}
