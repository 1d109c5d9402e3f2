"""What whoever grades may not read or write costs nobody else, and words say which file it is."""

import os

import pytest
from class_runs import WORTH, Here, Run, command, marks, rendered, submit

from grader.course import CHAPTER
from grader.grading.classroom import grade_class
from grader.grading.intake import files
from grader.grading.records import outcome_path


def closed(monkeypatch, path):
    """Whoever grades may not open this file: root, who may run these tests, may open everything."""
    before = os.open

    def opens(name, flags, *rest, **about):
        if os.path.basename(name) == path.name and about.get("dir_fd"):
            raise PermissionError(13, "Permission denied")
        return before(name, flags, *rest, **about)

    monkeypatch.setattr(files.os, "open", opens)


def test_notebook_that_may_not_be_read_costs_no_marks_and_a_person_is_told(tmp_path, confined, monkeypatch):
    path = submit(tmp_path, "ada")
    submit(tmp_path, "ben")
    Run(tmp_path, executor=Here())
    with monkeypatch.context() as meanwhile:
        closed(meanwhile, path)
        path.write_bytes(path.read_bytes() + b"\n")
        run = Run(tmp_path, executor=Here(), students=["ada"])
    outcome = run.outcomes["ada"]
    assert (outcome.points, outcome.reason, outcome.failed) == (2, "", False)
    assert "give yourself the right to read it" in rendered([outcome]) and outcome.review
    again = Run(tmp_path, executor=Here()).outcomes
    assert again["ada"].points == again["ben"].points == 2 and not again["ada"].review


def test_what_is_in_the_way_of_one_student_costs_no_other(tmp_path, confined):
    for student in ("ada", "ben", "eve"):
        submit(tmp_path, student)
    (tmp_path / "feedback").mkdir()
    (tmp_path / "feedback" / "ada").write_text("in the way")
    (outcome_path(tmp_path, CHAPTER, "ben") / "in the way").mkdir(parents=True)
    outcomes = Run(tmp_path, executor=Here()).outcomes
    assert [outcomes[name].points for name in ("ada", "ben", "eve")] == [2, 2, 2]
    assert [outcomes[name].failed for name in ("ada", "ben", "eve")] == [True, True, False]
    assert "feedback/ada" in outcomes["ada"].notes[0] and "ben.json" in outcomes["ben"].notes[0]
    assert all(marks(tmp_path, name)["relu_if"] == 1 for name in outcomes)


def test_a_report_that_cannot_be_written_hides_no_marks(tmp_path, confined):
    submit(tmp_path, "ada")
    (tmp_path / "report").write_text("in the way")
    done = command("grade", tmp_path, "--workers", "1")
    assert done.returncode == 1 and "not the report" in done.stderr
    assert "ada" in done.stdout and f"2 / {WORTH}" in done.stdout and "Traceback" not in done.stderr


def test_a_class_that_may_not_be_entered_is_told_so(tmp_path, monkeypatch):
    submit(tmp_path, "ada")
    monkeypatch.setattr("grader.grading.classroom.find_submissions", denied)
    with pytest.raises(Exception, match="Mend that and start again"):
        grade_class(tmp_path)


def denied(*_):
    raise PermissionError(13, "Permission denied", "submitted")
