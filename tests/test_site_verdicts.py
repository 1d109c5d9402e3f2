"""What a check says on the site and in a notebook at home, of the same answers: `make test-site`."""

import json
import os
import re

import nbformat
import pytest
from conftest import judged
from nbclient import NotebookClient
from test_site import LESSONS

from grader.course import EXERCISES
from grader.course.places import ROOT
from tests.slips import slips_of

pytest_plugins = ("site_browsing",)
pytestmark = pytest.mark.skipif(
    "SITE" not in os.environ, reason="make test-site runs it: it needs Pyodide's files"
)

EACH = 20
"""Of how many slips one is checked."""

PATIENT = "from grader.judging import repair\nrepair.SECONDS = 300"
"""A cause is searched for until it is found: a busy machine must not decide."""


VERDICTS = """
import json
from grader.course import EXERCISES
from grader.judging.judge import judge, make_plan
from grader.judging.probe import run
found = {}
for name, exercise in EXERCISES.items():
    for number, code in enumerate([None, *(m.code for m in exercise.misconceptions)]):
        verdict = judge(exercise, 0, run(make_plan(exercise, 0), exercise.namespace(code)))
        found[f"{name} {number}"] = [verdict.status, verdict.points, [f.id for f in verdict.findings]]
print(json.dumps(found))
"""


def test_every_reference_and_every_misconception_is_judged_as_at_home(page):
    page.lesson(LESSONS[0])
    there = json.loads(page.text(VERDICTS))
    here = {}
    for name, exercise in EXERCISES.items():
        for number, code in enumerate([None, *(m.code for m in exercise.misconceptions)]):
            verdict = judged(name, exercise.namespace(code))
            here[f"{name} {number}"] = [verdict.status, verdict.points, [f.id for f in verdict.findings]]
    assert len(here) > 24 + len(EXERCISES)
    assert {name: there[name] for name in here if there[name] != here[name]} == {}


def cells_of(lesson):
    """Cells to be run below a lesson, each with a wrong answer and its check; the same at every run."""
    names = [exercise.name for exercise in EXERCISES.values() if lesson.endswith(exercise.lesson)]
    slips = [slip for name in names for slip in slips_of(name)[::EACH] if slip.cause not in ("right", "walk")]
    return [f"{slip.text}\ncheck('{slip.exercise}', seed=3);" for slip in slips]


VARIES = re.compile(r"(?<=\.\d{8})\d+|in your line: .*|\n *Walk through(?s:.*)")
"""The last digits are the C library's, where an endless loop was stopped is chance, and a walk goes through a
comprehension number by number from Python 3.12 on."""


def text_of(outputs):
    """What a cell shows, as text; of an error, what it is called."""
    shown = [output.get("data", {}).get("text/plain") or output.get("ename", "") for output in outputs]
    return VARIES.sub("", "".join("".join(text) for text in shown))


def at_home(lesson, cells):
    """What the cells show in a notebook with the kernel that JupyterLab has."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4)
    above = len(notebook.cells)
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in [PATIENT, *cells]]
    folder = {"metadata": {"path": str(ROOT / "tests")}}  # where no points are kept
    NotebookClient(notebook, timeout=600, allow_errors=True, resources=folder).execute()
    return [text_of(cell.outputs) for cell in notebook.cells[above + 1 :]]


@pytest.mark.parametrize("lesson", LESSONS)
def test_what_beginners_write_gets_the_card_that_it_gets_at_home(page, lesson):
    cells = cells_of(lesson)
    assert len(cells) > 2
    page.lesson(lesson)
    page.run_all()
    page.run(PATIENT)
    there = {cell: text_of(page.run(cell)) for cell in cells}
    here = dict(zip(cells, at_home(lesson, cells)))
    assert all(card.startswith(("✗", "◐")) for card in here.values())
    assert [card for card in there.items() if card not in here.items()] == []
