"""A right answer that is spoilt in one place loses points: the judge's cases see every such change."""

import pytest
from idioms import IDIOMS
from mutants import EQUAL, SPELLINGS, define, examine, keeps_the_contract, reference_source, verdict_on

from grader.course import EXERCISES

every_exercise = pytest.mark.parametrize("name", EXERCISES)


@pytest.fixture(scope="module", params=EXERCISES)
def outcome(request):
    return examine(request.param, seeds=2, cards=False)


def test_every_mutant_loses_points_or_is_listed_as_equal(outcome):
    assert outcome.survivors == []


def test_what_is_listed_as_equal_still_survives(outcome):
    assert outcome.stale == []


def test_no_mutant_that_keeps_the_contract_loses_points(outcome):
    assert outcome.refused == []


def test_there_are_many_mutants_of_each_exercise(outcome):
    assert outcome.mutants > 100
    assert outcome.caught > 0.8 * outcome.mutants


@every_exercise
def test_what_is_mutated_is_right_to_begin_with(name):
    for source in (reference_source(name), *(IDIOMS[name][spelling] for spelling in SPELLINGS[name])):
        verdict = verdict_on(name, source, seeds=2, cards=False)
        assert verdict.points == EXERCISES[name].points
        assert keeps_the_contract(name, define(source))


@every_exercise
def test_the_oracle_finds_every_misconception(name):
    exercise = EXERCISES[name]
    missed = [m.id for m in exercise.misconceptions if keeps_the_contract(name, exercise.namespace(m.code))]
    assert missed == []


def test_the_table_of_equal_mutants_names_exercises_and_gives_reasons():
    for entry in EQUAL:
        assert entry.why
        assert set(entry.exercises.split()) <= set(EXERCISES)
