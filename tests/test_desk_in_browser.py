"""A student's JupyterLab, worked with in Chromium by clicks and keys, and looked at by axe.

One server and one window for all. The first lesson is looked at; with `DESK=all`, as `make test-desk` has
it, every lesson. The pictures are kept in build/desk/.
"""

import os
import time

import pytest
from browsing import axe_findings, needs_chromium
from conftest import ROOT

from grader.course import CHAPTER, LESSONS
from grader.lab import lab
from tools.screenshot import ask, browser, jupyter_lab, photograph

pytestmark = needs_chromium

PATIENCE = 120  # seconds, for a slow machine
PICTURES = ROOT / "build" / "desk"
FIRST = LESSONS[0]
SEEN = LESSONS if os.environ.get("DESK") == "all" else [FIRST]
ENTER, SHIFT, LEFT, RIGHTWARDS = "\ue007", "\ue008", "\ue012", "\ue014"

RIGHT = "def relu_if(inputs):\n    return [max(0, number) for number in inputs]"
WRONG = "def relu_if(inputs):\n    return [abs(number) for number in inputs]"

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


def test_a_prediction_is_made_by_a_key_and_its_reasons_follow(first):
    cell = "panel.content.widgets.find(c => c.model.sharedModel.source.includes('two-neurons'))"
    assert "You predicted" not in first.js(f"return {cell}.node.innerText")
    first.js(f"{cell}.node.querySelectorAll('.widget-button')[1].focus()")
    first.press(ENTER)
    first.wait(f"return {cell}.node.innerText.includes('You predicted b)')")


@pytest.mark.parametrize(
    ("source", "said"),
    [(None, "not written yet"), (WRONG, "not right yet"), (RIGHT, "right, 1 of 1 point")],
    ids=["stub", "wrong", "right"],
)
def test_an_answer_is_checked_by_keys(first, source, said):
    if source:
        first.write("relu_if", source)
    assert said in first.check_by_keys("relu_if")
    lines = "[...panel.content.activeCell.node.querySelectorAll('.jp-OutputArea-child')]"
    assert first.js(f"return {lines}.filter(e => e.offsetHeight).length") == 1  # no empty one below the card
    if source == WRONG:
        first.picture("wrong")


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
