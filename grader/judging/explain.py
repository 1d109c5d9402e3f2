"""Turns what the judge found into words: what happened, why most likely, what to look at."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..course import EXERCISES
from ..course.exercise import Call, Case, Exercise, Get, Misconception
from .compare import Fault
from .describe import describe_fault, misnamed, show_both
from .facts import said_of_the_text, with_what_is_seen
from .formatting import format_case
from .hints import error_hint
from .look import Look
from .record import CaseRecord, Record
from .verdict import Finding

if TYPE_CHECKING:
    from .repair import Repair

MAX_LINE = 500  # characters of a line: hints look through it again and again


def explain_unreadable(error: Exception) -> Finding:
    """The finding where what came back is no record."""
    return Finding(
        "unreadable",
        "What came back from your notebook could not be read.",
        f"It was {error}.",
        "Return plain numbers, lists or NumPy arrays, of the size asked for.",
    )


def explain_absence(
    exercise: Exercise, cases: Sequence[Case], record: Record, cell_error: str = "", answer: str = ""
) -> Finding | None:
    """A finding where there is nothing to judge: not written, not defined, misspelt, wrong kind."""
    found, name = record.found, exercise.object_name
    if found.kind == "missing":
        return explain_missing(name, found.names, cell_error, answer)
    if found.kind != exercise.kind:
        what = {"value": f"a {found.type}", "class": "a class", "function": "a function"}
        return Finding(
            "wrong-kind",
            f"{name} is {what.get(found.kind, 'something else')}, not a {exercise.kind}.",
            f"The check calls {exercise.signature}. A line such as {name} = ... further down "
            "also replaces it.",
            f"Start with {'def' if exercise.kind == 'function' else 'class'} {name}.",
        )
    if exercise.kind == "class" and found.empty and "forward" in found.names:
        return Finding(
            "outside-the-class",
            "forward stands outside the class.",
            f"A method belongs to the class only if it is indented below class {name}.",
            "Indent the whole function by four spaces.",
        )
    if found.empty or (found.stub and gives_nothing(cases, record)):
        return Finding(
            "unwritten",
            f"{name} is waiting for your code.",
            "So far it does nothing.",
            "Replace `pass` by your own lines, run the cell, then run this check again.",
        )
    return None


def gives_nothing(cases: Sequence[Case], record: Record) -> bool:
    """Whether every judged call gave None or an empty list: what a scaffold without its middle does."""
    values = [
        observation.value
        for case, entry in zip(cases, record.cases)
        for step, observation in zip(case.steps, entry.seen)
        if isinstance(step, Call) and step.compare and not observation.raised
    ]
    return bool(values) and all(v is None or (isinstance(v, list) and not v) for v in values)


NEARLY = 0.9  # alike but for a letter too many or too few


def misspelt(name: str, names: Sequence[str], answer: str) -> str:
    """What the answer cell defines in the place of `name`; "" where there is nothing that may be meant.

    Where the cell's text is not known, only a name that differs in capital letters, underscores or one
    letter too many: the lesson's own names are not misspelt, however alike they look.
    """
    others = {exercise.object_name for exercise in EXERCISES.values()}
    own = [n for n in names if n not in others and n != "check"]
    same = [n for n in own if n.replace("_", "").lower() == name.replace("_", "").lower()]
    here = [
        n for n in own if re.search(rf"^(def|class)\s+{re.escape(n)}\b|^{re.escape(n)}\s*=", answer, re.M)
    ]
    close = same or difflib.get_close_matches(name, here, 1, cutoff=0.6) or (here if len(here) == 1 else [])
    close = close or difflib.get_close_matches(name, own, 1, cutoff=NEARLY)
    return close[0] if close else ""


def explain_outdated(name: str, cell_error: str) -> Finding:
    """The finding where the answer cell stopped before it defined anything, and an older answer is left."""
    kind, _, message = cell_error.partition(": ")
    why, hint = error_hint(kind, message)
    return Finding(
        "error",
        f"The cell stopped with {cell_error}",
        f"{why} What is still there under {name} is from an earlier run, and is not judged.".strip(),
        hint or "Mend the cell and run it again.",
    )


def line_named(message: str, answer: str) -> tuple[int, str]:
    """The line of the cell that an error's message names, where both are known."""
    named, lines = re.search(r"\(line (\d+)\)$", message), answer.splitlines()
    number = int(named[1]) if named else 0
    return (number, lines[number - 1].strip()[:MAX_LINE]) if 0 < number <= len(lines) else (0, "")


def explain_missing(name: str, names: Sequence[str], cell_error: str, answer: str) -> Finding:
    if cell_error:
        kind, _, message = cell_error.partition(": ")
        number, line = line_named(message, answer)
        why, hint = error_hint(kind, message, line)
        return Finding(
            "error",
            f"The cell stopped with {cell_error}",
            why or f"So {name} was never defined.",
            hint or "Mend the cell and run it again.",
            line=line,
            lineno=number,
        )
    if close := misspelt(name, names, answer):
        return Finding(
            "misspelt",
            f"There is no {name}, but there is {close}.",
            "Names must be spelt as the exercise spells them, capital letters and underscores included.",
            f"Is {close} the one that is meant? Then rename it to {name}.",
        )
    return Finding(
        "missing",
        f"{name} is not defined yet.",
        "Either its cell has not been run, or the name is spelt differently.",
        f"Write {name} in the cell above, run that cell, then this one.",
    )


def explain_not_run(exercise: Exercise) -> Finding:
    """The finding where an answer is written, and this Python has not run it: mostly after a restart."""
    return Finding(
        "not-run",
        f"The cell of {exercise.object_name} has not been run since Python was started.",
        "Your answer is there, as the lesson was saved. A restart forgets what was run, and nothing that was "
        "written.",
        "Run that cell, and what it needs from above it, then run this check again.",
    )


def explain_fault(
    exercise: Exercise,
    cases: Sequence[Case],
    faults: Mapping[int, Fault],
    record: Record,
    number: int,
    cause: Misconception | None,
) -> Finding:
    """The finding for the case that is shown; a misconception that fits says why, else a symptom."""
    fault, case = faults[number], cases[number]
    entry = record.cases[number] if number < len(record.cases) else CaseRecord()
    title, why, hint = describe_fault(exercise, fault, entry, case.part)
    identity, shown = fault.kind, case.steps[fault.step]
    if isinstance(shown, Get):
        title = re.sub("^The result ", f"self.{shown.path.partition('.')[2]} ", title)
    if cause and not (fault.kind == "attribute" and misnamed(fault)):
        title, why, hint, identity = cause.title, cause.why, cause.hint, f"{exercise.name}.{cause.id}"
    else:
        why, hint = with_what_is_seen(exercise, cases, faults, number, why, hint)
    expected, got = show_both(fault)
    return Finding(identity, title, why, hint, format_case(case, fault.step), expected, got)


def explain_repair(
    finding: Finding,
    repair: Repair | None,
    cause: Misconception | None,
    look: Look,
    classes: Iterable[str] = (),
) -> Finding:
    """The finding with what was seen from near by: the change that is proven, or else only facts.

    `classes` are those of which the answer is to make objects.
    """
    if repair is None:
        why = f"{finding.why} {said_of_the_text(look, finding.got, classes)}".strip()
        return replace(finding, why=why, walk=look.walk)
    if not cause:
        meaning = "" if repair.tells else finding.why  # then what is seen says more
        why = f"{meaning} {repair.says}".strip()
        finding = replace(finding, id=f"edit.{repair.edits[0]}", why=why)
    elif len(repair.edits) > 1:
        finding = replace(finding, why=repair.says)
    elif repair.tells > 1:
        finding = replace(finding, why=f"{repair.says} {finding.why}")
    return replace(
        finding,
        line=repair.line,
        lineno=repair.lineno,
        edits=repair.edits,
        telling=bool(repair.tells or cause),
        question=repair.asks,
        before=repair.before,
        after=repair.after,
        hint="",  # the change is what helps: an advice beside it may lead another way
        walk=look.walk,
    )
