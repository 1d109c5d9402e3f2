"""A student's JupyterLab, worked with in Chromium by clicks and keys, and looked at by axe.

One server and one window for all. The first lesson is looked at; with `DESK=all`, as `make test-desk` has
it, every lesson. The pictures are kept in build/desk/.
"""

import json
import os
import time

import pytest
from browsing import axe_findings, needs_chromium
from conftest import ROOT, SOLVED
from damaged import cell, text_of

from grader.course import CHAPTER, EXERCISES, LESSONS
from grader.lab import lab
from tests.slips import slips_of
from tools.screenshot import ask, browser, jupyter_lab, photograph

pytestmark = needs_chromium

PATIENCE = 120  # seconds, for a slow machine
PICTURES = ROOT / "build" / "desk"
FIRST = LESSONS[0]
SEEN = LESSONS if os.environ.get("DESK") == "all" else [FIRST]
EXERCISES_SEEN = [pytest.param(e, id=e.name) for e in EXERCISES.values() if e.lesson in SEEN]
ENTER, SHIFT, LEFT, RIGHTWARDS = "\ue007", "\ue008", "\ue012", "\ue014"

OURS = ".jp-MarkdownOutput, .jp-RenderedHTMLCommon"
"""What stands in a notebook by our hand: its text, cards, predictions and figures."""


HAS_RUN = """panel.content.widgets.every(
  c => c.model.type !== 'code' || !c.model.sharedModel.source.trim() || c.model.executionCount)"""
"""Every cell has run to its end: between two of them the kernel is idle as well."""


class Desk:
    """The window, with a notebook in it."""

    def __init__(self, session, address):
        self.session, self.address = session, address
        ask(f"{session}/timeouts", {"script": PATIENCE * 1000, "pageLoad": PATIENCE * 1000})

    def open(self, path):
        ask(f"{self.session}/url", {"url": self.address.replace("/start.ipynb", f"/{path}")})
        there = f"panel?.context?.path === '{path}'"  # not what the last visit had open
        self.wait(f"return {there} && panel.sessionContext?.session?.kernel?.status === 'idle'")

    def js(self, body, *args):
        script = f"const app = window.jupyterapp, panel = app?.shell?.currentWidget, args = arguments; {body}"
        return ask(f"{self.session}/execute/sync", {"script": script, "args": [*args]})

    def wait(self, body):
        end = time.monotonic() + PATIENCE
        while not (found := self.js(body)):
            assert time.monotonic() < end, f"waited in vain for {body}"
            time.sleep(0.2)
        return found

    def run_all(self):
        self.js("window.ran = false; app.commands.execute('notebook:run-all-cells').then(() => ran = true)")
        self.wait(f"return window.ran && {HAS_RUN} && panel.sessionContext.session.kernel.status === 'idle'")

    def see(self, lesson):
        """Have this lesson open, all of it run."""
        if not self.js("return panel.context.path.includes(args[0])", lesson):
            self.open(f"{CHAPTER}/{lesson}.ipynb")
            self.run_all()

    def go_to(self, grade_id):
        """Make the cell with this name the active one."""
        self.js(
            "const at = panel.content.widgets.findIndex("
            "c => c.model.getMetadata('nbgrader')?.grade_id === args[0]);"
            "panel.content.activeCellIndex = at; panel.content.mode = 'command'; panel.content.activate();"
            "panel.content.activeCell.node.scrollIntoView({block: 'center'})",
            grade_id,
        )

    def write(self, exercise, source):
        self.go_to(f"{exercise}-answer")
        self.js("panel.content.activeCell.model.sharedModel.setSource(args[0])", source)

    def press(self, *keys):
        """Press keys together, then let them go."""
        down = [{"type": "keyDown", "value": key} for key in keys]
        up = [{"type": "keyUp", "value": key} for key in reversed(keys)]
        ask(f"{self.session}/actions", {"actions": [{"type": "key", "id": "keys", "actions": down + up}]})

    def check_by_keys(self, exercise):
        """Run the answer and its check as a student does; what the check says."""
        self.go_to(f"{exercise}-answer")
        for _ in range(2):
            self.press(SHIFT, ENTER)
        self.wait("return panel.sessionContext.session.kernel.status === 'idle'")
        self.go_to(exercise)
        return self.wait("return panel.content.activeCell.outputArea.node.innerText")

    def shows(self, exercise, *said):
        """Check an answer; the card says one of these, and no empty line stands below it."""
        card = self.check_by_keys(exercise)
        assert any(words in card for words in said), card
        lines = "[...panel.content.activeCell.node.querySelectorAll('.jp-OutputArea-child')]"
        assert self.js(f"return {lines}.filter(e => e.offsetHeight).length") == 1

    def theme(self, name):
        self.js("app.commands.execute('apputils:change-theme', {theme: args[0]})", f"JupyterLab {name}")
        dark = "true" if name == "Light" else "false"
        self.wait(f"return document.body.dataset.jpThemeLight === '{dark}'")

    def window(self, width, height=900):
        """As wide as this; where it is narrow, the list of files is closed, as everybody does."""
        ask(f"{self.session}/window/rect", {"width": width, "height": height})
        self.js("if (app) args[0] < 800 ? app.shell.collapseLeft() : app.shell.expandLeft()", width)

    def findings(self):
        """What axe finds in what is ours."""
        return axe_findings(self.session, OURS, region=False)

    def picture(self, name):
        PICTURES.mkdir(parents=True, exist_ok=True)
        (PICTURES / f"{name}.png").write_bytes(photograph(self.session, "#jp-main-dock-panel"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    lab.prepare(folder / "work")
    (folder / "log").mkdir()
    with (
        jupyter_lab(
            folder / "log", folder / "work", "start.ipynb", JUPYTER_CONFIG_PATH=str(lab.CONFIG)
        ) as address,
        browser() as session,
    ):
        yield Desk(session, address)


@pytest.fixture(scope="module")
def first(desk):
    """The first lesson, all of it run."""
    desk.window(1100)
    desk.open(f"{CHAPTER}/{FIRST}.ipynb")
    desk.run_all()
    return desk


def test_the_start_page_shows_points_and_gives_the_archive(desk):
    desk.open("start.ipynb")
    desk.run_all()
    text = desk.js("return panel.content.node.innerText")
    assert "points so far" in text and "lessons, as they were saved" in text
    assert desk.js("return panel.content.node.querySelector('a[download]').download") == f"{CHAPTER}.zip"
    desk.picture("start")
    assert desk.findings() == []


def test_a_student_sees_no_button_of_an_instructor(desk):
    names = desk.js("return app.commands.listCommands().filter(name => /nbgrader|formgrader/.test(name))")
    assert names == []


ASKS = """return panel.content.widgets.flatMap(
  (c, at) => c.model.type === 'code' && /^predict\\(/m.test(c.model.sharedModel.source) ? [at] : [])"""


@pytest.mark.parametrize("lesson", SEEN)
def test_predictions_are_made_by_a_key_and_their_reasons_follow(first, lesson):
    first.see(lesson)
    asking = first.js(ASKS)
    assert asking
    for at in asking:
        node = f"panel.content.widgets[{at}].node"
        assert "You predicted" not in first.js(f"return {node}.innerText")
        first.js(f"{node}.querySelectorAll('.widget-button')[1].focus()")
        first.press(ENTER)
        first.wait(f"return {node}.innerText.includes('You predicted b)')")
        first.wait(f"return /✓ [a-d]\\)/.test({node}.innerText)")


@pytest.mark.parametrize("exercise", EXERCISES_SEEN)
def test_an_answer_is_checked_by_keys(first, exercise):
    """What is to be written, what a beginner wrote, and what the solved lesson has."""
    first.see(exercise.lesson)
    first.shows(exercise.name, "not written yet", "nothing to check yet")  # the last has no stub to define it
    wrong = next(slip for slip in slips_of(exercise.name) if slip.cause not in ("right", "walk"))
    first.write(exercise.name, wrong.text)
    first.shows(exercise.name, "not right yet", "partly right")
    if exercise.lesson == FIRST:
        first.picture(f"wrong-{exercise.name}")
    first.write(exercise.name, solved(exercise))
    first.shows(exercise.name, f"right, {exercise.points:g} of {exercise.points:g} point")


def solved(exercise):
    """The text of an answer in the solved lesson."""
    notebook = json.loads(SOLVED[LESSONS.index(exercise.lesson)].read_bytes())
    return text_of(cell(notebook, f"{exercise.name}-answer"))


@pytest.mark.parametrize("lesson", SEEN)
def test_a_knob_is_turned_by_a_key_and_its_picture_follows(first, lesson):
    first.see(lesson)
    at_its_end = first.js(TAKE_THE_KNOB)
    first.press(LEFT if at_its_end else RIGHTWARDS)
    first.wait("return window.picture().src !== window.before")
    assert first.js("return window.picture().alt").strip()


TAKE_THE_KNOB = """
const knob = [...panel.node.querySelectorAll('.noUi-handle')].at(-1);
window.picture = () => knob.closest('.jp-OutputArea').querySelector('img');
window.before = window.picture().src;
knob.scrollIntoView({block: 'center'});
knob.focus();
return Number(knob.getAttribute('aria-valuenow')) >= Number(knob.getAttribute('aria-valuemax'));
"""


@pytest.mark.parametrize(("theme", "width"), [("Light", 1100), ("Dark", 1100), ("Dark", 600), ("Light", 600)])
@pytest.mark.parametrize("lesson", SEEN)
def test_axe_finds_nothing_and_nothing_is_cut_off(first, lesson, theme, width):
    """600 pixels are also what a window of 1200 has at 200 %."""
    first.see(lesson)
    first.theme(theme)
    first.window(width)
    first.picture(f"{lesson}-{theme}-{width}")
    assert (first.findings(), first.js(CUT_OFF)) == ([], [])


CUT_OFF = """
const box = panel.node.getBoundingClientRect().right + 1;
const scrolled = e => e.closest('.jp-OutputArea-output [tabindex="0"]');
return [...panel.node.querySelectorAll('.jp-OutputArea-output img, .jp-OutputArea-output table')]
  .filter(e => e.getBoundingClientRect().right > box && !scrolled(e)).map(e => e.outerHTML.slice(0, 80));
"""
"""Pictures and tables that reach beyond the notebook, and cannot be moved by a key."""
