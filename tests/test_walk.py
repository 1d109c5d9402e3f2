"""The whole way of a class, once: handed out, handed in by two users, graded, corrected in the formgrader in
a browser, given back; by nbgrader's exchange, and by Moodle's archive.

`make walk` takes the pictures of docs/term.md on the way. Without it Moodle's way is gone in short: a mark is
corrected in the gradebook, not in the formgrader.
"""

import contextlib
import csv
import json
import os
import shutil
import tempfile
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from class_runs import ONE, answered, gradebook, marks
from conftest import ROOT
from damaged import RIGHT, RIGHT_MAX, cell, set_text
from downloads import write_zip
from users import User, accounts
from walking import desk

from grader.course import CHAPTER
from tools.make_classroom import as_saved

in_full = pytest.mark.skipif("WALK" not in os.environ, reason="make walk runs it: it takes minutes")

WRONG_MAX = "def relu_max(inputs):\n    return [max(1, n) for n in inputs]"


@contextlib.contextmanager
def people(folder, instructor, *students):
    """Accounts for the students and, unless it is who runs the tests, for the instructor, who comes first."""
    if instructor == "myself" and not students:
        yield [User("", ROOT)]
    elif instructor == "myself":
        with accounts(folder, *students) as made:
            yield [User("", ROOT), *made]
    else:
        with accounts(folder, "prof", *students) as made:
            yield made


def new_course(folder, instructor):
    course = folder / "class"
    course.mkdir()
    instructor.owns(course)
    return course


def corrected(instructor, course, student, after):
    """Half a point given in the gradebook; grade all anew, which keeps it."""
    with gradebook(course) as book:
        book.find_grade("relu_max", ONE, CHAPTER, student).manual_score = 0.5
        book.db.commit()
    instructor.grader("grade", course, "--force")
    assert marks(course, student, ONE) == after


def graded_by_hand(instructor, course, student, called, before, after):
    """Grade; give half a point in the browser; grade again, which keeps it, also when all is graded anew.

    The formgrader has the student `called` so.
    """
    instructor.grader("grade", course)
    assert marks(course, student, ONE) == before
    with desk(course, instructor) as window:
        window.mark(called, "relu_max", 0.5)
        window.photograph("walk-mark")
        assert marks(course, student, ONE) == after
        for options in ([], ["--force"]):
            instructor.grader("grade", course, *options)
            assert marks(course, student, ONE) == after
        window.photograph("walk-page", course / "feedback" / student / CHAPTER / "index.html")


def on_page(text):
    return " ".join(BeautifulSoup(text, "html.parser").get_text(" ").split())


@pytest.fixture
def open_folder():
    """A folder that every account on this machine can look into."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@in_full
@pytest.mark.parametrize("who", ["myself", "an account"])
def test_through_the_exchange(open_folder, confined, who):
    exchange = open_folder / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    rooted = f"c = get_config()\nc.Exchange.root = {str(exchange)!r}\n"
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    with people(open_folder, who, "ada", "bob") as (instructor, ada, bob):
        course = new_course(open_folder, instructor)
        (course / "nbgrader_config.py").write_text(config + rooted, encoding="utf-8")
        instructor.nbgrader("generate_assignment", CHAPTER, cwd=course)
        instructor.nbgrader("release_assignment", CHAPTER, cwd=course)
        for student, second in ((ada, WRONG_MAX), (bob, RIGHT_MAX)):
            (student.home / "nbgrader_config.py").write_text(rooted)
            student.nbgrader("fetch_assignment", CHAPTER, "--course", "grader")
            lesson = student.home / CHAPTER / f"{ONE}.ipynb"
            notebook = json.loads(lesson.read_bytes())
            set_text(cell(notebook, "relu_if-answer"), RIGHT)
            set_text(cell(notebook, "relu_max-answer"), second)
            lesson.write_bytes(as_saved(notebook))
            student.nbgrader("submit", CHAPTER, "--course", "grader")
        instructor.nbgrader("collect", CHAPTER, cwd=course)
        before, after = {"relu_if": 1, "relu_max": 0}, {"relu_if": 1, "relu_max": 0.5}
        graded_by_hand(instructor, course, ada.name, ada.name, before, after)
        assert marks(course, bob.name, ONE) == {"relu_if": 1, "relu_max": 1}
        instructor.nbgrader("release_feedback", CHAPTER, cwd=course)
        for student, points in ((ada, "1.5"), (bob, "2")):
            student.nbgrader("fetch_feedback", CHAPTER, "--course", "grader")
            (page,) = student.home.glob(f"{CHAPTER}/feedback/*/{ONE}.html")
            assert f"points {points} of 2" in on_page(page.read_text(encoding="utf-8"))
            assert page.stat().st_uid == (student.home).stat().st_uid
        shutil.rmtree(course)


SHEET = [
    ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade", "Grade can be changed"],
    ["Participant 1001", "Ada Lovelace", "ada@example.org", "Submitted for grading", "", "22.00", "Yes"],
    ["Participant 1002", "Bob Noyce", "bob@example.org", "Submitted for grading", "", "22.00", "Yes"],
]


@pytest.mark.parametrize(
    "in_browser", [False, pytest.param(True, marks=in_full)], ids=["short", "in a browser"]
)
@pytest.mark.parametrize("who", ["myself", "an account"])
def test_through_moodles_archive(open_folder, confined, in_browser, who):
    with people(open_folder, who) as (instructor,):
        course, sheet = new_course(open_folder, instructor), open_folder / "worksheet.csv"
        sheet.write_text("\n".join(map(",".join, SHEET)), encoding="utf-8")
        archive = write_zip(
            open_folder / "Week 3-Submissions.zip",
            {
                f"{name}_assignsubmission_file_/{ONE}.ipynb": as_saved(
                    answered(relu_if=RIGHT, relu_max=second)
                )
                for name, second in (("Ada Lovelace_1001", WRONG_MAX), ("Bob Noyce_1002", RIGHT_MAX))
            },
        )
        instructor.grader("grade", course, "--from", "moodle", archive, "--roster", sheet)
        ada = "ada@example.org"
        before, after = {"relu_if": 1, "relu_max": 0}, {"relu_if": 1, "relu_max": 0.5}
        if in_browser:
            graded_by_hand(instructor, course, ada, "Lovelace, Ada", before, after)
        else:
            assert marks(course, ada, ONE) == before
            corrected(instructor, course, ada, after)
        instructor.grader("export", course, "moodle", "--fill", sheet)
        (filled,) = course.glob("moodle-*.csv")
        rows = {row["Identifier"]: row["Grade"] for row in csv.DictReader(filled.open(encoding="utf-8"))}
        assert rows == {"Participant 1001": "1.5", "Participant 1002": "2"}
        instructor.grader("export", course, "pages")
        with zipfile.ZipFile(next(course.glob("pages-*.zip"))) as pages:
            (name,) = (name for name in pages.namelist() if "1001" in name)
            assert name.startswith("Ada Lovelace_1001_assignsubmission_file_")
            assert "1.5 of" in on_page(pages.read(name).decode("utf-8"))
        instructor.grader("export", course, "wide")
        instructor.grader("report", course, "--anonymous")
        assert {path.stat().st_uid for path in course.rglob("*")} == {course.stat().st_uid}
        shutil.rmtree(course)
