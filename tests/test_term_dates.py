"""Due dates of single students, and the late penalty that is ready to use."""

from datetime import timedelta

import pytest
from class_runs import Here, Run, gradebook, submit
from term import DUE, agreed, followed

from grader.__main__ import main
from grader.course import CHAPTER
from grader.grading.nbgrader.late import DAY, DailyPenalty

LATER = DUE + timedelta(days=2)
DAILY = """c = get_config()
c.AssignLatePenalties.plugin_class = "grader.grading.nbgrader.late.DailyPenalty"
c.DailyPenalty.share_a_day = {share}
"""


def extend(course, *arguments):
    return main(["extend", str(course), *map(str, arguments)])


def test_a_student_s_own_due_date_takes_the_penalty_away_and_is_taken_back(late_class):
    assert extend(late_class, "ada", "--until", LATER.isoformat()) == 0
    points, ada = followed(late_class)
    assert (points, ada.seconds_late, ada.due) == (2, 0, "2026-11-17T12:00:00+00:00")
    assert followed(late_class, "bob")[1].due == "2026-11-15T12:00:00+00:00"
    assert extend(late_class, "ada", "--as-everybody") == 0
    points, ada = followed(late_class)
    assert (points, ada.seconds_late) == (0, 86400)


def test_it_stays_when_everybody_s_date_moves(late_class):
    extend(late_class, "ada", "--until", LATER.isoformat())
    followed(late_class)
    assert followed(late_class, due=DUE - timedelta(days=1))[1].due == "2026-11-17T12:00:00+00:00"
    assert followed(late_class, due=DUE + timedelta(days=9))[1].due == "2026-11-24T12:00:00+00:00"


def test_it_holds_for_who_hands_in_afterwards(late_class):
    with gradebook(late_class) as book:
        book.update_or_create_student("eve")
        book.db.commit()
    assert extend(late_class, "eve", "--until", LATER.isoformat()) == 0
    submit(late_class, "eve")
    run = Run(late_class, executor=Here())
    assert run.graded == ["eve"] and run.outcomes["eve"].due == "2026-11-17T12:00:00+00:00"


def test_what_nbgrader_was_told_stays_where_our_command_said_nothing(late_class):
    with gradebook(late_class) as book:
        book.find_submission(CHAPTER, "ada").extension = timedelta(days=3)
        book.db.commit()
    assert followed(late_class)[1].due == "2026-11-18T12:00:00+00:00"


def test_a_misspelt_student_and_a_broken_file_are_named(late_class, capsys):
    assert extend(late_class, "adda", "--until", LATER.isoformat()) == 2
    assert "is called adda" in capsys.readouterr().err
    (late_class / "extensions.csv").write_text(f"chapter,student,until\n{CHAPTER},ada,tomorrow\n")
    assert main(["grade", str(late_class)]) == 2
    said = capsys.readouterr().err
    assert "extensions.csv:2: this line is not" in said and "tomorrow" in said
    (late_class / "extensions.csv").write_text(f"{CHAPTER},ada,{LATER.isoformat()}\n")
    assert extend(late_class, "ada", "--until", LATER.isoformat()) == 2
    assert "extensions.csv:1: there is no column chapter" in capsys.readouterr().err


def test_the_ready_plug_in_is_found_and_set_as_nbgrader_documents_it(late_class):
    (late_class / "nbgrader_config.py").write_text(DAILY.format(share=0.25))
    run = Run(late_class, executor=Here())
    assert agreed(late_class, run, "ada") == 1.5


@pytest.mark.parametrize(
    ("late", "settings", "points"),
    [
        (60, {}, 0.4),
        (DAY, {}, 0.4),
        (DAY + 1, {}, 0.8),
        (20 * DAY, {}, 4),
        (60, {"grace_minutes": 1}, None),
        (DAY + 61, {"grace_minutes": 1}, 0.8),
        (20 * DAY, {"floor": 0.5}, 2),
        (DAY, {"share_a_day": 0.5, "floor": 0.75}, 1),
    ],
)
def test_a_day_that_has_begun_costs_its_share_after_the_grace_and_down_to_the_floor(late, settings, points):
    asked = DailyPenalty(**settings).late_submission_penalty("ada", 4, late)
    assert asked == (None if points is None else pytest.approx(points))
