"""What crosses between probe and judge, and what a student is told about each kind of answer."""

import ast
import copy
import html
import json
import random
import re
import signal
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import define, judged, judged_mistake, judged_text
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays, scalar_dtypes

from grader.course import EXERCISES
from grader.course.exercise import Ref, Set
from grader.judging import probe
from grader.judging.cards import card_html, card_text
from grader.judging.formatting import format_value
from grader.judging.judge import judge, make_plan
from grader.judging.memory import write_step
from grader.judging.probe import MAX_DEPTH, MAX_ITEMS, Other, Unacceptable, decode, encode, run
from grader.judging.verdict import Finding, Verdict

# The wire format: what is plain crosses unchanged

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple),
    max_leaves=6,
)
known_dtypes = scalar_dtypes().filter(lambda dtype: dtype.kind in "biuf" and dtype.itemsize <= 8)


def identical(a, b):
    """Same types all the way down, same values, nan equal to nan."""
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(identical, a, b))
    if isinstance(a, (np.ndarray, np.generic)):
        return a.dtype.newbyteorder("<") == b.dtype.newbyteorder("<") and np.array_equal(
            a, b, equal_nan=a.dtype.kind == "f"
        )
    return repr(a) == repr(b)


def across(value):
    return decode(json.loads(json.dumps(encode(value), allow_nan=False)))


@given(plain)
def test_plain_values_cross_unchanged(value):
    assert identical(across(value), value)


@given(known_dtypes.flatmap(lambda dtype: arrays(dtype, array_shapes(min_dims=0, max_dims=4, min_side=0))))
def test_arrays_cross_unchanged(array):
    assert identical(across(array), array)


@given(known_dtypes.flatmap(lambda dtype: arrays(dtype, ())))
def test_numpy_scalars_cross_unchanged(array):
    assert identical(across(array[()]), array[()])


@given(arrays(float, array_shapes(min_dims=2)))
def test_views_cross_as_the_values_they_show(array):
    assert identical(across(array.T[::-1]), np.ascontiguousarray(array.T[::-1]))


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (object(), "object"),
        ({1: 2}, "dict"),
        ({1}, "set"),
        (iter([]), "list_iterator"),
        (1j, "complex"),
        (map(str, []), "map"),
        (len, "builtin_function_or_method"),
        (b"text", "bytes"),
        (int, "type"),
    ],
)
def test_of_anything_else_only_the_types_name_crosses(value, name):
    assert encode(value) == {"other": name}
    assert across([value])[0].type_name == name


@pytest.mark.parametrize(
    "array",
    [
        np.array([1j]),
        np.array([None]),
        np.array(["text"]),
        np.array(["2026-01-01"], "M8[D]"),
        np.zeros(2, [("a", float)]),
    ],
    ids=lambda array: array.dtype.name,
)
def test_arrays_of_other_dtypes_do_not_cross(array):
    assert isinstance(across(array), Other)


@pytest.mark.parametrize(
    "value",
    [[0] * (MAX_ITEMS + 1), np.zeros(MAX_ITEMS + 1), [np.zeros(MAX_ITEMS // 2)] * 3, 2**64],
    ids=["list", "array", "list of arrays", "integer"],
)
def test_what_is_too_large_does_not_cross(value):
    assert isinstance(across(value), Other)


def test_what_is_nested_too_deeply_or_holds_itself_does_not_cross():
    endless = []
    endless.append(endless)
    assert isinstance(across(endless), Other)


REFUSED = {
    "a bare list": [1],
    "no keys": {},
    "unknown keys": {"pickle": "gASV"},
    "one key too many": {"list": [], "tuple": []},
    "a list that is none": {"list": "ab"},
    "a tuple that is none": {"tuple": {}},
    "a bare list inside": {"list": [[1]]},
    "a name that is no text": {"other": 1},
    "a finite float as text": {"float": "1.5"},
    "a float that is no text": {"float": 1.5},
    "dtype object": {"array": "AAAAAAAAAAA=", "dtype": "|O", "shape": [1]},
    "dtype complex": {"array": "AAAAAAAAAAAAAAAAAAAAAA==", "dtype": "<c16", "shape": [1]},
    "dtype text": {"array": "AAAAAA==", "dtype": "<U1", "shape": [1]},
    "dtype big endian": {"array": "AAAAAAAAAAA=", "dtype": ">f8", "shape": [1]},
    "dtype by name": {"array": "AAAAAAAAAAA=", "dtype": "float64", "shape": [1]},
    "dtype no text": {"array": "AAAAAAAAAAA=", "dtype": ["<f8"], "shape": [1]},
    "dtype structured": {"array": "AAAAAAAAAAA=", "dtype": "f8,f8", "shape": [1]},
    "fewer bytes than the shape": {"array": "AAAAAAAAAAA=", "dtype": "<f8", "shape": [2]},
    "more bytes than the shape": {"array": "AAAAAAAAAAAAAAAAAAAAAA==", "dtype": "<f8", "shape": [1]},
    "bytes for a shape of none": {"array": "AAAAAAAAAAA=", "dtype": "<f8", "shape": [0]},
    "part of a number": {"array": "AAAA", "dtype": "<f8", "shape": [1]},
    "not base64": {"array": "%%%%", "dtype": "<f8", "shape": [1]},
    "bytes that are no text": {"array": [0] * 8, "dtype": "<f8", "shape": [1]},
    "a shape that is no list": {"array": "AAAAAAAAAAA=", "dtype": "<f8", "shape": 1},
    "a negative shape": {"array": "AAAAAAAAAAA=", "dtype": "<f8", "shape": [-1]},
    "a fractional shape": {"array": "AAAAAAAAAAA=", "dtype": "<f8", "shape": [1.0]},
    "a shape of truths": {"array": "AAAAAAAAAAA=", "dtype": "<f8", "shape": [True]},
    "too many axes": {"array": "AAAAAAAAAAA=", "dtype": "<f8", "shape": [1] * 9},
    "a huge axis": {"array": "", "dtype": "<f8", "shape": [0, 10**12]},
    "too many numbers": {"array": "A" * 4 * MAX_ITEMS, "dtype": "|i1", "shape": [3 * MAX_ITEMS]},
    "an array without a shape": {"array": "AAAAAAAAAAA=", "dtype": "<f8"},
    "an array and a scalar": {"array": "", "scalar": "", "dtype": "<f8", "shape": [0]},
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_decode_refuses_what_encode_does_not_write(data):
    with pytest.raises(Unacceptable):
        decode(data)


def test_decode_refuses_what_is_nested_too_deeply():
    data = {"list": []}
    for _ in range(MAX_DEPTH + 1):
        data = {"list": [data]}
    with pytest.raises(Unacceptable):
        decode(data)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["list", "array", "<f8", "nan", "AAAA", "error", "TimeLimit"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=4)
            | st.sampled_from(
                [
                    "list",
                    "tuple",
                    "array",
                    "scalar",
                    "dtype",
                    "shape",
                    "float",
                    "other",
                    "error",
                    "value",
                    "changed",
                    "type",
                    "message",
                    "0",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@given(json_values)
def test_decode_gives_a_value_or_refuses_and_nothing_else(data):
    try:
        value = decode(data)
    except Unacceptable:
        return
    assert isinstance(value, (type(None), bool, int, float, str, list, tuple, np.ndarray, np.generic, Other))


# A record is data from a stranger


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
    "line number beyond all numbers": (
        "predictions",
        ("seen", 0),
        '{"error": {"type": "ValueError", "message": "", "line": "x", "lineno": 1e999}}',
    ),
    "line number that is none": (
        "predictions",
        ("seen", 0),
        '{"error": {"type": "ValueError", "message": "", "line": 3, "lineno": "three"}}',
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


# There, and of the right kind?


def only_finding(verdict) -> Finding:
    (finding,) = verdict.findings
    return finding


def test_nothing_defined_is_unwritten():
    verdict = judged_text("relu_if", "x = 1")
    assert (verdict.status, verdict.points, only_finding(verdict).id) == ("unwritten", 0, "missing")
    assert "relu_if is not defined yet" in only_finding(verdict).title


@pytest.mark.parametrize(
    "body",
    [
        "pass",
        "...",
        "return None",
        "return",
        '"""What it does."""',
        '"""What it does."""\n    pass',
        "# YOUR CODE HERE\n    pass",
    ],
)
def test_a_function_that_does_nothing_is_unwritten(body):
    verdict = judged_text("relu_if", f"def relu_if(inputs):\n    {body}")
    assert (verdict.status, verdict.points, only_finding(verdict).id) == ("unwritten", 0, "unwritten")
    assert "waiting for your code" in only_finding(verdict).title


@pytest.mark.parametrize(
    "body",
    [
        "return inputs",
        "return 0",
        "return 'text'",
        "return []",
        "return True",
        "return lambda: 0",
        "print()",
        "raise NotImplementedError",
        "return inputs[0]",
        "inputs.sort()",
    ],
)
def test_a_short_wrong_function_is_wrong_and_not_unwritten(body):
    verdict = judged_text("relu_if", f"def relu_if(inputs):\n    {body}")
    assert (verdict.status, verdict.points) == ("wrong", 0), only_finding(verdict)


def test_a_class_whose_methods_do_nothing_is_unwritten():
    source = "class Activation_ReLU:\n    def forward(self, inputs):\n        pass"
    assert judged_text("activation_relu", source).status == "unwritten"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("relu_if", "def Relu_if(inputs): return []"),
        ("relu_if", "def relu_iff(inputs): return []"),
        ("relu_if", "def reluif(inputs): return []"),
        ("activation_relu", "class Activation_Relu: pass"),
        ("activation_relu", "class ActivationReLU: pass"),
        ("layer_dense", "class LayerDense: pass"),
    ],
)
def test_a_misspelt_name_is_named(name, written):
    verdict = judged_text(name, written)
    typed = re.match(r"(?:def|class) (\w+)", written)[1]
    assert (verdict.points, only_finding(verdict).id) == (0, "misspelt")
    assert typed in only_finding(verdict).title and typed in only_finding(verdict).hint
    assert EXERCISES[name].object_name in only_finding(verdict).hint


@pytest.mark.parametrize(
    ("name", "source", "words"),
    [
        ("relu_if", "class relu_if: pass", "relu_if is a class, not a function"),
        ("activation_relu", "def Activation_ReLU(inputs): return inputs", "is a function, not a class"),
        ("relu_if", "relu_if = [0, 2, 0]", "relu_if is a list, not a function"),
        ("relu_numpy", "relu_numpy = np.maximum(0, np.ones(3))", "relu_numpy is a ndarray, not a function"),
        (
            "activation_relu",
            "class Activation_ReLU:\n    pass\nActivation_ReLU = Activation_ReLU()",
            "not a class",
        ),
    ],
)
def test_the_wrong_kind_of_object_is_named(name, source, words):
    verdict = judged_text(name, source)
    assert (verdict.status, verdict.points, only_finding(verdict).id) == ("wrong", 0, "wrong-kind")
    assert words in only_finding(verdict).title


def test_an_error_in_the_cell_is_given_as_the_reason_for_a_missing_name():
    record = run(make_plan(EXERCISES["relu_if"], 0), {})
    finding = only_finding(judge(EXERCISES["relu_if"], 0, record, "SyntaxError: '(' was never closed"))
    assert "SyntaxError: '(' was never closed" in finding.title
    assert "Python could not read the cell" in finding.why


# Did it run?


def test_an_exception_names_the_students_own_line_and_no_line_of_ours():
    verdict = judged_text(
        "relu_numpy",
        """
def helper(values):
    return values["a"]  # the line

def relu_numpy(inputs):
    return helper(inputs)
""",
    )
    assert only_finding(verdict).id == "error"
    assert 'in your line: return values["a"]  # the line' in only_finding(verdict).got
    assert "IndexError" in card_text(verdict)
    assert not re.search(r"run_step|run_case|resolve|probe\.py|Traceback|grader[/\\.]", card_text(verdict))


def test_an_exception_within_a_library_names_the_students_line_that_called_it():
    verdict = judged_text("relu_numpy", "def relu_numpy(inputs):\n    return np.linalg.inv(inputs.ravel())")
    assert "in your line: return np.linalg.inv(inputs.ravel())" in only_finding(verdict).got
    assert "linalg.py" not in card_text(verdict)


@pytest.mark.parametrize("statement", ["sys.exit(3)", "raise SystemExit", "exit()", "quit()"])
def test_quitting_python_is_a_finding(statement):
    names = define("import sys\n\ndef exit(): raise SystemExit\nquit = exit")
    verdict = judged("relu_if", define(f"def relu_if(inputs):\n    {statement}", names))
    assert (verdict.points, only_finding(verdict).id) == (0, "error")
    assert "SystemExit" in only_finding(verdict).title and "quit" in only_finding(verdict).why


@pytest.mark.parametrize(
    "source",
    [
        "def relu_if(inputs):\n    while True:\n        pass",
        "def relu_if(inputs):\n    while True: pass",
        "def relu_if(inputs):\n    i = 0\n    while i < 10:\n        i = i * 2\n    return []",
        "def relu_if(inputs):\n    import time\n    while True:\n        time.sleep(0.01)",
    ],
)
def test_an_endless_loop_is_stopped(source):
    verdict = judged_text("relu_if", source, seconds=1)
    assert verdict.points == 0
    assert "did not come to an end" in only_finding(verdict).title
    assert "ran for too long" in only_finding(verdict).why


def test_the_time_limit_holds_where_ctrl_c_is_ignored():
    """A shell that starts a program in the background has it ignored; so may a cell."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        verdict = judged_text("relu_if", "def relu_if(inputs):\n    while True: pass", seconds=1)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
    assert "did not come to an end" in only_finding(verdict).title


def test_a_loop_that_is_endless_for_some_inputs_keeps_what_was_seen_before():
    verdict = judged_text(
        "relu_if",
        """
def relu_if(inputs):
    while len(inputs) == 0:
        pass
    return [max(0, i) for i in inputs]
""",
        seconds=1,
    )
    assert verdict.points == 0 and "did not come to an end" in only_finding(verdict).title
    assert "relu_if([])" in only_finding(verdict).code


def test_endless_recursion_is_a_finding():
    verdict = judged_text("relu_if", "def relu_if(inputs):\n    return relu_if(inputs)")
    assert "RecursionError" in only_finding(verdict).title
    assert "calls itself" in only_finding(verdict).why


def test_after_an_exception_a_check_leaves_no_trace_in_the_interpreter():
    before = sys.stdout, sys.stderr, np.random.get_state()[1].tolist(), random.getstate()
    judged_text(
        "relu_if",
        """
import random

def relu_if(inputs):
    print(random.random(), np.random.rand())
    raise ValueError
""",
    )
    assert (sys.stdout, sys.stderr, np.random.get_state()[1].tolist(), random.getstate()) == before


# Type and shape before values


def test_printing_in_place_of_returning_is_named(capsys):
    verdict = judged_text("relu_if", "def relu_if(inputs):\n    print([max(0, i) for i in inputs])")
    assert (verdict.points, only_finding(verdict).id) == (0, "nothing")
    assert "prints its result, but returns None" in only_finding(verdict).title
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "value",
    [
        "(max(0, i) for i in inputs)",
        "map(abs, inputs)",
        "object()",
        "{0: 1}",
        "set(inputs)",
        "np.zeros(300_000)",
        "[1j] * len(inputs)",
        "1j",
        "10 ** 30",
        "[10 ** 400] * len(inputs)",
        "[10 ** 400, 0.5]",
        "'text'",
        "['1'] * len(inputs)",
        "[[1], [1, 2]]",
        "[None] * len(inputs)",
        "np.array([None])",
        "[np.zeros(3), np.zeros((2, 2))]",
        "float('nan')",
        "b''",
        "lambda: 0",
        "[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]",
    ],
)
@pytest.mark.parametrize("name", ["relu_if", "relu_numpy", "row_sums", "predictions", "forward_pass"])
def test_odd_results_are_wrong_and_said_to_be_so(name, value):
    parameters = EXERCISES[name].signature.partition("(")[2]
    source = f"def {name}({parameters}:\n    inputs = [1, 2]\n    return {value}"
    verdict = judged_text(name, source)
    assert (verdict.status, verdict.points) == ("wrong", 0)
    assert only_finding(verdict).title and only_finding(verdict).hint


@pytest.mark.parametrize(
    "value",
    [
        "10 ** 30",
        "np.zeros(300_000)",
        "[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]",
        "object()",
        "(0, 1)",
        "()",
        "int",
        "array.array('d')",
    ],
)
def test_what_came_back_is_named_in_english(value):
    verdict = judged_text("relu_if", f"import array\ndef relu_if(inputs):\n    return {value}")
    assert not re.search(r"\ba (an?|some\w*|[aeio]\w+)\b|\(,\)", card_text(verdict)), card_text(verdict)


@pytest.mark.parametrize(
    "weights",
    [
        "np.random.rand(n_inputs, n_neurons) > 0.5",
        "[[0.1] * n_neurons, [0.2]]",
        "None",
        "'random'",
        "np.full((n_inputs, n_neurons), np.nan)",
        "np.random.randn(n_inputs, n_neurons).tolist()",
        "np.random.randn(n_inputs, n_neurons) * 1j",
        "np.random.randn(n_inputs, n_neurons).astype(object)",
        "np.array(0.1)",
        "np.zeros((0, 0))",
        "lambda: 0",
    ],
)
def test_odd_weights_cost_points_and_never_raise(weights):
    verdict = judged_text(
        "layer_dense",
        f"""
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = {weights}
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = inputs @ self.weights + self.biases
""",
    )
    assert verdict.points <= 2 and only_finding(verdict).title


@pytest.mark.parametrize(
    ("name", "expression"),
    [
        ("relu_if", "[[max(0, i) for i in x]] * 2"),
        ("relu_numpy", "np.stack([np.maximum(0, x)] * 2)"),
        ("normalize", "[[i / sum(x) for i in x]] * 2"),
        ("row_sums", "np.sum(x, 1, keepdims=True).repeat(2, axis=1)"),
        ("shift_rows", "np.stack([x - x.max(1, keepdims=True)] * 2)"),
        ("softmax_batch", "np.stack([np.exp(x) / np.exp(x).sum(1, keepdims=True)] * 2)"),
        ("predictions", "np.stack([x.argmax(axis=1)] * 2)"),
        ("confidences", "np.stack([x.max(axis=1)] * 3)"),
    ],
)
def test_a_result_that_only_broadcasting_would_accept_earns_nothing(name, expression):
    verdict = judged_text(name, f"def {name}(x):\n    return {expression}")
    assert verdict.points == 0
    assert only_finding(verdict).id == "shape"


@pytest.mark.parametrize(
    ("name", "line", "written"),
    [
        ("activation_relu", "self.outputs = np.maximum(0, inputs)", "outputs"),
        ("activation_relu", "self.ouput = np.maximum(0, inputs)", "ouput"),
        ("activation_softmax", "self.Output = inputs", "Output"),
    ],
)
def test_an_attribute_stored_under_another_name_is_named(name, line, written):
    class_name = EXERCISES[name].object_name
    source = f"class {class_name}:\n    def forward(self, inputs):\n        {line}"
    finding = only_finding(judged_text(name, source))
    assert finding.title == f"There is no self.output, but there is self.{written}."
    assert "self.output" in finding.hint


def test_a_weight_under_an_unlike_name_is_not_taken_for_a_forward_that_returns():
    finding = only_finding(
        judged_text(
            "layer_dense",
            """
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.W = np.random.randn(n_inputs, n_neurons)
        self.b = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = inputs @ self.W + self.b
""",
        )
    )
    assert "no self.weights" in finding.title and "W, b" in finding.why


# Points: whole, half, by parts


@pytest.mark.parametrize(
    ("name", "source"),
    [
        (
            "relu_if",
            "def relu_if(inputs):\n    for i in range(len(inputs)):\n"
            "        inputs[i] = max(0, inputs[i])\n    return inputs",
        ),
        ("relu_numpy", "def relu_numpy(inputs):\n    inputs[inputs < 0] = 0\n    return inputs"),
        ("relu_numpy", "def relu_numpy(inputs):\n    return np.maximum(0, inputs, out=inputs)"),
        ("shift_rows", "def shift_rows(x):\n    x -= x.max(axis=1, keepdims=True)\n    return x"),
        (
            "activation_relu",
            "class Activation_ReLU:\n    def forward(self, inputs):\n"
            "        inputs *= inputs > 0\n        self.output = inputs",
        ),
        (
            "softmax_batch",
            "def softmax_batch(x):\n    np.exp(x, out=x)\n"
            "    x /= x.sum(axis=1, keepdims=True)\n    return x",
        ),
    ],
)
def test_right_numbers_that_cost_the_callers_input_earn_half(name, source):
    verdict = judged_text(name, source)
    assert (verdict.status, verdict.points) == ("partial", EXERCISES[name].points / 2)
    finding = only_finding(verdict)
    assert "changed" in finding.title
    assert finding.expected.startswith("input still") and finding.got.startswith("input now")


@pytest.mark.parametrize(
    ("name", "expression"),
    [
        ("relu_if", "tuple(max(0, i) for i in inputs)"),
        ("relu_if", "np.maximum(0, inputs)"),
        ("exponentiate", "np.exp(inputs)"),
        ("softmax_vector", "(np.exp(inputs) / np.exp(inputs).sum()).tolist()"),
        ("row_sums", "inputs.sum(axis=1)"),
        ("relu_numpy", "np.maximum(0, inputs).ravel()"),
        ("confidences", "inputs.max(axis=1, keepdims=True)"),
        ("confidences", "list(inputs.max(axis=1))"),
        ("predictions", "inputs.argmax(axis=1).astype(float)"),
        ("predictions", "inputs.argmax(1)[:, None]"),
    ],
)
def test_right_numbers_in_the_wrong_form_earn_half(name, expression):
    verdict = judged_text(name, f"def {name}(inputs):\n    return {expression}")
    assert (verdict.status, verdict.points) == ("partial", EXERCISES[name].points / 2)


def test_a_softmax_without_the_shift_earns_the_point_for_moderate_values():
    verdict = judged_text(
        "activation_softmax",
        """
class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs)
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)
""",
    )
    assert (verdict.status, verdict.points) == ("partial", 1)
    assert only_finding(verdict).id == "activation_softmax.no_shift"
    assert "nan" in only_finding(verdict).got


def test_extreme_values_earn_nothing_where_moderate_ones_are_wrong():
    verdict = judged_text(
        "activation_softmax",
        """
class Activation_Softmax:
    def forward(self, inputs):
        if np.abs(inputs).max() < 100:
            self.output = inputs
        else:
            exp_values = np.exp(inputs - inputs.max(axis=1, keepdims=True))
            self.output = exp_values / exp_values.sum(axis=1, keepdims=True)
""",
    )
    assert verdict.points == 0


DENSE = """
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = {weights}
        self.biases = {biases}

    def forward(self, inputs):
        self.output = {output}
"""
RIGHT_DENSE = {
    "weights": "np.random.randn(n_inputs, n_neurons)",
    "biases": "np.zeros((1, n_neurons))",
    "output": "inputs @ self.weights + self.biases",
}


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({}, 3),
        (
            {"biases": "np.zeros(n_neurons)"},
            2.5,
        ),  # right numbers in the wrong form: half of the start's point
        ({"weights": "np.zeros((n_inputs, n_neurons))"}, 2),
        ({"weights": "np.random.default_rng(0).normal(size=(n_inputs, n_neurons))"}, 2),
        ({"weights": "np.random.randn(n_neurons, n_inputs)"}, 2),
        ({"biases": "np.ones((1, n_neurons))"}, 2),
        ({"output": "inputs @ self.weights"}, 1),
        ({"output": "np.maximum(0, inputs @ self.weights + self.biases)"}, 1),
        ({"biases": "np.ones((1, n_neurons))", "output": "inputs @ self.weights"}, 0),
    ],
    ids=str,
)
def test_a_layer_earns_its_start_and_its_forward_separately(change, points):
    assert judged_text("layer_dense", DENSE.format(**RIGHT_DENSE | change)).points == points


def test_a_constant_earns_nothing_in_any_exercise():
    for name, exercise in EXERCISES.items():
        for value in ("0", "np.array([[1.0]])"):
            if exercise.kind == "function":
                source = f"def {name}(*arguments):\n    return {value}"
            else:
                source = (
                    f"class {exercise.object_name}:\n    def __init__(self, *sizes):\n"
                    f"        self.weights = self.biases = {value}\n"
                    f"    def forward(self, inputs):\n        self.output = {value}"
                )
            assert judged_text(name, source).points == 0, (name, value)


# Notes that cost nothing


@pytest.mark.parametrize(
    "source",
    [
        """
class Activation_Softmax:
    def forward(self, inputs):
        unused = np.exp(inputs)
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)
""",
        """
import warnings

class Activation_Softmax:
    def forward(self, inputs):
        warnings.warn("something to think about")
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)
""",
    ],
)
def test_a_right_answer_with_a_warning_earns_all_points_and_a_note(source):
    verdict = judged_text("activation_softmax", source)
    assert (verdict.status, verdict.points) == ("right", 3)
    assert only_finding(verdict).id == "warning"
    assert "Nothing is taken off" in card_text(verdict)


def test_printing_and_logging_in_a_right_answer_cost_nothing_and_stay_off_the_screen(capsys):
    verdict = judged_text(
        "relu_if",
        """
import sys

def relu_if(inputs):
    print(inputs)
    print("x" * 100_000, file=sys.stderr)
    return [max(0, i) for i in inputs]
""",
    )
    assert (verdict.points, verdict.findings) == (1, ())
    assert capsys.readouterr() == ("", "")


# The case that is shown


def test_a_seed_draws_the_same_cases_and_another_seed_others():
    source = "def relu_if(inputs):\n    return [max(0, i) for i in inputs if len(inputs) not in (5, 6, 7)]"
    first, again, other = (judged_text("relu_if", source, seed) for seed in (5, 5, 6))
    assert first == again
    assert only_finding(first).code != only_finding(other).code
    assert 'check("relu_if", seed=5)' in card_text(first)


def test_the_smallest_readable_case_is_shown():
    verdict = judged_text("relu_if", "def relu_if(inputs):\n    return [abs(i) for i in inputs]")
    finding = only_finding(verdict)
    assert (finding.code, finding.expected, finding.got) == ("relu_if([-1])", "[0]", "[1]")


def pasted(code, names):
    """What a cell with this code shows."""
    *steps, last = ast.parse(code).body
    exec(compile(ast.Module(steps, []), "<pasted>", "exec"), names)
    if isinstance(last, ast.Expr):
        return eval(compile(ast.Expression(last.value), "<pasted>", "eval"), names)
    return exec(compile(ast.Module([last], []), "<pasted>", "exec"), names)


def same_to_the_digits_shown(text, value):
    """A random case is shown with eight decimals, so its result may differ in the last of them."""
    shown = eval(text, {"np": np, "nan": np.nan, "inf": np.inf})
    return np.shape(shown) == np.shape(value) and np.allclose(shown, value, rtol=1e-6, equal_nan=True)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(
    ("exercise", "mistake"),
    [pytest.param(e, m, id=f"{e.name}-{m.id}") for e in EXERCISES.values() for m in e.misconceptions],
)
def test_the_case_that_is_shown_can_be_pasted_and_gives_what_the_card_says(exercise, mistake):
    finding = only_finding(judged_mistake(exercise.name, mistake.id, 1))
    names = {"np": np} | EXERCISES["layer_dense"].namespace() | exercise.namespace(mistake.code)
    got = finding.got.partition("\nin your line")[0]
    if got == "no such attribute":
        with pytest.raises(AttributeError):
            pasted(finding.code, names)
    elif re.match(r"\w+Error: ", got):
        with pytest.raises(Exception, match=re.escape(got.partition(": ")[2])):
            pasted(finding.code, names)
    else:
        value = pasted(finding.code, names)
        not_the_value = got.startswith("input now") or finding.code.endswith(".weights")  # random numbers
        assert not_the_value or format_value(value) == got or same_to_the_digits_shown(got, value)


# The card


def words(text):
    """Words and signs, without what only one of the two cards needs: colons and back-quotes."""
    return re.findall(r"\w+|[^\w\s`:]", text)


def text_of(markup):
    return html.unescape(re.sub(r"<[^>]*>", " ", markup))


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("relu_if", "def relu_if(inputs):\n    return [max(0, i) for i in inputs]"),
        ("relu_if", "def relu_if(inputs):\n    return inputs[:0]"),
        ("relu_if", "def relu_if(inputs):\n    pass"),
        ("relu_if", ""),
        ("relu_if", "def relu_if(inputs):\n    raise KeyError('`a` < `b` & \"c\"')"),
        ("relu_numpy", "def relu_numpy(inputs):\n    inputs[inputs < 0] = 0\n    return inputs"),
        (
            "activation_relu",
            "class Activation_ReLU:\n    def forward(self, inputs):\n        self.outputs = 1",
        ),
        ("forward_pass", "def forward_pass(X, dense1, dense2):\n    return X"),
        (
            "layer_dense",
            "class Layer_Dense:\n    def __init__(self, n_inputs, n_neurons):\n        self.weights = 0",
        ),
    ],
)
def test_both_cards_say_the_same_in_the_same_order(name, source):
    verdict = judged_text(name, source)
    assert words(text_of(card_html(verdict))) == words(card_text(verdict))


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("relu_if", "def relu_if(inputs):\n    raise ValueError('<script>alert(1)</script>')"),
        ("relu_if", "def relu_if(inputs):\n    return ['<script>alert(1)</script>']"),
        ("relu_if", "def relu_if(inputs):\n    return type('<script>', (), {})()"),
        ("relu_if", "def relu_if(inputs):\n    raise type('<script>', (Exception,), {})()"),
        ("relu_if", "relu_if = type('<script>', (), {})()"),
        (
            "relu_if",
            "import warnings\ndef relu_if(inputs):\n    warnings.warn('<script>')\n"
            "    return [max(0, i) for i in inputs]",
        ),
        ("relu_if", "def relu_if(inputs):\n    return '<script>' + undefined"),
        (
            "layer_dense",
            "class Layer_Dense:\n    def __init__(self, *sizes):\n        setattr(self, '<script>', 0)",
        ),
        (
            "layer_dense",
            "class Layer_Dense:\n    def __init__(self, *sizes):\n        setattr(self, '`<script>`', 0)",
        ),
    ],
)
def test_what_a_student_controls_is_escaped(name, source):
    markup = card_html(judged_text(name, source))
    assert "<script" not in markup
    assert "&lt;script" in markup


def test_a_misspelt_name_cannot_smuggle_markup():
    names = define("def f(inputs): return []")
    names["relu_if<script>"] = names["f"]
    assert "<script" not in card_html(judged("relu_if", names))


@pytest.mark.parametrize("name", EXERCISES)
def test_a_card_needs_nothing_from_outside(name):
    markup = card_html(judged_text(name, ""))
    assert not re.search(r"<script|<link|<img|src=|href=|url\(|on\w+=", markup)


def test_a_verdict_survives_storing_as_json():
    verdict = judged_text("relu_if", "def relu_if(inputs):\n    return inputs")
    assert Verdict.from_dict(json.loads(json.dumps(verdict.to_dict()))) == verdict


# What the judge relies on


def test_the_probes_arguments_are_the_cases_arguments():
    for exercise in EXERCISES.values():
        for case in exercise.cases(3):
            for step in case.steps:
                values = [step.value] if isinstance(step, Set) else getattr(step, "args", ())
                for value in values:
                    if not isinstance(value, Ref):
                        assert identical(across(value), value), (exercise.name, step)


def test_the_probe_runs_where_there_is_nothing_else_of_the_project():
    names = {"__name__": "probe"}
    with open(probe.__file__, encoding="utf-8") as file:
        exec(compile(file.read(), "<probe>", "exec"), names)
    student = define("def relu_if(inputs):\n    return [max(0, i) for i in inputs]")
    record = names["run"](make_plan(EXERCISES["relu_if"], 0, None), student)
    assert judge(EXERCISES["relu_if"], 0, record).points == 1


# A stub that was left in place, and NumPy set otherwise


@pytest.mark.parametrize(
    ("signature", "line", "status"),
    [
        ("relu_numpy(inputs)", "return np.maximum(0, inputs)", "right"),
        ("softmax_vector(layer_outputs)", "e = np.exp(layer_outputs); return e / e.sum()", "right"),
        ("relu_if(inputs)", "return [max(0, x) for x in inputs]", "right"),
        ("relu_numpy(inputs)", "return inputs", "wrong"),
        ("relu_numpy(inputs)", "return np.float64(1.0)", "wrong"),
        ("relu_numpy(inputs)", "return inputs.missing", "wrong"),
        ("relu_if(inputs)", "return []", "unwritten"),
        ("relu_numpy(inputs)", "inputs.shape", "unwritten"),
    ],
)
def test_an_answer_below_a_stub_that_was_left_is_judged(signature, line, status):
    source = f"def {signature}:\n    # YOUR CODE HERE\n    pass\n    {line}\n"
    assert judged_text(signature.partition("(")[0], source).status == status


@pytest.mark.parametrize("setting", ["all='raise'", "under='raise'", "all='ignore'"])
def test_a_setting_of_numpy_changes_no_verdict(setting):
    answer = (
        "import numpy as np\nclass Activation_Softmax:\n    def forward(self, inputs):\n"
        "        e = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))\n"
        "        self.output = e / np.sum(e, axis=1, keepdims=True)\n"
    )
    wrong = answer.replace("axis=1", "axis=0")
    before = [judged_text("activation_softmax", text, seed=3) for text in (answer, wrong)]
    old = eval(f"np.seterr({setting})")
    np.set_printoptions(precision=2)
    try:
        assert [judged_text("activation_softmax", text, seed=3) for text in (answer, wrong)] == before
        assert np.geterr() != old
    finally:
        np.seterr(**old)
        np.set_printoptions(precision=8)
    assert before[0].status == "right"
