"""How often a card proves the cause, and how long a check takes: writes docs/diagnosis.md.

`python -m tools.diagnosis [--of N]` judges N mutants of right answers of every exercise, drawn evenly
from all, as `check` does in a lesson. Times are of the processor, so that other work does not count.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import linecache
import math
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.course import EXERCISES
from grader.course.places import ROOT
from grader.judging.judge import judge, make_plan
from grader.judging.probe import run
from grader.judging.verdict import Verdict
from tests.mutation.examine import mutants_of, right_sources

PAGE = ROOT / "docs" / "diagnosis.md"
SEED, SECONDS = 3, 5.0
CELLS = itertools.count(1)
KINDS = ("proven", "named", "walk only")


@dataclass
class Measured:
    """What became of the mutants of one exercise, and milliseconds of each check."""

    name: str
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description="measure what cards say of wrong answers: docs/diagnosis.md")
    parser.add_argument("--of", type=int, default=40, help="mutants of each exercise (default: 40)")
    count = parser.parse_args().of
    measured = [measure(name, count) for name in EXERCISES]
    PAGE.write_text(page(measured, count), encoding="utf-8")
    print(f"wrote {PAGE}")


def measure(name: str, count: int) -> Measured:
    """Judge some of an exercise's mutants, and its right answers."""
    found = Measured(name)
    every = list(mutants_of(name))
    for source in every[:: max(1, len(every) // count)][:count]:
        verdict, taken = checked(name, source)
        if verdict.status in ("wrong", "partial"):
            found.kinds[kind_of(verdict)] += 1
            found.wrong.append(taken)
    for source in right_sources(name):
        checked(name, source)  # the first check also reckons what is expected
        found.right += [checked(name, source)[1] for _ in range(5)]
    return found


def checked(name: str, source: str) -> tuple[Verdict, float]:
    """The verdict that `check` gives in a lesson, and its milliseconds."""
    exercise, names = EXERCISES[name], defined(source)
    start = time.process_time()
    record = run(make_plan(exercise, SEED, SECONDS), names)
    verdict = judge(exercise, SEED, record, ask=lambda plan: run(plan, names))
    return verdict, 1000 * (time.process_time() - start)


def defined(source: str) -> dict[str, Any]:
    """The names of a notebook in which a cell of this text was run."""
    cell = f"<cell {next(CELLS)}>"
    linecache.cache[cell] = (len(source), None, source.splitlines(keepends=True), cell)
    names = {"__name__": "__main__", "np": np, "math": math}
    with contextlib.suppress(Exception):
        exec(compile(source, cell, "exec"), names)
    return names


def kind_of(verdict: Verdict) -> str:
    finding = verdict.findings[0]
    return "proven" if finding.edits else "named" if "." in finding.id else "walk only"


def page(measured: list[Measured], count: int) -> str:
    """The page, with a row for each exercise and one for all."""
    total = Measured("all")
    for each in measured:
        total.kinds += each.kinds
        total.wrong += each.wrong
        total.right += each.right
    rows = [row(each) for each in (*measured, total)]
    return f"""# What cards say of wrong answers

Written by `make diagnosis`: up to {count} mutants of right answers of each exercise, judged as `check`
does in a lesson. A cause is *proven* where a small change of the very answer makes it right in all
cases; *named* where only a listed misconception behaves exactly like it; else the card shows the
student's own lines at work, and claims nothing. Milliseconds are of the processor, medians, and in
brackets the longest; an answer that does not come to an end first has its {SECONDS:g} seconds.

| exercise | wrong answers | proven | named | walk only | a wrong answer's check, ms | a right one's, ms |
|---|---|---|---|---|---|---|
{chr(10).join(rows)}
"""


def row(each: Measured) -> str:
    shares = [f"{100 * each.kinds[kind] / max(1, len(each.wrong)):.0f} %" for kind in KINDS]
    cells = [each.name, str(len(each.wrong)), *shares, times(each.wrong), times(each.right)]
    return f"| {' | '.join(cells)} |"


def times(taken: list[float]) -> str:
    return f"{statistics.median(taken):.0f} ({max(taken):.0f})" if taken else "-"


if __name__ == "__main__":
    main()
