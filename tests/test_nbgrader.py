"""Stock nbgrader works on the repository as its course, and gives the points that our own command gives."""

import csv
import os
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT
from damaged import cell, released, set_text
from make_classroom import CLASSROOM, as_saved
from nbgrader.api import Gradebook

from grader.exercises import CHAPTER, EXERCISES, LESSONS
from grader.grading import sandbox

SUBMITTED = {"emre": ["05_softmax_batch", "06_softmax_overflow"], "mei": ["05_softmax_batch"],
             "noor": ["05_softmax_batch"]}
EXPECTED = {row.pop("student"): {name: float(points) for name, points in row.items()}
            for row in csv.DictReader((CLASSROOM / "expected.csv").read_text().splitlines())}


def expected(student):
    """The points of the lessons that were handed in here."""
    return {e.name: EXPECTED[student][e.name] for e in EXERCISES.values() if e.lesson in SUBMITTED[student]}


def nbgrader(course, *arguments):
    """`nbgrader ...`, as a stranger to this project types it in the course's directory."""
    return subprocess.run([sys.executable, "-m", "nbgrader", *map(str, arguments)], cwd=course,
                          env=os.environ | {"PYTHONPATH": str(course)}, encoding="utf-8", timeout=900,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of what of the repository is a course, with the assignment generated anew."""
    copy = tmp_path_factory.mktemp("course")
    rubbish = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for folder in ("grader", "solutions", "notebooks"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=rubbish)
    shutil.copy(ROOT / "nbgrader_config.py", copy)
    result = nbgrader(copy, "generate_assignment", CHAPTER, "--force")
    assert result.returncode == 0, result.stdout
    return copy


@pytest.fixture(scope="module")
def graded(course):
    """The course after three students were graded and got their feedback; what the two steps said."""
    try:
        sandbox.choose(False)
    except RuntimeError as reason:
        pytest.skip(f"no sandbox works here: {reason}")
    for student, lessons in SUBMITTED.items():
        folder = course / "submitted" / student / CHAPTER
        folder.mkdir(parents=True)
        for lesson in lessons:
            shutil.copy(CLASSROOM / "submitted" / student / CHAPTER / f"{lesson}.ipynb", folder)
    one = nbgrader(course, "autograde", CHAPTER, "--student=emre")
    assert one.returncode == 0, one.stdout
    assert [p.name for p in (course / "autograded").iterdir()] == ["emre"]
    others = nbgrader(course, "autograde", CHAPTER)
    assert others.returncode == 0, others.stdout
    feedback = nbgrader(course, "generate_feedback", CHAPTER)
    assert feedback.returncode == 0, feedback.stdout
    return course


def test_generate_assignment_writes_the_released_notebooks_and_nothing_else(course):
    made = {path.name: path.read_bytes() for path in (course / "notebooks" / CHAPTER).iterdir()}
    assert made == {f"{lesson}.ipynb": (ROOT / "notebooks" / CHAPTER / f"{lesson}.ipynb").read_bytes()
                    for lesson in LESSONS}


def test_generated_assignment_is_in_the_gradebook_with_all_exercises_and_points(course):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        assignment = book.find_assignment(CHAPTER)
        assert {n.name for n in assignment.notebooks} == set(LESSONS)
        points = {(n.name, c.name): c.max_score for n in assignment.notebooks for c in n.grade_cells}
    assert points == {(e.lesson, e.name): e.points for e in EXERCISES.values()}


@pytest.mark.parametrize("student", SUBMITTED)
def test_autograde_gives_the_expected_points(graded, student):
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as book:
        submission = book.find_submission(CHAPTER, student)
        points = {grade.name: grade.score for notebook in submission.notebooks for grade in notebook.grades}
        total = submission.score
    assert {name: points[name] for name in expected(student)} == expected(student)
    assert total == sum(points.values()) == sum(expected(student).values())


@pytest.mark.parametrize("student, lesson, words", [
    ("emre", "05_softmax_batch", "they lie in a row, (n,), not in a column, (n, 1)."),
    ("mei", "05_softmax_batch", "This file could not be read: it is not valid JSON"),
    ("noor", "05_softmax_batch", "The answer cell of softmax_batch is there 2 times"),
])
def test_feedback_page_shows_card_and_notes(graded, student, lesson, words):
    pages = {path.stem: path for path in (graded / "feedback" / student / CHAPTER).glob("*.html")}
    assert set(pages) == set(SUBMITTED[student])
    assert words in pages[lesson].read_text(encoding="utf-8").replace("\\_", "_")


def test_export_writes_everyones_points(graded):
    result = nbgrader(graded, "export")
    assert result.returncode == 0, result.stdout
    rows = csv.DictReader((graded / "grades.csv").read_text(encoding="utf-8").splitlines())
    assert {row["student_id"]: float(row["score"]) for row in rows} == {
        student: sum(expected(student).values()) for student in SUBMITTED}


def test_validate_passes_a_solved_notebook(course):
    result = nbgrader(course, "validate", f"solutions/{CHAPTER}/05_softmax_batch.ipynb")
    assert result.returncode == 0
    assert "Success! Your notebook passes all the tests." in result.stdout


@pytest.mark.parametrize("where", ["course", "elsewhere"])
def test_validate_names_the_check_that_fails(course, tmp_path, where):
    """In the course nbgrader reads our configuration; a student's computer has none."""
    notebook = released("05_softmax_batch")
    set_text(cell(notebook, "row_sums-answer"),
             "def row_sums(batch):\n    return batch.sum(axis=1, keepdims=True)")
    path = tmp_path / "05_softmax_batch.ipynb"
    path.write_bytes(as_saved(notebook))
    result = nbgrader(course if where == "course" else tmp_path, "validate", path)
    assert result.returncode == 0
    assert "VALIDATION FAILED ON 1 CELL(S)" in result.stdout
    assert 'check("softmax_batch")' in result.stdout and 'check("row_sums")' not in result.stdout
