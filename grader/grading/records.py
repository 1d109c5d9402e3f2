"""What a run hands on: its settings, a graded submission, its outcome and its pages."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from ..judging.verdict import Verdict
from .intake.submissions import is_student_id
from .running.cells import JudgedCells

MOST_BYTES = 240  # of a file's name, so that an ending fits


class ClassError(Exception):
    """A class directory that cannot be graded; the message says how to mend it."""


class Busy(ClassError):
    """A class directory that another run is grading."""


class Gone(ClassError):
    """Nobody, or not who was asked for, has a folder there."""


@dataclass(frozen=True)
class Settings:
    """What is the same for a whole run. `seed` is that of the random cases; cells may take `timeout` s."""

    course: Path
    seed: int
    sandbox: str
    """Its name: see `choose_sandbox`."""

    timeout: int = JudgedCells.timeout


@dataclass
class LessonOutcome:
    """One notebook of a submission. `state` is "graded", "missing", "unreadable" or "unclear": then nobody
    knows whose the file is, or it may not be read, and the marks that there are stay as they are."""

    state: str
    points: float = 0.0
    notes: list[str] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)


@dataclass
class Outcome:
    """One submission to a chapter. `reason` says why it has no marks; it is empty where it has.

    `points` are nbgrader's: late penalties and manual marks included. `fingerprint` tells whether
    the submission, or the chapter, has changed since.
    """

    student: str
    chapter: str
    fingerprint: str = ""
    points: float = 0.0
    max_points: float = 0.0
    reason: str = ""
    seconds_late: float = 0.0
    submitted: str = ""
    """When, in ISO 8601; empty where no time is known."""

    due: str = ""
    """Until when it could be, its own extension included; empty where there is no due date."""

    timestamp: str = ""
    """The moment that its timestamp.txt gives, in ISO 8601."""

    collected: str = ""
    """The moment that the class's collected.csv gives, in ISO 8601."""

    claimed_time: bool = False
    """Whether lateness is reckoned from a timestamp.txt, which its author can write."""

    notes: list[str] = field(default_factory=list)
    lessons: dict[str, LessonOutcome] = field(default_factory=dict)
    by_hand: dict[str, float] = field(default_factory=dict)
    """Points of exercises that were given by hand, extra credit included."""

    review: list[str] = field(default_factory=list)
    """Exercises that the gradebook asks a person to look at."""

    late_penalty: float = 0.0
    """Points that lateness took."""

    penalty_error: str = ""
    """Why no late penalty could be reckoned."""

    pages: str = ""
    """A digest of what its feedback pages show from the gradebook."""

    failed: bool = False
    """Whether it was the grader that failed, not the submission."""

    kept: bool = False
    """Whether nothing can be graded any more, and the marks are those of before."""

    took: float = field(default=0.0, compare=False)
    """Seconds that it took to grade; not kept."""

    def state_of(self, lesson: str) -> str:
        """That of a LessonOutcome."""
        return self.lessons[lesson].state if lesson in self.lessons else "missing"

    def save(self, path: Path) -> None:
        """Write it as JSON, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".tmp")
        draft.write_text(json.dumps(asdict(replace(self, took=0.0)), indent=1) + "\n", encoding="utf-8")
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


@dataclass
class Graded:
    """One submission, graded; what the gradebook is to be told about it."""

    outcome: Outcome
    scores: dict[str, dict[str, float]] = field(default_factory=dict)
    """Points by lesson and exercise, of the lessons that were handed in."""

    unanswered: dict[str, list[str]] = field(default_factory=dict)
    """By lesson: answer cells that were left as they were handed out."""

    replaced: list[str] = field(default_factory=list)
    """The last words of warm parents that proved bad meanwhile; what ran in them ran again in others."""


@dataclass
class Page:
    """What the feedback page of one lesson shows from the gradebook."""

    score: float = 0.0
    max_score: float = 0.0
    late_penalty: float = 0.0
    scores: dict[str, tuple[float, float]] = field(default_factory=dict)
    """By exercise: score and maximum."""

    comments: dict[str, str | None] = field(default_factory=dict)
    """By answer cell."""


@dataclass
class Feedback:
    """What a student's feedback pages of a chapter show from the gradebook."""

    student: str
    """What the student is called: by name and id, or by the id alone."""

    points: float
    max_points: float
    pages: dict[str, Page]
    """By lesson, of those that were handed in."""

    lessons: str = ""
    """The address of the folder in which students read the lessons; empty where none is known."""


def digest_of(feedback: Feedback) -> str:
    """What tells pages apart that show something else from the gradebook."""
    text = json.dumps(asdict(feedback), sort_keys=True)
    return sha256(text.encode()).hexdigest()


def outcome_path(course: Path, chapter: str, student: str) -> Path:
    """Where a submission's outcome is kept; what cannot be a student's id may not do as a file's name, nor
    what fills the name of a folder."""
    fits = is_student_id(student) and len(os.fsencode(student)) <= MOST_BYTES
    name = student if fits else sha256(os.fsencode(student)).hexdigest()
    return course / "outcomes" / chapter / f"{name}.json"
