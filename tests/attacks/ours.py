"""Runs attacks through our grader, honest students before, between and after them, and takes stock."""

from __future__ import annotations

import contextlib
import io
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from grader.course import CHAPTER, EXERCISES
from grader.course.places import ROOT
from grader.grading import classroom
from grader.grading.records import Outcome
from grader.grading.sandbox import named
from grader.grading.sandbox.confinement import choose_sandbox

from . import Attack, World, submit, submit_honest
from .pages import live
from .surroundings import adopt_orphans, children, leaks, snapshot, surroundings

HONEST = {
    "a-honest": ["01_relu_loop", "05_softmax_batch"],
    "m-honest": ["02_relu_numpy", "03_dense_layer", "04_softmax_sample", "07_forward_pass"],
    "z-honest": ["01_relu_loop", "05_softmax_batch"],
}
LINKED = {
    "a-linked": ["01_relu_loop"],
    "b-linked": ["01_relu_loop"],
    "c-linked": ["01_relu_loop", "02_relu_numpy"],
}
WRITTEN = (".html", ".ipynb", ".json")
MOST_BYTES = 10_000_000  # of what one attack leaves behind in outcome, graded notebooks and pages
MOST_LINES = 10  # that a run prints
KEPT = {
    "submitted",
    "autograded",
    "feedback",
    "outcomes",
    "gradebook.db",
    "grades.csv",
    "notes.txt",
}


@dataclass
class Result:
    """What one attack came to."""

    outcome: Outcome | None = None
    text: str = ""
    """Our outcome and graded notebooks, as text."""

    leaked: set[str] = field(default_factory=set)
    live: list[str] = field(default_factory=list)
    """What is live in its feedback pages and not in an honest student's."""

    size: int = 0
    """Bytes of all that was written about it."""


@dataclass
class Report:
    """What a class run with attacks came to."""

    results: dict[str, Result]
    honest: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Marks of the honest students, and what they should be."""

    heard: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Command lines of processes that still run."""

    changed: list[str] = field(default_factory=list)
    """Files outside of what a class run writes that appeared, changed or are gone."""

    printed: set[str] = field(default_factory=set)
    """Places whose canaries were printed by the run itself."""

    lines: list[str] = field(default_factory=list)
    """What it printed."""


def student_of(attack: Attack) -> str:
    return f"{attack.kind}-{attack.name}"


def run_class(
    attacks: list[Attack],
    base: Path,
    seconds: int,
    workers: int = 2,
    tell=lambda text: None,
    sandbox: str = "",
    **elsewhere,
) -> Report:
    """Grade a class of attacks and honest students; `seconds` is the limit for one cell, `sandbox` is the
    one that is chosen here unless it is named, `elsewhere` what `grade_class` is told of a cluster."""
    adopt_orphans()
    running = children()
    with surroundings(base) as world:
        for student, lessons in (HONEST | LINKED).items():
            submit_honest(world, student, lessons)
        for attack in attacks:
            submit(attack, world, student_of(attack))
        watched = [world.home, ROOT / "solutions", ROOT / "notebooks"]
        submitted = snapshot(world.course / "submitted")
        before = snapshot(*watched)
        with captured(base / "printed") as printed:
            outcomes = {
                outcome.student: outcome
                for outcome in classroom.grade_class(
                    world.course,
                    due=datetime(2100, 1, 1, tzinfo=UTC),
                    seconds=seconds,
                    workers=workers,
                    advance=lambda outcome: tell(outcome.student),
                    **({"confine": partial(confine, sandbox)} | elsewhere),
                )
            }
        changed = compare(before, snapshot(*watched))
        changed += compare(submitted, snapshot(world.course / "submitted"))
        changed += [entry.name for entry in world.course.iterdir() if entry.name not in KEPT]
        changed += [entry.name for entry in Path(os.environ["TMPDIR"]).iterdir()]
        results = {attack.name: result_of(world, student_of(attack), outcomes) for attack in attacks}
        report = Report(results, heard=world.heard, changed=changed, printed=leaks(world, [printed], ""))
        report.lines = printed.read_text(encoding="utf-8", errors="replace").splitlines()
    report.left = [
        line for pid, line in children().items() if pid not in running and "resource_tracker" not in line
    ]
    for student, lessons in (HONEST | LINKED).items():
        outcome = outcomes.get(student)
        worth = sum(e.points for e in EXERCISES.values() if e.lesson in lessons)
        report.honest[student] = (outcome.points if outcome else -1, worth)
    return report


def confine(wanted: str, unsafe: bool) -> tuple[str, str]:
    """As `choose_sandbox`, where one is wanted. Raises NoSandbox where it does not work here."""
    if not wanted:
        return choose_sandbox(unsafe)
    sandbox = named(wanted)
    sandbox.probe()
    return sandbox.name, sandbox.describe()


@contextlib.contextmanager
def captured(path: Path):
    """Send what this process and those below it print into a file."""
    saved = os.dup(1), os.dup(2)
    with open(path, "wb") as file, contextlib.redirect_stdout(io.StringIO()):
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            yield path
        finally:
            for number, was in zip((1, 2), saved):
                os.dup2(was, number)
                os.close(was)


def compare(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def result_of(world: World, student: str, outcomes: dict[str, Outcome]) -> Result:
    """Read what the run has written about one student."""
    folders = [world.course / step / student for step in ("autograded", "feedback")]
    files = [*folders, world.course / "outcomes" / CHAPTER / f"{student}.json"]
    texts = [
        path.read_text(encoding="utf-8")
        for path in (files[2], *folders[0].glob(f"{CHAPTER}/*.ipynb"))
        if path.is_file()
    ]
    found = []
    for page in sorted(folders[1].glob(f"{CHAPTER}/0*.html")):
        neighbour = "m-honest" if page.stem in HONEST["m-honest"] else "a-honest"
        honest = world.course / "feedback" / neighbour / CHAPTER / page.name
        found += sorted(live(page) - live(honest)) if honest.exists() else ["no honest page to compare"]
    written = [path for top in files for path in (top, *top.rglob("*")) if path.suffix in WRITTEN]
    size = sum(path.stat().st_size for path in written)
    return Result(outcomes.get(student), "\n".join(texts), leaks(world, files, student), found, size)
