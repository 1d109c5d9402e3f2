"""The class that speed is measured with is one as people write it."""

import json
import random
import subprocess
from argparse import Namespace

import pytest
from conftest import ROOT, define, every_exercise, judged, judged_text

from grader.course import LESSONS
from tools import bench_page
from tools.bench_scale import as_scale
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


MEDIANS = {
    "stock": 4.0,
    "ours": 0.05,
    "floor": 0.04,
    "stock_processor": 4.4,
    "ours_processor": 0.1,
    "floor_processor": 0.04,
    "first": 2.0,
    "graded": 20.0,
    "written": 21.0,
    "memory": 400.0,
    "disk": 50_000.0,
    "export": 0.0001,
}
PHASES = dict.fromkeys(bench_page.PARTS, 1.9)


@pytest.fixture
def measured(monkeypatch, tmp_path):
    """What is kept of two machines, in a place of its own."""
    monkeypatch.setattr(bench_page, "MACHINES", tmp_path / "speed.json")
    monkeypatch.setattr(bench_page, "README", tmp_path / "README.md")
    (tmp_path / "README.md").write_text(f"A\n{bench_page.BEGIN_SPEED}\nold\n{bench_page.END_SPEED}\nB\n")
    for machine, code, ratios in (
        ("one", "abc", [90, 70.4, 80]),
        ("old", "abc", [30]),
        ("two", "def", [110, 120]),
        ("one", "def", [60, 75, 99.6]),
    ):
        monkeypatch.setattr(bench_page, "machine", lambda name=machine: name)
        monkeypatch.setattr(bench_page, "code", lambda code=code: code)
        bench_page.keep(bench_page.with_this_machine(60, MEDIANS, ratios, PHASES))
    return json.loads((tmp_path / "speed.json").read_text())


def test_the_readme_says_the_range_over_all_machines_in_their_last_measurement_of_this_code(
    measured, tmp_path
):
    assert [one["machine"] for one in measured] == ["old", "two", "one"]
    readme = (tmp_path / "README.md").read_text()
    assert readme.startswith("A\n<!-- speed") and readme.endswith("speed -->\nB\n") and "old" not in readme
    assert "**60 to 120 times**" in readme and "44 times less processor time" in readme
    assert "two: 110 to 120, 60 students, 2 rounds" in readme and "one: 60 to 100, 60 students" in readme
    assert "`def`" in readme and "abc" not in readme


def test_the_page_says_what_was_measured_and_nothing_that_was_not(measured):
    options = Namespace(students=60)
    text = bench_page.as_markdown(options, MEDIANS, [60, 75, 99.6], measured, PHASES, [])
    assert "takes **60 to 100 times** as long: the range of 3 rounds" in text
    assert "| ours | 0.0500 | 20.0 | 80.0 | 0.1000 |" in text and "Otter-Grader, several" not in text
    assert "2.5 times the processor time of the floor" in text and "Larger classes" not in text
    rows = [row.strip("| ").split(" | ") for row in text.splitlines()]
    codes = {row[0]: row[2] for row in rows if len(row) == 8}
    assert [codes[name] for name in ("old", "two", "one")] == ["`abc`, older", "`def`", "`def`"]


@pytest.mark.parametrize("code", ["unknown", "abc-changed"])
def test_of_what_is_no_commit_nobody_says_that_it_is_the_same(code):
    machines = [{"machine": name, "code": code} for name in ("one", "two")]
    assert bench_page.same_code(machines) == machines[1:]


def test_the_code_that_is_measured_is_named_by_its_commit():
    assert bench_page.code().removesuffix("-changed") in (history() or ["unknown"])


def history():
    """The commits of this checkout, where it has its history."""
    done = subprocess.run(["git", "log", "--format=%h"], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.split()


def test_what_a_class_of_any_size_costs_is_reckoned_from_it(measured):
    text = as_scale(measured[-1])
    many = len(LESSONS) * 1_000_000
    assert f"| 1,000,000 | {many:,} | {many * 0.1 / 3600:,.1f} |" in text
    assert f"keeps up with **{0.1 / 0.002:.0f} cores**" in text
    hours = many * 0.002 / 3600
    assert text.count(f"{hours:.1f} h") == 3  # on 64 cores, on 1,000, and the writer alone
