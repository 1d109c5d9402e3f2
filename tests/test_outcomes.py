"""What became of a submission, stored and read again, and the table that shows it."""

import dataclasses
import re
from pathlib import Path

import pytest
from class_runs import (
    ONE,
    rendered,
)

from grader.course import EXERCISES
from grader.grading.records import LessonOutcome, Outcome
from grader.judging.verdict import Finding, Verdict
from grader.reporting.table import late, what_went_wrong


def made_up(**changes):
    changed = Finding("changed", "It is changed.", "why", "try", "relu_if([1])", "[1]", "[0]")
    verdict = Verdict("relu_if", 0.5, 1, "partial", (changed,), seed=7)
    right = Verdict("relu_max", 1, 1, "right", reward="Well.")
    lesson = LessonOutcome("graded", 1.5, ["A cell was moved."], [verdict, right])
    outcome = Outcome(
        "ada",
        "1f",
        points=1.5,
        max_points=20,
        seconds_late=3600,
        due="2026-11-15T12:00:00+00:00",
        submitted="2026-11-15T13:00:00+00:00",
        lessons={ONE: lesson},
        notes=["a.csv was not used: it is a link."],
    )
    return dataclasses.replace(outcome, **changes)


def test_outcome_is_the_same_after_saving_and_loading(tmp_path):
    path = tmp_path / "outcomes" / "ada b.c.json"
    for outcome in (made_up(), made_up(reason="no folder", lessons={}, failed=True)):
        outcome.save(path)
        assert Outcome.load(path) == outcome
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"student": "ada"}',
        '{"student": "ada", "fingerprint": "", "lessons": []}',
        '{"student": "ada", "fingerprint": "", "lessons": {"x": {}}}',
        '{"student": "ada", "fingerprint": "", "lessons": {}, "colour": "blue"}',
    ],
)
def test_outcome_that_cannot_be_read_counts_as_none(tmp_path, text):
    path = tmp_path / "ada.json"
    assert Outcome.load(path) is None
    path.write_text(text)
    assert Outcome.load(path) is None


def test_outcome_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "ada.json"
    made_up().save(path)

    def breaks_off(self, text, **options):
        with open(self, "w") as file:
            file.write(text[: len(text) // 2])
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "write_text", breaks_off)
    with pytest.raises(OSError):
        made_up(points=2).save(path)
    assert Outcome.load(path) == made_up()


def test_table_says_what_to_do_first_and_what_is_missing_last_and_counts_what_it_leaves_out():
    wrong = [Verdict(name, 0, 1, "wrong", (Finding("values", f"{name} is wrong."),)) for name in EXERCISES]
    unwritten = Verdict("shift_rows", 0, 1, "unwritten", (Finding("unwritten", "It waits."),))
    lessons = {
        ONE: LessonOutcome("graded", 0, ["A cell was moved."], [*wrong[:6], unwritten]),
        "02_relu_numpy": LessonOutcome("unreadable", 0, ["This file could not be read: it is empty."]),
        "03_dense_layer": LessonOutcome("missing"),
        "04_softmax_sample": LessonOutcome("missing"),
    }
    lines = what_went_wrong(made_up(lessons=lessons))
    assert lines == [
        "a.csv was not used: it is a link.",
        "02_relu_numpy unreadable: This file could not be read: it is empty.",
        "not written: shift_rows",
        *(f"{v.exercise}: {v.exercise} is wrong." for v in wrong[:6]),
        "A cell was moved.",
        "missing: 03_dense_layer, 04_softmax_sample",
    ]
    table = rendered([made_up(lessons=lessons)])
    assert all(line in table for line in [*lines[:3], lines[-1]]) and "... and 7 more" in table
    assert "relu_if is wrong" not in table


def test_table_shows_points_lateness_and_the_mean_of_those_with_marks():
    table = rendered(
        [
            made_up(),
            made_up(student="bob", points=20, seconds_late=0, notes=[], lessons={}),
            made_up(student="dan", submitted="", seconds_late=0, notes=[], lessons={}),
            made_up(student="eva", due="", seconds_late=0, notes=[], lessons={}),
            made_up(student="cyd", reason="there is no notebook in it", points=0),
        ]
    )
    rows = [[field.strip() for field in re.split("[│┃|]", line)[1:-1]] for line in table.splitlines()]
    assert ["ada", "1.5 / 20", "1 h", "a.csv was not used: it is a link."] in rows
    assert ["bob", "20 / 20", "in time", "all right"] in rows
    assert ["dan", "1.5 / 20", "no time known", "all right"] in rows
    assert ["eva", "1.5 / 20", "no due date", "all right"] in rows
    assert ["cyd", "-", "", "there is no notebook in it"] in rows
    assert "4 of 5 submissions have marks; the mean is 6.1 of 20 points." in table


@pytest.mark.parametrize("width", [1, 20, 59])
def test_table_of_a_narrow_console_is_in_lines(width):
    lines = rendered([made_up(student="ada \\[b]"), made_up(student="bob", notes=[], lessons={})], width)
    assert lines.split("\n")[:2] == ["ada \\[b], 1f, 1.5 / 20, 1 h", "  a.csv was not used: it is a link."]
    assert "bob, 1f, 1.5 / 20, 1 h\n  all right\n2 of 2 submissions have marks; the mean is 1.5" in lines


def test_time_that_a_student_could_have_written_has_a_star_and_its_meaning():
    times = [made_up(claimed_time=True), made_up(claimed_time=True, seconds_late=0)]
    table = rendered(times)
    assert "1 h *" in table and "in time *" in table and "* by the submission's own timestamp.txt" in table
    assert "*" not in rendered([dataclasses.replace(outcome, claimed_time=False) for outcome in times])


def test_table_of_a_class_without_marks_has_no_mean():
    table = rendered([made_up(reason="not a folder", lessons={})])
    assert "not a folder" in table and "mean" not in table


def test_table_takes_no_orders_from_what_students_wrote():
    hostile = Finding("error", "It \x1b[2Jstopped\nwith [red]\ud800[/red]")
    hostile = Verdict("relu_if", 0, 1, "wrong", (hostile,))
    table = rendered(
        [
            made_up(
                student="[bold]ada[/bold]",
                notes=[],
                lessons={ONE: LessonOutcome("graded", verdicts=[hostile])},
            )
        ]
    )
    assert "[bold]ada[/bold]" in table and "It ?[2Jstopped with [red]?[/red]" in table


@pytest.mark.parametrize(
    "seconds, text",
    [
        (0, ""),
        (-5, ""),
        (1, "1 min"),
        (59, "1 min"),
        (60, "1 min"),
        (3600, "1 h"),
        (3660, "1 h 1 min"),
        (86400, "1 d"),
        (2 * 86400 + 3 * 3600 + 240, "2 d 3 h"),
        (86400 + 120, "1 d 2 min"),
    ],
)
def test_lateness_is_said_in_the_two_largest_units(seconds, text):
    assert late(seconds) == text
