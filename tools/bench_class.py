"""What grading a class costs: nbgrader as it comes, Otter-Grader and ours, in turns: `make bench`.

    python -m tools.bench_class [--students 60] [--rounds 3] [--scale 1000 10000:1] [--write]

With `--write` it writes docs/speed.md, its picture and docs/speed.json, docs/scale.md, and the README's
sentence. As it comes it takes about ten minutes; `--scale 1000 10000:1` takes more than half an hour.

All grade copies of one class, written as people write (`bench_students.py`), in the whole lessons. Times
are medians of the rounds. nbgrader's is what an instructor runs, autograde and generate_feedback; it
and Otter get fewer of the students, and what they take to start is shared out among as many notebooks as
ours. The floor is the same cells by `exec` in a warm process, without IPython, judge, sandbox, gradebook or
pages. Processor time is that of all processes, so that it means something on a busy machine too.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from grader.course import CHAPTER, EXERCISES, LESSONS
from grader.course.places import ROOT
from grader.grading.running.needless import needless
from tools import bench_scale
from tools.bench_page import PAGE, PARTS, Measured, Scaled, as_markdown, draw, keep, with_this_machine
from tools.bench_students import make_class
from tools.processes import Memory

OTTER = Path(os.environ.get("OTTER_PYTHON", ROOT / ".venv-otter" / "bin" / "python"))

MOST_UNINDEXED = 1000  # students: what an export takes without our indexes grows with their square


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.bench_class", description=__doc__.split("\n")[0])
    parser.add_argument("--students", type=int, default=60, help="of the class that we grade")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--scale",
        type=read_size,
        nargs="*",
        default=[],
        help="further classes for ours: students, or students:lessons of each",
    )
    parser.add_argument(
        "--write", action="store_true", help="write the pages, and the sentence in the README"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        base = Path(folder)
        rounds = []
        for number in range(options.rounds):
            rounds.append(one_round(base / str(number), options.students, number))
            print(rounds[-1], flush=True)
        phases = where_time_goes(base / "phases")
        scale = [scaled(base / f"scale{size}", size, lessons) for size, lessons in options.scale]
    medians = {name: statistics.median(r[name] for r in rounds) for name in rounds[0]}
    ratios = [r["stock"] / r["ours"] for r in rounds]
    machines = with_this_machine(options.students, medians, ratios, phases)
    text = as_markdown(options, medians, ratios, machines, phases, scale)
    print(text)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")
        bench_scale.PAGE.write_text(bench_scale.as_scale(machines[-1]), encoding="utf-8")
        keep(machines)
        draw(medians)


def read_size(text: str) -> tuple[int, int]:
    students, _, lessons = text.partition(":")
    return int(students), int(lessons or len(LESSONS))


def one_round(base: Path, students: int, seed: int) -> dict[str, float]:
    """Seconds a notebook, each way, on one class; and what else was measured of ours."""
    make_class(base / "ours", students, seed)
    few = sorted((base / "ours" / "submitted").iterdir())
    notebooks = students * len(LESSONS)
    measured = ours(base / "ours")
    for name, count in (("stock", 2), ("otter", 1), ("floor", 10)):
        for student in few[:count]:
            shutil.copytree(student, base / name / "submitted" / student.name)
    result = {
        "ours": measured.seconds / notebooks,
        "ours_processor": measured.processor / notebooks,
        "first": measured.first,
        "graded": measured.graded,
        "written": measured.seconds,
        "memory": measured.memory,
        "disk": disk_of(base / "ours") / notebooks,
        "export": export(base / "ours" / "gradebook.db") / notebooks,
    }
    for name, measure, count in (("stock", stock, 2), ("floor", floor, 10), ("otter", otter, 1)):
        if name != "otter" or OTTER.exists():
            cost = measure(base / name)
            many = min(count, students) * len(LESSONS)
            start = 0 if name == "floor" else cost.start
            result[name] = cost.seconds / many + start / notebooks
            result[f"{name}_processor"] = cost.processor / many
    shutil.rmtree(base)
    return result


def disk_of(course: Path) -> float:
    """Bytes that a graded class takes beside what was handed in."""
    files = (path for path in course.rglob("*") if "submitted" not in path.relative_to(course).parts)
    return sum(path.lstat().st_blocks * 512 for path in files)


# The ways to grade it


def ours(course: Path) -> Measured:
    """The command, from its start to its end."""
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom grader.grading.classroom import grade_class\n"
        "if __name__ == '__main__':\n"
        "    grade_class(Path(sys.argv[1]), advance=lambda outcome: print(time.time(), flush=True))\n"
    )
    script = course.parent / "run.py"
    script.write_text(code)
    before, started = processor_time(), time.time()
    process = subprocess.Popen(
        [sys.executable, script, course],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    with Memory(process.pid) as memory:
        moments = [float(line) - started for line in process.stdout]
        if process.wait():
            raise RuntimeError("the class run failed")
        seconds = time.time() - started
    return Measured(moments[0], moments[-1], seconds, processor_time() - before, memory.peak)


def processor_time() -> float:
    """Seconds that ended processes below this one have taken of all cores."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def stock(course: Path) -> Cost:
    """nbgrader's own autograde and feedback, its checks in the student's kernel, its figures drawn."""
    code = textwrap.dedent(f"""
        import time
        began = time.time()
        import logging, sys
        from pathlib import Path
        from nbgrader.converters import Autograde, GenerateFeedback
        from nbgrader.coursedir import CourseDirectory
        from traitlets.config import Config

        from grader.course.places import course_directory
        from grader.grading.recording.gradebook import ClassGradebook
        course = Path(sys.argv[1])
        ClassGradebook(course).close()
        config = Config({{"CourseDirectory": course_directory(course=course)}})
        log = logging.getLogger("stock")
        log.setLevel(logging.CRITICAL)
        start = time.time()
        for step in Autograde, GenerateFeedback:
            directory = CourseDirectory(config=config, assignment_id="{CHAPTER}")
            step(coursedir=directory, config=config, log=log).start()
        print("seconds", time.time() - start, start - began)""")
    return cost_of([sys.executable, "-c", code, course])


def otter(course: Path) -> Cost:
    """Otter-Grader without a container, all in one process: one test file for each exercise."""
    import zipfile

    for lesson in LESSONS:
        with zipfile.ZipFile(course / f"{lesson}.zip", "w") as autograder:
            autograder.writestr("otter_config.json", json.dumps({"lang": "python"}))
            for exercise in EXERCISES.values():
                if exercise.lesson == lesson:
                    autograder.writestr(f"tests/{exercise.name}.py", otter_test(exercise))
    (course / "grader.py").write_text("def check(*a, **k): pass\ndef show(*a, **k): pass\n")
    code = textwrap.dedent("""
        import time
        began = time.time()
        import sys
        from pathlib import Path
        from otter.api import grade_submission
        course, start = Path(sys.argv[1]), time.time()
        for path in sorted((course / "submitted").glob("*/*/*.ipynb")):
            grade_submission(str(path), str(course / f"{path.stem}.zip"), quiet=True)
        print("seconds", time.time() - start, start - began)""")
    return cost_of([OTTER, "-c", code, course], PYTHONPATH=str(course))


def otter_test(exercise) -> str:
    suite = {
        "cases": [{"code": f">>> {exercise.object_name} is not None\nTrue", "hidden": False}],
        "scored": True,
        "setup": "",
        "teardown": "",
        "type": "doctest",
    }
    return f"test = { ({'name': exercise.name, 'points': exercise.points, 'suites': [suite]})!r}"


@dataclass
class Cost:
    """Of grading some notebooks: seconds by the clock, those before it begins, and of the processor."""

    seconds: float
    start: float
    processor: float


def cost_of(command: list, **environment: str) -> Cost:
    """Of a command that prints "seconds", those that the work took, and those before it."""
    before = processor_time()
    done = subprocess.run(
        list(map(str, command)),
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
    )
    for line in done.stdout.splitlines():
        if line.startswith("seconds "):
            seconds, start = map(float, line.split()[1:])
            return Cost(seconds, start, processor_time() - before)
    raise RuntimeError(f"{command[0]} failed: {done.stdout[-500:]} {done.stderr[-2000:]}")


def floor(course: Path) -> Cost:
    """In a process of its own, with BLAS on one thread, as our kernels have it."""
    code = (
        "import sys; from pathlib import Path; from tools import bench_class\n"
        "print('seconds', *bench_class.run_by_exec(Path(sys.argv[1])))"
    )
    cost = cost_of(
        [sys.executable, "-c", code, course],
        OPENBLAS_NUM_THREADS="1",
        OMP_NUM_THREADS="1",
        MKL_NUM_THREADS="1",
    )
    return Cost(cost.seconds, 0, cost.start)  # what it printed in that place is processor time


def run_by_exec(course: Path) -> tuple[float, float]:
    """The cells that we run, by `exec`, in forks of this process, which has imported what they import.

    Returns seconds by the clock and of the processor, the forks' included.
    """
    import gc

    import matplotlib.pyplot as plt
    import nnfs.datasets  # noqa: F401

    from grader.grading.sandbox import stub

    plt.switch_backend("agg")
    sys.modules["grader"] = stub
    notebooks = []
    for path in sorted(course.glob("submitted/*/*/*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for cell in cells:
            cell["source"] = "".join(cell["source"])
        left_out = needless(cells)
        notebooks.append(
            [
                cell["source"]
                for i, cell in enumerate(cells)
                if cell["cell_type"] == "code" and i not in left_out
            ]
        )
    gc.freeze()
    start, used = time.perf_counter(), time.process_time()
    for sources in notebooks:
        pid = os.fork()
        if pid == 0:
            run_cells(sources)
            os._exit(0)
        os.waitpid(pid, 0)
    return time.perf_counter() - start, time.process_time() - used + processor_time()


def run_cells(sources: list[str]) -> None:
    import warnings

    warnings.simplefilter("ignore")
    names = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for source in sources:
            with contextlib.suppress(BaseException):
                exec(compile(source, "<cell>", "exec"), names)


def where_time_goes(course: Path, students: int = 10) -> dict[str, float]:
    """Milliseconds a notebook of each part of our work, one submission after the other."""
    from grader.grading import worker
    from grader.grading.intake.submissions import find_submissions
    from grader.grading.recording.feedback import write_feedback
    from grader.grading.recording.gradebook import ClassGradebook
    from grader.grading.running import cells, warm
    from grader.grading.sandbox.confinement import choose_sandbox

    make_class(course, students + 1, students)
    spent = dict.fromkeys(PARTS, 0.0)
    gradebook = ClassGradebook(course)
    settings = worker.Settings(course, 1, choose_sandbox(False)[0])
    with contextlib.ExitStack() as timers:
        for part, owner, name in (
            ("intake", worker, "take_in"),
            ("kernel", warm.WarmParent, "kernel"),
            ("kernel", warm.WarmKernel, "run"),
            ("judge", cells, "judge"),
            ("notebook", worker, "write_notebook"),
        ):
            timers.enter_context(patch.object(owner, name, timed(getattr(owner, name), spent, part)))
        enter, page = timed(gradebook.write, spent, "gradebook"), timed(write_feedback, spent, "page")
        for number, submission in enumerate(find_submissions(course / "submitted")):
            if number == 1:  # the first one warms up
                spent.update(dict.fromkeys(PARTS, 0.0))
            page(course, CHAPTER, submission.student, enter(worker.grade_submission(settings, submission)))
            gradebook.commit()
    gradebook.close()
    return {part: 1000 * seconds / students / len(LESSONS) for part, seconds in spent.items()}


def timed(function, spent: dict[str, float], part: str):
    def with_clock(*arguments, **named):
        start = time.perf_counter()
        try:
            return function(*arguments, **named)
        finally:
            spent[part] += time.perf_counter() - start

    return with_clock


def scaled(base: Path, students: int, lessons: int) -> Scaled:
    make_class(base / "ours", students, students, lessons)
    run = ours(base / "ours")
    gradebook = base / "ours" / "gradebook.db"
    done = Scaled(students, lessons, run, export(gradebook), None)
    if students <= MOST_UNINDEXED:
        from grader.grading.recording.database import INDEXED

        with contextlib.closing(sqlite3.connect(gradebook)) as book:
            for table, columns in INDEXED.items():
                for column in columns:
                    book.execute(f"DROP INDEX ix_{table}_{column}")
        done.unindexed = export(gradebook)
    print(done, flush=True)
    shutil.rmtree(base)
    return done


def export(gradebook: Path) -> float:
    """Seconds of nbgrader's own export, without its imports."""
    code = textwrap.dedent("""
        import sys, time
        from nbgrader.api import Gradebook
        from nbgrader.plugins import CsvExportPlugin
        with Gradebook(f"sqlite:///{sys.argv[1]}") as gradebook:
            start = time.time()
            CsvExportPlugin(to=sys.argv[1] + ".csv").export(gradebook)
            print("seconds", time.time() - start, 0)""")
    return cost_of([sys.executable, "-c", code, gradebook]).seconds


if __name__ == "__main__":
    main()
