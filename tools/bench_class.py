"""What grading a class costs: nbgrader as it comes, Otter-Grader and ours, in turns: `make bench`.

    python -m tools.bench_class [--students 100] [--rounds 3] [--scale 1000 10000:1] [--write]

All grade copies of one generated class: right answers and misconceptions of the exercises, drawn anew
for each student, in the whole lessons. Times are medians of the rounds; nbgrader and Otter get fewer of
the students, as their time for each is what counts. Starting and importing are left out for these two,
and are in our times. The floor is the same cells by `exec` in a warm process, without IPython, judge,
sandbox, gradebook or pages.
"""

from __future__ import annotations

import argparse
import builtins
import contextlib
import inspect
import io
import json
import os
import platform
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from grader.course import CHAPTER, EXERCISES, LESSONS
from grader.course.places import RELEASE, ROOT
from grader.grading.running.needless import names, needless

OTTER = Path(os.environ.get("OTTER_PYTHON", ROOT / ".venv-otter" / "bin" / "python"))
PAGE, PICTURE = ROOT / "docs" / "speed.md", ROOT / "docs" / "speed.svg"
RIGHT_SHARE = 0.6
MOST_UNINDEXED = 1000  # students: what an export takes without our indexes grows with their square


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.bench_class", description=__doc__.split("\n")[0])
    parser.add_argument("--students", type=int, default=100, help="of the class that we grade")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--scale",
        type=read_size,
        nargs="*",
        default=[],
        help="further classes for ours: students, or students:lessons of each",
    )
    parser.add_argument("--write", action="store_true", help="write docs/speed.md and its picture")
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
    text = as_markdown(options, medians, phases, scale)
    print(text)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")
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
        "first": measured.first,
        "graded": measured.graded,
        "written": measured.seconds,
        "memory": measured.memory,
        "stock": stock(base / "stock") / (2 * len(LESSONS)),
        "floor": floor(base / "floor") / (len(few[:10]) * len(LESSONS)),
    }
    if OTTER.exists():
        result["otter"] = otter(base / "otter") / len(LESSONS)
    shutil.rmtree(base)
    return result


# The class

MORE = {
    "activation_softmax": [
        f"""class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs{shift})
        self.output = exp_values / np.sum(exp_values, axis={axis})"""
        for shift in ("", " - np.max(inputs)", " - np.max(inputs, axis=1, keepdims=True)")
        for axis in ("0", "1", "1, keepdims=True")
        if shift.count("keep") + axis.count("keep") < 2
    ]
}
"""Wrong answers where the exercise's own are made by a function."""


def make_class(course: Path, students: int, seed: int, lessons: int = len(LESSONS)) -> None:
    """Submissions of released notebooks with answers drawn from references and misconceptions."""
    draw = random.Random(seed)
    answers = {exercise.name: [solution(exercise), *mistakes(exercise)] for exercise in EXERCISES.values()}
    for number in range(students):
        folder = course / "submitted" / f"s{number:05}" / CHAPTER
        folder.mkdir(parents=True)
        for lesson in LESSONS[:lessons]:
            notebook = json.loads((RELEASE / f"{lesson}.ipynb").read_text(encoding="utf-8"))
            for cell in notebook["cells"]:
                marks = cell["metadata"].get("nbgrader", {})
                if marks.get("solution"):
                    right, *wrong = answers[marks["grade_id"].removesuffix("-answer")]
                    cell["source"] = right if draw.random() < RIGHT_SHARE else draw.choice(wrong)
            (folder / f"{lesson}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def solution(exercise) -> str:
    """The author's answer, as it stands in the solved lesson."""
    notebook = json.loads((ROOT / "solutions" / CHAPTER / f"{exercise.lesson}.ipynb").read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == f"{exercise.name}-answer":
            return re.sub(r"^### (BEGIN|END) SOLUTION\n?", "", "".join(cell["source"]), flags=re.M)
    raise LookupError(exercise.name)


def mistakes(exercise) -> list[str]:
    """The misconceptions as a student would type them: without decorator and explanation.

    Those that lean on our own helpers are left out; an exercise always has the answer not written.
    """
    texts, known = ["pass", *MORE.get(exercise.name, [])], {"np", "math", *dir(builtins)}
    for misconception in exercise.misconceptions:
        with contextlib.suppress(OSError, TypeError):
            text = textwrap.dedent(inspect.getsource(misconception.code))
            text = re.sub(r"\A(@.*\n)+", "", text)
            text = re.sub(
                rf"\A(def|class) {misconception.code.__name__}\b", rf"\1 {exercise.object_name}", text
            )
            text = re.sub(r'"""(?s:.*?)"""', '"""An answer."""', text, count=1)
            if names(text)[1] <= known and not re.search(rf"\b{exercise.object_name}\(", text[20:]):
                texts.append(text)
    return texts


# The ways to grade it


@dataclass
class Measured:
    """Of one class run of ours: seconds to the first and to the last result, in all, and MB at most."""

    first: float
    graded: float
    seconds: float
    memory: float


def ours(course: Path) -> Measured:
    """The command, from its start to its end."""
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom grader.grading.classroom import grade_class\n"
        "if __name__ == '__main__':\n"
        "    grade_class(Path(sys.argv[1]), advance=lambda outcome: print(time.time(), flush=True))\n"
    )
    script = course.parent / "run.py"
    script.write_text(code)
    started = time.time()
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
    return Measured(moments[0], moments[-1], time.time() - started, memory.peak)


class Memory(threading.Thread):
    """Samples the memory of a process and all below it; pages that they share count once (PSS)."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.pid, self.peak, self.done = pid, 0.0, threading.Event()

    def run(self):
        while not self.done.wait(1.0):
            self.peak = max(self.peak, sum(map(proportional_mb, [self.pid, *below(self.pid)])))

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.done.set()
        self.join()


def proportional_mb(pid: int) -> float:
    with contextlib.suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
    return 0.0


def below(pid: int) -> list[int]:
    """Every process below this one: workers, sandboxes, warm parents, kernels."""
    children = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found, waiting = [], [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def stock(course: Path) -> float:
    """nbgrader's own autograde and feedback, its checks in the student's kernel, its figures drawn."""
    code = textwrap.dedent(f"""
        import logging, sys, time
        from pathlib import Path
        from nbgrader.converters import Autograde, GenerateFeedback
        from nbgrader.coursedir import CourseDirectory
        from traitlets.config import Config

        from grader.course.places import course_directory
        from grader.grading.recording.gradebook import ClassGradebook
        course = Path(sys.argv[1])
        ClassGradebook(course).close()
        config = Config({"CourseDirectory": course_directory(course=course)})
        log = logging.getLogger("stock")
        log.setLevel(logging.CRITICAL)
        start = time.time()
        for step in Autograde, GenerateFeedback:
            directory = CourseDirectory(config=config, assignment_id="{CHAPTER}")
            step(coursedir=directory, config=config, log=log).start()
        print("seconds", time.time() - start)""")
    return seconds_of([sys.executable, "-c", code, course])


def otter(course: Path) -> float:
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
        import sys, time
        from pathlib import Path
        from otter.api import grade_submission
        course, start = Path(sys.argv[1]), time.time()
        for path in sorted((course / "submitted").glob("*/*/*.ipynb")):
            grade_submission(str(path), str(course / f"{path.stem}.zip"), quiet=True)
        print("seconds", time.time() - start)""")
    return seconds_of([OTTER, "-c", code, course], PYTHONPATH=str(course))


def otter_test(exercise) -> str:
    suite = {
        "cases": [{"code": f">>> {exercise.object_name} is not None\nTrue", "hidden": False}],
        "scored": True,
        "setup": "",
        "teardown": "",
        "type": "doctest",
    }
    return f"test = { ({'name': exercise.name, 'points': exercise.points, 'suites': [suite]})!r}"


def seconds_of(command: list, **environment: str) -> float:
    done = subprocess.run(
        list(map(str, command)),
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
    )
    for line in done.stdout.splitlines():
        if line.startswith("seconds "):
            return float(line.split()[1])
    raise RuntimeError(f"{command[0]} failed: {done.stdout[-500:]} {done.stderr[-2000:]}")


def floor(course: Path) -> float:
    """In a process of its own, with BLAS on one thread, as our kernels have it."""
    code = (
        "import sys; from pathlib import Path; from tools import bench_class\n"
        "print('seconds', bench_class.run_by_exec(Path(sys.argv[1])))"
    )
    return seconds_of(
        [sys.executable, "-c", code, course],
        OPENBLAS_NUM_THREADS="1",
        OMP_NUM_THREADS="1",
        MKL_NUM_THREADS="1",
    )


def run_by_exec(course: Path) -> float:
    """The cells that we run, by `exec`, in forks of this process, which has imported what they import."""
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
    start = time.perf_counter()
    for sources in notebooks:
        pid = os.fork()
        if pid == 0:
            run_cells(sources)
            os._exit(0)
        os.waitpid(pid, 0)
    return time.perf_counter() - start


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


@dataclass
class Scaled:
    """One class of ours: its size, the run, and seconds that grades.csv takes with and without indexes."""

    students: int
    lessons: int
    run: Measured
    export: float
    unindexed: float | None


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
            print("seconds", time.time() - start)""")
    return seconds_of([sys.executable, "-c", code, gradebook])


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


if __name__ == "__main__":
    main()
