"""The search for the small change that makes a wrong answer right: what is offered, what never is."""

# ruff: noqa: E501 - a slip is one line

import ast
import contextlib
import json

import numpy as np
import pytest
from conftest import EXERCISES, checked_text, define

from grader.judging import repair
from grader.judging.answer import Answer, TooMuch, parse
from grader.judging.cards import card_html, card_text
from grader.judging.edits import TABLE, candidates
from grader.judging.judge import judge, make_plan
from grader.judging.probe import run
from grader.judging.verdict import Verdict
from tests.mutation.examine import reference_source
from tests.slips import slips_of


@pytest.fixture(autouse=True)
def time_enough(monkeypatch):
    """What is found must not depend on how busy the machine is."""
    monkeypatch.setattr(repair, "SECONDS", 60)


LOOP = """def relu_if(inputs):
    output = []
    for number in inputs:
        if number > 0:
            output.append(number)
        else:
            output.append(0)
    return output
"""
LAYER = """class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = np.dot(inputs, self.weights) + self.biases
"""
RELU = """class Activation_ReLU:
    def forward(self, inputs):
        self.output = np.maximum(0, inputs)
"""
NETWORK = LAYER + RELU + reference_source("activation_softmax")
PASS = """def forward_pass(X, dense1, dense2):
    activation1 = Activation_ReLU()
    activation2 = Activation_Softmax()
    dense1.forward(X)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    activation2.forward(dense2.output)
    return activation2.output
"""
SHARES = """def normalize(exp_values):
    norm_base = sum(exp_values)
    norm_values = []
    for value in exp_values:
        norm_values.append(value / norm_base)
    return norm_values
"""
ADDING = "    norm_base = 0\n    for value in exp_values:\n        norm_base = norm_base + value\n"
ROWS = "def row_sums(batch):\n    return np.sum(batch, axis=1, keepdims=True)\n"

PLACES = "def predictions(batch):\n    return np.array([list(row).index(max(row)) for row in batch])\n"
ROWWISE = """class Activation_ReLU:
    def forward(self, inputs):
        self.rows = []
        for row in inputs:
            self.rows.append(np.maximum(0, row))
        self.output = np.array(self.rows)
"""
LATE = {
    "        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)\n": "",
    "        self.biases = np.zeros((1, n_neurons))\n": "        self.sizes = n_inputs, n_neurons\n",
    "        self.output": "        self.weights = np.random.randn(*self.sizes)\n"
    "        self.biases = np.zeros((1, self.sizes[1]))\n        self.output",
}
IN_PLACE = """def softmax_batch(batch):
    batch = batch.astype(float)
    for i in range(len(batch)):
        powers = np.exp(batch[i])
        batch[i] = powers / np.sum(powers)
    return batch
"""
ADDED = """def relu_if(inputs):
    output = []
    for number in inputs:
        output = output + ([number] if number > 0 else [0])
    return output
"""
REST = """def relu_if(inputs):
    if len(inputs) == 0:
        return []
    first = inputs[0] if inputs[0] > 0 else 0
    return [first] + relu_if(inputs[1:])
"""

PICKED = "def relu_numpy(inputs):\n    out = np.zeros(inputs.shape)\n    out[inputs > 0] = inputs[inputs > 0]\n    return out\n"
# fmt: off
# edit: (exercise, right text, what is written in its place, cells before)
SLIPS = {
    "misspelt name": ("relu_if", LOOP, {"return output": "return ouput"}, ""),
    "built-in name": ("relu_if", LOOP, {"in inputs": "in input"}, ""),
    "name from elsewhere": ("relu_if", LOOP, {"if number >": "if reading >"}, "reading = 31"),
    "value that is not made": (
        "normalize",
        SHARES,
        {"    norm_base = sum(exp_values)\n": "", "/ norm_base": "/ whole"},
        "whole = 3",
    ),
    "other name": ("normalize", SHARES, {"sum(exp_values)": "sum(norm_values)", "[]\n": "[]\n"}, ""),
    "result under another name": (
        "normalize",
        SHARES.replace("    norm_base = sum(exp_values)\n", ADDING),
        {"norm_base = norm_base + value": "base = norm_base + value"},
        "",
    ),
    "self is missing": ("layer_dense", LAYER, {"inputs, self.weights": "inputs, weights"}, ""),
    "self is too much": ("activation_relu", RELU, {"(0, inputs)": "(0, self.inputs)"}, ""),
    "no room for self": ("activation_relu", RELU, {"(self, inputs)": "(inputs)"}, ""),
    "self outside a class": ("relu_if", LOOP, {"(inputs)": "(self, inputs)"}, ""),
    "name after the dot": ("forward_pass", PASS, {"(dense2.output)": "(dense2.outputs)"}, NETWORK),
    "object for its output": ("forward_pass", PASS, {"(dense1.output)": "(dense1)"}, NETWORK),
    "name of the method": ("layer_dense", LAYER, {"__init__": "_init_"}, ""),
    "brackets of a call are missing": ("forward_pass", PASS, {"ReLU()": "ReLU"}, NETWORK),
    "square brackets for a call": ("relu_if", LOOP, {"append(0)": "append[0]"}, ""),
    "round brackets for a part": (
        "relu_if",
        LOOP.replace("number in inputs", "i in range(len(inputs))").replace("number", "inputs[i]"),
        {"append(inputs[i])": "append(inputs(i))"},
        "",
    ),
    "call too many": ("forward_pass", PASS, {"return activation2.output": "return activation2.output()"}, NETWORK),
    "argument is missing": ("row_sums", ROWS, {"batch, axis": "axis"}, ""),
    "argument too many": ("row_sums", ROWS, {"(batch)": "(batch)", "np.sum(batch": "np.sum(batch, 0"}, ""),
    "arguments in another order": ("layer_dense", LAYER, {"(inputs, self.weights)": "(self.weights, inputs)"}, ""),
    "shape in one pair of parentheses": ("layer_dense", LAYER, {"((1, n_neurons))": "(1, n_neurons)"}, ""),
    "shape without parentheses of its own": (
        "layer_dense",
        LAYER,
        {"randn(n_inputs, n_neurons)": "randn((n_inputs, n_neurons))"},
        "",
    ),
    "keyword of another name": ("row_sums", ROWS, {"axis": "dim", "keepdims": "keepdim"}, ""),
    "axis": ("row_sums", ROWS, {"axis=1": "axis=0"}, ""),
    "axis and keepdims": ("row_sums", ROWS, {", axis=1, keepdims=True": ""}, ""),
    "keepdims": ("row_sums", ROWS, {", keepdims=True": ""}, ""),
    "another function": ("relu_numpy", "def relu_numpy(inputs):\n    return np.maximum(0, inputs)\n", {"maximum": "max"}, ""),
    "operator": ("normalize", SHARES, {"value /": "value *"}, ""),
    "comparison": ("relu_if", LOOP, {"number >": "number <"}, ""),
    "constant": ("relu_if", LOOP, {"append(0)": "append(1)"}, ""),
    "text for a value": ("relu_if", LOOP, {"> 0": "> '0'"}, ""),
    "one step too many": ("normalize", SHARES, {"(value / norm_base)": "(round(value / norm_base, 2))"}, ""),
    "position or element": ("relu_if", LOOP, {"if number": "if inputs[number]"}, ""),
    "return is missing": ("relu_if", LOOP, {"    return output\n": ""}, ""),
    "print for return": ("relu_if", LOOP, {"return output": "print(output)"}, ""),
    "return inside the loop": ("relu_if", LOOP, {"    return output": "        return output"}, ""),
    "else of the loop": ("relu_if", LOOP, {"        else:\n            output": "    else:\n        output"}, ""),
    "nothing is appended": ("relu_if", LOOP, {"output.append(number)": "print(number)", "output.append(0)": "print(0)"}, ""),
    "append is missing": ("relu_max", LOOP.replace("relu_if", "relu_max").replace("number in", "number in"), {
        "        if number > 0:\n            output.append(number)\n        else:\n            output.append(0)\n":
        "        if number < 0:\n            number = 0\n"}, ""),
    "several in one": ("relu_if", LOOP, {".append(number)": " += number", ".append(0)": " += 0"}, ""),
    "result is not stored": ("activation_relu", RELU, {"self.output =": "return"}, ""),
    "in place": (
        "shift_rows",
        "def shift_rows(x):\n    x = x - np.max(x, axis=1, keepdims=True)\n    return x\n",
        {"= x -": "-="},
        "",
    ),
    "made anew in each round": (
        "relu_if",
        LOOP,
        {"    output = []\n    for number in inputs:\n": "    for number in inputs:\n        output = []\n"},
        "",
    ),
    "list is not made here": ("relu_if", LOOP, {"    output = []\n": ""}, "output = [1, 2]"),
    "call of forward is missing": ("forward_pass", PASS, {"    dense2.forward(activation1.output)\n": ""}, NETWORK),
    "order of two lines": (
        "forward_pass",
        PASS,
        {
            "    dense1.forward(X)\n    activation1.forward(dense1.output)\n":
            "    activation1.forward(dense1.output)\n    dense1.forward(X)\n"
        },
        NETWORK,
    ),
    "another list": (
        "relu_if",
        LOOP.replace("output = []", "output = []\n    zeros = []"),
        {"output.append(0)": "zeros.append(0)"},
        "",
    ),
    "yield for append": ("relu_if", LOOP, {"output = []\n    for": "for", "output.append(number)": "yield number", "output.append(0)": "yield 0", "    return output\n": ""}, ""),
    "product number by number": ("relu_numpy", "def relu_numpy(inputs):\n    return np.multiply(inputs, inputs > 0)\n", {"multiply": "dot"}, ""),
    "largest of each row": ("shift_rows", ROWS.replace("row_sums(batch):\n    return np.sum", "shift_rows(batch):\n    return batch - np.max"), {"np.max(batch, axis=1, keepdims=True)": "np.maximum(batch, 0)"}, ""),
    "name of another library": ("relu_numpy", "def relu_numpy(inputs):\n    return inputs.clip(min=0)\n", {"clip": "clamp"}, ""),
    "method of lists": ("predictions", PLACES, {"list(row)": "row"}, ""),
    "made once for all calls": ("activation_relu", ROWWISE, {"        self.rows = []\n        for": "        for", "class Activation_ReLU:\n": "class Activation_ReLU:\n    def __init__(self):\n        self.rows = []\n"}, ""),
    "made too late": ("layer_dense", LAYER, LATE, ""),
    "layer lies on its side": ("layer_dense", LAYER, {"randn(n_inputs, n_neurons)": "randn(n_neurons, n_inputs)", "self.weights) + ": "self.weights.T) + "}, ""),
    "method inside of a method": ("activation_relu", RELU, {"    def forward(self, inputs):\n        self": "    def __init__(self):\n        def forward(self, inputs):\n            self"}, ""),
    "decorator too many": ("activation_relu", RELU, {"    def": "    @staticmethod\n    def"}, ""),
    "recursion without an end": ("relu_if", REST, {"    if len(inputs) == 0:\n        return []\n": ""}, ""),
    "all numbers for one": ("relu_max", "def relu_max(inputs):\n    return [max(0, number) for number in inputs]\n", {"0, number": "0, max(inputs)"}, ""),
    "call for an assignment": ("activation_relu", RELU, {"self.output = np.maximum(0, inputs)": "self.output(np.maximum(0, inputs))"}, ""),
    "loop too many": ("relu_if", LOOP, {"    for number in inputs:\n        if number > 0:\n            output.append(number)\n        else:\n            output.append(0)\n": "    for one in inputs:\n        for number in inputs:\n            output.append(number if number > 0 else 0)\n"}, ""),
    "written into whole numbers": ("softmax_batch", IN_PLACE, {"    batch = batch.astype(float)\n": ""}, ""),
    "choice for all of the line": ("relu_if", ADDED, {"([number] if number > 0 else [0])": "[number] if number > 0 else [0]"}, ""),
    "list of one number": ("relu_if", ADDED, {"[number]": "list(number)"}, ""),
    "self for a module": ("activation_relu", RELU, {"np.maximum": "self.maximum"}, ""),
    "compared too late": ("relu_if", "def relu_if(inputs):\n    return [number * (number > 0) for number in inputs]\n", {"(number > 0)": "number > 0"}, ""),
    "chosen places on one side": ("relu_numpy", PICKED, {"= inputs[inputs > 0]": "= inputs"}, ""),
    "default that all calls share": ("relu_if", LOOP, {"(inputs)": "(inputs, output=[])", "    output = []\n": ""}, ""),
    "what the caller has set": ("forward_pass", PASS, {"    dense2.forward": "    dense2.biases = 0 * dense2.biases\n    dense2.forward"}, NETWORK),
    "one product for two sizes": ("layer_dense", LAYER, {"randn(n_inputs, n_neurons)": "randn(n_inputs * n_neurons)"}, ""),
}
# fmt: on


def slip(edit):
    name, text, changes, before = SLIPS[edit]
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return name, text, before


@pytest.mark.parametrize("edit", SLIPS)
def test_a_slip_is_mended_and_its_line_and_cause_are_named(edit):
    name, text, before = slip(edit)
    assert checked_text(name, SLIPS[edit][1], before=before).status == "right"
    (finding,) = checked_text(name, text, before=before).findings
    assert edit in finding.edits, (finding.edits, finding.after)
    assert mended(finding, text, name, before).status == "right"


def mended(finding, text, name, before=""):
    """The verdict on the answer with the change that its card shows."""
    lines = text.splitlines()
    old = finding.before.splitlines()
    places = [i for i in range(len(lines)) if lines[i : i + len(old)] == old]
    first = min(places, key=lambda i: abs(i + 1 - finding.lineno))
    lines[first : first + len(old)] = finding.after.splitlines()
    return checked_text(name, "\n".join(lines) + "\n", before=before)


def test_two_slips_are_mended_together():
    text = LOOP.replace("number > 0", "number < 0").replace("return output", "print(output)")
    (finding,) = checked_text("relu_if", text).findings
    assert len(finding.edits) == 2 and finding.why.startswith("Two things have to change.")
    assert mended(finding, text, "relu_if").status == "right"


# What is never offered

FAR_FROM_RIGHT = {
    "relu_if": ["return inputs", "return []", "return [0]", "return [1 for number in inputs]"],
    "relu_max": ["return inputs", "return [number for number in inputs]"],
    "relu_numpy": ["return inputs", "return inputs * 2", "return np.zeros(inputs.shape)"],
    "exponentiate": ["return layer_outputs", "return [1.0] * len(layer_outputs)"],
    "normalize": ["return exp_values", "return [0.5 for value in exp_values]"],
    "softmax_vector": ["return layer_outputs", "return np.ones(len(layer_outputs))"],
    "row_sums": ["return batch", "return len(batch)"],
    "softmax_batch": ["return layer_outputs", "return np.ones((2, 2))"],
    "shift_rows": ["return layer_outputs", "return layer_outputs * 0"],
    "confidences": ["return probabilities", "return np.ones(3)"],
    "predictions": ["return probabilities", "return np.arange(3)"],
}


@pytest.mark.parametrize(
    ("name", "body"), [(name, body) for name, bodies in FAR_FROM_RIGHT.items() for body in bodies]
)
def test_an_answer_is_not_written_in_the_students_place(name, body):
    (finding,) = checked_text(name, f"def {EXERCISES[name].signature}:\n    {body}\n").findings
    assert not finding.edits, finding.after


def test_no_candidate_brings_in_much():
    for name, (_, text, _, _) in SLIPS.items():
        answer = Answer(text, {"np": "numpy", "math": "math"}, ("output", "weights", "biases", "forward"))
        for candidate in candidates(answer):
            assert candidate.size <= 18, (name, candidate.text)
            assert len(candidate.text) < len(text) + 90


def test_points_are_the_same_with_and_without_the_search():
    for edit in SLIPS:
        name, text, before = slip(edit)
        names = define(text, define(before) if before else None)
        record = run(make_plan(EXERCISES[name], 3, 60), names)
        with_search = judge(EXERCISES[name], 3, record, ask=lambda plan, names=names: run(plan, names))
        assert with_search.points == judge(EXERCISES[name], 3, record).points


@pytest.mark.parametrize("name", EXERCISES)
def test_a_right_answer_is_not_searched(name):
    names = define(reference_source(name))
    record = run(make_plan(EXERCISES[name], 0, 60), names)
    assert judge(EXERCISES[name], 0, record, ask=lambda plan: pytest.fail("searched")).status == "right"


@pytest.mark.parametrize("edit", ["return inside the loop", "axis", "self is missing", "name from elsewhere"])
def test_the_same_answer_gets_the_same_repair_for_every_seed(edit):
    name, text, before = slip(edit)
    found = [checked_text(name, text, seed, before).findings[0] for seed in range(4)]
    assert len({(f.edits, f.before, f.after, f.why, f.question) for f in found}) == 1


# The table


@pytest.mark.parametrize("edit", TABLE.values(), ids=TABLE)
def test_an_edit_explains_itself_and_its_question_gives_nothing_away(edit):
    assert edit.says.endswith(".") and edit.asks.endswith(("?", "."))
    assert set(repair.TOKEN.findall(edit.asks)).isdisjoint({"np", "numpy", "True"})
    edit.says.format(old="x"), edit.asks.format(old="x")


def test_every_candidate_is_another_text_and_each_comes_once():
    for _, text, _, _ in SLIPS.values():
        texts = [c.text for c in candidates(Answer(text, {"np": "numpy"}, ("output",)))]
        assert len(texts) == len(set(texts)) > 20
        assert text not in texts


def test_most_candidates_can_be_read_by_python():
    texts = [
        c.text for _, t, _, _ in SLIPS.values() for c in candidates(Answer(t, {"np": "numpy"}, ("output",)))
    ]

    def readable(text):
        try:
            return bool(ast.parse(text))
        except SyntaxError:
            return False

    assert sum(map(readable, texts)) > 0.97 * len(texts)


@pytest.mark.parametrize(
    "text", ["def f(:", "x = " + "(" * 90 + ")" * 90, "x = " + "-" * 400 + "1", "x = 1\n" * 3000, "\0"]
)
def test_what_is_no_python_or_too_much_is_not_searched(text):
    with pytest.raises(TooMuch):
        parse(text)


def test_no_candidate_writes_into_a_module():
    text = RELU.replace("        self.output", "        self.max = 0\n        self.output").replace(
        "np.maximum", "max"
    )
    found = [c.text for c in candidates(Answer(text, {"np": "numpy"}, ("output", "max")))]
    assert found and not any("np.max = 0" in one for one in found)
    before = np.max
    checked_text("activation_relu", text)
    assert np.max is before


def test_letters_beyond_ascii_do_not_move_a_change():
    text = LOOP.replace("    output = []\n", '    """Größer als 0: ✓"""\n    output = []; x = "ä"\n')
    text = text.replace("number > 0", '"ö" and number < 0')
    (finding,) = checked_text("relu_if", text).findings
    assert mended(finding, text, "relu_if").status == "right"


# The card


def test_a_card_makes_think_before_it_shows_the_change():
    name, text, before = slip("return inside the loop")
    verdict = checked_text(name, text, before=before)
    order = ["Your line 8", "This was run", "Expected", "Got", "Cause", "Think", "Show me the change", "Walk"]
    for card in (card_text(verdict), card_html(verdict)):
        places = [card.index(word) for word in order]
        assert places == sorted(places)
    markup = card_html(verdict)
    assert markup.count("<details") == 2 and "<details open" not in markup
    assert markup.index("<details") < markup.index("With this change")


def test_a_finding_with_a_repair_survives_storing_as_json():
    name, text, before = slip("axis")
    verdict = checked_text(name, text, before=before)
    assert Verdict.from_dict(json.loads(json.dumps(verdict.to_dict()))) == verdict


def test_no_candidate_reckons_without_end():
    text = "def exponentiate(layer_outputs):\n    exp_values = []\n    for output in layer_outputs:\n        exp_values.append(10 ** output)\n    return exp_values\n"  # fmt: skip
    (finding,) = checked_text("exponentiate", text).findings
    assert finding.edits == ("base of the power",) and "math.e" in finding.after


def test_no_candidate_makes_an_array_of_a_list_in_itself():
    text = "def predictions(probabilities):\n    classes = []\n    for row in probabilities:\n        best = 0\n        for i in range(len(row)):\n            if row[i] > best:\n                best = i\n        classes.append(best)\n    return np.array(classes)\n"  # fmt: skip
    assert checked_text("predictions", text).status == "wrong"


@pytest.mark.parametrize("line", ["found.append(x)", "found += x", "found[i] = x"])
def test_no_candidate_puts_a_list_into_itself(line):
    text = (
        f"def f(row):\n    found = [0]\n    for i, x in enumerate(row):\n        {line}\n    return found\n"
    )
    texts = [c.text for c in candidates(Answer(text))]
    assert texts and not [t for t in texts if line.replace("x", "found") in t]


def test_no_candidate_puts_a_list_into_itself_by_a_second_name():
    text = "def f(row):\n    found = []\n    for x in row:\n        p = 1\n        found.append([p * x, p])\n    return found\n"
    texts = [c.text for c in candidates(Answer(text))]
    assert texts and not [t for t in texts if "p = found\n" in t]


def scrambled(text, rng):
    """The text with one of its expressions in the place of another: most often no answer at all."""
    answer = Answer(text)
    one, other = rng.choice([n for n in answer.loads() if hasattr(n, "lineno")], 2)
    return answer.changed(answer.put(one, answer.of(other)))


def as_answer(text):
    with contextlib.suppress(TooMuch):
        return Answer(text, {"np": "numpy", "math": "math"}, ("output", "weights", "biases", "forward"))


@pytest.mark.parametrize("name", EXERCISES)
def test_no_edit_stumbles_over_odd_texts(name):
    rng = np.random.default_rng(1)
    texts = [s.text for s in slips_of(name)[::3] if as_answer(s.text)]
    answers = [as_answer(scrambled(text, rng)) for text in texts]
    assert sum(1 for answer in answers if answer for _ in candidates(answer)) > 100


def test_no_edit_takes_a_function_for_a_method():
    for name in ("forward", "append", "insert", "index", "copy", "random"):
        assert list(
            candidates(as_answer(f"def f(x):\n    for y in x:\n        {name}(y)\n    return {name}(x, 1)\n"))
        )
