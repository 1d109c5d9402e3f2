"""Reads what the probe sent: text from a stranger, until it has become plain values of known form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NoReturn

from ..course.exercise import Call, Case, Step
from .probe import Unacceptable, decode
from .record import CaseRecord, Found, Observation, Raised, Record

MAX_RECORD = 5_000_000  # characters
MAX_NAMES, MAX_NAME = 300, 80  # of what a notebook defines, as the probe itself cuts them


def read_record(text: str, cases: Sequence[Case]) -> Record:
    """Parse what came back from the probe. Raises Unacceptable unless it is a record of `cases`."""
    if len(text) > MAX_RECORD:
        raise Unacceptable("more data than any answer needs")
    try:
        data = json.loads(text, parse_constant=refuse_constant)
        found = read_found(data["found"])
        read = tuple(read_case(entry, case) for entry, case in zip(data["cases"], cases))
        timed_out = data["timed_out"] is True
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Unacceptable(f"a record that cannot be read ({type(error).__name__})") from error
    broken_off = found.kind in ("class", "function") and len(read) < len(cases) and not timed_out
    return Record(found, () if broken_off else read, timed_out)


def refuse_constant(name: str) -> NoReturn:
    raise Unacceptable(f"{name}, which is not JSON")


def read_found(data: Any) -> Found:
    """The head of a record. Raises KeyError, TypeError for anything odd."""
    return Found(
        kind=str(data["kind"])[:MAX_NAME],
        type=str(data["type"])[:MAX_NAME],
        empty=bool(data["empty"]),
        stub=bool(data["stub"]),
        single=data["single"] is True,
        names=tuple(str(name)[:MAX_NAME] for name in data["names"][:MAX_NAMES]),
    )


def read_case(data: Any, case: Case) -> CaseRecord:
    """One case of a record, decoded. Raises Unacceptable, KeyError, TypeError for anything odd."""
    entries = data["seen"]
    seen = tuple(read_observation(entry, step) for entry, step in zip(entries, case.steps))
    if len(entries) > len(case.steps) or (len(seen) < len(case.steps) and not (seen and seen[-1].raised)):
        raise Unacceptable("a case that breaks off")
    warnings = tuple(str(w)[:200] for w in data["warnings"][:5])
    return CaseRecord(seen, str(data["printed"])[:2000], warnings)


def read_observation(data: Any, step: Step) -> Observation:
    if "error" in data:
        return Observation(raised=read_raised(data["error"]))
    changed = {int(i): decode(value) for i, value in data["changed"].items()}
    if changed.keys() - range(len(step.args) if isinstance(step, Call) else 0):
        raise Unacceptable("a change of something that was never handed over")
    return Observation(decode(data["value"]), changed)


def read_raised(data: Any) -> Raised:
    """An exception as the probe describes it; what is missing is empty."""
    kind, has = data["type"], data.get("has", [])
    if type(kind) is not str or type(has) is not list:
        raise Unacceptable("an error of an unknown form")
    message, line = (str(data.get(key, ""))[:500] for key in ("message", "line"))
    return Raised(kind[:80], message, line, tuple(str(name)[:80] for name in has[:40]))
