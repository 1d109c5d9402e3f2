"""A right answer that is spoilt in one place loses points: the judge's cases see every such change."""

import pytest

from grader.course import EXERCISES
from tests.exercises import EVIDENCE, equal
from tests.exercises.evidence import Equal
from tests.mutation.examine import define, examine, keeps_the_contract, right_sources, verdict_on

every_exercise = pytest.mark.parametrize("name", EVIDENCE)


@pytest.fixture(scope="module", params=EVIDENCE)
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
    for source in right_sources(name):
        verdict = verdict_on(name, source, seeds=2, cards=False)
        assert verdict.points == EXERCISES[name].points
        assert keeps_the_contract(name, define(source))


@every_exercise
def test_the_oracle_finds_every_misconception(name):
    exercise = EXERCISES[name]
    missed = [m.id for m in exercise.misconceptions if keeps_the_contract(name, exercise.namespace(m.code))]
    assert missed == []


@every_exercise
def test_what_is_said_to_be_equal_has_a_reason(name):
    assert all(entry.why for entry in EVIDENCE[name].equal)


def test_a_property_that_is_shared_is_one_of_several_exercises():
    shared = [entry for entry in vars(equal).values() if isinstance(entry, Equal)]
    having = [entry for evidence in EVIDENCE.values() for entry in evidence.equal]
    assert {entry.why for entry in shared if having.count(entry) < 2} == set()
