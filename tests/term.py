"""What the tests of a term share: a class with somebody late, and whether all places agree on marks."""

import csv
import json
import re
from datetime import UTC, datetime

from bs4 import BeautifulSoup
from class_runs import ONE, Here, Run, answered, gradebook, rendered, submit
from damaged import RIGHT, RIGHT_MAX

from grader.course import CHAPTER
from grader.grading.records import outcome_path
from grader.reporting.table import as_json

DUE = datetime(2026, 11, 15, 12, tzinfo=UTC)
LATE_BY_A_DAY = "2026-11-16 12:00:00 UTC"
ZERO = 'c = get_config()\nc.LateSubmissionPlugin.penalty_method = "zero"\n'
PLUG_IN = 'c = get_config()\nc.AssignLatePenalties.plugin_class = "late.SubMarks"\n'
LATE_PY = """
from nbgrader.plugins import BasePlugin

class SubMarks(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        {body}
"""


def make_late_class(course):
    """Ada handed in both answers a day late, Bob one of them in time; both are graded once, for nothing."""
    submit(course, "ada", answered(relu_if=RIGHT, relu_max=RIGHT_MAX))
    submit(course, "bob", answered(relu_if=RIGHT))
    (course / "submitted" / "ada" / CHAPTER / "timestamp.txt").write_text(LATE_BY_A_DAY)
    (course / "submitted" / "bob" / CHAPTER / "timestamp.txt").write_text("2026-11-15 11:00:00 UTC")
    (course / "nbgrader_config.py").write_text(ZERO)
    run = Run(course, executor=Here(), due=DUE)
    assert (agreed(course, run, "ada"), agreed(course, run, "bob")) == (0, 1)


def agreed(course, run, student):
    """The points of a student, after seeing that all places say the same."""
    outcome = run.outcomes[student]
    line = next(line for line in rows(course) if line["student_id"] == student)
    with gradebook(course) as book:
        submission = book.find_submission(CHAPTER, student)
        penalties = sum(notebook.late_submission_penalty or 0 for notebook in submission.notebooks)
        recorded = max(0, submission.score - penalties)
    saved = json.loads(outcome_path(course, CHAPTER, student).read_text())
    told = {entry["student"]: entry for entry in json.loads(as_json(run.outcomes.values()))["students"]}
    places = {
        "csv": float(line["score"]),
        "gradebook": recorded,
        "outcome": saved["points"],
        "json": told[student]["points"],
        "page": on_page(course, student),
    }
    assert saved["late_penalty"] == told[student]["late_penalty"] == outcome.late_penalty == penalties
    assert set(places.values()) == {outcome.points}, places
    assert saved["seconds_late"] == told[student]["seconds_late"] == outcome.seconds_late
    assert re.search(rf"{student} +│ +{outcome.points:g} / ", rendered(run.outcomes.values()))
    return outcome.points


def rows(course):
    return list(csv.DictReader((course / "grades.csv").read_text(encoding="utf-8").splitlines()))


def page_of(course, student, lesson=ONE):
    page = (course / "feedback" / student / CHAPTER / f"{lesson}.html").read_text(encoding="utf-8")
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


def on_page(course, student):
    """The score that the page of the first lesson shows."""
    return float(re.search(r"\bpoints ([\d.]+) of ", page_of(course, student))[1])


def followed(course, student="ada", **options):
    """The points after another run, which must not have graded anything."""
    run = Run(course, executor=Here(), **options)
    assert (run.began, run.graded) == ([(0, 2)], [])
    return agreed(course, run, student), run.outcomes[student]
