"""What the report of a class says, reckoned from its outcomes."""

from __future__ import annotations

import os
import secrets
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from . import attention, causes, items
from .data import ClassData
from .nameless import nameless, nameless_finding

MOST_SHOWN = 300
"""Students whose points stand in the page, too; the CSV has all."""

MOST_DISCUSSED = 5
"""Causes that are named for the next time: what one session can hold."""


@dataclass(frozen=True)
class Options:
    """How a report is made. `lessons` is the address below which a student reads them."""

    anonymous: bool = False
    lessons: str = ""


class Report:
    """One chapter of a class, analysed. Rows are those of its data."""

    def __init__(self, data: ClassData, options: Options | None = None, comments: dict | None = None):
        """`comments` has what was said of groups so far."""
        self.data, self.options, self.comments = data, options or Options(), comments or {}
        self.labels = self.labels_of_students()

    def labels_of_students(self) -> dict[str, str]:
        """What each student is called: name and id, or a number that tells nothing of either."""
        if self.options.anonymous:
            mixed = secrets.SystemRandom().sample(self.everybody, len(self.everybody))
            return {student: f"student {number}" for number, student in enumerate(mixed, 1)}
        names = self.data.names
        return {s: f"{names[s]} ({s})" if s in names else s for s in self.everybody}

    @property
    def everybody(self) -> list[str]:
        """The ids of all who handed in, or should have."""
        there = [outcome.student for outcome in [*self.data.outcomes, *self.data.unmarked]]
        return [*there, *self.data.absent]

    def label(self, row: int) -> str:
        return self.labels[self.data.outcomes[row].student]

    @cached_property
    def ranking(self) -> list[int]:
        """Rows, the most points first; among equals by label."""
        totals = self.data.totals
        return sorted(range(len(totals)), key=lambda row: (-totals[row], self.label(row)))

    @cached_property
    def groups(self) -> list[causes.Group]:
        if not self.options.anonymous:
            return causes.find_groups(self.data)
        return causes.find_groups(self.data, nameless_finding(self.people))

    @cached_property
    def people(self) -> list[str]:
        """Ids and names of everybody in the class."""
        return [*self.everybody, *self.data.names.values(), *self.data.names]

    @cached_property
    def causes(self) -> list[causes.Cause]:
        return causes.find_causes(self.data, self.groups)

    @cached_property
    def known_causes(self) -> list[causes.Cause]:
        """Those with an explanation, which can be discussed."""
        return [cause for cause in self.causes if cause.finding.why]

    @cached_property
    def topics(self) -> list[causes.Topic]:
        """What to discuss next time, the most common first."""
        return causes.find_topics(self.causes)[:MOST_DISCUSSED]

    @cached_property
    def stops(self) -> list[causes.Stop]:
        return causes.find_stops(self.data)

    @cached_property
    def items(self) -> list[items.Item]:
        return items.analyse(self.data.scores, self.data.chapter.exercises)

    @cached_property
    def needs(self) -> list[attention.Need]:
        """With students called as in the rest; notes hold names of files, so an anonymous one has none."""
        hide = self.options.anonymous
        return [
            attention.Need(self.labels[need.student], need.kind, "" if hide else need.note)
            for need in attention.find_needs(self.data)
        ]

    @property
    def needs_by_kind(self) -> dict[str, list[attention.Need]]:
        """The most urgent kind first; those of which there is anything."""
        kinds = {kind: [need for need in self.needs if need.kind == kind] for kind in attention.KINDS}
        return {kind: needs for kind, needs in kinds.items() if needs}

    @cached_property
    def statuses(self) -> dict[str, dict[str, int]]:
        return causes.status_counts(self.data)

    def lesson_link(self, lesson: str, folder: Path) -> str:
        """Where a lesson is read, from a page in `folder`.

        Empty where a page that leaves this machine would tell of its folders, and lead nowhere.
        """
        if self.options.lessons:
            return f"{self.options.lessons.rstrip('/')}/{lesson}.ipynb"
        if self.options.anonymous:
            return ""
        from ..course.places import release

        return os.path.relpath(release(self.data.chapter.name) / f"{lesson}.ipynb", folder)

    @cached_property
    def summary(self) -> dict:
        """The class in a few numbers; of points, those of submissions with marks."""
        totals = self.data.totals
        quartiles = np.percentile(totals, [0, 25, 50, 75, 100]) if len(totals) else np.zeros(5)
        names = ("lowest", "lower_quartile", "median", "upper_quartile", "highest")
        return {
            "chapter": self.data.chapter.name,
            "title": self.data.chapter.title,
            "submissions": len(self.data.outcomes) + len(self.data.unmarked),
            "with_marks": len(totals),
            "nothing_handed_in": len(self.data.absent),
            "max_points": float(self.data.most.sum()),
            "mean": float(totals.mean()) if len(totals) else 0.0,
            "standard_deviation": float(totals.std(ddof=1)) if len(totals) > 1 else 0.0,
            **{name: float(value) for name, value in zip(names, quartiles)},
            "alpha": items.alpha(self.data.scores),
        }

    def group_json(self, group: causes.Group) -> dict:
        finding = group.finding
        return {
            "group": group.name,
            "exercise": group.exercise,
            "answers": len(group.rows),
            "cause": finding.id,
            "edit": group.edit,
            "title": finding.title,
            **group.example,
            "students": sorted(self.label(row) for row in group.rows),
            "comment": self.comment(group),
        }

    def comment(self, group: causes.Group) -> str:
        """What was said of it so far."""
        text = self.comments.get(group.name, "")
        return nameless(self.people)(text) if text and self.options.anonymous else text

    def as_json(self) -> dict:
        """All of it as plain data; `comment` of a group is there to be filled in."""
        scores = self.data.scores
        names = [exercise.name for exercise in self.data.chapter.exercises]
        return {
            **self.summary,
            "students": [
                {
                    "student": self.label(row),
                    "points": float(self.data.totals[row]),
                    "late_penalty": float(self.data.penalties[row]),
                    "exercises": dict(zip(names, scores[row].tolist())),
                }
                for row in self.ranking
            ],
            "exercises": [{**asdict(item), **self.statuses[item.exercise]} for item in self.items],
            "causes": [
                {
                    "exercise": cause.exercise,
                    "lesson": cause.lesson,
                    "cause": cause.id,
                    "students": cause.count,
                    "share": cause.share,
                    "basis": cause.basis,
                    "title": cause.finding.title,
                    "why": cause.finding.why,
                    "discuss": cause.finding.hint,
                    "groups": [group.name for group in cause.groups],
                }
                for cause in self.causes
            ],
            "to_discuss": [
                {
                    "students": topic.count,
                    "wordings": [
                        {
                            "title": wording.title,
                            "why": wording.why,
                            "exercises": [cause.exercise for cause in wording.causes],
                        }
                        for wording in topic.wordings
                    ],
                }
                for topic in self.topics
            ],
            "groups": [self.group_json(group) for group in self.groups],
            "stops": [
                {
                    "after": stop.exercise,
                    "before": stop.next,
                    "students": sorted(self.label(row) for row in stop.rows),
                }
                for stop in self.stops
            ],
            "needs_a_person": [asdict(need) for need in self.needs],
        }
