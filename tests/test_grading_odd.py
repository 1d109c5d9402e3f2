"""Folders and notebooks as they should not be: each gets a reason, those beside them their marks."""

import json
import os
import re
import shutil

import pytest
from class_runs import (
    ONE,
    WORTH,
    Here,
    Run,
    answered,
    marks,
    rendered,
    submit,
    verdicts,
)
from damaged import RIGHT, RIGHT_MAX, cell, good
from nbgrader.api import MissingEntry
from taking_in import posix

from grader.course import CHAPTER, LESSONS
from grader.course.places import RELEASE

HONEST = {"anna": 2, "Bärbel Öz-Müller 2": 2, "ödön": 1, "x.y_z+1@uni-ulm.de": 1}

UNGRADED = {  # student: why there are no marks
    "no_folder": rf"there is no folder {CHAPTER}/ in it",
    "empty_folder": r"no notebook of the chapter in it",
    "wrong_place": rf"lie in submitted/wrong_place/: move them into its folder {CHAPTER}/",
    "class list.csv": rf"not a folder: put notebooks into submitted/<student>/{CHAPTER}/",
    "my_own_name": r"mine\.ipynb is none of 01_relu_loop\.ipynb",
    "folder_for_notebook": r"no notebook of the chapter",
    "*": r"name cannot be a student's id",
    "-rf": r"name cannot be a student's id",
    "[a-z]": r"name cannot be a student's id",
    " anna": r"name cannot be a student's id",
    "who?": r"name cannot be a student's id",
    "\x1b[2J\nanna": r"name cannot be a student's id",
    "caf\\udce9": r"name cannot be a student's id",
    "linked_student": r"not a folder",
    "linked_folder": rf"there is no folder {CHAPTER}/ in it",
    "linked_notebook": r"no notebook of the chapter",
    "dangling": r"no notebook of the chapter",
    "pipe": r"no notebook of the chapter",
}

NOTED = {  # student: points, and what is said about a file that was not used
    "renamed": (1, r"^01_relu_loop \(1\)\.ipynb was taken for 01_relu_loop\.ipynb\.$"),
    "renamed_beside": (1, r"01_relu_loop \(1\)\.ipynb was not used, 01_relu_loop.ipynb was; rename it"),
    "renamed_other": (1, r"04_softmax.ipynb is no .*; if it is lesson 04_softmax_sample, rename it to"),
    "linked_data": (1, r"data\.csv was not used: it is a link"),
    "piped_data": (1, r"data\.csv was not used: it is not a regular file"),
    "piped_rubbish": (1, ""),
    "hard_link": (0, r"01_relu_loop\.ipynb was not used: it is one file with one elsewhere, a hard link"),
    "junk_timestamp": (1, r"timestamp\.txt was not used: it holds no date and time"),
}

REFUSED = {  # student: what is said about a notebook that was not used
    "folder_for_notebook": "it is a folder",
    "linked_notebook": "a link to another file",
    "dangling": "a link to another file",
    "pipe": "not a regular file",
}

DEADLY = {  # student: the answer cell of relu_max, where that of relu_if is right
    "dies_at_once": "import os\nos._exit(0)\n" + RIGHT_MAX,
    "dies_when_called": "import os\ndef relu_max(inputs):\n    os._exit(9)",
    "leaves": RIGHT_MAX + "\nexit()",
    "swallows": RIGHT_MAX + "\nwhile True:\n    try:\n        while True: pass\n"
    "    except KeyboardInterrupt: pass",
    "ignores": RIGHT_MAX + "\nimport signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
    "prints_at_once": RIGHT_MAX + "\nprint('x' * 50_000_000)",
    "prints_for_ever": RIGHT_MAX + "\nwhile True:\n    print('still here')",
    "fails_at_the_end": RIGHT_MAX + "\nprint(relu_max([1, 2]))\n1 / 0",
    "calls_itself": RIGHT_MAX + "\ndef again():\n    return again()\nagain()",
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory, confined):
    """A class of honest, odd, damaged and deadly submissions after one run: where it lies, and the run."""
    course = tmp_path_factory.mktemp("odd")
    submitted = course / "submitted"
    half = answered(relu_if=RIGHT)
    for student, points in HONEST.items():
        submit(course, student, good() if points == 2 else half)
    for student in NOTED:
        submit(course, student, half)
    for student, text in DEADLY.items():
        submit(course, student, answered(relu_if=RIGHT, relu_max=text))
    for student in ("*", "-rf", "[a-z]", " anna", "who?", ".git", "\x1b[2J\nanna", os.fsdecode(b"caf\xe9")):
        submit(course, student)

    for student in UNGRADED:
        if student not in ("class list.csv", "linked_student", "caf\\udce9"):
            submitted.joinpath(student).mkdir(exist_ok=True)
        if student not in (
            "class list.csv",
            "linked_student",
            "caf\\udce9",
            "linked_folder",
            "no_folder",
            "wrong_place",
        ):
            submitted.joinpath(student, CHAPTER).mkdir(exist_ok=True)
    shutil.copy(RELEASE / f"{ONE}.ipynb", submitted / "wrong_place")
    submitted.joinpath("class list.csv").write_text("anna\n")
    submit(course, "my_own_name", name="mine.ipynb")

    def notebook(student):
        return submitted / student / CHAPTER / f"{ONE}.ipynb"

    notebook("folder_for_notebook").mkdir()
    submitted.joinpath("linked_student").symlink_to(submitted / "anna")
    submitted.joinpath("linked_folder", CHAPTER).symlink_to(submitted / "anna" / CHAPTER)
    notebook("linked_notebook").symlink_to(notebook("anna"))
    notebook("dangling").symlink_to(course / "nowhere.ipynb")
    os.mkfifo(notebook("pipe"))
    notebook("hard_link").unlink()
    os.link(submit(course.parent, "elsewhere"), notebook("hard_link"))

    notebook("renamed").rename(notebook("renamed").with_name(f"{ONE} (1).ipynb"))
    submit(course, "renamed_beside", name=f"{ONE} (1).ipynb")
    submit(course, "renamed_other", name="04_softmax.ipynb")
    notebook("linked_data").with_name("data.csv").symlink_to(course / "gradebook.db")
    os.mkfifo(notebook("piped_data").with_name("data.csv"))
    os.mkfifo(notebook("piped_rubbish").with_name(".DS_Store"))
    notebook("junk_timestamp").with_name("timestamp.txt").write_text("the day before yesterday")

    for place_of_rubbish in (submitted, submitted / "anna", submitted / "anna" / CHAPTER):
        place_of_rubbish.joinpath(".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    checkpoints = notebook("anna").with_name(".ipynb_checkpoints")
    checkpoints.mkdir()
    shutil.copy(notebook("dies_at_once"), checkpoints / f"{ONE}-checkpoint.ipynb")
    notebook("anna").with_name("measured.csv").write_text("1,2\n")
    return course, Run(course)


@posix
def test_every_entry_of_the_class_gets_one_outcome(odd):
    _, run = odd
    assert run.order == sorted([*HONEST, *UNGRADED, *NOTED, *DEADLY])
    assert sorted(run.graded) == run.order
    assert not [outcome for outcome in run.outcomes.values() if outcome.failed]


@posix
@pytest.mark.parametrize("student, points", HONEST.items())
def test_honest_neighbours_keep_their_marks(odd, student, points):
    course, run = odd
    outcome = run.outcomes[student]
    notes = ["beside the notebooks while they ran: measured.csv."] if student == "anna" else []
    assert (outcome.points, outcome.reason, outcome.notes) == (points, "", notes)
    assert marks(course, student, ONE) == {"relu_if": 1, "relu_max": points - 1}
    assert outcome.lessons[ONE].state == "graded" and not outcome.lessons[ONE].notes
    assert {name for name, lesson in outcome.lessons.items() if lesson.state == "missing"} == set(LESSONS[1:])
    assert (course / "feedback" / student / CHAPTER / f"{ONE}.html").is_file()


@posix
@pytest.mark.parametrize("student", UNGRADED)
def test_submission_that_cannot_be_graded_gets_a_reason_and_no_marks(odd, student):
    course, run = odd
    outcome = run.outcomes[student]
    assert re.search(UNGRADED[student], outcome.reason)
    assert (outcome.points, outcome.max_points, outcome.lessons) == (0, WORTH, {})
    with pytest.raises((MissingEntry, UnicodeEncodeError)):
        marks(course, student)
    assert not (course / "autograded" / student).exists()


@posix
@pytest.mark.parametrize("student", REFUSED)
def test_what_is_no_plain_notebook_is_named_and_stays_where_it_lies(odd, student):
    course, run = odd
    assert [
        n
        for n in run.outcomes[student].notes
        if n.startswith(f"{ONE}.ipynb was not used: ") and REFUSED[student] in n
    ]
    assert os.path.lexists(course / "submitted" / student / CHAPTER / f"{ONE}.ipynb")


@posix
@pytest.mark.parametrize("student", NOTED)
def test_odd_file_beside_a_good_notebook_costs_nothing_and_is_named(odd, student):
    course, run = odd
    points, note = NOTED[student]
    outcome = run.outcomes[student]
    assert (outcome.points, outcome.reason, outcome.seconds_late) == (points, "", 0)
    assert [re.search(note, said) for said in outcome.notes] == [True] * bool(note) or (
        len(outcome.notes) == 1 and re.search(note, outcome.notes[0])
    )
    copied = {path.name for path in (course / "autograded" / student / CHAPTER).iterdir()}
    assert not copied & {"data.csv", ".DS_Store", "timestamp.txt"}


@posix
def test_links_and_pipes_of_one_student_leave_the_files_of_another(odd):
    course, _ = odd
    assert {p.name for p in (course / "submitted" / "anna" / CHAPTER).iterdir()} >= {
        f"{ONE}.ipynb",
        "measured.csv",
    }
    assert not (course / "set-aside").exists()


@posix
@pytest.mark.parametrize(
    "student, points, said, cell_says",
    [
        ("dies_at_once", 0, "the notebook's kernel died while an earlier cell ran", "KernelDied"),
        ("dies_when_called", 0, "the notebook's kernel died while it ran", ""),
        ("ignores", 0, "an earlier cell did not end, and could not be interrupted", "TimeLimit"),
        ("swallows", None, "an earlier cell did not end, and could not be interrupted", "TimeLimit"),
        ("prints_at_once", None, "It could not be called", ""),
        ("prints_for_ever", None, "It could not be called", ""),
        ("leaves", 1, "", ""),
        ("fails_at_the_end", 1, "", "ZeroDivisionError"),
        ("calls_itself", 1, "", "RecursionError or TimeLimit"),
    ],
)
def test_deadly_cell_costs_at_most_what_comes_after_it(odd, student, points, said, cell_says):
    """Where `points` is None it depends on the machine whether the kernel can be kept."""
    course, run = odd
    relu_if, relu_max = marks(course, student, ONE).values()
    assert relu_if == 1
    assert relu_max == points if points is not None else relu_max in (0, 1)
    verdict = verdicts(run.outcomes[student])["relu_max"]
    if relu_max == 0:
        assert verdict.findings[0].id == "kernel-lost"
        assert said in verdict.findings[0].why
    path = course / "autograded" / student / CHAPTER / f"{ONE}.ipynb"
    assert path.stat().st_size < 2_000_000
    outputs = cell(json.loads(path.read_text(encoding="utf-8")), "relu_max-answer")["outputs"]
    errors = [output["ename"] for output in outputs if output["output_type"] == "error"]
    assert set(errors) & set(cell_says.split(" or ")) or not cell_says


@posix
def test_second_run_over_the_odd_class_grades_nothing_and_says_the_same(odd):
    course, run = odd
    again = Run(course, executor=Here())
    assert again.began == [(0, len(run.order))]
    assert again.outcomes == run.outcomes


@posix
def test_table_of_the_odd_class_shows_everyone_and_obeys_no_name(odd):
    _, run = odd
    table = rendered(run.outcomes.values())
    table.encode()
    assert "\x1b" not in table
    for student in [*HONEST, *NOTED, *DEADLY, "no_folder", "?[2J anna", r"caf\udce9"]:
        assert student in table
    assert f"{len(run.order) - len(UNGRADED)} of {len(run.order)} submissions have marks" in table
