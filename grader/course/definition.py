"""Is an exercise whole? What a definition lacks is said when the chapter is collected.

A misspelt part would give a wrong answer its points, and a case that compares nothing makes every
answer right: neither may wait until a student finds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from .exercise import Call, CallMode, Case, Exercise, FaultKind, Get, GetMode, Kind, Trait

NEEDED_ADVICE = {"fresh": ("constant", "counted", "repeated"), "kept": ("lost",), "whole": ("whole",)}
"""What a case asks for -> the faults that are then possible and that only the exercise has words for."""


class DefinitionError(Exception):
    """A definition that is not whole: the file, what is wrong there, and how to mend it."""

    def __init__(self, file: str, what: str, mend: str):
        super().__init__(f"{file}: {what}\nMend: {mend}")
        self.file, self.what, self.mend = file, what, mend


def check_definition(exercise: Exercise, file: str) -> None:
    """Raise DefinitionError for the first thing that `exercise`, defined in `file`, lacks."""
    for problems in (problems_of_fields, problems_of_parts, problems_of_contents, problems_of_cases):
        for what, mend in problems(exercise):
            raise DefinitionError(file, f"{exercise.name}: {what}", mend)


Problems = Iterator[tuple[str, str]]


def problems_of_fields(exercise: Exercise) -> Problems:
    for field in ("name", "signature", "reward"):
        if not getattr(exercise, field):
            yield f"its {field} is empty.", f"Write {field}= ... in Exercise(...)."
    for name in (exercise.name, exercise.object_name):
        if not name.isidentifier():
            yield f"{name!r} is no name in Python.", "Take letters, digits and underscores."
    if not re.fullmatch(r"\d\d_\w+", exercise.lesson):
        yield f"its lesson is {exercise.lesson!r}.", "Name the lesson's file: two digits, _, a name."
    if exercise.kind not in get_args(Kind):
        yield f"its kind is {exercise.kind!r}.", f"Write one of {listed(Kind)}."
    for trait in exercise.traits - set(get_args(Trait)):
        yield f"it has the trait {trait!r}.", f"Write one of {listed(Trait)}."
    for kind in exercise.advice.keys() - set(get_args(FaultKind)):
        yield f"it has advice for {kind!r}.", f"Write one of {listed(FaultKind)}."


def problems_of_parts(exercise: Exercise) -> Problems:
    names = [part.name for part in exercise.parts]
    if not names:
        yield "it has no parts, so it is worth nothing.", "Write parts=one_part(1)."
    for part in exercise.parts:
        if not part.points > 0:
            yield f"its part {part.name!r} is worth {part.points}.", "Give it more than 0 points."
        if names.count(part.name) > 1:
            yield f"two of its parts are called {part.name!r}.", "Give each a name of its own."
        if part.needs and part.needs not in names[: names.index(part.name)]:
            yield (
                f"its part {part.name!r} needs {part.needs!r}, which is no part before it.",
                f"Take one of {names}.",
            )


def problems_of_contents(exercise: Exercise) -> Problems:
    for attribute, decorator in (
        ("_reference", "reference"),
        ("_small", "small_cases"),
        ("_random", "random_cases"),
    ):
        if getattr(exercise, attribute) is None:
            yield f"it has no {decorator}.", f"Put @EXERCISE.{decorator} over a function."
    if exercise._reference and isinstance(exercise._reference, type) != (exercise.kind == "class"):
        yield f"its reference is no {exercise.kind}.", "Let kind say what the student writes."
    ids = [mistake.id for mistake in exercise.misconceptions]
    for repeated in sorted({name for name in ids if ids.count(name) > 1}):
        yield f"two of its misconceptions are called {repeated}.", "Rename one."


def problems_of_cases(exercise: Exercise) -> Problems:
    cases = exercise.cases(0)
    small, drawn = [c for c in cases if not c.is_random], [c for c in cases if c.is_random]
    for some, decorator in ((small, "small_cases"), (drawn, "random_cases")):
        if not some:
            yield f"{decorator} yields no case.", "Yield EXERCISE.case(...)."
        for number, case in enumerate(some, 1):
            for what, mend in problems_of_case(exercise, case):
                yield f"case {number} of {decorator} {what}", mend
    for name in {part.name for part in exercise.parts} - {case.part for case in cases}:
        yield f"no case is for its part {name!r}.", "Yield one, or leave the part out."


def problems_of_case(exercise: Exercise, case: Case) -> Problems:
    parts = [part.name for part in exercise.parts]
    if case.part not in parts:
        yield f"is for the part {case.part!r}.", f"Take one of {parts}."
    comparing = [step for step in case.steps if isinstance(step, (Call, Get))]
    compared = [step.compare for step in comparing]
    if not any(compared):
        yield "compares nothing, so every answer is right.", 'Write compare="values", or a Get.'
    for step in comparing:
        modes = CallMode if isinstance(step, Call) else GetMode
        if step.compare not in get_args(modes):
            yield f"compares by {step.compare!r}.", f"Write one of {listed(modes)}."
    for mode in compared:
        for kind in NEEDED_ADVICE.get(mode, ()):
            if kind not in exercise.advice:
                yield f"compares by {mode!r}.", f"Give the exercise advice for {kind!r}."


def listed(literal: Any) -> str:
    return ", ".join(map(repr, get_args(literal)))
