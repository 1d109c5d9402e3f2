"""Reads a likely cause off wrong numbers, for mistakes that no listed misconception explains."""

from __future__ import annotations

import itertools

import numpy as np

from .compare import as_numbers, close


def read_symptom(pairs: list[tuple], traits: frozenset[str]) -> tuple[str, str]:
    """Reason and advice for wrong results; both empty where nothing stands out.

    `pairs` are (expected, got) of the failing cases; what is said has to be true of all of them.
    `traits` are the exercise's: what is true of every right result of it.
    """
    numeric = [(as_numbers(want), as_numbers(have)) for want, have in pairs]
    if not numeric or any(have is None for _, have in numeric):
        return "", ""
    numeric = [(want.astype(float), have.astype(float)) for want, have in numeric]
    with np.errstate(all="ignore"):
        for applies, why, hint in ACROSS_CASES:
            if applies([have for _, have in numeric]):
                return why, hint
        for applies, why, hint in IN_EACH_CASE:
            if getattr(applies, "trait", None) not in (None, *traits):
                continue
            if all(applies(want, have) for want, have in numeric):
                return why, hint
    return "", ""


def nearly(a, b, tolerance=1e-6):
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=tolerance, atol=tolerance))


def rounded(want, have):
    return any(nearly(np.round(want, n), have, 1e-9) for n in range(1, 9))


def probability_rows(values):
    return values.ndim == 2 and nearly(values.sum(axis=1), np.ones(len(values)))


def factor(want, have):
    """Whether `have` is `want` times one number other than 1."""
    used = want != 0
    ratio = have[used] / want[used]
    return ratio.size > 1 and nearly(ratio, np.full_like(ratio, ratio[0])) and not close(want, have)


def always_the_same(results):
    return len(results) > 3 and all(nearly(r, results[0]) for r in results)


def grows(results):
    """Whether each list of results begins with the whole of the one before."""
    if len(results) < 3 or any(r.ndim != 1 for r in results):
        return False
    holds = all(b.size >= a.size and nearly(a, b[: a.size]) for a, b in itertools.pairwise(results))
    return holds and results[-1].size > results[0].size


def same_shape(applies):
    def of_same_shape(w, h):
        return w.shape == h.shape and bool(applies(w, h))

    of_same_shape.trait = getattr(applies, "trait", None)
    return of_same_shape


def of_trait(trait, applies):
    """A symptom that is one only in exercises with this trait."""
    applies.trait = trait
    return applies


def other_shape(applies):
    return lambda w, h: w.shape != h.shape and bool(applies(w, h))


# (does it apply to the results of all failing cases?, why, what to try)
ACROSS_CASES = [
    (
        always_the_same,
        "The result is the same whatever goes in: it is computed from a global variable, from numbers typed "
        "into the function, or the argument is overwritten in the first line.",
        "Use the parameter, and nothing else from outside the function.",
    ),
    (
        grows,
        "Each result still holds those of earlier calls: the list is made once, outside the function or as a "
        "default value of a parameter.",
        "Make the empty list in the first line of the function.",
    ),
]

# (does it apply to (expected, got) of one case?, why, what to try): the first that applies is shown
SAME_SHAPE = [
    (
        lambda w, h: np.isnan(h).any() and not np.isnan(w).any(),
        "There is nan in the result: somewhere 0 / 0, inf / inf or inf - inf was computed.",
        "Print the intermediate arrays and look for the first inf or 0 in them.",
    ),
    (
        lambda w, h: np.isinf(h).any() and not np.isinf(w).any(),
        "There is inf in the result: a number outgrew float64, or was divided by 0.",
        "Print the intermediate arrays and look for the first inf.",
    ),
    (
        lambda w, h: nearly(np.trunc(w), h, 1e-9),
        "The fractions are cut off: somewhere a whole-number type (int) swallowed them.",
        "Look for int(), //, or an array made from whole numbers.",
    ),
    (rounded, "The values are rounded.", "Return them as they are; round only what you print."),
    (
        lambda w, h: h.size > 1 and np.ptp(h) == 0,
        "Every number of the result is the same, whatever went in.",
        "Check that the result is computed from the argument, element by element.",
    ),
    (lambda w, h: nearly(-w, h), "Every sign is the wrong way round.", "Look for a swapped difference."),
    (
        lambda w, h: nearly(np.sort(w, axis=-1), np.sort(h, axis=-1)),
        "The right numbers are there, in a different order.",
        "Keep the order of the input.",
    ),
    (
        lambda w, h: w.ndim == 2 and w.shape[0] == w.shape[1] and nearly(w.T, h),
        "Rows and columns are exchanged.",
        "Look for a transpose, or for two swapped arguments.",
    ),
    (
        of_trait(
            "rows are probabilities",
            lambda w, h: probability_rows(w) and nearly(h.sum(axis=0), np.ones(h.shape[1])),
        ),
        "Here the columns sum to 1, but each row is one sample, so the rows must.",
        "axis=0 runs down the columns; axis=1 runs along each row.",
    ),
    (
        of_trait("rows are probabilities", lambda w, h: probability_rows(w) and abs(h.sum() - 1) < 1e-6),
        "Here the whole batch sums to 1 together, but each row is one sample and must sum to 1.",
        "Sum along the rows: axis=1, keepdims=True.",
    ),
    (
        of_trait(
            "sums to 1",
            lambda w, h: w.ndim == 1 and w.size > 1 and abs(w.sum() - 1) < 1e-6 and abs(h.sum() - 1) > 1e-6,
        ),
        "The result does not sum to 1.",
        "Divide by the sum of the same numbers that are divided.",
    ),
    (
        of_trait("rows are probabilities", lambda w, h: probability_rows(w) and not probability_rows(h)),
        "The rows of the result do not sum to 1.",
        "Divide each row by its own sum, taken after the exponential.",
    ),
    (
        of_trait("rows are probabilities", lambda w, h: probability_rows(w)),
        "The rows sum to 1, but their numbers are not those of the softmax.",
        "Compare with e ** x for each value of one row, divided by the sum of that row's.",
    ),
    (
        lambda w, h: (w >= 0).all() and (h < 0).any(),
        "There are negative numbers in the result where there cannot be any.",
        "Follow one negative input through your code.",
    ),
    (
        factor,
        "Every value is the right one times one and the same number.",
        "Look for a factor too many, or for a sum over too much.",
    ),
    (
        lambda w, h: h.size > 1 and nearly(h - w, np.full_like(w, (h - w).flat[0])),
        "Every value is off by one and the same amount.",
        "Look for something added or not subtracted.",
    ),
]

OTHER_SHAPE = [
    (
        lambda w, h: w.ndim == h.ndim == 1 and h.size == 1 and w.size > 1 and nearly(w[:1], h),
        "Only the first result came out: a return inside the loop ends the function in the first round.",
        "Indent return like for, so that it runs once, after the loop.",
    ),
    (
        lambda w, h: w.ndim == h.ndim == 1 and h.size == 1 and w.size > 1 and nearly(w[-1:], h),
        "Only the last result came out: each round starts afresh or overwrites the one before.",
        "Make the empty list before the loop, and append to it in the loop.",
    ),
    (
        lambda w, h: w.ndim == 1 and h.ndim == 2 and h.size == w.size and nearly(w, h.ravel()),
        "There is one axis, or one pair of brackets, too many.",
        "Leave out keepdims, or the brackets around what is appended or returned.",
    ),
    (
        lambda w, h: w.ndim == 2 and h.shape == w.T.shape and nearly(w.T, h),
        "Rows and columns are exchanged.",
        "Look for a transpose, or for two swapped arguments.",
    ),
    (
        lambda w, h: w.ndim == 2 and w.shape[1] == 1 and h.ndim == 1 and h.size == w.size,
        "One axis is gone: the result is a flat row of numbers, not a column.",
        "keepdims=True keeps the axis that is summed or searched, with length 1.",
    ),
    (
        lambda w, h: w.ndim == 1 and h.ndim == 2 and h.size == w.size,
        "There is one axis too many.",
        "Leave keepdims away, or index the axis away.",
    ),
    (
        lambda w, h: h.ndim == 0 and w.size > 1,
        "One single number came out: everything was taken together.",
        "Say along which axis: axis=1 gives one number for each row.",
    ),
    (
        lambda w, h: w.ndim == h.ndim == 1 and h.size < w.size,
        "The result is shorter than the input: some numbers were dropped.",
        "Every number of the input needs its place in the result, also 0.",
    ),
    (
        lambda w, h: w.ndim == h.ndim == 1 and h.size > w.size,
        "The result is longer than the input: some numbers were added twice.",
        "Exactly one number of the result belongs to each number of the input.",
    ),
]

IN_EACH_CASE = [
    *((same_shape(applies), why, hint) for applies, why, hint in SAME_SHAPE),
    *((other_shape(applies), why, hint) for applies, why, hint in OTHER_SHAPE),
]
