"""The ReLU in the ways people write it: of a list, of an array as one expression, and as a block."""

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
