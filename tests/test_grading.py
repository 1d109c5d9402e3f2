"""A class is graded: everyone gets the points that were worked out by hand, or a reason; nobody stops it."""

import contextlib
import csv
import dataclasses
import errno
import json
import os
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from class_runs import (
    ONE,
    Here,
    Run,
    answered,
    command,
    gradebook,
    marks,
    rendered,
    submit,
    verdicts,
    words,
)
from conftest import ROOT
from damaged import RIGHT, RIGHT_MAX, cell, good
from nbgrader.api import MissingEntry

from grader.course import CHAPTER, EXERCISES, LESSONS
from grader.course.places import RELEASE
from grader.grading.classroom import grade_class
from grader.grading.intake.submissions import (
    Submission,
    chapter_fingerprint,
    find_submissions,
    fingerprint,
    notes_on_names,
    set_aside,
)
from grader.grading.records import ClassError, LessonOutcome, Outcome
from grader.judging.verdict import Finding, Verdict
from grader.reporting.table import late, what_went_wrong
from tools.make_classroom import CLASS, CLASSROOM, DUE, write_classroom

EXPECTED = {
    row.pop("student"): {name: float(points) for name, points in row.items()}
    for row in csv.DictReader((CLASSROOM / "expected.csv").read_text().splitlines())
}

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and links are made as POSIX makes them")


# The sample class, as it lies in the repository


def test_script_writes_exactly_the_sample_class_that_lies_in_the_tree(tmp_path):
    write_classroom(tmp_path)
    written = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    lying = {p.relative_to(CLASSROOM): p.read_bytes() for p in CLASSROOM.rglob("*") if p.is_file()}
    stale = [str(name) for name in written.keys() | lying.keys() if written.get(name) != lying.get(name)]
    assert not stale, f"run `python -m tools.make_classroom`: {stale[:5]}"


def test_expected_points_cover_every_exercise_and_add_up():
    assert len(EXPECTED) >= 14
    for points in EXPECTED.values():
        assert list(points) == [*EXERCISES, "total"]
        assert sum(points.values()) == 2 * points["total"]
        assert all(0 <= points[name] <= exercise.points for name, exercise in EXERCISES.items())
    totals = [points["total"] for points in EXPECTED.values()]
    assert (min(totals), max(totals)) == (0, 22)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda exercise: exercise.name)
def test_somebody_gets_each_exercise_right_and_several_get_it_wrong(exercise):
    points = [EXPECTED[student.name][exercise.name] for student in CLASS if exercise.name in student.answers]
    assert exercise.points in points
    assert sum(p < exercise.points for p in points) > 1


def test_makefile_grades_the_class_with_the_due_date_that_is_tested():
    assert f"DUE ?= {DUE}\n" in (ROOT / "Makefile").read_text()


# The sample class, graded


@pytest.fixture(scope="module")
def sample(tmp_path_factory, confined):
    """The sample class after one run: where it lies, and the run."""
    course = tmp_path_factory.mktemp("sample")
    shutil.copytree(CLASSROOM / "submitted", course / "submitted")
    return course, Run(course, due=datetime.fromisoformat(DUE))


@pytest.mark.parametrize("student", EXPECTED)
def test_gradebook_holds_the_expected_points_of_every_exercise(sample, student):
    course, run = sample
    expected = EXPECTED[student].copy()
    total = expected.pop("total")
    assert marks(course, student) == expected
    outcome = run.outcomes[student]
    assert (outcome.points, outcome.max_points, outcome.failed, outcome.reason) == (total, 22, False, "")
    assert sum(lesson.points for lesson in outcome.lessons.values()) == total
    told = {name: verdict.points for name, verdict in verdicts(outcome).items()}
    assert expected | told == expected
    lost = {lesson for lesson, how in outcome.lessons.items() if how.state != "graded"}
    assert lost == set(next(s for s in CLASS if s.name == student).lost)
    assert {e.lesson for e in EXERCISES.values() if e.name not in told} <= lost


def test_every_submission_is_graded_once_and_listed_in_order(sample):
    _, run = sample
    assert run.began == [(len(CLASS), 0)]
    assert sorted(run.graded) == run.order == sorted(student.name for student in CLASS)
    assert len(run.announced) == 1 and run.announced[0].startswith("Sandbox: ")


def test_only_the_late_student_is_late(sample):
    _, run = sample
    assert {name: outcome.seconds_late for name, outcome in run.outcomes.items() if outcome.seconds_late} == {
        "katya": (2 * 24 + 3) * 3600
    }


@pytest.mark.parametrize("student", CLASS, ids=lambda student: student.name)
def test_graded_notebooks_and_feedback_lie_where_nbgrader_puts_them(sample, student):
    course, _ = sample
    handed_in = {path.stem for path in (course / "submitted" / student.name / CHAPTER).glob("*.ipynb")}
    assert handed_in
    assert {p.stem for p in (course / "autograded" / student.name / CHAPTER).glob("*.ipynb")} == handed_in
    assert {p.stem for p in (course / "feedback" / student.name / CHAPTER).glob("*.html")} == handed_in


def test_grades_csv_has_everyone(sample):
    course, _ = sample
    rows = list(csv.DictReader((course / "grades.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["student_id"]: float(row["score"]) for row in rows} == {
        student: points["total"] for student, points in EXPECTED.items()
    }
    assert {(row["assignment"], float(row["max_score"])) for row in rows} == {(CHAPTER, 22)}


@pytest.mark.parametrize("student", EXPECTED)
def test_feedback_says_what_every_card_says(sample, student):
    course, run = sample
    for lesson, outcome in run.outcomes[student].lessons.items():
        if outcome.state == "missing":
            continue
        page = (course / "feedback" / student / CHAPTER / f"{lesson}.html").read_text(encoding="utf-8")
        text = words(page)
        for note in outcome.notes:
            assert words(note.replace("<", "&lt;")) in text
        for verdict in outcome.verdicts:
            said = [
                verdict.reward,
                *(
                    f
                    for finding in verdict.findings
                    for f in (finding.title, finding.why, finding.hint, finding.code)
                ),
            ]
            missing = [s for s in said if "".join(s.replace("`", "").split()) not in text]
            assert not missing, (lesson, verdict.exercise)


def test_no_script_of_a_student_is_alive_in_the_feedback(sample):
    course, _ = sample
    page = (course / "feedback" / "oskar" / CHAPTER / "06_softmax_overflow.html").read_text(encoding="utf-8")
    assert 'document.title = "22 / 22"' in page or "document.title" in page
    assert not re.search(r"<script>\s*document\.title", page)


ODD_ONES = {
    "amir": ["relu_max: relu_max did not come to an end", "layer_dense: The weights have the shape"],
    "dunja": ["not written: " + ", ".join(EXERCISES)],
    "emre": ["keepdims=True is missing"],
    "fatima": ["The result is right, but the list you were given is changed"],
    "giulia": ["relu_if: relu_if prints its result, but returns None.", "does not store it"],
    "hiro": ["nan where the inputs are large", "The number e is typed with too few digits."],
    "ingrid": ["samples stand in columns", "columns sum to 1; the rows should"],
    "jonas": ["The numbers are rounded.", "The fractions are cut off."],
    "katya": [
        "The zeros are missing.",
        "np.max stands where np.maximum is meant.",
        "np.zeros was called with two numbers",
    ],
    "luis": ["missing: 06_softmax_overflow", "Everything was divided by one sum over the whole batch."],
    "mei": [r"05_softmax_batch unreadable: This file could not be read: it is not valid JSON .*cut off"],
    "noor": [
        "The check cell of relu_numpy had been changed",
        "The check cell of activation_relu was missing",
        r"settings of the cell layer_dense had been changed \(points\)",
        "Cells had been moved",
        "The answer cell of softmax_batch is there 2 times",
        "The check cell of softmax_batch is there 2 times",
        "The answer cell of shift_rows had been turned into a raw cell",
    ],
    "oskar": ["normalize: The cell stopped with ModuleNotFoundError"],
    "priya": [
        "layer_dense: The cell stopped with SyntaxError",
        "row_sums stopped with SystemExit",
        "There is no normalize, but there is normalise.",
        "There is no Activation_Softmax, but there is Activation_SoftMax.",
    ],
}


@pytest.mark.parametrize("student", EXPECTED)
def test_instructor_is_told_what_went_wrong(sample, student):
    _, run = sample
    lines = what_went_wrong(run.outcomes[student])
    for pattern in ODD_ONES.get(student, []):
        assert any(re.search(pattern, line) for line in lines), (pattern, lines)
    assert bool(lines) == (student in ODD_ONES)


def test_second_run_by_command_grades_nothing_and_shows_the_same_table(sample):
    course, run = sample
    result = command("grade", course)
    assert result.returncode == 0, result.stderr
    assert f"0 submissions to grade, {len(CLASS)} unchanged" in result.stderr
    for student, points in EXPECTED.items():
        assert re.search(rf"{student} +[│|] +{points['total']:g} / 22", result.stdout), result.stdout
    assert "2 d 3 h" in result.stdout
    assert f"{len(CLASS)} of {len(CLASS)} submissions have marks" in result.stdout
    assert "".join(result.stdout.split()) == "".join(rendered(run.outcomes.values(), 150).split())


# A small class, graded again and again


def test_only_what_is_new_or_changed_is_graded_again_and_points_given_by_hand_stay(tmp_path, confined):
    paths = {student: submit(tmp_path, student, answered(relu_if=RIGHT)) for student in ("ada", "bob")}
    first = Run(tmp_path, executor=Here())
    assert (first.began, sorted(first.graded)) == ([(2, 0)], ["ada", "bob"])
    assert [o.points for o in first.outcomes.values()] == [1, 1]

    os.utime(paths["ada"], (0, 0))
    again = Run(tmp_path, executor=Here())
    assert (again.began, again.graded) == ([(0, 2)], [])
    assert again.outcomes == first.outcomes

    submit(tmp_path, "bob", answered(relu_if=RIGHT, relu_max=RIGHT_MAX))
    changed = command("grade", tmp_path)
    assert changed.returncode == 0, changed.stderr
    assert "1 submissions to grade, 1 unchanged" in changed.stderr
    assert marks(tmp_path, "bob")["relu_max"] == 1
    assert re.search(r"bob +[│|] +2 / 22", changed.stdout)

    (paths["ada"].parent / "timestamp.txt").write_text("2026-11-17 00:00:00 UTC")
    late_one = Run(tmp_path, executor=Here(), due=datetime.fromisoformat("2026-11-16T00:00+00:00"))
    assert (late_one.graded, late_one.outcomes["ada"].seconds_late) == (["ada"], 86400)

    (tmp_path / "collected.csv").write_text("student,time\nada,2026-11-18T01:00+01:00\n")
    collected = Run(tmp_path, executor=Here())
    assert (collected.graded, collected.outcomes["ada"].seconds_late) == ([], 2 * 86400)
    assert [o.claimed_time for o in (late_one.outcomes["ada"], collected.outcomes["ada"])] == [True, False]

    with gradebook(tmp_path) as book:
        grade = book.find_grade("relu_max", ONE, CHAPTER, "ada")
        grade.manual_score = 0.75
        book.db.commit()
    by_hand = Run(tmp_path, executor=Here())
    assert (by_hand.graded, by_hand.outcomes["ada"].points) == ([], 1.75)
    forced = Run(tmp_path, executor=Here(), force=True)
    assert (forced.began, sorted(forced.graded)) == ([(2, 0)], ["ada", "bob"])
    assert marks(tmp_path, "ada", ONE) == {"relu_if": 1, "relu_max": 0.75}
    assert forced.outcomes["ada"].points == 1.75

    shutil.rmtree(tmp_path / "submitted" / "bob")
    gone = Run(tmp_path, executor=Here())
    assert (gone.graded, gone.order, gone.outcomes["bob"].points) == ([], ["ada", "bob"], 2)
    assert "folder is gone from submitted/" in gone.outcomes["bob"].notes[0]


def test_changed_chapter_is_graded_again_and_a_failure_is_tried_again(tmp_path, confined, monkeypatch):
    submit(tmp_path, "ada", answered(relu_if=RIGHT))

    def fails(*args):
        raise OSError(errno.ENOSPC, "the disk is full", "a notebook")

    with monkeypatch.context() as patched:
        patched.setattr("grader.grading.worker.write_notebook", fails)
        failed = Run(tmp_path, executor=Here()).outcomes["ada"]
    assert failed.failed and "the disk is full" in failed.reason
    assert "the disk is full" in rendered([failed])
    mended = Run(tmp_path, executor=Here())
    assert (mended.graded, mended.outcomes["ada"].points) == (["ada"], 1)
    assert Run(tmp_path, executor=Here()).graded == []
    with monkeypatch.context() as patched:
        patched.setattr("grader.grading.classroom.chapter_fingerprint", lambda release: "another")
        assert Run(tmp_path, executor=Here()).graded == ["ada"]


def test_failure_of_the_grader_itself_is_the_exit_status(tmp_path, monkeypatch, capsys):
    from grader.__main__ import main

    failed = Outcome("ada", CHAPTER, failed=True, reason="nbgrader stopped: OSError: the disk is full")
    monkeypatch.setattr("grader.grading.classroom.grade_class", lambda *args, **options: [failed])
    assert main(["grade", str(tmp_path)]) == 1
    monkeypatch.setattr(
        "grader.grading.classroom.grade_class",
        lambda *args, **options: [Outcome("ada", CHAPTER, reason="there is no folder activations/ in it")],
    )
    assert main(["grade", str(tmp_path)]) == 0
    assert "there is no folder" in capsys.readouterr().out


@pytest.mark.parametrize(
    "make, said",
    [
        (lambda course: None, "is not there. Put the notebooks into"),
        (lambda course: course.joinpath("submitted").write_text("x"), "is not there. Put the notebooks into"),
        (lambda course: course.joinpath("submitted").mkdir(), "is empty. Put the notebooks into"),
    ],
    ids=["nothing", "a file", "empty"],
)
def test_directory_that_is_no_class_gets_a_clear_sentence(tmp_path, make, said):
    make(tmp_path)
    with pytest.raises(ClassError, match=said):
        grade_class(tmp_path)
    assert not (tmp_path / "gradebook.db").exists()


@pytest.mark.parametrize(
    "line", ["ada", "ada,yesterday", "ada,2026-11-15,23:59", "ada,", "ada,15.11.2026 23:59", "ada,2026-11-15"]
)
def test_collected_csv_that_cannot_be_read_names_file_and_line(tmp_path, line):
    submit(tmp_path, "ada")
    (tmp_path / "collected.csv").write_text(f"student,time\n\nbob,2026-11-15T23:59+00:00\n{line}\n")
    with pytest.raises(ClassError, match=r"collected\.csv:4: this line is not `student,time`"):
        grade_class(tmp_path)


def test_directory_that_is_no_class_gives_exit_status_2(tmp_path):
    result = command("grade", tmp_path / "nowhere")
    assert result.returncode == 2
    assert "submitted is not there. Put the notebooks into submitted/<student>/activations/" in result.stderr
    assert "Traceback" not in result.stderr and not result.stdout
    assert command("grade", tmp_path, "--due", "soon").returncode == 2


# Folders and notebooks as they should not be; everyone beside them keeps the marks


HONEST = {"anna": 2, "Bärbel Öz-Müller 2": 2, "ödön": 1, "x.y_z+1@uni-ulm.de": 1}

UNGRADED = {  # student: why there are no marks
    "no_folder": r"there is no folder activations/ in it",
    "empty_folder": r"no notebook of the chapter in it",
    "wrong_place": r"lie in submitted/wrong_place/: move them into its folder activations/",
    "class list.csv": r"not a folder: put notebooks into submitted/<student>/activations/",
    "my_own_name": r"mine\.ipynb is none of 01_relu_loop\.ipynb",
    "folder_for_notebook": r"no notebook of the chapter",
    "*": r"name cannot be a student's id",
    "-rf": r"name cannot be a student's id",
    "[a-z]": r"name cannot be a student's id",
    " anna": r"name cannot be a student's id",
    "who?": r"name cannot be a student's id",
    "\x1b[2J\nanna": r"name cannot be a student's id",
    os.fsdecode(b"caf\xe9"): r"name cannot be a student's id",
    "linked_student": r"not a folder",
    "linked_folder": r"there is no folder activations/ in it",
    "linked_notebook": r"no notebook of the chapter",
    "dangling": r"no notebook of the chapter",
    "pipe": r"no notebook of the chapter",
    "hard_link": r"no notebook of the chapter",
}

NOTED = {  # student: points, and what is said about a file that was not used
    "renamed": (1, r"^01_relu_loop \(1\)\.ipynb was taken for 01_relu_loop\.ipynb\.$"),
    "renamed_beside": (1, r"01_relu_loop \(1\)\.ipynb was not used, 01_relu_loop.ipynb was; rename it"),
    "renamed_other": (1, r"04_softmax.ipynb is no .*; if it is lesson 04_softmax_sample, rename it to"),
    "linked_data": (1, r"data\.csv was not used: it is a link"),
    "piped_data": (1, r"data\.csv was not used: it is not a regular file"),
    "piped_rubbish": (1, ""),
    "junk_timestamp": (1, r"timestamp\.txt was not used: it holds no date and time"),
}

REFUSED = {  # student: what is said about a notebook that was not used
    "folder_for_notebook": "not a regular file",
    "linked_notebook": "a link to another file",
    "dangling": "a link to another file",
    "pipe": "not a regular file",
    "hard_link": "a hard link",
}

DEADLY = {  # student: the answer cell of relu_max, where that of relu_if is right
    "dies_at_once": "import os\nos._exit(0)\n" + RIGHT_MAX,
    "dies_when_called": "import os\ndef relu_max(inputs):\n    os.kill(os.getpid(), 9)",
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
        if student not in ("class list.csv", "linked_student"):
            submitted.joinpath(student).mkdir(exist_ok=True)
        if student not in ("class list.csv", "linked_student", "linked_folder", "no_folder", "wrong_place"):
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
    assert (outcome.points, outcome.reason, outcome.notes) == (points, "", [])
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
    assert (outcome.points, outcome.max_points, outcome.lessons) == (0, 22, {})
    with pytest.raises((MissingEntry, UnicodeEncodeError)):
        marks(course, student)
    assert not (course / "autograded" / student).exists()


@posix
@pytest.mark.parametrize("student", REFUSED)
def test_what_is_no_plain_notebook_is_named_and_set_aside(odd, student):
    course, run = odd
    assert [
        n
        for n in run.outcomes[student].notes
        if n.startswith(f"{ONE}.ipynb was not used: ") and REFUSED[student] in n
    ]
    assert os.path.lexists(course / "set-aside" / student / CHAPTER / f"{ONE}.ipynb")


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
    assert not (course / "set-aside" / "linked_student").exists()


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
    for student in [*HONEST, *NOTED, *DEADLY, "no_folder", "?[2J anna", "caf?"]:
        assert student in table
    assert f"{len(run.order) - len(UNGRADED)} of {len(run.order)} submissions have marks" in table


# Finding submissions


def test_submissions_are_found_in_order_and_rubbish_is_passed_over(tmp_path):
    rubbish = (".DS_Store", "__MACOSX", ".git", ".gitkeep", "._adam", "desktop.ini", "Thumbs.db", "~$a.docx")
    rubbish += ("Icon\r", "@eaDir", "System Volume Information")
    for name in ("zoe", "adam", "Mia", *rubbish):
        submit(tmp_path, name)
    found = list(find_submissions(tmp_path / "submitted"))
    assert [s.student for s in found] == ["Mia", "adam", "zoe"]
    assert found[1] == Submission("adam", tmp_path / "submitted" / "adam" / CHAPTER)
    assert list(found[1].notebooks) == [ONE]


@pytest.mark.parametrize(
    "name, usable",
    [
        *(
            (name, True)
            for name in ("anna", "a", "42", "Özlem", "O\u0308zlem", "मीरा", "李雷", "a b", "a.b+c@d-e_f")
        ),
        *(
            (name, False)
            for name in (
                " a",
                "a ",
                "-a",
                ".a",
                "_a",
                "a*",
                "a?",
                "a[b]",
                "a:b",
                "a\nb",
                "a\tb",
                "a'b",
                "a{b}",
            )
        ),
    ],
)
def test_only_what_nbgrader_takes_literally_is_a_student_id(tmp_path, name, usable):
    from grader.grading.intake.submissions import why_not

    entry = tmp_path / name
    with contextlib.suppress(OSError):  # names that a file system refuses need no folder to be refused
        entry.joinpath(CHAPTER).mkdir(parents=True)
    assert ("name cannot be" in why_not(entry, entry / CHAPTER)) is not usable


@pytest.mark.parametrize(
    "change, differs",
    [
        (lambda folder: os.utime(folder / f"{ONE}.ipynb", (1, 1)), False),
        (lambda folder: folder.joinpath(f"{ONE}.ipynb").write_bytes(b"{}"), True),
        (lambda folder: folder.joinpath(f"{ONE}.ipynb").rename(folder / "02_relu_numpy.ipynb"), True),
        (lambda folder: folder.joinpath("timestamp.txt").write_text("2026-11-15 23:59:00 UTC"), True),
        (lambda folder: folder.joinpath(f"{ONE}.ipynb").unlink(), True),
        (lambda folder: shutil.rmtree(folder), True),
    ],
    ids=["touched", "edited", "renamed", "timestamp", "file gone", "folder gone"],
)
def test_fingerprint_changes_with_what_is_graded_and_with_nothing_else(tmp_path, change, differs):
    submit(tmp_path, "ada")
    (submission,) = find_submissions(tmp_path / "submitted")
    before = fingerprint(submission, "chapter")
    change(submission.folder)
    assert (fingerprint(submission, "chapter") != before) is differs
    assert fingerprint(submission, "another chapter") != before


def test_fingerprint_of_the_chapter_changes_with_each_lesson(tmp_path):
    for lesson in LESSONS:
        shutil.copy(RELEASE / f"{lesson}.ipynb", tmp_path)
    prints = {chapter_fingerprint(tmp_path)}
    assert prints == {chapter_fingerprint(RELEASE)}
    for lesson in LESSONS:
        with open(tmp_path / f"{lesson}.ipynb", "a") as file:
            file.write("\n")
        prints.add(chapter_fingerprint(tmp_path))
    assert len(prints) == 1 + len(LESSONS)


@posix
def test_set_aside_moves_once_and_is_remembered_until_a_file_takes_the_place(tmp_path):
    path = submit(tmp_path, "ada", name="data.csv")
    (submission,) = find_submissions(tmp_path / "submitted")
    shelter = tmp_path / "shelter"
    path.unlink()
    path.symlink_to("/etc/passwd")
    path.with_name("figures").mkdir()
    path.with_name("kept.txt").write_text("kept")
    notes = set_aside(submission, shelter)
    assert [note.split(":")[0] for note in notes] == ["data.csv was not used", "figures was not used"]
    assert [p.name for p in submission.folder.iterdir()] == ["kept.txt"]
    assert set_aside(submission, shelter) == notes

    os.mkfifo(path)
    assert "it is not a regular file" in set_aside(submission, shelter)[0]
    assert len(list(shelter.rglob("data.csv"))) == 2
    path.write_text("1,2\n")
    assert set_aside(submission, shelter) == notes[1:]


@posix
def test_nothing_is_set_aside_through_a_link_to_another_student(tmp_path):
    path = submit(tmp_path, "ada")
    path.with_name("data.csv").symlink_to("/etc/passwd")
    (tmp_path / "submitted" / "eve").symlink_to(tmp_path / "submitted" / "ada")
    eve = next(s for s in find_submissions(tmp_path / "submitted") if s.student == "eve")
    assert set_aside(eve, tmp_path / "shelter") == [] and not eve.notebooks
    assert path.with_name("data.csv").is_symlink()


@pytest.mark.parametrize(
    "name, said",
    [
        (
            "03_dense.ipynb",
            "if it is lesson 03_dense_layer, rename it to 03_dense_layer.ipynb and grade again.",
        ),
        ("my notes.ipynb", "my notes.ipynb is no notebook of the chapter."),
    ],
)
def test_unknown_notebooks_are_named_with_the_lesson_they_may_be(tmp_path, name, said):
    submit(tmp_path, "ada", name=name)
    (submission,) = find_submissions(tmp_path / "submitted")
    (note,) = notes_on_names(submission)
    assert said in note
    if name.startswith("03"):
        submit(tmp_path, "ada", lesson="03_dense_layer")
        (submission,) = find_submissions(tmp_path / "submitted")
        assert notes_on_names(submission) == [f"{name} is no notebook of the chapter."]


# Outcomes and the table


def made_up(**changes):
    changed = Finding("changed", "It is changed.", "why", "try", "relu_if([1])", "[1]", "[0]")
    verdict = Verdict("relu_if", 0.5, 1, "partial", (changed,), seed=7)
    right = Verdict("relu_max", 1, 1, "right", reward="Well.")
    lesson = LessonOutcome("graded", 1.5, ["A cell was moved."], [verdict, right])
    outcome = Outcome(
        "ada",
        "1f",
        points=1.5,
        max_points=22,
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
            made_up(student="bob", points=22, seconds_late=0, notes=[], lessons={}),
            made_up(student="dan", submitted="", seconds_late=0, notes=[], lessons={}),
            made_up(student="eva", due="", seconds_late=0, notes=[], lessons={}),
            made_up(student="cyd", reason="there is no folder activations/ in it", points=0),
        ]
    )
    rows = [[field.strip() for field in re.split("[│┃|]", line)[1:-1]] for line in table.splitlines()]
    assert ["ada", "1.5 / 22", "1 h", "a.csv was not used: it is a link."] in rows
    assert ["bob", "22 / 22", "in time", "all right"] in rows
    assert ["dan", "1.5 / 22", "no time known", "all right"] in rows
    assert ["eva", "1.5 / 22", "no due date", "all right"] in rows
    assert ["cyd", "-", "", "there is no folder activations/ in it"] in rows
    assert "4 of 5 submissions have marks; the mean is 6.6 of 22 points." in table


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
