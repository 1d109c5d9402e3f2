"""What is worth a word about a right answer, and never a point."""

from __future__ import annotations

from collections.abc import Sequence

from ..course.exercise import Case, Exercise, Get
from .record import Record
from .verdict import Finding


def notes_on(exercise: Exercise, cases: Sequence[Case], record: Record) -> list[Finding]:
    """Warnings on the way, and what the exercise has to say of the random arrays that were looked at."""
    return [*note_warnings(record), *note_remark(exercise, cases, record)]


def note_remark(exercise: Exercise, cases: Sequence[Case], record: Record) -> list[Finding]:
    fresh = [
        seen.value
        for case, there in zip(cases, record.cases, strict=False)
        for step, seen in zip(case.steps, there.seen, strict=False)
        if isinstance(step, Get) and step.compare == "fresh"
    ]
    said = exercise.remark(fresh) if exercise.remark and fresh else ""
    hint = "Nothing is taken off for it. By which small number could they be multiplied?"
    return [Finding("remark", "Right, with a remark.", said, hint)] if said else []


def note_warnings(record: Record) -> list[Finding]:
    """A right answer that made NumPy warn: worth a word, never a point."""
    warned = next((case.warnings[0] for case in record.cases if case.warnings), "")
    if not warned:
        return []
    return [
        Finding(
            "warning",
            "Right, with a warning on the way.",
            f"NumPy said: {warned}",
            "Nothing is taken off for it. Which line computes something that is not used?",
        )
    ]
