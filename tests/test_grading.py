"""A class is graded: everyone gets the points that were worked out by hand, or a reason; nobody stops it."""

import csv
import errno
import os
import re
import shutil
from datetime import datetime

import pytest
from class_runs import (
    ONE,
    WORTH,
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
from damaged import RIGHT, RIGHT_MAX

from grader.course import CHAPTER, EXERCISES
from grader.grading.classroom import grade_class
from grader.grading.records import ClassError, Outcome
from grader.reporting.table import what_went_wrong
from tools.make_classroom import CLASS, CLASSROOM, DUE, write_classroom

EXPECTED = {
    row.pop("student"): {name: float(points) for name, points in row.items()}
    for row in csv.DictReader((CLASSROOM / "expected.csv").read_text().splitlines())
}

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
    assert (min(totals), max(totals)) == (0, WORTH)


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
    assert (outcome.points, outcome.max_points, outcome.failed, outcome.reason) == (total, WORTH, False, "")
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
    pages = {path.stem for path in (course / "feedback" / student.name / CHAPTER).glob("*.html")}
    assert pages == {*handed_in, "index"}


def test_grades_csv_has_everyone(sample):
    course, _ = sample
    rows = list(csv.DictReader((course / "grades.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["student_id"]: float(row["score"]) for row in rows} == {
        student: points["total"] for student, points in EXPECTED.items()
    }
    assert {(row["assignment"], float(row["max_score"])) for row in rows} == {(CHAPTER, WORTH)}


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
    assert "document.title" in page
    assert not re.search(r"<script>\s*document\.title", page)


ODD_ONES = {
    "amir": ["relu_max: relu_max did not come to an end", "layer_dense: The weights have the shape"],
    "dunja": ["not written: " + ", ".join(EXERCISES)],
    "emre": ["keepdims=True is missing"],
    "fatima": ["The result is right, but the list you were given is changed"],
    "giulia": ["relu_if: relu_if prints its result, but returns None.", "does not store it"],
    "hiro": ["nan where the inputs are large", "The number e is typed with too few digits."],
    "ingrid": ["samples stand in columns", "The columns of the result sum to 1; it is the rows that should."],
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
        assert re.search(rf"{student} +[│|] +{points['total']:g} / {WORTH:g}", result.stdout), result.stdout
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
    assert re.search(rf"bob +[│|] +2 / {WORTH:g}", changed.stdout)

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
        lambda *args, **options: [Outcome("ada", CHAPTER, reason=f"there is no folder {CHAPTER}/ in it")],
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
    assert f"submitted is not there. Put the notebooks into submitted/<student>/{CHAPTER}/" in result.stderr
    assert "Traceback" not in result.stderr and not result.stdout
    assert command("grade", tmp_path, "--due", "soon").returncode == 2
