"""A function that catches every interrupt and goes on."""

SLOW = True
SAYS = "could not be checked|did not come to an end|does this loop end"
ANSWERS = {
    "relu_if": """
def relu_if(inputs):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
"""
}
