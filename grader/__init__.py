"""Activation functions from scratch: exercises that mark themselves, and a grader for a class.

A notebook uses two names: `check("relu_if")` marks an answer, `show(fig, "what is to be seen")`
displays a figure with alternative text. Both need NumPy and IPython only.
"""

__all__ = ["check", "show"]


# PEP 562: `grader` itself imports nothing, so each command loads what it needs
def __getattr__(name: str) -> object:
    if name in __all__:
        from .judging import lesson

        return getattr(lesson, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
