"""The case that is shown, and the card: the same in text and HTML, escaped, and from nothing outside."""

import ast
import html
import json
import re

import numpy as np
import pytest
from conftest import checked_text, define, judged, judged_mistake, judged_text, only_finding

from grader.course import EXERCISES
from grader.judging.cards import card_html, card_text
from grader.judging.formatting import format_value
from grader.judging.verdict import Verdict

# The case that is shown


def test_a_seed_draws_the_same_cases_and_another_seed_others():
    source = "def relu_if(inputs):\n    return [max(0, i) for i in inputs if len(inputs) not in (5, 6, 7)]"
    first, again, other = (judged_text("relu_if", source, seed) for seed in (5, 5, 6))
    assert first == again
    assert only_finding(first).code != only_finding(other).code
    assert 'check("relu_if", seed=5)' in card_text(first)


def test_the_smallest_readable_case_is_shown():
    verdict = judged_text("relu_if", "def relu_if(inputs):\n    return [abs(i) for i in inputs]")
    finding = only_finding(verdict)
    assert (finding.code, finding.expected, finding.got) == ("relu_if([-1])", "[0]", "[1]")


def pasted(code, names):
    """What a cell with this code shows."""
    *steps, last = ast.parse(code).body
    exec(compile(ast.Module(steps, []), "<pasted>", "exec"), names)
    if isinstance(last, ast.Expr):
        return eval(compile(ast.Expression(last.value), "<pasted>", "eval"), names)
    return exec(compile(ast.Module([last], []), "<pasted>", "exec"), names)


def same_to_the_digits_shown(text, value):
    """A random case is shown with eight decimals, so its result may differ in the last of them."""
    shown = eval(text, {"np": np, "nan": np.nan, "inf": np.inf})
    return np.shape(shown) == np.shape(value) and np.allclose(shown, value, rtol=1e-6, equal_nan=True)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(
    ("exercise", "mistake"),
    [pytest.param(e, m, id=f"{e.name}-{m.id}") for e in EXERCISES.values() for m in e.misconceptions],
)
def test_the_case_that_is_shown_can_be_pasted_and_gives_what_the_card_says(exercise, mistake):
    finding = only_finding(judged_mistake(exercise.name, mistake.id, 1))
    names = {"np": np} | EXERCISES["layer_dense"].namespace() | exercise.namespace(mistake.code)
    got = finding.got.partition("\nin your line")[0]
    if got == "no such attribute":
        with pytest.raises(AttributeError):
            pasted(finding.code, names)
    elif re.match(r"\w+Error: ", got):
        with pytest.raises(Exception, match=re.escape(got.partition(": ")[2])):
            pasted(finding.code, names)
    else:
        value = pasted(finding.code, names)
        not_the_value = got.startswith("input now") or finding.code.endswith(".weights")  # random numbers
        assert not_the_value or format_value(value) == got or same_to_the_digits_shown(got, value)


# The card


def words(text):
    """Words and signs, without what only one of the two cards needs: colons and back-quotes."""
    return re.findall(r"\w+|[^\w\s`:]", text)


def text_of(markup):
    return html.unescape(re.sub(r"<[^>]*>", " ", markup))


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("relu_if", "def relu_if(inputs):\n    return [max(0, i) for i in inputs]"),
        ("relu_if", "def relu_if(inputs):\n    return inputs[:0]"),
        ("relu_if", "def relu_if(inputs):\n    pass"),
        ("relu_if", ""),
        ("relu_if", "def relu_if(inputs):\n    raise KeyError('`a` < `b` & \"c\"')"),
        ("relu_numpy", "def relu_numpy(inputs):\n    inputs[inputs < 0] = 0\n    return inputs"),
        (
            "activation_relu",
            "class Activation_ReLU:\n    def forward(self, inputs):\n        self.outputs = 1",
        ),
        ("forward_pass", "def forward_pass(X, dense1, dense2):\n    return X"),
        (
            "layer_dense",
            "class Layer_Dense:\n    def __init__(self, n_inputs, n_neurons):\n        self.weights = 0",
        ),
    ],
)
def test_both_cards_say_the_same_in_the_same_order(name, source):
    verdict = judged_text(name, source)
    assert words(text_of(card_html(verdict))) == words(card_text(verdict))


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("relu_if", "def relu_if(inputs):\n    raise ValueError('<script>alert(1)</script>')"),
        ("relu_if", "def relu_if(inputs):\n    return ['<script>alert(1)</script>']"),
        ("relu_if", "def relu_if(inputs):\n    return type('<script>', (), {})()"),
        ("relu_if", "def relu_if(inputs):\n    raise type('<script>', (Exception,), {})()"),
        ("relu_if", "relu_if = type('<script>', (), {})()"),
        (
            "relu_if",
            "import warnings\ndef relu_if(inputs):\n    warnings.warn('<script>')\n"
            "    return [max(0, i) for i in inputs]",
        ),
        ("relu_if", "def relu_if(inputs):\n    return '<script>' + undefined"),
        (
            "layer_dense",
            "class Layer_Dense:\n    def __init__(self, *sizes):\n        setattr(self, '<script>', 0)",
        ),
        (
            "layer_dense",
            "class Layer_Dense:\n    def __init__(self, *sizes):\n        setattr(self, '`<script>`', 0)",
        ),
    ],
)
def test_what_a_student_controls_is_escaped(name, source):
    markup = card_html(judged_text(name, source))
    assert "<script" not in markup
    assert "&lt;script" in markup


def test_a_misspelt_name_cannot_smuggle_markup():
    names = define("def f(inputs): return []")
    names["relu_if<script>"] = names["f"]
    assert "<script" not in card_html(judged("relu_if", names))


@pytest.mark.parametrize("name", EXERCISES)
def test_a_card_needs_nothing_from_outside(name):
    markup = card_html(judged_text(name, ""))
    assert not re.search(r"<script|<link|<img|src=|href=|url\(|on\w+=", markup)


def test_a_verdict_survives_storing_as_json():
    verdict = judged_text("relu_if", "def relu_if(inputs):\n    return inputs")
    assert Verdict.from_dict(json.loads(json.dumps(verdict.to_dict()))) == verdict


LONGEST_ROW = """def predictions(probabilities):
    found = []
    for row in probabilities:
        best = 0
        for p in row:
            if p > best:
                best = p
        found.append(best)
    return np.array(found)
"""


def walk_of(name, text):
    (finding,) = checked_text(name, text).findings
    return finding.walk


def test_a_walk_leaves_out_no_line_between_two_others():
    walk = walk_of("predictions", LONGEST_ROW)
    first, second = [3, 4, 5, 6, 7, 5, 6, 5, 6, 5, 8], [3, 4, 5, 6, 7, 5, 6, 7, 5, 6, 7, 5, 8]
    assert [number for number, _, _ in walk] == [1, 2, *first, *second, 3, 9]
    assert walk[-1][2] == "returns [0.7, 0.6]  shape (2,)"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            "return [max(10, n) for n in inputs]",
            "What is seen: Another value in the place of `10` would help.",
        ),
        ("[max(0, n) for n in inputs]", "Cause: The function works something out and hands nothing back"),
    ],
)
def test_that_something_else_would_help_is_not_called_a_cause(answer, said):
    assert f"  {said}" in card_text(checked_text("relu_max", f"def relu_max(inputs):\n    {answer}\n"))
