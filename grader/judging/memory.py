"""What is reckoned once for an exercise and a seed: its cases, and what our own code does with them."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from ..course.exercise import Call, Case, Code, Exercise, Lend, Ref, Set, Step
from .probe import StandIns, Watchdog, encode, run_case
from .reading import read_case
from .record import CaseRecord

MAX_SEEDS = 8  # a class is judged on the cases of one seed, a student's checks on those of a few


def memory_of(exercise: Exercise, seed: int) -> Memory:
    """What is remembered of this very exercise, whatever others bear its name."""
    remembered: dict[int, Memory] = exercise.remembered
    if seed not in remembered:
        while len(remembered) >= MAX_SEEDS:
            remembered.pop(next(iter(remembered)))
        remembered[seed] = Memory(exercise, seed)
    return remembered[seed]


def write_step(step: Step) -> dict[str, Any]:
    """A step as the probe reads it."""
    if isinstance(step, Call):
        args = [{"ref": a.name} if isinstance(a, Ref) else encode(a) for a in step.args]
        return {"call": step.path, "args": args, "to": step.to}
    if isinstance(step, Lend):
        return {"lend": dict(step.classes)}
    if isinstance(step, Set):
        return {"set": step.path, "value": encode(step.value)}
    return {"get": step.path}


def write_case(case: Case) -> list[dict[str, Any]]:
    """A case as the probe reads it."""
    return [write_step(step) for step in case.steps]


class Memory:
    """Nothing that it gives may be changed by the caller."""

    def __init__(self, exercise: Exercise, seed: int) -> None:
        self.exercise = exercise
        self.cases = exercise.cases(seed)
        self.lent = exercise.lent(seed)
        self.written = [write_case(case) for case in self.cases]
        self.shares = [memory_of(share.exercise, seed) for share in exercise.shares]
        self.stand_ins = {code.__name__: inspect.getsource(code) for code in exercise.stand_ins}
        self.plans: dict[float | None, str] = {}
        self.looks: dict[tuple[int, int], CaseRecord] = {}
        self.wholes: dict[int, list[CaseRecord]] = {}

    def plan(self, seconds: float | None) -> str:
        """The probe's instructions for all cases, as JSON text."""
        if seconds not in self.plans:
            cases = [*self.written, *map(write_case, self.lent), *(c for s in self.shares for c in s.written)]
            anyway = {"anyway": True} if self.shares else {}
            self.plans[seconds] = json.dumps({**self.head, "seconds": seconds, "cases": cases, **anyway})
        return self.plans[seconds]

    @property
    def all_cases(self) -> list[Case]:
        """What a plan asks for: the exercise's own cases, those with lent classes, those of each share."""
        return [*self.cases, *self.lent, *(case for share in self.shares for case in share.cases)]

    @property
    def head(self) -> dict[str, Any]:
        """What every plan begins with."""
        about = self.exercise
        return {"name": about.object_name, "kind": about.kind, "stand_ins": self.stand_ins}

    def behaviour(self, code: Code | None, cases: Iterable[Case]) -> list[CaseRecord]:
        """What our own code, a reference or a misconception, does with these cases."""
        names = StandIns(self.exercise.namespace(code), self.stand_ins)
        return [read_case(run_case(write_case(case), names, Watchdog(None)), case) for case in cases]

    @cached_property
    def expected(self) -> list[CaseRecord]:
        """What the reference does with all cases."""
        return self.behaviour(None, self.cases)

    @cached_property
    def expected_of_lent(self) -> list[CaseRecord]:
        """What the reference does with the cases with lent classes."""
        return self.behaviour(None, self.lent)

    def first_look(self, number: int, shown: int) -> CaseRecord:
        """What one misconception does with one case: enough to pass over most of them."""
        if (number, shown) not in self.looks:
            code = self.exercise.misconceptions[number].code
            self.looks[number, shown] = self.behaviour(code, [self.cases[shown]])[0]
        return self.looks[number, shown]

    def all_of(self, number: int) -> list[CaseRecord]:
        """What one misconception does with all cases."""
        if number not in self.wholes:
            code = self.exercise.misconceptions[number].code
            self.wholes[number] = self.behaviour(code, self.cases)
        return self.wholes[number]
