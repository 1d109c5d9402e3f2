"""Right answers, written in the ways people write them: exercise -> name -> the answer cell's text.

`np` and `math` are imported in the lessons; what else an answer needs it imports itself.
"""

LIST_RELU = {
    "loop": """
def relu(inputs):
    output = []
    for i in inputs:
        if i > 0:
            output.append(i)
        else:
            output.append(0)
    return output
""",
    "loop with elif for the rest": """
def relu(inputs):
    output = []
    for i in inputs:
        if i > 0:
            output.append(i)
        elif i <= 0:
            output.append(0)
    return output
""",
    "loop over positions": """
def relu(inputs):
    output = [0] * len(inputs)
    for i in range(len(inputs)):
        if inputs[i] > 0:
            output[i] = inputs[i]
    return output
""",
    "while": """
def relu(inputs):
    output, i = [], 0
    while i < len(inputs):
        output.append(max(0, inputs[i]))
        i += 1
    return output
""",
    "loop with max": """
def relu(inputs):
    output = []
    for i in inputs:
        output.append(max(0, i))
    return output
""",
    "max the other way round": "def relu(inputs):\n    return [max(i, 0.0) for i in inputs]",
    "comprehension with if": "def relu(inputs):\n    return [i if i > 0 else 0 for i in inputs]",
    "comprehension with not": "def relu(inputs):\n    return [0 if i < 0 else i for i in inputs]",
    "times a comparison": "def relu(inputs):\n    return [i * (i > 0) for i in inputs]",
    "half of |x| + x": "def relu(inputs):\n    return [(abs(i) + i) / 2 for i in inputs]",
    "map": "def relu(inputs):\n    return list(map(lambda i: max(0, i), inputs))",
    "lambda": "relu = lambda inputs: [max(0, i) for i in inputs]",
    "generator": """
def relu(inputs):
    def positive_part():
        for i in inputs:
            yield i if i > 0 else 0
    return list(positive_part())
""",
    "a copy, changed": """
def relu(inputs):
    output = list(inputs)
    for i, number in enumerate(output):
        if number < 0:
            output[i] = 0
    return output
""",
    "enumerate and insert": """
def relu(inputs):
    output = []
    for i, number in enumerate(inputs):
        output.insert(i, max(0, number))
    return output
""",
    "through NumPy and back": "def relu(inputs):\n    return np.maximum(0, inputs).tolist()",
    "NumPy numbers in a list": "def relu(inputs):\n    return [np.maximum(0, i) for i in inputs]",
    "helper function": """
def one(number: float) -> float:
    return number if number > 0 else 0

def relu(inputs: list[float]) -> list[float]:
    \"\"\"The ReLU of each number.\"\"\"
    return [one(number) for number in inputs]
""",
    "prints on the way": """
def relu(inputs):
    output = []
    for i in inputs:
        print("now", i)
        output.append(max(0, i))
    print(output)
    return output
""",
    "a default argument": "def relu(inputs, floor=0):\n    return [max(floor, i) for i in inputs]",
    "another parameter name": "def relu(numbers):\n    return [max(0, n) for n in numbers]",
}

ARRAY_RELU = {
    "maximum": "np.maximum(0, inputs)",
    "maximum the other way round": "np.maximum(inputs, 0)",
    "maximum with 0.0": "np.maximum(0.0, inputs)",
    "maximum of zeros_like": "np.maximum(inputs, np.zeros_like(inputs))",
    "fmax": "np.fmax(0, inputs)",
    "where": "np.where(inputs > 0, inputs, 0)",
    "where, at least": "np.where(inputs >= 0, inputs, 0.0)",
    "clip": "np.clip(inputs, 0, None)",
    "clip up to inf": "np.clip(inputs, 0, np.inf)",
    "clip method": "inputs.clip(0)",
    "clip keyword": "inputs.clip(min=0)",
    "mask": "inputs * (inputs > 0)",
    "mask as numbers": "(inputs > 0).astype(float) * inputs",
    "multiply": "np.multiply(inputs, inputs > 0)",
    "half of |x| + x": "(np.abs(inputs) + inputs) / 2",
    "half of |x| + x, in floats": "0.5 * (inputs + abs(inputs))",
    "negated minimum": "-np.minimum(0, -inputs)",
    "heaviside": "inputs * np.heaviside(inputs, 0)",
    "vectorize with floats": "np.vectorize(lambda x: x if x > 0 else 0.0)(inputs)",
    "vectorize with otypes": "np.vectorize(lambda x: max(0, x), otypes=[float])(inputs)",
    "piecewise": "np.piecewise(inputs.astype(float), [inputs > 0], [lambda x: x, 0])",
    "select": "np.select([inputs > 0], [inputs], 0)",
    "list of all and reshape": "np.array([max(0, x) for x in inputs.ravel()]).reshape(inputs.shape)",
    "fromiter": "np.fromiter((max(0, x) for x in inputs.flat), float).reshape(inputs.shape)",
    "max of a stack": "np.max(np.stack([inputs, np.zeros_like(inputs)]), axis=0)",
}

ARRAY_RELU_BLOCKS = {
    "copy with a mask": """
output = inputs.copy()
output[output < 0] = 0
return output
""",
    "np.copy with a mask": """
output = np.copy(inputs)
output[inputs <= 0] = 0
return output
""",
    "zeros and a mask": """
output = np.zeros_like(inputs)
output[inputs > 0] = inputs[inputs > 0]
return output
""",
    "np.array and a mask": """
output = np.array(inputs)
mask = output < 0
output[mask] = 0
return output
""",
    "loop over all places": """
output = np.zeros(inputs.shape)
for place, number in np.ndenumerate(inputs):
    if number > 0:
        output[place] = number
return output
""",
    "nditer": """
output = np.empty_like(inputs)
for place in np.ndindex(inputs.shape):
    output[place] = max(0, inputs[place])
return output
""",
    "putmask": """
output = inputs + 0
np.putmask(output, output < 0, 0)
return output
""",
    "rebinding the parameter": """
inputs = inputs.copy()
inputs *= inputs > 0
return inputs
""",
}

# Of a batch (n, k), right for moderate values.
NAIVE_SOFTMAX = {
    "keepdims": """
exp_values = np.exp(inputs)
return exp_values / np.sum(exp_values, axis=1, keepdims=True)
""",
    "axis -1": """
exp_values = np.exp(inputs)
return exp_values / np.sum(exp_values, axis=-1, keepdims=True)
""",
    "methods": """
exp_values = np.exp(inputs)
return exp_values / exp_values.sum(axis=1, keepdims=True)
""",
    "reshape": """
exp_values = np.exp(inputs)
return exp_values / np.sum(exp_values, axis=1).reshape(-1, 1)
""",
    "reshape to the length": """
exp_values = np.exp(inputs)
return exp_values / exp_values.sum(1).reshape(len(inputs), 1)
""",
    "[:, None]": """
exp_values = np.exp(inputs)
return exp_values / exp_values.sum(axis=1)[:, None]
""",
    "newaxis": """
exp_values = np.exp(inputs)
return exp_values / np.sum(exp_values, 1)[:, np.newaxis]
""",
    "expand_dims": """
exp_values = np.exp(inputs)
return np.divide(exp_values, np.expand_dims(np.sum(exp_values, axis=1), axis=1))
""",
    "transposed twice": """
exp_values = np.exp(inputs).T
return (exp_values / np.sum(exp_values, axis=0)).T
""",
    "transposed sum": """
exp_values = np.exp(inputs)
return (exp_values.T / exp_values.sum(axis=1)).T
""",
    "row by row": """
rows = []
for row in inputs:
    exp_values = np.exp(row)
    rows.append(exp_values / np.sum(exp_values))
return np.array(rows)
""",
    "loop into zeros": """
output = np.zeros(inputs.shape)
for i in range(inputs.shape[0]):
    output[i] = np.exp(inputs[i]) / np.sum(np.exp(inputs[i]))
return output
""",
    "two loops": """
output = np.zeros_like(inputs)
for i in range(len(inputs)):
    total = sum(math.exp(x) for x in inputs[i])
    for j in range(len(inputs[i])):
        output[i, j] = math.exp(inputs[i, j]) / total
return output
""",
    "vstack": "return np.vstack([np.exp(row) / np.exp(row).sum() for row in inputs])",
    "apply_along_axis": "return np.apply_along_axis(lambda row: np.exp(row) / np.exp(row).sum(), 1, inputs)",
    "log of the sum": "return np.exp(inputs - np.log(np.sum(np.exp(inputs), axis=1, keepdims=True)))",
    "e to the power": """
powers = np.e ** inputs
return powers / powers.sum(axis=1, keepdims=True)
""",
    "math.e to the power": """
powers = math.e ** inputs
return powers / powers.sum(axis=1, keepdims=True)
""",
    "einsum": """
exp_values = np.exp(inputs)
return np.einsum("ij,i->ij", exp_values, 1 / np.einsum("ij->i", exp_values))
""",
    "product with ones": """
exp_values = np.exp(inputs)
return exp_values / (exp_values @ np.ones((inputs.shape[1], 1)))
""",
    "pairwise differences": "return 1 / np.exp(inputs[:, None, :] - inputs[:, :, None]).sum(axis=2)",
}

# Of a batch (n, k), right for any values.
STABLE_SOFTMAX = {
    "shifted with keepdims": """
exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
return exp_values / np.sum(exp_values, axis=1, keepdims=True)
""",
    "shifted, axis -1, methods": """
shifted = inputs - inputs.max(axis=-1, keepdims=True)
exp_values = np.exp(shifted)
return exp_values / exp_values.sum(axis=-1, keepdims=True)
""",
    "shifted, amax": """
exp_values = np.exp(inputs - np.amax(inputs, axis=1, keepdims=True))
return exp_values / np.sum(exp_values, axis=1, keepdims=1)
""",
    "shifted with reshape": """
exp_values = np.exp(inputs - np.max(inputs, axis=1).reshape(-1, 1))
return exp_values / np.sum(exp_values, axis=1).reshape(-1, 1)
""",
    "shifted with [:, None]": """
exp_values = np.exp(inputs - inputs.max(1)[:, None])
return exp_values / exp_values.sum(1)[:, None]
""",
    "shifted, transposed twice": """
turned = inputs.T
exp_values = np.exp(turned - np.max(turned, axis=0))
return (exp_values / np.sum(exp_values, axis=0)).T
""",
    "shifted row by row": """
output = np.empty(inputs.shape)
for i, row in enumerate(inputs):
    exp_values = np.exp(row - np.max(row))
    output[i] = exp_values / np.sum(exp_values)
return output
""",
    "shifted in place on a copy": """
values = inputs.copy()
values -= values.max(axis=1, keepdims=True)
np.exp(values, out=values)
values /= values.sum(axis=1, keepdims=True)
return values
""",
    "shifted apply_along_axis": """
def of_one(row):
    exp_values = np.exp(row - row.max())
    return exp_values / exp_values.sum()
return np.apply_along_axis(of_one, 1, inputs)
""",
    "shifted by more than the maximum": """
exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True) - 1.0)
return exp_values / np.sum(exp_values, axis=1, keepdims=True)
""",
    "logsumexp of SciPy": """
from scipy.special import logsumexp
return np.exp(inputs - logsumexp(inputs, axis=1, keepdims=True))
""",
    "softmax of SciPy": """
from scipy.special import softmax as ready_made
return ready_made(inputs, axis=1)
""",
    "logsumexp by hand": """
largest = inputs.max(axis=1, keepdims=True)
log_sum = largest + np.log(np.exp(inputs - largest).sum(axis=1, keepdims=True))
return np.exp(inputs - log_sum)
""",
    "logaddexp": "return np.exp(inputs - np.logaddexp.reduce(inputs, axis=1, keepdims=True))",
}

WEIGHTS = {
    "0.01 normal": "0.01 * np.random.randn(n_inputs, n_neurons)",
    "0.1 normal": "0.10 * np.random.randn(n_inputs, n_neurons)",
    "normal of scale 1": "np.random.randn(n_inputs, n_neurons)",
    "He": "np.random.randn(n_inputs, n_neurons) * np.sqrt(2 / n_inputs)",
    "Xavier": "np.random.randn(n_inputs, n_neurons) * np.sqrt(1 / n_inputs)",
    "Glorot uniform": """np.random.uniform(
            -math.sqrt(6 / (n_inputs + n_neurons)), math.sqrt(6 / (n_inputs + n_neurons)),
            size=(n_inputs, n_neurons))""",
    "np.random.normal": "np.random.normal(0, 0.01, size=(n_inputs, n_neurons))",
    "np.random.rand": "np.random.rand(n_inputs, n_neurons) - 0.5",
    "np.random.random": "0.01 * np.random.random((n_inputs, n_neurons))",
    "standard_normal": "0.01 * np.random.standard_normal((n_inputs, n_neurons))",
    "a fresh generator": "0.01 * np.random.default_rng().normal(size=(n_inputs, n_neurons))",
    "a list made an array": """np.array(
            [[0.01 * np.random.normal() for _ in range(n_neurons)] for _ in range(n_inputs)])""",
    "float32": "(0.01 * np.random.randn(n_inputs, n_neurons)).astype(np.float32)",
}

BIASES = {
    "zeros of integers": "np.zeros((1, n_neurons), dtype=int)",
    "zeros of a list": "np.zeros([1, n_neurons])",
    "full": "np.full((1, n_neurons), 0.0)",
    "zeros reshaped": "np.zeros(n_neurons).reshape(1, -1)",
    "double brackets": "np.array([[0.0] * n_neurons])",
    "0 times ones": "0 * np.ones((1, n_neurons))",
}

PRODUCTS = {
    "@": "inputs @ self.weights + self.biases",
    "np.dot": "np.dot(inputs, self.weights) + self.biases",
    "dot method": "inputs.dot(self.weights) + self.biases",
    "matmul": "np.matmul(inputs, self.weights) + self.biases",
    "biases first": "self.biases + inputs @ self.weights",
    "einsum": 'np.einsum("ni,ij->nj", inputs, self.weights) + self.biases',
    "tensordot": "np.tensordot(inputs, self.weights, axes=1) + self.biases",
    "transposed twice": "(self.weights.T @ inputs.T + self.biases.T).T",
    "sum of products": "(inputs[:, :, None] * self.weights[None]).sum(axis=1) + self.biases",
    "row by row": "np.array([row @ self.weights + self.biases[0] for row in inputs])",
    "neuron by neuron": """np.column_stack(
            [inputs @ self.weights[:, j] + self.biases[0, j] for j in range(self.weights.shape[1])])""",
    "np.add": "np.add(np.dot(inputs, self.weights), self.biases)",
}

DENSE = """
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = {weights}
        self.biases = {biases}

    def forward(self, inputs):
        self.output = {product}
"""


def dense(weights=WEIGHTS["0.01 normal"], biases="np.zeros((1, n_neurons))", product=PRODUCTS["@"]):
    return DENSE.format(weights=weights, biases=biases, product=product)


OTHER_DENSE = {
    "typed, documented, with extras": '''
class Layer_Dense(object):
    """A dense layer."""

    scale = 0.01

    def __init__(self, n_inputs: int, n_neurons: int) -> None:
        """Draw the weights."""
        self.n_inputs, self.n_neurons = n_inputs, n_neurons
        self.weights = self.scale * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))
        self.inputs = self.output = None

    def forward(self, inputs: np.ndarray) -> np.ndarray:
        self.inputs = inputs
        self.output = self.compute(inputs)
        return self.output

    def compute(self, inputs):
        return np.dot(inputs, self.weights) + self.biases

    def __repr__(self):
        return f"Layer_Dense({self.n_inputs}, {self.n_neurons})"
''',
    "inherits": """
class Layer:
    def forward(self, inputs):
        self.output = inputs @ self.weights + self.biases

class Layer_Dense(Layer):
    def __init__(self, n_inputs, n_neurons):
        super().__init__()
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))
""",
    "three loops": """
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        n, n_inputs = inputs.shape
        n_neurons = self.weights.shape[1]
        self.output = np.zeros((n, n_neurons))
        for i in range(n):
            for j in range(n_neurons):
                self.output[i, j] = self.biases[0, j]
                for k in range(n_inputs):
                    self.output[i, j] += inputs[i, k] * self.weights[k, j]
""",
    "prints on the way": """
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        print("a layer of", n_neurons)
        self.weights = np.random.normal(scale=0.1, size=(n_inputs, n_neurons))
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        print(inputs.shape)
        self.output = inputs @ self.weights
        self.output += self.biases
""",
}

EXPONENTIALS = {
    "math.e": "[math.e ** x for x in layer_outputs]",
    "math.exp": "[math.exp(x) for x in layer_outputs]",
    "e to ten digits": "[2.718281828 ** x for x in layer_outputs]",
    "e to twelve digits": "[2.71828182846 ** x for x in layer_outputs]",
    "pow": "[pow(math.e, x) for x in layer_outputs]",
    "math.pow": "[math.pow(math.e, x) for x in layer_outputs]",
    "map": "list(map(math.exp, layer_outputs))",
    "map with lambda": "list(map(lambda x: math.e ** x, layer_outputs))",
    "NumPy and back": "np.exp(layer_outputs).tolist()",
    "NumPy numbers in a list": "[np.exp(x) for x in layer_outputs]",
    "np.e": "[np.e ** x for x in layer_outputs]",
    "list of an array": "list(np.exp(layer_outputs))",
}

NORMALIZATIONS = {
    "comprehension": "return [value / sum(exp_values) for value in exp_values]",
    "sum first": """
norm_base = sum(exp_values)
return [value / norm_base for value in exp_values]
""",
    "two loops": """
norm_base = 0
for value in exp_values:
    norm_base += value
norm_values = []
for value in exp_values:
    norm_values.append(value / norm_base)
return norm_values
""",
    "fsum": """
total = math.fsum(exp_values)
return [value / total for value in exp_values]
""",
    "np.sum": "return [value / np.sum(exp_values) for value in exp_values]",
    "map": "return list(map(lambda value: value / sum(exp_values), exp_values))",
    "positions": """
output = [None] * len(exp_values)
for i in range(len(exp_values)):
    output[i] = exp_values[i] / sum(exp_values)
return output
""",
    "times the reciprocal": """
factor = 1 / sum(exp_values)
return [factor * value for value in exp_values]
""",
    "a copy, changed": """
output = exp_values.copy()
for i in range(len(output)):
    output[i] /= sum(exp_values)
return output
""",
    "NumPy and back": "return (np.array(exp_values) / np.sum(exp_values)).tolist()",
}

VECTORS = {
    "np.exp and np.sum": """
exp_values = np.exp(layer_outputs)
return exp_values / np.sum(exp_values)
""",
    "methods": "return np.exp(layer_outputs) / np.exp(layer_outputs).sum()",
    "shifted": """
exp_values = np.exp(layer_outputs - np.max(layer_outputs))
return exp_values / np.sum(exp_values)
""",
    "axis 0": """
exp_values = np.exp(layer_outputs)
return exp_values / np.sum(exp_values, axis=0)
""",
    "keepdims": """
exp_values = np.exp(layer_outputs)
return exp_values / np.sum(exp_values, axis=-1, keepdims=True)
""",
    "log of the sum": "return np.exp(layer_outputs - np.log(np.sum(np.exp(layer_outputs))))",
    "logsumexp of SciPy": """
from scipy.special import logsumexp
return np.exp(layer_outputs - logsumexp(layer_outputs))
""",
    "math.e": "return math.e ** layer_outputs / np.sum(math.e ** layer_outputs)",
    "e to ten digits": "return 2.718281828 ** layer_outputs / sum(2.718281828 ** layer_outputs)",
    "Python's sum": """
exp_values = np.exp(layer_outputs)
return exp_values / sum(exp_values)
""",
    "list made an array": """
exp_values = [math.exp(x) for x in layer_outputs]
return np.array([value / sum(exp_values) for value in exp_values])
""",
}

ROW_SUMS = {
    "keepdims": "np.sum(batch, axis=1, keepdims=True)",
    "axis -1": "np.sum(batch, axis=-1, keepdims=True)",
    "method": "batch.sum(axis=1, keepdims=True)",
    "method, by place": "batch.sum(1, keepdims=True)",
    "reshape": "np.sum(batch, axis=1).reshape(-1, 1)",
    "reshape to the length": "batch.sum(axis=1).reshape(batch.shape[0], 1)",
    "[:, None]": "batch.sum(axis=1)[:, None]",
    "newaxis": "np.sum(batch, axis=1)[:, np.newaxis]",
    "expand_dims": "np.expand_dims(batch.sum(axis=1), 1)",
    "double brackets and .T": "np.array([batch.sum(axis=1)]).T",
    "transposed": "np.sum(batch.T, axis=0, keepdims=True).T",
    "Python's sum of the columns": "sum(batch.T)[:, None]",
    "list of rows": "np.array([[sum(row)] for row in batch])",
    "vstack": "np.vstack([row.sum() for row in batch])",
    "add.reduce": "np.add.reduce(batch, axis=1, keepdims=True)",
    "product with ones": "batch @ np.ones((batch.shape[1], 1))",
    "einsum": 'np.einsum("ij->i", batch)[:, None]',
    "apply_along_axis": "np.apply_along_axis(np.sum, 1, batch).reshape(-1, 1)",
    "last running sum": "np.cumsum(batch, axis=1)[:, -1:]",
}

SHIFTS = {
    "keepdims": "layer_outputs - np.max(layer_outputs, axis=1, keepdims=True)",
    "axis -1": "layer_outputs - np.max(layer_outputs, axis=-1, keepdims=True)",
    "method": "layer_outputs - layer_outputs.max(axis=1, keepdims=True)",
    "amax": "layer_outputs - np.amax(layer_outputs, axis=1, keepdims=True)",
    "reshape": "layer_outputs - np.max(layer_outputs, axis=1).reshape(-1, 1)",
    "[:, None]": "layer_outputs - layer_outputs.max(1)[:, None]",
    "newaxis": "layer_outputs - np.max(layer_outputs, axis=1)[:, np.newaxis]",
    "transposed twice": "(layer_outputs.T - np.max(layer_outputs, axis=1)).T",
    "row by row": "np.array([row - np.max(row) for row in layer_outputs])",
    "subtract": "np.subtract(layer_outputs, np.max(layer_outputs, axis=1, keepdims=True))",
    "sorted": "layer_outputs - np.sort(layer_outputs, axis=1)[:, -1:]",
    "taken by argmax": """layer_outputs - np.take_along_axis(
        layer_outputs, np.argmax(layer_outputs, axis=1)[:, None], axis=1)""",
    "minimum of the negative": "layer_outputs + np.min(-layer_outputs, axis=1, keepdims=True)",
    "apply_along_axis": "np.apply_along_axis(lambda row: row - row.max(), 1, layer_outputs)",
}

THREE_CLASSES = (
    dense(product=PRODUCTS["np.dot"])
    + """
class Activation_ReLU:
    def forward(self, inputs):
        self.output = np.maximum(0, inputs)

class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)
"""
)

FORWARD_PASSES = {
    "from the three classes": THREE_CLASSES
    + """
def forward_pass(X, dense1, dense2):
    activation1 = Activation_ReLU()
    activation2 = Activation_Softmax()
    dense1.forward(X)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    activation2.forward(dense2.output)
    return activation2.output
""",
    "activations made once, outside": THREE_CLASSES
    + """
activation1, activation2 = Activation_ReLU(), Activation_Softmax()

def forward_pass(X, dense1, dense2):
    dense1.forward(X)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    activation2.forward(dense2.output)
    return activation2.output
""",
    "in a loop": THREE_CLASSES
    + """
def forward_pass(X, dense1, dense2):
    values = X
    for step in (dense1, Activation_ReLU(), dense2, Activation_Softmax()):
        step.forward(values)
        values = step.output
    return values
""",
    "without the activation classes": dense()
    + """
def forward_pass(X, dense1, dense2):
    dense1.forward(X)
    dense2.forward(np.maximum(0, dense1.output))
    shifted = dense2.output - dense2.output.max(axis=1, keepdims=True)
    return np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
""",
    "from weights and biases": """
def forward_pass(X, dense1, dense2):
    hidden = (X @ dense1.weights + dense1.biases).clip(0)
    outputs = hidden @ dense2.weights + dense2.biases
    powers = np.exp(outputs - outputs.max(axis=1)[:, None])
    return powers / powers.sum(axis=1)[:, None]
""",
    "forward also returns": """
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.1 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = inputs @ self.weights + self.biases
        return self.output

class Activation_ReLU:
    def forward(self, inputs):
        self.output = inputs * (inputs > 0)
        return self.output

class Activation_Softmax:
    def forward(self, inputs):
        self.output = np.exp(inputs - np.logaddexp.reduce(inputs, axis=1, keepdims=True))
        return self.output

def forward_pass(X, dense1, dense2):
    return Activation_Softmax().forward(dense2.forward(Activation_ReLU().forward(dense1.forward(X))))
""",
    "prints each shape": THREE_CLASSES
    + """
def forward_pass(X, dense1, dense2):
    relu, softmax = Activation_ReLU(), Activation_Softmax()
    dense1.forward(X)
    print(dense1.output.shape)
    relu.forward(dense1.output)
    dense2.forward(relu.output)
    print(dense2.output.shape)
    softmax.forward(dense2.output)
    return softmax.output
""",
}

PREDICTIONS = {
    "argmax": "np.argmax(probabilities, axis=1)",
    "axis -1": "np.argmax(probabilities, axis=-1)",
    "by place": "np.argmax(probabilities, 1)",
    "method": "probabilities.argmax(axis=1)",
    "row by row": "np.array([np.argmax(row) for row in probabilities])",
    "list.index": "np.array([list(row).index(max(row)) for row in probabilities])",
    "argsort": "np.argsort(probabilities, axis=1)[:, -1]",
    "argmin of the negative": "np.argmin(-probabilities, axis=1)",
    "apply_along_axis": "np.apply_along_axis(np.argmax, 1, probabilities)",
    "transposed": "np.argmax(probabilities.T, axis=0)",
    "keepdims and ravel": "np.argmax(probabilities, axis=1, keepdims=True).ravel()",
    "where": "np.where(probabilities == probabilities.max(axis=1, keepdims=True))[1]",
    "int32": "np.argmax(probabilities, axis=1).astype(np.int32)",
}

CONFIDENCES = {
    "max": "np.max(probabilities, axis=1)",
    "axis -1": "np.max(probabilities, axis=-1)",
    "method": "probabilities.max(axis=1)",
    "amax": "np.amax(probabilities, 1)",
    "row by row": "np.array([max(row) for row in probabilities])",
    "both indices": """probabilities[
        np.arange(len(probabilities)), np.argmax(probabilities, axis=1)]""",
    "range as an index": "probabilities[range(len(probabilities)), probabilities.argmax(axis=1)]",
    "take_along_axis": """np.take_along_axis(
        probabilities, np.argmax(probabilities, axis=1)[:, None], axis=1).ravel()""",
    "sorted": "np.sort(probabilities, axis=1)[:, -1]",
    "transposed": "probabilities.T.max(axis=0)",
    "keepdims and flatten": "np.max(probabilities, axis=1, keepdims=True).flatten()",
    "apply_along_axis": "np.apply_along_axis(np.max, 1, probabilities)",
    "maximum.reduce": "np.maximum.reduce(probabilities, axis=1)",
}


def indented(block: str, depth: int) -> str:
    return "\n".join(" " * depth + line for line in block.strip("\n").split("\n"))


def functions(signature: str, blocks: dict[str, str]) -> dict[str, str]:
    """A function of each block."""
    return {name: f"def {signature}:\n{indented(block, 4)}\n" for name, block in blocks.items()}


def returning(signature: str, expressions: dict[str, str]) -> dict[str, str]:
    """A function that returns each expression."""
    return functions(signature, {name: f"return {text}" for name, text in expressions.items()})


def storing(class_name: str, expressions: dict[str, str]) -> dict[str, str]:
    """A class whose forward stores each expression."""
    return {
        name: f"class {class_name}:\n    def forward(self, inputs):\n        self.output = {text}\n"
        for name, text in expressions.items()
    }


def storing_call(class_name: str, answers: dict[str, str]) -> dict[str, str]:
    """A class whose forward stores what a function `compute(inputs)` beside it returns."""
    return {
        name: f"{source}\n{storing(class_name, {name: 'compute(inputs)'})[name]}"
        for name, source in functions("compute(inputs)", answers).items()
    }


EXTRA_RELU = {
    "returns it too": """
class Activation_ReLU:
    \"\"\"Rectified linear unit.\"\"\"

    def __init__(self):
        self.inputs = None
        self.output = None

    def forward(self, inputs: np.ndarray) -> np.ndarray:
        self.inputs = inputs
        self.output = np.maximum(0, inputs)
        return self.output

    def backward(self, dvalues):
        raise NotImplementedError
""",
}

EXTRA_SOFTMAX = {
    "prints and keeps more": """
class Activation_Softmax:
    def __init__(self, name="softmax"):
        self.name = name

    def forward(self, inputs):
        self.shifted = inputs - np.max(inputs, axis=1, keepdims=True)
        self.exp_values = np.exp(self.shifted)
        print(self.name, self.exp_values.shape)
        self.output = self.exp_values / np.sum(self.exp_values, axis=1, keepdims=True)
        return self.output
""",
}

IDIOMS: dict[str, dict[str, str]] = {
    "relu_if": {name: text.replace("relu", "relu_if") for name, text in LIST_RELU.items()},
    "relu_max": {name: text.replace("relu", "relu_max") for name, text in LIST_RELU.items()},
    "relu_numpy": returning("relu_numpy(inputs)", ARRAY_RELU)
    | functions("relu_numpy(inputs)", ARRAY_RELU_BLOCKS),
    "activation_relu": storing("Activation_ReLU", ARRAY_RELU)
    | storing_call("Activation_ReLU", ARRAY_RELU_BLOCKS)
    | EXTRA_RELU,
    "layer_dense": {f"weights: {name}": dense(weights=text) for name, text in WEIGHTS.items()}
    | {f"biases: {name}": dense(biases=text) for name, text in BIASES.items()}
    | {f"product: {name}": dense(product=text) for name, text in PRODUCTS.items()}
    | OTHER_DENSE,
    "exponentiate": returning("exponentiate(layer_outputs)", EXPONENTIALS),
    "normalize": functions("normalize(exp_values)", NORMALIZATIONS),
    "softmax_vector": functions("softmax_vector(layer_outputs)", VECTORS),
    "row_sums": returning("row_sums(batch)", ROW_SUMS),
    "softmax_batch": functions("softmax_batch(inputs)", NAIVE_SOFTMAX | STABLE_SOFTMAX),
    "shift_rows": returning("shift_rows(layer_outputs)", SHIFTS),
    "activation_softmax": storing_call("Activation_Softmax", STABLE_SOFTMAX) | EXTRA_SOFTMAX,
    "forward_pass": FORWARD_PASSES,
    "predictions": returning("predictions(probabilities)", PREDICTIONS),
    "confidences": returning("confidences(probabilities)", CONFIDENCES),
}
