"""Reads what the probe sent: text from a stranger, until it has become plain values of known form."""

from __future__ import annotations

import json

from ..course.exercise import Call, Case
from .compare import decode_seen
from .probe import Unacceptable

MAX_RECORD = 5_000_000  # characters


def read_record(text: str, cases: list[Case]) -> dict:
    """Parse what came back from the probe. Raises Unacceptable unless it is a record of `cases`."""
    if len(text) > MAX_RECORD:
        raise Unacceptable("more data than any answer needs")
    try:
        record = json.loads(text, parse_constant=refuse_constant)
        found = record["found"]
        if not {"kind", "type", "empty", "stub", "single", "names"} <= set(found):
            raise Unacceptable("a record without its head")
        read = {
            "found": {
                **found,
                "kind": str(found["kind"]),
                "type": str(found["type"]),
                "names": [str(n) for n in found["names"]],
            },
            "timed_out": record["timed_out"] is True,
            "cases": [],
        }
        for entry, case in zip(record["cases"], cases):
            read["cases"].append(read_case(entry, case))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Unacceptable(f"a record that cannot be read ({type(error).__name__})") from error
    if found["kind"] in ("class", "function") and len(read["cases"]) < len(cases) and not read["timed_out"]:
        read["cases"] = []
    return read


def refuse_constant(name: str):
    raise Unacceptable(f"{name}, which is not JSON")


def read_case(entry: dict, case: Case) -> dict:
    """One case of a record, decoded. Raises Unacceptable, KeyError, TypeError for anything odd."""
    seen = decode_seen(entry["seen"])
    for observation, step in zip(seen, case.steps):
        if "error" in observation:
            observation["error"] = read_error(observation["error"])
        elif observation["changed"]:
            possible = range(len(step.args)) if isinstance(step, Call) else ()
            if any(i not in possible for i in observation["changed"]):
                raise Unacceptable("a change of something that was never handed over")
    if len(seen) > len(case.steps) or (len(seen) < len(case.steps) and not (seen and "error" in seen[-1])):
        raise Unacceptable("a case that breaks off")
    return {
        "seen": seen,
        "printed": str(entry["printed"])[:2000],
        "warnings": [str(w)[:200] for w in entry["warnings"][:5]],
    }


def read_error(error: dict) -> dict:
    """An exception as the probe describes it; what is missing is empty."""
    kind, has = error["type"], error.get("has", [])
    if type(kind) is not str or type(has) is not list:
        raise Unacceptable("an error of an unknown form")
    text = {key: str(error.get(key, ""))[:500] for key in ("message", "line", "function")}
    return {"type": kind[:80], **text, "has": [str(name)[:80] for name in has[:40]]}
