"""A dense layer, inputs @ weights + biases."""

import numpy as np

from ..exercise import Advice, Call, Case, Exercise, Get, Part, Set

START, FORWARD = "start", "forward"


def too_large(arrays):
    """Says so where weights are as large as np.random.randn draws them, also in layers of many inputs."""
    several = [np.ravel(array) for array in arrays if len(array) >= 20]
    if not several or np.std(np.concatenate(several)) < 0.8:
        return ""
    return (
        "The weights are as large as np.random.randn draws them, or larger. In two layers that does no "
        "harm. In twenty, the values would explode: the end of this lesson shows it."
    )


EXERCISE = Exercise(
    name="layer_dense",
    lesson="03_dense_layer",
    kind="class",
    parts=(Part(START, 1), Part(FORWARD, 2)),
    signature="Layer_Dense(n_inputs, n_neurons)",
    object_name="Layer_Dense",
    remark=too_large,
    reward="Shapes fit without a transpose, every layer starts with weights of its own, and forward "
    "uses whatever the weights are now: so training will be able to change them.",
    advice={
        "values": (
            Advice(
                "The biases do not start at 0.",
                "A fresh layer is then more than the product of inputs and weights.",
                "Which line makes them, and of which numbers?",
                part=START,
            ),
            Advice(
                "The numbers are not the expected ones.",
                "Weights and biases were set from outside before forward was called, as training "
                "will do. The output is not inputs @ weights + biases with these.",
                "Which lines of forward use self.weights and self.biases, and what else do they do?",
                part=FORWARD,
            ),
        ),
        "constant": Advice(
            "The weights are copies of each other.",
            "Then every neuron computes the same and learns the same: a layer of copies.",
            "Draw them at random: np.random.randn(n_inputs, n_neurons), scaled down.",
        ),
        "counted": Advice(
            "The weights count on in even steps.",
            "Each is by the same amount more than the one before it. Random numbers are not.",
            "Draw them at random: np.random.randn(n_inputs, n_neurons), scaled down.",
        ),
        "repeated": Advice(
            "Two layers start with exactly the same weights.",
            "Random numbers were drawn once and reused, or a seed is set inside the class, or nothing in the "
            "weights is random.",
            "Draw new numbers in __init__, and set a seed, if at all, once at the top of the notebook.",
        ),
        "lost": Advice(
            "A layer loses its weights when another layer is made.",
            "They are stored on the class, or in a variable outside it, so all layers share them.",
            "Store them with self.weights = ... in __init__.",
        ),
    },
)


def start_case(n_inputs, n_neurons):
    steps = (
        Call("Layer_Dense", (n_inputs, n_neurons), to="layer"),
        Get("layer.weights", "fresh"),
        Get("layer.biases"),
        Call("Layer_Dense", (n_inputs, n_neurons), to="another"),
        Get("another.weights", "fresh"),
        Call("Layer_Dense", (n_neurons + 1, n_inputs + 2), to="larger"),
        Get("another.biases"),
        Get("layer.weights", "kept"),
    )
    return Case(steps, START)


def layer_case(weights, biases, *batches, is_edge=False):
    """A layer with given weights and biases: what does it make of these batches?"""
    steps = [
        Call("Layer_Dense", weights.shape, to="layer"),
        Set("layer.weights", weights),
        Set("layer.biases", biases),
    ]
    for batch in batches:
        steps += [Call("layer.forward", (batch,)), Get("layer.output")]
    return Case(tuple(steps), FORWARD, is_edge=is_edge)


def two_layers_case(weights):
    """Two layers: what is set on one must not show in the other."""
    steps = (
        Call("Layer_Dense", weights.shape, to="first"),
        Call("Layer_Dense", weights.shape, to="second"),
        Set("first.weights", weights),
        Set("second.weights", 2 * weights),
        Set("first.biases", np.zeros((1, weights.shape[1]))),
        Set("second.biases", np.zeros((1, weights.shape[1]))),
        Call("first.forward", (np.array([[1.0, 2.0]]),)),
        Call("second.forward", (np.array([[3.0, 4.0], [5.0, 6.0]]),)),
        Get("first.output"),
        Get("second.output"),
    )
    return Case(steps, FORWARD)


@EXERCISE.small_cases
def _():
    yield start_case(2, 3)
    yield start_case(4, 2)
    yield layer_case(np.array([[1.0, 2.0]]), np.array([[0.5, -1.0]]), np.array([[3.0], [10.0]]))
    yield layer_case(
        np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]),
        np.array([[10.0, 20.0, 30.0]]),
        np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]),
    )
    yield two_layers_case(np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]))
    weights, biases = np.array([[0.5, 0.25, -1.0], [1.5, 0.0, 2.0]]), np.array([[0.5, -0.25, 1.0]])
    yield layer_case(weights, biases, np.array([[1, 2], [0, -3]]), np.array([[3, 1]]), is_edge=True)


@EXERCISE.random_cases
def _(rng):
    for _ in range(9):
        n, n_inputs, n_neurons = rng.permutation([2, 3, 4, 5, 7])[:3]
        yield start_case(int(n_inputs), int(n_neurons))
        yield layer_case(
            rng.normal(0, 2, (n_inputs, n_neurons)),
            rng.normal(0, 5, (1, n_neurons)),
            rng.normal(0, 3, (n, n_inputs)),
            rng.normal(0, 3, (n + 1, n_inputs)),
        )
    yield start_case(40, 30)  # so many that their size can be told


@EXERCISE.reference
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = inputs @ self.weights + self.biases


@EXERCISE.second_way
class Second:
    """For two tables, np.dot is the same matrix product as @."""

    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.10 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = np.dot(inputs, self.weights) + self.biases


@EXERCISE.misconception
class flat_biases(Layer_Dense):
    """The biases have the shape (n_neurons,); (1, n_neurons) is asked for.

    The numbers come out the same, because NumPy stretches both over all samples. But a row of
    shape (1, n_neurons) says what it is, and training will compute gradients of that shape.

    Try: np.zeros((1, n_neurons)), with the shape as one tuple.
    """

    def __init__(self, n_inputs, n_neurons):
        super().__init__(n_inputs, n_neurons)
        self.biases = np.zeros(n_neurons)


@EXERCISE.misconception
class column_biases(Layer_Dense):
    """The biases stand in a column, (n_neurons, 1); a row, (1, n_neurons), is asked for.

    Each neuron has one bias, and the neurons are the columns of the output.

    Try: np.zeros((1, n_neurons)).
    """

    def __init__(self, n_inputs, n_neurons):
        super().__init__(n_inputs, n_neurons)
        self.biases = np.zeros((n_neurons, 1))


@EXERCISE.misconception
class bias_for_each_input(Layer_Dense):
    """There is a bias for every input; every neuron has one.

    A bias is added after the sum over the inputs, once for each neuron.

    Try: np.zeros((1, n_neurons)).
    """

    def __init__(self, n_inputs, n_neurons):
        super().__init__(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_inputs))


@EXERCISE.misconception
class bias_for_each_weight(Layer_Dense):
    """There is a bias for every weight; every neuron has one.

    A bias is added after the sum over the inputs, once for each neuron.

    Try: np.zeros((1, n_neurons)).
    """

    def __init__(self, n_inputs, n_neurons):
        super().__init__(n_inputs, n_neurons)
        self.biases = np.zeros((n_inputs, n_neurons))


@EXERCISE.misconception
class one_bias_for_all(Layer_Dense):
    """There is one bias for the whole layer; every neuron has its own.

    A single number shifts all neurons together.

    Try: np.zeros((1, n_neurons)).
    """

    def __init__(self, n_inputs, n_neurons):
        super().__init__(n_inputs, n_neurons)
        self.biases = np.zeros((1, 1))


@EXERCISE.misconception
class bias_is_a_number(Layer_Dense):
    """The biases are one number; every neuron has its own.

    A single number shifts all neurons together, and cannot be learnt for each.

    Try: np.zeros((1, n_neurons)).
    """

    def __init__(self, n_inputs, n_neurons):
        super().__init__(n_inputs, n_neurons)
        self.biases = 0


@EXERCISE.misconception
class biases_of_one(Layer_Dense):
    """The biases start at 1; they should start at 0.

    With 0 a fresh layer is nothing but the product of inputs and weights; training moves the
    biases from there.

    Try: np.zeros((1, n_neurons)).
    """

    def __init__(self, n_inputs, n_neurons):
        super().__init__(n_inputs, n_neurons)
        self.biases = np.ones((1, n_neurons))


@EXERCISE.misconception
class transposed_weights(Layer_Dense):
    """The weights have the shape (n_neurons, n_inputs); (n_inputs, n_neurons) is asked for.

    With one column for each neuron, `inputs @ weights` works without a transpose, in every
    forward pass.

    Try: np.random.randn(n_inputs, n_neurons), and no .T in forward.
    """

    def __init__(self, n_inputs, n_neurons):
        super().__init__(n_inputs, n_neurons)
        self.weights = 0.01 * np.random.randn(n_neurons, n_inputs)

    def forward(self, inputs):
        self.output = inputs @ self.weights.T + self.biases


@EXERCISE.misconception
class transposed_weights_used_as_they_are(transposed_weights):
    """The weights have n_neurons rows and n_inputs columns; it should be the other way round.

    The columns of inputs have to meet the rows of weights, so weights needs n_inputs rows.

    Try: np.random.randn(n_inputs, n_neurons).
    """

    def forward(self, inputs):
        self.output = inputs @ self.weights + self.biases


@EXERCISE.misconception
class samples_in_columns(transposed_weights):
    """Here the samples stand in columns, `weights @ inputs`; in this chapter they are the rows.

    Many texts write W x + b for one column x. A batch has one sample in each row, so it comes
    first: inputs @ weights.

    Try: weights of shape (n_inputs, n_neurons), and inputs @ self.weights.
    """

    def __init__(self, n_inputs, n_neurons):
        super().__init__(n_inputs, n_neurons)
        self.biases = np.zeros((n_neurons, 1))

    def forward(self, inputs):
        self.output = self.weights @ inputs + self.biases


@EXERCISE.misconception
class constant_weights(Layer_Dense):
    """Weights repeat each other, and should be random, each of them.

    Neurons whose weights are alike compute the same and learn the same, and inputs whose weights are
    alike all count the same.

    Try: 0.01 * np.random.randn(n_inputs, n_neurons).
    """

    def __init__(self, n_inputs, n_neurons):
        super().__init__(n_inputs, n_neurons)
        self.weights = np.zeros((n_inputs, n_neurons))


@EXERCISE.misconception
class seeded_inside(Layer_Dense):
    """Two layers start with exactly the same weights.

    The seed is set inside the class, or the weights were drawn once for all layers, or nothing in
    them is random: each new layer repeats the same numbers.

    Try: draw them in __init__, and set a seed, if at all, once at the top of the notebook.
    """

    def __init__(self, n_inputs, n_neurons):
        super().__init__(n_inputs, n_neurons)
        self.weights = np.random.default_rng(0).normal(size=(n_inputs, n_neurons))


@EXERCISE.misconception
class zeros_of_two_numbers(Layer_Dense):
    """np.zeros was called with two numbers; it wants the shape as one tuple.

    The second argument of np.zeros is the type of the numbers, not a size. np.random.randn, on
    the other hand, takes the sizes one by one.

    Try: np.zeros((1, n_neurons)), with two pairs of parentheses.
    """

    def __init__(self, n_inputs, n_neurons):
        self.weights = np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros(1, n_neurons)


@EXERCISE.misconception
class randn_of_a_tuple(Layer_Dense):
    """np.random.randn was called with a tuple; it wants the sizes one by one.

    np.zeros takes its shape as one tuple, np.random.randn takes numbers: two habits to remember.

    Try: np.random.randn(n_inputs, n_neurons).
    """

    def __init__(self, n_inputs, n_neurons):
        self.weights = np.random.randn((n_inputs, n_neurons))
        self.biases = np.zeros((1, n_neurons))


@EXERCISE.misconception
class hard_coded_sizes(Layer_Dense):
    """The sizes are written into the class; they should come from n_inputs and n_neurons.

    A layer of another size then gets the weights of this one.

    Try: use the parameters of __init__ wherever a size stands.
    """

    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(2, 3)
        self.biases = np.zeros((1, 3))


@EXERCISE.misconception
class without_biases(Layer_Dense):
    """The biases make no difference to the output.

    Whatever they are, the product alone comes out. While they are all 0 nobody notices; after the
    first step of training they matter.

    Try: add self.biases to the product.
    """

    def forward(self, inputs):
        self.output = inputs @ self.weights


@EXERCISE.misconception
class biases_subtracted(Layer_Dense):
    """The biases are subtracted; they are added.

    A positive bias makes a neuron fire more easily.

    Try: inputs @ self.weights + self.biases.
    """

    def forward(self, inputs):
        self.output = inputs @ self.weights - self.biases


@EXERCISE.misconception
class biases_inside(Layer_Dense):
    """The biases are added to the weights, before the product.

    Then each bias is multiplied with the inputs too. It belongs to the neuron, once, after the
    sum.

    Try: (inputs @ self.weights) + self.biases.
    """

    def forward(self, inputs):
        self.output = inputs @ (self.weights + self.biases)


@EXERCISE.misconception
class elementwise_product(Layer_Dense):
    """`*` multiplies element by element; a layer needs the matrix product.

    Each neuron sums its inputs times its weights. That sum is the dot product, written @ or
    np.dot.

    Try: inputs @ self.weights.
    """

    def forward(self, inputs):
        self.output = inputs * self.weights + self.biases


@EXERCISE.misconception
class swapped_dot(Layer_Dense):
    """The two factors of the product are exchanged.

    For matrices the order matters: (n, n_inputs) @ (n_inputs, n_neurons) fits, the other way
    round does not.

    Try: inputs first, then self.weights.
    """

    def forward(self, inputs):
        self.output = np.dot(self.weights, inputs) + self.biases


@EXERCISE.misconception
class extra_transpose(Layer_Dense):
    """The weights are transposed in forward; stored as (n_inputs, n_neurons) they fit as they are.

    The columns of inputs, n_inputs of them, meet the rows of weights.

    Try: inputs @ self.weights, without .T.

    Only where: [.]T|transpose
    """

    def forward(self, inputs):
        self.output = np.dot(inputs, self.weights.T) + self.biases


@EXERCISE.misconception
class returned_not_stored(Layer_Dense):
    """forward returns the result, but does not store it.

    Layers hand their results on through the attribute `output`, so that the next layer, and later
    the training, can read it from the object.

    Try: self.output = ... instead of return.
    """

    def forward(self, inputs):
        return inputs @ self.weights + self.biases


@EXERCISE.misconception
class stores_the_biases(Layer_Dense):
    """self.output holds the biases, not the result.

    The product of inputs and weights is missing from it.

    Try: inputs @ self.weights + self.biases.
    """

    def forward(self, inputs):
        self.output = self.biases


@EXERCISE.misconception
class relu_inside(Layer_Dense):
    """The negative results are cut to 0: there is a ReLU in this layer.

    In this chapter the activation is an object of its own, so that each can be exchanged without
    the other.

    Try: store the plain inputs @ self.weights + self.biases.
    """

    def forward(self, inputs):
        self.output = np.maximum(0, inputs @ self.weights + self.biases)


@EXERCISE.misconception
class sums_to_one_number(Layer_Dense):
    """The result is one number for the whole batch; each sample has one for every neuron.

    np.sum without an axis adds up everything.

    Try: the matrix product already does the sum that is needed: inputs @ self.weights.
    """

    def forward(self, inputs):
        self.output = np.sum(inputs @ self.weights + self.biases)


@EXERCISE.misconception
class init_misspelt:
    """Layer_Dense(n_inputs, n_neurons) finds no __init__ that takes two arguments.

    The method that sets an object up is written with two underscores on each side.

    Try: def __init__(self, n_inputs, n_neurons):
    """

    def _init_(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)


@EXERCISE.misconception
class shared_by_all_objects(Layer_Dense):
    """The output is stored on the class, so all layers share it.

    A network has several layers. Here the second one's result overwrites the first one's.

    Try: self.output = ..., which belongs to one object, in place of Layer_Dense.output.
    """

    def forward(self, inputs):
        type(self).output = inputs @ self.weights + self.biases


@EXERCISE.misconception
class weights_of_the_class(Layer_Dense):
    """Weights and biases are stored on the class, so all layers share them.

    Each new layer overwrites those of the layers before.

    Try: self.weights and self.biases, which belong to one layer.
    """

    def __init__(self, n_inputs, n_neurons):
        type(self).weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        type(self).biases = np.zeros((1, n_neurons))


@EXERCISE.misconception
class no_self(Layer_Dense):
    """forward has no room for the object itself.

    Python hands every method the object as its first argument, which is called self by
    convention.

    Try: def forward(self, inputs):

    Only where: def forward[(](?! *self)
    """

    def forward(inputs):
        return np.dot(inputs, 1)
