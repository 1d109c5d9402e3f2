"""What the judge says about one answer, as plain data that can be stored and shown."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One thing to show the student: what happened, the cause, a question, and the change."""

    id: str
    """What the class report counts: a misconception (`softmax_batch.no_axis`) or a kind (`error`)."""

    title: str
    why: str = ""
    hint: str = ""
    code: str = ""
    """The smallest failing case, as code that can be pasted into a cell."""

    expected: str = ""
    got: str = ""

    line: str = ""
    """The student's line that has to change, or that stopped; `lineno` is its number in the cell."""

    lineno: int = 0
    edits: tuple[str, ...] = ()
    """Names of the edits with which the answer is right on all cases: with them the cause is proven."""

    telling: bool = True
    """Whether they say a cause, and not only that something else would help."""

    question: str = ""
    before: str = ""
    after: str = ""
    walk: tuple[tuple[int, str, str], ...] = ()
    """The student's lines on this case: line number, line, what it made."""

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Finding:
        walk = tuple(map(tuple, data.get("walk", ())))
        return cls(**{**data, "edits": tuple(data.get("edits", ())), "walk": walk})


@dataclass(frozen=True)
class Verdict:
    """Points and findings for one exercise.

    `status` is "right", "partial", "wrong" or "unwritten", in a notebook also "unknown": nothing there, and
    nobody knows why. `seed` draws the random cases again.
    """

    exercise: str
    points: float
    max_points: float
    status: str
    findings: tuple[Finding, ...] = field(default=())
    reward: str = ""
    seed: int = 0
    shares: tuple[tuple[str, float, float], ...] = ()
    """Where an exercise has several objects: the name of each, its points, and those it could have."""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Verdict:
        findings = tuple(map(Finding.from_dict, data["findings"]))
        shares = tuple(map(tuple, data.get("shares", ())))
        return cls(**{**data, "findings": findings, "shares": shares})
