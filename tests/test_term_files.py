"""Names, paths and files as they come from a class."""

import os
import re
import subprocess
import sys
import unicodedata

import pytest
from class_runs import ONE, WRONG, Here, Run, answered, command, rendered, submit
from conftest import ROOT
from damaged import RIGHT, RIGHT_MAX
from term import agreed, rows

from grader.course import CHAPTER
from grader.exchange.enter import enter_roster
from grader.grading.records import ClassError
from grader.reporting.data import read_outcomes

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


def test_student_whose_id_fills_a_name_is_graded_among_the_others(tmp_path, confined):
    long = "李" * 85  # 255 bytes
    run = Run(new_class(tmp_path, long, "n" * 100, "x" * 250, "ada"), executor=Here())
    assert {name: outcome.points for name, outcome in run.outcomes.items()} == {
        long: 1,
        "n" * 100: 1,
        "x" * 250: 0,
        "ada": 1,
    }
    assert {outcome.student for outcome in read_outcomes(tmp_path, CHAPTER)} == {*run.order}
    assert Run(tmp_path, executor=Here()).graded == []


def test_class_directory_that_lies_too_deep_for_its_gradebook_is_told_so(tmp_path, confined):
    course = tmp_path.joinpath(*["d" * 90] * 6)
    with pytest.raises(ClassError, match="fewer than 500 characters: SQLite opens no longer one"):
        Run(new_class(course, "ada"), executor=Here())


def new_class(course, *students):
    for student in students:
        submit(course, student, answered(relu_if=RIGHT))
    return course


@pytest.mark.parametrize("task", ["grade", "desk"])
def test_make_takes_a_class_directory_with_anything_in_its_name(task):
    def said(*arguments):
        return subprocess.run(
            ["make", "-n", "-o", "setup", task, *arguments], cwd=ROOT, capture_output=True, text=True
        )

    assert f'grader {task} "$CLASS"' in said('CLASS=/with space/it\'s "x"').stdout
    if task == "grade":
        assert 'grade "$CLASS" --due "$DUE"' in said("CLASS=x", "DUE=2026-11-30 23:59").stdout
    refused = said("CLASSDIR=x")
    assert refused.returncode and f"make {task} CLASS=x" in refused.stderr


@pytest.mark.parametrize("task", ["grade", "desk"])
@pytest.mark.parametrize(
    "name", ["/a b?%#", "it's", 'q"uote', "$HOME x", "$(shell id)", "`id`;&|", "-x", "a\\b", "~"]
)
def test_make_hands_on_the_name_as_it_stands(tmp_path, task, name):
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\nprintf "<%s>" "$@"\n')
    python.chmod(0o755)
    command = ["make", "-s", "-o", "setup", task, f"BIN={tmp_path}", f"CLASS={name}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == f"<-m><grader><{task}><{name}>", done.stderr


@pytest.mark.parametrize("folder, known", [("NFD", "NFC"), ("NFC", "NFD"), ("NFD", "NFD")])
def test_student_whose_name_two_systems_write_differently_is_one(tmp_path, confined, folder, known):
    folder, known = unicodedata.normalize(folder, "Jörg Ngọc"), unicodedata.normalize(known, "Jörg Ngọc")
    submit(tmp_path, folder, answered(relu_if=RIGHT))
    (tmp_path / "submitted" / folder / CHAPTER / "submission_secret.txt").write_text("s3cret")
    roster = tmp_path / "class.csv"
    roster.write_text(f"id,first_name\n{known},Jörg\n", encoding="utf-8")
    enter_roster(tmp_path, roster)
    run = Run(tmp_path, executor=Here(), students=[known])
    name = unicodedata.normalize("NFC", known)
    assert run.order == [row["student_id"] for row in rows(tmp_path)] == [name]
    assert agreed(tmp_path, run, name) == 1
    feedback = tmp_path / "feedback" / name / CHAPTER
    assert (feedback / "submission_secret.txt").read_text() == "s3cret"
    assert [outcome.student for outcome in read_outcomes(tmp_path, CHAPTER)] == [name]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_folder_whose_name_is_no_text_costs_nobody_else(tmp_path, confined):
    submit(tmp_path, "ada", answered(relu_if=RIGHT))
    os.makedirs(os.fsencode(tmp_path) + b"/submitted/caf\xe9")
    for _ in range(2):
        result = command("grade", tmp_path)
        assert result.returncode == 0, result.stderr
        assert re.search(r"caf\\udce9 +│ +- │ +│ the folder's name cannot be a student's id", result.stdout)
    assert [(o.student, o.points) for o in read_outcomes(tmp_path, CHAPTER)] == [
        ("ada", 1),
        ("caf\\udce9", 0),
    ]


def test_two_folders_of_one_name_are_no_guess(tmp_path, confined):
    forms = [unicodedata.normalize(form, "Jörg") for form in ("NFC", "NFD")]
    for form in forms:
        submit(tmp_path, form, answered(relu_if=RIGHT))
    composed, decomposed = map(Run(tmp_path, executor=Here()).outcomes.get, forms)
    assert (composed.points, decomposed.points) == (1, 0)
    assert decomposed.reason.startswith("there is another folder Jörg: ")


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
    "relu_loop.ipynb",
    "Lesson 1 - ReLU loop.ipynb",
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


@pytest.mark.parametrize("where", [CHAPTER, f"{CHAPTER}/{CHAPTER}", "week 3", "a/b/c/d/e"])
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
