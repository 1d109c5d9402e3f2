"""What was measured on a class, as a page and a picture: docs/speed.md."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import re
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.authoring.readme import replace_region
from grader.course import LESSONS
from grader.course.places import ROOT
from tools.bench_students import RAISING_SHARE, WRONG_SHARE

PAGE, PICTURE = ROOT / "docs" / "speed.md", ROOT / "docs" / "speed.svg"
MACHINES, README = ROOT / "docs" / "speed.json", ROOT / "README.md"

BEGIN_SPEED, END_SPEED = "<!-- speed: written by make bench -->", "<!-- end of the speed -->"


@dataclass
class Measured:
    """Of one class run of ours: seconds to the first and to the last result, in all, of all cores, and MB."""

    first: float
    graded: float
    seconds: float
    processor: float
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


def with_this_machine(
    students: int, medians: dict[str, float], ratios: list[float], phases: dict[str, float]
) -> list[dict]:
    """What was measured on each machine, the latest on each."""
    known = json.loads(MACHINES.read_text(encoding="utf-8")) if MACHINES.exists() else []
    new = {
        "machine": machine(),
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "code": code(),
        "load": round(os.getloadavg()[2] / (os.cpu_count() or 1), 1),
        "students": students,
        "rounds": len(ratios),
        "ratio": [round(ratio, 1) for ratio in sorted(ratios)],
        "seconds": {name: round(medians[name], 4) for name in TITLES if name in medians},
        "processor": {name: round(medians[f"{name}_processor"], 4) for name in TITLES if name in medians},
        "writer": round(phases["gradebook"] / 1000 + medians["export"], 5),
        "disk": round(medians["disk"]),
    }
    return [one for one in known if one["machine"] != new["machine"]] + [new]


def keep(machines: list[dict]) -> None:
    """For the next machine, and in the README."""
    MACHINES.write_text(json.dumps(machines, indent=1) + "\n", encoding="utf-8")
    replace_region(README, BEGIN_SPEED, END_SPEED, as_sentence(machines))


def same_code(machines: list[dict]) -> list[dict]:
    """The measurements of the code that was measured last: those of older code say nothing about it, and
    of what is no commit nobody knows whether it is the same."""
    last = machines[-1]
    is_commit = re.fullmatch("[0-9a-f]+", last["code"])
    return [one for one in machines if one is last or (is_commit and one["code"] == last["code"])]


def as_sentence(machines: list[dict]) -> str:
    """What the README says: the range over all rounds on all machines on which this code was measured, not
    the best, and where that was."""
    machines = same_code(machines)
    ratios = [ratio for one in machines for ratio in one["ratio"]]
    processor = [one["processor"]["stock"] / one["processor"]["ours"] for one in machines]
    known = "writer" in machines[-1]
    scale = (
        "What a class of any size costs is reckoned from it: [docs/scale.md](docs/scale.md).\n"
        if known
        else ""
    )
    where = "; ".join(
        f"{one['machine']}: {spread(one['ratio'])}, {one['students']} students, {counted(one['rounds'])}, "
        f"load {one['load']}"
        for one in machines
    )
    return (
        f"A class as people write it is graded **{spread(ratios)} times** as fast as by nbgrader, feedback\n"
        f"pages and start-up included on both sides, in {spread(processor)} times less processor time\n"
        f"(code of `{machines[-1]['code']}`; {where}).\n{scale}"
    )


def counted(rounds: int) -> str:
    return "1 round" if rounds == 1 else f"{rounds} rounds"


def spread(values: list[float]) -> str:
    low, high = f"{min(values):.0f}", f"{max(values):.0f}"
    return low if low == high else f"{low} to {high}"


def as_markdown(
    options,
    medians: dict[str, float],
    ratios: list[float],
    machines: list[dict],
    phases: dict[str, float],
    scale: list[Scaled],
) -> str:
    stock, times = medians["stock"], medians["ours_processor"] / medians["floor_processor"]
    lines = [
        "# Speed",
        "",
        f"Made by `make bench` on {machines[-1]['date']}: {machines[-1]['machine']}.",
        f"nbgrader takes **{spread(machines[-1]['ratio'])} times** as long: the range of "
        f"{counted(len(ratios))}. All other",
        "numbers are medians. In each round all grade copies of one class, in turns: people's own imports,",
        f"prints and plots, {WRONG_SHARE:.0%} wrong answers, {RAISING_SHARE:.0%} of them raising. Ours is",
        f"the command from start to end, for {options.students} students with {len(LESSONS)} lessons each:",
        "sandbox on, judged outside, feedback pages written. nbgrader's is autograde and generate_feedback",
        "in one process, as they come; what it takes to start is shared out among as many notebooks. Otter's",
        "tests only look whether a name is there.",
        "",
        "![Notebooks a second, each way](speed.svg)",
        "",
        "| | seconds a notebook | notebooks a second | times nbgrader | processor seconds a notebook |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, title in TITLES.items():
        if name in medians:
            seconds, used = medians[name], medians[f"{name}_processor"]
            lines.append(
                f"| {title} | {seconds:.4f} | {1 / seconds:.1f} | {stock / seconds:.1f} | {used:.4f} |"
            )
    lines += [
        "",
        f"Ours takes {times:.1f} times the processor time of the floor.",
        "",
        *table_of(machines),
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


def table_of(machines: list[dict]) -> list[str]:
    """Lines of Markdown: what was measured on each machine, of whatever code."""
    present = same_code(machines)
    return [
        "Each machine, in its last measurement; the load is how many processes waited for each core. The",
        "code is the commit that last changed `grader/`; what was measured of older code is marked, and",
        "not in the README:",
        "",
        "| machine | date | code | load | students | rounds | times nbgrader | by processor time |",
        "|---|---|---|---:|---:|---:|---:|---:|",
        *(as_machine(one, "" if one in present else ", older") for one in machines),
    ]


def as_machine(one: dict, older: str) -> str:
    processor = one["processor"]["stock"] / one["processor"]["ours"]
    return (
        f"| {one['machine']} | {one['date']} | `{one['code']}`{older} | {one['load']} "
        f"| {one['students']} | {one['rounds']} | {spread(one['ratio'])} | {processor:.0f} |"
    )


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


def code() -> str:
    """Which code is measured: the commit that last changed what grades, and whether it has changed since."""
    last = ["git", "log", "-1", "--format=%h", "--", "grader"]
    changed = ["git", "status", "--porcelain", "--", "grader"]
    try:
        commit, changes = (
            subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
            for line in (last, changed)
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"  # a copy without its history
    return f"{commit or 'unknown'}{'-changed' if changes else ''}"


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
