"""Runs attacks through nbgrader as it comes: its own Autograde, tests in the kernel, no sandbox.

The lessons are those of the chapter, cut down to their exercises, and each check cell holds the asserts
that course authors usually write. So that this machine does not suffer, all of it happens inside bubblewrap:
processes, home and disk of its own, limits for memory and processes, an overall limit of time.
"""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from grader.course import CHAPTER, EXERCISES, LESSONS
from grader.course.places import ROOT

from . import Attack, World, parsed, submit, submit_honest
from .ours import LINKED
from .pages import live
from .surroundings import enter_in_gradebook, leaks, surroundings

USER = 61_234
TOGETHER = {"marks", "forgery", "pages"}
"""Kinds that are no danger to each other: several of them make one class."""

MOST_TOGETHER = 12
NOT_THERE = {"warm": "nbgrader keeps no kernel warm"}

RUN_LATER = ("_config.py", "startup/00.py", "kernel.json", ".bashrc", "matplotlibrc", ".pth", "customize.py")
"""Ends of names of files in a home that some later command runs."""

LISTS = """
reference = lambda inputs: [max(0, i) for i in inputs]
for inputs in ([0, 2, -1, 3.3, -2.7, 1.1, 2.2, -100], [-1], []):
    assert {0}(inputs) == reference(inputs)
"""
ARRAYS = """
def reference(batch):
    {1}
for batch in (np.array([[4.8, 1.21, 2.385], [8.9, -1.81, 0.2], [1.41, 1.051, 0.026]]),
              np.array([[1.0, 2.0, 3.0]])):
    np.testing.assert_allclose({0}(batch), reference(batch))
"""
RELU = "return np.maximum(0, batch)"
OF_A_CLASS = ARRAYS.replace("{0}(batch)", "run(batch)").replace(
    "def ref",
    """def run(batch):
    activation = {0}()
    activation.forward(batch)
    return activation.output
def ref""",
)
TESTS = {
    "relu_if": LISTS,
    "relu_max": LISTS,
    "relu_numpy": ARRAYS.replace("{1}", RELU),
    "activation_relu": OF_A_CLASS.replace("{1}", RELU),
    "row_sums": ARRAYS.replace("{1}", "return np.sum(batch, axis=1, keepdims=True)"),
    "softmax_batch": ARRAYS.replace(
        "{1}", "exp = np.exp(batch)\n    return exp / np.sum(exp, axis=1, keepdims=True)"
    ),
}
COVERED = {EXERCISES[name].lesson for name in TESTS}

SCRIPT = """
ulimit -u 150; ulimit -v 6000000; ulimit -f 200000; ulimit -n 512; ulimit -c 0
cd {course} && cp -a /template/class/. . && cp -a /template/home/. {home}
ls -A > /out/before
{python} -m nbgrader autograde {chapter} > /out/log 2>&1
echo autograded >> /out/done
{python} -m nbgrader generate_feedback {chapter} >> /out/log 2>&1
for file in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < $file; echo; done > /out/running 2> /dev/null
ls -A > /out/after; (cd {home}; find . -type f) > /out/home
cp gradebook.db /out; cp -r autograded feedback /out
echo done >> /out/done
"""


@dataclass
class StockResult:
    """What one attack came to with nbgrader as it comes. `lost` says how the run ended, if not by itself."""

    points: float | None = None
    leaked: set[str] = field(default_factory=set)
    live: list[str] = field(default_factory=list)
    heard: bool = False
    neighbours: list[str] = field(default_factory=list)
    wrote: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    lost: str = ""
    not_run: str = ""


def stock_lesson(lesson: str, solved: bool) -> dict:
    """A lesson cut down to its imports and exercises, with asserts in its check cells."""
    notebook = copy.deepcopy(parsed(ROOT / "solutions" / CHAPTER / f"{lesson}.ipynb"))
    notebook["cells"] = [cell for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]
    for cell in notebook["cells"]:
        marks = cell["metadata"]["nbgrader"]
        if marks["grade"]:
            name = marks["grade_id"]
            cell["source"] = TESTS[name].replace("{0}", EXERCISES[name].object_name).strip()
        cell["outputs"], cell["execution_count"] = [], None
    notebook["cells"].insert(
        0,
        {
            "cell_type": "code",
            "id": "imports",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": "import math\nimport numpy as np",
        },
    )
    if not solved:
        for cell in notebook["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("solution"):
                cell["source"] = "# YOUR CODE HERE\npass"
    return notebook


def released(lesson: str) -> dict:
    return stock_lesson(lesson, solved=False)


def run_stock(
    attacks: list[Attack], base: Path, seconds: int, tell=lambda text: None
) -> dict[str, StockResult]:
    """What each attack comes to. `seconds` is the overall limit for one class run."""
    results = {
        a.name: StockResult(not_run=a.stock or NOT_THERE.get(a.kind) or "no asserts for its lesson")
        for a in attacks
        if a.stock or a.kind in NOT_THERE or a.lesson not in COVERED
    }
    todo = [a for a in attacks if a.name not in results]
    for number, group in enumerate(groups(todo)):
        found = run_or_say(group, base / str(number), seconds)
        if len(group) > 1 and any(result.lost or result.not_run for result in found.values()):
            found = {}
            for attack in group:
                found |= run_or_say([attack], base / f"{number}-{attack.name}", seconds)
        results |= found
        tell(f"{len(results)} of {len(attacks)}")
    return results


def run_or_say(attacks: list[Attack], base: Path, seconds: int) -> dict[str, StockResult]:
    """As `run_group`; where an attack breaks what looks at it, that is said, and the others are not lost."""
    try:
        return run_group(attacks, base, seconds)
    except Exception as error:
        return {a.name: StockResult(not_run=f"{type(error).__name__} in what looks at it") for a in attacks}


def groups(attacks: list[Attack]) -> Iterator[list[Attack]]:
    waiting: dict[tuple, list[Attack]] = {}
    for attack in attacks:
        if attack.kind not in TOGETHER or attack.slow:
            yield [attack]
            continue
        group = waiting.setdefault((attack.kind, attack.lesson), [])
        group.append(attack)
        if len(group) == MOST_TOGETHER:
            yield waiting.pop((attack.kind, attack.lesson))
    yield from waiting.values()


def run_group(attacks: list[Attack], base: Path, seconds: int) -> dict[str, StockResult]:
    """One class of an honest student, the attacks, and another honest student."""
    base.mkdir(parents=True)
    base.parent.chmod(0o755)
    lesson = attacks[0].lesson
    with surroundings(base) as world:
        make_course(world, lesson)
        linked = tuple(LINKED) if attacks[0].kind == "files" else ()
        for student in ("a-honest", *linked, "z-honest"):
            submit_honest(world, student, [lesson], released)
        for attack in attacks:
            submit(attack, world, f"m-{attack.name}", released)
        out = base / "out"
        out.mkdir()
        out.chmod(0o777)
        lost = run_inside(world, out, seconds)
        heard = list(world.heard)
        results = {attack.name: read_result(attack, world, out, lost) for attack in attacks}
        for result in results.values():
            result.heard = bool(heard)
    shutil.rmtree(base, ignore_errors=True)
    return results


def make_course(world: World, lesson: str) -> None:
    """nbgrader's course directory with one released assignment of one notebook."""
    course, made = world.course, world.course.parent.parent / f"course-{lesson}"
    if made.exists():
        shutil.copytree(made, course, dirs_exist_ok=True)
        enter_in_gradebook(world)
        return
    source = course / "source" / CHAPTER / f"{lesson}.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(json.dumps(stock_lesson(lesson, solved=True)))
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'stock'\n")
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", CHAPTER],
        cwd=course,
        check=True,
        capture_output=True,
    )
    shutil.copytree(course, made)


def run_inside(world: World, out: Path, seconds: int) -> str:
    """Run the script in bubblewrap; return how it was lost, or ""."""
    course, home, python = str(world.course), str(world.home), Path(sys.executable)
    script = SCRIPT.format(course=course, home=home, python=python, chapter=CHAPTER)
    read = ["/usr", "/bin", "/lib", "/lib64", "/etc", str(python.parents[1]), sys.base_prefix, str(ROOT)]
    as_user = (
        ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--inh-caps=-all"]
        if os.getuid() == 0
        else []
    )
    rights = (
        ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        if os.getuid() == 0
        else ["--unshare-user"]
    )
    above = {
        str(parent): 0
        for path in (*read, course, home, world.socket, "/template/x")
        for parent in reversed(Path(path).parents[:-1])
    }
    command = [
        "bwrap",
        *rights,
        "--unshare-pid",
        "--unshare-ipc",
        "--unshare-uts",
        "--die-with-parent",
        "--new-session",
        *(part for path in above for part in ("--perms", "0755", "--dir", path)),  # else for root alone
        *(part for path in dict.fromkeys(read) if Path(path).exists() for part in ("--ro-bind", path, path)),
        "--perms",
        "1777",
        "--size",
        "300000000",
        "--tmpfs",
        "/tmp/stock",
        "--setenv",
        "TMPDIR",
        "/tmp/stock",
        "--dev",
        "/dev",
        "--proc",
        "/proc",
        "--ro-bind",
        course,
        "/template/class",
        "--ro-bind",
        home,
        "/template/home",
        "--bind",
        str(out),
        "/out",
        "--bind",
        world.socket,
        world.socket,
        "--perms",
        "0777",
        "--size",
        "300000000",
        "--tmpfs",
        course,
        "--perms",
        "0777",
        "--size",
        "100000000",
        "--tmpfs",
        home,
        "--setenv",
        "HOME",
        home,
        "--setenv",
        "PATH",
        f"{python.parent}:/usr/bin:/bin",
        *as_user,
        "bash",
        "-c",
        script,
    ]
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    try:
        status = process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return f"did not end within {seconds} s"
    done = (out / "done").read_text() if (out / "done").exists() else ""
    return "" if "done" in done.split() else f"ended with status {status}"


def read_result(attack: Attack, world: World, out: Path, lost: str) -> StockResult:
    student = f"m-{attack.name}"
    result = StockResult(lost=lost)
    folders = [out / "autograded" / student, out / "feedback" / student]
    result.leaked = leaks(world, [*folders], student)
    scores = read_scores(out / "gradebook.db") if not lost else {}
    result.points = scores.get(student)
    worth = sum(e.points for e in EXERCISES.values() if e.lesson == attack.lesson)
    if not lost:
        result.neighbours = [name for name in ("a-honest", "z-honest") if scores.get(name) != worth]
    for page in folders[1].glob(f"{CHAPTER}/*.html"):
        honest = out / "feedback" / "a-honest" / CHAPTER / page.name
        if page.stem in LESSONS and honest.exists():
            result.live += sorted(live(page) - live(honest))
    lines = {
        name: (out / name).read_text(errors="replace").splitlines() if (out / name).exists() else []
        for name in ("before", "after", "home", "running")
    }
    ours = {"autograded", "feedback", ".nbgrader.log", *lines["before"]}
    result.wrote = [name for name in lines["after"] if name not in ours]
    result.wrote += [name for name in lines["home"] if name.endswith(RUN_LATER)]
    result.left = [line for line in lines["running"] if "ipykernel" in line or "sleep" in line]
    return result


def read_scores(path: Path) -> dict[str, float]:
    """The students' marks in a gradebook; none where it cannot be read."""
    from nbgrader.api import Gradebook

    try:
        with Gradebook(f"sqlite:///{path}") as gradebook:
            return {s.student_id: float(s.score) for s in gradebook.assignment_submissions(CHAPTER)}
    except Exception:  # whatever an attack has made of it
        return {}
