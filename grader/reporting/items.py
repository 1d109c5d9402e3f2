"""Item analysis: how hard each exercise was, and how well it tells students apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

TAIL = 0.27
"""The share of a class in each of the groups that are compared: Kelley (1939), see `upper_lower`."""

ENOUGH = 30
"""Submissions below which these numbers say little: the standard error of a correlation is 0.18 then."""


@dataclass(frozen=True)
class Item:
    """One exercise in numbers; None where there is too little to compute one from."""

    exercise: str
    lesson: str
    most: float
    mean: float
    difficulty: float
    discrimination: float | None
    upper_lower: float | None

    @property
    def remark(self) -> str:
        """What to look at, in words; empty where nothing strikes."""
        if self.difficulty > 0.95:
            return "nearly everybody can do it"
        if self.discrimination is not None and self.discrimination < 0:
            return "those who are better at the rest are worse at this: look at exercise and judge"
        if self.difficulty < 0.3:
            return "hard: fewer than three points of ten were earned"
        if self.discrimination is not None and self.discrimination < 0.2:
            return "says little about how a student does elsewhere"
        return ""


def analyse(scores: np.ndarray, exercises) -> list[Item]:
    """The items of a class; `scores` has shape (submissions, exercises)."""
    return [
        Item(
            exercise.name,
            exercise.lesson,
            float(exercise.points),
            float(scores[:, column].mean()) if len(scores) else 0.0,
            difficulty(scores[:, column], exercise.points),
            discrimination(scores, column),
            upper_lower(scores, column, exercise.points),
        )
        for column, exercise in enumerate(exercises)
    ]


def difficulty(points: np.ndarray, most: float) -> float:
    """The mean share of the points that was earned, between 0 (nobody) and 1 (everybody).

    The classical index p, for items with several points their mean over their maximum: Crocker and
    Algina, Introduction to Classical and Modern Test Theory (1986), chapter 14. The easier, the higher.
    """
    return float(points.mean() / most) if len(points) else 0.0


def discrimination(scores: np.ndarray, column: int) -> float | None:
    """The correlation of an item with the sum of all others, between -1 and 1.

    The item is left out of the sum, as it would else be correlated with itself: Henrysson, Correction
    of item-total correlations in item analysis, Psychometrika 28 (1963) 211-218. None where either is
    the same for everybody.
    """
    item, rest = scores[:, column], scores.sum(axis=1) - scores[:, column]
    if len(scores) < 3 or np.ptp(item) == 0 or np.ptp(rest) == 0:
        return None
    return float(np.corrcoef(item, rest)[0, 1])


def upper_lower(scores: np.ndarray, column: int, most: float) -> float | None:
    """The difficulty among the best 27 % less that among the weakest 27 %, between -1 and 1.

    The index D, with the tails that make it most reliable: Kelley, The selection of upper and lower
    groups for the validation of test items, Journal of Educational Psychology 30 (1939) 17-24. Who ties
    at an edge is counted in part, so that the order of the rows decides nothing. None for fewer than
    eight submissions.
    """
    if len(scores) < 8:
        return None
    totals, share = scores.sum(axis=1), TAIL * len(scores)
    upper, lower = tail_weights(totals, share), tail_weights(-totals, share)
    return float((upper - lower) @ scores[:, column] / share / most)


def tail_weights(totals: np.ndarray, share: float) -> np.ndarray:
    """How much of each submission is among the `share` highest, shape (submissions,); they sum to it."""
    edge = np.sort(totals)[::-1][int(np.ceil(share)) - 1]
    above, at = totals > edge, totals == edge
    return above + at * (share - above.sum()) / at.sum()


def alpha(scores: np.ndarray) -> float | None:
    """How much the exercises measure one thing together, at most 1.

    Cronbach, Coefficient alpha and the internal structure of tests, Psychometrika 16 (1951) 297-334:
    k / (k - 1) (1 - sum of the items' variances / variance of the sums). None where all sums are equal.
    """
    count = scores.shape[1]
    if len(scores) < 3 or count < 2 or np.ptp(scores.sum(axis=1)) == 0:
        return None
    own, all_together = scores.var(axis=0, ddof=1).sum(), scores.sum(axis=1).var(ddof=1)
    return float(count / (count - 1) * (1 - own / all_together))
