"""What tests of grading a class share: a class written, a run over it, and what came of it."""

import contextlib
import html.parser
import io
import os
import subprocess
import sys
from concurrent.futures import Executor, Future

from conftest import ROOT
from damaged import cell, good, released, set_text
from nbgrader.api import Gradebook
from rich.console import Console

from grader.course import CHAPTER, CHAPTERS
from grader.grading.classroom import grade_class
from grader.grading.recording.storage import storage
from grader.reporting.table import print_table
from tools.make_classroom import as_saved

ONE = "01_relu_loop"
WORTH = CHAPTERS[CHAPTER].points
WRONG = "def relu_if(inputs):\n    return [x for x in inputs if x > 0]"


class Here(Executor):
    """Does the work at once, in this process: what a small class costs is mostly starting others."""

    def submit(self, function, /, *args, **kwargs):
        future = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Run:
    """What one run over a class directory did."""

    def __init__(self, course, **options):
        self.announced, self.began, self.graded = [], [], []
        outcomes = grade_class(
            course,
            announce=self.announced.append,
            begin=lambda *counts: self.began.append(counts),
            advance=lambda outcome: self.graded.append(outcome.student),
            **options,
        )
        self.order = [outcome.student for outcome in outcomes]
        self.outcomes = dict(zip(self.order, outcomes))


def command(*arguments):
    """`python -m grader ...`, as an instructor runs it."""
    environment = os.environ | {"COLUMNS": "150", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "grader", *map(str, arguments)],
        cwd=ROOT,
        encoding="utf-8",
        env=environment,
        capture_output=True,
        timeout=600,
    )


@contextlib.contextmanager
def gradebook(course):
    with Gradebook(storage(course).url) as opened:
        yield opened


def marks(course, student, lesson=None):
    """The points of each exercise (of one lesson) in nbgrader's gradebook."""
    with gradebook(course) as book:
        submission = book.find_submission(CHAPTER, student)
        return {
            grade.name: grade.score
            for notebook in submission.notebooks
            for grade in notebook.grades
            if lesson in (None, notebook.name)
        }


def verdicts(outcome):
    return {v.exercise: v for lesson in outcome.lessons.values() for v in lesson.verdicts}


def rendered(outcomes, width=200):
    """The table as an instructor sees it on a terminal of this width."""
    screen = io.StringIO()
    print_table(outcomes, Console(file=screen, width=width))
    return screen.getvalue()


class Words(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_data(self, data):
        self.found.append(data)


def words(page):
    """The text of an HTML page, spaces aside: how markup divides it does not matter."""
    parser = Words()
    parser.feed(page)
    return "".join("".join(parser.found).split())


def submit(course, student, notebook=None, lesson=ONE, name=None):
    """Put a notebook (the right answers, unless given) where nbgrader looks for it."""
    folder = course / "submitted" / student / CHAPTER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or f"{lesson}.ipynb")
    path.write_bytes(as_saved(notebook or good(lesson)))
    return path


def answered(lesson=ONE, **answers):
    notebook = released(lesson)
    for name, text in answers.items():
        set_text(cell(notebook, f"{name}-answer"), text)
    return notebook
