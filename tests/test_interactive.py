"""`predict` asks before it shows, `play` turns knobs; where nobody can answer, both keep still."""

import json
import re
from types import SimpleNamespace

import ipywidgets
import pytest
from conftest import MASTERS, ROOT
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets import Any, HasTraits
from traitlets.config import Config

from grader.authoring.build import collect_questions
from grader.authoring.master import read_master
from grader.course import CHAPTER, LESSONS
from grader.course.questions import FILE, read_questions, write_questions
from grader.desk import choices
from grader.judging import interactive
from grader.judging.files import upload
from grader.judging.interactive import play, predict

QUESTIONS = read_questions()
NAME, QUESTION = next(iter(QUESTIONS.items()))


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """A notebook's shell with somebody in front of it."""
    config = Config(InteractiveShell={"ipython_dir": str(tmp_path)}, HistoryManager={"enabled": False})
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=config)
    shell.kernel = SimpleNamespace(_allow_stdin=True)
    monkeypatch.setattr(interactive, "chosen", {})
    shell.run_cell("from grader import play, predict").raise_error()
    yield shell
    InteractiveShell.clear_instance()


class Page:
    """What stands below a cell: each display in its place, later ones with the same id over earlier ones."""

    def __init__(self, shell, source, monkeypatch):
        self.bundles, self.buttons, self.sliders = {}, [], []
        make, slide = ipywidgets.Button.__init__, ipywidgets.SelectionSlider.__init__

        def button(widget, **kwargs):
            make(widget, **kwargs)
            self.buttons.append(widget)

        def slider(widget, **kwargs):
            slide(widget, **kwargs)
            self.sliders.append(widget)

        monkeypatch.setattr(ipywidgets.Button, "__init__", button)
        monkeypatch.setattr(ipywidgets.SelectionSlider, "__init__", slider)
        with capture_output() as self.captured:
            self.result = shell.run_cell(source)
        self.take(self.captured)

    def take(self, captured):
        self.printed = captured.stdout
        for number, output in enumerate(captured.outputs):
            self.bundles[output.transient.get("display_id", number)] = output.data

    def act(self, action):
        with capture_output() as captured:
            action()
        self.take(captured)

    def press(self, letter):
        (button,) = (button for button in self.buttons if button.description == letter)
        self.act(button.click)

    def text(self):
        return "\n".join(bundle.get("text/plain", "") for bundle in self.bundles.values()) + self.printed


def call(name=NAME):
    return f'predict("{name}")\n'


def test_the_result_is_held_back_until_an_option_is_chosen(shell, monkeypatch):
    page = Page(shell, call() + "print('the result')", monkeypatch)
    assert "the result" not in page.text()
    assert [b.description for b in page.buttons] == [option.letter for option in QUESTION.options]
    page.press("a")
    text = page.text()
    places = [
        text.index(words) for words in ("You predicted **a)**", "the result", QUESTION.options[0].reason)
    ]
    assert places == sorted(places)
    assert all(option.reason.replace("\n", "\n  ") in text for option in QUESTION.options)
    assert "widget" not in "".join(kind for bundle in page.bundles.values() for kind in bundle)


@pytest.mark.parametrize("letter", [option.letter for option in QUESTION.options])
def test_the_right_option_and_ones_own_are_marked(shell, monkeypatch, letter):
    page = Page(shell, call(), monkeypatch)
    page.press(letter)
    marks = re.findall(r"^- (.) \*\*(.)\)\*\* (\*\(yours\)\*)?", page.text(), re.M)
    assert [option for mark, option, _ in marks if mark == "✓"] == [QUESTION.right]
    assert [option for _, option, yours in marks if yours] == [letter]


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("import sys; print('so', file=sys.stderr)", "so"),
        ("'a value'", "'a value'"),
        ("print('<b>&')", "<b>&"),
    ],
)
def test_an_error_a_warning_and_a_value_are_held_back_too(shell, monkeypatch, source, seen):
    page = Page(shell, call() + source, monkeypatch)
    assert seen not in page.text() + page.captured.stderr
    page.press("a")
    assert seen in page.text()
    assert not any("<b>" in bundle.get("text/html", "") for bundle in page.bundles.values())


def test_after_a_prediction_the_notebook_shows_and_fails_as_before(shell, monkeypatch):
    Page(shell, call() + "1 / 0", monkeypatch)
    with capture_output() as captured:
        shell.run_cell("print('shown')\n1 / 0")
    assert "shown" in captured.stdout and "ZeroDivisionError" in captured.stdout


def test_a_cell_that_is_run_again_does_not_ask_again(shell, monkeypatch):
    Page(shell, call(), monkeypatch).press("b")
    again = Page(shell, call() + "print('the result')", monkeypatch)
    assert not again.buttons and "You predicted **b)**" in again.text() and "the result" in again.text()


NOBODY = {
    "a notebook that is run by a program": lambda shell, _: setattr(shell.kernel, "_allow_stdin", False),
    "a terminal": lambda shell, _: delattr(shell, "kernel"),
    "no widgets": lambda _, patch: patch.setattr(interactive, "find_spec", lambda name: None),
}


@pytest.mark.parametrize(
    ("kept", "asks"),
    [
        ({NAME: "a"}, False),
        ({NAME: "z"}, True),  # of an earlier lesson
        ({NAME: 3}, True),
        ([], True),
        (None, True),
    ],
)
def test_a_choice_of_another_day_stands(shell, monkeypatch, tmp_path, kept, asks):
    (tmp_path / f"{LESSONS[0]}.ipynb").write_text("{}")
    (tmp_path / choices.FILE).write_text(json.dumps(kept) if kept is not None else "half")
    monkeypatch.chdir(tmp_path)
    page = Page(shell, call() + "print('the result')", monkeypatch)
    assert bool(page.buttons) is asks and ("the result" in page.text()) is not asks
    if asks:
        page.press("b")
        monkeypatch.setattr(interactive, "chosen", {})  # Python is started again
        again = Page(shell, call() + "print('the result')", monkeypatch)
        assert "You predicted **b)**" in again.text() and not again.buttons


@pytest.mark.parametrize("folder", ["notebooks", "elsewhere"])
def test_a_choice_leaves_nothing_where_no_student_works(shell, monkeypatch, tmp_path, folder):
    here = tmp_path / folder / CHAPTER
    here.mkdir(parents=True)
    if folder == "notebooks":
        (here / f"{LESSONS[0]}.ipynb").write_text("{}")
    monkeypatch.chdir(here)
    Page(shell, call(), monkeypatch).press("a")
    assert not (here / choices.FILE).exists()


@pytest.mark.parametrize("leave", NOBODY.values(), ids=NOBODY)
def test_where_nobody_can_answer_the_cell_shows_its_result_and_a_still_picture(shell, monkeypatch, leave):
    leave(shell, monkeypatch)
    asked = Page(shell, call() + "print('the result')", monkeypatch)
    assert asked.printed == "the result\n" and not asked.bundles and not asked.buttons
    drawn = Page(shell, "def draw(size=3): print('drawn', size)\nplay(draw, size=[1, 3])", monkeypatch)
    assert drawn.printed == "drawn 3\n" and not drawn.sliders


class Upload(HasTraits):
    value = Any()


@pytest.mark.parametrize(
    "chosen",
    [({"name": "mine.zip", "content": memoryview(b"zip")},), {"mine.zip": {"content": b"zip"}}],
    ids=["ipywidgets 8", "ipywidgets 7"],
)
def test_a_file_that_is_chosen_is_handed_on(shell, monkeypatch, chosen):
    button, taken = Upload(), []
    monkeypatch.setattr(ipywidgets, "FileUpload", lambda **_: button)
    with capture_output():
        assert upload("Choose", lambda data: taken.append(data) or {"text/plain": "taken in"})
        button.value = chosen
    assert taken == [b"zip"]


def test_outside_of_a_notebook_both_keep_still(capsys):
    InteractiveShell.clear_instance()
    assert predict(NAME) is None
    play(lambda size=3: print("drawn", size), size=[1, 3])
    assert capsys.readouterr().out == "drawn 3\n"


def test_a_knob_draws_the_picture_anew_in_its_place(shell, monkeypatch):
    source = "def draw(size=3, side=0): print('drawn', size, side)\nplay(draw, size=[1, 3, 5])"
    page = Page(shell, source, monkeypatch)
    assert "drawn 3 0" in page.text()
    (slider,) = page.sliders
    assert slider.options == (1, 3, 5) and slider.value == 3
    page.act(lambda: setattr(slider, "value", 5))
    assert "drawn 5 0" in page.text() and "drawn 3 0" not in page.text()


def test_the_stored_questions_are_those_of_the_masters(tmp_path):
    questions = collect_questions({path: read_master(path) for path in MASTERS})[CHAPTER]
    write_questions(tmp_path / FILE, questions)
    stored = ROOT / "grader" / "course" / CHAPTER / FILE
    assert (tmp_path / FILE).read_bytes() == stored.read_bytes()
    assert list(QUESTIONS) == [question.name for question in questions]
