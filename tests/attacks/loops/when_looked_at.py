"""Objects that loop when their text, type or length is asked for."""

SLOW = True
ANSWERS = {
    "relu_if": """
class Slow(Exception):
    def forever(self, *args):
        while True:
            pass
    __str__ = __repr__ = __len__ = __eq__ = forever

def relu_if(inputs):
    raise Slow
"""
}
