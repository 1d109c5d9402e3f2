"""While grading, wrong answers are searched for their repair too: after all cells, with care for the time."""

import json
import time

import pytest
from conftest import define

from grader.grading.running import cells as running
from grader.grading.running.cells import VERDICT_MIME, JudgedCells
from grader.judging import probe, repair
from grader.judging.known import Known
from grader.judging.normal import normal_form
from grader.judging.verdict import Verdict

SLIP = "def relu_if(inputs):\n    output = []\n    for number in inputs:\n        if number > 0:\n            output.append(number)\n        else:\n            output.append(0)\n        return output\n"  # fmt: skip  # noqa: E501
TWO = SLIP.replace("number > 0", "number < 0")
FAR = "def relu_if(inputs):\n    return [17]\n"


class Here(JudgedCells):
    """A lesson whose kernel is this process."""

    seed = 5

    def __init__(self, student=""):
        self.names, self.plans, self.broken, self.student = define(""), [], False, student

    def run(self, cell, index):
        define(cell["source"], self.names)

    def probe(self, cell, index, plan):
        self.plans.append(plan)
        cell["outputs"] = []
        if self.broken:
            self.lose(cell, "died")
            return None
        return probe.run(plan, self.names)


def lesson(answer):
    return [
        {
            "cell_type": "code",
            "source": answer,
            "metadata": {"nbgrader": {"solution": True, "grade": False, "grade_id": "relu_if-answer"}},
        },
        {
            "cell_type": "code",
            "source": 'check("relu_if")',
            "metadata": {"nbgrader": {"grade": True, "grade_id": "relu_if"}},
        },
    ]


def graded(answer, break_it=False, runner=None):
    """The lesson's runner, the verdict before the close look, and the one after it."""
    runner, notebook = runner or Here(), lesson(answer)
    runner.begin(notebook)
    for index, cell in enumerate(notebook):
        runner.take(cell, index)
    first = verdict_in(notebook[1])
    runner.broken = break_it
    runner.look_closely()
    return runner, first, verdict_in(notebook[1])


def verdict_in(cell):
    (output,) = cell["outputs"]
    return Verdict.from_dict(json.loads(json.dumps(output["data"][VERDICT_MIME])))


@pytest.fixture(autouse=True)
def time_enough(monkeypatch):
    monkeypatch.setattr(repair, "SECONDS", 60)
    monkeypatch.setattr(running, "SEARCHED", running.Searched())


def test_a_card_made_while_grading_carries_line_change_and_walk_and_no_other_points():
    _, first, after = graded(SLIP)
    assert not first.findings[0].edits
    (finding,) = after.findings
    assert (finding.edits, finding.lineno) == (("return inside the loop",), 8)
    assert finding.before.strip() == "return output" and finding.walk
    assert (after.points, after.status) == (first.points, first.status)


def test_the_same_text_is_searched_once():
    runner, _, first = graded(SLIP)
    again, _, second = graded(SLIP)
    assert len(again.plans) < len(runner.plans)
    assert second.findings == first.findings


def test_the_same_text_is_searched_once_wherever_it_stands_and_whatever_else_is_defined():
    runner, _, first = graded(SLIP)
    again, _, second = graded(f"import random\n{SLIP}\ndef another():\n    return 1\n")
    assert tried(again) == 1 < tried(runner)
    assert second.findings[0].edits == first.findings[0].edits
    assert second.findings[0].lineno == first.findings[0].lineno + 1


def test_what_may_be_mended_by_the_name_of_something_that_is_defined_beside_it_is_searched_again():
    assert [tried(graded(FAR)[0]) > 0 for _ in range(3)] == [True, True, False]
    assert tried(graded(f"{FAR}\nclass Relu:\n    pass\n")[0]) > 0


def test_what_was_not_found_twice_is_not_searched_a_third_time():
    asked = [len(graded(FAR)[0].plans) for _ in range(3)]
    assert asked[0] == asked[1] > asked[2]


def with_prints(text):
    """The same answer by somebody who spaces it otherwise, says what it is for, and looks on the way."""
    more = '    """Mine."""\n    print(inputs)\n    output = []  # mine\n'
    spaced = text.replace("number > 0", "number>0").replace("number < 0", "number<0")
    return spaced.replace("    output = []\n", more)


@pytest.mark.parametrize("slip", [SLIP, TWO])
def test_what_was_found_for_an_answer_is_made_in_another_of_the_same_form_and_in_its_own_words(slip):
    first, _, before = graded(slip)
    second, _, after = graded(with_prints(slip))
    mine, theirs = after.findings[0], before.findings[0]
    assert mine.edits == theirs.edits != () and mine.question == theirs.question
    assert mine.lineno == theirs.lineno + 2 and mine.line in with_prints(slip)
    assert 0 < tried(second) <= 1 < tried(first)


def test_what_prints_its_result_is_not_taken_for_what_prints_on_the_way():
    last = "def relu_if(inputs):\n    {}\n    output = [max(0, number) for number in inputs]\n    {}\n"
    silent, loud = last.format("pass", "print(output)"), last.format("print(inputs)", "pass")
    assert normal_form(silent) != normal_form(loud)
    assert normal_form(last.format("print(inputs)", "1")) == normal_form(last.format("'text'", "1"))


class InVain(Here):
    """A lesson whose code says of every change that it is not right."""

    def probe(self, cell, index, plan):
        record = super().probe(cell, index, plan)
        if '"candidates"' not in plan:
            return record
        return json.dumps({"seen": [None], "of": [0] * 2000})


def test_who_says_of_every_change_that_it_is_wrong_spoils_nobody_else_s_card():
    for _ in range(3):
        assert not graded(SLIP, runner=InVain("eve"))[2].findings[0].edits
    assert graded(SLIP, runner=Here("ada"))[2].findings[0].edits == ("return inside the loop",)


def test_a_kernel_that_is_slow_to_answer_uses_up_nobody_else_s_time():
    with running.SEARCHED:
        time.sleep(0.5)
    assert running.SEARCHED.spent < 0.25


def test_what_another_kernel_said_is_tried_again_in_ones_own():
    graded(SLIP)
    for key, (trial,) in repair.FOUND.own.items():
        lie = repair.replace(trial[1], text=FAR)
        repair.FOUND.own[key] = [(trial[0], lie)]
    assert graded(SLIP)[2].findings[0].edits == ("return inside the loop",)


def test_a_kernel_that_is_lost_in_the_search_costs_nothing():
    runner, first, after = graded(SLIP, break_it=True)
    assert (after.points, after.status) == (first.points, first.status)
    assert not runner.lost


def test_a_right_answer_is_not_looked_at_again():
    runner, _, after = graded(SLIP.replace("        return output", "    return output"))
    assert after.status == "right" and len(runner.plans) == 1


def tried(runner):
    """How many candidates a lesson's runner was asked to try."""
    return sum(len(json.loads(plan).get("candidates", [])) for plan in runner.plans)


def test_a_process_that_has_searched_for_long_tries_the_likeliest_changes_only(monkeypatch):
    many = SLIP.replace("number > 0", "sum(inputs) * number > 3 and number < max(inputs)")
    thorough = tried(graded(many)[0])
    monkeypatch.setattr(running, "THOROUGHLY", (0, 0))
    monkeypatch.setattr(repair, "FOUND", Known())
    assert graded(SLIP)[2].findings[0].edits == ("return inside the loop",)
    runner, _, after = graded(many)
    assert after.findings[0].walk and tried(runner) < 2 * repair.CHUNK < thorough


def test_a_process_that_has_searched_for_very_long_gives_the_others_their_turn(monkeypatch):
    monkeypatch.setattr(running, "BRIEFLY", (0, 0))
    runner, first, after = graded(SLIP)
    assert after == first and len(runner.plans) == 1
