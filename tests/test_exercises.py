"""Every right answer earns all points, however it is written, and the chapter is what the evidence says."""

import json
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from conftest import ROOT, SEEDS, SOLVED, STUDENT, define, every_exercise, judged, judged_text
from hypothesis import given

from grader.course import CHAPTERS, EXERCISES, LESSONS
from grader.judging.judge import judge
from tests.exercises import EVIDENCE
from tests.exercises.forward_pass import FORWARD_PASSES

CONTRACT = sorted(EVIDENCE.items(), key=lambda entry: (entry[1].lesson, entry[1].number))


# The contract


def test_exercises_lessons_and_points_are_those_of_the_contract():
    assert {e.name: (e.lesson, e.points) for e in EXERCISES.values()} == {
        name: (evidence.lesson, evidence.points) for name, evidence in CONTRACT
    }


def test_the_chapters_hold_what_the_contract_does():
    found = [lesson for chapter in CHAPTERS.values() for lesson in chapter.lessons]
    assert sum(chapter.points for chapter in CHAPTERS.values()) == sum(e.points for _, e in CONTRACT)
    assert found == list(dict.fromkeys(evidence.lesson for _, evidence in CONTRACT))


def test_exercises_are_listed_in_the_order_of_the_lessons():
    assert [e.name for e in EXERCISES.values()] == [name for name, _ in CONTRACT]
    assert list(LESSONS) == sorted(LESSONS)


# The reference


@every_exercise
@pytest.mark.parametrize("seed", range(5))
def test_the_reference_earns_all_points_without_a_finding(exercise, seed):
    verdict = judged(exercise.name, exercise.namespace(), seed)
    assert (verdict.status, verdict.points, verdict.findings) == ("right", exercise.points, ())
    assert verdict.reward == exercise.reward != ""


@every_exercise
def test_the_second_way_is_right_too_and_says_why(exercise):
    shared = [share.exercise.second_text for share in exercise.shares]
    verdict = judged_text(exercise.name, "\n\n".join([*shared, exercise.second_text]))
    assert (verdict.status, verdict.points) == ("right", exercise.points), verdict.findings
    assert exercise.second.why


CLAIMS = [
    pytest.param(name, claim, id=f"{name}-{claim.name}")
    for name, evidence in CONTRACT
    for claim in evidence.claims
]


@pytest.mark.parametrize(("name", "claim"), CLAIMS)
def test_what_is_claimed_of_a_right_answer_holds_for_the_reference(name, claim):
    reference = EXERCISES[name].namespace()[EXERCISES[name].object_name]

    @given(claim.arguments)
    def holds(arguments):
        claim.check(reference, *arguments)

    holds()


# The cases


@every_exercise
def test_readable_cases_come_first_and_random_ones_follow_the_seed(exercise):
    cases = exercise.cases(7)
    kinds = [case.is_random for case in cases]
    assert kinds == sorted(kinds) and {True, False} == set(kinds)
    assert repr(cases) == repr(exercise.cases(7)) != repr(exercise.cases(8))


def arguments_of(cases):
    return [arg for case in cases for step in case.steps for arg in getattr(step, "args", ())]


BATCHES = [  # exercises that are called with arrays (n, k) and nothing else
    e.name for e in EXERCISES.values() if {np.ndim(arg) for arg in arguments_of(e._small())} == {2}
]


@pytest.mark.parametrize("name", BATCHES)
@pytest.mark.parametrize("seed", SEEDS)
def test_random_batches_are_never_square(name, seed):
    batches = arguments_of(case for case in EXERCISES[name].cases(seed) if case.is_random)
    assert batches and all(n != k for n, k in map(np.shape, batches))


# Right, however it is written

ANSWERS = [
    pytest.param(name, source, id=f"{name}-{label}")
    for name, evidence in CONTRACT
    for label, source in evidence.right.items()
]


@pytest.mark.parametrize(("name", "source"), ANSWERS)
def test_a_right_idiom_earns_all_points(name, source):
    for seed in SEEDS:
        verdict = judged_text(name, source, seed)
        assert (verdict.status, verdict.points) == ("right", EXERCISES[name].points), verdict.findings


IMPRECISE = ("rounded", "short", "e_to", "e_as")  # how the ids of such misconceptions begin

AFTER_NNFS = f"""
import nnfs
nnfs.init()
import json, sys
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
from conftest import EXERCISES, define, judge, make_plan, run
from tests.exercises import EVIDENCE

def judged(exercise, names):
    record = run(make_plan(exercise, {SEEDS[0]}, None), names)
    return [record, judge(exercise, {SEEDS[0]}, record).points]

json.dump({{exercise.name: {{
    "right": {{label: judged(exercise, define(source))
              for label, source in EVIDENCE[exercise.name].right.items()}},
    "imprecise": {{m.id: judged(exercise, exercise.namespace(m.code)) for m in exercise.misconceptions
                  if m.id.startswith({IMPRECISE})}},
}} for exercise in EXERCISES.values() if exercise.name in EVIDENCE}}, sys.stdout)
"""


@pytest.fixture(scope="module")
def after_nnfs_init():
    """What probe and judge say in an interpreter whose NumPy nnfs.init() has changed."""
    done = subprocess.run([sys.executable, "-c", AFTER_NNFS], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@every_exercise
def test_a_right_idiom_earns_all_points_after_nnfs_init(exercise, after_nnfs_init):
    earned = {label: points for label, (_, points) in after_nnfs_init[exercise.name]["right"].items()}
    assert earned == dict.fromkeys(EVIDENCE[exercise.name].right, exercise.points)


@every_exercise
def test_float32_from_the_kernel_earns_all_points_from_a_judge_outside_it(exercise, after_nnfs_init):
    earned = {
        label: judge(exercise, SEEDS[0], record).points
        for label, (record, _) in after_nnfs_init[exercise.name]["right"].items()
    }
    assert earned == dict.fromkeys(EVIDENCE[exercise.name].right, exercise.points)


@pytest.mark.parametrize(
    "name",
    [e.name for e in EXERCISES.values() if any(m.id.startswith(IMPRECISE) for m in e.misconceptions)],
)
def test_rounding_and_a_short_e_stay_wrong_after_nnfs_init(name, after_nnfs_init):
    imprecise = after_nnfs_init[name]["imprecise"]
    assert imprecise
    for mistake, (record, points) in imprecise.items():
        assert points < EXERCISES[name].points, mistake
        assert judge(EXERCISES[name], SEEDS[0], record).points < EXERCISES[name].points, mistake


@pytest.mark.parametrize("form", ["{}.astype('float32')", "{}"], ids=["cast", "after nnfs.init()"])
@pytest.mark.parametrize("seed", SEEDS)
def test_float32_is_no_excuse_for_a_short_e(seed, form):
    before = "" if "astype" in form else "import nnfs; nnfs.init()\n"
    for e, points in (("np.e", 1), ("2.718", 0), ("2.7182", 0)):
        powers = f"    powers = {e} ** np.array(layer_outputs)\n"
        answer = (
            f"def softmax_vector(layer_outputs):\n{powers}    return {form.format('(powers / powers.sum())')}"
        )
        assert judged_text("softmax_vector", before + answer, seed).points == points


def test_a_mistake_is_named_after_nnfs_init_as_before():
    text = ("import nnfs; nnfs.init()\n" + FORWARD_PASSES["from the three classes"]).replace(
        "activation1 = Activation_ReLU()", "activation1 = Activation_Softmax()"
    )
    assert judged_text("forward_pass", text).findings[0].id == "forward_pass.softmax_for_the_relu"


# The notebooks


def answers_in(path):
    """The answer cells' text of a notebook, by exercise."""
    cells = nbformat.read(path, as_version=4).cells
    return {
        cell.metadata.nbgrader.grade_id.removesuffix("-answer"): cell.source
        for cell in cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


def verdicts_on(path):
    names = define("")
    answers = answers_in(path)
    for source in answers.values():
        define(source, names)
    return [judged(name, names) for name in answers]


def test_the_untouched_chapter_is_unwritten_and_earns_nothing():
    verdicts = [verdict for path in STUDENT for verdict in verdicts_on(path)]
    assert {v.exercise: (v.status, v.points) for v in verdicts} == dict.fromkeys(EXERCISES, ("unwritten", 0))


def test_the_solved_chapter_earns_all_points():
    verdicts = [verdict for path in SOLVED for verdict in verdicts_on(path)]
    assert {v.exercise: v.points for v in verdicts} == {name: evidence.points for name, evidence in CONTRACT}
