"""What `grader` is while an answer is graded: the lesson's first cell runs, and nothing is checked.

Answers are judged outside; this module knows no exercise and no result.
"""

import contextlib
import sys


def check(*args, **kwargs):
    """Do nothing: the judge does not ask in here."""


def predict(*args, **kwargs):
    """Do nothing: nobody is there to predict."""


def play(*args, **kwargs):
    """Do nothing: nobody is there to look."""


def show(figure=None, *args, **kwargs):
    """Close the figure, so that a lesson full of them does not fill the memory."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    with contextlib.suppress(Exception):
        pyplot.close(figure if figure is not None else "all")


def load_ipython_extension(shell):
    """Answer `!pip install ...` with a line instead of an error, which would cost the whole cell."""

    def refuse(command, *args, **kwargs):
        print(f"! commands do not run while notebooks are graded: {str(command)[:80]}")

    shell.system = shell.system_piped = shell.system_raw = refuse
    shell.getoutput = lambda command, *args, **kwargs: refuse(command) or []
