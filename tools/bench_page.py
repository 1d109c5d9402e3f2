"""What was measured on a class, as a page and a picture: docs/speed.md."""

from __future__ import annotations

import contextlib
import os
import platform
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.course import LESSONS
from grader.course.places import ROOT

PAGE, PICTURE = ROOT / "docs" / "speed.md", ROOT / "docs" / "speed.svg"


# The ways to grade it


@dataclass
class Measured:
    """Of one class run of ours: seconds to the first and to the last result, in all, and MB at most."""

    first: float
    graded: float
    seconds: float
    memory: float


@dataclass
class Scaled:
    """One class of ours: its size, the run, and seconds that grades.csv takes with and without indexes."""

    students: int
    lessons: int
    run: Measured
    export: float
    unindexed: float | None


# What it came to


def as_markdown(options, medians: dict[str, float], phases: dict[str, float], scale: list[Scaled]) -> str:
    base = medians["stock"]
    lines = [
        "# Speed",
        "",
        f"Made by `make bench` on {datetime.now(UTC):%Y-%m-%d}: {machine()}.",
        f"Medians of {options.rounds} rounds; in each, all graded copies of one class, in turns. Ours is the",
        f"command from start to end, for {options.students} students with {len(LESSONS)} lessons each:",
        "sandbox on, judged outside, feedback pages written. nbgrader's and Otter's times are without their",
        "start and imports; Otter's tests only look whether a name is there.",
        "",
        "![Notebooks a second, each way](speed.svg)",
        "",
        "| | seconds a notebook | notebooks a second | times nbgrader |",
        "|---|---:|---:|---:|",
    ]
    for name, title in TITLES.items():
        if name in medians:
            seconds = medians[name]
            lines.append(f"| {title} | {seconds:.4f} | {1 / seconds:.1f} | {base / seconds:.1f} |")
    cores = os.cpu_count() or 1
    times = cores * medians["ours"] / medians["floor"]
    lines += [
        "",
        f"By the clock ours takes {times / cores:.1f} times as long as the floor, a single process:",
        f"with {cores} workers that is {times:.1f} times its processor time.",
        "",
        "| of our run | |",
        "|---|---:|",
        f"| first result after | {medians['first']:.1f} s |",
        f"| all judged after | {medians['graded']:.1f} s |",
        f"| gradebook, pages and grades.csv done after | {medians['written']:.1f} s |",
        f"| memory of all processes, at most | {medians['memory']:.0f} MB |",
        "",
        "| where one notebook's time goes, one at a time | ms |",
        "|---|---:|",
        *[f"| {PARTS[part]} | {ms:.1f} |" for part, ms in phases.items()],
    ]
    if scale:
        lines += [
            "",
            "Larger classes; the last two columns are nbgrader's own export to grades.csv from the",
            "gradebook that was made, with the indexes that we add and without them.",
            "",
            "| students | lessons | seconds | seconds a notebook | memory | export | unindexed |",
            "|---:|---:|---:|---:|---:|---:|---:|",
            *map(as_row, scale),
        ]
    return "\n".join(lines) + "\n"


def as_row(s: Scaled) -> str:
    unindexed = "not tried" if s.unindexed is None else f"{s.unindexed:.1f} s"
    return (
        f"| {s.students:,} | {s.lessons} | {s.run.seconds:.0f} "
        f"| {s.run.seconds / s.students / s.lessons:.4f} | {s.run.memory:.0f} MB | {s.export:.1f} s "
        f"| {unindexed} |"
    )


PARTS = {
    "intake": "intake",
    "kernel": "kernel: fork, cells, probe",
    "judge": "judge",
    "notebook": "graded notebook written",
    "gradebook": "gradebook",
    "page": "feedback page",
}

TITLES = {
    "otter": "Otter-Grader, several in one process",
    "stock": "nbgrader as it comes",
    "ours": "ours",
    "floor": "floor: the same cells by `exec`",
}


def machine() -> str:
    with contextlib.suppress(OSError):
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
        if found:
            return f"{os.cpu_count()} cores of {found[1]}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def draw(medians: dict[str, float]) -> None:
    """Notebooks a second as bars, on a logarithmic axis."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    matplotlib.rcParams["svg.hashsalt"] = "speed"
    names = [name for name in TITLES if name in medians]
    figure, axis = plt.subplots(figsize=(7, 2.4), layout="constrained")
    rates = [1 / medians[name] for name in names]
    bars = axis.barh(
        [TITLES[name].replace("`", "") for name in names],
        rates,
        color=["#0072B2" if name == "ours" else "#999999" for name in names],
    )
    axis.bar_label(bars, [f"{rate:.1f}" for rate in rates], padding=4)
    axis.set(xscale="log", xlabel="notebooks a second", xlim=(min(rates) / 2, max(rates) * 3))
    axis.invert_yaxis()
    figure.savefig(PICTURE, metadata={"Date": None})
    lines = PICTURE.read_text(encoding="utf-8").splitlines()
    PICTURE.write_text("\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")
