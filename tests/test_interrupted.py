"""A class run that is killed at any moment goes on from there; a gradebook that fails says so."""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from grader.grading.classroom import grade_class
from grader.grading.recording.gradebook import ClassGradebook
from grader.grading.records import ClassError
from tools.make_classroom import CLASSROOM
from tools.processes import below

GRADE = [sys.executable, "-m", "grader", "grade"]
QUICK = ["beatriz", "chidi", "emre", "fatima", "giulia", "hiro", "ingrid", "mei"]

KILLS = int(os.environ.get("KILLS", "6"))
"""Of each kind, at moments spread over a run: `make kills` tries many more."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills as Linux does, in its sandboxes")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, confined):
    """The class after one run in peace."""
    return graded(new_class(tmp_path_factory.mktemp("undisturbed")))


def new_class(course):
    for student in QUICK:
        shutil.copytree(CLASSROOM / "submitted" / student, course / "submitted" / student)
    return course


def graded(course):
    subprocess.run([*GRADE, course], check=True, capture_output=True, timeout=600)
    return course


def marks(course):
    """Everything in the gradebook that a person would miss."""
    with sqlite3.connect(course / "gradebook.db") as book:
        assert book.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return book.execute("""
            SELECT s.student_id, c.name, c.type, g.auto_score, g.needs_manual_grade, k.auto_comment
            FROM submitted_assignment s JOIN submitted_notebook n ON n.assignment_id = s.id
            JOIN base_cell c ON c.notebook_id = n.notebook_id
            LEFT JOIN grade g ON g.notebook_id = n.id AND g.cell_id = c.id
            LEFT JOIN comment k ON k.notebook_id = n.id AND k.cell_id = c.id
            ORDER BY 1, 2, 3""").fetchall()


def disturb(course, moment, who, number, *options):
    """Start a run, and after `moment` seconds send `number` to it, or to a process below it: to any, or
    to a warm parent."""
    run = subprocess.Popen(
        [*GRADE, course, *options], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=heed_ctrl_c
    )
    time.sleep(moment)
    targets = [run.pid] if who == "run" else below(run.pid)
    if who == "parent":
        targets = [pid for pid in targets if "parent.py" in command_line(pid)]
    if targets:
        with contextlib.suppress(ProcessLookupError):
            os.kill(random.Random(moment).choice(targets), number)
    error = run.communicate(timeout=300)[1].decode()
    return run.returncode, error


def command_line(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:  # it has ended
        return ""


@pytest.mark.parametrize(
    "who, number",
    [("run", signal.SIGKILL), ("run", signal.SIGINT), ("below", signal.SIGKILL), ("parent", signal.SIGKILL)],
    ids=["kill", "ctrl-c", "kill-below", "kill-parent"],
)
def test_run_that_is_disturbed_again_and_again_ends_with_the_same_gradebook(
    undisturbed, tmp_path, who, number
):
    course = new_class(tmp_path)
    for kill in range(KILLS):  # every second one of a run that grades all again
        disturb(course, 0.5 + 4.5 * kill / KILLS, who, number, *["--force"][: kill % 2])
    graded(course)
    assert marks(course) == marks(undisturbed)
    assert (course / "grades.csv").read_text() == (undisturbed / "grades.csv").read_text()
    for folder in ("autograded", "feedback"):
        assert names(course / folder) == names(undisturbed / folder)


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_killed_worker_costs_nobody_marks_and_the_run_goes_on(undisturbed, tmp_path):
    course = new_class(tmp_path)
    status, error = disturb(course, 4.0, "below", signal.SIGKILL)
    assert status == 0, error
    assert marks(course) == marks(undisturbed)


def chapter(course):
    """What the gradebook knows of the chapter, its ids aside."""
    with sqlite3.connect(course / "gradebook.db") as book:
        return book.execute("""
            SELECT n.name, c.name, c.type, g.max_score, s.checksum
            FROM notebook n JOIN base_cell c ON c.notebook_id = n.id
            LEFT JOIN grade_cells g ON g.id = c.id LEFT JOIN source_cell s ON s.id = c.id
            ORDER BY 1, 2, 3""").fetchall()


@pytest.mark.parametrize("commits", [1, 2, 3, 5, 8, 30])
def test_chapter_half_entered_is_entered_again(undisturbed, tmp_path, monkeypatch, commits):
    counted = iter(range(commits))

    def commit(session):
        if next(counted, None) is None:
            raise KeyboardInterrupt
        real_commit(session)

    real_commit = Session.commit
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Session, "commit", commit)
        ClassGradebook(tmp_path)
    assert chapter(tmp_path) != chapter(undisturbed)
    ClassGradebook(tmp_path).close()
    assert chapter(tmp_path) == chapter(undisturbed)


def test_gradebook_that_was_moved_away_or_put_back_is_filled_again(undisturbed, tmp_path):
    course = tmp_path / "course"
    shutil.copytree(undisturbed, course)
    students = len(QUICK)
    heard = []
    grade_class(course, begin=lambda *numbers: heard.append(numbers))
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as book, book:
        book.execute("DELETE FROM submitted_assignment WHERE student_id = 'emre'")
    grade_class(course, begin=lambda *numbers: heard.append(numbers))
    (course / "gradebook.db").rename(tmp_path / "away.db")
    grade_class(course, begin=lambda *numbers: heard.append(numbers))
    assert heard == [(0, students), (1, students - 1), (students, 0)]
    assert marks(course) == marks(undisturbed)
    assert (course / "grades.csv").read_text() == (undisturbed / "grades.csv").read_text()


def heed_ctrl_c():
    """As in a terminal: where the tests run in the background, Ctrl-C is ignored, and that is inherited."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_without_a_traceback(undisturbed, tmp_path):
    run = subprocess.Popen(
        [*GRADE, new_class(tmp_path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_ctrl_c,
    )
    for line in run.stderr:
        if "submissions to grade" in line:
            break
    time.sleep(0.5)  # the first result takes longer
    run.send_signal(signal.SIGINT)
    error = run.communicate(timeout=300)[1]
    assert run.returncode == 130, error
    assert "Traceback" not in error and "start again" in error


def test_locked_gradebook_is_named_and_the_next_run_goes_on(undisturbed, tmp_path):
    course = new_class(tmp_path)
    shutil.copy(undisturbed / "gradebook.db", course)
    before = marks(course)
    with sqlite3.connect(course / "gradebook.db") as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ClassError, match=r"gradebook\.db: database is locked\. Close the program"):
            grade_class(course)
    other.close()
    assert marks(course) == before
    grade_class(course)
    assert marks(course) == marks(undisturbed)


def test_file_that_is_no_gradebook_is_named_and_left_alone(undisturbed, tmp_path):
    course = new_class(tmp_path)
    book = course / "gradebook.db"
    damaged = (undisturbed / "gradebook.db").read_bytes()[:5000]
    for content in (b"no database at all, but somebody's file\n" * 100, damaged):
        book.write_bytes(content)
        with pytest.raises(ClassError, match=r"gradebook\.db: .*(not a database|malformed)\. Put a copy"):
            grade_class(course)
        assert book.read_bytes() == content
    book.write_bytes(b"")  # begun, and nothing in it yet
    grade_class(course)
    assert marks(course) == marks(undisturbed)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can make a small disk")
def test_full_disk_is_a_clear_error(undisturbed, tmp_path):
    pages = sum(
        1 + path.stat().st_size // os.sysconf("SC_PAGE_SIZE")
        for student in QUICK
        for path in (CLASSROOM / "submitted" / student).rglob("*")
    )
    room = (pages + 100) * os.sysconf("SC_PAGE_SIZE")  # for what is handed in, and no gradebook
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "none", tmp_path]).returncode:
        pytest.skip("no file systems can be mounted here")
    try:
        course = new_class(tmp_path)
        with pytest.raises(ClassError, match=r"(?i)no space left|disk is full"):
            grade_class(course)
    finally:
        subprocess.run(["umount", "-l", tmp_path], check=True)
