"""Stock nbgrader works on the repository as its course, and gives the points that our own command gives."""

import csv
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from datetime import datetime

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from damaged import cell, released, set_text
from nbgrader.api import Gradebook

from grader.course import CHAPTER, EXERCISES, LESSONS
from grader.grading.classroom import grade_class
from tools.make_classroom import CLASSROOM, DUE, as_saved

SUBMITTED = {
    "emre": ["05_softmax_batch", "06_softmax_overflow"],
    "mei": ["05_softmax_batch"],
    "noor": ["05_softmax_batch"],
    "katya": ["02_relu_numpy"],
}
EXPECTED = {
    row.pop("student"): {name: float(points) for name, points in row.items()}
    for row in csv.DictReader((CLASSROOM / "expected.csv").read_text().splitlines())
}


def expected(student):
    """The points of the lessons that were handed in here."""
    return {e.name: EXPECTED[student][e.name] for e in EXERCISES.values() if e.lesson in SUBMITTED[student]}


def nbgrader(course, *arguments, **environment):
    """`nbgrader ...`, as a stranger to this project types it in the course's directory."""
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *map(str, arguments)],
        cwd=course,
        env=os.environ | {"PYTHONPATH": str(course)} | environment,
        encoding="utf-8",
        timeout=900,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """What of a fresh clone is a course, its notebooks already there, with the assignment generated."""
    copy = tmp_path_factory.mktemp("course")
    rubbish = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for folder in ("grader", "solutions", "notebooks"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=rubbish)
    shutil.copy(ROOT / "nbgrader_config.py", copy)
    result = nbgrader(copy, "generate_assignment", CHAPTER)
    assert result.returncode == 0, result.stdout
    return copy


@pytest.fixture(scope="module")
def graded(course, confined):
    """The course after three students were graded and got their feedback; what the two steps said."""
    for student, lessons in SUBMITTED.items():
        folder = course / "submitted" / student / CHAPTER
        folder.mkdir(parents=True)
        for lesson in lessons:
            shutil.copy(CLASSROOM / "submitted" / student / CHAPTER / f"{lesson}.ipynb", folder)
    (course / "submitted" / "katya" / CHAPTER / "timestamp.txt").write_text("2026-11-18 02:59:00 UTC")
    with open(course / "nbgrader_config.py", "a") as file:
        file.write("c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        book.update_or_create_assignment(CHAPTER, duedate=DUE)
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
    assert made == {
        f"{lesson}.ipynb": (ROOT / "notebooks" / CHAPTER / f"{lesson}.ipynb").read_bytes()
        for lesson in LESSONS
    }


def test_in_a_class_directory_of_its_own_the_repository_is_only_read(course, tmp_path):
    shutil.copy(course / "nbgrader_config.py", tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (course / "notebooks").rglob("*")}
    for _ in range(2):
        made = nbgrader(tmp_path, "generate_assignment", CHAPTER, PYTHONPATH=str(course))
        assert made.returncode == 0, made.stdout
    assert {path.stem for path in (tmp_path / "release" / CHAPTER).glob("*.ipynb")} == set(LESSONS)
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        assert {notebook.name for notebook in book.find_assignment(CHAPTER).notebooks} == set(LESSONS)
    assert {path: path.stat().st_mtime_ns for path in (course / "notebooks").rglob("*")} == before


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


@pytest.mark.parametrize(
    "student, lesson, words",
    [
        ("emre", "05_softmax_batch", "they lie in a row, (n,), not in a column, (n, 1)."),
        ("mei", "05_softmax_batch", "This file could not be read: it is not valid JSON"),
        ("noor", "05_softmax_batch", "The answer cell of softmax_batch is there 2 times"),
    ],
)
def test_feedback_page_shows_card_and_notes(graded, student, lesson, words):
    pages = {path.stem: path for path in (graded / "feedback" / student / CHAPTER).glob("*.html")}
    assert set(pages) == set(SUBMITTED[student])
    assert words in pages[lesson].read_text(encoding="utf-8").replace("\\_", "_")


def test_pages_that_nbgrader_makes_can_be_released_also_without_a_time_or_a_secret(graded, tmp_path):
    (tmp_path / "exchange").mkdir(mode=0o777)
    (tmp_path / "exchange").chmod(0o777)
    where = f"--Exchange.root={tmp_path / 'exchange'}"
    released = nbgrader(graded, "release_feedback", CHAPTER, where, "--course", "cs101")
    assert released.returncode == 0, released.stderr
    pages = [path for path in graded.glob(f"feedback/*/{CHAPTER}/*.html") if path.stem != "index"]
    assert len({*tmp_path.rglob("*.html")}) == len(pages) > 0


def test_export_writes_everyones_points(graded):
    result = nbgrader(graded, "export")
    assert result.returncode == 0, result.stdout
    rows = csv.DictReader((graded / "grades.csv").read_text(encoding="utf-8").splitlines())
    assert {row["student_id"]: (float(row["raw_score"]), float(row["score"])) for row in rows} == {
        student: (total := sum(expected(student).values()), 0 if student == "katya" else total)
        for student in SUBMITTED
    }


# The same class by our command, in one pass


@pytest.fixture(scope="module")
def one_pass(graded, tmp_path_factory):
    """The class that nbgrader has graded, graded by our command."""
    copy = tmp_path_factory.mktemp("one-pass")
    shutil.copytree(graded / "submitted", copy / "submitted")
    (copy / "nbgrader_config.py").write_text(
        "c = get_config()\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
    )
    outcomes = grade_class(copy, due=datetime.fromisoformat(DUE), workers=1)
    assert not any(outcome.failed for outcome in outcomes)
    return copy


ROWS = {
    "scores": """
        SELECT s.student_id, c.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade
        FROM grade g JOIN submitted_notebook n ON g.notebook_id = n.id
        JOIN submitted_assignment s ON n.assignment_id = s.id JOIN base_cell c ON g.cell_id = c.id""",
    "comments": """
        SELECT s.student_id, c.name, k.auto_comment, k.manual_comment
        FROM comment k JOIN submitted_notebook n ON k.notebook_id = n.id
        JOIN submitted_assignment s ON n.assignment_id = s.id JOIN base_cell c ON k.cell_id = c.id""",
    "flags and late penalties": """
        SELECT s.student_id, s.timestamp, s.extension, b.name, n.flagged, n.late_submission_penalty
        FROM submitted_notebook n JOIN submitted_assignment s ON n.assignment_id = s.id
        JOIN notebook b ON n.notebook_id = b.id""",
    "lessons": "SELECT name, kernelspec FROM notebook",
    "cells": "SELECT name, type FROM base_cell",
    "what was handed out": "SELECT name, cell_type, locked, source, checksum FROM source_cell",
    "version": "SELECT version_num FROM alembic_version",
}


@pytest.mark.parametrize("what", ROWS)
def test_gradebook_of_one_pass_is_the_one_that_nbgrader_makes(graded, one_pass, what):
    def rows(course):
        with sqlite3.connect(course / "gradebook.db") as book:
            return sorted(book.execute(ROWS[what]), key=repr)

    assert rows(one_pass) == rows(graded) != []


@pytest.mark.parametrize(
    "student, lesson", [(s, lesson) for s, lessons in SUBMITTED.items() for lesson in lessons]
)
def test_notebook_of_one_pass_is_the_one_that_nbgrader_makes(graded, one_pass, student, lesson):
    def notebook(course):
        made = nbformat.read(course / "autograded" / student / CHAPTER / f"{lesson}.ipynb", as_version=4)
        nbformat.validate(made)
        return without_what_differs(made)

    ours, theirs = notebook(one_pass), notebook(graded)
    assert ours.metadata == theirs.metadata
    for mine, their in zip(ours.cells, theirs.cells, strict=True):
        assert mine == their


def without_what_differs(notebook):
    """Numbers of processes, cells and random cases, and the verdict that holds the last."""
    for output in (output for one in notebook.cells for output in one.get("outputs", [])):
        output.get("data", {}).pop("application/vnd.grader.verdict+json", None)
        for bundle, key in [
            (output, "text"),
            (output, "evalue"),
            *((output.get("data"), mime) for mime in output.get("data", {})),
        ]:
            if isinstance(bundle.get(key), str):
                bundle[key] = re.sub(r"ipykernel_\d+/\d+|seed \d+|\b\d{6,9}\b", "#", bundle[key])
        if "traceback" in output:
            output.traceback = [
                re.sub(r"ipykernel_\d+/\d+|\b\d{6,}\b", "#", line) for line in output.traceback
            ]
    return notebook


@pytest.mark.parametrize(
    "student, lesson", [(s, lesson) for s, lessons in SUBMITTED.items() for lesson in lessons]
)
def test_page_of_one_pass_says_what_nbgrader_s_page_says(graded, one_pass, student, lesson):
    def words(course):
        page = (course / "feedback" / student / CHAPTER / f"{lesson}.html").read_text(encoding="utf-8")
        text = BeautifulSoup(page, "html.parser").get_text(" ")
        return re.sub(r"ipykernel_\d+\s*/\s*\d+|\b\d{6,}\b", "#", " ".join(text.split()))

    assert words(one_pass) == words(graded)


def test_validate_passes_a_solved_notebook(course):
    result = nbgrader(course, "validate", f"solutions/{CHAPTER}/05_softmax_batch.ipynb")
    assert result.returncode == 0
    assert "Success! Your notebook passes all the tests." in result.stdout


@pytest.mark.parametrize("where", ["course", "elsewhere"])
def test_validate_names_the_check_that_fails(course, tmp_path, where):
    """In the course nbgrader reads our configuration; a student's computer has none."""
    notebook = released("05_softmax_batch")
    set_text(
        cell(notebook, "row_sums-answer"), "def row_sums(batch):\n    return batch.sum(axis=1, keepdims=True)"
    )
    path = tmp_path / "05_softmax_batch.ipynb"
    path.write_bytes(as_saved(notebook))
    result = nbgrader(course if where == "course" else tmp_path, "validate", path)
    assert result.returncode == 0
    assert "VALIDATION FAILED ON 1 CELL(S)" in result.stdout
    assert 'check("softmax_batch")' in result.stdout and 'check("row_sums")' not in result.stdout
