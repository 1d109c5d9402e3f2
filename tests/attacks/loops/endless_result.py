"""Answers with containers whose iteration never ends."""

ANSWERS = {
    "relu_if": """
class Endless(list):
    def __iter__(self):
        while True:
            yield 0

relu_if = lambda inputs: Endless()
""",
    "relu_max": """
import itertools
relu_max = lambda inputs: itertools.count()
""",
}
