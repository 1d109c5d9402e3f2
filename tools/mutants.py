"""Lists what becomes of the mutants of each exercise: caught, explained, equal and why, or survivors.

    python -m tools.mutants [--seeds N] [EXERCISE ...]

The exit status is 1 if there is a survivor that the exercise's evidence does not explain, a right answer
that is refused, or a property by which no mutant survives.
"""

from __future__ import annotations

import argparse
import re
import sys

from grader.course import EXERCISES
from tests.exercises import EVIDENCE
from tests.mutation.examine import Outcome, examine


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__.partition("\n")[0])
    parser.add_argument("exercises", nargs="*", choices=[[], *EXERCISES], default=[], metavar="EXERCISE")
    parser.add_argument("--seeds", type=int, default=2, help="how often a survivor is judged (2)")
    asked = parser.parse_args()
    outcomes = []
    print(f"{'exercise':20}{'mutants':>8}{'caught':>8}{'a cause named':>15}{'equal':>8}{'survivors':>11}")
    for name in asked.exercises or EXERCISES:
        outcomes.append(outcome := examine(name, asked.seeds))
        print(row(name, [outcome]), flush=True)
    print(row("all", outcomes))
    for title, attribute in (
        ("Survivors", "survivors"),
        ("Right, and refused", "refused"),
        ("Said to be equal, and caught", "stale"),
    ):
        found = [(o.exercise, changed) for o in outcomes for changed in getattr(o, attribute)]
        if found:
            print(f"\n{title}")
            print(*(f"  {name}: {changed}" for name, changed in found), sep="\n")
    print("\nEqual, and why")
    for why, (count, names) in reasons(outcomes).items():
        print(f"{count:5}  {why} [{' '.join(names)}]")
    return int(any(o.survivors or o.refused or o.stale for o in outcomes))


def reasons(outcomes: list[Outcome]) -> dict[str, tuple[int, list[str]]]:
    """Why mutants are equal: how many, and of which exercises."""
    found: dict[str, tuple[int, list[str]]] = {}
    for o in outcomes:
        for entry in EVIDENCE[o.exercise].equal:
            if more := sum(bool(re.fullmatch(entry.change, changed)) for changed in o.equal):
                count, names = found.get(entry.why, (0, []))
                found[entry.why] = count + more, [*names, o.exercise]
    return found


def row(title: str, outcomes: list[Outcome]) -> str:
    mutants, caught, explained = (
        sum(getattr(o, a) for o in outcomes) for a in ("mutants", "caught", "explained")
    )
    equal, survivors = (sum(len(getattr(o, a)) for o in outcomes) for a in ("equal", "survivors"))
    return f"{title:20}{mutants:8}{caught:8}{explained / max(1, caught):15.0%}{equal:8}{survivors:11}"


if __name__ == "__main__":
    sys.exit(main())
