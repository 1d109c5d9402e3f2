"""The judge: compares what the probe saw with the reference, outside the student's interpreter.

`make_plan` says what to call; `judge` reads the record that comes back. Between the two lies
whatever runs the student's code, and only text crosses: a record is data from a stranger.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable
from functools import lru_cache

from ..course import EXERCISES
from ..course.exercise import Call, Case, Exercise, Ref, Set
from .compare import Fault, alike, compare_case, decode_seen, shape_of
from .explain import explain_absence, explain_fault, note_warnings
from .probe import StandIns, Unacceptable, Watchdog, encode, random_state_kept, run_case
from .verdict import Finding, Verdict

SECONDS = 10
"""How long all cases of one exercise may take together, unless the caller says otherwise."""

MAX_RECORD = 5_000_000  # characters


def make_plan(exercise: Exercise, seed: int, seconds: float | None = SECONDS) -> str:
    """The probe's instructions, as JSON: names, steps and arguments, and nothing that is expected."""
    return plan_of(exercise.name, seed, seconds)


@lru_cache(maxsize=64)
def plan_of(name: str, seed: int, seconds: float | None) -> str:
    exercise = EXERCISES[name]
    return json.dumps(
        {
            "name": exercise.object_name,
            "kind": exercise.kind,
            "seconds": seconds,
            "stand_ins": sources_of(exercise),
            "cases": written_cases(name, seed),
        }
    )


def sources_of(exercise: Exercise) -> dict[str, str]:
    """The text of the classes that stand in where a notebook lacks them."""
    return {code.__name__: inspect.getsource(code) for code in exercise.stand_ins}


@lru_cache(maxsize=64)
def written_cases(name: str, seed: int) -> list[list[dict]]:
    return [[write_step(step) for step in case.steps] for case in cases_of(name, seed)]


def write_step(step) -> dict:
    if isinstance(step, Call):
        args = [{"ref": a.name} if isinstance(a, Ref) else encode(a) for a in step.args]
        return {"call": step.path, "args": args, "to": step.to}
    if isinstance(step, Set):
        return {"set": step.path, "value": encode(step.value)}
    return {"get": step.path}


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


# A class is judged on the cases of one seed: what these remember is computed once, not for each student.
@lru_cache(maxsize=64)
def cases_of(name: str, seed: int) -> list[Case]:
    return EXERCISES[name].cases(seed)


def behaviour(name: str, seed: int, code, numbers: Iterable[int]) -> list[dict]:
    """What our own code, a reference or a misconception, does with the cases of these numbers."""
    cases, written = cases_of(name, seed), written_cases(name, seed)
    namespace = StandIns(EXERCISES[name].namespace(code), sources_of(EXERCISES[name]))
    return [read_case(run_case(written[i], namespace, Watchdog(None)), cases[i]) for i in numbers]


@lru_cache(maxsize=64)
def expected_of(name: str, seed: int) -> list[dict]:
    """What the reference does with all cases. Not to be changed, like all that is remembered here."""
    return behaviour(name, seed, None, range(len(cases_of(name, seed))))


@lru_cache(maxsize=4096)
def first_look(name: str, seed: int, number: int, shown: int) -> dict:
    """What one misconception does with one case: enough to pass over most of them."""
    return behaviour(name, seed, EXERCISES[name].misconceptions[number].code, [shown])[0]


@lru_cache(maxsize=512)
def all_of(name: str, seed: int, number: int) -> list[dict]:
    """What one misconception does with all cases."""
    code = EXERCISES[name].misconceptions[number].code
    return behaviour(name, seed, code, range(len(cases_of(name, seed))))


@random_state_kept()
def judge(exercise: Exercise, seed: int, record_text: str, cell_error: str = "") -> Verdict:
    """Give points and findings for one answer.

    `record_text` is the probe's answer to `make_plan(exercise, seed)`; `cell_error` is the error
    with which the student's answer cell stopped, where that is known.
    """
    cases = cases_of(exercise.name, seed)

    def verdict(points: float, status: str, *findings: Finding) -> Verdict:
        reward = exercise.reward if status == "right" else ""
        return Verdict(exercise.name, points, exercise.points, status, findings, reward, seed)

    try:
        record = read_record(record_text, cases)
    except Unacceptable as error:
        return verdict(
            0,
            "wrong",
            Finding(
                "unreadable",
                "What came back from your notebook could not be read.",
                f"It was {error}.",
                "Return plain numbers, lists or NumPy arrays, of the size asked for.",
            ),
        )
    absence = explain_absence(exercise, record, cell_error)
    if absence:
        status = "unwritten" if absence.id in ("unwritten", "missing") else "wrong"
        return verdict(0, status, absence)
    faults = find_faults(exercise, seed, cases, record)
    if not faults:
        return verdict(exercise.points, "right", *note_warnings(record))
    points = earned(exercise, cases, faults)
    reached = {i: fault for i, fault in faults.items() if i < len(record["cases"])}
    shown = smallest(cases, reached or faults)
    cause = likely_misconception(exercise, seed, record, faults, shown)
    finding = explain_fault(exercise, cases[shown], faults, record, shown, cause)
    return verdict(points, "partial" if points else "wrong", finding)


def find_faults(exercise, seed, cases, record) -> dict[int, Fault]:
    """The faulty cases by number. A case that was never reached for lack of time is one too."""
    expected = expected_of(exercise.name, seed)
    faults = {}
    for i, case in enumerate(cases):
        if i >= len(record["cases"]):
            faults[i] = Fault("error", got={"type": "TimeLimit", "message": ""})
        else:
            single = record["found"]["single"] is True
            fault = compare_case(case, expected[i]["seen"], record["cases"][i]["seen"], single)
            if fault:
                faults[i] = fault
    return faults


def earned(exercise: Exercise, cases: list[Case], faults: dict[int, Fault]) -> float:
    """Points: each part as a whole, half of it where all numbers are right in the wrong form."""
    total, failed = 0.0, set()
    for part in exercise.parts:
        mine = [fault for i, fault in faults.items() if cases[i].part == part.name]
        if part.needs in failed:
            continue
        if not mine:
            total += part.points
        elif all(fault.form_only for fault in mine):
            total += part.points / 2
        else:
            failed.add(part.name)
    return total


def smallest(cases: list[Case], faults: dict[int, Fault]) -> int:
    """The failing case to show: wrong numbers before wrong form, readable before random, small."""
    return min(faults, key=lambda i: (faults[i].form_only, cases[i].is_random, cases[i].size, i))


def likely_misconception(exercise, seed, record, faults, shown):
    """The misconception that gives what the student got, or None.

    It has to agree on the case that is shown and on most of the failing ones; the one that
    agrees on the most cases is taken, the first of equals.
    """
    if shown >= len(record["cases"]):
        return None
    name, cases = exercise.name, cases_of(exercise.name, seed)
    mine = [entry["seen"] for entry in record["cases"]]
    expected = expected_of(name, seed)[shown]["seen"]
    reached = [i for i in faults if i < len(mine)]
    best, best_score = None, 0
    for number, misconception in enumerate(exercise.misconceptions):
        theirs = first_look(name, seed, number, shown)["seen"]
        if not same_behaviour(cases[shown], mine[shown], theirs):
            continue
        fault = compare_case(cases[shown], expected, theirs)
        if not fault or fault.kind != faults[shown].kind:
            continue
        agrees = {
            i
            for i, (entry, own) in enumerate(zip(all_of(name, seed, number), mine))
            if same_behaviour(cases[i], own, entry["seen"])
        }
        if len(agrees.intersection(reached)) >= 0.6 * len(reached) and len(agrees) > best_score:
            best, best_score = misconception, len(agrees)
    return best


def same_behaviour(case: Case, mine: list[dict], theirs: list[dict]) -> bool:
    """Whether two observations of a case agree: judged values, changed inputs, kinds of error."""
    if len(mine) != len(theirs):
        return False
    return all(same_step(*pair) for pair in zip(case.steps, mine, theirs))


def same_step(step, a: dict, b: dict) -> bool:
    if "error" in a or "error" in b:
        return "error" in a and "error" in b and same_error(a["error"], b["error"])
    if a["changed"].keys() != b["changed"].keys():
        return False
    if not all(alike(value, b["changed"][i]) for i, value in a["changed"].items()):
        return False
    mode = "" if isinstance(step, Set) else step.compare
    if mode in ("fresh", "kept"):
        return shape_of(a["value"]) == shape_of(b["value"])
    if not mode:  # what forward returns is not judged, but returning instead of storing shows in it
        return (a["value"] is None) == (b["value"] is None)
    return alike(a["value"], b["value"])


def same_error(a: dict, b: dict) -> bool:
    """The same type and, names and numbers aside, the same message."""

    def shape(message):
        if re.search(r"not aligned|matmul|could not be broadcast", message):
            return "shapes"  # np.dot, @ and + say the same thing in different words
        return re.sub(r"[\w.<>]+\(\)|'[^']*'|\d+(\.\d+)?", "#", message)

    return a["type"] == b["type"] and shape(a["message"]) == shape(b["message"])
