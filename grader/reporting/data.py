"""What a report is made of, read once: outcomes, and what the gradebook says of them now."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ..course import CHAPTERS
from ..course.chapter import Chapter
from ..grading.intake.submissions import folder_of
from ..grading.recording.storage import engine_of, storage
from ..grading.records import ClassError, Outcome
from ..judging.verdict import Verdict

MARKS = text("""
SELECT s.student_id, c.name, g.auto_score, g.manual_score, g.extra_credit
FROM grade g JOIN submitted_notebook n ON g.notebook_id = n.id
JOIN submitted_assignment s ON n.assignment_id = s.id JOIN assignment a ON s.assignment_id = a.id
JOIN base_cell c ON g.cell_id = c.id WHERE a.name = :chapter""")

PENALTIES = text("""
SELECT s.student_id, SUM(n.late_submission_penalty)
FROM submitted_notebook n JOIN submitted_assignment s ON n.assignment_id = s.id
JOIN assignment a ON s.assignment_id = a.id WHERE a.name = :chapter GROUP BY s.student_id""")

NAMES = text("SELECT id, first_name, last_name FROM student")


@dataclass(frozen=True)
class ClassData:
    """One chapter of a class. Rows are submissions with marks, columns the chapter's exercises."""

    chapter: Chapter
    outcomes: list[Outcome]
    """With marks, by student."""

    unmarked: list[Outcome]
    """Those whose `reason` says why they have none."""

    scores: np.ndarray
    """Points, shape (submissions, exercises): manual marks and extra credit included, penalties not."""

    penalties: np.ndarray
    """Points that lateness took from each submission, shape (submissions,)."""

    totals: np.ndarray
    """Points of each submission, shape (submissions,), late penalties taken off."""

    names: dict[str, str]
    """What the roster calls students, by id, where it does."""

    absent: list[str]
    """Of the roster, by id, who handed nothing in."""

    @cached_property
    def verdicts(self) -> list[tuple[int, Verdict]]:
        """Every verdict, with the row of its submission."""
        return [
            (row, verdict)
            for row, outcome in enumerate(self.outcomes)
            for lesson in outcome.lessons.values()
            for verdict in lesson.verdicts
        ]

    @property
    def most(self) -> np.ndarray:
        """What each exercise gives at most, shape (exercises,)."""
        return np.array([exercise.points for exercise in self.chapter.exercises], float)


@contextmanager
def nothing_to_collect() -> Iterator[None]:
    """While much is read, all of which stays: Python would look through it for garbage again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@nothing_to_collect()
def read_class(course: Path, chapter: str) -> ClassData:
    """Read what `grade` has written for a chapter. Raises ClassError where it has written nothing."""
    outcomes = read_outcomes(course, chapter)
    if not outcomes:
        raise ClassError(f"{course / 'outcomes' / chapter} holds no outcome: run `grade` on it first.")
    marked = [outcome for outcome in outcomes if not outcome.reason]
    marks, penalties, names = read_marks(course, chapter)
    exercises = CHAPTERS[chapter].exercises
    scores = np.zeros((len(marked), len(exercises)))
    for row, outcome in enumerate(marked):
        judged = {v.exercise: v.points for lesson in outcome.lessons.values() for v in lesson.verdicts}
        for column, exercise in enumerate(exercises):
            known = marks.get((outcome.student, exercise.name))
            scores[row, column] = judged.get(exercise.name, 0.0) if known is None else known
    taken = np.array([penalties.get(outcome.student, 0.0) for outcome in marked])
    totals = np.maximum(scores.sum(axis=1) - taken, 0)
    unmarked = [outcome for outcome in outcomes if outcome.reason]
    absent = sorted(names.keys() - {outcome.student for outcome in outcomes})
    called = {student: name for student, name in names.items() if name}
    return ClassData(CHAPTERS[chapter], marked, unmarked, scores, taken, totals, called, absent)


def read_outcomes(course: Path, chapter: str) -> list[Outcome]:
    """The outcomes of submissions that have marks or are still there, by student; older versions' are
    left out."""
    paths = sorted((course / "outcomes" / chapter).glob("*.json"))
    outcomes = (Outcome.load(path) for path in paths)
    there = [o for o in outcomes if o and (not o.reason or os.path.exists(folder_of(course, o.student)))]
    return sorted(there, key=lambda outcome: outcome.student)


def chapters_graded(course: Path) -> list[str]:
    """The chapters of which a class has outcomes, in the course's order."""
    return [name for name in CHAPTERS if any((course / "outcomes" / name).glob("*.json"))]


def the_chapter(course: Path, chapter: str = "") -> str:
    """The one that is named, or the only one that was graded. Raises ClassError."""
    graded = chapters_graded(course)
    if chapter and chapter not in CHAPTERS:
        raise ClassError(f"There is no chapter {chapter}; there is {', '.join(CHAPTERS)}.")
    if not chapter and len(graded) > 1:
        raise ClassError(f"Say by --chapter which is meant: {', '.join(graded)}.")
    return chapter or next(iter(graded), next(iter(CHAPTERS)))


def read_marks(course: Path, chapter: str) -> tuple[dict, dict, dict]:
    """Points by student and exercise, penalties by student, and names of the whole roster by student, some of
    them empty; nothing without a gradebook.

    Raises ClassError where it cannot be read.
    """
    place = storage(course)
    if not place.exists():
        return {}, {}, {}
    engine = engine_of(place.url)
    try:
        with engine.connect() as book:
            marks = {
                (student, cell): float((auto if manual is None else manual) or 0) + float(extra or 0)
                for student, cell, auto, manual, extra in book.execute(MARKS, {"chapter": chapter}).all()
            }
            penalties = {
                student: taken or 0.0 for student, taken in book.execute(PENALTIES, {"chapter": chapter})
            }
            names = {row[0]: " ".join(filter(None, row[1:])) for row in book.execute(NAMES)}
    except DBAPIError as error:
        raise ClassError(place.in_words(error.orig)) from error
    finally:
        engine.dispose()
    return marks, penalties, names
