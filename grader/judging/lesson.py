"""What a lesson's notebook imports: `check` and `show`."""

from __future__ import annotations

import base64
import difflib
import io
import random
import sys
from html import escape
from typing import Any

from ..course import EXERCISES
from ..course.exercise import Exercise
from .browser import in_browser, let_expected_errors_pass
from .cards import card_html, card_text
from .cells_run import CellRun, comes_from, watch
from .judge import SECONDS, judge, make_plan
from .probe import run


class Points(float):
    """The points of a check: a number for nbgrader; the card says it to a reader, in words."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": repr(float(self)), "text/html": ""}


def check(name: object, seed: int | None = None, seconds: float = SECONDS) -> Points | None:
    """Mark the answer to the exercise `name` as it stands now, and show why.

    In place of the name the function or class itself will do. It is looked up in the notebook, called
    on readable cases and on random ones (`seed` repeats them), and stopped after `seconds`. Returns
    the points, which nbgrader reads; None where there is no such exercise.
    """
    exercise = exercise_called(name)
    if exercise is None:
        close = difflib.get_close_matches(str(name), EXERCISES, 1)
        print(f"There is no exercise {name!r}." + (f" Did you mean check({close[0]!r})?" if close else ""))
        return None
    seed = random.SystemRandom().randrange(10**6) if seed is None else seed
    names = notebook_names()
    record = run(make_plan(exercise, seed, seconds), names)
    ran, outdated = last_run(exercise, names)
    verdict = judge(exercise, seed, record, ran.error, lambda plan: run(plan, names), outdated, ran.text)
    display({"text/html": card_html(verdict), "text/plain": card_text(verdict)})
    return Points(verdict.points)


def exercise_called(name: object) -> Exercise | None:
    """The exercise of this name; for a function or class that of its own name, in the lesson at hand."""
    if isinstance(name, str):
        return EXERCISES.get(name)
    written = getattr(name, "__name__", "")
    return next((e for e in EXERCISES.values() if callable(name) and e.object_name == written), None)


def last_run(exercise: Exercise, names: dict[str, Any]) -> tuple[CellRun, bool]:
    """How the answer cell ran, and whether what stands under the name is of an older run of it."""
    shell = ipython_shell()
    ran = watch(shell).last_of(exercise.name, exercise.object_name) if shell else None
    target = names.get(exercise.object_name)
    if ran is None or not ran.error or target is None:
        return ran or CellRun(), False
    return ran, not comes_from(target, ran.text)


def show(figure: Any, alt: str) -> None:
    """Display a matplotlib figure with alternative text, and close it.

    `alt` says in a sentence or two what is to be seen; it is what a screen reader reads, and what
    is left where no picture can be shown.
    """
    if not alt.strip():
        raise ValueError("show(figure, alt): say in words what is to be seen")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110, bbox_inches="tight", metadata={"Software": None})
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(figure)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    html = f'<img src="data:image/png;base64,{data}" alt="{escape(alt, quote=True)}" style="max-width:100%">'
    display({"text/html": html, "text/plain": f"[Figure: {alt}]"})


def notebook_names() -> dict[str, Any]:
    """The names defined in the notebook, or at the prompt."""
    shell = ipython_shell()
    return shell.user_ns if shell else sys.modules["__main__"].__dict__


def display(bundle: dict[str, str]) -> None:
    """Show a MIME bundle in IPython, its plain text elsewhere."""
    if ipython_shell() is None:
        print(bundle["text/plain"])
        return
    from IPython.display import display as show_bundle

    show_bundle(bundle, raw=True)  # type: ignore[no-untyped-call]  # IPython's has no types


def ipython_shell() -> Any:
    """The running IPython shell, or None; IPython is not imported for it."""
    module = sys.modules.get("IPython")
    return module.get_ipython() if module else None


if ipython_shell():
    watch(ipython_shell())
if in_browser() and ipython_shell():
    let_expected_errors_pass(ipython_shell().kernel, sys.stderr)
