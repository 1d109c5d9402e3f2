"""How a run is started, stopped, and kept from another on the same class."""

import signal
import subprocess
import sys
import time

import pytest
from class_runs import answered, command, submit
from conftest import ROOT
from damaged import RIGHT

from grader.__main__ import main
from grader.grading.classroom import alone
from grader.grading.interrupt import Interrupt


@pytest.mark.parametrize("option", ["--workers", "--seconds"])
@pytest.mark.parametrize("number", ["0", "-3", "1.5", "many", "", "٣", "1" * 9])
def test_number_that_is_none_is_refused(tmp_path, capsys, option, number):
    with pytest.raises(SystemExit) as refused:
        main(["grade", str(tmp_path), f"{option}={number}"])
    assert refused.value.code == 2
    assert "is no whole number from 1 on" in capsys.readouterr().err


@pytest.mark.parametrize("presses", [1, 3])
def test_ctrl_c_returns_at_once_and_never_with_a_traceback(tmp_path, confined, presses):
    for student in ("ada", "bob", "cyd"):
        submit(tmp_path, student, answered(relu_if=RIGHT + "\nimport time\ntime.sleep(50)"))
    run = subprocess.Popen(
        [sys.executable, "-m", "grader", "grade", tmp_path, "--seconds", "60"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests may run in the background
    )
    for line in run.stderr:
        if "submissions to grade" in line:
            break
    time.sleep(4)  # the cells sleep by now
    pressed = time.monotonic()
    for _ in range(presses):
        run.send_signal(signal.SIGINT)
        time.sleep(0.05)
    error = run.communicate(timeout=40)[1]
    took = time.monotonic() - pressed
    assert run.returncode == 130 and "Traceback" not in error and "start again" in error, error
    assert took < 10, took  # two seconds where nothing else runs; they sleep for fifty


class Finalized:
    """Python prints what a finalizer raises, and goes on."""

    def __del__(self):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("checked", [True, False])
def test_ctrl_c_that_python_loses_ends_the_run_all_the_same(checked):
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), Interrupt() as interrupt:
            interrupt.check()
            Finalized()
            if checked:
                interrupt.check()
                pytest.fail("it went on")
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
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


def test_second_run_on_one_class_says_so_and_stops(tmp_path):
    submit(tmp_path, "ada")
    with alone(tmp_path):
        result = command("grade", tmp_path)
    assert result.returncode == 2 and "Another run is grading" in result.stderr
    assert "Traceback" not in result.stderr
