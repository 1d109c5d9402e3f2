"""A term is not once: what changes after grading is followed everywhere, and no student code runs for it."""

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from class_runs import ONE, WRONG, Here, Run, answered, command, gradebook, rendered, submit
from conftest import ROOT
from damaged import RIGHT, RIGHT_MAX

from grader.__main__ import main, read_time
from grader.course import CHAPTER
from grader.grading.classroom import alone, grade_class
from grader.grading.intake.files import Refused
from grader.grading.intake.times import read_timestamp
from grader.grading.records import ClassError, outcome_path
from grader.reporting.table import as_json

DUE = datetime(2026, 11, 15, 12, tzinfo=UTC)
LATE_BY_A_DAY = "2026-11-16 12:00:00 UTC"
ZERO = 'c = get_config()\nc.LateSubmissionPlugin.penalty_method = "zero"\n'
NONE = "c = get_config()\n"
PLUG_IN = 'c = get_config()\nc.AssignLatePenalties.plugin_class = "late.SubMarks"\n'
LATE_PY = """
from nbgrader.plugins import BasePlugin

class SubMarks(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        {body}
"""


# Marks follow the gradebook


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


@pytest.fixture
def late_class(tmp_path, confined):
    """Ada handed in both answers a day late, Bob one of them in time; both are graded once, for nothing."""
    submit(tmp_path, "ada", answered(relu_if=RIGHT, relu_max=RIGHT_MAX))
    submit(tmp_path, "bob", answered(relu_if=RIGHT))
    (tmp_path / "submitted" / "ada" / CHAPTER / "timestamp.txt").write_text(LATE_BY_A_DAY)
    (tmp_path / "submitted" / "bob" / CHAPTER / "timestamp.txt").write_text("2026-11-15 11:00:00 UTC")
    (tmp_path / "nbgrader_config.py").write_text(ZERO)
    run = Run(tmp_path, executor=Here(), due=DUE)
    assert (agreed(tmp_path, run, "ada"), agreed(tmp_path, run, "bob")) == (0, 1)
    return tmp_path


def followed(course, student="ada", **options):
    """The points after another run, which must not have graded anything."""
    run = Run(course, executor=Here(), **options)
    assert (run.began, run.graded) == ([(0, 2)], [])
    return agreed(course, run, student), run.outcomes[student]


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
    config.write_text(NONE)
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
        assert read_timestamp(text.encode()).isoformat() == moment


def test_late_tells_no_time_known_in_time_and_no_due_date(late_class):
    submit(late_class, "cyd")
    table = rendered(Run(late_class, executor=Here()).outcomes.values())
    assert [re.search(rf"{who} .*", table)[0].split("│")[2].strip() for who in ("ada", "bob", "cyd")] == [
        "1 d *",
        "in time *",
        "no time known",
    ]
    (late_class / "gradebook.db").unlink()
    assert rendered(Run(late_class, executor=Here()).outcomes.values()).count("no due date") == 3


# The instructor's own code


@pytest.mark.parametrize(
    "config, late, place, said",
    [
        ("c = get_config(\n", None, "nbgrader_config.py:1", "SyntaxError: '(' was never closed"),
        ("\nimport not_there\n", None, "nbgrader_config.py:2", "No module named 'not_there'"),
        ("import sys\nsys.exit(3)\n", None, "nbgrader_config.py:2", "SystemExit: 3"),
        (ZERO.replace("zero", "most"), None, "nbgrader_config.py:2", "expected any of"),
        (PLUG_IN, None, "nbgrader_config.py:2", "could not be imported"),
        (PLUG_IN, "\nimport not_there\n", "late.py:2", "No module named 'not_there'"),
        (PLUG_IN, "x = (\n", "late.py:1", "SyntaxError"),
        (PLUG_IN, "class SubMarks: pass\n", "nbgrader_config.py:2", "expected a subclass"),
    ],
)
def test_config_or_plug_in_that_fails_is_one_line_before_anything_is_graded(
    tmp_path, capsys, config, late, place, said
):
    submit(tmp_path, "ada")
    (tmp_path / "nbgrader_config.py").write_text(config)
    if late is not None:
        (tmp_path / "late.py").write_text(late)
    assert main(["grade", str(tmp_path)]) == 2
    *_, last = capsys.readouterr().err.strip().split("\n")
    assert last.startswith(f"{tmp_path}/{place}: ") and said in last
    assert not (tmp_path / "gradebook.db").exists() and not (tmp_path / "autograded").exists()


@pytest.mark.parametrize(
    "body, said",
    [
        ("return 1 / (student_id != 'ada')", "late.py:6: ZeroDivisionError: division by zero"),
        ("return 'x' if student_id == 'ada' else 0", "late.py:5: ValueError: could not convert"),
        ("return float('nan') if student_id == 'ada' else 0", "late.py:5: ValueError: it asks for nan"),
        ("import sys; sys.exit(student_id)", "late.py:6: SystemExit: ada"),
    ],
)
def test_plug_in_that_fails_for_one_student_costs_nobody_else(late_class, body, said):
    (late_class / "submitted" / "bob" / CHAPTER / "timestamp.txt").write_text(LATE_BY_A_DAY)
    (late_class / "late.py").write_text(LATE_PY.format(body=body))
    (late_class / "nbgrader_config.py").write_text(PLUG_IN)
    run = Run(late_class, executor=Here())
    assert said in run.outcomes["ada"].penalty_error
    if "exit" not in body:
        assert not run.outcomes["bob"].penalty_error
    assert (agreed(late_class, run, "ada"), run.outcomes["ada"].failed) == (2, False)
    assert said in rendered([run.outcomes["ada"]])


def test_plug_in_is_found_from_whatever_directory_and_its_modules_are_its_class_s_own(
    late_class, tmp_path_factory
):
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(late_class / "submitted", other / "submitted")
    for course, half in ((late_class, 2), (other, 4)):
        (course / "late.py").write_text("import halves\n" + LATE_PY.format(body="return score / halves.HALF"))
        (course / "halves.py").write_text(f"print('loaded')\nHALF = {half}\n")
        (course / "nbgrader_config.py").write_text(PLUG_IN)
    assert Run(late_class, executor=Here()).outcomes["ada"].points == 1
    assert Run(other, executor=Here(), due=DUE).outcomes["ada"].points == 1.5
    assert not {"late", "halves"} & set(sys.modules)


# Text and CSV out


def test_csv_is_valid_whatever_a_name_holds_and_no_cell_is_a_formula(late_class):
    with gradebook(late_class) as book:
        book.update_or_create_student(
            "ada", last_name='Lovelace, "Countess"\nof', first_name="=1+1", email="@SUM(A1)"
        )
        book.update_or_create_student("bob", last_name="-2+3", first_name="+4", email="\t=5")
    Run(late_class, executor=Here())
    text = (late_class / "grades.csv").read_bytes().decode("utf-8")
    ada, bob = csv.DictReader(io.StringIO(text, newline=""))
    assert ada["last_name"] == 'Lovelace, "Countess"\nof'
    assert [ada["first_name"], ada["email"]] == ["'=1+1", "'@SUM(A1)"]
    assert [bob["last_name"], bob["first_name"], bob["email"]] == ["'-2+3", "'+4", "'\t=5"]
    assert [float(row["score"]) for row in (ada, bob)] == [0, 1]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_console_of_any_encoding_shows_the_table_and_never_fails(late_class, encoding):
    submit(late_class, "李雷", answered(relu_if=RIGHT))
    Run(late_class, executor=Here())
    result = subprocess.run(
        [sys.executable, "-m", "grader", "grade", late_class],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": encoding, "COLUMNS": "120"},
        capture_output=True,
        timeout=300,
    )
    assert result.returncode == 0, result.stderr
    text = result.stdout.decode(encoding)
    assert "ada" in text and ("李雷" in text or r"\u674e\u96f7" in text)


def test_messages_are_shown_as_they_stand(tmp_path, capsys):
    submit(tmp_path, "ada")
    lines = ["student,time", *(f"s{i},2026-11-15T23:59+00:00" for i in range(98)), "ada;[/bold]"]
    (tmp_path / "collected.csv").write_text("\n".join(lines))
    assert main(["grade", str(tmp_path)]) == 2
    assert "collected.csv:100: this line is not" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["grade", str(tmp_path), "--due", "[/bold]"])


# Names and paths


@pytest.mark.parametrize(
    "name", ["CS 101", "CS%20101", "what?", "a#b", "it's", 'say "x"', "a?mode=ro&b", "é ü"]
)
def test_class_directory_may_be_called_anything(tmp_path, confined, name):
    if name == "CS%20101":
        Run(new_class(tmp_path / "CS 101", "ada"), executor=Here())
    course = new_class(tmp_path / name, "zoe")
    run = Run(course, executor=Here())
    assert agreed(course, run, "zoe") == 1
    assert [row["student_id"] for row in rows(course)] == ["zoe"]
    assert {path.name for path in tmp_path.iterdir()} <= {name, "CS 101"}


def new_class(course, *students):
    for student in students:
        submit(course, student, answered(relu_if=RIGHT))
    return course


def test_make_takes_a_class_directory_with_anything_in_its_name():
    def said(*arguments):
        return subprocess.run(
            ["make", "-n", "-o", "setup", "grade", *arguments], cwd=ROOT, capture_output=True, text=True
        )

    assert 'grade "$CLASS"' in said("CLASS=/with space/it's").stdout
    refused = said("CLASSDIR=x")
    assert refused.returncode and "CLASS=x" in refused.stderr


# Files as they come


RENAMED = [
    "01_relu_loop (1).ipynb",
    "01_relu_loop-Copy1.ipynb",
    "Copy of 01_relu_loop.ipynb",
    "01_relu_loop copy 2.ipynb",
    "doejane_1_2_01_relu_loop-1.ipynb",
    "ada_01_relu_loop.ipynb",
    "01_relu_loop.IPYNB",
    "01_relu_loop.ipynb.txt",
    "01_relu_loop.ipynb.json",
    "01-relu-loop.ipynb",
]


@pytest.mark.parametrize("name", RENAMED)
def test_renamed_notebook_is_taken_where_only_one_can_be_meant(tmp_path, confined, name):
    submit(tmp_path, "ada", answered(relu_if=RIGHT), name=name)
    run = Run(tmp_path, executor=Here())
    assert agreed(tmp_path, run, "ada") == 1
    assert run.outcomes["ada"].notes == [f"{name} was taken for 01_relu_loop.ipynb."]
    assert f"│ {name} was taken for" in rendered(run.outcomes.values(), 250)
    assert [path.name for path in (tmp_path / "autograded" / "ada" / CHAPTER).iterdir()] == [f"{ONE}.ipynb"]
    assert [path.name for path in (tmp_path / "submitted" / "ada" / CHAPTER).iterdir()] == [name]


def test_two_copies_are_no_guess_and_the_mend_is_the_first_line(tmp_path, confined):
    for name in ("01_relu_loop (1).ipynb", "01_relu_loop (2).ipynb"):
        submit(tmp_path, "ada", name=name)
    submit(tmp_path, "ada", lesson="02_relu_numpy")
    outcome = Run(tmp_path, executor=Here()).outcomes["ada"]
    assert outcome.lessons[ONE].state == "missing"
    first = re.search(r"ada +│[^│]+│[^│]+│ ([^│]+)│", rendered([outcome], 250))[1]
    assert first.startswith("01_relu_loop (1).ipynb and 01_relu_loop (2).ipynb: which is to be graded is not")


@pytest.mark.parametrize("where", ["activations", "activations/activations", "week 3"])
def test_notebooks_too_deep_are_named_with_the_mend_and_stay(tmp_path, where):
    path = submit(tmp_path, "ada")
    deep = path.parent / where / path.name
    deep.parent.mkdir(parents=True)
    path.rename(deep)
    outcome = Run(tmp_path, executor=Here()).outcomes["ada"]
    assert outcome.reason == "no notebook of the chapter in it"
    assert outcome.notes == [
        f"{ONE}.ipynb in the folder {where}/ was not used: "
        f"move it to submitted/ada/{CHAPTER}/ and grade again."
    ]
    assert deep.is_file() and not (tmp_path / "set-aside").exists()
    deep.rename(path)
    assert Run(tmp_path, executor=Here()).outcomes["ada"].points == 2


def test_folder_that_holds_more_than_files_is_still_set_aside(tmp_path):
    path = submit(tmp_path, "ada")
    (path.parent / "deep").mkdir()
    shutil.copy(path, path.parent / "deep")
    (path.parent / "deep" / "link").symlink_to("/etc/passwd")
    Run(tmp_path, executor=Here())
    assert (tmp_path / "set-aside" / "ada" / CHAPTER / "deep").is_dir()
    assert not (path.parent / "deep").exists()


@pytest.mark.parametrize(
    "where, said",
    [
        ("submitted/ada.zip", "not a folder: unpack it and put its notebooks into submitted/<student>/{0}/"),
        (
            "submitted/ada/hand in.zip",
            "hand in.zip lies in submitted/ada/: unpack it into submitted/ada/{0}/",
        ),
        ("submitted/ada/{0}/all.tar.gz", "all.tar.gz was not opened: unpack it into submitted/ada/{0}/"),
        (
            "submitted/ada/x/{0}/01_relu_loop.ipynb",
            "the notebooks lie in submitted/ada/x/{0}/: move them into",
        ),
        ("submitted/ada/01_relu_loop (1).ipynb", "the notebooks lie in submitted/ada/: move them into its"),
    ],
)
def test_packed_and_misplaced_notebooks_are_named_with_the_mend_and_stay(tmp_path, where, said):
    path = tmp_path / where.format(CHAPTER)
    path.parent.mkdir(parents=True)
    with open(path, "wb") as file:
        file.truncate(60_000_000)
    (outcome,) = Run(tmp_path, executor=Here()).outcomes.values()
    assert any(line.startswith(said.format(CHAPTER)) for line in [outcome.reason, *outcome.notes])
    assert path.is_file() and not (tmp_path / "set-aside").exists()


def test_class_that_hands_in_lesson_by_lesson_has_one_line_for_what_is_missing(tmp_path, confined):
    submit(tmp_path, "ada", answered(relu_if=WRONG, relu_max=RIGHT_MAX))
    table = rendered(Run(tmp_path, executor=Here()).outcomes.values(), 250)
    assert table.count("missing") == 1
    assert table.index("relu_if: ") < table.index("missing: 02_relu_numpy, 03_dense_layer")


# Options, stopping, two runs


@pytest.mark.parametrize("option", ["--workers", "--seconds"])
@pytest.mark.parametrize("number", ["0", "-3", "1.5", "many", "", "٣", "1" * 9])
def test_number_that_is_none_is_refused(tmp_path, capsys, option, number):
    with pytest.raises(SystemExit) as refused:
        main(["grade", str(tmp_path), f"{option}={number}"])
    assert refused.value.code == 2
    assert "is no whole number from 1 on" in capsys.readouterr().err


@pytest.mark.parametrize("presses", [1, 3])
def test_ctrl_c_returns_at_once_and_never_with_a_traceback(tmp_path, confined, presses):
    for student in ("ada", "bob", "cyd"):
        submit(tmp_path, student, answered(relu_if=RIGHT + "\nimport time\ntime.sleep(50)"))
    run = subprocess.Popen(
        [sys.executable, "-m", "grader", "grade", tmp_path, "--seconds", "60"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in run.stderr:
        if "submissions to grade" in line:
            break
    time.sleep(4)  # the cells sleep by now
    pressed = time.monotonic()
    for _ in range(presses):
        run.send_signal(signal.SIGINT)
        time.sleep(0.05)
    error = run.communicate(timeout=40)[1]
    took = time.monotonic() - pressed
    assert run.returncode == 130 and "Traceback" not in error and "start again" in error, error
    assert took < 10, took  # two seconds where nothing else runs; they sleep for fifty


def test_second_run_on_one_class_says_so_and_stops(tmp_path):
    submit(tmp_path, "ada")
    with alone(tmp_path):
        result = command("grade", tmp_path)
    assert result.returncode == 2 and "Another run is grading" in result.stderr
    assert "Traceback" not in result.stderr
