"""Which submissions need a person, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ..grading.records import Outcome
from .data import ClassData
from .table import late, points_off

KINDS = {
    "failed": "the grader failed",
    "no marks": "no marks",
    "unreadable": "a notebook cannot be read",
    "penalty": "no late penalty could be reckoned",
    "review": "to be reviewed",
    "by hand": "marked by hand",
    "late": "late",
    "absent": "nothing handed in",
    "no time": "due date, but no time of handing in",
    "odd": "odd",
}
"""What may need a person, the most urgent first."""


@dataclass(frozen=True)
class Need:
    """One thing for a person to look at. `note` may hold names of files; `kind` never does."""

    student: str
    kind: str
    note: str


def find_needs(data: ClassData) -> list[Need]:
    """All of a class, the most urgent first."""
    needs = [need for outcome in [*data.unmarked, *data.outcomes] for need in needs_of(outcome)]
    needs += [Need(student, "absent", "") for student in data.absent]
    order = list(KINDS)
    return sorted(needs, key=lambda need: (order.index(need.kind), need.student))


def needs_of(outcome: Outcome) -> Iterator[Need]:
    def need(kind: str, note: str = "") -> Need:
        return Need(outcome.student, kind, note)

    if outcome.failed:
        yield need("failed", " ".join([outcome.reason, *outcome.notes]).strip())
    elif outcome.reason:
        yield need("no marks", outcome.reason)
    if outcome.penalty_error:
        yield need("penalty", outcome.penalty_error)
    if outcome.review:
        yield need("review", ", ".join(outcome.review))
    if outcome.by_hand:
        yield need("by hand", ", ".join(f"{name}: {points:g}" for name, points in outcome.by_hand.items()))
    if outcome.seconds_late > 0:
        claim = ", by its own timestamp.txt" if outcome.claimed_time else ""
        yield need("late", late(outcome.seconds_late) + claim + points_off(outcome))
    if outcome.due and not outcome.submitted and not outcome.reason:
        due = datetime.fromisoformat(outcome.due)
        yield need("no time", f"due {due:%Y-%m-%d %H:%M} (UTC{due:%z}); say it in collected.csv")
    for name, lesson in outcome.lessons.items():
        if lesson.state == "unreadable":
            yield need("unreadable", f"{name}: {' '.join(lesson.notes)}")
        elif lesson.state == "graded" and lesson.notes:
            yield need("odd", f"{name}: {' '.join(lesson.notes)}")
    if outcome.notes and not outcome.failed:
        yield need("odd", " ".join(outcome.notes))
