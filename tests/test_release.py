"""What students get: notebooks, package, requirements and how to start, and no solutions."""

import os
import re
import subprocess
import sys
from importlib import metadata

import pytest
from class_runs import command
from conftest import ROOT, STUDENT
from packaging.specifiers import SpecifierSet

from grader.authoring.release import CONTAINER, ELSEWHERE, release_to
from grader.authoring.wheel import PARTS
from grader.course import CHAPTER


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    folder = tmp_path_factory.mktemp("term") / "for students"
    done = command("release", folder)
    assert done.returncode == 0, done.stderr
    assert "the wheel, by which checks explain, holds each exercise's reference" in done.stderr
    return folder


def test_it_holds_what_students_need_and_nothing_else(released):
    names = {path.relative_to(released).as_posix() for path in released.rglob("*") if path.is_file()}
    (wheel,) = (name for name in names if name.endswith(".whl"))
    lessons = {path.relative_to(ROOT / "notebooks").as_posix() for path in STUDENT}
    assert names - lessons <= {wheel, "requirements.txt", "README.md", "start.ipynb", *ELSEWHERE}
    assert lessons | {"start.ipynb"} <= names
    for path in STUDENT:
        assert (released / CHAPTER / path.name).read_bytes() == path.read_bytes()


def test_requirements_are_a_student_s_pins_and_the_wheel_that_lies_there(released):
    *pins, own = (released / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert pins == (ROOT / "requirements-student.txt").read_text(encoding="utf-8").splitlines()
    assert (released / own).is_file()


def test_a_check_works_from_the_wheel_and_grading_is_not_in_it(released, tmp_path):
    (wheel,) = released.glob("*.whl")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, "--target", tmp_path / "site", wheel], check=True, capture_output=True)
    code = (
        "import grader\n"
        "def relu_if(inputs): return [max(0, x) for x in inputs]\n"
        "print(grader.__file__); print(grader.check('relu_if') == 1)"
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "site"), "PYTHONIOENCODING": "utf-8"}
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8")
    first, *_, right = done.stdout.splitlines()
    assert (first.startswith(str(tmp_path / "site")), right) == (True, "True"), done
    assert {path.name for path in (tmp_path / "site" / "grader").iterdir()} - {"__pycache__"} == {
        "__init__.py",
        *PARTS,
    }


def test_how_to_start_names_files_that_are_there(released):
    text = (released / "README.md").read_text(encoding="utf-8")
    for name in re.findall(r"-r (\S+)|jupyter lab (\S+)", text):
        assert (released / "".join(name)).exists()


def test_containers_and_binder_take_a_python_that_is_tested_and_the_requirements(released):
    version = (released / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    assert version in SpecifierSet(metadata.metadata("grader")["Requires-Python"])
    assert CONTAINER["image"].endswith(f":{version}")
    name = CONTAINER["postCreateCommand"].rpartition(" ")[2]
    assert (released / name).exists()


def test_releasing_again_keeps_what_is_not_its_own_and_replaces_an_older_wheel(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "grader-0.0.9-py3-none-any.whl").touch()
    first = {path: path.read_bytes() for path in release_to(tmp_path)}
    assert {path: path.read_bytes() for path in release_to(tmp_path)} == first
    assert (tmp_path / ".git").is_dir() and len([*tmp_path.glob("*.whl")]) == 1


@pytest.mark.parametrize("where", [ROOT, ROOT / "solutions" / CHAPTER])
def test_it_is_not_released_to_where_the_solutions_are(where):
    done = command("release", where)
    assert done.returncode == 2 and "holds the solutions" in done.stderr


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    done = command("release", tmp_path / "file")
    assert done.returncode == 2 and str(tmp_path / "file") in done.stderr
