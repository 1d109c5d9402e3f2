"""What `grader` is while an answer is graded: the lesson's first cell runs, and nothing is checked.

Answers are judged outside; this module knows no exercise and no result.
"""

import contextlib
import sys


def check(*args, **kwargs):
    """Do nothing: the judge does not ask in here."""


check.progress = check.pack = check.unpack = check


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
    """Answer `!pip install ...` and `%conda install ...` with a line, and a request for windows with inline
    pictures: an error would cost the whole cell."""

    def refuse(command, *args, **kwargs):
        print(f"! commands do not run while notebooks are graded: {str(command)[:80]}")

    shell.system = shell.system_piped = shell.system_raw = refuse
    shell.getoutput = lambda command, *args, **kwargs: refuse(command) or []
    for name in ("conda", "mamba", "micromamba", "pip", "uv"):
        shell.register_magic_function(refuse, magic_name=name)
    shell.ask_exit = stay
    stay_inline(shell)


def stay():
    """By `quit()` a kernel ends after the cell; here the lesson goes on."""
    print("exit and quit do nothing while notebooks are graded")


def stay_inline(shell):
    """Pictures are inline, whatever backend is asked for: no window can be opened here."""
    enable = shell.enable_matplotlib
    shell.enable_matplotlib = lambda gui=None: enable("inline")
    shell.events.register("pre_run_cell", keep_pyplot_inline)


def keep_pyplot_inline(info):
    """Before each cell: lessons import it in their first one, where it is not there already."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    switch = getattr(pyplot, "switch_backend", None)
    if switch is not None and switch.__module__ == pyplot.__name__:
        pyplot.switch_backend = lambda newbackend: switch("module://matplotlib_inline.backend_inline")
