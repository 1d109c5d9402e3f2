"""A dense layer in the ways people write it."""

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
