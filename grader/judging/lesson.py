"""What a lesson's notebook imports: `check` and `show`."""

from __future__ import annotations

import base64
import difflib
import io
import random
import sys
import time
from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from ..course import EXERCISES
from ..course.exercise import Exercise
from ..desk.pack import pack
from ..desk.progress import Progress, keep, read_all
from ..desk.saved import is_written
from ..desk.unpack import NotPacked, unpack
from .browser import in_browser, let_expected_errors_pass
from .cards import card_html, card_text, second_way
from .cells_run import CellRun, comes_from, watch
from .explain import explain_not_run
from .files import offer, upload
from .judge import SECONDS, judge, make_plan
from .probe import run
from .shell import display, ipython_shell, notebook_names
from .verdict import Verdict

LONG = 2.0
"""Seconds from which on the time that a right answer took is worth a word."""

LEGIBLE = 0.7
"""A figure is made no smaller than this: in a narrow window it can be moved, and its words be read."""

IN_THE_DARK = (
    "<style>:is([data-jp-theme-light=false], [data-vscode-theme-kind=vscode-dark], html[theme=dark]) "
    ".grader-figure { filter: invert(.93) hue-rotate(180deg) }</style>"
)
"""In a dark theme (JupyterLab's, VS Code's, Colab's) a figure is drawn light on dark, in the same hues."""

NO_LINE = (
    "<style>.jp-OutputArea-executeResult:has(.grader-points) { display: none }</style>"
    "<span class='grader-points'></span>"
)
"""A result of which JupyterLab shows nothing, not even an empty line."""


class Points(float):
    """The points of a check: a number for nbgrader; the card says it to a reader, in words."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": repr(float(self)), "text/html": NO_LINE}


class Check:
    """What a lesson calls as `check`."""

    def __call__(self, name: object, seed: int | None = None, seconds: float = SECONDS) -> Points | None:
        """Mark the answer to the exercise `name` as it stands now, and show why.

        In place of the name the function or class itself will do. It is looked up in the notebook, called
        on readable cases and on random ones (`seed` repeats them), and stopped after `seconds`. Returns
        the points, which nbgrader reads; None where there is no such exercise.
        """
        exercise = exercise_called(name)
        if exercise is None:
            close = difflib.get_close_matches(str(name), EXERCISES, 1)
            print(
                f"There is no exercise {name!r}." + (f" Did you mean check({close[0]!r})?" if close else "")
            )
            return None
        seed = random.SystemRandom().randrange(10**6) if seed is None else seed
        names = notebook_names()
        started = time.perf_counter()
        record = run(make_plan(exercise, seed, seconds), names)
        took = time.perf_counter() - started
        ran, outdated = last_run(exercise, names)
        verdict = judge(exercise, seed, record, ran.error, lambda plan: run(plan, names), outdated, ran.text)
        verdict = name_the_restart(name_the_time(verdict, took, seconds), exercise, ran)
        also = second_way(exercise, verdict)
        display({"text/html": card_html(verdict, also), "text/plain": card_text(verdict, also)})
        if verdict.status not in ("unwritten", "unknown"):  # it may have been right before a restart
            keep(exercise, verdict.points, Path.cwd())
        return Points(verdict.points)

    def progress(self) -> None:
        """Show the points so far, and what is next."""
        for progress in desks():
            display({"text/html": progress.as_html(), "text/plain": progress.as_text()})

    def pack(self) -> None:
        """Write the archive that is handed in beside the lessons, as they are saved; say what is in it."""
        for progress in desks():
            packed = pack(progress.chapter, Path.cwd() / progress.folder)
            display({"text/html": packed.as_html(progress), "text/plain": packed.as_text(progress)})
            offer(packed.path)

    def unpack(self, archive: str = "") -> None:
        """Continue with what `pack` wrote elsewhere: the file `archive`, or one chosen with a button."""
        for progress in desks():
            name = f"{progress.chapter.name}.zip"
            if archive:
                display(take_in(progress, Path(archive).read_bytes()))
            elif not upload(f"Choose {name}", partial(take_in, progress)):
                print(f"Name the archive: check.unpack({name!r})")


check = Check()


def name_the_time(verdict: Verdict, took: float, limit: float) -> Verdict:
    """The verdict, which says of a right answer that took long how long that was."""
    if verdict.status != "right" or took < LONG:
        return verdict
    said = f"All cases together took {took:.1f} seconds; {limit:g} are allowed."
    return replace(verdict, reward=f"{verdict.reward} {said}")


def name_the_restart(verdict: Verdict, exercise: Exercise, ran: CellRun) -> Verdict:
    """The verdict, which says of an answer that Python does not know whether it is written all the same.

    What another cell defines is then no misspelling of it.
    """
    found, not_run = [finding.id for finding in verdict.findings], ran.guessed or not ran.text
    if found not in (["missing"], ["misspelt"]) or verdict.points:
        return verdict
    if not_run and is_written(exercise, Path.cwd()):
        return replace(verdict, status="unknown", findings=(explain_not_run(exercise),))
    return replace(verdict, status="unknown") if found == ["missing"] else verdict


def take_in(progress: Progress, data: bytes) -> dict[str, str]:
    """Put an archive's lessons in the place of those that are there; what is to be shown of it."""
    try:
        return unpack(progress.chapter, Path.cwd() / progress.folder, data).as_bundle()
    except NotPacked as reason:
        said = f"Nothing was taken in: {reason}"
        return {"text/html": f"<p role='status'>{escape(said)}</p>", "text/plain": said}


def desks() -> list[Progress]:
    """The chapters beside the notebook; says so where there is none."""
    found = read_all(Path.cwd())
    if not found:
        print(f"There is no lesson in {Path.cwd()}: open the lessons in the folder in which they lie.")
    return found


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
    width = int.from_bytes(buffer.getvalue()[16:20], "big")  # in pixels: where a PNG has it
    html = (
        f'<div tabindex="0" style="overflow-x:auto"><img src="data:image/png;base64,{data}" '
        f'alt="{escape(alt, quote=True)}" class="grader-figure" '
        f'style="max-width:100%;min-width:{LEGIBLE * width:.0f}px"></div>{IN_THE_DARK}'
    )
    display({"text/html": html, "text/plain": f"[Figure: {alt}]"})


if ipython_shell():
    watch(ipython_shell())
if in_browser() and ipython_shell():
    let_expected_errors_pass(ipython_shell().kernel, sys.stderr)
