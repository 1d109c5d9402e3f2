"""Holds what the student's object did against what the reference did, case by case.

Nothing here broadcasts: values are compared only between equal shapes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import Any

import numpy as np

from ..course.exercise import Call, Case, Get, Step
from .probe import Other
from .record import Observation

# Relative and absolute tolerance (the latter times the largest expected magnitude), by precision.
# float64: e typed to eight digits passes, four rounded decimals do not. float32: nnfs.init() makes
# np.dot, np.zeros and np.random.randn return it; a number near 1000 then lies up to 3e-5 beside itself,
# and so does the power of e of its difference to another. `rounding_of` says how much that is in a case.
TOLERANCE = {"double": (1e-7, 1e-10), "single": (1e-4, 2e-6)}
SINGLE = 1e-7
"""What a number loses at most, of its own size, when it becomes a float32."""


@dataclass(frozen=True)
class Fault:
    """The first thing that is not as expected in one case.

    kind: "error", "attribute", "nothing", "type", "shape", "values", "constant", "counted",
    "repeated", "lost", "whole" or "changed". `form_only`: the numbers are right and only their form is not.
    `got` is the value, what was raised, or the changed arguments by their place.
    """

    kind: str
    expected: Any = None
    got: Any = None
    form_only: bool = False
    step: int = 0
    is_random: bool = False
    """Whether any random numbers will do: only their shape and kind are expected."""


Array = np.ndarray[Any, np.dtype[Any]]


def as_numbers(value: Any) -> Array | None:
    """`value` as an array of floats or whole numbers, or None where it is not purely numeric."""
    if not only_numbers(value):
        return None
    try:
        array = np.array(value)
    except ValueError:  # ragged
        return None
    return array if array.dtype.kind in "biuf" else None


def only_numbers(value: Any) -> bool:
    """Whether there is nothing but numbers in it: text in a list would become a huge array of text."""
    if isinstance(value, (list, tuple)):
        return all(only_numbers(item) for item in value)
    return isinstance(value, (bool, int, float, np.number, np.bool_, np.ndarray))


def shape_of(value: Any) -> tuple[int, ...] | None:
    """The shape of what is purely numeric, else None."""
    array = as_numbers(value)
    return None if array is None else array.shape


def is_single(value: Any) -> bool:
    return isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind == "f" and value.itemsize < 8


def rounding_of(case: Case) -> float:
    """How far off a result may be where float32 was on the way: no more than that explains.

    What one array of numbers loses is known. Where several are multiplied and added up, it is not.
    """
    given, *more = [as_numbers(value) for value in case.given] or [None]
    if more or given is None or not given.ndim or not given.size:
        return TOLERANCE["single"][0]
    return float(np.clip(SINGLE * np.abs(given).max(), 1e-5, TOLERANCE["single"][0]))


def close(expected: Array, got: Array, single: bool = False, rounding: float = np.inf) -> bool:
    """Whether two numeric arrays agree in shape and values, nan and infinities included.

    `single` says that float32 was on the way, also where the result is float64 again, and `rounding` how
    much that explains.
    """
    if expected.shape != got.shape:
        return False
    if np.array_equal(expected, got):  # most often so, and ten times as fast to see
        return True
    single = single or is_single(expected) or is_single(got)
    rtol, atol = TOLERANCE["single" if single else "double"]
    expected, got = expected.astype(float), got.astype(float)
    finite = np.abs(expected[np.isfinite(expected)])
    scale = float(finite.max()) if finite.size else 0.0
    with np.errstate(invalid="ignore", over="ignore"):
        return bool(np.allclose(got, expected, rtol=min(rtol, rounding), atol=atol * scale, equal_nan=True))


def family(value: Any) -> str:
    """The kind of container, as a student would say it."""
    if isinstance(value, np.ndarray):
        return "array"
    if isinstance(value, (bool, np.bool_)):
        return "bool"
    if isinstance(value, (int, float, np.number)):
        return "number"
    return value.type_name if isinstance(value, Other) else type(value).__name__


def compare_values(
    expected: Any, got: Any, step: int = 0, single: bool = False, rounding: float = np.inf
) -> Fault | None:
    """Container before shape before values; the numbers are looked at even where the form is off."""
    if got is None:
        return Fault("nothing", expected, got, step=step)
    want, have = np.array(expected), as_numbers(got)
    if have is None:
        return Fault("type", expected, got, step=step)
    single = single and isinstance(got, np.ndarray)  # plain Python numbers are never float32
    same_numbers = close(want.ravel(), have.ravel(), single, rounding)
    if family(expected) != family(got):
        return Fault("type", expected, got, same_numbers and want.shape == have.shape, step)
    if want.shape != have.shape:
        return Fault("shape", expected, got, same_numbers, step)
    if same_numbers and isinstance(got, list) and any(isinstance(item, bool) for item in got):
        return Fault("type", expected, got, form_only=True, step=step)
    return None if same_numbers else Fault("values", expected, got, step=step)


def compare_fresh(expected: Any, got: Any, seen: list[Array], step: int) -> Fault | None:
    """Random starting values: shape of the reference, neither alike nor in even steps, unlike any seen."""
    fault = compare_values(expected, got, step)
    if fault and fault.kind != "values":
        return Fault(fault.kind, expected, got, step=step, is_random=True)
    if got.dtype.kind not in "iuf":
        return Fault("type", expected, got, step=step)
    copies = [not np.ptp(got, axis).any() for axis, length in enumerate(got.shape) if length > 1]
    if not np.isfinite(got).all() or any(copies):
        return Fault("constant", expected, got, step=step)
    steps = np.diff(got.ravel().astype(float))
    if len(steps) > 2 and np.allclose(steps, steps[0], rtol=1e-4, atol=0):
        return Fault("counted", expected, got, step=step)
    if any(np.array_equal(got, other) for other in seen):
        return Fault("repeated", expected, got, step=step)
    seen.append(got)
    return None


def compare_step(
    step: Step,
    i: int,
    expected: Observation,
    got: Observation,
    fresh: list[Array],
    single: bool,
    rounding: float,
) -> Fault | None:
    mode = step.compare if isinstance(step, (Call, Get)) else ""
    if got.raised:
        missing = got.raised.type == "NoAttribute"
        wanted = expected.value if mode and mode not in ("fresh", "kept") else None
        return Fault("attribute" if missing else "error", wanted, got.raised, step=i)
    fault = None
    if mode == "kept":
        same = any(np.array_equal(got.value, other) for other in fresh)
        fault = None if same or not fresh else Fault("lost", fresh[0], got.value, step=i)
    elif mode == "fresh":
        fault = compare_fresh(expected.value, got.value, fresh, i)
    elif mode:
        fault = compare_values(expected.value, got.value, i, single, rounding)
        if fault and isinstance(step, Get) and not same_in_use(expected.value, got.value):
            fault = replace(fault, form_only=False)
        if not fault and mode == "whole" and np.asarray(got.value).dtype.kind not in "iu":
            fault = Fault("whole", expected.value, got.value, form_only=True, step=i)
        if fault and mode == "places" and fault.kind == "values":
            fault = None
    if not fault and got.changed and isinstance(step, Call):
        fault = Fault("changed", step.args, got.changed, form_only=True, step=i)
    return fault


def same_in_use(expected: Any, got: Any) -> bool:
    """Whether what an object keeps differs in shape at most by lengths of 1 in front.

    Its other methods calculate with it, and NumPy adds such lengths by itself: biases (n_neurons,) act as
    (1, n_neurons) do, a column of as many zeros does not fit.
    """
    mine, own = shape_of(expected), shape_of(got)
    return mine is not None and own is not None and without_ones(mine) == without_ones(own)


def without_ones(shape: tuple[int, ...]) -> tuple[int, ...]:
    """A shape without the lengths of 1 that it begins with."""
    return tuple(dropwhile(lambda length: length == 1, shape))


def compare_case(
    case: Case, expected: Sequence[Observation], got: Sequence[Observation], single: bool = False
) -> Fault | None:
    """The worst fault of a case: wrong numbers before right numbers in a wrong form."""
    faults: list[Fault] = []
    fresh: list[Array] = []
    rounded = single or any(is_single(own.value) for own in got)
    rounding = rounding_of(case) if rounded else np.inf
    for i, (step, want, have) in enumerate(zip(case.steps, expected, got)):
        fault = compare_step(step, i, want, have, fresh, single, rounding)
        if fault:
            faults.append(fault)
    return min(faults, key=lambda fault: fault.form_only, default=None)


def alike(a: Any, b: Any, single: bool = False) -> bool:
    """Whether two decoded values are the same kind of thing with the same numbers (`single`: see `close`)."""
    if family(a) != family(b):
        return False
    x, y = as_numbers(a), as_numbers(b)
    if isinstance(a, (list, tuple)) and x is y:  # no arrays: rows of several lengths, or text
        return len(a) == len(b) and all(alike(one, other, single) for one, other in zip(a, b))
    if x is None or y is None:
        return x is y and (isinstance(a, Other) or a == b)
    return (x.dtype.kind == "b") == (y.dtype.kind == "b") and close(x, y, single)
