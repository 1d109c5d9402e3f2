"""Says what wrong numbers are: which simple thing they show of what was handed in, or of what is right.

All of it is reckoned, and true of each case that fails: facts, and no guess at their reason.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from ..course.exercise import Call, Case, Get, Set
from .compare import Array, Fault, as_numbers

ENOUGH = 4
"""Fewer numbers than these may be equal to something else by chance."""


class Wrong(NamedTuple):
    """One failing case: what was handed in, where it is known, what is right, and what came."""

    given: Array | None
    right: Array
    came: Array
    layer: tuple[Array, Array] | None = None
    """The weights and biases that were set, where a layer has some."""


Way = Callable[[Array], Array]

EACH: dict[str, Way] = {
    "{}, unchanged": lambda x: x,
    "{}, with the signs turned": lambda x: -x,
    "the amounts of {}, without their signs": np.abs,
    "{}, with a 0 for each below 0": lambda x: np.maximum(x, 0),
    "{}, squared": np.square,
    "the square roots of {}": np.sqrt,
    "e to the power of {}": np.exp,
    "e to the power of {}, with the signs turned": lambda x: np.exp(-x),
    "2 to the power of {}": np.exp2,
    "10 to the power of {}": lambda x: 10.0**x,
    "the logarithms of {}": np.log,
    "1 divided by {}": lambda x: 1 / x,
    "1 minus {}": lambda x: 1 - x,
    "{}, one more each": lambda x: x + 1,
    "{}, one less each": lambda x: x - 1,
    "a 1 for {} above 0, and a 0 for each other": lambda x: (x > 0).astype(float),
    "a 1 for {} above 0, a 0 for those below, and a half for each 0": lambda x: np.heaviside(x, 0.5),
    "only the signs of {}": np.sign,
    "the logarithms of 1 + e to the power of {}": lambda x: np.log1p(np.exp(x)),
    "the numbers 1 / (1 + e ** -x) for {}": lambda x: 1 / (1 + np.exp(-x)),
    "the numbers x / (1 + e ** -x) for {}": lambda x: x / (1 + np.exp(-x)),
    "the hyperbolic tangents of {}": np.tanh,
}
"""What may become of each number, alone."""

ORDERS: dict[str, Way] = {
    "the rows of {}, each one place further down, and the last at the top": lambda x: np.roll(x, 1, axis=0),
    "the rows of {}, each one place further up, and the first at the bottom": lambda x: np.roll(
        x, -1, axis=0
    ),
    "the rows of {}, the last first": lambda x: x[::-1],
    "{}, each row from its end": lambda x: x[:, ::-1],
    "{}, the smallest of each row first": lambda x: np.sort(x, axis=1),
    "{}, the largest of each row first": lambda x: -np.sort(-x, axis=1),
    "{}, the smallest of each column first": lambda x: np.sort(x, axis=0),
}
"""Other orders of a batch."""

OF_MANY: dict[str, Callable[..., Array]] = {
    "sum": np.sum,
    "largest": np.max,
    "smallest": np.min,
    "mean": np.mean,
    "product": np.prod,
    "sum of the squares": lambda x, **how: np.sum(x**2, **how),
    "median": np.median,
    "first": lambda x, axis, **_: np.take(x, 0, axis),
    "last": lambda x, axis, **_: np.take(x, -1, axis),
    "count of positive ones": lambda x, axis, **_: np.sum(x > 0, axis=axis),
    "place of the largest": np.argmax,
    "place of the smallest": np.argmin,
}
OF_ALL: dict[str, Way] = {
    "the numbers on the diagonal of {}": np.diagonal,
    "0, 1, 2 and so on, one for each row of {}": lambda x: np.arange(len(x)),
    "the places of the largest of each row of {}, counted through all rows": lambda x: (
        np.argmax(x, axis=1) + np.arange(len(x)) * x.shape[1]
    ),
    "0, 1, 2 and so on, one for each column of {}": lambda x: np.arange(x.shape[-1]),
}
"""What may be made of a batch as a whole."""

"""What may become of several numbers together."""

TOGETHER: dict[str, int | None] = {"row": 1, "column": 0, "": None}
"""Which numbers may be taken together: those of a row, those of a column, all."""


def recognise(wrong: Sequence[Wrong], fine: Sequence[Array] | None = ()) -> str:
    """What these results are, in a sentence; "" where they are nothing that is known here.

    `fine` is what was handed in where all came out right; None where something else than numbers came, too.
    """
    told = [one for one in wrong if one.came.size and (one.given is None or one.given.size)]
    if all(equal(np.ravel, one.right, one.came.ravel()) for one in told):
        return ""  # then it is their form that is wrong
    if len(told) < 2 or sum(one.came.size for one in told) < ENOUGH:
        return ""
    with np.errstate(all="ignore"):
        came = flat([one.came for one in told])
        if np.isnan(came).all():
            return ""
        if not np.ptp(came):  # much gives always the same, and it may be right
            same = np.all(flat([one.right for one in told]) == came[0])
            return "" if same else f"What came out is {came[0]:g}, and no other number, where it is wrong."
        told_of = what_they_are(told) or what_a_layer_made(told)
        return told_of or ("" if fine is None else where_they_are_wrong(told, fine))


def what_they_are(wrong: Sequence[Wrong]) -> str:
    sources: list[tuple[str, list[Array]]] = [("the right numbers", [one.right for one in wrong])]
    handed_in = [one.given for one in wrong if one.given is not None and one.given.size]
    if len(handed_in) == len(wrong):
        sources.insert(0, ("the numbers that were handed in", handed_in))
    came = [one.came for one in wrong]
    for source, values in sources:
        for words, way in ways(2 if all(x.ndim == 2 for x in values) else 1):
            if all(equal(way, x, got) for x, got in zip(values, came)):
                return f"What came out is {words.format(source)}."
    return ""


def of_a_layer(way: Callable[[Array, Array, Array], Array], weights: Array, biases: Array, x: Array) -> Array:
    return way(x, weights, biases)


OF_A_LAYER: dict[str, Callable[[Array, Array, Array], Array]] = {
    "the product of inputs and weights, without the biases": lambda x, w, b: x @ w,
    "the product with the biases added once for each input": lambda x, w, b: x @ w + w.shape[0] * b,
    "the product with the biases added once for each neuron": lambda x, w, b: x @ w + w.shape[1] * b,
    "the product with the biases added once for each sample": lambda x, w, b: x @ w + len(x) * b,
    "the product with the biases added twice": lambda x, w, b: x @ w + 2 * b,
    "the product with the sum of all biases added to each": lambda x, w, b: x @ w + b.sum(),
    "the product with the first bias added to each": lambda x, w, b: x @ w + b.ravel()[0],
    "the product with the last bias added to each": lambda x, w, b: x @ w + b.ravel()[-1],
    "the product minus the biases": lambda x, w, b: x @ w - b,
    "the product times the biases": lambda x, w, b: x @ w * b,
    "the inputs times weights and biases together, which are added first": lambda x, w, b: x @ (w + b),
    "the product divided by the number of inputs, and the biases": lambda x, w, b: x @ w / w.shape[0] + b,
    "the product divided by the number of samples, and the biases": lambda x, w, b: x @ w / len(x) + b,
    "what the first input gives, and the biases": lambda x, w, b: x[:, :1] @ w[:1] + b,
    "what the last input gives, and the biases": lambda x, w, b: x[:, -1:] @ w[-1:] + b,
    "what the first sample gives, for each": lambda x, w, b: np.repeat(x[:1] @ w + b, len(x), axis=0),
    "what the last sample gives, for each": lambda x, w, b: np.repeat(x[-1:] @ w + b, len(x), axis=0),
    "the sums that run on from neuron to neuron": lambda x, w, b: np.cumsum(x @ w, axis=1) + b,
    "the sums that run on from sample to sample": lambda x, w, b: np.cumsum(x @ w, axis=0) + b,
}
"""What may come of inputs, weights and biases in place of the output."""


def what_a_layer_made(wrong: Sequence[Wrong]) -> str:
    """What the wrong outputs of a layer are, of its inputs, weights and biases; "" where nothing is known."""
    seen = [(one.given, *one.layer, one.came) for one in wrong if one.layer and one.given is not None]
    if len(seen) < len(wrong):
        return ""
    for words, way in OF_A_LAYER.items():
        if all(x is not None and equal(partial(of_a_layer, way, w, b), x, came) for x, w, b, came in seen):
            return f"What came out is {words}."
    return ""


def ways(axes: int) -> Iterator[tuple[str, Way]]:
    """What may have been done to numbers with so many axes, each with its words."""
    yield from EACH.items()
    yield "a 1 at the place of the largest of {}, and a 0 at each other", chosen
    if axes == 2:
        yield "rows for columns of {}", np.transpose
        yield from OF_ALL.items()
        yield from ORDERS.items()
        yield "for each of {} whether it is the largest of its row", largest_of_its_row
    groups = TOGETHER.items() if axes == 2 else [("", None)]
    for (name, of), (group, axis) in itertools.product(OF_MANY.items(), groups):
        whose = f"of each {group} of {{}}" if group else "of all of {}"
        yield f"the {name} {whose}", partial(of, axis=axis)
    for (first, power), (sign, do), (name, of), (group, axis) in itertools.product(
        POWERS.items(), SIGNS.items(), OF_MANY.items(), groups
    ):
        if not name.startswith(("place", "first", "last", "count")):
            which = set_against(first, group)
            yield f"{first}, {sign} the {name} of {which}", partial(with_others, power, do, of, axis)
    for (first, power), (words, scale), (group, axis) in itertools.product(
        POWERS.items(), SCALES.items(), groups
    ):
        yield f"{first}, {words.format(set_against(first, group))}", partial(scaled, power, scale, axis)


def set_against(first: str, group: str) -> str:
    """What a number is set against: those of its group, or all of them; where it is a power, the powers."""
    powers = first.startswith("e to")
    if group:
        return f"its {group} of these powers" if powers else f"its {group}"
    return "all these powers" if powers else "all these numbers"


def scaled(power: Way, scale: Callable[[Array, int | None], Array], axis: int | None, x: Array) -> Array:
    return scale(power(x), axis)


def largest_of_its_row(x: Array) -> Array:
    flags: Array = np.equal(x, x.max(axis=1, keepdims=True))
    return flags.astype(float)


def with_others(
    power: Way, do: Callable[[Array, Array], Array], of: Callable[..., Array], axis: int | None, x: Array
) -> Array:
    """Each number, and what is made of those of its group, in one."""
    return do(power(x), of(power(x), axis=axis, keepdims=True))


def chosen(x: Array) -> Array:
    """A 1 where the first of the largest stands, in each row, and a 0 elsewhere."""
    flags: Array = np.equal(np.arange(x.shape[-1]), np.argmax(x, axis=-1, keepdims=True))
    return flags.astype(float)


POWERS: dict[str, Way] = {"{}, each": lambda x: x, "e to the power of {}, each": np.exp}
SCALES: dict[str, Callable[[Array, int | None], Array]] = {
    "stretched so that the smallest of {} is 0 and the largest 1": lambda x, axis: (
        (x - x.min(axis=axis, keepdims=True)) / np.ptp(x, axis=axis, keepdims=True)
    ),
    "minus the mean of {}, and divided by the standard deviation": lambda x, axis: (
        (x - x.mean(axis=axis, keepdims=True)) / x.std(axis=axis, keepdims=True)
    ),
    "divided by the root of the sum of the squares of {}": lambda x, axis: (
        x / np.sqrt((x**2).sum(axis=axis, keepdims=True))
    ),
}
SIGNS: dict[str, Callable[[Array, Array], Array]] = {"minus": np.subtract, "divided by": np.divide}


def equal(way: Way, x: Array, got: Array) -> bool:
    """Whether this is what came, axes with one place aside."""
    try:
        made = np.asarray(way(x.astype(float)))
    except (ValueError, IndexError):  # nothing to take the largest of, or an axis that is not there
        return False
    made, got = np.squeeze(made), np.squeeze(got)
    alike = made.shape == got.shape and np.allclose(made, got, rtol=1e-7, atol=1e-12, equal_nan=True)
    return bool(alike)


SIDES: dict[str, Callable[[Array], Array]] = {
    "below 0": lambda x: x < 0,
    "above 0": lambda x: x > 0,
    "of exactly 0": lambda x: x == 0,
    "with a fraction": lambda x: x != np.trunc(x),
    "below 0 or with a fraction": lambda x: (x < 0) | (x != np.trunc(x)),
}


def where_they_are_wrong(wrong: Sequence[Wrong], fine: Sequence[Array]) -> str:
    """Which of the numbers are wrong, where a few words say it."""
    if any(one.right.shape != one.came.shape for one in wrong):
        return ""
    if all(np.allclose(one.came, one.right, rtol=1e-3) for one in wrong):
        return ""  # then all are a little off, and which of them count as wrong is chance
    off = [~np.isclose(one.came, one.right, rtol=1e-7, atol=1e-12) for one in wrong]
    given = [one.given for one in wrong if one.given is not None and one.given.shape == one.came.shape]
    if len(given) == len(wrong):
        x, flags, came = flat(given), flat(off), flat([one.came for one in wrong])
        bad, good = x[flags], flat([x[~flags], *fine])
        if bad.size > 1 and good.size and (side := side_of(bad, good)):
            return f"{side}{what_of_them(bad, came[flags])}; all others are right."
    return which_places(off)


def side_of(bad: Array, good: Array) -> str:
    """What all numbers have that come out wrong, and no other one; "" where no word says it."""
    for side, test in SIDES.items():
        if test(bad).all() and not test(good).any():
            return f"Only numbers {side} come out wrong"
    for side, sign in {"above": 1, "below": -1}.items():
        wrong, fine = sign * bad, sign * good[sign * good > 0]
        if min(wrong.size, fine.size) >= ENOUGH and wrong.min() > fine.max():
            return f"There is a border {side} 0, and all numbers beyond it come out wrong"
    return ""


def what_of_them(x: Array, came: Array) -> str:
    """What all of these have become, behind a colon; "" where no word says it."""
    for words, way in BECOMES.items():
        if np.allclose(way(x), came, rtol=1e-7, atol=1e-12):
            return f": {words}"
    if not np.ptp(came):
        return f": as {came[0]:g}"
    times = came / x
    return f": as {times[0]:g} times what they are" if np.allclose(times, times[0]) else ""


BECOMES: dict[str, Way] = {
    "as they are": lambda x: x,
    "with the sign turned": lambda x: -x,
    "cut to whole numbers": np.trunc,
    "rounded": np.round,
}


def flat(arrays: Sequence[Array]) -> Array:
    return np.concatenate([a.ravel() for a in arrays])


def which_places(off: Sequence[Array]) -> str:
    """Whether it is always the first, the last, or all but one of these that are wrong."""
    rows = [np.array([one.any() for one in o]) for o in off if o.ndim and len(o) > 1]
    what = "row" if any(o.ndim > 1 for o in off) else "number"
    if len(rows) < ENOUGH:
        return ""
    for place, words in ((0, "first"), (-1, "last")):
        others = [np.delete(r, place) for r in rows]
        if all(r[place] and not o.any() for r, o in zip(rows, others)):
            return f"Only the {words} {what} of the result is wrong."
        if all(not r[place] and o.all() for r, o in zip(rows, others)):
            return f"Only the {words} {what} of the result is right."
    return ""


# Which cases fail

HAS: dict[str, Callable[[Array], object]] = {
    "a number below 0": lambda x: (x < 0).any(),
    "a 0": lambda x: (x == 0).any(),
    "a number above 0": lambda x: (x > 0).any(),
    "no number above 0": lambda x: not (x > 0).any(),
    "whole numbers only": lambda x: x.dtype.kind in "iu",
    "fractions": lambda x: (x != np.trunc(x)).any(),
    "more than one row": lambda x: x.ndim == 2 and len(x) > 1,
    "more rows than columns": lambda x: x.ndim == 2 and x.shape[0] > x.shape[1],
    "more columns than rows": lambda x: x.ndim == 2 and x.shape[0] < x.shape[1],
    "as many rows as columns": lambda x: x.ndim == 2 and x.shape[0] == x.shape[1],
    "one axis": lambda x: x.ndim == 1,
    "two axes": lambda x: x.ndim == 2,
    "other than two axes": lambda x: x.ndim != 2,
    "one number twice": lambda x: np.unique(x).size < x.size,
    "a number above 700": lambda x: (x > 700).any(),
    "numbers more than 700 apart": lambda x: np.ptp(x) > 700,
    "a row of probabilities none of which is above 0.5": lambda x: undecided(x),  # defined below
}
"""What may be so of what is handed in."""


def undecided(x: Array) -> bool:
    """Whether the rows are probabilities, and the largest of one is not above a half."""
    are = x.ndim == 2 and (x >= 0).all() and np.allclose(x.sum(axis=1), 1)
    return bool(are and (x.max(axis=1) <= 0.5).any())


def what_sets_apart(cases: Mapping[int, Case], faults: Mapping[int, Fault], part: str) -> str:
    """What all failing cases of a part have, and no other, in a sentence; "" where nothing is known of that
    kind."""
    fails: list[Array] = []
    works: list[Array] = []
    for i, case in cases.items():
        given = handed_in(case, len(case.steps) - 1)
        if case.part == part and given is not None and given.size:
            (fails if i in faults else works).append(given)
    if len(fails) < 2 or len(works) < 2:
        return ""
    fits = [w for w, has in HAS.items() if all(map(has, fails)) and not any(map(has, works))]
    if len(fits) != 1:  # of several it is not known which it is
        return "" if fits else size_apart(fails, works)
    return f"Of the cases that were tried each with {fits[0]} goes wrong, and no other."


def size_apart(fails: Sequence[Array], works: Sequence[Array]) -> str:
    """With which size all is right, and mostly wrong without it: it may be written into the answer."""
    if any(x.ndim != works[0].ndim for x in (*fails, *works)):
        return ""
    found = []
    for axis, what in enumerate(("rows", "columns") if works[0].ndim == 2 else ("numbers",)):
        ((size, times),) = Counter(x.shape[axis] for x in works).most_common(1)
        mostly = size not in {x.shape[axis] for x in fails} and len(fails) > 2 * (len(works) - times)
        if mostly and size > 1 and times > 1:
            found.append(f"all with {size} {what}")
    if len(found) != 1:
        return ""
    return f"Of the cases that were tried {found[0]} come out right, and of the others no more than a few."


def layer_of(case: Case, step: int) -> tuple[Array, Array] | None:
    """Weights and biases that were set on the layer whose output this step shows; or None."""
    about = case.steps[step]
    owner = about.path.partition(".")[0] if isinstance(about, Get) else ""
    was_set = {s.path: as_numbers(s.value) for s in case.steps[:step] if isinstance(s, Set)}
    weights, biases = was_set.get(f"{owner}.weights"), was_set.get(f"{owner}.biases")
    return None if weights is None or biases is None else (weights, biases)


def handed_in(case: Case, step: int) -> Array | None:
    """The only thing that the call was given whose result this step shows, as numbers; or None."""
    about = case.steps[step]
    calls = [s for s in case.steps[: step + 1] if isinstance(s, Call)]
    if isinstance(about, Get):
        owner = about.path.partition(".")[0]
        calls = [call for call in calls if call.path.startswith(f"{owner}.")]
    args = calls[-1].args if calls else ()
    return as_numbers(args[0]) if len(args) == 1 else None
