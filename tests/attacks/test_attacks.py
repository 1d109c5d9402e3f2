"""Hostile and damaged submissions are graded among honest ones: they earn, learn and break nothing."""

import re

import pytest

attacks = pytest.importorskip("attacks", reason="bleach and nbgrader are needed to grade")
ours = pytest.importorskip("attacks.ours", reason="class runs are POSIX only")
page = pytest.importorskip("attacks.__main__", reason="class runs are POSIX only")

from grader.grading import sandbox  # noqa: E402

ALL = attacks.attacks()
KINDS = {
    "marks",
    "forgery",
    "leaks",
    "config",
    "network",
    "processes",
    "resources",
    "loops",
    "death",
    "structure",
    "files",
    "broken",
    "pages",
    "warm",
}
SECONDS = {False: 60, True: 10}
"""The limit for one cell: far above what honest cells take, unless an attack runs until it is reached."""

try:
    sandbox.choose()
except sandbox.NoSandbox as reason:
    pytestmark = pytest.mark.skip(reason=str(reason).splitlines()[0])


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The class runs: by whether their attacks run until a time limit ends them."""
    made = {}

    def report(slow):
        if slow not in made:
            chosen = [attack for attack in ALL if attack.slow == slow]
            made[slow] = ours.run_class(chosen, tmp_path_factory.mktemp("attacked"), SECONDS[slow])
        return made[slow]

    return report


@pytest.fixture(params=[False, True], ids=["class", "class-with-endless-loops"])
def report(request, reports):
    return reports(request.param)


each = pytest.mark.parametrize("attack", ALL, ids=lambda attack: f"{attack.kind}/{attack.name}")


def test_corpus_has_every_kind_and_names_that_differ():
    assert {attack.kind for attack in ALL} == KINDS
    assert len({attack.name for attack in ALL}) == len(ALL) >= 60


def test_page_is_read_as_it_was_written():
    said = {attack.name: f"1 | 2 <b> \\ {attack.name}" for attack in ALL}
    text = page.as_markdown(ALL, {"theirs": said, "ours": dict.fromkeys(said, page.GOOD)})
    assert page.read_column(text, "theirs") == said


@each
def test_attack_gets_an_outcome_and_no_more_than_it_earns(attack, reports):
    outcome = reports(attack.slow).results[attack.name].outcome
    assert outcome is not None
    assert not outcome.failed, outcome.reason
    assert outcome.points <= attack.earns
    verdicts = [verdict for lesson in outcome.lessons.values() for verdict in lesson.verdicts]
    assert sum(verdict.points for verdict in verdicts) <= attack.earns


@each
def test_honest_part_of_an_attack_keeps_its_points(attack, reports):
    outcome = reports(attack.slow).results[attack.name].outcome
    assert outcome.points >= attack.earns


@each
def test_attack_finds_no_canary(attack, reports):
    assert reports(attack.slow).results[attack.name].leaked == set()


@each
def test_attack_puts_nothing_live_into_its_pages(attack, reports):
    assert reports(attack.slow).results[attack.name].live == []


@each
def test_attack_leaves_no_more_than_a_reader_can_look_at(attack, reports):
    assert reports(attack.slow).results[attack.name].size < ours.MOST_BYTES


@pytest.mark.parametrize("attack", [a for a in ALL if a.says], ids=lambda attack: attack.name)
def test_limit_is_named(attack, reports):
    assert re.search(attack.says, reports(attack.slow).results[attack.name].text)


def test_honest_students_keep_their_marks(report):
    assert {name: marks[0] for name, marks in report.honest.items()} == {
        name: marks[1] for name, marks in report.honest.items()
    }


def test_no_socket_was_reached(report):
    assert report.heard == []


def test_no_process_is_left(report):
    assert report.left == []


def test_nothing_outside_of_the_class_was_changed(report):
    assert report.changed == []


def test_run_itself_prints_no_canary_and_little_else(report):
    assert report.printed == set()
    assert len(report.lines) <= ours.MOST_LINES and not any("\x1b" in line for line in report.lines)
