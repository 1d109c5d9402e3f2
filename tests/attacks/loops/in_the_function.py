"""A loop that never ends, in the function that is asked for."""

SLOW = True
SAYS = "did not come to an end|TimeLimit|does this loop end"
ANSWERS = {
    "relu_if": """
def relu_if(inputs):
    while True:
        pass
"""
}
