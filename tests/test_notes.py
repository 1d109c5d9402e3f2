"""What the intake says about a file: in words of ours, and no markup of a stranger's."""

import html.parser

import pytest
from damaged import cell, good
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.filters import markdown2html
from taking_in import taken

from grader.grading.intake import notebook

HARMLESS = {"p", "strong", "ul", "li"}

HOSTILE = [
    "<script>alert(1)</script>",
    "</li></ul><img src=x onerror=alert(1)>",
    "![x](https://a.example/x.png)",
    "[x](javascript:alert(1))",
    "a\n\n# Full marks\n",
    "`code` **bold** _it_ ~~gone~~ $x$",
    "www.a.example",
    "https://a.example",
    "<https://a.example>",
    "a@b.example",
    "&lt;b&gt;",
    "| a |\n|---|\n| b |",
    "- \n1. x",
    "\x1b[31mred\x07",
    "\u202egnol",
    "x" * 100_000,
]


class Tags(html.parser.HTMLParser):
    """The names of the elements in a text."""

    def __init__(self, text):
        super().__init__()
        self.names = set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        assert not attributes


def notes_about(folder, word):
    notebook = good()
    notebook["nbformat"] = word
    notebook["metadata"]["kernelspec"]["language"] = word
    notebook["cells"][3]["metadata"] = {"nbgrader": {"grade_id": word, "points": word}}
    cell(notebook, "relu_max-answer")["cell_type"] = word
    cell(notebook, "relu_if")["metadata"]["nbgrader"]["points"] = word
    return taken(folder, notebook)


@pytest.mark.parametrize("word", HOSTILE)
def test_no_note_carries_live_markup(folder, word):
    intake_ = notes_about(folder, word)
    assert len(intake_.notes) == 4
    page = markdown2html(intake_.notebook.cells[0].source)
    assert Tags(page).names <= HARMLESS
    assert page.count("<li>") == len(intake_.notes)


@given(word=st.text(max_size=60))
@settings(max_examples=40)
def test_no_word_of_a_file_becomes_markup_in_a_note(folder, word):
    intake_ = notes_about(folder, word)
    page = markdown2html(intake_.notebook.cells[0].source)
    assert Tags(page).names <= HARMLESS
    assert page.count("<li>") == len(intake_.notes)


@pytest.mark.parametrize("text", [word for word in HOSTILE if "https" not in word])
def test_escaped_text_is_no_markup(text):
    assert Tags(markdown2html("- x" + notebook.escape_markdown(text))).names <= HARMLESS


@given(text=st.text(alphabet=st.sampled_from("ab \\`*_{}[]()<>#|!&$~\n\"'"), max_size=40))
@settings(max_examples=200)
def test_no_escaped_text_is_markup(text):
    page = markdown2html("- x" + notebook.escape_markdown(text))
    assert Tags(page).names <= HARMLESS
