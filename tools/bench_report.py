"""What the desk of a large class costs, with the gradebook in a file and on PostgreSQL: docs/large.md.

    python -m tools.bench_report [--students 10000] [--rounds 3] [--in FOLDER] [--write]

Times are those of the clock, with the processor's in brackets, which other programs do not lengthen;
PostgreSQL is a process of its own. The class is generated as the class run would leave it: half of the
answers right, the others misconceptions of the exercises, drawn with a fixed seed. Making it is not measured,
moving its gradebook to the server is. The server is one of Debian's packages, started for this on a socket.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from classes import graded, write_class  # noqa: E402
from postgres import BINARIES, keep_on, server  # noqa: E402

from grader.course import CHAPTER, EXERCISES, LESSONS  # noqa: E402

PAGE = ROOT / "docs" / "large.md"
RIGHT_SHARE = 0.5

Measured = dict[str, tuple[float, float]]
"""Seconds by what was done: of the clock, and of this process on the processor."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.bench_report", description=__doc__.split("\n")[0])
    parser.add_argument("--students", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--in", type=Path, dest="folder", help="where the class is made, or was made before")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    options = parser.parse_args()
    if not BINARIES:
        sys.exit("there is no PostgreSQL to start: apt-get install postgresql")
    with tempfile.TemporaryDirectory() as folder:
        course = (options.folder or Path(folder) / "class").absolute()
        if not (course / "gradebook.db").exists():
            course.mkdir(parents=True, exist_ok=True)
            write_class(course, list(submissions(options.students)))
            leave_notebooks(course)
        (course / "nbgrader_config.py").unlink(missing_ok=True)
        load = os.getloadavg()[0]  # of other programs, as long as nothing is measured
        in_file = measure(course, options.rounds)
        with server() as postgres:
            keep_on(course, postgres.database())
            began = time.perf_counter()
            open_once(course)
            moving = time.perf_counter() - began
            on_server = measure(course, options.rounds)
        (course / "nbgrader_config.py").unlink()
        text = page(options, load, in_file, on_server, moving, course)
    print(text)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")


def submissions(count: int) -> Iterator:
    """Submissions with mistakes that some make more often than others."""
    draw = random.Random(17)
    for number in range(count):
        mistakes = {
            name: draw.choice([m.id for m in exercise.misconceptions[:6]])
            for name, exercise in EXERCISES.items()
            if draw.random() > RIGHT_SHARE
        }
        yield graded(f"s{number:05}", mistakes)


def leave_notebooks(course: Path) -> None:
    """The formgrader lists of a notebook only what it finds as a file."""
    for student in (course / "submitted").iterdir():
        folder = course / "autograded" / student.name / CHAPTER
        folder.mkdir(parents=True)
        (folder / f"{LESSONS[0]}.ipynb").touch()


def open_once(course: Path) -> None:
    """As a class run opens it: a gradebook in a file is copied to the server."""
    from grader.grading.recording.gradebook import ClassGradebook

    with closing(ClassGradebook(course)):
        pass


def measure(course: Path, rounds: int) -> Measured:
    """The medians of some rounds of each."""
    found = {}
    for what, do in tasks(course).items():
        clock, processor = zip(*(seconds(do) for _ in range(rounds)))
        found[what] = statistics.median(clock), statistics.median(processor)
    return found


def tasks(course: Path) -> dict[str, Callable]:
    """What is done at the desk, by what the page calls it."""
    from grader.exchange.enter import enter_roster
    from grader.exchange.export import export
    from grader.grading.nbgrader.config import grading_config
    from grader.grading.nbgrader.lists import NavigatedGradebook, QuickLists
    from grader.grading.recording.storage import storage
    from grader.reporting.writing import write_reports

    config = grading_config(course)
    config.CourseDirectory.db_url = storage(course).url.render_as_string(hide_password=False)
    desk = QuickLists(config=config)

    def incorrect() -> list:
        with NavigatedGradebook(desk.coursedir.db_url) as book:
            there = desk._filter_existing_notebooks(CHAPTER, book.notebook_submissions(LESSONS[0], CHAPTER))
            return [one.id for one in there if one.failed_tests]

    roster = course / "people.csv"
    with roster.open("w", newline="", encoding="utf-8") as file:
        ids = sorted(path.name for path in (course / "submitted").iterdir())
        csv.writer(file).writerows([["id", "last_name"], *([student, f"N. {student}"] for student in ids)])
    return {
        "roster entered": lambda: enter_roster(course, roster),
        "`report`: page, JSON and CSV": lambda: write_reports(course, [CHAPTER]),
        "`export wide`": lambda: export(course, "wide", CHAPTER),
        "formgrader: assignments": desk.get_assignments,
        "formgrader: students": desk.get_students,
        "formgrader: submissions of the chapter": lambda: desk.get_submissions(CHAPTER),
        "formgrader: submissions of a notebook": lambda: desk.get_notebook_submissions(CHAPTER, LESSONS[0]),
        "formgrader: the next incorrect one": incorrect,
    }


def seconds(do: Callable) -> tuple[float, float]:
    began = time.perf_counter(), time.process_time()
    do()
    return time.perf_counter() - began[0], time.process_time() - began[1]


def in_words(measured: tuple[float, float]) -> str:
    return f"{measured[0]:.1f} ({measured[1]:.1f})"


def page(options, load: float, in_file: Measured, on_server: Measured, moving: float, course: Path) -> str:
    rows = "\n".join(
        f"| {what} | {in_words(in_file[what])} | {in_words(on_server[what])} |" for what in in_file
    )
    report = (course / "report" / CHAPTER / "index.html").stat().st_size / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = "once each" if options.rounds == 1 else f"medians of {options.rounds} rounds"
    return f"""# The desk of a large class

Written by `python -m tools.bench_report --write` on {date.today()}: {os.cpu_count()} cores, on which
{load:.0f} other processes ran, Python {platform.python_version()}. {options.students:,} students with all
exercises each; seconds by the clock, {times}, in one process that has imported everything. In brackets stand
its seconds on the processor, which the other processes do not lengthen.

| | SQLite | PostgreSQL |
|---|---:|---:|
{rows}

The report's page has {report:.1f} MB. Moving the gradebook from the file to the server took {moving:.0f} s,
once. The process took {memory:.0f} MB at most.
"""


if __name__ == "__main__":
    main()
