"""A file that lies in two students' folders at once, by a hard link: it costs nobody what was theirs."""

import os
import shutil

import pytest
from class_runs import ONE, Here, Run, answered, command, marks, rendered, submit
from damaged import RIGHT, good
from taking_in import posix

from grader.course import CHAPTER
from grader.grading.intake import files

pytestmark = posix
NEXT = "02_relu_numpy"


@pytest.fixture
def nobody_knows(monkeypatch):
    """Whose a file of several names is: as when folder and link were made at one moment."""
    monkeypatch.setattr(files, "whose", lambda file, folders: None)


def link(course, lesson=ONE):
    """ben has ada's notebook under a second name, and a lesson of his own."""
    own = course / "submitted" / "ada" / CHAPTER / f"{lesson}.ipynb"
    second = submit(course, "ben", good(NEXT), lesson=NEXT).with_name(own.name)
    second.unlink(missing_ok=True)
    os.link(own, second)
    return own, second


def test_file_that_might_be_anybodys_costs_only_itself_and_a_person_is_told(tmp_path, confined, nobody_knows):
    submit(tmp_path, "ada", answered(relu_if=RIGHT))
    submit(tmp_path, "ada", good(NEXT), lesson=NEXT)
    link(tmp_path)
    run = Run(tmp_path, executor=Here())
    table = rendered(run.outcomes.values())
    for student, other in (("ada", "ben"), ("ben", "ada")):
        outcome = run.outcomes[student]
        assert (outcome.reason, outcome.failed) == ("", False)
        assert outcome.points == sum(marks(tmp_path, student, NEXT).values()) == 3
        assert outcome.lessons[ONE].state == "unclear" and outcome.review == ["relu_if", "relu_max"]
        assert any(f"one file with that of {other}" in note for note in outcome.notes)
        assert "to be reviewed: relu_if, relu_max" in table
        page = (tmp_path / "feedback" / student / CHAPTER / f"{ONE}.html").read_text(encoding="utf-8")
        assert "hard link" in page and f"that of {other}" not in page


def test_marks_that_were_there_stay_until_a_copy_lies_in_its_place(tmp_path, confined, nobody_knows):
    submit(tmp_path, "ada", good())
    before, entered = Run(tmp_path, executor=Here()).outcomes["ada"], marks(tmp_path, "ada")
    own, second = link(tmp_path)
    run = Run(tmp_path, executor=Here())
    after = run.outcomes["ada"]
    assert after.points == before.points == 2 and marks(tmp_path, "ada") == entered
    assert after.lessons[ONE].verdicts == before.lessons[ONE].verdicts
    assert after.review and run.outcomes["ben"].points == 3
    assert Run(tmp_path, executor=Here()).graded == []
    shutil.copy(own, own.with_name("copy"))
    os.replace(own.with_name("copy"), own)
    second.unlink()
    mended = Run(tmp_path, executor=Here()).outcomes
    assert mended["ada"].points == 2 and not mended["ada"].review and not mended["ada"].notes
    assert mended["ben"].lessons[ONE].state == "missing"


def test_run_ends_well_and_the_files_lie_where_they_lay(tmp_path, confined):
    submit(tmp_path, "ada")
    own, second = link(tmp_path)
    for path in (own, second):  # both folders were changed since: nothing tells any more
        path.with_name("notes.txt").touch()
        os.utime(own, (1, 1))
    done = command("grade", tmp_path, "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert own.samefile(second) and not (tmp_path / "set-aside").exists()
