"""A wrong answer from near by: its text, what is around it, and its own lines at work on the case shown.

Plans go, as data, to where the student's code runs, and what comes back is data from a stranger.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ..course.exercise import Case, Exercise
from . import trials
from .memory import memory_of, write_case
from .reading import MAX_RECORD, read_case, refuse_constant
from .record import CaseRecord

COMMENT = re.compile(r"#.*")

Ask = Callable[[str], "str | None"]
"""Sends a plan to where the student's code runs, and gives the record that comes back."""


@dataclass(frozen=True)
class Asked:
    """An Ask of which more is known."""

    ask: Ask
    whose: str = ""
    """Which student's code answers, where there are several."""

    briefly: bool = False
    """Whether there is little time: the search ends with the likeliest changes."""

    def __call__(self, plan: str) -> str | None:
        return self.ask(plan)


@dataclass(frozen=True)
class Look:
    """A wrong answer from near by: its text, what is around it, and a walk through the shown case."""

    definitions: tuple[tuple[str, str, int], ...] = ()
    """Name, text and first line in its cell, the answer first."""

    modules: dict[str, str] = field(default_factory=dict)
    classes: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    borrowed: dict[str, str] = field(default_factory=dict)
    walk: tuple[tuple[int, str, str], ...] = ()
    """Line number, line, and what it made; the number is 0 where lines are left out."""

    walked: CaseRecord | None = field(default=None, compare=False)
    """What the case gave when it was walked through; arrays, which cannot be asked whether they are equal."""

    late: bool = False
    """Whether the walk was stopped: what sleeps or waits so long is not tried changed."""

    single: bool = False
    """Whether float32 is on the way by now: a cell below the check may have called nnfs.init()."""

    right: frozenset[str] = frozenset()
    """Names of definitions that are as they should be: no change of them is looked for."""

    @property
    def text(self) -> str:
        """All definitions, without their comments; "" where none could be had."""
        return "\n".join(COMMENT.sub("", text) for _, text, _ in self.definitions)


@cache
def program() -> str:
    return inspect.getsource(trials)


def look_at(exercise: Exercise, seed: int, case: Case, ask: Ask, seconds: float = 1.0) -> Look:
    """The answer's text and a walk through one case. An empty Look where none can be had."""
    head, steps = memory_of(exercise, seed).head, write_case(case)
    record = read_reply(ask, {**head, "want": "look", "steps": steps, "seconds": seconds})
    try:
        return read_look(record, case)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return Look()


def read_reply(ask: Ask, plan: dict[str, Any]) -> dict[str, Any]:
    """What comes back for a plan: data from a stranger, {} where it is none."""
    text = ask(json.dumps({**plan, "program": program()}))
    if not isinstance(text, str) or len(text) > MAX_RECORD:
        return {}
    try:
        record = json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def read_look(record: dict[str, Any], case: Case) -> Look:
    def short(text: object, limit: int = 120) -> str:
        return str(text)[:limit] if isinstance(text, str) else ""

    definitions = [
        (short(d["name"]), short(d["text"], 20_000), line_number(d["lineno"]))
        for d in record["definitions"][:8]
    ]
    walk = []
    for step in record["walk"][:40]:
        made = ", ".join(
            f"returns {short(value)}"
            if name == "return"
            else f"{name}{' with' * (name == 'stops')} {short(value).removesuffix(': ')}"
            if name in ("stops", "raises")
            else f"{short(name)} = {short(value)}"
            for name, value in step["made"][:6]
        )
        walk.append((line_number(step["lineno"]), short(step["line"], 200), made))
    return Look(
        tuple(definitions),
        {short(k): short(v) for k, v in list(record["modules"].items())[:200]},
        tuple(short(n) for n in record["classes"][:200]),
        tuple(short(n) for n in record["functions"][:300]),
        {short(k): short(v) for k, v in list(record["borrowed"].items())[:20]},
        tuple(walk),
        read_case(record["walked"], case) if walk else None,
        bool(record["late"]),
        record["single"] is True,
    )


def line_number(value: object) -> int:
    """Raises ValueError for what cannot be one: a stranger's number may have thousands of digits."""
    if type(value) is not int or not 0 <= value < 10**6:
        raise ValueError("no number of a line")
    return value
