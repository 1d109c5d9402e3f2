"""The softmax of a batch in the ways people write it."""

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
output = np.zeros(inputs.shape)
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
values = inputs.astype(float)
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
