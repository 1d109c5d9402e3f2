"""A term is not once: marks, times and pages follow the gradebook, and no student code runs for it."""

import csv
import re
import shutil
from datetime import datetime, timedelta

import nbformat
import pytest
from class_runs import ONE, WRONG, Here, Run, answered, gradebook, rendered, submit
from damaged import RIGHT, RIGHT_MAX
from term import DUE, LATE_PY, PLUG_IN, agreed, followed, page_of, rows

from grader.__main__ import main
from grader.commands.common import read_time
from grader.course import CHAPTER
from grader.grading.classroom import grade_class
from grader.grading.intake.files import Refused
from grader.grading.intake.times import read_timestamp
from grader.grading.records import ClassError, outcome_path
from grader.reporting.data import read_class
from grader.reporting.writing import write_reports


def test_due_date_that_moves_takes_the_penalty_with_it_both_ways(late_class):
    points, ada = followed(late_class, due=DUE + timedelta(days=5))
    assert (points, ada.seconds_late) == (2, 0)
    points, ada = followed(late_class, due=DUE)
    assert (points, ada.seconds_late) == (0, 86400)


def test_extension_takes_the_penalty_away(late_class):
    with gradebook(late_class) as book:
        book.grant_extension(CHAPTER, "ada", days=7)
    points, ada = followed(late_class)
    assert (points, ada.seconds_late) == (2, 0)
    assert ada.due == (DUE + timedelta(days=7)).isoformat()


def test_penalty_setting_and_plug_in_that_change_count_at_once(late_class):
    config = late_class / "nbgrader_config.py"
    config.write_text("c = get_config()\n")
    assert followed(late_class)[0] == 2
    (late_class / "late.py").write_text(LATE_PY.format(body="return total_seconds_late / 86400 / 2"))
    config.write_text(PLUG_IN)
    assert followed(late_class)[0] == 1.5
    (late_class / "late.py").write_text(LATE_PY.format(body="return total_seconds_late / 86400"))
    assert followed(late_class)[0] == 1
    config.unlink()
    assert followed(late_class)[0] == 2


def test_mark_and_comment_by_hand_are_everywhere_and_the_table_says_so(late_class):
    with gradebook(late_class) as book:
        book.find_grade("relu_max", ONE, CHAPTER, "bob").manual_score = 0.25
        book.find_grade("relu_if", ONE, CHAPTER, "bob").extra_credit = 0.5
        book.find_comment("relu_max-answer", ONE, CHAPTER, "bob").manual_comment = "Nearly: ask me."
        book.db.commit()
    points, bob = followed(late_class, "bob")
    assert (points, bob.by_hand) == (1.75, {"relu_max": 0.25, "relu_if": 1.5})
    assert "Nearly: ask me." in page_of(late_class, "bob")
    assert "relu_max: 0.25 by hand" in rendered([bob])


def test_mark_by_hand_on_a_new_submission_asks_for_review(late_class):
    with gradebook(late_class) as book:
        book.find_grade("relu_max", ONE, CHAPTER, "bob").manual_score = 0.25
        book.db.commit()
    submit(late_class, "bob", answered(relu_if=WRONG))
    run = Run(late_class, executor=Here())
    assert run.graded == ["bob"] and agreed(late_class, run, "bob") == 0.25
    assert run.outcomes["bob"].review == ["relu_max"]
    assert "to be reviewed: relu_max" in rendered(run.outcomes.values())


def test_penalty_of_a_notebook_that_is_not_handed_in_any_more_is_gone(late_class):
    folder = late_class / "submitted" / "ada" / CHAPTER
    submit(late_class, "ada", lesson="02_relu_numpy")
    Run(late_class, executor=Here())
    (folder / f"{ONE}.ipynb").unlink()
    (folder / "timestamp.txt").write_text("2026-11-15 11:00:00 UTC")
    outcome = Run(late_class, executor=Here()).outcomes["ada"]
    assert outcome.points == outcome.lessons["02_relu_numpy"].points == 3
    assert [float(row["score"]) for row in rows(late_class)] == [3, 1]


@pytest.mark.parametrize("how", ["student gone", "renamed", "chapter gone", "a file"])
def test_marks_of_what_cannot_be_graded_any_more_stay_and_follow_the_gradebook(late_class, how):
    folder = late_class / "submitted" / "ada" / CHAPTER
    said = {
        "student gone": "its folder is gone from submitted/",
        "renamed": "hw.ipynb is none of",
        "chapter gone": f"there is no folder {CHAPTER}/ in it",
        "a file": "not a folder",
    }[how]
    if how == "renamed":
        (folder / f"{ONE}.ipynb").rename(folder / "hw.ipynb")
    else:
        shutil.rmtree(folder if how == "chapter gone" else folder.parent)
    if how == "a file":
        folder.parent.write_text("")
    with gradebook(late_class) as book:
        book.find_grade("relu_max", ONE, CHAPTER, "ada").manual_score = 0.25
        book.db.commit()
    secret = (late_class / "feedback" / "ada" / CHAPTER / "submission_secret.txt").read_text()
    for due, points in ((DUE + timedelta(days=5), 1.25), (None, 1.25), (DUE, 0)):
        run = Run(late_class, executor=Here(), due=due)
        assert (run.outcomes["ada"].reason, agreed(late_class, run, "ada")) == ("", points)
        assert (
            said in run.outcomes["ada"].notes[0] and "the gradebook's marks" in run.outcomes["ada"].notes[0]
        )
    assert (late_class / "feedback" / "ada" / CHAPTER / "submission_secret.txt").read_text() == secret
    assert [float(total) for total in read_class(late_class, CHAPTER).totals] == [0, 1]
    shutil.rmtree(late_class / "autograded" / "ada")
    run = Run(late_class, executor=Here(), due=DUE + timedelta(days=5))
    assert (run.outcomes["ada"].points, run.outcomes["ada"].failed) == (1.25, False)
    assert "pages say what they said before: autograded/ada/" in run.outcomes["ada"].notes[-1]


def test_time_that_is_taken_back_is_gone_and_one_that_the_gradebook_alone_has_stays(late_class):
    collected = late_class / "collected.csv"
    collected.write_text(f"bob,{(DUE + timedelta(days=1)).isoformat()}\n")
    assert followed(late_class, "bob")[0] == 0
    collected.unlink()
    points, bob = followed(late_class, "bob")
    assert (points, bob.submitted) == (1, "2026-11-15T11:00:00+00:00")
    (late_class / "submitted" / "bob" / CHAPTER / "timestamp.txt").unlink()
    assert Run(late_class, executor=Here()).outcomes["bob"].submitted == ""
    with gradebook(late_class) as book:
        book.find_submission(CHAPTER, "bob").timestamp = datetime(2026, 11, 17)
        book.db.commit()
    assert followed(late_class, "bob")[1].submitted == "2026-11-17T00:00:00+00:00"


def test_line_for_somebody_who_is_not_in_the_class_is_named(late_class):
    with gradebook(late_class) as book:
        book.add_student("zoe")
    (late_class / "collected.csv").write_text(
        "".join(f"{who},2026-11-15T11:00Z\n" for who in ("Ada", "zoe", "x"))
    )
    (late_class / "extensions.csv").write_text(f"chapter,student,until\n{CHAPTER},bop,2026-11-15T11:00Z\n")
    assert Run(late_class, executor=Here()).announced[1:] == [
        "collected.csv has a line for Ada, and nobody in the class is called so; is ada meant?",
        "collected.csv has a line for x, and nobody in the class is called so.",
        "extensions.csv has a line for bop, and nobody in the class is called so; is bob meant?",
    ]
    (late_class / "extensions.csv").write_text("chapter,student,until\nactivation,bob,2026-11-15T11:00Z\n")
    with pytest.raises(ClassError, match=r"extensions.csv:2: .*there is no chapter activation"):
        Run(late_class, executor=Here())


def test_roster_has_a_line_for_who_handed_in_nothing(late_class):
    with gradebook(late_class) as book:
        book.add_student("zoe", first_name="Zoe")
        book.add_student("eve")
    run = Run(late_class, executor=Here())
    assert run.order == ["ada", "bob", "eve", "zoe"]
    assert run.outcomes["zoe"].reason == "nothing was handed in"
    assert re.search(r"zoe +│ +- │ +│ nothing was handed in", rendered(run.outcomes.values()))
    assert {row["student_id"]: float(row["score"]) for row in rows(late_class)}["zoe"] == 0
    assert outcome_path(late_class, CHAPTER, "zoe").is_file()
    with gradebook(late_class) as book:
        book.remove_student("eve")
    assert Run(late_class, executor=Here()).order == ["ada", "bob", "zoe"]
    assert not outcome_path(late_class, CHAPTER, "eve").exists()
    submit(late_class, "zoe", answered(relu_if=RIGHT))
    assert Run(late_class, executor=Here()).outcomes["zoe"].points == 1


def test_students_that_are_named_are_graded_and_nobody_else(late_class):
    for student in ("ada", "bob"):
        submit(late_class, student, answered(relu_max=RIGHT_MAX))
    with gradebook(late_class) as book:
        book.add_student("zoe")
    one = Run(late_class, executor=Here(), students=["bob", "zoe"])
    assert (one.graded, one.order) == (["bob"], ["bob", "zoe"])
    with pytest.raises(ClassError, match=r"no folder in .*submitted for carl"):
        grade_class(late_class, students=["carl", "bob"])
    rest = Run(late_class, executor=Here())
    assert (rest.graded, rest.order) == (["ada"], ["ada", "bob", "zoe"])


def test_notebooks_that_nbgrader_graded_since_give_the_same_pages(late_class):
    page = late_class / "feedback" / "bob" / CHAPTER / "index.html"
    before = page.read_text(encoding="utf-8")
    notebook = late_class / "autograded" / "bob" / CHAPTER / f"{ONE}.ipynb"
    graded = nbformat.read(notebook, as_version=4)
    notebook.chmod(0o644)
    nbformat.write(graded, notebook)  # with each text as a list of its lines
    page.unlink()
    assert not any(outcome.failed for outcome in Run(late_class, executor=Here()).outcomes.values())
    assert page.read_text(encoding="utf-8") == before


def test_points_that_lateness_took_stand_wherever_points_do(late_class):
    (page,) = write_reports(late_class)
    assert "off for lateness" in page.read_text(encoding="utf-8")
    tables = {
        name: list(csv.DictReader((page.parent / name).read_text(encoding="utf-8-sig").splitlines()))
        for name in ("students.csv", "needs_a_person.csv")
    }
    taken = {row["student"]: float(row["late_penalty"]) for row in tables["students.csv"]}
    assert taken == {"ada": 2, "bob": 0}
    notes = {row["student"]: row["note"] for row in tables["needs_a_person.csv"]}
    assert notes == {"ada": "1 d, by its own timestamp.txt, 2 off"}
    assert main(["export", str(late_class), "wide"]) == 0
    (wide,) = late_class.glob("marks-*.csv")
    rows = csv.DictReader(wide.read_text(encoding="utf-8-sig").splitlines())
    assert {row["student_id"]: row["late_penalty"] for row in rows} == {"ada": "2.0", "bob": "0.0"}


# Times


def test_date_without_a_time_is_the_end_of_that_day_and_is_echoed(tmp_path, capsys):
    assert read_time("2026-11-15") == datetime(2026, 11, 15, 23, 59, 59).astimezone()
    assert read_time("2026-11-15T12:00+00:00") == DUE
    assert main(["grade", str(tmp_path), "--due", "2026-11-15"]) == 2
    assert "due Sunday, 2026-11-15 23:59:59 (UTC" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text, moment",
    [
        ("2026-11-15 23:59:00 UTC", "2026-11-15T23:59:00+00:00"),
        ("2026-11-15 23:59:00.123456 UTC\n", "2026-11-15T23:59:00.123456+00:00"),
        ("2026-11-15 23:59:00", "2026-11-15T23:59:00+00:00"),
        ("2026-11-16 11:59:00 +0100", "2026-11-16T10:59:00+00:00"),
        ("2026-11-16 11:59:00 -0530", "2026-11-16T17:29:00+00:00"),
        ("2026-11-16 11:59 PM", "2026-11-16T23:59:00+00:00"),
        ("2026-11-16 11:59:00 Europe/Berlin", "2026-11-16T10:59:00+00:00"),
        ("2026-11-16 11:59:00 GMT+1", "2026-11-16T10:59:00+00:00"),
        ("2026-11-16 11:59:00 UTC+01:00", "2026-11-16T10:59:00+00:00"),
        ("2026-11-16 11:59:00 GMT-0500 (Eastern Standard Time)", "2026-11-16T16:59:00+00:00"),
        ("2026-07-01 11:59:00 CEST", "2026-07-01T09:59:00+00:00"),
        ("2026-11-16 11:59 PM Europe/Berlin", "2026-11-16T22:59:00+00:00"),
        ("2026-11-16, 12:05\u202fa.m.", "2026-11-16T00:05:00+00:00"),
        ("20261116T115900Z", "2026-11-16T11:59:00+00:00"),
        ("2026-11-16 23.59", None),
        ("2026-11-16 13:00 PM", None),
        ("2026-11-16 11:59:00 CST", None),
        ("2026-11-16 11:59:00 +2500", None),
        ("2026-11-16 11:59:00 UTC\n2026-11-15 11:59:00 UTC", None),
        ("2026-W46-7 23:59", None),
        ("0001-01-01 00:00:00 +1400", None),
        ("2026-11-16T11:59:00+01:00", "2026-11-16T10:59:00+00:00"),
        ("2026-11-16", None),
        ("12.11.2026 11:59", None),
        ("11:59", None),
        ("2026-11-16 11:59:00 XYZ", None),
        ("", None),
    ],
)
def test_timestamp_is_the_moment_that_is_written_or_none(text, moment):
    if moment is None:
        with pytest.raises(Refused, match="no date and time such as"):
            read_timestamp(text.encode())
    else:
        for encoding in ("utf-8", "utf-8-sig", "utf-16"):  # Windows writes the others
            assert read_timestamp(text.encode(encoding)).isoformat() == moment


@pytest.mark.parametrize(
    "text", ["2026-11-15 23.59", "15.11.2026 23:59", "2026-W46-7 23:59", "2026-11-15 9pm"]
)
def test_time_that_may_be_misread_is_refused_wherever_it_is_given(late_class, capsys, text):
    extension = f"chapter,student,until\n{CHAPTER},bob,{text}\n"
    for file, lines in (("collected.csv", f"bob,{text}\n"), ("extensions.csv", extension)):
        (late_class / file).write_text(lines)
        assert main(["grade", str(late_class)]) == 2
        assert f"{file}:" in capsys.readouterr().err
        (late_class / file).unlink()
    with pytest.raises(SystemExit):
        main(["grade", str(late_class), "--due", text])


def test_late_tells_no_time_known_in_time_and_no_due_date(late_class):
    submit(late_class, "cyd")
    table = rendered(Run(late_class, executor=Here()).outcomes.values())
    assert [re.search(rf"{who} .*", table)[0].split("│")[2].strip() for who in ("ada", "bob", "cyd")] == [
        "1 d *, 2 off",
        "in time *",
        "no time known",
    ]
    (late_class / "gradebook.db").unlink()
    assert rendered(Run(late_class, executor=Here()).outcomes.values()).count("no due date") == 3
