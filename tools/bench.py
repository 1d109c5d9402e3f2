"""What a check costs, and the import in a lesson's first cell: `make bench`.

Times are medians in milliseconds, and each stands beside a thing measured in the same run, so that
the ratios mean something on any machine.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time

from rich.console import Console
from rich.table import Table

from grader.course import EXERCISES
from grader.judging.judge import judge, make_plan
from grader.judging.probe import run

ROUNDS = 9


def median_ms(action) -> float:
    """The median time of `action` over a few rounds, after one to warm up."""
    action()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def import_ms(statement: str) -> float:
    """The median time of an import in a fresh interpreter that has NumPy already."""
    code = (
        f"import numpy, time; t = time.perf_counter(); {statement}; print(1000 * (time.perf_counter() - t))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(ROUNDS)
    ]
    return statistics.median(float(done.stdout) for done in runs)


def call_all(exercise, seed: int) -> None:
    """The student's own share: the reference called on the cases, and nothing else."""
    run(make_plan(exercise, seed), exercise.namespace())


def check_right(exercise, seed: int) -> None:
    judge(exercise, seed, run(make_plan(exercise, seed), exercise.namespace()))


def check_wrong(exercise, seed: int) -> None:
    code = exercise.misconceptions[-1].code
    judge(exercise, seed, run(make_plan(exercise, seed), exercise.namespace(code)))


def main() -> None:
    seeds = iter(range(10**6))  # a fresh one for each judgement: nothing is remembered from the last
    table = Table("exercise", "probe alone", "check, right", "check, wrong", title="Milliseconds, medians")
    for exercise in EXERCISES.values():
        times = [
            median_ms(lambda act=act, e=exercise: act(e, next(seeds)))
            for act in (call_all, check_right, check_wrong)
        ]
        table.add_row(exercise.name, *(f"{t:.1f}" for t in times))
    console = Console()
    console.print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    console.print(table)
    console.print(
        f"from grader import check: {import_ms('from grader import check'):.0f} ms beside NumPy; "
        f"import json: {import_ms('import json'):.0f} ms"
    )


if __name__ == "__main__":
    main()
