"""Imports run one way: course <- desk <- judging <- authoring, grading <- reporting <- exchange, lab."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from grader.course import EXERCISES

PACKAGE = ROOT / "grader"
MODULES = sorted(path.relative_to(ROOT) for path in PACKAGE.rglob("*.py"))

MAY_IMPORT = {
    "course": {"course"},
    "desk": {"course", "desk"},
    "judging": {"course", "desk", "judging"},
    "authoring": {"course", "judging", "authoring"},
    "grading": {"course", "judging", "grading"},
    "reporting": {"course", "judging", "grading", "reporting"},
    "exchange": {"course", "judging", "grading", "reporting", "exchange"},
    "lab": {"course", "desk", "judging", "grading", "lab"},
}
MAY_IMPORT["commands"] = {*MAY_IMPORT, "commands"}

DOWNWARDS = (  # the rooms of grading, in the order in which one may use the next
    "cluster",
    "watch",
    "classroom",
    "crew",
    "recording",
    "worker",
    "nbgrader",
    "records",
    "running",
    "sandbox",
    "limits",
    "interrupt",
    "parcel",
    "intake",
)


def imported(path: Path) -> set[str]:
    """The full names of all modules that a file imports, anywhere in it."""
    package = path.parent.parts
    names = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*base, *([node.module] if node.module else [])])
            names.update(f"{base}.{alias.name}" for alias in node.names)
    return names


def part_of(name: str) -> str:
    return name.split(".")[1] if name.startswith("grader.") else ""


def parts_imported(path: Path) -> set[str]:
    return {part_of(name) for name in imported(path)} & set(MAY_IMPORT)


def modules_of(part: str) -> list[Path]:
    return [path for path in MODULES if path.parts[1] == part]


def outside(paths: list[Path]) -> set[str]:
    """The packages a part needs that are neither this one nor in the standard library."""
    names = {name.split(".")[0] for path in paths for name in imported(path)}
    return names - set(sys.stdlib_module_names) - {"grader"}


def test_every_part_of_the_package_has_its_place():
    parts = {path.parts[1] for path in MODULES}
    assert parts == {*MAY_IMPORT, "__init__.py", "__main__.py"}


@pytest.mark.parametrize("path", [p for p in MODULES if len(p.parts) > 2], ids=Path.as_posix)
def test_a_module_imports_only_from_below(path):
    assert parts_imported(path) <= MAY_IMPORT[path.parts[1]]


def room_of(name: str) -> str:
    return name.split(".")[2] if name.startswith("grader.grading.") else ""


@pytest.mark.parametrize("path", [p for p in modules_of("grading") if len(p.parts) > 2], ids=Path.as_posix)
def test_within_grading_imports_run_downwards(path):
    room = path.parts[2].removesuffix(".py")
    if room == "__init__":
        return
    below = set(DOWNWARDS[DOWNWARDS.index(room) :])
    assert {room_of(name) for name in imported(path)} - {""} <= below


def test_the_test_sees_imports_of_every_form():
    assert parts_imported(Path("grader/judging/judge.py")) == {"course", "judging"}
    assert parts_imported(Path("grader/authoring/build.py")) == {"course", "authoring"}
    assert parts_imported(Path(EXERCISES["relu_if"].file).relative_to(ROOT)) == {"course"}
    assert "judging" in parts_imported(Path("grader/__init__.py"))


def test_course_and_judging_need_numpy_and_ipython_only_and_widgets_where_they_are():
    assert outside(modules_of("course")) == {"numpy"}
    assert outside(modules_of("desk")) == set()
    assert outside(modules_of("judging")) == {"numpy", "IPython", "ipywidgets"}
    asking = [Path("grader/judging/files.py"), Path("grader/judging/interactive.py")]
    assert [path for path in modules_of("judging") if "ipywidgets" in imported(path)] == asking


def test_the_probe_needs_the_standard_library_and_numpy_and_nothing_of_this_package():
    probe = Path("grader/judging/probe.py")
    assert outside([probe]) == {"numpy"}
    assert not [name for name in imported(probe) if name.startswith("grader")]


def test_the_stub_that_stands_in_while_grading_needs_nothing_at_all():
    stub = Path("grader/grading/sandbox/stub.py")
    assert outside([stub]) == set()
    assert not [name for name in imported(stub) if name.startswith("grader")]


HEAVY = (
    "IPython",
    "ipywidgets",
    "nbgrader",
    "nbconvert",
    "nbclient",
    "jupytext",
    "yaml",
    "rich",
    "sqlalchemy",
    "matplotlib",
    "scipy",
    "nnfs",
    "hypothesis",
    "nbformat",
    "traitlets",
    "bleach",
    "dateutil",
)


@pytest.mark.parametrize(
    "code",
    [
        "import grader, grader.course",
        "from grader import check, play, predict, show; relu_if = abs; check('relu_if')",
        "import grader.grading.classroom",
    ],
)
def test_what_a_lesson_or_the_first_result_waits_for_loads_no_heavy_package(code):
    code += f"\nimport sys\nprint('loaded:', *set(sys.modules) & set({HEAVY}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].strip() == "loaded:"
