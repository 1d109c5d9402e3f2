"""What came back from the probe, once it has been read: plain values of known form, and unchangeable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Raised:
    """An exception as the probe describes it; what is not known is empty.

    `type` is "TimeLimit" where the answer was stopped, and "NoAttribute" where a value that should be
    stored is not: `message` is then its name, and `has` what the object holds instead.
    """

    type: str
    message: str = ""
    line: str = ""
    """The student's line that led to it."""

    has: tuple[str, ...] = ()


@dataclass(frozen=True)
class Observation:
    """What one step of a case gave: its value and the arguments it changed, or what it raised."""

    value: Any = None
    changed: Mapping[int, Any] = field(default_factory=dict)
    """The arguments that are no longer what was handed over, by their place."""

    raised: Raised | None = None


@dataclass(frozen=True)
class CaseRecord:
    """What happened in one case: an observation a step, up to the first that raised."""

    seen: tuple[Observation, ...] = ()
    printed: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """What stands under the exercise's name in the notebook."""

    kind: str
    """ "missing", "class", "function" or "value"."""

    type: str
    empty: bool
    """Whether it does nothing: the stub as it was handed out."""

    stub: bool
    """Whether the lines that stand for the student's code are still there."""

    single: bool
    """Whether NumPy computes in float32 here, as after nnfs.init()."""

    names: tuple[str, ...]
    """What else is defined: a misspelt name may hide there."""


@dataclass(frozen=True)
class Record:
    """What the probe says of one answer. Fewer cases than were asked for where the time was over."""

    found: Found
    cases: tuple[CaseRecord, ...]
    timed_out: bool
