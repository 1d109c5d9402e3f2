"""An exercise has a module, a lesson and evidence. Whatever one lacks is said here, and nowhere else."""

import pytest
import whole

from grader.course import EXERCISES
from tests.exercises import EVIDENCE

NAME = "row_sums"


def test_every_exercise_has_a_module_a_lesson_and_evidence():
    assert whole.lacking() == []


def asked_for(*folders):
    """In these folders, every exercise but NAME is asked for; in others all are."""
    return lambda folder, suffix: set(EXERCISES) - ({NAME} if folder in folders else set())


@pytest.mark.parametrize(
    ("owner", "attribute", "value", "words"),
    [
        (whole, "EXERCISES", {n: e for n, e in EXERCISES.items() if n != NAME}, "no module"),
        (whole, "EVIDENCE", {n: e for n, e in EVIDENCE.items() if n != NAME}, "no evidence"),
        (whole, "checked", asked_for("solutions", "notebooks"), "no lesson"),
        (whole, "checked", asked_for("notebooks"), "not built"),
        (EVIDENCE[NAME], "mutated", (), "to be spoilt"),
        (EVIDENCE[NAME], "mutated", ("in verse",), "'in verse'"),
        (EVIDENCE[NAME], "claims", [], "claims nothing"),
        (EVIDENCE[NAME], "points", 3, "points 1, its evidence 3"),
        (EVIDENCE[NAME], "lesson", "01_relu_loop", "its evidence 01_relu_loop"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_missing_of_an_exercise_is_said_in_one_line(monkeypatch, owner, attribute, value, words):
    monkeypatch.setattr(owner, attribute, value)
    (line,) = whole.lacking()
    assert line.startswith(f"{NAME}: ") and words in line


def test_a_single_right_answer_is_not_enough(monkeypatch):
    monkeypatch.setattr(EVIDENCE[NAME], "right", dict.fromkeys(EVIDENCE[NAME].mutated[:1], ""))
    monkeypatch.setattr(EVIDENCE[NAME], "mutated", EVIDENCE[NAME].mutated[:1])
    (line,) = whole.lacking()
    assert "no two right answers" in line
