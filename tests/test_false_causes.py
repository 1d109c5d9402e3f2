"""No cause that is not proven: what a hint or a misconception says is true of the answer it is said of."""

# ruff: noqa: E501 - a slip is one line

import math

import numpy as np
import pytest
from conftest import EXERCISES, checked_text, define

from grader.judging.answer import Answer
from grader.judging.edits import candidates
from grader.judging.hints import HINTS, error_hint
from grader.judging.judge import judge, make_plan
from grader.judging.probe import run
from tests.slips import PARTS

# what the hint says -> (a line that raises it, a line with the same exception for another reason)
LINES = {
    "Several names wait for a value each": ("a, b = 3", "list(3)"),
    "There are more names": ("a, b = [1]", "a, b = [1, 2, 3]"),
    "There are fewer names": ("a, b = [1, 2, 3]", "a, b = [1]"),
    "`{0}` is what other texts call a package": ("torch.relu(x)", "nothing_there"),
    "`if`, `max` and `and` want one yes or no": ("max(0, x)", "np.ones(3).reshape(2, 2)"),
    "In a matrix product": ("np.dot(np.ones((2, 3)), np.ones((2, 3)))", "x + np.ones(5)"),
    "Two arrays whose shapes do not line up": ("x + np.ones(5)", "np.ones((2, 3)) @ np.ones((2, 3))"),
    "An array was built from things": ("np.array([[1, 2], [3]])", "int('a')"),
    "Several numbers were put": ("x[0] = [1, 2]", "float('a')"),
    "The axis that was asked for does not exist. The second": ("np.max(0, 2)", "np.max(x, axis=2)"),
    "axis={0} was asked for": ("np.sum(x, axis=1, keepdims=True)", None),
    "The function does not know `{0}`": ("np.sum(x, dim=1)", "np.sum(x, axes=1)"),
    "The keyword {0} went": ("np.exp(x, keepdims=True)", "np.sum(x, dim=1)"),
    "The second argument of np.max and np.min is an axis": ("np.max(x, 0.5)", "np.max(np.zeros(2.5))"),
    "A size is a whole number": ("np.zeros((2, 0.5))", "range(0.5)"),
    "Something else stands where a whole number": ("range(0.5)", "np.zeros(1, 2)"),
    "`{0}` was called with more arguments than it accepts": ("A().f(1)", "f(1, 2)"),
    "`{0}` was called with a different number": ("f(1, 2)", "A().f(1)"),
    "The class has no `__init__`": ("A(1)", "{}.copy(1)"),
    "`input`, without s": ("np.maximum(0, input)", "[] + x.sum"),
    "A function itself stands": ("x.sum + 1", "np.maximum(0, input)"),
    "A function for one number": ("float(np.ones(3))", "float([])"),
    "One of the two values is None": ("None + 1", "[] / 2"),
    "A list does not calculate": ("[1] / 2", "None + 1"),
    "`+` joins two lists": ("[] + 1", "[] / 2"),
    "Two things that have no order": ("[] > 0", "None > 0"),
    "One of the two values that were compared": ("None > 0", "[] > 0"),
    "A number of the shape": ("x.shape[1]", "(1, 2)[5]"),
    "Something that has elements is wanted": ("list(3)", "len(3)"),
    "Parentheses stand behind": ("3()", "3[0]"),
    "Square brackets stand behind": ("3[0]", "3()"),
    "The name {0} is not known": ("nothing_there", None),
    "{0} is read before": ("g()", None),
    "{0} is not in the lessons' environment": ("import nothing_there", None),
    "What stands before .{0} is None": ("None.output", "x.output"),
    "{0} has no {1}": ("np.maxmum", "x.maximum(0)"),
    "What stands before `.{1}` is of": ("x.maximum(0)", "np.maxmum"),
    "{1} positions were asked for": ("x[0, 1]", "x[9]"),
    "Something else than a whole number stands": ("x[0.5]", "x[9]"),
    "What stands before the square brackets is a tuple": ("x.shape[0, 1]", "[1][0, 1]"),
    "Two lists of positions": ("np.ones((2, 3))[[0, 1], [0, 1, 2]]", "x[9]"),
    "A position was asked for": ("[1][3]", "[].pop()"),
    "A key was asked for": ("{}['a']", None),
    "Something was divided by zero": ("1 / 0", None),
    "A number outgrew": ("math.exp(1000)", "int(float('inf'))"),
    "The function calls itself": ("h()", None),
    "The class {0} has no method": ("Activation_None().forward(1)", "A().forward(1)"),
    "Where an answer is graded the system": (
        "raise PermissionError('no other process can be started while notebooks are graded; threads can')",
        "raise PermissionError(13, 'Permission denied')",
    ),
    "There is no network": ("raise OSError('[Errno -3] Temporary failure in name resolution')", "raise OSError(30, 'Read-only file system')"),
    "Where an answer is graded, a file": ("raise OSError(30, 'Read-only file system')", "raise OSError(101, 'Network is unreachable')"),
    "Nobody is there to type": ("raise EOFError", None),
    "No window can be opened": ("raise type('TclError', (Exception,), {})('no display name')", None),
    "A `{0}` is opened": ("compile('def f(', '', 'exec')", "compile('1 +', '', 'exec')"),
    "A line that begins a block": ("compile('if 1', '', 'exec')", "compile('1 +', '', 'exec')"),
    "The lines that belong": ("compile('if 1:\\n2', '', 'exec')", "compile(' 1', '', 'exec')"),
    "The line begins at a depth": ("compile(' 1', '', 'exec')", "compile('if 1:\\n2', '', 'exec')"),
    "Python could not read": ("compile('1 +', '', 'exec')", "compile('if 1', '', 'exec')"),
}  # fmt: skip
NEVER_RAISED_HERE = {"TimeLimit", "SystemExit", "MemoryLimit", "MemoryError", "UsageError", "SyntaxError"}


class Activation_None:
    pass


class A:
    def f(self):
        pass


def f(one):
    return one


def g():
    print(late)  # noqa: F821 - the very mistake
    late = 1  # noqa: F841


def h():
    return h()


def hint_of(line):
    names = {
        "np": np,
        "x": np.array([1.0, 2.0]),
        "A": A,
        "Activation_None": Activation_None,
        "f": f,
        "g": g,
        "h": h,
        "math": math,
    }
    with pytest.raises(Exception) as raised:
        exec(compile(line, "<line>", "exec"), names)
    return type(raised.value).__name__, error_hint(type(raised.value).__name__, str(raised.value), line)


def hint_for(start):
    (hint,) = [h for h in HINTS if h.meaning.startswith(start)]
    return hint


@pytest.mark.parametrize("start", LINES)
def test_a_hint_is_given_where_it_is_true_and_not_where_the_same_error_has_another_reason(start):
    hint, (line, other) = hint_for(start), LINES[start]
    kind, (meaning, _) = hint_of(line)
    assert meaning.startswith(hint.meaning.partition("{")[0])
    if not hint.meaning.partition("{")[0]:
        assert meaning.endswith(hint.meaning.rpartition("}")[2])
    if other:
        other_kind, (said, _) = hint_of(other)
        assert other_kind == kind
        assert said != meaning


def test_every_hint_has_an_example():
    told = [h.meaning for h in HINTS if h.kinds not in NEVER_RAISED_HERE]
    for meaning in told:
        assert any(meaning.startswith(start) for start in LINES) or "does not exist." in meaning, meaning


def softmax(*lines):
    body = "".join(f"        {line}\n" for line in lines)
    return f"class Activation_Softmax:\n    def forward(self, inputs):\n{body}"


def batch(*lines):
    return "def softmax_batch(layer_outputs):\n" + "".join(f"    {line}\n" for line in lines)


SHARES = "self.output = e / np.sum(e, axis=1, keepdims=True)"
LAYER = """class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))
    def forward(self, inputs):
        self.output = np.dot(inputs, self.weights) + self.biases
"""

NETWORK = "".join(PARTS.values())

# what is written -> (exercise, text, words that would be a false claim)
NOT_SAID = {
    "no abs": (
        "activation_softmax",
        softmax("m = np.maximum(0, np.max(inputs, axis=1, keepdims=True))", "e = np.exp(inputs - m)", SHARES),
        ["np.abs", "magnitude"],
    ),
    "PyTorch's words": (
        "softmax_batch",
        batch("e = np.exp(layer_outputs)", "return e / np.sum(e, dim=1, keepdim=True)"),
        ["went to np.exp"],
    ),
    "stored under another name": (
        "activation_softmax",
        softmax(
            "e = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))", SHARES.replace("output", "shares")
        ),
        ["lives only", "lost when forward ends"],
    ),
    "random biases": (
        "layer_dense",
        LAYER.replace("np.zeros((1, n_neurons))", "np.random.randn(1, n_neurons)"),
        ["set from outside", "Use self.weights"],
    ),
    "sigmoid in the layer": (
        "layer_dense",
        LAYER.replace("np.dot(inputs, self.weights) + self.biases", "1 / (1 + np.exp(-inputs @ self.weights))"),
        ["Use self.weights"],
    ),
    "an epsilon": (
        "softmax_batch",
        batch(
            "e = np.exp(layer_outputs)", "return e / (np.sum(e, axis=1, keepdims=True) + 1e-5)"
        ),
        ["different order"],
    ),
    "nothing appended": (
        "relu_if",
        "def relu_if(inputs):\n    output = []\n    for number in inputs:\n        print(number)\n    return output\n",
        ["global variable", "typed in", "whatever goes in"],
    ),
    "floor division": (
        "relu_if",
        "def relu_if(inputs):\n    return [number // 1 if number > 0 else 0 for number in inputs]\n",
        ["`int`"],
    ),
    "brackets in brackets": (
        "relu_if",
        "def relu_if(inputs):\n    return [[max(0, number)] for number in inputs]\n",
        ["1 item, not 1"],
    ),
    "a function that NumPy lacks": (
        "relu_numpy", "def relu_numpy(inputs):\n    return np.relu(inputs)\n", ["does not compare"]
    ),
    "a package that is not there": (
        "relu_numpy",
        "def relu_numpy(inputs):\n    import torch\n    return torch.relu(inputs)\n",
        ["wrong order", "does not compare"],
    ),
    "a helper with a way out": (
        "relu_if",
        "def relu_if(inputs):\n    def relu(x):\n        if x > 0:\n            return x\n    return [relu(x) for x in inputs]\n",
        ["does not compare"],
    ),
    "another value returned": (
        "softmax_vector",
        "def softmax_vector(x):\n    e = np.exp(x)\n    base = np.sum(e)\n    shares = e / base\n    return base\n",
        ["hands nothing back"],
    ),
    "a tuple": (
        "relu_if",
        "def relu_if(inputs):\n    return tuple(max(0, number) for number in inputs)\n",
        ["a list where an array"],
    ),
    "a second edit of what is not there": (
        "normalize",
        "def normalize(exp_values):\n    base = exp_values[0] + exp_values[1]\n    return [value / base for value in exp_values]\n",
        ["No line of this function gives"],
    ),
    "an edit of what another has put there": (
        "relu_max",
        "def relu_max(inputs):\n    return [max(0, number > 0) for number in inputs]\n",
        ["`2`"],
    ),
    "a sum in one row": (
        "softmax_batch",
        batch("e = np.exp(layer_outputs)", "return e / np.sum(e, axis=1).reshape(1, len(e))"),
        ["is missing"],
    ),
    "biases set to 0 again": (
        "layer_dense",
        LAYER.replace("        self.output", "        self.biases = 0 * self.biases\n        self.output"),
        ["never added", "leaves them out"],
    ),
    "the absolute value of an exponent": (
        "exponentiate",
        "def exponentiate(layer_outputs):\n    return [math.e ** abs(x) for x in layer_outputs]\n",
        ["close at another place"],
    ),
    "divided by the largest": (
        "activation_softmax",
        softmax("e = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))", SHARES.replace("sum", "max")),
        ["without the division"],
    ),
    "a while loop that ends too early": (
        "relu_max",
        "def relu_max(inputs):\n    output, i = [], 0\n    while i < len(inputs) - 1:\n"
        "        output.append(max(0, inputs[i]))\n        i += 1\n    return output\n",
        ["range", "a negative one"],
    ),
    "taken from the end": (
        "relu_max",
        "def relu_max(inputs):\n    rest, output = list(inputs), []\n    while rest:\n"
        "        output.append(max(0, rest.pop()))\n    return output\n",
        ["insert"],
    ),
    "the zeros left out of a comprehension": (
        "relu_max",
        "def relu_max(inputs):\n    return [max(0, number) for number in inputs if number]\n",
        ["elif", "branch"],
    ),
    "a list that is a list": (
        "relu_max",
        "def relu_max(inputs):\n    output = list(inputs)\n    for number in inputs:\n"
        "        output.append(max(0, number))\n    return output\n",
        ["is no list"],
    ),
    "a method that exists": (
        "exponentiate",
        "def exponentiate(layer_outputs):\n    found = []\n    for x in layer_outputs:\n"
        "        found.append(math.e ** x)\n        found.append(x)\n    return found\n",
        ["is no method"],
    ),
    "a number that is right, and no list": (
        "exponentiate",
        "def exponentiate(layer_outputs):\n    total = 0\n    for x in layer_outputs:\n"
        "        total += math.e ** x\n    return total\n",
        ["not the expected ones either"],
    ),
    "whole division of an array": (
        "relu_numpy",
        "def relu_numpy(inputs):\n    return (inputs + np.abs(inputs)) // 2\n",
        ["astype", "array of whole numbers"],
    ),
    "one row of weights for all": (
        "layer_dense",
        LAYER.replace("randn(n_inputs, n_neurons)", "randn(n_neurons) * np.ones((n_inputs, n_neurons))"),
        ["all start alike"],
    ),
    "a column by a new axis": (
        "predictions",
        "def predictions(probabilities):\n    return np.argmax(probabilities, axis=1)[:, None]\n",
        ["keepdims"],
    ),
    "above one half": (
        "predictions",
        "def predictions(probabilities):\n    return (probabilities > 0.5).astype(int)\n",
        ["rounded"],
    ),
    "the last of each sorted row": (
        "shift_rows",
        "def shift_rows(layer_outputs):\n    return layer_outputs - np.sort(layer_outputs, axis=1)[:, -1]\n",
        ["keepdims=True is missing", "whatever the row"],
    ),
    "an object with sizes": (
        "activation_relu",
        "class Activation_ReLU:\n    def __init__(self, n_inputs, n_neurons):\n        self.n_inputs = n_inputs\n"
        "    def forward(self, inputs):\n        self.output = np.maximum(0, inputs)\n",
        ["looks for another name"],
    ),
    "an array of objects": (
        "softmax_vector",
        "def softmax_vector(x):\n    e = np.exp(x)\n    return (e / np.sum(e)).astype(object)\n",
        ["a ndarray"],
    ),
    "a function that exists": (
        "softmax_vector",
        "def softmax_vector(x):\n    e = np.expm1(x)\n    return e / np.sum(e)\n",
        ["not how that name is spelt"],
    ),
    "a function of the answer's own": (
        "normalize",
        "def normalize(exp_values):\n    def total():\n        return sum(exp_values)\n    return [v / total for v in exp_values]\n",
        ["gives `total` a value"],
    ),
    "two numbers for np.max": (
        "relu_max",
        "def relu_max(inputs):\n    output = []\n    for number in inputs:\n        output.append(np.max(0, number))\n    return output\n",
        ["takes the shape"],
    ),
    "room for whole numbers": (
        "softmax_vector",
        "def softmax_vector(x):\n    e = np.zeros_like(x)\n    for i in range(len(x)):\n        e[i] = np.exp(x[i])\n    return e / np.sum(e)\n",
        ["the kind of thing"],
    ),
    "a new axis in front": (
        "row_sums",
        "def row_sums(batch):\n    return np.sum(batch, axis=1)[np.newaxis]\n",
        ["takes only a part"],
    ),
    "a list of what went down the columns": (
        "predictions",
        "def predictions(probabilities):\n    return list(np.argmax(probabilities, axis=0))\n",
        ["does something else"],
    ),
    "rows picked without a loop": (
        "confidences",
        "def confidences(probabilities):\n    classes = np.argmax(probabilities, axis=1)\n    return probabilities[classes]\n",
        ["A loop over"],
    ),
    "a parameter of another method": (
        "layer_dense",
        LAYER.replace("np.dot(inputs", "np.dot(n_inputs"),
        ["not how the name is spelt"],
    ),
    "a list that nobody has made": (
        "exponentiate",
        "def exponentiate(layer_outputs):\n    for x in layer_outputs:\n        powers.append(math.e ** x)\n    return powers\n",
        ["from outside", "what other calls"],
    ),
    "shifted after the exponential, and stored": (
        "activation_softmax",
        softmax("e = np.exp(inputs)", "e = e - np.max(e, axis=1, keepdims=True)", SHARES),
        ["not stored"],
    ),
    "a row and the sum of all": (
        "softmax_batch",
        batch(
            "result = np.zeros(layer_outputs.shape)",
            "for i in range(len(layer_outputs)):",
            "    result[i] = np.exp(layer_outputs[i]) / np.sum(np.exp(layer_outputs))",
            "return result",
        ),
        ["chosen places"],
    ),
    "a shift that is one and the same": (
        "activation_softmax", softmax("e = np.exp(inputs - 1000)", SHARES), ["numbers as they are"]
    ),
    "a sign that is turned": (
        "relu_if",
        "def relu_if(inputs):\n    output = []\n    for number in inputs:\n        if number < 0:\n            number = -number\n"
        "        output.append(number)\n    return output\n",
        ["the old one is lost"],
    ),
    "numbers of all rows in one list": (
        "shift_rows",
        "def shift_rows(x):\n    out = []\n    for row in x:\n        m = max(row)\n        for number in row:\n"
        "            out.append(number - m)\n    return np.array(out)\n",
        ["what the last row gave"],
    ),
    "the largest of each column": (
        "relu_numpy", "def relu_numpy(inputs):\n    return np.maximum.reduce(inputs)\n", ["needs one more"]
    ),
    "a sum that is shifted nowhere": (
        "softmax_batch",
        batch("e = np.exp(layer_outputs)", "return e / (np.sum(e, axis=1, keepdims=True) + 1e-7)"),
        ["Parentheses decide"],
    ),
    "zeros in a list of their own": (
        "relu_if",
        "def relu_if(inputs):\n    kept, zeros = [], []\n    for number in inputs:\n        if number > 0:\n"
        "            kept.append(number)\n        else:\n            zeros.append(0)\n    return kept + zeros\n",
        ["nothing puts it into the list"],
    ),
    "a name of a loop": (
        "relu_if",
        "def relu_if(inputs):\n    for number in inputs:\n        if number < 0:\n            number = 0\n    return inputs\n",
        ["lines of this function write into it"],
    ),
    "a place of what is not there yet": (
        "activation_relu",
        "class Activation_ReLU:\n    def forward(self, inputs):\n        self.output[inputs < 0] = 0\n",
        ["lines of this function write into it"],
    ),
    "the largest of all in each round": (
        "relu_max",
        "def relu_max(inputs):\n    return [max(0, max(inputs)) for number in inputs]\n",
        ["`0` is not the value", "where a 0 is needed"],
    ),
    "no comprehension returns": (
        "relu_max",
        "def relu_max(inputs):\n    return [max(a, b) for a, b in zip(inputs, [0])]\n",
        ["A `return` inside the loop"],
    ),
    "numbers that are random": (
        "layer_dense", LAYER.replace("0.01 * np.random.randn(n_inputs, n_neurons)", "np.random.uniform(-1, 1)"),
        ["not the expected ones either"],
    ),
    "an axis that a batch has not": (
        "row_sums", "def row_sums(batch):\n    return np.sum(batch, 2)\n", ["takes all numbers", "numbers of a column together"]
    ),
    "nothing is divided": (
        "softmax_vector",
        "def softmax_vector(x):\n    return np.exp(x - np.max(x))\n",
        ["are divided by the largest, not"],
    ),
    "a shift now and then": (
        "activation_softmax",
        softmax("if np.max(inputs) > 700:", "    inputs = inputs - np.max(inputs)", "e = np.exp(inputs)", SHARES),
        ["nothing keeps small"],
    ),
    "compared with 0 where the largest is meant": (
        "activation_softmax",
        softmax("e = np.exp(inputs - np.maximum(0, inputs))", SHARES),
        ["close at another place"],
    ),
    "a parameter and a product too many": (
        "activation_relu",
        "class Activation_ReLU:\n    def forward(self, inputs, weights):\n        self.output = np.maximum(0, np.dot(inputs, weights))\n",
        ["`0` is not the value"],
    ),
    "a product of matrices with a mask": (
        "relu_numpy", "def relu_numpy(inputs):\n    return np.dot(inputs, inputs > 0)\n", ["`0` is not the value"]
    ),
    "the same loop once more": (
        "exponentiate",
        "def exponentiate(layer_outputs):\n    out = []\n    for x in layer_outputs:\n        for y in layer_outputs:\n"
        "            out.append(math.e ** y)\n    return out\n",
        ["belongs inside", "start anew"],
    ),
    "powers of the positive ones": (
        "exponentiate",
        "def exponentiate(layer_outputs):\n    return [math.exp(x) for x in layer_outputs if x > 0]\n",
        ["goes on as it is"],
    ),
    "a list's method": (
        "predictions",
        "def predictions(probabilities):\n    return np.array([row.index(max(row)) for row in probabilities])\n",
        ["not asked for"],
    ),
    "always the smallest of what is right": (
        "relu_numpy",
        "def relu_numpy(inputs):\n    if (inputs < 0).any():\n        inputs = 0\n    return inputs\n",
        ["the smallest of"],
    ),
    "an attribute that is called": (
        "activation_relu",
        "class Activation_ReLU:\n    def forward(self, inputs):\n        self.output(np.maximum(0, inputs))\n",
        ["not asked for"],
    ),
    "append keeps what it is given": (
        "relu_if",
        "def relu_if(inputs):\n    output = []\n    negative = False\n    for number in inputs:\n        if number < 0:\n"
        "            negative = True\n        if negative:\n            output.append(0)\n        else:\n            output.append(number)\n    return output\n",
        ["nothing keeps the result"],
    ),
    "a copy of another kind": (
        "relu_numpy",
        "def relu_numpy(inputs):\n    result = inputs.astype(int)\n    result[result < 0] = 0\n    return result\n",
        ["is no copy"],
    ),
    "a key is no position": (
        "relu_max",
        "def relu_max(inputs):\n    result = {}\n    for number in inputs:\n        result[number] = max(0, number)\n    return list(result.values())\n",
        ["gives positions"],
    ),
    "counted, and not worked out": (
        "relu_if",
        "def relu_if(inputs):\n    output, zeros = [], 0\n    for number in inputs:\n        if number > 0:\n            output.append(number)\n"
        "        else:\n            zeros = zeros + 1\n    return [0] * zeros + output\n",
        ["nothing puts it into the list"],
    ),
    "a formula that is another one": (
        "exponentiate",
        "def exponentiate(layer_outputs):\n    return [(1 + x / 100) ** 100 for x in layer_outputs]\n",
        ["is too much", "goes on as it is", "Only a part", "is the base"],
    ),
    "a series without its first term": (
        "exponentiate",
        "def exponentiate(layer_outputs):\n    return [sum(x ** n / math.factorial(n) for n in range(1, 60)) for x in layer_outputs]\n",
        ["expm1"],
    ),
    "positions before elements": (
        "relu_max",
        "def relu_max(inputs):\n    output = []\n    for i, number in enumerate(inputs):\n        output.append(max(0, i))\n    return output\n",
        ["wrong order"],
    ),
    "minus infinity": (
        "relu_max",
        "def relu_max(inputs):\n    output = []\n    largest = float('-inf')\n    for number in inputs:\n        output.append(max(largest, number))\n    return output\n",
        ["A step is missing", "start anew"],
    ),
    "a value that does not exist yet": (
        "layer_dense",
        LAYER.replace("randn(n_inputs", "randn(inputs.shape[1]"),
        ["given more than", "needs one more"],
    ),
    "rows of weights alike": (
        "layer_dense",
        LAYER.replace("0.01 * np.random.randn(n_inputs, n_neurons)", "np.array([np.random.randn(n_neurons)] * n_inputs)"),
        ["every neuron of it computes the same"],
    ),
    "a choice that is not asked for": (
        "exponentiate",
        "def exponentiate(layer_outputs):\n    return [math.exp(x) if x > 0 else 0 for x in layer_outputs]\n",
        ["compares in another way", "`0` is not the value"],
    ),
    "a list is compared with nothing": (
        "relu_if",
        "def relu_if(inputs):\n    output, i = [], 0\n    while i < len(inputs) and inputs[i] != 0:\n        output.append(max(0, inputs[i]))\n"
        "        i += 1\n    return output\n",
        ["where the whole is needed", "is not the value"],
    ),
    "doubled by a factor": (
        "relu_numpy", "def relu_numpy(inputs):\n    return 2 * inputs * (inputs > 0)\n", ["|x| + x"]
    ),
    "a name of the whole notebook": (
        "activation_relu",
        "class Activation_ReLU:\n    def forward(self, inputs):\n        global output\n        output = np.maximum(0, inputs)\n",
        ["lives only", "would live only"],
    ),
    "a bound on the wrong side": (
        "relu_numpy", "def relu_numpy(inputs):\n    return np.clip(inputs, a_min=None, a_max=0)\n", ["A step is missing"]
    ),
    "a line that nothing reads below": (
        "exponentiate",
        "def exponentiate(layer_outputs):\n    found, before = [], 0\n    for x in layer_outputs:\n        found.append(math.exp(x - before))\n"
        "        before = x\n    return found\n",
        ["indented too deep"],
    ),
    "most numbers have a fraction": (
        "exponentiate",
        "def exponentiate(layer_outputs):\n    return [math.exp(i + x) for i, x in enumerate(layer_outputs)]\n",
        ["with a fraction"],
    ),
    "positions that count down": (
        "relu_if",
        "def relu_if(inputs):\n    output = []\n    for i in range(len(inputs) - 1, -1, -1):\n        output.append(max(0, inputs[i]))\n    return output\n",
        ["taken for the other", "only a part"],
    ),
    "a place that is 0": (
        "exponentiate",
        "def exponentiate(layer_outputs):\n    return [math.exp(x) + math.exp(-x) for x in layer_outputs]\n",
        ["does something else"],
    ),
    "kept when it was read": (
        "activation_relu",
        "class Activation_ReLU:\n    def forward(self, inputs):\n        self.output = np.maximum(0, self.inputs)\n        self.inputs = inputs\n",
        ["does not keep"],
    ),
    "right classes are not to blame": (
        "forward_pass",
        NETWORK.replace("dense2.forward(activation1.output)", "dense2.forward(activation1.output + dense1.output)"),
        ["minus sign"],
    ),
    "an advice for another change": (
        "softmax_vector",
        "def softmax_vector(x):\n    z = x - np.max(x)\n    return z - np.log(np.sum(np.exp(z)))\n",
        ["leave out np.log"],
    ),
    "a turned batch has its samples in the columns": (
        "softmax_batch",
        "def softmax_batch(z):\n    e = np.exp(z)\n    return (e.T / np.sum(e.T, axis=1, keepdims=True)).T\n",
        ["with keepdims=True."],
    ),
    "one sample alone has no rows and columns": (
        "softmax_vector",
        "def softmax_vector(x):\n    e = np.exp(x)\n    return e / e.sum(axis=1)\n",
        ["those of a row", "takes the numbers of a column together"],
    ),
    "no axis is named in a loop": (
        "shift_rows",
        "def shift_rows(x):\n    out = x.copy()\n    for j in range(x.shape[1]):\n        out[:, j] -= max(out[:, j])\n"
        "    return out\n",
        ["axis that is named", "axis=0"],
    ),
    "an array is made all the same": (
        "row_sums",
        "def row_sums(batch):\n    return np.array(map(lambda row: [sum(row)], batch))\n",
        ["`np.array` is too much"],
    ),
    "rows compared by a key": (
        "shift_rows",
        "def shift_rows(x):\n    return x - max(x, key=lambda row: row[0])\n",
        ["as if they were numbers"],
    ),
    "a keyword that does belong there": (
        "softmax_vector",
        "def softmax_vector(x):\n    out = np.zeros(len(x), dtype=int)\n    out[:] = np.exp(x) / np.sum(np.exp(x))\n    return out\n",
        ["does not belong there"],
    ),
    "an axis that was needed for another one": (
        "softmax_batch",
        "def softmax_batch(x):\n    e = np.exp(x - x.max(axis=0))\n    return e / e.sum(axis=1, keepdims=True)\n",
        ["does not belong there"],
    ),
    "a ReLU that works too late": (
        "forward_pass",
        NETWORK.replace("    activation1.forward(dense1.output)\n    dense2.forward(activation1.output)\n", "    dense2.forward(dense1.output)\n    activation1.forward(dense1.output)\n"),
        ["ReLU between the two layers is missing"],
    ),
    "an object that is called is no list": (
        "forward_pass",
        NETWORK.replace("    dense1.forward(X)\n    activation1.forward(dense1.output)", "    activation1.forward(dense1(X))"),
        ["square brackets"],
    ),
    "keys that are equal": (
        "softmax_vector",
        "def softmax_vector(x):\n    e = {n: np.exp(n) for n in x}\n    return np.array([v / sum(e.values()) for v in e.values()])\n",
        ["one is taken for the other"],
    ),
    "a method that arrays have": (
        "shift_rows",
        "def shift_rows(x):\n    x.sort(axis=1)\n    return x - x[:, -1:]\n",
        ["`sort` is no method", "the largest may stand at another"],
    ),
    "a list's method of a list": (
        "predictions",
        "def predictions(p):\n    flat = list(p.flatten())\n    return np.array([flat.index(max(row)) for row in p])\n",
        ["what stands before the dot is none"],
    ),
    "divided by what is always 1": (
        "confidences",
        "def confidences(p):\n    return np.array([np.argmax(row) / len(row) for row in p])\n",
        ["`len` does something else"],
    ),
    "a divisor along the wrong axis that is needed along none": (
        "confidences",
        "def confidences(p):\n    return p.max(axis=1) / p.sum(axis=0)\n",
        ["wrong axis"],
    ),
    "products for sums": (
        "row_sums",
        "def row_sums(batch):\n    out = []\n    for row in batch:\n        p = 1\n        for x in row:\n            p *= x\n"
        "        out.append([p])\n    return np.array(out)\n",
        ["the old one is lost", "should become just that"],
    ),
    "a flat list of numbers": (
        "row_sums", "def row_sums(batch):\n    return np.array(list(map(sum, batch)))\n", ["has rows already"]
    ),
    "all numbers in another order": (
        "softmax_vector",
        "def softmax_vector(x):\n    order = np.argsort(x)\n    e = np.exp(x[order])\n    return (e / e.sum())[order]\n",
        ["takes only a part"],
    ),
    "two places of a shape": (
        "row_sums",
        "def row_sums(batch):\n    n = batch.shape[0, 1]\n    return np.sum(batch, axis=1).reshape(n, 1)\n",
        ["is not the operation"],
    ),
    "divided by what a change makes 1": (
        "row_sums",
        "def row_sums(batch):\n    totals = np.sum(batch, axis=1, keepdims=True)\n    return totals / batch.shape[1]\n",
        ["`batch` is not the value"],
    ),
    "a smaller of two that does no harm": (
        "activation_softmax",
        softmax("e = np.exp(np.maximum(0, inputs - np.max(inputs, axis=1, keepdims=True)))", SHARES),
        ["does something else"],
    ),
    "one row alone sums to 1": (
        "forward_pass",
        NETWORK[: NETWORK.index("def forward_pass")]
        + "def forward_pass(X, dense1, dense2):\n    h = np.maximum(0, X @ dense1.weights + dense1.biases)\n"
        "    soft = Activation_Softmax()\n    soft.forward(h @ dense2.weights + dense1.biases)\n    return soft.output\n",
        ["sums to 1 together"],
    ),
    "a keyword of Python's sum": (
        "row_sums", "def row_sums(batch):\n    return sum(batch, axis=1)\n", ["by its `key`"]
    ),
    "where an axis is put in": (
        "shift_rows",
        "def shift_rows(x):\n    return x - np.expand_dims(x.max(axis=1), axis=0)\n",
        ["works along the wrong axis"],
    ),
    "a shape's own place": (
        "predictions",
        "def predictions(p):\n    hot = p == p.max(axis=1, keepdims=True)\n    return hot @ np.arange(1, p.shape[1] + 1)\n",
        ["shape[-1]"],
    ),
    "the maximum minus the scores": (
        "softmax_batch",
        "def softmax_batch(x):\n    e = np.exp(np.max(x, axis=1, keepdims=True) - x)\n    return e / e.sum(axis=1, keepdims=True)\n",
        ["does not belong there"],
    ),
    "a place that is written to is no position": (
        "softmax_batch",
        "def softmax_batch(x):\n    e = np.exp(x)\n    totals = e.sum(axis=1, keepdims=True)\n    p = e / totals\n"
        "    for i in range(len(p)):\n        p[i] = p[i] / totals[i]\n    return p\n",
        ["one is taken for the other"],
    ),
    "a batch is no flat row": (
        "softmax_batch",
        "def softmax_batch(x):\n    e = np.exp(x)\n    p = np.zeros(e.shape)\n    for i in range(len(e)):\n"
        "        p[i, 0] = e[i, 0] / e[i].sum()\n    return p\n",
        ["is one flat row"],
    ),
    "a list that is divided": (
        "softmax_vector",
        "def softmax_vector(x):\n    exps = [math.exp(v) for v in x]\n    return exps / sum(exps)\n",
        ["`sum`", "`math.exp`", "What comes out is not"],
    ),
    "a row of the batch picked by a class": (
        "confidences",
        "def confidences(p):\n    out = []\n    for i in range(len(p)):\n        c = np.argmax(p[i])\n        out.append(p[c])\n"
        "    return np.array(out)\n",
        ["only a part"],
    ),
    "all numbers in one row": (
        "confidences", "def confidences(p):\n    return p.flatten()[np.argmax(p)]\n", ["as if it were one number"]
    ),
    "a line that is too much is not too deep": (
        "normalize",
        "def normalize(x):\n    out = []\n    rest = sum(x)\n    for v in x:\n        out.append(v / rest)\n        rest = rest - v\n    return out\n",
        ["too deep"],
    ),
    "a name that is right": (
        "forward_pass",
        "".join(PARTS[p] for p in ("@Dense", "@ReLU", "@Softmax")) + "\ndef forward_pass(X, dense1, dense2):\n    dense1.biases = 0 * dense1.biases\n    relu, softmax = Activation_ReLU(), Activation_Softmax()\n"
        "    dense1.forward(X)\n    relu.forward(dense1.output)\n    dense2.forward(relu.output)\n" + "    softmax.forward(dense2.output)\n    return softmax.output\n",
        ["not the name", "missing, doubled"],
    ),
    "a name that no array has": (
        "predictions",
        "def predictions(p):\n    return p.max(1).indices\n",
        ["not the name", "`.max` does"],
    ),
    "the shift, where none is asked for": (
        "exponentiate",
        "def exponentiate(x):\n    m = max(x)\n    return [math.exp(v - m) for v in x]\n",
        ["a 0 is needed"],
    ),
    "a comma is no bracket": (
        "activation_relu",
        "class Activation_ReLU:\n    def forward(self, inputs):\n        self.output = np.maximum(0, inputs),\n",
        ["The brackets make"],
    ),
    "ties are no pairs": (
        "predictions",
        "def predictions(p):\n    rows, cols = np.where(p == p.max(axis=1, keepdims=True))\n    return cols\n",
        ["each pair"],
    ),
    "what stops loses no fraction": (
        "softmax_vector",
        "def softmax_vector(x):\n    np.exp(x, out=x)\n    x /= np.sum(x)\n    return x\n",
        ["loses its fraction"],
    ),
    "a table where a flat row is asked for": (
        "softmax_vector",
        "def softmax_vector(x):\n    rows = x[None, :]\n    e = np.exp(rows)\n    return e / e.sum(axis=1, keepdims=True)\n",
        ["is one flat row"],
    ),
    "no round at all": (
        "relu_if",
        "def relu_if(x):\n    out, i = [], 0\n    while i > len(x):\n        out.append(max(0, x[i]))\n        i += 1\n    return out\n",
        ["one round"],
    ),
    "a `~` is no minus": (
        "relu_numpy",
        "def relu_numpy(x):\n    out = x.copy()\n    out[~(x < 0)] = 0\n    return out\n",
        ["minus sign"],
    ),
    "nor is a step backwards": (
        "relu_if",
        "def relu_if(inputs):\n    return [max(0, x) for x in inputs[::-1]]\n",
        ["sign does the value have", "takes only a part"],
    ),
    "a range of a list": (
        "relu_if",
        "def relu_if(x):\n    return [max(0, x[i]) for i in range(x)]\n",
        ["taken for the other"],
    ),
    "a function that is called": (
        "relu_if",
        "def relu_if(inputs):\n    def relu(x):\n        return x if x > 0 else 0\n    return list(map(relu(), inputs))\n",
        ["a value and no function"],
    ),
    "a shape is no list": (
        "predictions",
        "def predictions(p):\n    return np.array([np.argmax(p[i]) for i in range(p.shape(0))])\n",
        ["is a list or an array"],
    ),
    "two things to join are no shape": (
        "confidences",
        "def confidences(p):\n    best = p.max(axis=1)\n    return np.concatenate(best[:1], best[1:])\n",
        ["takes the shape"],
    ),
    "a copy is not what was handed over": (
        "relu_numpy",
        "def relu_numpy(inputs):\n    out = inputs.copy()\n    out *= (out > 0) * 1.0\n    return out\n",
        ["was handed over", "caller's own data"],
    ),
    "what is no room for is not lost": (
        "softmax_vector",
        "def softmax_vector(x):\n    e = np.array(x)\n    np.exp(e, out=e)\n    e /= np.sum(e)\n    return e\n",
        ["loses its fraction"],
    ),
    "a list of one's own under two names": (
        "relu_if",
        "def relu_if(x):\n    out = []\n    result = out\n    for n in x:\n        out.append(n)\n        result.append(max(0, n))\n    return result\n",
        ["whoever gave it"],
    ),
    "two keywords that are not known": (
        "row_sums",
        "def row_sums(batch):\n    return np.sum(batch, dim=1, keepdim=True)\n",
        ["one of the keywords"],
    ),
    "an axis that is not there": (
        "row_sums",
        "def row_sums(batch):\n    return np.sum(batch, axis=2, keepdims=True)\n",
        ["or along none", "no axis"],
    ),
    "a line that runs for some numbers": (
        "relu_if",
        "def relu_if(x):\n    out = []\n    for n in x:\n        if n > 0:\n            out = [n]\n        else:\n            out.append(0)\n    return out\n",
        ["each time", "second time"],
    ),
    "a step too many is no wrong value": (
        "row_sums",
        "def row_sums(batch):\n    s = np.sum(batch, axis=1, keepdims=True)\n    return np.repeat(s, batch.shape[1], axis=1)\n",
        ["`batch`"],
    ),
    "a temperature is no wrong value": (
        "softmax_vector",
        "def softmax_vector(x, temperature=2):\n    e = np.exp(x / temperature)\n    return e / np.sum(e)\n",
        ["`2`"],
    ),
    "rows that are joined": (
        "softmax_batch",
        batch("rows = [np.exp(r) / np.sum(np.exp(r)) for r in layer_outputs]", "return np.hstack(rows)"),
        ["compare each number with 0"],
    ),
    "an array of all results": (
        "relu_max", "def relu_max(inputs):\n    return np.array([max(0, x) for x in inputs])\n", ["needed for each of them"]
    ),
    "one number of one row": (
        "shift_rows", "def shift_rows(x):\n    return x - x[0, 0]\n", ["one and the same place of every row"]
    ),
    "a 3 for e": (
        "exponentiate", "def exponentiate(x):\n    return [3.0 ** v for v in x]\n", ["digits of e"]
    ),
    "another product than `*`": (
        "layer_dense", LAYER.replace("np.dot", "np.outer"), ["`*` multiplies"]
    ),
    "what NumPy appends": (
        "relu_numpy",
        "def relu_numpy(inputs):\n    out = np.maximum(0, inputs)\n    return np.append(out, 0)\n",
        ["gives back None"],
    ),
    "a list that is sorted": (
        "relu_max",
        "def relu_max(inputs):\n    output = [max(0, n) for n in inputs]\n    output = output.sort()\n    return output\n",
        ["`append`"],
    ),
    "a return in one branch": (
        "relu_if",
        "def relu_if(inputs):\n    output = []\n    for n in inputs:\n        if n > 0:\n            output.append(n)\n        else:\n"
        "            return 0\n    return output\n",
        ["nothing puts it into the list", "in the first round"],
    ),
    "a return for each case": (
        "relu_if",
        "def relu_if(inputs):\n    for n in inputs:\n        if n > 0:\n            return n\n        return 0\n",
        ["runs for every number"],
    ),
    "rows that are added": (
        "shift_rows",
        "def shift_rows(x):\n    out = []\n    for row in x:\n        out += [v - max(row) for v in row]\n    return np.array(out)\n",
        ["A number is added"],
    ),
    "a size that arrays have": (
        "row_sums",
        "def row_sums(batch):\n    out = []\n    for i in range(batch.size):\n        out.append([sum(batch[i])])\n    return np.array(out)\n",
        ["has no `size`"],
    ),
    "what is printed, and something else is returned": (
        "softmax_vector",
        "def softmax_vector(x):\n    e = np.exp(x)\n    print(e / np.sum(e))\n    return e\n",
        ["gives None"],
    ),
    "weights that nothing keeps": (
        "layer_dense", LAYER.replace("self.weights = 0.01 *", "0.01 *"), ["under `output`"]
    ),
    "a value that no branch has made": (
        "relu_if",
        "def relu_if(inputs):\n    output = []\n    for n in inputs:\n        if n > 0:\n            value = n\n        elif n < 0:\n"
        "            value = 0\n        output.append(value)\n    return output\n",
        ["nothing happens to them", "compares in another way"],
    ),
    "a sum of numbers that are changed on the way": (
        "normalize",
        "def normalize(x):\n    out = list(x)\n    for i in range(len(out)):\n        total = sum(out)\n        out[i] = out[i] / total\n    return out\n",
        ["what it held before is gone"],
    ),
    "a loop that a return ends": (
        "relu_max",
        "def relu_max(inputs):\n    output, i = [], 0\n    while i < len(inputs):\n        output.append(max(0, inputs[i]))\n"
        "        if len(output) == len(inputs):\n            return output\n    return output\n",
        ["never ends"],
    ),
    "numbers above a border": (
        "relu_max",
        "def relu_max(inputs):\n    return [max(0, n) / 2 if n > 10 else max(0, n) for n in inputs]\n",
        ["Only numbers above 0"],
    ),
    "an array without rows and columns": (
        "relu_numpy",
        "def relu_numpy(inputs):\n    for row in inputs:\n        result = np.maximum(0, row)\n    return result\n",
        ["of each column"],
    ),
    "biases that are zeros, as they should be": (
        "layer_dense", LAYER.replace("np.zeros((1, n_neurons))", "np.zeros(n_inputs)"), ["and nothing else", "wrong order"]
    ),
    "an array like scores with fractions": (
        "softmax_batch",
        batch("out = np.array(layer_outputs)", "for row in out:", "    row = np.exp(row) / np.sum(np.exp(row))", "return out"),
        ["for whole numbers there"],
    ),
    "a function for one number": (
        "softmax_batch",
        batch("soft = np.vectorize(lambda x: np.exp(x) / np.sum(np.exp(x)))", "return soft(layer_outputs)"),
        ["all numbers of the batch together", "what it does to the value"],
    ),
    "lines that stand in another answer": (
        "relu_numpy",
        "def relu_numpy(inputs):\n    inputs.clip(0, out=inputs)\n    return inputs\n",
        ["inputs[", "inputs *=", "inputs -="],
    ),
    "rows of which some sum to 1": (
        "softmax_batch",
        batch("e = np.exp(layer_outputs)", "if len(e) > 2:", "    return e", "return 1 - e / e.sum(axis=1, keepdims=True)"),
        ["The rows sum to 1"],
    ),
    "a column in a loop over rows": (
        "shift_rows",
        "def shift_rows(x):\n    out = x.copy()\n    for i in range(len(out)):\n        out[i] = out[i] - max(out[:, i])\n    return out\n",
        ["goes through the columns"],
    ),
    "a result that is passed on as an object": (
        "forward_pass",
        NETWORK[: NETWORK.index("def forward_pass")]
        + "def forward_pass(X, dense1, dense2):\n    for layer in (dense1, Activation_ReLU(), dense2, Activation_Softmax()):\n"
        "        layer.forward(X)\n        X = layer\n    return X.output\n",
        ["given the same `X`", "too deep"],
    ),
    "the best number so far": (
        "predictions",
        "def predictions(p):\n    out = []\n    for row in p:\n        best, place = 0, 0\n        for i in range(len(row)):\n"
        "            if row[i] > best:\n                place = i\n        out.append(place)\n    return np.array(out)\n",
        ["`best` is a position"],
    ),
    "biases that are all the same, as they should be": (
        "layer_dense",
        LAYER.replace("np.zeros((1, n_neurons))", "np.ones((1, n_neurons))").replace("np.dot(inputs, self.weights)", "inputs * self.weights"),
        ["All numbers of the result are the same"],
    ),
    "zeros that were cut from nothing": (
        "softmax_vector", "def softmax_vector(x):\n    return np.zeros(len(x))\n", ["cut off", "rounded"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", NOT_SAID)
def test_a_card_does_not_claim_what_is_not_so(slip):
    name, text, never = NOT_SAID[slip]
    verdict = checked_text(name, text)
    said = " ".join(f"{f.title} {f.why} {f.hint} {f.question}" for f in verdict.findings)
    assert verdict.points < EXERCISES[name].points
    assert [words for words in never if words in said] == []


CHAIN = "    softmax.forward(dense2.output)\n    return softmax.output\n"
ORDER = (
    "\ndef forward_pass(X, dense1, dense2):\n    relu, softmax = Activation_ReLU(), Activation_Softmax()\n"
    "    dense1.forward(X)\n    dense2.forward(dense1.output)\n    relu.forward(dense1.output)\n" + CHAIN
)
ONE_FOR_BOTH = (
    "\ndef forward_pass(X, dense1, dense2):\n    relu = Activation_ReLU()\n    dense1.forward(X)\n"
    "    relu.forward(dense1.output)\n    dense2.forward(relu.output)\n    relu.forward(dense2.output)\n"
    "    return relu.output\n"
)


@pytest.mark.parametrize(
    ("forward_pass", "says", "never"),
    [
        (ORDER, "no line reads `relu.output`", "makes an object"),
        (ONE_FOR_BOTH, "makes an object of the class `Activation_Softmax`", "no line reads"),
    ],
)
def test_a_part_of_the_chain_that_is_left_out_is_named(forward_pass, says, never):
    classes = "".join(part for name, part in PARTS.items() if name != "@pass")
    (finding,) = checked_text("forward_pass", classes + forward_pass).findings
    assert says in finding.why and never not in finding.why


@pytest.mark.parametrize(
    ("line", "is_said"),
    [("    out.append(i)", True), ("        out.append(i)", False), ("    out.append(len(row))", False)],
)
def test_a_name_that_is_read_after_its_loop_is_named(line, is_said):
    text = (
        "def predictions(probabilities):\n  out = []\n  for row in probabilities:\n    best = row[0]\n"
        f"    for i, p in enumerate(row):\n      if p > best:\n        best = p\n{line}\n  return np.array(out)\n"
    )
    (finding,) = checked_text("predictions", text).findings
    assert ("`i` is read after its loop is over" in finding.why) is is_said


LESSONS_OWN = "def relu_of(x):\n    return x\n\nclass Activation_Step:\n    pass\n"


@pytest.mark.parametrize(
    ("name", "answer", "offered"),
    [
        ("relu_if", "", ""),
        ("relu_if", "def relu(inputs):\n    return inputs\n", "relu"),
        ("activation_relu", "", ""),
        ("activation_relu", "class Activation_Relu:\n    pass\n", "Activation_Relu"),
        ("activation_relu", "class ReLU:\n    pass\n", "ReLU"),
    ],
)
def test_names_that_the_lesson_defines_are_not_offered_as_misspellings(name, answer, offered):
    names = define(answer, define(LESSONS_OWN))
    record = run(make_plan(EXERCISES[name], 0, None), names)
    (finding,) = judge(EXERCISES[name], 0, record, answer=answer).findings
    assert (f"but there is {offered}." in finding.title) is bool(offered)
    assert "relu_of" not in finding.hint and "Step" not in finding.hint


LINE_OF = {
    "work on a copy": (
        "relu_numpy",
        'def relu_numpy(x):\n    """A new array."""\n    x[x < 0] = 0\n    return x\n',
        "x[x < 0] = 0",
    ),
    "work on a copy in a loop": (
        "normalize",
        'def normalize(x):\n    """Shares."""\n    total, out = sum(x), []\n    while x:\n        out.append(x.pop(0) / total)\n    return out\n',
        "out.append(x.pop(0) / total)",
    ),
    "worked out anew in each round + work on a copy": (
        "normalize",
        "def normalize(x):\n    for i in range(len(x)):\n        x[i] = x[i] / sum(x)\n    return x\n",
        "x[i] = x[i] / sum(x)",
    ),
    "method inside of a method": (
        "activation_relu",
        "class Activation_ReLU:\n    def __init__(self):\n        def forward(self, inputs):\n            self.output = np.maximum(0, inputs)\n",
        "def forward(self, inputs):",
    ),
    "only the name of the loop is changed": (
        "shift_rows",
        "def shift_rows(x):\n    out = x.copy()\n    for row in out:\n        row = row - np.max(row)\n    return out\n",
        "row = row - np.max(row)",
    ),
    "made anew in each round": (
        "relu_max",
        "def relu_max(inputs):\n    for n in inputs:\n        output = []\n        output.append(max(0, n))\n    return output\n",
        "output = []",
    ),
    "list is not made here": (
        "relu_max",
        "def relu_max(inputs):\n    for n in inputs:\n        found.append(max(0, n))\n    return found\n",
        "found.append(max(0, n))",
    ),
    "else is missing": (
        "relu_if",
        "def relu_if(inputs):\n    output = []\n    for n in inputs:\n        if n > 0:\n            output.append(n)\n    return output\n",
        "if n > 0:",
    ),
    "counter that stays": (
        "relu_max",
        "def relu_max(inputs):\n    output, i = [], 0\n    while i < len(inputs):\n        output.append(max(0, inputs[i]))\n    return output\n",
        "while i < len(inputs):",
    ),
    "printed in each round": (
        "relu_max",
        "def relu_max(inputs):\n    for n in inputs:\n        print(max(0, n))\n",
        "print(max(0, n))",
    ),
    "only the last is kept": (
        "row_sums",
        "def row_sums(batch):\n    for row in batch:\n        s = np.sum(row, keepdims=True)\n    return s\n",
        "s = np.sum(row, keepdims=True)",
    ),
    "made once for all calls": (
        "activation_relu",
        "class Activation_ReLU:\n    def __init__(self):\n        self.rows = []\n    def forward(self, inputs):\n        for row in np.atleast_2d(inputs):\n"
        "            self.rows.append(np.maximum(0, row))\n        self.output = np.array(self.rows).reshape(inputs.shape)\n",
        "self.rows = []",
    ),
}  # fmt: skip


@pytest.mark.parametrize("edits", LINE_OF)
def test_the_line_that_is_shown_is_the_one_that_is_spoken_of(edits):
    name, text, line = LINE_OF[edits]
    (finding,) = checked_text(name, text).findings
    assert (" + ".join(finding.edits), finding.line) == (edits.removesuffix(" in a loop"), line)


@pytest.mark.parametrize(
    ("name", "text", "change"),
    [
        ("normalize", "def normalize(x):\n    total = 0\n    for v in x:\n        total =+ v\n    return [v / total for v in x]\n", "total += v"),
        ("relu_if", "def relu_if(x, n):\n    return [max(0, v + n) for v in x]\n", "max(0, v)"),
        ("relu_if", "def relu_if(x):\n    return [max(0, x[i]) for i in range(1, len(x) + 1)]\n", "range(0, len(x))"),
    ],
)  # fmt: skip
def test_a_change_reads_as_somebody_would_write_it(name, text, change):
    (finding,) = checked_text(name, text).findings
    assert change in finding.after


# an edit -> (lines, and what they would become: right by luck, as what is changed there does nothing then)
BY_LUCK = {
    "exponential is missing": [
        (["return np.log(x / 2)"], ["return np.log(np.exp(x / 2))"]),
        (["x[0] = 1", "return x"], ["np.exp(x)[0] = 1", "return x"]),
        (["return np.zeros_like(x)"], ["return np.zeros_like(np.exp(x))"]),
    ],
    "largest of two": [
        (["return int(x)"], ["return max(0, x)"]),
        (["return np.max(np.argmax(x))"], ["return np.maximum(0, np.argmax(x))"]),
        (["return np.max(x / np.sum(x))"], ["return np.maximum(0, x / np.sum(x))"]),
    ],
    "largest of each row": [
        (["return np.maximum(0, np.max(x))"], ["return np.max(np.max(x), axis=1)"]),
    ],
    "order of two functions": [
        (["return np.exp(np.abs(x))"], ["return np.abs(np.exp(x))"]),
    ],
    "end of a call": [(["return np.max(x / np.sum(x))"], ["return x / np.max(np.sum(x))"])],
    "only the name of the loop is changed": [
        (
            ["for n in x:", "    n = abs(n)", "    print(n)"],
            ["for i, n in enumerate(x):", "    x[i] = abs(n)", "    print(n)"],
        ),
    ],
    "rows one by one": [(["for n in x:", "    n = abs(n)"], ["x = abs(x)"])],
    "tables in a table": [
        (["return np.array([sum(row) for row in x])"], ["return np.vstack([sum(row) for row in x])"])
    ],
    "append gives nothing back": [(["x = np.append(x, 0)"], ["np.append(x, 0)"])],
}


@pytest.mark.parametrize(
    ("edit", "lines", "never"), [(e, *pair) for e, all in BY_LUCK.items() for pair in all]
)
def test_a_change_that_is_right_by_luck_alone_is_not_made(edit, lines, never):
    texts = ["".join(["def f(x):\n", *(f"    {line}\n" for line in body)]) for body in (lines, never)]
    answer = Answer(texts[0], {"np": "numpy", "math": "math"})
    assert texts[1] not in [c.text for c in candidates(answer) if c.edits[0].name == edit]


def test_an_edit_that_is_made_twice_is_told_as_two_changes():
    text = LAYER.replace("(n_inputs, n_neurons)\n", "[n_inputs, n_neurons]\n").replace(
        "((1, n_neurons))", "[(1, n_neurons)]"
    )
    (finding,) = checked_text("layer_dense", text).findings
    assert finding.edits == ("square brackets for a call",)
    assert (
        finding.why.startswith("Two things have to change.")
        and finding.why.count("called with round ones") == 2
    )


def test_of_a_method_of_a_result_only_the_method_is_named():
    text = batch("e = np.exp(layer_outputs)", "return e / np.sum(e, axis=1).reshape(1, -1)")
    (finding,) = checked_text("softmax_batch", text).findings
    assert "of `.reshape` stand" in finding.why
