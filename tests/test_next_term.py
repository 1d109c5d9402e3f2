"""The next term's class directory: what comes along from the last one, and what does not."""

import csv

import pytest
from class_runs import Here, Run
from term import make_late_class

from grader.__main__ import main
from grader.grading.recording.comments import GroupComments


@pytest.fixture
def last(tmp_path, confined):
    course = tmp_path / "2026"
    course.mkdir()
    make_late_class(course)
    (course / "late.py").write_text("# an instructor's own plug-in\n")
    with (course / "comments.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["group", "comment"], ["a1", "Zero."], ["b2", "Axis."], ["a1", ""]])
    main(["extend", str(course), "ada", "--until", "2026-12-07"])
    return course


def test_what_is_the_instructor_s_comes_along_and_what_is_the_students_does_not(last, tmp_path, capsys):
    new = tmp_path / "terms" / "2027"
    assert main(["next", str(last), str(new)]) == 0
    assert {path.name for path in new.iterdir()} == {"nbgrader_config.py", "late.py", "comments.csv"}
    assert (new / "nbgrader_config.py").read_bytes() == (last / "nbgrader_config.py").read_bytes()
    assert GroupComments(new).given == [("b2", "Axis.")]
    said = " ".join(capsys.readouterr().err.split())
    assert "comment for each of 1 groups" in said and f"left in {last}: roster, submissions, marks" in said
    (last / "submitted").rename(new / "submitted")
    again = Run(new, executor=Here()).outcomes["ada"]
    assert (again.due, again.points) == ("", 2)


@pytest.mark.parametrize(
    "old, new, said", [("2025", "2027", "is no folder"), ("2026", "2026", "is there already")]
)
def test_a_term_is_begun_from_one_that_is_there_in_a_place_that_is_free(
    last, tmp_path, capsys, old, new, said
):
    before = sorted(last.rglob("*"))
    assert main(["next", str(tmp_path / old), str(tmp_path / new)]) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert sorted(last.rglob("*")) == before and not (tmp_path / "2027").exists()
