"""What became of one submission: marks, or a stated reason why there are none."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ..judging.verdict import Verdict


@dataclass
class LessonOutcome:
    """One notebook of a submission. `state` is "graded", "missing" or "unreadable"."""

    state: str
    points: float = 0.0
    notes: list[str] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)


@dataclass
class Outcome:
    """One submission. `reason` says why it has no marks; it is empty where it has.

    `points` are nbgrader's: late penalties and manual marks included. `fingerprint` tells whether
    the submission, or the chapter, has changed since.
    """

    student: str
    fingerprint: str
    points: float = 0.0
    max_points: float = 0.0
    reason: str = ""
    seconds_late: float = 0.0
    claimed_time: bool = False
    """Whether lateness is reckoned from a timestamp.txt, which its author can write."""

    notes: list[str] = field(default_factory=list)
    lessons: dict[str, LessonOutcome] = field(default_factory=dict)
    failed: bool = False
    """Whether it was the grader that failed, not the submission."""

    def save(self, path: Path) -> None:
        """Write it as JSON, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".tmp")
        draft.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")
        os.replace(draft, path)

    @classmethod
    def load(cls, path: Path) -> Outcome | None:
        """Read it back; None where there is none, or where an older version wrote it."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            lessons = {
                name: LessonOutcome(
                    **{**lesson, "verdicts": [Verdict.from_dict(v) for v in lesson["verdicts"]]}
                )
                for name, lesson in data.pop("lessons").items()
            }
            return cls(**data, lessons=lessons)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
