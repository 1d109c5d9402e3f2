"""A class graded by a Dask cluster: a scheduler and workers, processes of their own with no shared disk."""

import json
import os
import signal
import subprocess
import sys
import time
import unicodedata

import pytest
from class_runs import ONE, Here, Run, answered, command, marks, submit, verdicts, words
from conftest import ROOT
from damaged import good

from grader.course import CHAPTER
from grader.grading.classroom import grade_class
from grader.grading.cluster import Cluster, examine, identity
from grader.grading.parcel import pack, unpack
from grader.grading.records import ClassError

pytest.importorskip("distributed")

WRONG = "def relu_if(inputs):\n    return [x for x in inputs if x > 0]"


class Machines:
    """A scheduler and workers, which are ended with the test."""

    def __init__(self, folder):
        self.folder, self.file, self.processes = folder, folder / "scheduler.json", []
        self.scheduler = self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        while not (text := self.file.read_text() if self.file.exists() else "").endswith("}"):
            assert self.scheduler.poll() is None
            time.sleep(0.05)
        self.address = json.loads(text)["address"]

    def worker(self, *options):
        local = self.folder / f"worker-{len(self.processes)}"
        local.mkdir()
        return self.start("worker", "--no-nanny", "--no-dashboard", "--local-directory", local, *options)

    def start(self, what, *options):
        line = [sys.executable, "-m", "dask", what, "--scheduler-file", self.file, *options]
        process = subprocess.Popen(
            list(map(str, line)),
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "60s"},
            stdout=subprocess.DEVNULL,
            stderr=open(self.folder / f"{what}-{len(self.processes)}.log", "w"),  # noqa: SIM115
            start_new_session=True,
        )
        self.processes.append(process)
        return process


@pytest.fixture
def machines(tmp_path_factory):
    machines = Machines(tmp_path_factory.mktemp("cluster"))
    yield machines
    for process in machines.processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def write_class(course):
    """Right, wrong, raising and unreadable work, data of a student's own, and nobody's."""
    for number in range(10):
        submit(course, f"s{number}", answered(relu_if=WRONG) if number % 2 else good(ONE))
    (
        submit(course, "data", answered(relu_if="print(open('mine.csv').read())")).parent / "mine.csv"
    ).write_text("7")
    submit(course, "raises", answered(relu_if="def relu_if(inputs):\n    return imputs"))
    submit(course, unicodedata.normalize("NFD", "zoë"))
    submit(course, "cut-off").write_text("{")
    os.symlink("/etc/passwd", course / "submitted" / "data" / CHAPTER / "link.csv")
    (course / "submitted" / "nothing" / CHAPTER).mkdir(parents=True)
    return course


def told(run):
    """Of each outcome what does not depend on the run."""
    return {
        student: (
            outcome.reason,
            outcome.points,
            outcome.notes,
            {name: (v.points, [f.id for f in v.findings]) for name, v in verdicts(outcome).items()},
        )
        for student, outcome in run.outcomes.items()
    }


def files(course, top):
    return sorted(path.relative_to(course).as_posix() for path in (course / top).rglob("*") if path.is_file())


def test_a_class_is_graded_as_on_one_machine_though_a_worker_is_killed_on_the_way(
    machines, confined, tmp_path_factory
):
    workers = [machines.worker("--nthreads", "1") for _ in range(2)]
    here, there = (write_class(tmp_path_factory.mktemp(name)) for name in ("here", "there"))
    killed = []

    def advance(outcome):
        graded.append(outcome.student)
        if not killed and len(graded) > 3:
            os.killpg(workers[0].pid, signal.SIGKILL)
            killed.append(workers[0].wait())

    graded = []
    with Cluster(machines.address) as cluster:
        cluster.client.wait_for_workers(2, timeout=60)
        run = Run(here, executor=Here())
        lines = []
        outcomes = grade_class(
            there, executor=cluster, confine=cluster.choose_sandbox, announce=lines.append, advance=advance
        )
    elsewhere = Run.__new__(Run)
    elsewhere.outcomes = {outcome.student: outcome for outcome in outcomes}
    assert killed and "On 2 workers. Sandbox" in lines[0]
    assert sorted(graded) == sorted(run.graded)
    assert told(elsewhere) == told(run)
    for student in ("s0", "s1", "raises"):
        assert marks(there, student) == marks(here, student)
    for top in ("autograded", "feedback", "submitted"):
        assert files(there, top) == files(here, top)
    pages = [(top / "feedback" / "data" / CHAPTER / f"{ONE}.html").read_text() for top in (here, there)]
    assert words(pages[0]) == words(pages[1])
    assert list(machines.folder.glob("worker-*/grader-*")) == []


def test_a_class_is_watched_on_a_cluster_and_a_scheduler_that_goes_is_told_of(machines, confined, tmp_path):
    machines.worker("--nthreads", "1")
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "grade", tmp_path, "--watch", "--scheduler", machines.address],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert "On 1 workers" in process.stderr.readline() and "watching" in process.stderr.readline()
    submit(tmp_path, "ada")
    assert " ada " in process.stderr.readline()
    os.killpg(machines.scheduler.pid, signal.SIGKILL)
    machines.scheduler.wait()
    submit(tmp_path, "bob")
    _, said = process.communicate(timeout=600)
    assert process.returncode == 2 and "Traceback" not in said
    assert f"{machines.address} cannot be reached any more" in " ".join(said.split())
    assert marks(tmp_path, "ada")


def test_the_command_says_what_a_cluster_lacks(machines, tmp_path):
    submit(tmp_path, "ada")
    nobody = command("grade", tmp_path, "--scheduler", "tcp://127.0.0.1:9")
    assert nobody.returncode == 2
    assert "There is no scheduler at tcp://127.0.0.1:9" in nobody.stderr
    with pytest.raises(ClassError, match=r"has no workers\. Start some with `dask worker"):
        Cluster(machines.address, seconds=1)
    machines.worker("--nthreads", "2")
    threads = command("grade", tmp_path, "--scheduler", machines.address)
    assert threads.returncode == 2
    assert "has 2 threads" in threads.stderr and "--nthreads 1" in threads.stderr
    assert not (tmp_path / "gradebook.db").exists()


def test_a_worker_that_is_not_as_this_machine_is_gets_nothing(monkeypatch):
    with pytest.raises(RuntimeError, match=r"tcp://1 is not as this machine is: numpy .* there, 1.0 here"):
        examine("tcp://1", 1, identity() | {"numpy": "1.0"}, unsafe=False)

    def none(unsafe):
        raise RuntimeError("Student code cannot be confined on this machine.")

    monkeypatch.setattr("grader.grading.cluster.choose_sandbox", none)
    with pytest.raises(RuntimeError, match="tcp://1: Student code cannot be confined"):
        examine("tcp://1", 1, identity(), unsafe=False)


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "..", "a/b"])
def test_what_comes_back_is_written_nowhere_else(tmp_path, name):
    with pytest.raises(ValueError, match="not among what was asked for"):
        unpack({("autograded/ada/one", name): b""}, tmp_path, ["autograded/ada/one"])
    with pytest.raises(ValueError, match="not among what was asked for"):
        unpack({("submitted/ada/one", "fine"): b""}, tmp_path, ["autograded/ada/one"])


def test_files_travel_and_links_do_not(tmp_path):
    (tmp_path / "a" / "one").mkdir(parents=True)
    (tmp_path / "a" / "one" / "data.csv").write_bytes(b"\xff1")
    os.symlink("/etc/passwd", tmp_path / "a" / "one" / "link")
    parcel = pack(tmp_path, ["a/one", "b/none"])
    assert parcel == {("a/one", "data.csv"): b"\xff1"}
    unpack(parcel, tmp_path / "there", ["a/one"])
    assert (tmp_path / "there" / "a" / "one" / "data.csv").read_bytes() == b"\xff1"
