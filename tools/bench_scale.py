"""What classes of any size cost, reckoned from what was measured on one: docs/scale.md."""

from __future__ import annotations

from grader.course import LESSONS
from grader.course.places import ROOT

PAGE = ROOT / "docs" / "scale.md"
SIZES = (100, 10_000, 1_000_000)
CORES = (2, 64, 1000)


def as_scale(one: dict) -> str:
    """The page, from what `bench_page.with_this_machine` keeps of a machine."""
    worker, writer, disk = one["processor"]["ours"], one["writer"], one["disk"]
    ends = worker / writer
    rows = [as_row(students, worker, writer, disk) for students in SIZES]
    return "\n".join(
        [
            "# What a class costs",
            "",
            f"Written by `make bench` from what it measured on {one['date']}: {one['machine']}, "
            f"{one['students']} students",
            f"with {len(LESSONS)} lessons each. Everything here is that, multiplied; "
            "only [speed.md](speed.md) is measured.",
            "",
            "| measured, for one notebook | |",
            "|---|---:|",
            f"| processor time of all processes | {1000 * worker:.0f} ms |",
            f"| of it the one writer, for marks and grades.csv | {1000 * writer:.1f} ms |",
            f"| disk: graded notebook, pages, outcome, gradebook | {disk / 1000:.0f} kB |",
            "",
            "| students | notebooks | core hours | "
            + " | ".join(f"on {cores:,} cores" for cores in CORES)
            + " | the writer alone | disk |",
            "|---:|---:|---:|" + "---:|" * len(CORES) + "---:|---:|",
            *rows,
            "",
            "A time is that of the workers or of the writer, whichever is longer; they work side by side.",
            "",
            "## Where the single writer ends",
            "",
            f"Marks go into one gradebook, by one process: it keeps up with "
            f"**{ends:,.0f} cores** and no more, {1 / writer:,.0f} notebooks a second",
            f"or {3600 / writer / len(LESSONS):,.0f} students an hour. "
            "More workers then wait for it, and memory stays flat, because twice as many",
            "submissions as there are workers are on the way at a time. Beyond that, divide the class: "
            "a class directory for each part has",
            "a gradebook and a writer of its own. The time is that of SQLite on this machine's disk; "
            "a database elsewhere adds its way there to each",
            "commit, not to each mark.",
            "",
        ]
    )


def as_row(students: int, worker: float, writer: float, disk: float) -> str:
    notebooks = students * len(LESSONS)
    times = [in_words(notebooks * max(worker / cores, writer)) for cores in CORES]
    return (
        f"| {students:,} | {notebooks:,} | {notebooks * worker / 3600:,.1f} | {' | '.join(times)} "
        f"| {in_words(notebooks * writer)} | {in_bytes(notebooks * disk)} |"
    )


def in_words(seconds: float) -> str:
    """A time with two digits that say something."""
    for unit, size in (("days", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.{0 if seconds >= 10 * size else 1}f} {unit}"
    return f"{seconds:.{0 if seconds >= 10 else 1}f} s"


def in_bytes(size: float) -> str:
    for unit, many in (("TB", 1e12), ("GB", 1e9)):
        if size >= many:
            return f"{size / many:.1f} {unit}"
    return f"{size / 1e6:.0f} MB"
