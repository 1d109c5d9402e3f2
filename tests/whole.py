"""An exercise is three files: its module, its lesson, its evidence. What is missing of which?"""

import re
from collections.abc import Iterator
from pathlib import Path

from grader.course import CHAPTERS, EXERCISES
from grader.course.exercise import Exercise
from tests.exercises import EVIDENCE
from tests.exercises.evidence import Evidence

ROOT = Path(__file__).resolve().parent.parent
CHECK = re.compile(r"\bcheck\(\\?\"(\w+)\\?\"\)")  # as it stands in Markdown, and in a notebook's JSON


def checked(folder: str, suffix: str) -> set[str]:
    """The exercises that the lessons' files in the chapters' folders ask for."""
    files = (path for chapter in CHAPTERS for path in (ROOT / folder / chapter).glob(f"*{suffix}"))
    return {name for path in files for name in CHECK.findall(path.read_text(encoding="utf-8"))}


def lacking() -> list[str]:
    """One line for whatever an exercise lacks, and how to mend it."""
    lessons, built = checked("solutions", ".md"), checked("notebooks", ".ipynb")
    names = sorted({*EXERCISES, *EVIDENCE, *lessons})
    return [f"{name}: {line}" for name in names for line in lacking_of(name, lessons, built)]


def lacking_of(name: str, lessons: set[str], built: set[str]) -> Iterator[str]:
    if name not in EXERCISES:
        yield f"no module: write grader/course/<chapter>/{name}.py"
    if name not in lessons:
        yield f'no lesson: let one ask check("{name}"), then `make build`'
    elif name not in built:
        yield "its lesson is not built: `make build`"
    if name not in EVIDENCE:
        yield f"no evidence: write tests/exercises/{name}.py"
    else:
        yield from lacking_in(EVIDENCE[name])
    if name in EXERCISES and name in EVIDENCE:
        yield from differing(EXERCISES[name], EVIDENCE[name])


def lacking_in(evidence: Evidence) -> Iterator[str]:
    if len(evidence.right) < 2:
        yield "its evidence has no two right answers: write right={...}"
    if not evidence.mutated:
        yield "its evidence names no right answer to be spoilt: write mutated=(...)"
    for label in set(evidence.mutated) - set(evidence.right):
        yield f"its evidence has no right answer called {label!r}"
    if not evidence.claims:
        yield "its evidence claims nothing of a right answer: write @EVIDENCE.holds(...)"


def differing(exercise: Exercise, evidence: Evidence) -> Iterator[str]:
    for what in ("lesson", "number", "points"):
        here, there = getattr(exercise, what), getattr(evidence, what)
        if here != there:
            yield f"its module says {what} {here}, its evidence {there}"
