"""How a run is started, stopped, and kept from another on the same class."""

import os
import signal
import subprocess
import sys
import time
from multiprocessing import active_children
from pathlib import Path

import pytest
from class_runs import answered, command, submit
from classes import graded, write_class
from conftest import ROOT
from damaged import RIGHT

import grader.__main__ as command_line
from grader.__main__ import main
from grader.grading.classroom import alone
from grader.grading.crew import Processes
from grader.grading.interrupt import ENDING, Interrupt
from grader.grading.records import Settings
from grader.grading.sandbox.confinement import choose_sandbox


@pytest.mark.parametrize("option", ["--workers", "--seconds"])
@pytest.mark.parametrize("number", ["0", "-3", "1.5", "many", "", "٣", "1" * 9])
def test_number_that_is_none_is_refused(tmp_path, capsys, option, number):
    with pytest.raises(SystemExit) as refused:
        main(["grade", str(tmp_path), f"{option}={number}"])
    assert refused.value.code == 2
    assert "is no whole number from 1 on" in capsys.readouterr().err


@pytest.mark.parametrize("time", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"])
def test_time_that_cannot_be_kept_is_refused(tmp_path, capsys, time):
    for name, *options in (["grade", "--due"], ["extend", "ada", "--until"]):
        with pytest.raises(SystemExit) as refused:
            main([name, str(tmp_path), *options, time])
        assert refused.value.code == 2
        assert "is no date and time such as" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["pack", "{notebooks}", "--to", "{file}/x.zip"], "Not a directory"),
        (["lab", "{file}/work"], "Not a directory"),
        (["grade", "{class}", "--scheduler", "nonsense"], "nonsense is no address of a scheduler"),
        (["grade", "{class}", "--comments", "{class}/none.csv"], "none.csv cannot be read"),
        (["grade", "{class}", "--roster", "{roster}"], "Not a directory"),
        (["export", "{class}", "moodle", "--fill", "{class}/none.csv"], "none.csv is not there"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_cannot_be_read_or_written_is_one_line(tmp_path, capsys, arguments, said):
    course = tmp_path / "class"
    course.mkdir()
    write_class(course, [graded("ada", {})])
    (tmp_path / "file").write_text("")
    (tmp_path / "roster.csv").write_text("id\nada\n")
    if "{roster}" in arguments:
        course = tmp_path / "file" / "class"
    places = {"class": course, "file": tmp_path / "file", "roster": tmp_path / "roster.csv"}
    places["notebooks"] = ROOT / "notebooks"
    assert main([argument.format(**places) for argument in arguments]) == 2
    assert said in capsys.readouterr().err.strip().split("\n")[-1]


@pytest.mark.parametrize(
    "number, presses", [(signal.SIGINT, 1), (signal.SIGINT, 3), (signal.SIGTERM, 1), (signal.SIGHUP, 1)]
)
def test_ctrl_c_returns_at_once_and_never_with_a_traceback(tmp_path, confined, number, presses):
    course, scratch = tmp_path / "class", tmp_path / "scratch"
    scratch.mkdir()
    for student in ("ada", "bob", "cyd"):
        submit(course, student, answered(relu_if=RIGHT + "\nimport time\ntime.sleep(50)"))
    run = subprocess.Popen(
        [sys.executable, "-m", "grader", "grade", course, "--seconds", "60"],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(scratch)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # tests may run in the background
    )
    for line in run.stderr:
        if "submissions to grade" in line:
            break
    time.sleep(4)  # the cells sleep by now
    pressed = time.monotonic()
    for _ in range(presses):
        run.send_signal(number)
        time.sleep(0.05)
    error = run.communicate(timeout=40)[1]
    took = time.monotonic() - pressed
    assert run.returncode == 128 + number and "Traceback" not in error and "start again" in error, error
    assert not [*scratch.iterdir()], "nothing is left behind"
    assert took < 10, took  # two seconds where nothing else runs; they sleep for fifty


class Finalized:
    """Python prints what a finalizer raises, and goes on."""

    def __del__(self):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("checked", [True, False])
def test_ctrl_c_that_python_loses_ends_the_run_all_the_same(checked, monkeypatch):
    said = []
    monkeypatch.setattr(sys, "unraisablehook", said.append)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), Interrupt() as interrupt:
            interrupt.check()
            Finalized()
            if checked:
                interrupt.check()
                pytest.fail("it went on")
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
        assert not said and sys.unraisablehook == said.append
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("handler", [signal.SIG_IGN, lambda *_: None])
def test_ctrl_c_that_means_something_else_is_left_alone(handler):
    before = signal.signal(signal.SIGINT, handler)
    try:
        with Interrupt():
            assert signal.getsignal(signal.SIGINT) is handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_worker_leaves_ctrl_c_to_the_run_from_its_first_moment_on(tmp_path, confined):
    settings = Settings(tmp_path, 1, choose_sandbox(False)[0])
    with Processes(1, settings) as processes:
        started = processes.submit(os.getpid)
        (worker,) = active_children()
        lines = Path(f"/proc/{worker.pid}/status").read_text().splitlines()
        masks = [int(line.split()[1], 16) for line in lines if line.startswith(("SigBlk", "SigIgn"))]
        assert len(masks) == 2 and any(mask >> (signal.SIGINT - 1) & 1 for mask in masks)
        assert started.result() == worker.pid
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_second_run_on_one_class_says_so_and_stops(tmp_path):
    submit(tmp_path, "ada")
    with alone(tmp_path):
        result = command("grade", tmp_path)
    assert result.returncode == 2 and "Another run is grading" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("name", ["report", "export", "release", "next", "extend", "pack", "grade"])
def test_every_command_that_is_stopped_says_so(monkeypatch, capsys, number, name):
    """In the middle of its work, whatever that is."""
    arguments = {
        "report": ["class"],
        "export": ["class", "wide"],
        "release": ["folder"],
        "next": ["class", "new"],
        "extend": ["class", "ada", "--as-everybody"],
        "pack": ["work"],
        "grade": ["class"],
    }
    handlers = [signal.signal(one, signal.default_int_handler) for one in ENDING]
    read = command_line.read_options

    def stopped(given):
        options = read(given)
        options.run = lambda _: signal.raise_signal(number) or pytest.fail("it went on")
        return options

    monkeypatch.setattr(command_line, "read_options", stopped)
    try:
        assert main([name, *arguments[name]]) == 128 + number
        assert capsys.readouterr().err == "stopped; start again to go on from here\n"
        assert {signal.getsignal(one) for one in ENDING} == {signal.SIG_IGN}, "a second one finds nothing"
    finally:
        for one, handler in zip(ENDING, handlers):
            signal.signal(one, handler)


def test_an_interrupt_within_another_answers_and_hands_back():
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        with Interrupt() as outer:
            with pytest.raises(KeyboardInterrupt), Interrupt() as inner:
                signal.raise_signal(signal.SIGTERM)
            assert inner.pressed == signal.SIGTERM and not outer.pressed
            assert signal.getsignal(signal.SIGTERM) == outer.press
    finally:
        signal.signal(signal.SIGTERM, before)


def test_class_directory_that_looks_like_options_is_one(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("-x").mkdir()
    write_class(Path("-x"), [graded("ada", {})])
    assert main(["report", "-x"]) == 0
    assert Path("-x/report").is_dir()
    with pytest.raises(SystemExit):
        main(["report", "-y"])
    assert "the following arguments are required: CLASSDIR" in capsys.readouterr().err
