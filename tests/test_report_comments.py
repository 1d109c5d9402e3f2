"""One comment for a group of like answers reaches all of them."""

import csv
import json
import sqlite3

import pytest
from classes import graded, verdict_on, write_class, write_groups

from grader.course import CHAPTER, CHAPTERS
from grader.grading.recording.comments import GroupComments, add_comments
from grader.grading.recording.gradebook import ClassGradebook
from grader.grading.records import ClassError, Outcome, outcome_path
from grader.judging.alike import group_of
from grader.reporting.writing import write_reports

LESSONS = CHAPTERS[CHAPTER].lessons


@pytest.fixture
def small(tmp_path):
    """A class of three, two of them alike; what it takes to follow it and to read its comments."""
    held = {"ann": {"relu_if": "drops_zeros"}, "bob": {"relu_if": "drops_zeros"}, "cat": {}}
    write_class(tmp_path, [graded(name, mistakes) for name, mistakes in held.items()])

    def follow():
        book = ClassGradebook(tmp_path)
        shown = {}
        for name in held:
            pages = book.follow(Outcome.load(outcome_path(tmp_path, CHAPTER, name))).pages
            shown[name] = pages[LESSONS[0]].comments["relu_if-answer"]
        book.commit()
        book.close()
        return shown

    def write(student, comment):
        with sqlite3.connect(tmp_path / "gradebook.db") as book:
            book.execute(
                """UPDATE comment SET manual_comment = ? WHERE cell_id IN (SELECT id FROM base_cell WHERE
                name = 'relu_if-answer') AND notebook_id IN (SELECT n.id FROM submitted_notebook n JOIN
                submitted_assignment s ON n.assignment_id = s.id WHERE s.student_id = ?)""",
                [comment, student],
            )
        book.close()

    return tmp_path, follow, write


GROUP = group_of(verdict_on("relu_if", "drops_zeros"))


def say(course, text, group=GROUP):
    return add_comments(course, write_groups(course, text, group))


def test_comment_reaches_all_of_a_group_once_and_can_be_changed_and_taken_back(small):
    course, follow, _ = small
    assert say(course, "Zero is a number;\ntoo.") == 1
    for _ in range(2):
        assert follow() == {"ann": "Zero is a number;\ntoo.", "bob": "Zero is a number;\ntoo.", "cat": None}
    say(course, "Look at zero.")
    assert follow()["bob"] == "Look at zero."
    say(course, "")
    assert follow() == {"ann": None, "bob": None, "cat": None}


def test_what_a_person_wrote_stays_beside_it(small):
    course, follow, write = small
    write("ann", "Well tried.")
    say(course, "Look at zero.")
    assert follow()["ann"] == "Well tried.\n\nLook at zero."
    say(course, "Again: zero.")
    assert follow()["ann"] == "Well tried.\n\nAgain: zero."
    write("bob", "My own words now.")
    assert follow()["bob"] == "My own words now.\n\nAgain: zero."
    say(course, "")
    assert follow() == {"ann": "Well tried.", "bob": "My own words now.", "cat": None}


def test_answer_that_is_right_when_graded_again_loses_the_comment(small):
    course, follow, _ = small
    say(course, "Look at zero.")
    follow()
    write_class(course, [graded("ann", {})])
    assert follow() == {"ann": None, "bob": "Look at zero.", "cat": None}


def test_a_group_of_ten_thousand_is_commented_on_too(tmp_path):
    students = "; ".join(f"Ada Lovelace {number} (ada{number})" for number in range(10_000))
    (tmp_path / "groups.csv").write_text(f'group,comment,students\nabc,Look at the loop.,"{students}"\n')
    assert add_comments(tmp_path, tmp_path / "groups.csv") == 1


def test_report_json_with_comments_filled_in_is_taken_too(small):
    course, follow, _ = small
    write_reports(course)
    path = course / "report" / CHAPTER / "report.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    (group,) = data["groups"]
    assert group["students"] == ["ann", "bob"]
    group["comment"] = "From the report."
    path.write_text(json.dumps(data), encoding="utf-8")
    assert add_comments(course, path) == 1
    assert follow()["bob"] == "From the report."


def test_written_comments_stand_in_the_next_report(small):
    course, _, _ = small
    say(course, "Look at zero.")
    write_reports(course)
    with (course / "report" / CHAPTER / "groups.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["comment"] for row in csv.DictReader(file)] == ["Look at zero."]


@pytest.mark.parametrize(
    "name, text", [("groups.csv", "a,b\n1,2\n"), ("groups.json", "[]"), ("none.csv", None)]
)
def test_file_that_holds_no_comments_is_named(tmp_path, name, text):
    if text:
        (tmp_path / name).write_text(text)
    with pytest.raises(ClassError, match=name):
        add_comments(tmp_path, tmp_path / name)
    assert not GroupComments(tmp_path)
