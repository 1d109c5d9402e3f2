"""What the probe writes and the judge reads: plain data crosses unchanged, and nothing else crosses."""

import json

import numpy as np
import pytest
from conftest import define, json_values
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays, scalar_dtypes

from grader.course import EXERCISES
from grader.course.exercise import Ref, Set
from grader.judging import probe
from grader.judging.judge import judge, make_plan
from grader.judging.probe import MAX_DEPTH, MAX_ITEMS, Other, Unacceptable, decode, encode

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


def test_longer_floats_cross_as_those_that_they_are_on_other_systems():
    assert identical(across(np.ones((2, 3), np.longdouble) / 3), np.ones((2, 3)) / 3)


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


@given(json_values)
def test_decode_gives_a_value_or_refuses_and_nothing_else(data):
    try:
        value = decode(data)
    except Unacceptable:
        return
    assert isinstance(value, (type(None), bool, int, float, str, list, tuple, np.ndarray, np.generic, Other))


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
