"""What an exercise's definition lacks is said when it is collected, with file, what and mend."""

import json
import sys
from dataclasses import replace

import numpy as np
import pytest

from grader.course import EXERCISES
from grader.course.chapter import Chapter, collect_chapter, collect_course, exercises_by_name
from grader.course.definition import DefinitionError, check_definition
from grader.course.exercise import Advice, Call, Case, Get, Part
from grader.course.mistakes import LIBRARY, also_wrong_in, recurring
from grader.judging.judge import judge, make_plan
from grader.judging.probe import run

RIGHT = EXERCISES["relu_numpy"]
ONE = np.array([1.0])


def yielding(*cases):
    return {"_small": lambda: cases}


SPOILT = {
    "no signature": {"signature": ""},
    "no reward": {"reward": ""},
    "a name that is none": {"name": "relu-numpy"},
    "a lesson that is none": {"lesson": "relu"},
    "an unknown kind": {"kind": "method"},
    "an unknown trait": {"traits": frozenset({"rows are probabilties"})},
    "advice for an unknown fault": {"advice": {"value": Advice("A.", "B.", "C.")}},
    "no parts": {"parts": ()},
    "no points": {"parts": (Part("", 0),)},
    "two parts of one name": {"parts": (Part("", 1), Part("", 1))},
    "a part that needs none": {"parts": (Part("", 1, needs="start"),)},
    "a part without a case": {"parts": (Part("", 1), Part("start", 1))},
    "no reference": {"_reference": None},
    "no small cases": {"_small": None},
    "no random cases": {"_random": None},
    "a reference of the other kind": {"_reference": int},
    "small cases that yield none": yielding(),
    "random cases that yield none": {"_random": lambda rng: ()},
    "a misspelt part": yielding(RIGHT.case(ONE, part="strat")),
    "a forgotten compare": yielding(Case((Call("relu_numpy", (ONE,)),))),
    "an unknown mode of a call": yielding(RIGHT.case(ONE, compare="value")),
    "an unknown mode of a get": yielding(Case((Get("layer.output", "new"),))),
    "a whole number without advice": yielding(RIGHT.case(ONE, compare="whole")),
    "fresh numbers without advice": yielding(Case((Get("layer.weights", "fresh"),))),
    "one misconception twice": {"misconceptions": RIGHT.misconceptions[:1] * 2},
}


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda e: e.name)
def test_the_exercises_of_the_course_are_whole(exercise):
    check_definition(exercise, exercise.file)


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT)
def test_a_definition_that_is_not_whole_is_refused_with_file_what_and_mend(spoilt):
    with pytest.raises(DefinitionError) as refused:
        check_definition(replace(RIGHT, **spoilt), "relu_numpy.py")
    assert refused.value.file == "relu_numpy.py"
    assert "relu" in refused.value.what and refused.value.mend


@pytest.mark.parametrize("lacks", ["_reference", "_small"])
def test_recurring_mistakes_before_what_they_are_derived_from_are_refused_with_a_mend(lacks):
    with pytest.raises(ValueError, match=r"relu_numpy: .*\nMend: "):
        recurring(replace(RIGHT, **{lacks: None}))


def test_two_exercises_of_one_name_are_refused_and_both_files_named():
    twin = replace(RIGHT, _reference=EXERCISES["relu_if"]._reference)
    with pytest.raises(DefinitionError) as refused:
        exercises_by_name([Chapter("one", "One", (RIGHT,)), Chapter("two", "Two", (twin,))])
    assert RIGHT.file in str(refused.value) and twin.file in str(refused.value)


EXAMPLE = """
from grader.course.exercise import Exercise, one_part

EXERCISE = Exercise({name!r}, "01_sums", "function", one_part(1), "{name}(x)", "Right.", number={number})
EXERCISE.small_cases(lambda: [EXERCISE.case(1)])
EXERCISE.random_cases(lambda rng: [EXERCISE.case(int(rng.integers(9)))])


@EXERCISE.reference
def twice(x):
    return 2 * x
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A function that writes a chapter's folder of {module: (name, number)}."""

    def write(package, modules):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("")
        (tmp_path / package / "helpers.py").write_text("NUMBERS = [1, 2]\n")
        for module, (name, number) in modules.items():
            text = EXAMPLE.format(name=name, number=number)
            (tmp_path / package / f"{module}.py").write_text(text)
        return package

    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)
    yield write
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_a_chapter_is_what_lies_in_its_folder_in_the_order_of_the_numbers(folder):
    chapter = collect_chapter(folder("chapter_of_two", {"a": ("second", 2), "b": ("first", 1)}), "Sums")
    assert (chapter.name, chapter.title) == ("chapter_of_two", "Sums")
    assert [exercise.name for exercise in chapter.exercises] == ["first", "second"]
    assert (chapter.lessons, chapter.points) == (("01_sums",), 2)


def test_two_exercises_in_one_place_are_refused_and_both_files_named(folder):
    with pytest.raises(DefinitionError, match=r"(?s)b\.py.*a\.py"):
        collect_chapter(folder("chapter_of_one_place", {"a": ("first", 1), "b": ("other", 1)}), "Sums")


@pytest.fixture
def course(folder, tmp_path):
    """A function that writes a course of chapters: {name: number}."""

    def write(package, chapters):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("")
        for name, number in chapters.items():
            folder(f"{package}/{name}", {"one": (f"{name}_one", 1)})
            (tmp_path / package / name / "__init__.py").write_text(
                "from grader.course.chapter import collect_chapter\n\n"
                f"CHAPTER = collect_chapter(__name__, 'Sums', number={number})\n"
            )
        return package

    return write


def test_the_chapters_of_a_course_are_met_in_the_order_of_their_numbers(course):
    assert list(collect_course(course("course_of_three", {"b": 1, "c": 3, "a": 2}))) == ["b", "a", "c"]


def test_two_chapters_in_one_place_are_refused_and_both_files_named(course):
    with pytest.raises(DefinitionError, match=r"(?s)b.__init__\.py.*a.__init__\.py"):
        collect_course(course("course_of_one_place", {"a": 1, "b": 1}))


@pytest.mark.parametrize("name", ["relu_if", "relu_numpy", "activation_relu", "softmax_batch"])
def test_a_new_exercise_gets_a_score_of_recurring_mistakes_and_each_is_one(name):
    fresh = replace(EXERCISES[name], misconceptions=[])
    recurring(fresh, without=("rounded_to_1",))
    assert "rounded_to_1" not in [mistake.id for mistake in fresh.misconceptions]
    assert {mistake.id for mistake in fresh.misconceptions} <= set(LIBRARY)
    assert ("no_self" in {m.id for m in fresh.misconceptions}) == (fresh.kind == "class")
    assert len(fresh.misconceptions) >= 15
    for mistake in fresh.misconceptions:
        record = run(make_plan(fresh, 0, None), fresh.namespace(mistake.code))
        assert judge(fresh, 0, record).points < fresh.points, mistake.id


@pytest.mark.parametrize("name", ["relu_if", "activation_relu", "softmax_batch"])
def test_no_two_recurring_mistakes_behave_alike(name):
    fresh = replace(EXERCISES[name], misconceptions=[])
    recurring(fresh)
    found = {}
    for mistake in fresh.misconceptions:
        seen = json.loads(run(make_plan(fresh, 0, None), fresh.namespace(mistake.code)))["cases"]
        found.setdefault(json.dumps([case["seen"] for case in seen]), []).append(mistake.id)
    assert [alike for alike in found.values() if len(alike) > 1] == []


def test_an_own_mistake_is_kept_and_an_unknown_name_is_refused():
    exercise = replace(EXERCISES["activation_relu"])
    exercise.misconceptions = list(exercise.misconceptions)
    before = [m.title for m in exercise.misconceptions]
    recurring(exercise)
    assert [m.title for m in exercise.misconceptions][: len(before)] == before
    check_definition(exercise, exercise.file)
    with pytest.raises(KeyError):
        recurring(exercise, only=("ronded",))


def test_what_is_wrong_in_a_function_is_wrong_in_a_class_that_stores_it():
    exercise = replace(EXERCISES["activation_relu"], misconceptions=[])

    @also_wrong_in(exercise)
    def doubled(inputs):
        """Doubled.

        Twice the number.

        Try: once.
        """
        return 2 * inputs

    (mistake,) = exercise.misconceptions
    layer = mistake.code()
    layer.forward(ONE)
    assert (mistake.id, layer.output) == ("doubled", 2.0)
