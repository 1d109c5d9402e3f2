"""A second chapter is added to a copy of the course by files alone: built, checked, graded with the first."""

import csv
import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import nbformat
import pytest
from conftest import ROOT
from damaged import cell, set_text
from nbclient import NotebookClient

from grader.course import CHAPTER, CHAPTERS

FIRST, SECOND = CHAPTER, "losses"
LESSONS = {FIRST: "01_relu_loop", SECOND: "01_squared_error"}
ADDED = Path(__file__).with_name("second_chapter")
BOTH = {"ada": (FIRST, SECOND), "bob": (SECOND,)}
SCORES = {(FIRST, "ada"): 2, (SECOND, "ada"): 3, (SECOND, "bob"): 1}
WRONG = "def sample_losses(outputs, targets):\n    return np.mean((outputs - targets) ** 2)"

pytestmark = pytest.mark.slow


def run(course, *arguments, where=None):
    """`python -m ...` as in a checkout of this course."""
    return subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=where or course,
        env=os.environ | {"PYTHONPATH": str(course), "COLUMNS": "150"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=900,
    )


def done(result):
    assert result.returncode == 0, result.stdout
    return result.stdout


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The repository with the second chapter's files, built by its command."""
    copy = tmp_path_factory.mktemp("course")
    for folder in ("grader", "solutions", "notebooks"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("nbgrader_config.py", "README.md"):
        shutil.copy(ROOT / name, copy)
    shutil.copytree(ADDED, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    done(run(copy, "grader", "build"))
    return copy


@pytest.fixture(scope="module")
def submitted(course, tmp_path_factory):
    """Ada's right answers to a lesson of both chapters, and Bob's half right ones to one of the second."""
    folder = tmp_path_factory.mktemp("class") / "submitted"
    for student, chapters in BOTH.items():
        for chapter in chapters:
            place = folder / student / chapter
            place.mkdir(parents=True)
            solved = course / "solutions" / chapter / f"{LESSONS[chapter]}.ipynb"
            notebook = json.loads(solved.read_text(encoding="utf-8"))
            if student == "bob":
                set_text(cell(notebook, "sample_losses-answer"), WRONG)
            (place / solved.name).write_text(json.dumps(notebook), encoding="utf-8")
    return folder


def new_class(submitted, place):
    shutil.copytree(submitted, place / "submitted")
    return place


@pytest.fixture(scope="module")
def by_our_command(course, submitted, tmp_path_factory, confined):
    """Both chapters graded in one run, and what it said."""
    place = new_class(submitted, tmp_path_factory.mktemp("ours"))
    return place, done(run(course, "grader", "grade", place))


@pytest.fixture(scope="module")
def by_nbgrader(course, submitted, tmp_path_factory, confined):
    """The same by nbgrader's own commands, in a class directory that was never prepared."""
    place = new_class(submitted, tmp_path_factory.mktemp("theirs"))
    shutil.copy(course / "nbgrader_config.py", place)
    for step in ("autograde", "generate_feedback"):
        for chapter in LESSONS:
            done(run(course, "nbgrader", step, chapter, where=place))
    done(run(course, "nbgrader", "export", where=place))
    return place


def scores(place):
    """What the gradebook holds by chapter and student, and whether anybody is to look at it."""
    query = """SELECT a.name, s.student_id, sum(g.auto_score), max(g.needs_manual_grade) FROM grade g
               JOIN submitted_notebook n ON g.notebook_id = n.id
               JOIN submitted_assignment s ON n.assignment_id = s.id
               JOIN assignment a ON s.assignment_id = a.id GROUP BY 1, 2"""
    with closing(connect(place / "gradebook.db")) as book:
        return {(name, student): (points, review) for name, student, points, review in book.execute(query)}


def test_chapter_is_files_and_replaces_none():
    files = [path.relative_to(ADDED) for path in ADDED.rglob("*.*") if path.is_file()]
    assert [path for path in files if "__pycache__" not in path.parts and (ROOT / path).exists()] == []


def test_build_makes_the_student_s_notebook_and_names_the_chapter_in_the_readme(course):
    (path,) = (course / "notebooks" / SECOND).iterdir()
    notebook = nbformat.read(path, as_version=4)
    marks = [entry.metadata.nbgrader for entry in notebook.cells if "nbgrader" in entry.metadata]
    assert {mark.grade_id: mark.points for mark in marks if mark.grade} == {
        "squared_errors": 1,
        "sample_losses": 2,
    }
    assert "** 2" not in path.read_text(encoding="utf-8")
    readme = (course / "README.md").read_text(encoding="utf-8")
    assert "### Losses" in readme and "3 points in 2 exercises." in readme
    assert "[Squared errors](notebooks/losses/01_squared_error.ipynb)" in readme


def test_first_chapter_is_built_as_it_was(course):
    for path in (ROOT / "notebooks" / FIRST).glob("*.ipynb"):
        assert (course / "notebooks" / FIRST / path.name).read_bytes() == path.read_bytes()


def test_check_knows_the_exercises_in_a_kernel(course, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(course))
    notebook = nbformat.read(course / "notebooks" / SECOND / f"{LESSONS[SECOND]}.ipynb", as_version=4)
    cell(
        notebook, "squared_errors-answer"
    ).source = "def squared_errors(outputs, targets):\n    return (outputs - targets) ** 2"
    cell(notebook, "sample_losses-answer").source = WRONG
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    cards = [
        cell(notebook, name).outputs[0].data["text/plain"] for name in ("squared_errors", "sample_losses")
    ]
    assert "1 of 1 point" in cards[0] and "Too much and too little cost the same" in cards[0]
    assert "0 of 2 points" in cards[1] and "One number came out for the whole batch." in cards[1]


def test_both_chapters_are_graded_into_one_gradebook_and_table(by_our_command):
    place, said = by_our_command
    assert {key: points for key, (points, _) in scores(place).items()} == SCORES
    for row in (
        f"ada .*{FIRST} .*2 / {CHAPTERS[FIRST].points:g}",
        "ada .*losses .*3 / 3",
        "bob .*losses .*1 / 3",
    ):
        first, chapter, points = row.split(" .*")
        assert any(first in line and chapter in line and points in line for line in said.split("\n")), said
    assert f"there is no folder {FIRST}/ in it" in said
    assert "losses: 2 of 2 submissions have marks; the mean is 2.0 of 3 points." in said


def test_pages_and_grades_of_both_chapters_are_written(by_our_command):
    place, _ = by_our_command
    for chapter, student in SCORES:
        page = place / "feedback" / student / chapter / f"{LESSONS[chapter]}.html"
        assert f"<dd>{SCORES[chapter, student]:g} of " in page.read_text(encoding="utf-8")
    rows = csv.DictReader((place / "grades.csv").read_text(encoding="utf-8").splitlines())
    assert {(row["assignment"], row["student_id"]): float(row["score"]) for row in rows} == {
        **SCORES,
        (FIRST, "bob"): 0,
    }


def test_second_run_grades_nothing_and_a_due_date_is_that_of_one_chapter(course, by_our_command):
    place, _ = by_our_command
    refused = run(course, "grader", "grade", place, "--due", "2026-11-15")
    assert refused.returncode == 2 and "say which by --chapter" in refused.stdout
    again = done(run(course, "grader", "grade", place, "--due", "2026-11-15", "--chapter", SECOND))
    assert "0 submissions to grade, 2 unchanged" in again
    with closing(connect(place / "gradebook.db")) as book:
        due = dict(book.execute("SELECT name, duedate IS NOT NULL FROM assignment"))
    assert due == {FIRST: 0, SECOND: 1}


def test_nbgrader_s_own_commands_give_the_same(by_our_command, by_nbgrader):
    ours, theirs = scores(by_our_command[0]), scores(by_nbgrader)
    assert theirs == ours
    rows = csv.DictReader((by_nbgrader / "grades.csv").read_text(encoding="utf-8").splitlines())
    points = {(row["assignment"], row["student_id"]): float(row["score"]) for row in rows}
    assert {key: points[key] for key in SCORES} == SCORES
    for chapter, student in SCORES:
        assert (by_nbgrader / "feedback" / student / chapter / f"{LESSONS[chapter]}.html").is_file()


def test_nothing_of_this_was_written_into_the_course(course, by_nbgrader, by_our_command):
    assert not {"submitted", "autograded", "feedback", "release", "grades.csv"} & set(os.listdir(course))
