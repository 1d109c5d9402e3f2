"""Due dates of single students, and the late penalty that is ready to use."""

import time
from datetime import UTC, timedelta

import pytest
from class_runs import Here, Run, gradebook, submit
from term import DUE, agreed, followed

from grader.__main__ import main
from grader.commands.common import read_time
from grader.course import CHAPTER
from grader.exchange.times import read_moment as of_moodle
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


@pytest.fixture
def in_berlin(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


NIGHTS = [
    ("2026-10-25T02:30", "twice"),
    ("2026-10-25 02:30:00 Europe/Berlin", "twice"),
    ("2026-03-29T02:30", "never"),
    ("2026-03-29T02:30 Europe/Berlin", "never"),
    ("2026-11-01 01:30 America/New_York", "twice"),
]


@pytest.mark.parametrize("text, how_often", NIGHTS)
def test_an_hour_that_the_clocks_show_twice_or_never_is_refused(
    in_berlin, late_class, capsys, text, how_often
):
    for command in (["grade", "--due"], ["extend", "ada", "--until"]):
        with pytest.raises(SystemExit):
            main([command[0], str(late_class), *command[1:], text])
        assert "is in the hour in which clocks are changed: say how far from UTC" in capsys.readouterr().err
    collected = late_class / "collected.csv"
    collected.write_text(f"student,time\nada,{text}\n")
    assert main(["grade", str(late_class)]) == 2
    assert f"{collected}:2: " in (said := capsys.readouterr().err) and "clocks are changed" in said


@pytest.mark.parametrize(
    "text, utc",
    [
        ("2026-10-25T01:59:59", "2026-10-24 23:59:59"),
        ("2026-10-25T03:00", "2026-10-25 02:00:00"),
        ("2026-10-25T02:30+02:00", "2026-10-25 00:30:00"),
        ("2026-10-25T02:30 CET", "2026-10-25 01:30:00"),
        ("2026-10-25", "2026-10-25 22:59:59"),
        ("2026-03-29", "2026-03-29 21:59:59"),
        ("2026-03-29T03:00", "2026-03-29 01:00:00"),
        ("2026-03-29 01:59 Europe/Berlin", "2026-03-29 00:59:00"),
    ],
)
def test_times_around_the_change_of_the_hour_are_one_moment(in_berlin, text, utc):
    assert f"{read_time(text).astimezone(UTC):%Y-%m-%d %H:%M:%S}" == utc


def test_lateness_counts_hours_that_pass_and_not_those_of_the_clock(in_berlin, late_class):
    """Handed in at 12:00 UTC on 16 November; due in summer, and an extension over the change."""
    assert main(["grade", str(late_class), "--due", "2026-10-24T12:00"]) == 0
    assert followed(late_class)[1].seconds_late == 23 * 86400 + 2 * 3600
    assert extend(late_class, "ada", "--until", "2026-10-26T12:00") == 0
    assert followed(late_class)[1].seconds_late == 21 * 86400 + 3600
    assert followed(late_class, "bob")[1].seconds_late == 22 * 86400 + 3600


def test_time_of_a_download_in_the_hour_of_the_change_is_asked_for(in_berlin):
    assert of_moodle("Sunday, 25 October 2026, 2:30 AM") is None
    assert of_moodle("Sunday, 25 October 2026, 3:30 AM").astimezone(UTC).hour == 2
