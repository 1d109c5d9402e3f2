"""Every right answer earns all points; every known mistake is caught and explained in words of its own."""

import json
import math
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import nbformat
import numpy as np
import pytest
import scipy.special
from conftest import SOLVED, STUDENT, define, judged, judged_mistake, judged_text
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from idioms import IDIOMS

from grader.course import CHAPTERS, EXERCISES, LESSONS
from grader.course.exercise import Misconception
from grader.judging.judge import judge

SEEDS = (1, 22)

CONTRACT = {  # exercise: (lesson, points)
    "relu_if": ("01_relu_loop", 1),
    "relu_max": ("01_relu_loop", 1),
    "relu_numpy": ("02_relu_numpy", 1),
    "activation_relu": ("02_relu_numpy", 2),
    "layer_dense": ("03_dense_layer", 3),
    "exponentiate": ("04_softmax_sample", 1),
    "normalize": ("04_softmax_sample", 1),
    "softmax_vector": ("04_softmax_sample", 1),
    "row_sums": ("05_softmax_batch", 1),
    "softmax_batch": ("05_softmax_batch", 2),
    "shift_rows": ("06_softmax_overflow", 1),
    "activation_softmax": ("06_softmax_overflow", 3),
    "forward_pass": ("07_forward_pass", 2),
    "predictions": ("07_forward_pass", 1),
    "confidences": ("07_forward_pass", 1),
}

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda e: e.name)


# The contract


def test_exercises_lessons_and_points_are_those_of_the_contract():
    assert {e.name: (e.lesson, e.points) for e in EXERCISES.values()} == CONTRACT


def test_the_chapters_hold_what_the_contract_does():
    lessons, points = zip(*CONTRACT.values())
    found = [lesson for chapter in CHAPTERS.values() for lesson in chapter.lessons]
    assert sum(chapter.points for chapter in CHAPTERS.values()) == sum(points)
    assert found == list(dict.fromkeys(lessons))


def test_exercises_are_listed_in_the_order_of_the_lessons():
    assert [e.name for e in EXERCISES.values()] == list(CONTRACT)
    assert list(LESSONS) == sorted(LESSONS)


# The reference


@every_exercise
@pytest.mark.parametrize("seed", range(5))
def test_the_reference_earns_all_points_without_a_finding(exercise, seed):
    verdict = judged(exercise.name, exercise.namespace(), seed)
    assert (verdict.status, verdict.points, verdict.findings) == ("right", exercise.points, ())
    assert verdict.reward == exercise.reward != ""


def reference(name):
    exercise = EXERCISES[name]
    return exercise.namespace()[exercise.object_name]


def stored(name, inputs):
    activation = reference(name)()
    activation.forward(inputs)
    return activation.output


def floats(limit):
    return st.floats(-limit, limit, allow_subnormal=False)


def numbers(limit, **shape):
    """Arrays of one to three axes."""
    return arrays(float, array_shapes(max_dims=3, max_side=6, **shape), elements=floats(limit))


def batches(limit):
    return arrays(float, array_shapes(min_dims=2, max_dims=2, max_side=7), elements=floats(limit))


def close(got, expected):
    return np.shape(got) == np.shape(expected) and np.allclose(got, expected, rtol=1e-12, atol=1e-12)


@given(st.lists(st.one_of(st.integers(-(10**6), 10**6), floats(1e6))))
def test_relu_of_a_list_is_the_number_or_0(inputs):
    before = list(inputs)
    expected = [number if number > 0 else 0 for number in inputs]
    assert reference("relu_if")(inputs) == reference("relu_max")(inputs) == expected
    assert inputs == before


@given(numbers(1e6))
def test_relu_of_an_array_is_the_relu_of_each_element(inputs):
    before = inputs.copy()
    expected = np.array([max(0.0, x) for x in inputs.flat]).reshape(inputs.shape)
    assert np.array_equal(reference("relu_numpy")(inputs), expected)
    assert np.array_equal(stored("activation_relu", inputs), expected)
    assert np.array_equal(inputs, before)


@given(st.lists(floats(50), min_size=1, max_size=9))
def test_exponentiate_agrees_with_numpy(layer_outputs):
    assert np.allclose(reference("exponentiate")(layer_outputs), np.exp(layer_outputs), rtol=1e-12, atol=0)


@given(st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=9))
def test_normalize_divides_by_the_exact_sum(exp_values):
    total = math.fsum(exp_values)
    assert close(reference("normalize")(exp_values), [value / total for value in exp_values])


@given(arrays(float, st.integers(1, 9), elements=floats(100)))
def test_softmax_of_a_vector_agrees_with_scipy(layer_outputs):
    assert close(reference("softmax_vector")(layer_outputs), scipy.special.softmax(layer_outputs))


@given(batches(1e6))
def test_row_sums_are_the_exact_sums_in_a_column(batch):
    expected = [[math.fsum(row)] for row in batch]
    assert np.allclose(reference("row_sums")(batch), expected, rtol=1e-12, atol=1e-6)
    assert reference("row_sums")(batch).shape == (len(batch), 1)


@given(batches(100))
def test_softmax_of_a_batch_agrees_with_scipy(layer_outputs):
    before = layer_outputs.copy()
    assert close(reference("softmax_batch")(layer_outputs), scipy.special.softmax(layer_outputs, axis=1))
    assert np.array_equal(layer_outputs, before)


@given(batches(1e5))
def test_shift_rows_subtracts_each_rows_own_maximum(layer_outputs):
    before = layer_outputs.copy()
    expected = np.array([[x - max(row) for x in row] for row in layer_outputs])
    assert np.array_equal(reference("shift_rows")(layer_outputs), expected)
    assert np.array_equal(layer_outputs, before)


@given(batches(1e5))
def test_activation_softmax_agrees_with_scipy_where_exp_alone_overflows(inputs):
    assert close(stored("activation_softmax", inputs), scipy.special.softmax(inputs, axis=1))


def samples(n_inputs, limit):
    return arrays(float, st.tuples(st.integers(1, 5), st.just(n_inputs)), elements=floats(limit))


@st.composite
def layers(draw, n_inputs=None):
    n_inputs = n_inputs or draw(st.integers(1, 5))
    layer = reference("layer_dense")(n_inputs, draw(st.integers(1, 5)))
    layer.weights = draw(arrays(float, layer.weights.shape, elements=floats(100)))
    layer.biases = draw(arrays(float, layer.biases.shape, elements=floats(100)))
    return layer


@given(st.data())
def test_a_dense_layer_computes_what_three_loops_compute(data):
    layer = data.draw(layers())
    inputs = data.draw(samples(len(layer.weights), 100))
    layer.forward(inputs)
    expected = [
        [
            math.fsum([*(x * w for x, w in zip(row, column)), bias])
            for column, bias in zip(layer.weights.T, layer.biases[0])
        ]
        for row in inputs
    ]
    assert np.allclose(layer.output, expected, rtol=1e-12, atol=1e-8)


@given(st.integers(1, 9), st.integers(1, 9))
def test_a_new_layer_has_the_shapes_of_the_contract(n_inputs, n_neurons):
    layer = reference("layer_dense")(n_inputs, n_neurons)
    assert layer.weights.shape == (n_inputs, n_neurons)
    assert np.array_equal(layer.biases, np.zeros((1, n_neurons)))


@given(st.data())
def test_the_forward_pass_is_dense_relu_dense_softmax(data):
    dense1 = data.draw(layers())
    dense2 = data.draw(layers(n_inputs=dense1.biases.size))
    X = data.draw(samples(len(dense1.weights), 10))
    hidden = X @ dense1.weights + dense1.biases
    outputs = hidden * (hidden > 0) @ dense2.weights + dense2.biases
    got = reference("forward_pass")(X, dense1, dense2)
    assert np.allclose(got, scipy.special.softmax(outputs, axis=1), rtol=1e-9, atol=1e-9)


@given(batches(1.0))
def test_prediction_and_confidence_are_place_and_value_of_the_rows_maximum(probabilities):
    rows = [list(row) for row in probabilities]
    assert reference("predictions")(probabilities).tolist() == [row.index(max(row)) for row in rows]
    assert reference("confidences")(probabilities).tolist() == [max(row) for row in rows]


# The cases


@every_exercise
def test_readable_cases_come_first_and_random_ones_follow_the_seed(exercise):
    cases = exercise.cases(7)
    kinds = [case.is_random for case in cases]
    assert kinds == sorted(kinds) and {True, False} == set(kinds)
    assert repr(cases) == repr(exercise.cases(7)) != repr(exercise.cases(8))


@pytest.mark.parametrize(
    "name", ["row_sums", "softmax_batch", "shift_rows", "activation_softmax", "predictions", "confidences"]
)
@pytest.mark.parametrize("seed", SEEDS)
def test_random_batches_are_never_square(name, seed):
    batches = [
        a
        for case in EXERCISES[name].cases(seed)
        if case.is_random
        for step in case.steps
        for a in getattr(step, "args", ())
    ]
    assert batches and all(n != k for n, k in map(np.shape, batches))


# Misconceptions

MISTAKES = [
    pytest.param(exercise, mistake, seed, id=f"{exercise.name}-{seed}-{mistake.id}")
    for exercise in EXERCISES.values()
    for seed in SEEDS
    for mistake in exercise.misconceptions
]


@pytest.mark.parametrize(("exercise", "mistake", "seed"), MISTAKES)
def test_a_misconception_is_caught_and_answered_with_its_own_explanation(exercise, mistake, seed):
    verdict = judged_mistake(exercise.name, mistake.id, seed)
    finding, *others = verdict.findings
    assert verdict.points < exercise.points
    assert verdict.status in ("partial", "wrong")
    assert others == [] and verdict.reward == ""
    assert (finding.title, finding.why, finding.hint) == (mistake.title, mistake.why, mistake.hint)
    assert finding.id in {
        f"{exercise.name}.{twin.id}"
        for twin in exercise.misconceptions
        if (twin.title, twin.why, twin.hint) == (mistake.title, mistake.why, mistake.hint)
    }
    assert finding.code and finding.got


@every_exercise
def test_every_misconception_has_title_reason_hint_and_an_id_of_its_own(exercise):
    ids = [mistake.id for mistake in exercise.misconceptions]
    assert len(ids) == len(set(ids)) > 0
    for mistake in exercise.misconceptions:
        for text in (mistake.title, mistake.why, mistake.hint):
            assert len(text) > 5 and text[-1] in ".?:)]", (mistake.id, text)


@every_exercise
def test_one_title_stands_for_one_advice(exercise):
    advice = defaultdict(set)
    for mistake in exercise.misconceptions:
        advice[mistake.title].add(mistake.hint)
    assert {title: hints for title, hints in advice.items() if len(hints) > 1} == {}


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "A title.",
        "A title.\n\nA reason.",
        "A title.\n\nTry: this.",
        "A title.\n\nA reason.\n\nTry: this.\n\nTry: that.",
    ],
)
def test_a_misconception_without_title_reason_or_one_hint_is_refused(text):
    def mistake():
        pass

    mistake.__doc__ = text
    with pytest.raises(ValueError, match="docstring"):
        Misconception.from_docstring(mistake)


# Right, however it is written

ANSWERS = [
    pytest.param(name, source, id=f"{name}-{label}")
    for name, sources in IDIOMS.items()
    for label, source in sources.items()
]


@pytest.mark.parametrize(("name", "source"), ANSWERS)
def test_a_right_idiom_earns_all_points(name, source):
    for seed in SEEDS:
        verdict = judged_text(name, source, seed)
        assert (verdict.status, verdict.points) == ("right", EXERCISES[name].points), verdict.findings


def test_every_exercise_has_right_idioms():
    assert list(IDIOMS) == list(EXERCISES)


AFTER_NNFS = f"""
import nnfs
nnfs.init()
import json, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from conftest import EXERCISES, define, judge, make_plan, run
from idioms import IDIOMS

def judged(exercise, names):
    record = run(make_plan(exercise, {SEEDS[0]}, None), names)
    return [record, judge(exercise, {SEEDS[0]}, record).points]

json.dump({{exercise.name: {{
    "right": {{label: judged(exercise, define(source)) for label, source in IDIOMS[exercise.name].items()}},
    "imprecise": {{m.id: judged(exercise, exercise.namespace(m.code)) for m in exercise.misconceptions
                  if m.id.startswith(("rounded", "short", "e_to", "e_as"))}},
}} for exercise in EXERCISES.values()}}, sys.stdout)
"""


@pytest.fixture(scope="module")
def after_nnfs_init():
    """What probe and judge say in an interpreter whose NumPy nnfs.init() has changed."""
    done = subprocess.run([sys.executable, "-c", AFTER_NNFS], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@every_exercise
def test_a_right_idiom_earns_all_points_after_nnfs_init(exercise, after_nnfs_init):
    earned = {label: points for label, (_, points) in after_nnfs_init[exercise.name]["right"].items()}
    assert earned == dict.fromkeys(IDIOMS[exercise.name], exercise.points)


@every_exercise
def test_float32_from_the_kernel_earns_all_points_from_a_judge_outside_it(exercise, after_nnfs_init):
    earned = {
        label: judge(exercise, SEEDS[0], record).points
        for label, (record, _) in after_nnfs_init[exercise.name]["right"].items()
    }
    assert earned == dict.fromkeys(IDIOMS[exercise.name], exercise.points)


@pytest.mark.parametrize(
    "name",
    [
        "exponentiate",
        "normalize",
        "softmax_vector",
        "softmax_batch",
        "activation_softmax",
        "forward_pass",
        "confidences",
    ],
)
def test_rounding_and_a_short_e_stay_wrong_after_nnfs_init(name, after_nnfs_init):
    imprecise = after_nnfs_init[name]["imprecise"]
    assert imprecise
    for mistake, (record, points) in imprecise.items():
        assert points < EXERCISES[name].points, mistake
        assert judge(EXERCISES[name], SEEDS[0], record).points < EXERCISES[name].points, mistake


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
    assert {v.exercise: v.points for v in verdicts} == {name: p for name, (_, p) in CONTRACT.items()}
