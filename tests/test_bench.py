"""The class that speed is measured with is one as people write it."""

import random

from conftest import define, every_exercise, judged, judged_text

from grader.course import LESSONS
from tools.bench_students import (
    RAISING_SHARE,
    WRONG_SHARE,
    in_own_words,
    make_class,
    one_answer,
    slips,
    solution,
)


@every_exercise
def test_a_right_answer_is_right_with_what_people_write_around_it(exercise):
    for seed in range(4):
        answer = in_own_words(solution(exercise), random.Random(seed))
        assert judged_text(exercise.name, answer).points == exercise.points


@every_exercise
def test_a_slip_raises(exercise):
    assert len(slips(solution(exercise))) >= 2
    for slip in slips(solution(exercise)):
        try:
            names = define(slip)
        except SyntaxError:
            continue
        assert judged(exercise.name, names).findings[0].id == "error", slip


def test_every_text_of_a_class_differs_and_the_same_seed_makes_the_same(tmp_path):
    for name in ("one", "again"):
        make_class(tmp_path / name, 10, seed=3)
    one, again = (
        [path.read_text("utf-8") for path in sorted((tmp_path / name).rglob("*.ipynb"))]
        for name in ("one", "again")
    )
    assert one == again and len(set(one)) == len(one) == 10 * len(LESSONS)
    assert any("plt.legend()" in text for text in one)


def test_shares_are_what_they_say():
    draw, right = random.Random(1), "def relu(x):\n    return max(0, x)"
    drawn = [one_answer(right, ["another"], draw) for _ in range(4000)]
    raising = WRONG_SHARE * RAISING_SHARE
    for text, share in ((right, 1 - WRONG_SHARE), ("another", WRONG_SHARE - raising)):
        assert abs(drawn.count(text) / len(drawn) - share) < 0.04
