"""Activation functions from scratch: exercises that mark themselves, and a grader for a class.

A notebook uses four names: `check("relu_if")` marks an answer, `show(fig, "what is to be seen")` displays a
figure with alternative text, `predict("a-name")` asks before it shows, `play(draw, ...)` gives a picture
knobs. They need NumPy and IPython only, and use ipywidgets where it is there.
"""

__all__ = ["check", "play", "predict", "show"]


# PEP 562: `grader` itself imports nothing, so each command loads what it needs
def __getattr__(name: str) -> object:
    if name in __all__:
        from .judging import interactive, lesson

        return getattr(lesson if name in ("check", "show") else interactive, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
