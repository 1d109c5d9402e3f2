"""What the report of a large class costs: `python -m tools.bench_report [--students 10000]`.

Times are those of the processor. The class is generated as the class run would leave it: half of the
answers right, the others misconceptions of the exercises, drawn with a fixed seed. Making it is not measured.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from classes import graded, write_class  # noqa: E402

from grader.course import CHAPTER, EXERCISES  # noqa: E402

RIGHT_SHARE = 0.5


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.bench_report", description=__doc__.split("\n")[0])
    parser.add_argument("--students", type=int, default=10_000)
    parser.add_argument("--in", type=Path, dest="folder", help="where the class is made, or was made before")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        course = options.folder or Path(folder)
        if not (course / "gradebook.db").exists():
            course.mkdir(exist_ok=True)
            write_class(course, list(submissions(options.students)))
        measure(course)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'most memory':<36}{peak:8.0f} MB")


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


def measure(course: Path) -> None:
    from grader.reporting.data import read_class
    from grader.reporting.report import Report, write_report

    with timed("reading outcomes and gradebook"):
        data = read_class(course, CHAPTER)
    with timed("page, JSON and CSV"):
        page = write_report(Report(data), course / "report")
    print(f"{'size of the page':<36}{page.stat().st_size / 1e6:8.2f} MB")


@contextmanager
def timed(what: str) -> Iterator[None]:
    began = time.process_time()
    yield
    print(f"{what:<36}{time.process_time() - began:8.2f} s", flush=True)


if __name__ == "__main__":
    main()
