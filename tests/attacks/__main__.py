"""Prints what the attacks come to, with nbgrader as it comes and with ours, and writes docs/attacks.md."""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from pathlib import Path

from grader.course.places import ROOT

from . import Attack, attacks
from .ours import MOST_BYTES, MOST_LINES, Report, run_class
from .stock import StockResult, run_stock

GOOD = "-"
STOCK = "nbgrader as it comes"
TARGET = ROOT / "docs" / "attacks.md"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.attacks", description=__doc__)
    parser.add_argument("--stock", action="store_true", help="run against nbgrader as it comes only")
    parser.add_argument("--ours", action="store_true", help="run against ours only")
    parser.add_argument(
        "--new",
        action="store_true",
        help="against nbgrader run those only that docs/attacks.md lacks, and keep what it says of the others",
    )
    parser.add_argument(
        "--only",
        default="",
        metavar="PATTERN",
        help="attacks whose kind/name holds this; prints, and writes nothing",
    )
    parser.add_argument("--sandbox", default="", help="bubblewrap or landlock; prints, and writes nothing")
    parser.add_argument("--seconds", type=int, default=180, help="limit of a stock class run (default: 180)")
    options = parser.parse_args()
    chosen = [a for a in attacks() if re.search(options.only, f"{a.kind}/{a.name}")]
    both = options.stock == options.ours

    screen = os.fdopen(os.dup(2), "w")  # what is printed meanwhile is looked at

    def tell(text: str) -> None:
        print(text, file=screen, flush=True)

    columns: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory(prefix="attacks-") as folder:
        base = Path(folder)
        base.chmod(0o755)
        if options.stock or both:
            known = read_column(TARGET.read_text(encoding="utf-8"), STOCK) if options.new else {}
            rest = [a for a in chosen if a.name not in known]
            results = run_stock(rest, base / "stock", options.seconds, tell)
            columns[STOCK] = known | {a.name: judge_stock(a, results[a.name]) for a in rest}
        if options.ours or both:
            column = columns["ours"] = {}
            for slow in (False, True):
                part = [a for a in chosen if a.slow == slow]
                (base / str(slow)).mkdir()
                seconds = 10 if slow else 60
                report = run_class(part, base / str(slow), seconds, tell=tell, sandbox=options.sandbox)
                column |= {a.name: judge_ours(a, report) for a in part}
                column |= {f"(the class, {len(part)} attacks)": judge_class(report)}
    text = as_markdown(chosen, columns)
    print(text)
    if not (options.only or options.sandbox):
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(text, encoding="utf-8")
    return 0 if set(columns.get("ours", {}).values()) <= {GOOD} else 1


def judge_stock(attack: Attack, result: StockResult) -> str:
    if result.not_run:
        return f"not run: {result.not_run}"
    words = [f"run lost: {result.lost}"] if result.lost else []
    if not result.lost and result.points is None:
        words.append("no marks")
    return what_happened(
        attack,
        result.points,
        result,
        words
        + [
            word
            for word, is_so in (
                ("neighbour touched", result.neighbours),
                ("network reached", result.heard),
                ("files left for later", result.wrote),
                ("processes left", result.left),
            )
            if is_so
        ],
    )


def judge_ours(attack: Attack, report: Report) -> str:
    result = report.results[attack.name]
    if result.outcome is None:
        return "no outcome"
    return what_happened(
        attack, result.outcome.points, result, ["grading failed"] if result.outcome.failed else []
    )


def what_happened(attack: Attack, points: float | None, result, words: list[str]) -> str:
    gained = (points or 0) - attack.earns
    if gained > 0:
        words.insert(0, f"{gained:g} points gained")
    elif points is not None and gained < 0:
        words.insert(0, f"{-gained:g} points lost")
    if result.leaked:
        words.append("leaked: " + ", ".join(sorted(result.leaked)))
    if result.live:
        words.append("script in the page")
    if getattr(result, "size", 0) > MOST_BYTES:
        words.append("pages too large")
    return "; ".join(words) or GOOD


def judge_class(report: Report) -> str:
    words = [
        name
        for name, is_so in (
            ("neighbour touched", any(got != worth for got, worth in report.honest.values())),
            ("network reached", report.heard),
            ("processes left", report.left),
            ("files changed", report.changed),
            ("leaked in print", report.printed),
            ("the terminal flooded", len(report.lines) > MOST_LINES),
        )
        if is_so
    ]
    return "; ".join(words) or GOOD


def as_markdown(chosen: list[Attack], columns: dict[str, dict[str, str]]) -> str:
    names = list(columns)
    lines = [
        "# Attacks",
        "",
        "Made by `python -m tests.attacks`: what the submissions of tests/attacks come to. A dash:",
        "no point gained, nothing leaked, no neighbour touched, the run went on. With `--new`, nbgrader's",
        "column is kept for the attacks that stood here before.",
        "",
        f"| | {' | '.join(names)} |",
        f"|---|{'---|' * len(names)}",
    ]
    for words in (
        "points gained",
        "leaked",
        "script in the page",
        "neighbour touched",
        "network reached",
        "for later",
        "processes left",
        "run lost",
        "no marks",
        "grading failed",
        "not run",
    ):
        counts = [sum(words in column[a.name] for a in chosen) for column in columns.values()]
        if any(counts):
            lines.append(f"| {words} | {' | '.join(map(str, counts))} |")
    good = [str(sum(column[a.name] == GOOD for a in chosen)) for column in columns.values()]
    lines.append(f"| nothing of all that | {' | '.join(good)} |")
    lines += ["", f"| attack | tries | {' | '.join(names)} |", f"|---|---|{'---|' * len(names)}"]
    rows = {a.name: [f"{a.kind}/{a.name}", a.tries] for a in chosen}
    rows |= {name: [name, ""] for column in columns.values() for name in column if name not in rows}
    for name, row in rows.items():
        row += [column.get(name, "") for column in columns.values()]
        lines.append(f"| {' | '.join(map(in_a_cell, row))} |")
    return "\n".join(lines) + "\n"


def in_a_cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def read_column(page: str, title: str) -> dict[str, str]:
    """What a page made by `as_markdown` says in one column, by the attacks' names."""
    rows = [
        [cell.replace("\\|", "|").replace("&lt;", "<") for cell in re.split(r"(?<!\\) \| ", line[2:-2])]
        for line in page.splitlines()
        if line.startswith("| ")
    ]
    head = next(row for row in rows if row[0] == "attack")
    place = head.index(title)
    return {row[0].partition("/")[2]: row[place] for row in rows[rows.index(head) + 1 :] if "/" in row[0]}


if __name__ == "__main__":
    sys.exit(main())
