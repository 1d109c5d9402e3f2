"""Raises KeyboardInterrupt, GeneratorExit, exceptions of lying classes, chains in a circle, and groups of thousands."""

LESSON = "05_softmax_batch"
ANSWERS = {"row_sums": """
class Meta(type):
    @property
    def __name__(cls): return ["not", "a", "text"]
class Odd(BaseException, metaclass=Meta):
    def __str__(self): return 5
    @property
    def __traceback__(self): return 7
def row_sums(batch):
    a, b = Odd(), Odd()
    a.__cause__, b.__cause__ = b, a
    a.__context__, b.__context__ = b, a
    raise a
""", "softmax_batch": """
def softmax_batch(batch):
    raise KeyboardInterrupt
"""}
FIRST = """
e = ExceptionGroup("x", [ValueError("y" * 100)] * 5000)
for _ in range(60): e = ExceptionGroup("z", [e])
raise e
"""
