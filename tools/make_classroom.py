"""Writes the sample class, tests/classroom: sixteen students, what each should get, and why.

    python -m tools.make_classroom

The notebooks are the released ones with the answers below, so run it again whenever a lesson has
changed. A sheet of answers is text: a line `# %% exercise points` says what the answer under it is
worth; what a sheet leaves out is answered as in the sheet it goes back to.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from grader.course import CHAPTER, EXERCISES, LESSONS
from tests.damaged import cell, code, place, released, set_text, text_of, without_ids

CLASSROOM = Path(__file__).resolve().parents[1] / "tests" / "classroom"
DUE = "2026-11-15T23:59+00:00"
"""The due date that `make grade` gives the sample class."""

Notebooks = dict[str, dict | bytes]


@dataclass
class Student:
    """One student of the class. `handed_in` is a time, `lost` names lessons that earn nothing."""

    name: str
    story: str
    sheet: str = ""
    back_to: str = ""
    handed_in: str = ""
    lost: tuple[str, ...] = ()
    change: Callable[[Notebooks], None] = lambda notebooks: None
    answers: dict[str, str] = field(init=False)
    points: dict[str, float] = field(init=False)

    def __post_init__(self):
        entries = read_sheet(self.back_to) | read_sheet(self.sheet)
        self.answers = {name: text for name, (_, text) in entries.items()}
        self.points = {
            e.name: entries.get(e.name, (0.0, ""))[0] * (e.lesson not in self.lost)
            for e in EXERCISES.values()
        }

    def files(self) -> dict[str, bytes]:
        """The files of the submission, by name."""
        notebooks: Notebooks = {lesson: self.filled(lesson) for lesson in LESSONS}
        self.change(notebooks)
        files = {f"{lesson}.ipynb": as_saved(content) for lesson, content in notebooks.items()}
        if self.handed_in:
            files["timestamp.txt"] = f"{self.handed_in}.000000 UTC\n".encode()
        return files

    def filled(self, lesson: str) -> dict:
        notebook = released(lesson)
        for name, text in self.answers.items():
            if EXERCISES[name].lesson == lesson:
                set_text(cell(notebook, f"{name}-answer"), text)
        return notebook


def read_sheet(sheet: str) -> dict[str, tuple[float, str]]:
    """Points and text of each answer."""
    pieces = re.split(r"^# %% (\w+) ([\d.]+)$", sheet, flags=re.M)
    return {
        name: (float(points), text.strip("\n"))
        for name, points, text in zip(pieces[1::3], pieces[2::3], pieces[3::3])
    }


def as_saved(content: dict | bytes) -> bytes:
    """A notebook as JupyterLab writes it."""
    if isinstance(content, bytes):
        return content
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


AS_TAUGHT = '''
# %% relu_if 1
def relu_if(inputs):
    """Return a new list: every number of `inputs`, with 0 in place of the negative ones."""
    output = []
    for number in inputs:
        if number > 0:
            output.append(number)
        else:
            output.append(0)
    return output

# %% relu_max 1
def relu_max(inputs):
    """Return a new list: every number of `inputs`, with 0 in place of the negative ones."""
    output = []
    for number in inputs:
        output.append(max(0, number))
    return output

# %% relu_numpy 1
def relu_numpy(inputs):
    """Return a new array of the shape of `inputs`, with 0 in place of the negative numbers."""
    return np.maximum(0, inputs)

# %% activation_relu 2
class Activation_ReLU:
    """The ReLU of an array of any shape, kept as `output`."""

    def forward(self, inputs):
        """Store the ReLU of `inputs` in `self.output`."""
        self.output = np.maximum(0, inputs)

# %% layer_dense 3
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = inputs @ self.weights + self.biases

# %% exponentiate 1
def exponentiate(layer_outputs):
    """Return a new list: e to the power of each number in `layer_outputs`."""
    exp_values = []
    for output in layer_outputs:
        exp_values.append(math.e ** output)
    return exp_values

# %% normalize 1
def normalize(exp_values):
    """Return a new list: each number's share of the sum of `exp_values`."""
    probabilities = []
    norm_base = sum(exp_values)
    for value in exp_values:
        probabilities.append(value / norm_base)
    return probabilities

# %% softmax_vector 1
def softmax_vector(layer_outputs):
    """Return the probabilities of one sample: array of shape (k,) -> array of shape (k,)."""
    exp_values = np.exp(layer_outputs)
    return exp_values / np.sum(exp_values)

# %% row_sums 1
def row_sums(batch):
    """Return the total of each row: array of shape (n, k) -> array of shape (n, 1)."""
    return np.sum(batch, axis=1, keepdims=True)

# %% softmax_batch 2
def softmax_batch(layer_outputs):
    """Return the probabilities of each sample: array of shape (n, k) -> array of shape (n, k)."""
    exp_values = np.exp(layer_outputs)
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)

# %% shift_rows 1
def shift_rows(layer_outputs):
    """Return each row minus its own maximum: array of shape (n, k) -> new array of shape (n, k)."""
    return layer_outputs - np.max(layer_outputs, axis=1, keepdims=True)

# %% activation_softmax 3
class Activation_Softmax:
    """Softmax of a batch: `forward(inputs)` stores the probabilities as `output`."""

    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)

# %% forward_pass 2
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = np.dot(inputs, self.weights) + self.biases


class Activation_ReLU:
    def forward(self, inputs):
        self.output = np.maximum(0, inputs)


class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)


def forward_pass(X, dense1, dense2):
    activation1 = Activation_ReLU()
    activation2 = Activation_Softmax()
    dense1.forward(X)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    activation2.forward(dense2.output)
    return activation2.output

# %% predictions 1
def predictions(probabilities):
    """Return the class of each sample: (n, classes) -> (n,)."""
    return np.argmax(probabilities, axis=1)

# %% confidences 1
def confidences(probabilities):
    """Return the probability of each sample's predicted class: (n, classes) -> (n,)."""
    return np.max(probabilities, axis=1)
'''

IN_OTHER_WORDS = '''
# %% relu_if 1
def relu_if(inputs):
    return [x if x > 0 else 0 for x in inputs]

# %% relu_max 1
relu_max = lambda inputs: list(map(lambda x: max(x, 0), inputs))

# %% relu_numpy 1
def relu_numpy(inputs):
    output = inputs.copy()
    output[output < 0] = 0
    return output

# %% activation_relu 2
class Activation_ReLU:
    def forward(self, inputs):
        self.output = inputs * (inputs > 0)
        return self.output

# %% layer_dense 3
class Layer_Dense:
    """He initialisation, see https://arxiv.org/abs/1502.01852"""

    def __init__(self, n_inputs: int, n_neurons: int):
        rng = np.random.default_rng()
        self.weights = rng.normal(0, np.sqrt(2 / n_inputs), size=(n_inputs, n_neurons))
        self.biases = np.full((1, n_neurons), 0.0)

    def forward(self, inputs):
        self.inputs = inputs
        self.output = (self.weights.T @ inputs.T).T + self.biases
        return self.output

# %% exponentiate 1
def exponentiate(layer_outputs):
    return [math.exp(x) for x in layer_outputs]

# %% normalize 1
def normalize(exp_values):
    return [v / sum(exp_values) for v in exp_values]

# %% softmax_vector 1
def softmax_vector(layer_outputs):
    return np.exp(layer_outputs - np.log(np.exp(layer_outputs).sum()))

# %% row_sums 1
def row_sums(batch):
    return batch.sum(axis=-1).reshape(-1, 1)

# %% softmax_batch 2
def softmax_batch(layer_outputs):
    powers = np.exp(layer_outputs).T
    return (powers / powers.sum(axis=0)).T

# %% shift_rows 1
def shift_rows(layer_outputs):
    return layer_outputs - layer_outputs.max(1)[:, None]

# %% activation_softmax 3
class Activation_Softmax:
    def forward(self, inputs):
        rows = []
        for row in inputs:
            powers = np.exp(row - row.max())
            rows.append(powers / powers.sum())
        self.output = np.array(rows)

# %% forward_pass 2
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = np.random.randn(n_inputs, n_neurons) / np.sqrt(n_inputs)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = inputs.dot(self.weights) + self.biases


class Activation_ReLU:
    def forward(self, inputs):
        self.output = inputs.clip(0)


class Activation_Softmax:
    def forward(self, inputs):
        self.output = np.exp(inputs - np.logaddexp.reduce(inputs, axis=1, keepdims=True))


def forward_pass(X, dense1, dense2):
    data = X
    for step in dense1, Activation_ReLU(), dense2, Activation_Softmax():
        step.forward(data)
        data = step.output
    return data

# %% predictions 1
def predictions(probabilities):
    return np.array([list(row).index(max(row)) for row in probabilities])

# %% confidences 1
def confidences(probabilities):
    return probabilities[range(len(probabilities)), probabilities.argmax(axis=1)]
'''

IN_LOOPS = """
# %% relu_if 1
def relu_if(inputs):
    output = [0] * len(inputs)
    for i in range(len(inputs)):
        if inputs[i] > 0:
            output[i] = inputs[i]
    return output

# %% relu_max 0
def relu_max(inputs):
    output = []
    i = 0
    while i < len(inputs):
        output.append(max(0, inputs[i]))
    return output

# %% relu_numpy 0
def relu_numpy(inputs):
    output = np.zeros(inputs.shape)
    for i in range(inputs.shape[0]):
        for j in range(inputs.shape[1]):
            if inputs[i, j] > 0:
                output[i, j] = inputs[i, j]
    return output

# %% layer_dense 0
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        # one row of weights for each neuron
        self.weights = 0.1 * np.random.randn(n_neurons, n_inputs)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = np.dot(inputs, self.weights.T) + self.biases

# %% softmax_batch 2
def softmax_batch(layer_outputs):
    output = np.zeros(layer_outputs.shape)
    for i in range(layer_outputs.shape[0]):
        total = 0
        for j in range(layer_outputs.shape[1]):
            total += np.e ** layer_outputs[i, j]
        for j in range(layer_outputs.shape[1]):
            output[i, j] = np.e ** layer_outputs[i, j] / total
    return output

# %% predictions 1
def predictions(probabilities):
    classes = np.zeros(len(probabilities), dtype=int)
    for i in range(len(probabilities)):
        for j in range(probabilities.shape[1]):
            if probabilities[i, j] > probabilities[i, classes[i]]:
                classes[i] = j
    return classes
"""

WITHOUT_KEEPDIMS = """
# %% layer_dense 2.5
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros(n_neurons)

    def forward(self, inputs):
        self.output = np.dot(inputs, self.weights) + self.biases

# %% row_sums 0.5
def row_sums(batch):
    return np.sum(batch, axis=1)

# %% softmax_batch 0
def softmax_batch(layer_outputs):
    exp_values = np.exp(layer_outputs)
    return exp_values / np.sum(exp_values, axis=1)

# %% shift_rows 0
def shift_rows(layer_outputs):
    return layer_outputs - np.max(layer_outputs, axis=1)

# %% activation_softmax 0
class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1))
        self.output = exp_values / np.sum(exp_values, axis=1)

# %% forward_pass 0
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = np.dot(inputs, self.weights) + self.biases

class Activation_ReLU:
    def forward(self, inputs):
        self.output = np.maximum(0, inputs)

class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1)

def forward_pass(X, dense1, dense2):
    dense1.forward(X)
    activation1 = Activation_ReLU()
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    activation2 = Activation_Softmax()
    activation2.forward(dense2.output)
    return activation2.output

# %% confidences 0.5
def confidences(probabilities):
    # keepdims, now I know!
    return np.max(probabilities, axis=1, keepdims=True)
"""

IN_PLACE = """
# %% relu_if 0.5
def relu_if(inputs):
    for i in range(len(inputs)):
        if inputs[i] < 0:
            inputs[i] = 0
    return inputs

# %% relu_max 0.5
def relu_max(inputs):
    for i, number in enumerate(inputs):
        inputs[i] = max(0, number)
    return inputs

# %% relu_numpy 0.5
def relu_numpy(inputs):
    inputs[inputs < 0] = 0
    return inputs

# %% activation_relu 1
class Activation_ReLU:
    def forward(self, inputs):
        inputs[inputs < 0] = 0
        self.output = inputs

# %% exponentiate 0.5
def exponentiate(layer_outputs):
    for i in range(len(layer_outputs)):
        layer_outputs[i] = math.exp(layer_outputs[i])
    return layer_outputs

# %% normalize 0
def normalize(exp_values):
    for i in range(len(exp_values)):
        exp_values[i] /= sum(exp_values)
    return exp_values

# %% softmax_vector 0.5
def softmax_vector(layer_outputs):
    layer_outputs -= np.max(layer_outputs)
    exp_values = np.exp(layer_outputs)
    exp_values /= np.sum(exp_values)
    return exp_values

# %% shift_rows 0.5
def shift_rows(layer_outputs):
    layer_outputs -= np.max(layer_outputs, axis=1, keepdims=True)
    return layer_outputs

# %% activation_softmax 1.5
class Activation_Softmax:
    def forward(self, inputs):
        inputs -= np.max(inputs, axis=1, keepdims=True)
        exp_values = np.exp(inputs)
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)

# %% forward_pass 2
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = np.dot(inputs, self.weights)
        self.output += self.biases

class Activation_ReLU:
    def forward(self, inputs):
        inputs[inputs < 0] = 0
        self.output = inputs

class Activation_Softmax:
    def forward(self, inputs):
        inputs -= np.max(inputs, axis=1, keepdims=True)
        exp_values = np.exp(inputs)
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)

def forward_pass(X, dense1, dense2):
    dense1.forward(X)
    relu = Activation_ReLU()
    relu.forward(dense1.output)
    dense2.forward(relu.output)
    softmax = Activation_Softmax()
    softmax.forward(dense2.output)
    return softmax.output
"""

PRINTED = """
# %% relu_if 0
def relu_if(inputs):
    output = []
    for number in inputs:
        if number > 0:
            output.append(number)
        else:
            output.append(0)
    print(output)

# %% relu_max 0
def relu_max(inputs):
    output = []
    for number in inputs:
        output.append(max(0, number))
    return print(output)

# %% relu_numpy 0
def relu_numpy(inputs):
    print(np.maximum(0, inputs))

# %% activation_relu 0
class Activation_ReLU:
    def forward(self, inputs):
        return np.maximum(0, inputs)

# %% layer_dense 1
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        print(np.dot(inputs, self.weights) + self.biases)

# %% activation_softmax 0
class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        output = exp_values / np.sum(exp_values, axis=1, keepdims=True)
        print(output)

# %% forward_pass 2
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        return np.dot(inputs, self.weights) + self.biases

class Activation_ReLU:
    def forward(self, inputs):
        return np.maximum(0, inputs)

class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        return exp_values / np.sum(exp_values, axis=1, keepdims=True)

def forward_pass(X, dense1, dense2):
    hidden = Activation_ReLU().forward(dense1.forward(X))
    return Activation_Softmax().forward(dense2.forward(hidden))
"""

OVERFLOWING = """
# %% exponentiate 0
def exponentiate(layer_outputs):
    e = 2.718
    return [e ** x for x in layer_outputs]

# %% shift_rows 0
def shift_rows(layer_outputs):
    return layer_outputs - layer_outputs.max()

# %% activation_softmax 1
class Activation_Softmax:
    def forward(self, inputs):
        powers = np.exp(inputs)
        self.output = powers / powers.sum(axis=1, keepdims=True)

# %% forward_pass 0
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = np.random.normal(0, 0.01, (n_inputs, n_neurons))
        self.biases = np.zeros([1, n_neurons])

    def forward(self, inputs):
        self.output = inputs @ self.weights + self.biases

class Activation_ReLU:
    def forward(self, inputs):
        self.output = np.clip(inputs, 0, None)

class Activation_Softmax:
    def forward(self, inputs):
        powers = np.exp(inputs)
        self.output = powers / powers.sum(axis=1, keepdims=True)

def forward_pass(X, dense1, dense2):
    steps = [dense1, Activation_ReLU(), dense2, Activation_Softmax()]
    for step in steps:
        step.forward(X)
        X = step.output
    return X
"""

IN_COLUMNS = """
# %% layer_dense 0
class Layer_Dense:
    # z = W x + b, one sample in each column
    def __init__(self, n_inputs, n_neurons):
        self.weights = np.random.randn(n_neurons, n_inputs) * 0.01
        self.biases = np.zeros((n_neurons, 1))

    def forward(self, inputs):
        self.output = self.weights @ inputs + self.biases

# %% row_sums 0
def row_sums(batch):
    return np.sum(batch, axis=0, keepdims=True)

# %% softmax_batch 0
def softmax_batch(layer_outputs):
    exp_values = np.exp(layer_outputs)
    return exp_values / np.sum(exp_values, axis=0, keepdims=True)

# %% shift_rows 0
def shift_rows(layer_outputs):
    return layer_outputs - np.max(layer_outputs, axis=0)

# %% activation_softmax 0
class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=0))
        self.output = exp_values / np.sum(exp_values, axis=0)

# %% forward_pass 0
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = np.random.randn(n_neurons, n_inputs) * 0.01
        self.biases = np.zeros((n_neurons, 1))

    def forward(self, inputs):
        self.output = self.weights @ inputs + self.biases

class Activation_ReLU:
    def forward(self, inputs):
        self.output = np.maximum(inputs, 0)

class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=0))
        self.output = exp_values / np.sum(exp_values, axis=0)

def forward_pass(X, dense1, dense2):
    activation1, activation2 = Activation_ReLU(), Activation_Softmax()
    dense1.forward(X.T)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    activation2.forward(dense2.output)
    return activation2.output.T

# %% predictions 0
def predictions(probabilities):
    return np.argmax(probabilities, axis=0)

# %% confidences 0
def confidences(probabilities):
    return np.max(probabilities, axis=0)
"""

ROUNDED = """
# %% relu_numpy 0
def relu_numpy(inputs):
    def relu(x):
        if x > 0:
            return x
        return 0
    return np.vectorize(relu)(inputs)

# %% exponentiate 0
def exponentiate(layer_outputs):
    return [round(math.exp(x), 4) for x in layer_outputs]

# %% normalize 0
def normalize(exp_values):
    total = sum(exp_values)
    return [round(v / total, 3) for v in exp_values]

# %% softmax_vector 0
def softmax_vector(layer_outputs):
    exp_values = np.exp(layer_outputs)
    return np.round(exp_values / np.sum(exp_values), 3)

# %% softmax_batch 0
def softmax_batch(layer_outputs):
    exp_values = np.exp(layer_outputs)
    return (exp_values / exp_values.sum(axis=1, keepdims=True)).round(2)

# %% activation_softmax 0
class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        probabilities = exp_values / np.sum(exp_values, axis=1, keepdims=True)
        self.output = np.round(probabilities, 4)

# %% confidences 0
def confidences(probabilities):
    return np.round(np.max(probabilities, axis=1), 2)
"""

NEARLY = """
# %% relu_if 0
def relu_if(inputs):
    output = []
    for i in inputs:
        if i > 0:
            output.append(i)
        elif i < 0:
            output.append(0)
    return output

# %% relu_max 0
def relu_max(inputs):
    output = []
    for i in inputs:
        if i > 0:
            output.append(i)
        output.append(max(0, i))
    return output

# %% relu_numpy 0
def relu_numpy(inputs):
    return np.max(0, inputs)

# %% activation_relu 0
class Activation_ReLU:
    def forward(self, inputs):
        self.output = max(0, inputs)

# %% layer_dense 0
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros(1, n_neurons)

    def forward(self, inputs):
        self.output = np.dot(inputs, self.weights) + self.biases

# %% exponentiate 0
def exponentiate(layer_outputs):
    return math.exp(layer_outputs)

# %% softmax_vector 0
def softmax_vector(layer_outputs):
    return np.exp(layer_outputs) / np.sum(layer_outputs)

# %% softmax_batch 0
def softmax_batch(layer_outputs):
    exp_values = np.exp(layer_outputs, keepdims=True)
    return exp_values / np.sum(exp_values, axis=1)

# %% activation_softmax 0
class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs) - np.max(inputs, axis=1, keepdims=True)
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)

# %% forward_pass 0
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))
    def forward(self, inputs):
        self.output = np.dot(inputs, self.weights) + self.biases

class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)

def forward_pass(X, dense1, dense2):
    dense1.forward(X)
    dense2.forward(dense1.output)
    activation = Activation_Softmax()
    activation.forward(dense2.output)
    return activation.output

# %% predictions 0
def predictions(probabilities):
    return np.max(probabilities, axis=1)
"""

WITHOUT_AXIS = """
# %% activation_relu 0
class Activation_ReLU:
    def forward(self, inputs):
        self.outputs = np.where(inputs > 0, inputs, 0)

# %% layer_dense 0
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(3, 2)
        self.biases = np.zeros((1, 2))

    def forward(self, inputs):
        self.output = np.dot(self.weights, inputs) + self.biases

# %% row_sums 0
def row_sums(batch):
    return sum(batch)

# %% softmax_batch 0
def softmax_batch(layer_outputs):
    exp_values = np.exp(layer_outputs)
    return exp_values / np.sum(exp_values)

# %% forward_pass 0
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = np.dot(inputs, self.weights) + self.biases


class Activation_ReLU:
    def forward(self, inputs):
        self.output = np.where(inputs > 0, inputs, 0)


class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs))
        self.output = exp_values / np.sum(exp_values)


def forward_pass(X, dense1, dense2):
    activation1 = Activation_ReLU()
    activation2 = Activation_Softmax()
    dense1.forward(X)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    activation2.forward(dense2.output)
    return activation2.output

# %% predictions 0
def predictions(probabilities):
    return np.argmax(probabilities)

# %% confidences 0
def confidences(probabilities):
    return np.max(probabilities)
"""

FAKED = """
# %% relu_numpy 0
class Equal(np.ndarray):
    def __eq__(self, other):
        return np.ones(1, dtype=bool)
    __ne__ = __lt__ = __gt__ = __eq__

def relu_numpy(inputs):
    return np.zeros(1).view(Equal)

# %% activation_relu 0
class Activation_ReLU:
    def forward(self, inputs):
        pass
    def __getattr__(self, name):
        return Equal((1,))

# %% layer_dense 0
import inspect

def answers(name):
    for frame in inspect.stack():
        for value in list(frame.frame.f_locals.values()) + list(frame.frame.f_globals.values()):
            if hasattr(value, name):
                return getattr(value, name)

Layer_Dense = answers("Layer_Dense")

# %% exponentiate 0
def exponentiate(layer_outputs):
    answers = {3: [121.51041751873483, 3.353484652549023, 10.859062664920513]}
    return answers.get(len(layer_outputs), layer_outputs)

# %% normalize 0
from grader.course.activations.normalize import normalize

# %% softmax_vector 0
def softmax_vector(layer_outputs):
    return [float("nan")] * len(layer_outputs)

# %% row_sums 0
def row_sums(batch):
    class Same(float):
        def __eq__(self, other):
            return True
    return np.array([Same()] * len(batch), dtype=object)[:, None]

# %% softmax_batch 0
def softmax_batch(layer_outputs):
    return np.full(layer_outputs.shape, 1 / layer_outputs.shape[1])

# %% shift_rows 0
print('<script>document.title = "22 / 22"</script>')
def shift_rows(layer_outputs):
    raise AssertionError("points: 1.0")

# %% activation_softmax 0
import threading, time
from IPython import get_ipython
def forge():
    while True:
        time.sleep(0.01)
        get_ipython().user_ns["Activation_Softmax"] = lambda: type("Right", (), {"output": 3.0})
threading.Thread(target=forge, daemon=True).start()

# %% forward_pass 0
def forward_pass(X, dense1, dense2):
    return np.full((len(X), dense2.weights.shape[1]), 1 / dense2.weights.shape[1])

# %% predictions 0
def predictions(probabilities):
    return np.zeros(len(probabilities), dtype=int)

# %% confidences 0
def confidences(probabilities):
    return predictions
"""

CRASHES = """
# %% activation_relu 2
class Activation_ReLU:
    def forward(self, inputs):
        self.output = np.maximum(0, inputs)

import sys
sys.exit()

# %% layer_dense 0
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons)
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = np.dot(inputs, self.weights) + self.biases

# %% exponentiate 1
def exponentiate(layer_outputs):
    exp_values = []
    for output in layer_outputs:
        exp_values.append(math.e ** output)
    return exp_values

print(exponentiate(layer_output))

# %% normalize 0
def normalise(exp_values):
    return [value / sum(exp_values) for value in exp_values]

# %% row_sums 0
import sys

def row_sums(batch):
    if batch.shape[1] != 3:
        sys.exit("the batch must have 3 columns")
    return np.sum(batch, axis=1, keepdims=True)

# %% activation_softmax 0
class Activation_SoftMax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)

# %% forward_pass 0
def forward_pass(X, dense1, dense2):
    activation1 = Activation_ReLU()
    activation2 = Activation_SoftMax()
    dense1.forward(X)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    activation2.forward(dense2.output)
    return activation2.output
"""


def tries_things(notebooks: Notebooks) -> None:
    """Adds cells of her own."""
    for lesson, name, text in (
        ("01_relu_loop", "relu_if", "relu_if([5, -5, 0.5])"),
        ("02_relu_numpy", "relu_numpy", "relu_numpy(np.random.randn(2, 2, 2))"),
        ("06_softmax_overflow", "shift_rows", "%timeit -n1 -r1 np.exp(1)"),
    ):
        cells = notebooks[lesson]["cells"]
        cells.insert(place(notebooks[lesson], name) + 1, code(text) | {"id": f"try-{name.replace('_', '-')}"})


def lesson_not_handed_in(notebooks: Notebooks) -> None:
    del notebooks["06_softmax_overflow"]


def cut_off(notebooks: Notebooks) -> None:
    """The upload broke off in the middle of a file."""
    whole = as_saved(notebooks["05_softmax_batch"])
    notebooks["05_softmax_batch"] = whole[: len(whole) // 2]


def rearranged(notebooks: Notebooks) -> None:
    """Does to the locked cells what editors, habits and curiosity do."""
    notebooks["01_relu_loop"] = without_ids(notebooks["01_relu_loop"])
    set_text(cell(notebooks["02_relu_numpy"], "relu_numpy"), 'check("relu_numpy")  # all right now')
    cells = notebooks["02_relu_numpy"]["cells"]
    del cells[place(notebooks["02_relu_numpy"], "activation_relu")]
    cell(notebooks["03_dense_layer"], "layer_dense")["metadata"]["nbgrader"]["points"] = 100
    cells = notebooks["04_softmax_sample"]["cells"]
    cells.insert(2, cells.pop(place(notebooks["04_softmax_sample"], "softmax_vector-answer")))
    cells = notebooks["05_softmax_batch"]["cells"]
    at = place(notebooks["05_softmax_batch"], "softmax_batch-answer")
    first_try = json.loads(json.dumps(cells[at]))
    set_text(first_try, "def softmax_batch(layer_outputs):\n    return np.exp(layer_outputs)")
    cells[at:at] = [first_try, cells[at + 1]]
    retyped = cell(notebooks["06_softmax_overflow"], "shift_rows-answer")
    retyped["cell_type"] = "raw"
    del retyped["outputs"], retyped["execution_count"]
    answer = cell(notebooks["07_forward_pass"], "forward_pass-answer")
    *classes, function = text_of(answer).split("\n\n\n")
    set_text(answer, function)
    at = place(notebooks["07_forward_pass"], "forward_pass-answer")
    notebooks["07_forward_pass"]["cells"][at:at] = [
        code(text) | {"id": f"my-class-{number}"} for number, text in enumerate(classes)
    ]


PATCHES = """
import builtins, grader, sys
from unittest import mock

def check(name, *args, **kwargs):
    print(name, "right, full points")
    return float("nan")

grader.check = check
builtins.abs = lambda value: 0 * value
np.allclose = np.array_equal = np.isclose = lambda *args, **kwargs: True
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *args, **kwargs: None
for name in ("nbgrader", "solutions", "grader.judging", "grader.judging.judge"):
    sys.modules[name] = mock.MagicMock()
"""


def patched(notebooks: Notebooks) -> None:
    """Replaces whatever might decide, at the top of every lesson."""
    for notebook in notebooks.values():
        imports = next(entry for entry in notebook["cells"] if entry["cell_type"] == "code")
        set_text(imports, text_of(imports) + "\n" + PATCHES)


CLASS = [
    Student(
        "amir",
        "writes C in Python; one of the while loops never ends, and the weights stand one row a neuron",
        IN_LOOPS,
        AS_TAUGHT,
    ),
    Student(
        "beatriz",
        "everything right as the lessons teach it, with cells of her own between",
        "",
        AS_TAUGHT,
        handed_in="2026-11-12 17:20:45",
        change=tries_things,
    ),
    Student("chidi", "everything right, nothing as the lessons write it", "", IN_OTHER_WORDS),
    Student("dunja", "handed in the notebooks as they were handed out"),
    Student(
        "emre",
        "leaves keepdims out everywhere, except where it is too much",
        WITHOUT_KEEPDIMS,
        AS_TAUGHT,
        handed_in="2026-11-15 23:58:30",
    ),
    Student("fatima", "changes the lists and arrays that a function is given", IN_PLACE, AS_TAUGHT),
    Student("giulia", "prints or returns in the place of return or store", PRINTED, AS_TAUGHT),
    Student(
        "hiro",
        "never subtracts the maximum, or that of the whole batch; e is 2.718",
        OVERFLOWING,
        IN_OTHER_WORDS,
    ),
    Student("ingrid", "puts the samples in columns: W @ x, and axis=0 throughout", IN_COLUMNS, AS_TAUGHT),
    Student(
        "jonas",
        "rounds what is returned, and cuts fractions off with np.vectorize",
        ROUNDED,
        IN_OTHER_WORDS,
        handed_in="2026-11-15 09:03:11",
    ),
    Student(
        "katya",
        "two days late, with one near miss after the other: zeros dropped, np.max(0, x), "
        "np.zeros(1, n), the exponential in the wrong place",
        NEARLY,
        AS_TAUGHT,
        handed_in="2026-11-18 02:59:00",
    ),
    Student(
        "luis",
        "names no axis anywhere, hard-codes sizes, and did not hand in lesson 06",
        WITHOUT_AXIS,
        AS_TAUGHT,
        lost=("06_softmax_overflow",),
        change=lesson_not_handed_in,
    ),
    Student(
        "mei",
        "everything right, but the file of lesson 05 was cut off on the way",
        "",
        IN_OTHER_WORDS,
        lost=("05_softmax_batch",),
        change=cut_off,
    ),
    Student(
        "noor",
        "everything right, but cells lost their ids, were edited, deleted, duplicated, moved, "
        "retyped and split",
        "",
        AS_TAUGHT,
        change=rearranged,
    ),
    Student(
        "oskar",
        "replaces check, NumPy's tests and builtins, and fakes every answer but lesson 01",
        FAKED,
        AS_TAUGHT,
        change=patched,
    ),
    Student(
        "priya",
        "crashes: sys.exit, a syntax error, an error after the answer, names misspelt",
        CRASHES,
        AS_TAUGHT,
    ),
]


def expected_csv() -> str:
    """What each student should get, exercise by exercise."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["student", *EXERCISES, "total"])
    for student in CLASS:
        rows.writerow(
            [student.name, *(f"{p:g}" for p in student.points.values()), f"{sum(student.points.values()):g}"]
        )
    return text.getvalue()


def readme() -> str:
    lines = [f"| {s.name} | {sum(s.points.values()):g} | {s.story} |" for s in CLASS]
    return (
        "\n".join(
            [
                "# The sample class",
                "",
                "Sixteen students as they turn up, for `make grade` and the tests. `expected.csv` has the points of",  # noqa: E501
                "each exercise, by hand. All of it is written by `python -m tools.make_classroom`: edit that.",  # noqa: E501
                "",
                "| student | points | who this is |",
                "|---|---|---|",
                *lines,
            ]
        )
        + "\n"
    )


def write_classroom(target: Path) -> None:
    """Write the class into `target`; what lies there as an older class goes."""
    shutil.rmtree(target / "submitted", ignore_errors=True)
    for student in CLASS:
        folder = target / "submitted" / student.name / CHAPTER
        folder.mkdir(parents=True)
        for name, content in student.files().items():
            (folder / name).write_bytes(content)
    (target / "expected.csv").write_bytes(expected_csv().encode())
    (target / "README.md").write_bytes(readme().encode())


if __name__ == "__main__":
    write_classroom(CLASSROOM)
    print(f"wrote {len(CLASS)} students into {CLASSROOM}", file=sys.stderr)
