"""For somebody who sits in front of a lesson: `predict` asks before it shows, `play` gives a picture knobs.

Both need ipywidgets, and someone who can answer. Elsewhere (in a plain console, on a page, while a
notebook is built or graded) a lesson's text says the same, and a picture stands still.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..course.questions import Question, read_questions
from ..desk.choices import CHOSE, keep_choice, read_choices
from .browser import in_browser
from .shell import ipython_shell

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
PRE = "<pre style='margin:0'>"
RED = "<pre style='margin:0;background:var(--jp-rendermime-error-background)'>"
"""As JupyterLab shows what a cell prints, and what it warns of."""

chosen: dict[str, str] = {}
"""The letters chosen since Python was started, by question: also where no lesson lies in the folder."""


def predict(name: str) -> None:
    """Hold back what the rest of the cell shows until one of the question's options is chosen.

    Then the choice, the cell's output and the reason for each option stand below the cell. The choice is
    not marked, and stays in the notebook. Does nothing where nobody can choose.
    """
    if somebody_is_there():
        question = read_questions()[name]
        Held(lambda output: ask(question, output))


def play(draw: Callable[..., None], **knobs: Sequence[Any]) -> None:
    """Call `draw` with its own defaults, and again with other values whenever a knob is turned.

    `knobs` names parameters of `draw`, each with the values it can take.
    """
    if not somebody_is_there():
        return draw()
    import ipywidgets
    from IPython.utils.capture import capture_output

    defaults = inspect.signature(draw).parameters
    sliders = {
        name: ipywidgets.SelectionSlider(options=values, value=defaults[name].default, description=name)
        for name, values in knobs.items()
    }
    put(ipywidgets.VBox([*sliders.values()]))
    picture = put(RawBundle({"text/html": ""}))

    def redraw(change: Any = None) -> None:
        with capture_output() as output:
            draw(**{name: slider.value for name, slider in sliders.items()})
        picture.update(RawBundle(bundle_of(output)))

    for slider in sliders.values():
        slider.observe(redraw, "value")
    redraw()


def somebody_is_there() -> bool:
    """Whether a person can press a button: the frontend lets a cell ask for input, and has widgets."""
    kernel = getattr(ipython_shell(), "kernel", None)
    asked = kernel is not None and (in_browser() or getattr(kernel, "_allow_stdin", False))
    return bool(asked) and find_spec("ipywidgets") is not None


class Held:
    """The output of the rest of a cell, its traceback too, handed to `then` when the cell has ended."""

    def __init__(self, then: Callable[[Any], None]):
        from IPython.utils.capture import capture_output

        self.shell, self.then, self.failed = ipython_shell(), then, ""
        self.capture = capture_output()
        self.output = self.capture.__enter__()
        self.shell._showtraceback, self.show_traceback = self.keep_traceback, self.shell._showtraceback
        self.shell.events.register("post_run_cell", self.end)

    def keep_traceback(self, kind: type, error: BaseException, lines: list[str]) -> None:
        self.failed = COLOURS.sub("", "\n".join(lines))

    def end(self, result: Any) -> None:
        self.shell.events.unregister("post_run_cell", self.end)
        self.shell._showtraceback = self.show_traceback
        self.capture.__exit__(None, None, None)
        self.then(bundle_of(self.output, self.failed))


class RawBundle:
    """A MIME bundle as an object that IPython displays as it is."""

    def __init__(self, bundle: dict[str, str]):
        self.bundle = bundle

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return self.bundle


def put(shown: object) -> Any:
    """Display something below the cell; what is returned can `update` it."""
    from IPython.display import display

    return display(shown, display_id=True)  # type: ignore[no-untyped-call]


def bundle_of(output: Any, failed: str = "") -> dict[str, str]:
    """What a cell has put out, as one piece of HTML and one of plain text."""
    texts = [output.stderr, output.stdout, failed]
    shown = [one.data for one in output.outputs]
    html = [f"{style}{escape(text)}</pre>" for style, text in zip((RED, PRE, RED), texts) if text]
    html += [data.get("text/html") or f"{PRE}{escape(data.get('text/plain', ''))}</pre>" for data in shown]
    plain = [text for text in (*texts, *(data.get("text/plain", "") for data in shown)) if text]
    return {"text/html": "".join(html), "text/plain": "\n".join(plain)}


def ask(question: Question, output: dict[str, str]) -> None:
    """Show a button for each option, and in their place, when one was pressed, choice, output and reasons."""
    import ipywidgets

    letter = (read_choices(Path.cwd()) | chosen).get(question.name)
    if letter in [option.letter for option in question.options]:
        for bundle in answered(question, letter, output):
            put(RawBundle(bundle))
        return
    buttons = [
        ipywidgets.Button(description=option.letter, tooltip=option.text, layout={"width": "4em"})
        for option in question.options
    ]
    row = ipywidgets.HBox([ipywidgets.Label("Your prediction:"), *buttons])
    places = [put(row), *(put(RawBundle({"text/html": ""})) for _ in range(2))]

    def choose(button: Any) -> None:
        chosen[question.name] = button.description
        keep_choice(question.name, button.description, Path.cwd())
        for place, bundle in zip(places, answered(question, button.description, output)):
            place.update(RawBundle(bundle))

    for button in buttons:
        button.on_click(choose)


def answered(question: Question, letter: str, output: dict[str, str]) -> list[dict[str, str]]:
    """What stands below the cell after the choice: the choice, the cell's output, the reasons."""
    (mine,) = (option for option in question.options if option.letter == letter)
    lines = [
        f"- {'✓' if option.letter == question.right else '✗'} **{option.letter})** "
        f"{'*(yours)* ' if option is mine else ''}{option.reason}".replace("\n", "\n  ")
        for option in question.options
    ]
    choice = CHOSE.format(letter=letter, option=mine.text)
    return [markdown(choice), output, markdown("\n".join(lines))]


def markdown(text: str) -> dict[str, str]:
    return {"text/markdown": text, "text/plain": text}
