"""`grade --watch`: who is graded when, and that a class watched comes out as a class graded at once."""

import os
import signal
import subprocess
import sys
import time

import pytest
from class_runs import ONE, Here, Run, answered, command, marks, submit
from conftest import ROOT
from damaged import good

from grader.course import CHAPTER
from grader.grading.classroom import alone, grade_class, students_waiting
from grader.grading.intake.submissions import folder_of
from grader.grading.records import Busy, ClassError, Outcome
from grader.grading.watch import MOST_FILES, Arrivals, as_line, look_through, watch
from tools.processes import of_group

A, B, C = (frozenset({(name, 1, 0, 0)}) for name in "abc")


def test_files_that_grow_are_left_alone_until_they_lie_still():
    arrivals = Arrivals(quiet=2)
    for now, files in ((0, A), (1, B), (2, C), (3, C)):
        arrivals.look({"ada": files}, now)
        assert arrivals.next(now) == []
    assert arrivals.next(4) == ["ada"]
    arrivals.take(["ada"], 5)
    assert arrivals.next(500) == []


def test_who_changes_all_the_time_waits_and_comes_after_the_others():
    arrivals = Arrivals(quiet=0, pause=60, most=2)
    arrivals.look({"busy": A}, 0)
    assert arrivals.next(0) == ["busy"]
    arrivals.take(["busy"], 1)
    arrivals.look({"busy": B}, 2)
    assert arrivals.next(60) == []
    arrivals.look({"busy": B, "zoe": A, "eve": A, "pia": A}, 70)
    assert arrivals.next(70) == ["eve", "pia"]
    arrivals.take(["eve", "pia"], 71)
    assert arrivals.next(71) == ["zoe", "busy"]


def test_what_comes_or_goes_while_it_is_graded_has_another_turn():
    arrivals = Arrivals(quiet=0, pause=0)
    arrivals.look({"more": A, "less": A | B, "same": C}, 0)
    arrivals.take(arrivals.next(0), 1)
    arrivals.look({"more": A | B, "less": A, "same": C}, 2)
    assert arrivals.next(2) == ["less", "more"]


def test_who_took_long_comes_again_later_than_who_did_not():
    arrivals = Arrivals(quiet=0, pause=60)
    arrivals.look({"slow": A, "quick": A}, 0)
    arrivals.take(arrivals.next(0), 100, {"slow": 90.0, "quick": 1.0})
    arrivals.look({"slow": B, "quick": B}, 101)
    assert [arrivals.next(now) for now in (150, 161, 1001)] == [[], ["quick"], ["quick", "slow"]]


def test_a_folder_that_went_away_is_forgotten():
    arrivals = Arrivals(quiet=0)
    arrivals.look({"ada": A}, 0)
    arrivals.look({}, 1)
    assert arrivals.next(2) == []


def test_looking_sees_what_was_written_anew_and_follows_no_link(tmp_path):
    path = submit(tmp_path, "ada")
    (path.parent / "link").symlink_to("/")
    submitted = tmp_path / "submitted"
    before = look_through(submitted)
    assert list(before) == ["ada"] and before == look_through(submitted)
    assert not any("/usr/" in name for name, *_ in before["ada"])
    times = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # as a copy that keeps its times
    assert look_through(submitted) != before
    assert look_through(submitted, only={"eve"}) == look_through(tmp_path / "nowhere") == {}


def test_a_notebook_is_seen_beside_a_folder_of_any_number_of_files(tmp_path):
    path = submit(tmp_path, "ada")
    (path.parent / "venv").mkdir()
    for number in range(MOST_FILES + 10):
        (path.parent / "venv" / f"{number}.py").touch()
    before = look_through(tmp_path / "submitted")
    path.write_bytes(b"{}")
    assert look_through(tmp_path / "submitted") != before
    assert len(before["ada"]) < MOST_FILES + 10


def test_a_line_about_a_student_is_one_line_without_orders_to_a_terminal():
    name = f"eve\n12:00:00 ada {CHAPTER}: no points\x1b[2J"
    for outcome in (Outcome(name, CHAPTER), Outcome(name, CHAPTER, reason=f"there is another {name}")):
        assert as_line(outcome).isprintable()


class Stopped(Exception):
    pass


def watched(course, lines, stop, **options):
    """Watch a class until `stop`, called when nobody waits, raises Stopped."""
    with pytest.raises(Stopped):
        watch(
            course,
            waiting=lambda: students_waiting(course),
            grade=lambda students: grade_class(course, students=students, executor=Here()),
            say=lines.append,
            rest=stop,
            arrivals=Arrivals(quiet=0.1, pause=0, times=0),
            **options,
        )


def test_what_arrives_changes_or_failed_is_graded_and_nothing_else(tmp_path, confined, monkeypatch):
    monkeypatch.setattr("grader.grading.watch.LOOK_SECONDS", 0.1)
    submit(tmp_path, "known")
    Run(tmp_path, executor=Here())
    submit(tmp_path, "new", answered(relu_if="def relu_if(inputs)\n    return inputs"))
    lines, rests = [], []

    def stop():
        rests.append(len(lines))
        if len(rests) == 1:
            submit(tmp_path, "new", good(ONE))
        else:
            raise Stopped

    watched(tmp_path, lines, stop)
    assert rests == [1, 2] and all(" new " in line for line in lines)
    assert marks(tmp_path, "new") == marks(tmp_path, "known")
    assert students_waiting(tmp_path) == set()
    assert (tmp_path / "feedback" / "new" / CHAPTER / "index.html").is_file()


def test_a_class_that_is_busy_is_waited_for_and_one_that_is_broken_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr("grader.grading.watch.LOOK_SECONDS", 0.01)
    submit(tmp_path, "ada")
    lines, tries = [], []

    def grade(students):
        tries.append(students)
        if len(tries) < 4:
            with alone(tmp_path), alone(tmp_path):
                pass
        raise ClassError("the gradebook is broken")

    with pytest.raises(ClassError, match="broken"):
        watch(
            tmp_path,
            waiting=lambda: {"ada"},
            grade=grade,
            say=lines.append,
            arrivals=Arrivals(quiet=0),
        )
    assert len(tries) == 4 and len(lines) == 1 and "Another run" in lines[0]
    assert issubclass(Busy, ClassError)


def test_a_folder_that_goes_and_is_back_at_once_ends_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("grader.grading.watch.LOOK_SECONDS", 0.01)
    submit(tmp_path, "ada")
    tries = []

    def grade(students):
        tries.append(students)
        if len(tries) > 2:
            raise ClassError("the disk is full")
        return grade_class(tmp_path, students=["eve"])

    with pytest.raises(ClassError, match="full"):
        watch(tmp_path, waiting=lambda: {"ada"}, grade=grade, say=print, arrivals=Arrivals(quiet=0))
    assert tries == [["ada"]] * 3


def test_a_file_written_while_it_is_graded_is_graded_by_the_next_run(tmp_path, confined):
    path = submit(tmp_path, "ada")

    class Late(Here):
        def submit(self, function, /, *arguments):
            future = super().submit(function, *arguments)
            if function.__name__ == "grade_submission":
                path.write_bytes(path.read_bytes() + b"\n")
            return future

    Run(tmp_path, executor=Late())
    assert students_waiting(tmp_path) == {"ada"}
    assert Run(tmp_path, executor=Here()).graded == ["ada"]
    assert students_waiting(tmp_path) == set()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_command_grades_what_arrives_and_ends_well(tmp_path, confined, end):
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "grade", tmp_path, "--watch", "--workers", "1"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    assert "Sandbox" in process.stderr.readline() and "watching" in process.stderr.readline()
    if end == signal.SIGINT:
        submit(tmp_path, "ada")
        assert " ada " in process.stderr.readline()
        assert folder_of(tmp_path, "ada").is_dir() and marks(tmp_path, "ada")
    process.send_signal(end)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0 and "Traceback" not in said
    assert said.rstrip().endswith("the next start goes on from here")
    for _ in range(200):
        if not (left := of_group(process.pid)):
            break
        time.sleep(0.1)
    assert left == []


def test_it_ends_though_an_interrupt_was_swallowed(tmp_path):
    asked = []
    watch(
        tmp_path,
        waiting=set,
        grade=lambda students: [],
        say=asked.append,
        stopped=lambda: len(asked) > 2 or asked.append(""),
        arrivals=Arrivals(quiet=0),
    )


def test_what_makes_no_sense_with_it_is_said(tmp_path):
    done = command("grade", tmp_path, "--watch", "--force")
    assert done.returncode == 2 and "leave out --force" in done.stderr
