"""A record is data from a stranger: whatever it holds, the judge neither raises nor gives points for it."""

import copy
import json
import sys
from pathlib import Path

import pytest
from conftest import define, json_values, only_finding
from hypothesis import given
from hypothesis import strategies as st

from grader.course import EXERCISES
from grader.grading.limits import limited
from grader.judging.cards import card_html, card_text
from grader.judging.judge import judge, make_plan
from grader.judging.memory import write_step
from grader.judging.probe import run


@given(st.sampled_from(list(EXERCISES.values())), json_values.map(json.dumps) | st.text())
def test_no_json_text_makes_the_judge_raise_or_give_points(exercise, text):
    assert judge(exercise, 0, text).points == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "NaN",
        '{"found": null}',
        "[" * 100_000,
        '{"a":' * 20_000,
        "9" * 10_000,
        '{"found": {"kind": [], "type": {}, "empty": [], "stub": {}, "names": [[]]}, "cases": [], '
        '"timed_out": 1}',
        '{"found": {"kind": "function", "type": "", "empty": 0, "stub": 0, "names": []}, "cases": [], '
        '"timed_out": true}',
        " " * 20_000_001,
    ],
    ids=range(12),
)
def test_these_texts_make_the_judge_neither_raise_nor_give_points(text):
    for exercise in EXERCISES.values():
        assert judge(exercise, 0, text).points == 0


def record_on(name, source, seed=0):
    return json.loads(run(make_plan(EXERCISES[name], seed, None), define(source)))


WORTHLESS = {
    "relu_if": "def relu_if(inputs):\n    return [number + 1 for number in inputs] + [7]",
    "activation_relu": "class Activation_ReLU:\n    def forward(self, inputs):\n"
    "        self.output = -inputs - 1",
    "relu_numpy": "def relu_numpy(inputs):\n    return 1",
    "layer_dense": """
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = self.biases = np.ones((1, 1))
    def forward(self, inputs):
        self.output = inputs + 1
""",
    "predictions": "def predictions(probabilities):\n    return 1 / 0",
    "forward_pass": "def forward_pass(X, dense1, dense2):\n    return X - 1",
}


def cut(record, cases):
    """What a record looks like that was stopped after so many cases."""
    return record | {"cases": record["cases"][:cases], "timed_out": True}


@pytest.fixture(scope="module")
def records():
    """For some exercises: the record of a worthless answer, and that of the reference."""
    return {name: (record_on(name, source), record_of_reference(name)) for name, source in WORTHLESS.items()}


def record_of_reference(name, seed=0):
    return json.loads(run(make_plan(EXERCISES[name], seed, None), EXERCISES[name].namespace()))


def places(data, path=()):
    """The path to everything inside a JSON value."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        yield (*path, key)
        yield from places(value, (*path, key))


def owner_of(record, path):
    for key in path[:-1]:
        record = record[key]
    return record


def mutated(record, draw):
    """The text of `record` with a few things in it replaced, removed or doubled."""
    record = copy.deepcopy(record)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places(record))))
        owner, last = owner_of(record, path), path[-1]
        action = draw(st.sampled_from(["replace", "remove", "repeat"]))
        if action == "replace":
            owner[last] = draw(json_values)
        elif action == "remove":
            del owner[last]
        elif isinstance(owner, list):
            owner.insert(last, copy.deepcopy(owner[last]))
        else:
            owner[f"{last}2"] = owner[last]
    return json.dumps(record).replace("Infinity", "1e999")  # which JSON allows, and no float can hold


@given(st.data())
def test_a_tampered_record_of_a_worthless_answer_stays_worthless(records, data):
    name = data.draw(st.sampled_from(list(records)))
    verdict = judge(EXERCISES[name], 0, mutated(cut(records[name][0], 2), data.draw))
    assert verdict.points == 0
    assert card_html(verdict)


@given(st.data())
def test_a_tampered_record_of_a_right_answer_is_judged_without_raising(records, data):
    name = data.draw(st.sampled_from(list(records)))
    verdict = judge(EXERCISES[name], 0, mutated(records[name][1], data.draw))
    assert 0 <= verdict.points <= EXERCISES[name].points
    assert card_text(verdict)


ODD = {  # a change to the first case of a record: (exercise, path to what is changed, JSON in its place)
    "error without a message": ("predictions", ("seen", 0, "error"), '{"type": "ValueError"}'),
    "error without a type": ("predictions", ("seen", 0, "error"), '{"message": "no"}'),
    "missing attribute without its name": (
        "activation_relu",
        ("seen", 2),
        '{"error": {"type": "NoAttribute"}}',
    ),
    "missing attribute of a call": (
        "relu_if",
        ("seen", 0),
        '{"error": {"type": "NoAttribute", "message": ""}}',
    ),
    "line that is a number": (
        "predictions",
        ("seen", 0),
        '{"error": {"type": "ValueError", "message": "", "line": 1e999}}',
    ),
    "attributes that are no list": (
        "activation_relu",
        ("seen", 2),
        '{"error": {"type": "NoAttribute", "message": "output", "has": 7}}',
    ),
    "change of an argument that was not there": ("relu_if", ("seen", 0, "changed"), '{"7": 1}'),
    "change of the last argument, from behind": ("relu_if", ("seen", 0, "changed"), '{"-1": 1}'),
    "change of no argument": ("relu_if", ("seen", 0, "changed"), '{"x": 1}'),
    "change by reading": ("activation_relu", ("seen", 2, "changed"), '{"0": 1}'),
    "change by setting": ("forward_pass", ("seen", 1, "changed"), '{"0": 1}'),
    "change by making": ("layer_dense", ("seen", 0, "changed"), '{"0": 1}'),
    "ragged list": ("relu_if", ("seen", 0, "value"), '{"list": [{"list": []}, 2]}'),
    "ragged weights": ("layer_dense", ("seen", 1, "value"), '{"list": [{"list": []}, 2]}'),
    "weights of truths": (
        "layer_dense",
        ("seen", 1, "value"),
        '{"array": "AAEAAQAB", "dtype": "|b1", "shape": [2, 3]}',
    ),
    "empty weights": ("layer_dense", ("seen", 1, "value"), '{"array": "", "dtype": "<f8", "shape": [0, 3]}'),
    "infinite weight": ("layer_dense", ("seen", 1, "value"), "1e999"),
    "numbers beyond all floats": ("relu_if", ("seen", 0, "value"), f'{{"list": [{"9" * 400}, 0.5]}}'),
    "float beyond all floats": ("relu_if", ("seen", 0, "value"), '{"list": [1e999]}'),
    "an array called a scalar": (
        "relu_numpy",
        ("seen", 0, "value"),
        '{"scalar": "AAEAAQAB", "dtype": "|b1", "shape": [2, 3]}',
    ),
    "whole numbers beyond int64": (
        "predictions",
        ("seen", 0),
        '{"value": {"array": "//////////8=", "dtype": "<u8", "shape": [1]}, "changed": {}}',
    ),
    "warnings that are none": ("relu_if", ("warnings",), "[{}, null, [[]]]"),
    "printed something else": ("relu_if", ("printed",), '{"text": []}'),
}


@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize(("name", "path", "odd"), ODD.values(), ids=ODD)
def test_an_odd_field_makes_the_judge_neither_raise_nor_give_points(name, path, odd, right):
    record = record_of_reference(name) if right else record_on(name, WORTHLESS[name])
    for cases in (1, 1000):
        changed = cut(record, cases)
        owner_of(changed["cases"][0], path)[path[-1]] = "the odd one"
        verdict = judge(EXERCISES[name], 0, json.dumps(changed).replace('"the odd one"', odd))
        assert card_html(verdict)
        assert verdict.points < EXERCISES[name].points or path[0] in ("warnings", "printed")


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_json_does_not_know_is_not_read(word):
    record = record_of_reference("relu_if")
    record["cases"][0]["seen"][0]["value"] = {"list": ["a word"]}
    verdict = judge(EXERCISES["relu_if"], 0, json.dumps(record).replace('"a word"', word))
    assert only_finding(verdict).id == "unreadable"


def test_claims_that_are_not_observations_give_no_points():
    record = record_on("relu_if", "def relu_if(inputs):\n    pass")
    record |= {"points": 1, "score": 1.0, "status": "right", "timed_out": False}
    record["found"] |= {"empty": False, "points": 1}
    assert judge(EXERCISES["relu_if"], 0, json.dumps(record)).points == 0


def test_a_record_of_other_cases_gives_no_points():
    right = json.dumps(record_of_reference("relu_if", seed=1))
    assert judge(EXERCISES["relu_if"], 1, right).points == 1
    assert judge(EXERCISES["relu_if"], 2, right).points == 0


def test_a_plan_holds_arguments_and_no_results():
    keys = {"name", "kind", "seconds", "stand_ins", "cases"}
    assert set(json.loads(make_plan(EXERCISES["relu_if"], 0))) == keys
    for exercise in EXERCISES.values():
        for case in exercise.cases(0):
            for step in map(write_step, case.steps):
                assert set(step) in ({"call", "args", "to"}, {"set", "value"}, {"get"})


def test_a_class_stands_in_only_where_no_exercise_of_the_lesson_asks_for_it():
    plans = {name: json.loads(make_plan(exercise, 0)) for name, exercise in EXERCISES.items()}
    assert {name for name, plan in plans.items() if plan["stand_ins"]} == {"forward_pass"}
    for name, plan in plans.items():
        asked = {e.object_name for e in EXERCISES.values() if e.lesson == EXERCISES[name].lesson}
        assert not asked & plan["stand_ins"].keys()
    probe = Path(sys.modules[run.__module__].__file__).read_text(encoding="utf-8")
    assert [e.object_name for e in EXERCISES.values() if f"class {e.object_name}" in probe] == []


def test_a_record_cut_short_gives_no_points_for_what_is_missing():
    whole = record_of_reference("relu_if")
    short = cut(whole, len(whole["cases"]) - 1)
    for timed_out in (True, False):
        assert judge(EXERCISES["relu_if"], 0, json.dumps(short | {"timed_out": timed_out})).points == 0


def test_no_claim_of_names_takes_long():
    record = record_on("relu_if", "x = 1")
    record["found"] |= {"kind": "missing", "names": [f"relu_{n}" for n in range(200_000)]}
    text = json.dumps(record)
    with limited(60):  # it took minutes; now a moment
        assert judge(EXERCISES["relu_if"], 0, text, answer="x = 1\n" * 1_000).points == 0
