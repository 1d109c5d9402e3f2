"""Says what is true of wrong numbers, for mistakes that no listed misconception explains: facts, no guess."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ..course.exercise import Trait
from .compare import Array, as_numbers, close


class Symptom(NamedTuple):
    """What may be true of what was expected in one case and what came, of equal or of other shape."""

    applies: Callable[[Array, Array], object]
    why: str
    hint: str
    trait: Trait | None = None
    """It is a symptom only in exercises of this trait; None: in all."""


def read_symptom(pairs: list[tuple[Any, Any]], traits: frozenset[Trait]) -> tuple[str, str]:
    """What stands out in wrong results, and a question; both empty where nothing does.

    `pairs` are (expected, got) of the failing cases; what is said has to be true of all of them.
    `traits` are the exercise's: what is true of every right result of it.
    """
    results = [as_numbers(got) for _, got in pairs]
    numeric = [
        (np.array(want, float), have.astype(float))
        for (want, _), have in zip(pairs, results)
        if have is not None
    ]
    if not numeric or len(numeric) < len(pairs):
        return "", ""
    with np.errstate(all="ignore"):
        for applies, why, hint in ACROSS_CASES:
            if applies([have for _, have in numeric]):
                return why, hint
        same = [want.shape == have.shape for want, have in numeric]
        known = SAME_SHAPE if all(same) else OTHER_SHAPE if not any(same) else []
        for symptom in known:
            if symptom.trait in (None, *traits) and all(symptom.applies(*pair) for pair in numeric):
                return symptom.why, symptom.hint
    return "", ""


def nearly(a: Array, b: Array, tolerance: float = 1e-6) -> bool:
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=tolerance, atol=tolerance))


def rounded(want: Array, have: Array) -> bool:
    return bool(have.any()) and any(nearly(np.round(want, n), have, 1e-9) for n in range(1, 9))


def probability_rows(values: Array) -> bool:
    return values.ndim == 2 and nearly(values.sum(axis=1), np.ones(len(values)))


def factor(want: Array, have: Array) -> bool:
    """Whether `have` is `want` times one number other than 1."""
    ratio = have[want != 0] / want[want != 0]
    return ratio.size > 1 and nearly(have, want * ratio[0]) and not close(want, have)


def always_the_same(results: list[Array]) -> bool:
    return len(results) > 3 and all(nearly(r, results[0]) for r in results)


def grows(results: list[Array]) -> bool:
    """Whether each list of results begins with the whole of the one before."""
    if len(results) < 3 or any(r.ndim != 1 for r in results):
        return False
    holds = all(b.size >= a.size and nearly(a, b[: a.size]) for a, b in itertools.pairwise(results))
    return holds and results[-1].size > results[0].size


# (does it apply to the results of all failing cases?, why, what to try)
ACROSS_CASES: list[tuple[Callable[[list[Array]], bool], str, str]] = [
    (
        lambda results: all(r.size == 0 for r in results),
        "The result is empty: there is not one number in it.",
        "Which line of yours puts a number into the result, and is it reached?",
    ),
    (
        always_the_same,
        "The result is the same for each of these cases, though what goes in is not.",
        "Which line of yours reads the parameter, and does the result depend on it?",
    ),
    (
        grows,
        "Each result begins with the whole result of the call before.",
        "Where is the empty list made: in the function, or once, outside of it?",
    ),
]

# The first that applies is shown
SAME_SHAPE: list[Symptom] = [
    Symptom(
        lambda w, h: np.isnan(h).any() and not np.isnan(w).any(),
        "There is nan in the result, as 0 / 0, inf / inf and inf - inf give it.",
        "Which line is the first to make an inf, or a 0 that is divided by?",
    ),
    Symptom(
        lambda w, h: np.isinf(h).any() and not np.isinf(w).any(),
        "There is inf in the result, as a number too large for float64 or a division by 0 gives it.",
        "Which line is the first to make it?",
    ),
    Symptom(
        lambda w, h: h.any() and nearly(np.trunc(w), h, 1e-9),
        "The fractions are cut off.",
        "Which line is the first whose numbers have none?",
    ),
    Symptom(rounded, "The values are rounded.", "Which line does that? Only what is printed may be rounded."),
    Symptom(
        lambda w, h: nearly(w, h, 1e-3),
        "The numbers are nearly right, but not to the last digits.",
        "What in your lines is only nearly what it should be, or is added and small?",
    ),
    Symptom(
        lambda w, h: h.size > 1 and np.ptp(h) == 0 and np.ptp(w) > 0,
        "All numbers of the result are the same.",
        "Which line makes them so?",
    ),
    Symptom(
        lambda w, h: nearly(-w, h), "Every sign is the wrong way round.", "Which line decides about the sign?"
    ),
    Symptom(
        lambda w, h: nearly(np.sort(w, axis=-1), np.sort(h, axis=-1)),
        "The right numbers are there, in a different order.",
        "Which line changes their order?",
    ),
    Symptom(
        lambda w, h: w.ndim == 2 and w.shape[0] == w.shape[1] and nearly(w.T, h),
        "Rows and columns are exchanged.",
        "Which line exchanges them?",
    ),
    Symptom(
        lambda w, h: nearly(np.sort(w, axis=None), np.sort(h, axis=None)),
        "The right numbers are there, at other places.",
        "Which line moves them?",
    ),
    Symptom(
        lambda w, h: probability_rows(w) and nearly(h.sum(axis=0), np.ones(h.shape[1])),
        "Here the columns sum to 1, but each row is one sample, so the rows must.",
        "Along which axis does the sum run?",
        "rows are probabilities",
    ),
    Symptom(
        lambda w, h: probability_rows(w) and len(h) > 1 and abs(h.sum() - 1) < 1e-6,
        "Here the whole batch sums to 1 together, but each row is one sample and must sum to 1.",
        "Along which axis should the sum run?",
        "rows are probabilities",
    ),
    Symptom(
        lambda w, h: w.ndim == 1 and w.size > 1 and abs(w.sum() - 1) < 1e-6 and abs(h.sum() - 1) > 1e-6,
        "The result does not sum to 1.",
        "Which numbers are divided, and by what?",
        "sums to 1",
    ),
    Symptom(
        lambda w, h: probability_rows(w) and not probability_rows(h),
        "Not every row of the result sums to 1.",
        "Which line is to make each row sum to 1, and of which numbers is the sum that it needs?",
        "rows are probabilities",
    ),
    Symptom(
        lambda w, h: probability_rows(w) and probability_rows(h),
        "The rows sum to 1, but their numbers are not the expected ones.",
        "Which line is the first whose numbers are not what you expect?",
        "rows are probabilities",
    ),
    Symptom(
        lambda w, h: (w >= 0).all() and (h < 0).any(),
        "There are negative numbers in the result where none is expected.",
        "What happens to one negative number on its way through your lines?",
    ),
    Symptom(
        factor,
        "Every value is the right one times one and the same number.",
        "What could multiply all of them at once?",
    ),
    Symptom(
        lambda w, h: h.size > 1 and nearly(h - w, np.full_like(w, (h - w).flat[0])),
        "Every value is off by one and the same amount.",
        "What could be added to all of them at once?",
    ),
]

OTHER_SHAPE: list[Symptom] = [
    Symptom(
        lambda w, h: w.ndim == h.ndim == 1 and h.size == 1 and w.size > 1 and nearly(w[:1], h),
        "Only the first result came out.",
        "After which number does your function stop, and which line makes it stop?",
    ),
    Symptom(
        lambda w, h: w.ndim == h.ndim == 1 and h.size == 1 and w.size > 1 and nearly(w[-1:], h),
        "Only the last result came out.",
        "What becomes of the result of one round in the next?",
    ),
    Symptom(
        lambda w, h: w.ndim == 1 and h.ndim == 2 and h.size == w.size and nearly(w, h.ravel()),
        "There is one axis, or one pair of brackets, too many.",
        "Which line adds it?",
    ),
    Symptom(
        lambda w, h: w.ndim == 2 and h.shape == w.T.shape and nearly(w.T, h),
        "Rows and columns are exchanged.",
        "Look for a transpose, or for two swapped arguments.",
    ),
    Symptom(
        lambda w, h: w.ndim == 2 and w.shape[1] == 1 and h.ndim == 1 and h.size == w.size,
        "One axis is gone: the result is a flat row of numbers, not a column.",
        "Which line takes the axis away?",
    ),
    Symptom(
        lambda w, h: w.ndim == 1 and h.ndim == 2 and h.size == w.size,
        "There is one axis too many.",
        "Which line adds it?",
    ),
    Symptom(
        lambda w, h: h.ndim == 0 and w.size > 1,
        "One single number came out.",
        "Which line takes everything together?",
    ),
    Symptom(
        lambda w, h: w.ndim == h.ndim == 1 and h.size < w.size,
        "The result holds fewer numbers than are asked for.",
        "Which of them are missing?",
    ),
    Symptom(
        # two numbers that have become four say nothing of pairs: something else may be doubled
        lambda w, h: w.ndim == h.ndim == 1 and w.size > 2 and h.size == w.size**2,
        "The result holds as many numbers as there are pairs of numbers, and one for each number is asked "
        "for.",
        "How often do the lines of a loop run that stands inside of another one?",
    ),
    Symptom(
        lambda w, h: w.ndim == h.ndim == 1 and h.size > w.size,
        "The result holds more numbers than are asked for.",
        "Which of them are too many?",
    ),
]
