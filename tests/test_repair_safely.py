"""The search for a repair moves nothing of the lesson, and believes nothing that comes back."""

# ruff: noqa: E501 - a slip is one line

import json
import random
import signal
import sys
import threading
import time

import numpy as np
import pytest
from conftest import EXERCISES, checked_text, define
from test_repair import LOOP, time_enough  # noqa: F401 - a fixture for each test here, too

from grader.grading.limits import limited
from grader.judging import repair, trials
from grader.judging.judge import judge, make_plan
from grader.judging.probe import Watchdog, run

# Nothing of the lesson moves


def test_a_search_leaves_the_lesson_as_it_is(capsys):
    cells = "batch = np.ones((2, 2))\nseen = []\nold = {'a': [1]}"
    text = (
        "def relu_if(inputs):\n    print('!')\n    seen.append(1)\n    old['a'].append(2)\n"
        "    np.random.seed(3)\n    return inputs + [len(seen)] + [len(batch)]\n"
    )
    names = define(text, define(cells))
    record = run(make_plan(EXERCISES["relu_if"], 0, 60), names)
    before = {n: (id(v), repr(v)) for n, v in names.items() if n != "__builtins__"}
    np.random.seed(5)
    random.seed(5)
    states = np.random.get_state()[1].tolist(), random.getstate()
    threads, tracer = threading.active_count(), sys.gettrace()
    judge(EXERCISES["relu_if"], 0, record, ask=lambda plan: run(plan, names))
    assert {n: (id(v), repr(v)) for n, v in names.items() if n != "__builtins__"} == before
    assert (np.random.get_state()[1].tolist(), random.getstate()) == states
    assert (threading.active_count(), sys.gettrace()) == (threads, tracer)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("relu_if", "    i = 0\n    while i < len(inputs):\n        i += 1\n    return inputs\n"),
        (  # one edit away from a list that grows while the loop runs over it: 2 ** 2 ** 2 ** ...
            "exponentiate",
            "    powers = []\n    for x in layer_outputs:\n        powers.append(pow(2, x))\n    return powers\n",
        ),
    ],
)
def test_candidates_that_never_end_are_stopped(name, text):
    verdict = checked_text(name, f"def {EXERCISES[name].signature}:\n{text}")
    assert verdict.points == 0


@pytest.mark.parametrize(
    "line",
    [
        "x += x", "x = x + x", "x += x[:]", "x += list(x)", "x *= 2", "x = 2 * x", "x = x * 2", "x.extend(x[:])",
        "holder[0] += holder[0]",
    ],
)  # fmt: skip
def test_candidates_whose_lists_double_are_stopped_before_they_fill_the_memory(line):
    text = f"x = [1, 2]\nholder = [x]\nfor _ in range(24):\n    {line}"
    with pytest.raises(trials.Enough):
        exec(trials.compiled(text, 0), trials.copied({}, []))


def test_candidates_may_add_and_multiply_large_arrays_and_numbers():
    names = trials.copied({"np": np}, [])
    exec(trials.compiled("x = np.ones(10**6)\nx += x\ny = x + 3 * x\nz = 10**6 + 10**6", 0), names)
    assert names["y"][0] == 8 and names["z"] == 2 * 10**6


def test_nobody_is_asked_for_input():
    text = "def relu_if(inputs):\n    number = input\n    return [number for x in inputs]\n"
    assert checked_text("relu_if", text).points == 0


def test_a_definition_that_cannot_be_found_is_not_searched():
    names = {"relu_if": eval("lambda inputs: inputs"), "__name__": "__main__"}
    record = run(make_plan(EXERCISES["relu_if"], 0, 60), names)
    (finding,) = judge(EXERCISES["relu_if"], 0, record, ask=lambda plan: run(plan, names)).findings
    assert not finding.edits


# What comes back is data from a stranger


@pytest.mark.parametrize(
    "reply",
    [
        None, "", "[]", "{", "null", '{"seen": 3, "of": [0]}', '{"seen": [null], "of": [0, 0, 0, 5, "x"]}',
        '{"definitions": 1}', '{"definitions": [{"name": 1, "text": "def f(): pass", "lineno": "x"}]}',
        "[" * 100_000, json.dumps({"seen": [[{"seen": []}]], "of": [0] * 200}), '{"walk": [{}]}',
    ],
)  # fmt: skip
def test_odd_replies_cost_the_repair_and_nothing_else(reply):
    text = LOOP.replace("> 0", "< 0")
    names = define(text)
    record = run(make_plan(EXERCISES["relu_if"], 0, 60), names)
    verdict = judge(EXERCISES["relu_if"], 0, record, ask=lambda plan: reply)
    assert verdict.points == 0 and not verdict.findings[0].edits

    def odd_later(plan):
        return run(plan, names) if json.loads(plan)["want"] == "look" else reply

    verdict = judge(EXERCISES["relu_if"], 0, record, ask=odd_later)
    assert verdict.points == 0 and not verdict.findings[0].edits


def test_what_sleeps_is_walked_and_not_tried_changed():
    """A loop is over after so many lines, a sleep only when the time is: no change of it could be tried."""
    names, wanted = define("import time\n" + LOOP.replace("    return", "    time.sleep(60)\n    return")), []

    def ask(plan):
        wanted.append(json.loads(plan)["want"])
        return run(plan, names)

    record = run(make_plan(EXERCISES["relu_if"], 0, 0.5), names)
    (finding,) = judge(EXERCISES["relu_if"], 0, record, ask=ask).findings
    assert "did not come to an end" in finding.title and finding.walk
    assert wanted == ["look"]


def test_a_plan_of_the_search_holds_nothing_that_is_expected():
    text = LOOP.replace("> 0", "< 0")
    names, plans = define(text), []

    def ask(plan):
        plans.append(json.loads(plan))
        return run(plan, names)

    judge(EXERCISES["relu_if"], 0, run(make_plan(EXERCISES["relu_if"], 0, 60), names), ask=ask)
    keys = {
        "name",
        "kind",
        "stand_ins",
        "want",
        "seconds",
        "program",
        "definitions",
        "candidates",
        "cases",
        "steps",
    }
    assert plans and all(set(plan) <= keys for plan in plans)


def test_no_number_of_a_line_stops_the_judge():
    """Text of more than 4,300 digits can be read as a number, and not be written again."""
    names = define("def relu_if(inputs):\n    return [i for i in inputs if i > 0]")
    record = run(make_plan(EXERCISES["relu_if"], 0, 60), names)

    def ask(plan):
        reply = json.loads(run(plan, names))
        for entry in [*reply.get("definitions", []), *reply.get("walk", [])]:
            entry["lineno"] = int("9" * 4300)
        return json.dumps(reply)

    assert judge(EXERCISES["relu_if"], 0, record, ask=ask).points == 0


def test_no_answer_is_searched_for_longer_than_a_search_may_take(monkeypatch):
    """Its small changes are without number: they were all made, in minutes, before the first was tried."""
    monkeypatch.setattr(repair, "SECONDS", 1)
    lines = "".join(f"    y{n} = inputs + [{n}]\n" for n in range(200))
    with limited(60):
        assert checked_text("relu_if", f"def relu_if(inputs):\n{lines}    return inputs").points == 0


def test_a_signal_that_is_still_on_its_way_stops_nothing_after_the_watchdog_has_gone():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # sent, and not delivered before the end
    try:
        with Watchdog(0.01) as watchdog:
            while not watchdog.fired:
                time.sleep(0.005)
            time.sleep(0.05)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    time.sleep(0.01)
    assert watchdog.fired == "TimeLimit"
