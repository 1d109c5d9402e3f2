"""Judges the mutants of an exercise, and asks its evidence whether each keeps the contract."""

from __future__ import annotations

import ast
import contextlib
import inspect
import itertools
import math
import re
import warnings
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from grader.course import EXERCISES
from grader.judging.describe import describe_values
from grader.judging.judge import judge, make_plan
from grader.judging.probe import run
from grader.judging.verdict import Verdict
from tests.exercises import EVIDENCE

from .rewriting import change, mutants, text

SECONDS = 120  # a last resort: what loops without end is stopped by TURNS, on any machine
TURNS = 100_000


# The mutants


def reference_source(name: str) -> str:
    """The text of an exercise's reference, with the functions it calls and the classes that belong to it."""
    code = EXERCISES[name]._reference
    parts = {share.exercise.object_name: share.exercise._reference for share in EXERCISES[name].shares}
    parts |= inspect.getclosurevars(code).globals if inspect.isfunction(code) else {}
    tree = ast.parse(
        "\n".join(inspect.getsource(c) for c in (*parts.values(), code) if not inspect.ismodule(c))
    )
    for node in tree.body:
        node.decorator_list = []
    return text(tree)


def functions(source: str) -> frozenset[str]:
    """The texts of all functions of a source."""
    return frozenset(part.strip() for part in re.split(r"^(?= *(?:def|class) )", source, flags=re.MULTILINE))


def right_sources(name: str) -> list[str]:
    """What is mutated: the reference, and the spellings that its evidence names."""
    evidence = EVIDENCE[name]
    return [reference_source(name), *(evidence.right[spelling] for spelling in evidence.mutated)]


@lru_cache
def mutants_of(name: str) -> dict[str, str]:
    """The mutants of an exercise: {text: what is changed}. A function spoilt in the same way counts once."""
    right = [text(ast.parse(source)) for source in right_sources(name)]
    found, seen = {}, {frozenset()}
    kept = frozenset().union(*map(functions, right))
    for source in right:
        for mutant in mutants(source):
            spoilt = functions(mutant) - kept
            if spoilt not in seen:
                seen.add(spoilt)
                found[mutant] = change(source, mutant)
    return found


# Judging


def define(source: str) -> dict:
    """What a notebook holds after a cell of this text. Loops are counted, and stop after TURNS."""
    turns = itertools.count()

    def _turn():
        if next(turns) > TURNS:
            raise RuntimeError("a loop without end")

    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.For, ast.While)):
            node.body.insert(0, ast.parse("_turn()").body[0])
    names = {"__name__": "__main__", "np": np, "math": math, "_turn": _turn}
    with contextlib.suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(ast.fix_missing_locations(tree), "<answer>", "exec"), names)
    return names


plan = lru_cache(maxsize=None)(lambda name, seed: make_plan(EXERCISES[name], seed, SECONDS))

without_misconceptions = lru_cache(maxsize=None)(lambda name: replace(EXERCISES[name], misconceptions=[]))


def verdict_on(name: str, source: str, seeds: int, cards: bool = True) -> Verdict:
    """The first verdict with less than full points, else the last.

    Without `cards` no misconceptions are tried: the points are the same, and it is faster.
    """
    exercise = EXERCISES[name] if cards else without_misconceptions(name)
    for seed in range(seeds):
        np.random.seed(seed)
        verdict = judge(exercise, seed, run(plan(name, seed), define(source)))
        if verdict.points < verdict.max_points:
            break
    return verdict


def is_explained(verdict: Verdict) -> bool:
    """Whether the card names a cause, and not only that the numbers are not the expected ones."""
    finding = verdict.findings[0]
    general = describe_values(EXERCISES[verdict.exercise], None, None)[1]
    return bool(finding.why) and finding.why != general


def keeps_the_contract(name: str, names: dict, rounds: int = 15) -> bool:
    """What the oracle says of the answer in a notebook that has defined `names`."""
    rng, is_right = np.random.default_rng(12345), EVIDENCE[name].is_right
    np.random.seed(12345)
    with warnings.catch_warnings(), contextlib.redirect_stdout(None):
        warnings.simplefilter("ignore")
        try:
            return all(is_right(names, rng) for _ in range(rounds))
        except Exception:
            return False


# The run


@dataclass
class Outcome:
    """What became of the mutants of one exercise; the lists hold what was changed."""

    exercise: str
    mutants: int = 0
    caught: int = 0
    explained: int = 0
    """Caught mutants whose card names a cause."""

    equal: list[str] = field(default_factory=list)
    survivors: list[str] = field(default_factory=list)
    """Full points, and no property that says why, or the oracle says that the contract is broken."""

    refused: list[str] = field(default_factory=list)
    """Points lost, though the oracle says that the contract is kept."""

    stale: list[str] = field(default_factory=list)
    """Properties that no survivor needs."""


def examine(name: str, seeds: int = 2, cards: bool = True) -> Outcome:
    """Judge all mutants of one exercise."""
    outcome, known = Outcome(name), EVIDENCE[name].equal
    unused = set(known)
    for source, changed in mutants_of(name).items():
        verdict, kept = verdict_on(name, source, seeds, cards), keeps_the_contract(name, define(source))
        outcome.mutants += 1
        if verdict.points < verdict.max_points:
            outcome.caught += 1
            outcome.explained += is_explained(verdict)
            outcome.refused += [changed] if kept else []
            continue
        reasons = {entry for entry in known if re.fullmatch(entry.change, changed)}
        unused -= reasons
        (outcome.equal if reasons and kept else outcome.survivors).append(changed)
    outcome.stale = [f"{entry.change}: {entry.why}" for entry in unused]
    return outcome
