"""Hostile submissions on a Dask cluster: its workers, also a nanny's, have the limits of one machine."""

import re
from dataclasses import replace

import pytest
from class_runs import answered, submit
from machines import Machines

from grader.grading.classroom import grade_class
from grader.grading.cluster import Cluster, grading_process
from grader.grading.sandbox.confinement import choose_sandbox

pytest.importorskip("distributed")
attacks = pytest.importorskip("attacks")
ours = pytest.importorskip("attacks.ours", reason="class runs are POSIX only")
page = pytest.importorskip("attacks.__main__", reason="class runs are POSIX only")

KINDS = {
    "kill-the-warm-parent",
    "descriptors-of-the-parent",
    "leave-in-memory",
    "exit-at-once",
    "exit-while-it-is-looked-at",
    "memory-bomb",
    "hundred-megabytes-printed",
    "unix-sockets",
    "in-c",
}
"""One attack of each kind that is meant for the process that grades, or for its machine."""

REACH = """
import os, socket
for port in {ports}:
    for host in ("127.0.0.1", "localhost"):
        try:
            socket.create_connection((host, port), 2)
        except OSError:
            pass
        else:
            print("reached", "the cluster")
for variable, text in os.environ.items():
    if "DASK" in variable.upper() or "tcp://" in text:
        print("knows", "the cluster")
"""


@pytest.fixture
def hasty(tmp_path_factory):
    """A cluster on which a submission has half a minute."""
    folder = tmp_path_factory.mktemp("hasty")
    (folder / "sitecustomize.py").write_text("from grader.grading import limits\nlimits.GRADING = 30\n")
    machines = Machines(tmp_path_factory.mktemp("cluster"), path=folder)
    machines.worker("--nthreads", "1", nanny=True)
    yield machines
    machines.end()


@pytest.fixture
def machines(tmp_path_factory):
    machines = Machines(tmp_path_factory.mktemp("cluster"))
    machines.worker("--nthreads", "1", nanny=True)
    yield machines
    machines.end()


def test_who_takes_too_long_on_a_cluster_has_that_as_an_outcome(hasty, confined, tmp_path):
    slow = answered(relu_if="import time\ntime.sleep(100)")
    submit(tmp_path, "a-honest"), submit(tmp_path, "b-slow", slow), submit(tmp_path, "c-honest")
    with Cluster(hasty.address) as cluster:
        outcomes = grade_class(tmp_path, seconds=200, executor=cluster, confine=cluster.choose_sandbox)
    first, late, last = outcomes
    assert late.failed and late.reason == "grading failed: it took longer than any submission needs"
    assert first.points == last.points > 0


def test_workers_of_a_cluster_have_the_limits_of_ours(machines, confined):
    with Cluster(machines.address) as cluster:
        sandbox = choose_sandbox()[0]

        def there(expression):
            work = lambda name, text: grading_process(name).submit(eval, text).result()
            return cluster.client.submit(work, sandbox, expression, pure=False).result()

        assert there("__import__('resource').getrlimit(9)[0]") > 0  # RLIMIT_AS; without one it is -1
        first = there("__import__('os').getpid()")
        with pytest.raises(Exception, match="terminated abruptly"):
            there("__import__('os')._exit(1)")
        assert there("__import__('os').getpid()") != first


def test_attacks_on_a_cluster_gain_nothing_and_touch_nobody(machines, confined, tmp_path):
    with Cluster(machines.address) as cluster:
        info = cluster.client.scheduler_info()
        ports = {int(address.rpartition(":")[2]) for address in (info["address"], *info["workers"])}
        chosen = [attack for attack in attacks.attacks() if attack.name in KINDS]
        reach = replace(chosen[0], name="reach-the-cluster", kind="network", first=REACH.format(ports=ports))
        report = ours.run_class(
            [*chosen, replace(reach, answers={}, damage=None, next="", earns=0, says="", honest=False)],
            tmp_path,
            10,
            executor=cluster,
            confine=cluster.choose_sandbox,
        )
    assert {attack.name for attack in chosen} == KINDS
    assert {a.name: page.judge_ours(a, report) for a in chosen} == dict.fromkeys(KINDS, page.GOOD)
    assert page.judge_class(report) == page.GOOD
    assert not re.search("(reached|knows) the cluster", report.results["reach-the-cluster"].text)
