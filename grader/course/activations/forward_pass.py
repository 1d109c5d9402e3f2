"""Two layers, two activations."""

from itertools import combinations

import numpy as np

from ..exercise import Advice, Call, Case, Exercise, Get, Lend, Ref, Set, Share, one_part
from ..mistakes import recurring
from . import activation_relu, activation_softmax, layer_dense, network
from .activation_relu import Activation_ReLU
from .activation_softmax import Activation_Softmax
from .network import relu, run, softmax


class Layer_Dense(network.Layer_Dense):
    """The reference's."""

    def forward(self, inputs):
        self.output = inputs @ self.weights + self.biases


EXERCISE = Exercise(
    name="forward_pass",
    lesson="07_forward_pass",
    kind="function",
    parts=one_part(0.5),
    shares=(
        Share(layer_dense.EXERCISE.abridged(), 0.5),
        Share(activation_relu.EXERCISE.abridged(), 0.5),
        Share(activation_softmax.EXERCISE.abridged(), 0.5),
    ),
    signature="forward_pass(X, dense1, dense2)",
    reward="Four objects, one after the other, for any number of samples, neurons and classes, also "
    "where the second layer's outputs run into the thousands.",
    advice={
        "values": Advice(
            "The numbers are not the expected ones.",
            "dense1, ReLU, dense2 and softmax, one after the other, give other numbers.",
            "Each step takes what the one before stored: dense1, ReLU, dense2, softmax.",
        ),
    },
    traits=frozenset({"rows are probabilities"}),
    stand_ins=(network.Layer_Dense,),
)


def network_case(X, weights1, biases1, weights2, biases2, is_edge=False, before=(), part=""):
    """forward_pass on two layers of these weights and biases, which it has to leave as they are."""
    kept = () if before else ("weights", "biases")
    return Case(
        (
            *before,
            Call("Layer_Dense", weights1.shape, to="dense1"),
            Set("dense1.weights", weights1),
            Set("dense1.biases", biases1),
            Call("Layer_Dense", weights2.shape, to="dense2"),
            Set("dense2.weights", weights2),
            Set("dense2.biases", biases2),
            Call("forward_pass", (X, Ref("dense1"), Ref("dense2")), compare="values"),
            *(Get(f"{layer}.{name}") for layer in ("dense1", "dense2") for name in kept),
        ),
        part,
        is_edge=is_edge,
    )


@EXERCISE.small_cases
def _():
    biases = np.array([[0.0, 0.5]])
    swap, double = np.array([[1.0, -1.0], [0.0, 1.0]]), np.array([[2.0, 0.0], [1.0, 1.0]])
    yield network_case(np.array([[1.0, -2.0]]), swap, biases, double, -biases)
    yield network_case(
        np.array([[1.0, -2.0], [0.5, 1.0]]),
        np.array([[1.0, -1.0, 0.5], [0.5, 1.0, -1.0]]),
        np.array([[0.5, 0.0, -0.5]]),
        np.array([[1.0, -1.0], [0.5, 2.0], [-2.0, 0.0]]),
        np.array([[0.2, -0.3]]),
    )
    yield network_case(  # one sample's outputs run into the thousands, the other's do not
        np.array([[2000.0, 0.0], [0.0, 1.0], [1.0, 1.0]]),
        np.eye(2),
        np.zeros((1, 2)),
        np.array([[1.0, 0.5], [0.0, 1.0]]),
        np.zeros((1, 2)),
    )
    yield network_case(
        np.array([[1, -2], [3, 0], [0, 1]]),
        swap / 2,
        biases,
        np.array([[2.5], [1.0]]),
        biases[:, 1:],
        is_edge=True,
    )


@EXERCISE.random_cases
def _(rng):
    for scale in [1.0] * 8 + [25.0] * 3:
        yield network_case(*draw_network(rng, scale))


@EXERCISE.lent_cases
def _(rng):
    # An answer may do without any of the classes: so with each of them lent, and without. What is lent is
    # odd: from it nobody learns what a class should compute.
    names = ("Layer_Dense", "Activation_ReLU", "Activation_Softmax")
    for lent in (some for count in range(1, 4) for some in combinations(names, count)):
        for _ in range(2):
            slope, offset, shift = (round(float(x), 3) for x in rng.uniform(1, 3, 3))
            odd = {
                "Layer_Dense": f"(out := np.sin(inputs).sum(axis=1, keepdims=True) * self.biases + {slope} * "
                "self.weights[0]) - out.mean()",  # of both signs, so that a ReLU behind it is missed
                "Activation_ReLU": f"{slope} * inputs + {offset}",
                "Activation_Softmax": f"inputs * inputs - {shift}",
            }
            lend = Lend({name: odd[name] for name in lent})
            yield network_case(*draw_network(rng), before=(lend,), part=" and ".join(lent))


def draw_network(rng, scale=1.0):
    """Samples, and weights and biases of two layers; all sizes differ."""
    n, n_inputs, n_neurons, n_classes = (int(x) for x in rng.permutation([2, 3, 4, 5, 6])[:4])
    return (
        rng.normal(0, 1, (n, n_inputs)),
        rng.normal(0, scale, (n_inputs, n_neurons)),
        rng.normal(0, 0.5, (1, n_neurons)),
        rng.normal(0, 0.5 * scale, (n_neurons, n_classes)),
        rng.normal(0, 1, (1, n_classes)),
    )


@EXERCISE.reference
def forward_pass(X, dense1, dense2):
    values = X
    for step in (dense1, Activation_ReLU(), dense2, Activation_Softmax()):
        step.forward(values)
        values = step.output
    return values


@EXERCISE.second_way
def _(X, dense1, dense2):
    """The chain as a loop: each part reads what the part before has stored. With more parts in the list, the
    network becomes deeper.
    """
    data = X
    for part in [dense1, Activation_ReLU(), dense2, Activation_Softmax()]:
        part.forward(data)
        data = part.output
    return data


@EXERCISE.misconception
def without_the_relu(X, dense1, dense2):
    """The second layer is given numbers that have not been through the ReLU.

    Two dense layers without anything between them are together no more than one: a product of two
    matrices is a matrix.

    Try: hand dense1's output to the ReLU, and the ReLU's output to dense2.
    """
    return softmax(run(dense2, run(dense1, X)))


@EXERCISE.misconception
def without_the_softmax(X, dense1, dense2):
    """What came out is the scores: no softmax has worked on them.

    They are the output of the second layer: there may be negative ones among them, and a row may sum
    to anything.

    Try: run the softmax on dense2's output and return what it stored.
    """
    return run(dense2, relu(run(dense1, X)))


@EXERCISE.misconception
def relu_twice(X, dense1, dense2):
    """There is a ReLU after the second layer as well.

    It cuts the second layer's negative outputs to 0 before softmax can compare them.

    Try: after dense2 comes the softmax, directly.
    """
    return softmax(relu(run(dense2, relu(run(dense1, X)))))


@EXERCISE.misconception
def relu_in_the_wrong_place(X, dense1, dense2):
    """The ReLU stands after the second layer; it belongs after the first.

    Between the layers it lets the network bend; at the end it only takes information away.

    Try: dense1, ReLU, dense2, softmax.
    """
    return softmax(relu(run(dense2, run(dense1, X))))


@EXERCISE.misconception
def softmax_twice(X, dense1, dense2):
    """Softmax was applied twice.

    The second time it flattens the probabilities towards each other.

    Try: apply it once, at the end.
    """
    return softmax(forward_pass(X, dense1, dense2))


@EXERCISE.misconception
def softmax_for_the_relu(X, dense1, dense2):
    """There is a softmax where the ReLU belongs.

    Softmax is for the last layer: it makes the neurons share a sum of 1.

    Try: dense1, ReLU, dense2, softmax.
    """
    return softmax(run(dense2, softmax(run(dense1, X))))


@EXERCISE.misconception
def activations_exchanged(X, dense1, dense2):
    """ReLU and softmax are exchanged.

    The ReLU bends what lies between the layers, the softmax makes probabilities at the end.

    Try: dense1, ReLU, dense2, softmax.
    """
    return relu(run(dense2, softmax(run(dense1, X))))


@EXERCISE.misconception
def relu_of_the_inputs(X, dense1, dense2):
    """The ReLU was applied to X, not to the output of the first layer.

    Each step takes what the step before has stored.

    Try: dense1.forward(X), then the ReLU on dense1.output.
    """
    return softmax(run(dense2, run(dense1, relu(X))))


@EXERCISE.misconception
def second_layer_fed_with_x(X, dense1, dense2):
    """The second layer was given X again.

    Each step takes what the step before has stored; X goes into the first layer only.

    Try: dense2.forward(activation1.output).
    """
    return softmax(X @ dense2.weights + dense2.biases)


@EXERCISE.misconception
def first_layer_twice(X, dense1, dense2):
    """dense1 was used where dense2 belongs.

    Its weights do not fit the outputs of the ReLU.

    Try: check the digits: dense1, activation1, dense2, activation2.
    """
    return softmax(run(dense1, relu(run(dense1, X))))


@EXERCISE.misconception
def second_layer_first(X, dense1, dense2):
    """The two layers are exchanged.

    X has as many columns as dense1 has inputs.

    Try: dense1 first.
    """
    return softmax(run(dense1, relu(run(dense2, X))))


@EXERCISE.misconception
def first_layer_only(X, dense1, dense2):
    """Only the first layer was used.

    The result has as many columns as dense1 has neurons; there should be one for each class.

    Try: go on with dense2 after the ReLU.
    """
    return softmax(relu(run(dense1, X)))


@EXERCISE.misconception
def output_of_the_relu(X, dense1, dense2):
    """The output of the first activation was returned.

    The last step's output is the network's.

    Try: return activation2.output.
    """
    return relu(run(dense1, X))


@EXERCISE.misconception
def first_dense_output(X, dense1, dense2):
    """The output of the first layer was returned.

    The last step's output is the network's.

    Try: return the softmax's output.
    """
    return run(dense1, X)


@EXERCISE.misconception
def classes_returned(X, dense1, dense2):
    """The predicted classes were returned; the probabilities are asked for.

    A class is a number for each sample; asked for is a probability for each class.

    Try: leave out argmax.
    """
    return np.argmax(forward_pass(X, dense1, dense2), axis=1)


@EXERCISE.misconception
def overflowing_softmax(X, dense1, dense2):
    """Right for small outputs, but nan where the second layer's outputs are large.

    What goes into np.exp is not shifted by each row's maximum.

    Try: compare your Activation_Softmax with the one of lesson 6.
    """
    exp_values = np.exp(run(dense2, relu(run(dense1, X))))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@EXERCISE.misconception
def softmax_shifted_by_the_batch_maximum(X, dense1, dense2):
    """Right until one sample's outputs lie far below another's: then its row is nan.

    One maximum, that of the whole batch, was subtracted from all rows.

    Try: np.max(inputs, axis=1, keepdims=True), each row's own maximum.
    """
    values = run(dense2, relu(run(dense1, X)))
    exp_values = np.exp(values - np.max(values))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@EXERCISE.misconception
def softmax_over_everything(X, dense1, dense2):
    """The whole batch sums to 1; each sample should.

    One sum over the whole batch was taken, where each row needs its own.

    Try: np.sum(exp_values, axis=1, keepdims=True).
    """
    values = run(dense2, relu(run(dense1, X)))
    exp_values = np.exp(values - np.max(values))
    return exp_values / np.sum(exp_values)


@EXERCISE.misconception
def softmax_over_everything_shifted_by_rows(X, dense1, dense2):
    """The whole batch sums to 1; each sample should.

    One sum over the whole batch was taken, where each row needs its own.

    Try: np.sum(exp_values, axis=1, keepdims=True).
    """
    values = run(dense2, relu(run(dense1, X)))
    exp_values = np.exp(values - np.max(values, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values)


@EXERCISE.misconception
def softmax_down_the_columns(X, dense1, dense2):
    """The columns sum to 1; the rows should.

    A sum down the columns adds different samples together.

    Try: axis=1 at both np.max and np.sum.
    """
    values = run(dense2, relu(run(dense1, X)))
    exp_values = np.exp(values - np.max(values, axis=0, keepdims=True))
    return exp_values / np.sum(exp_values, axis=0, keepdims=True)


@EXERCISE.misconception
def softmax_without_keepdims(X, dense1, dense2):
    """Sums and rows of the softmax do not line up.

    Sums of the shape (n,) are laid along the columns; a column of them, (n, 1), beside the rows.

    Try: np.sum(exp_values, axis=1, keepdims=True), and the same at np.max.
    """
    values = run(dense2, relu(run(dense1, X)))
    exp_values = np.exp(values - np.max(values, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1)


@EXERCISE.misconception
def without_the_biases(X, dense1, dense2):
    """The biases are left out.

    A layer adds its biases to the product, one for each neuron.

    Try: inputs @ self.weights + self.biases.
    """
    return softmax(relu(X @ dense1.weights) @ dense2.weights)


@EXERCISE.misconception
def absolute_value_for_the_relu(X, dense1, dense2):
    """Negative outputs of the first layer lost their sign; they should become 0.

    What stands between the layers is the absolute value, and no ReLU.

    Try: np.maximum(0, inputs).
    """
    return softmax(run(dense2, np.abs(run(dense1, X))))


@EXERCISE.misconception
def leaky_relu(X, dense1, dense2):
    """Negative outputs of the first layer leave a small rest.

    What stands between the layers is the leaky ReLU. Here a negative number becomes exactly 0.

    Try: np.maximum(0, inputs).
    """
    values = run(dense1, X)
    return softmax(run(dense2, np.where(values > 0, values, 0.01 * values)))


@EXERCISE.misconception
def sigmoid_at_the_end(X, dense1, dense2):
    """There is a sigmoid at the end, not a softmax.

    The sigmoid looks at each number alone; softmax makes the classes share a sum of 1.

    Try: Activation_Softmax as in lesson 6.
    """
    return 1 / (1 + np.exp(-run(dense2, relu(run(dense1, X)))))


@EXERCISE.misconception
def changes_the_layers(X, dense1, dense2):
    """The probabilities are right, but the layers are changed on the way.

    A forward pass only reads weights and biases; it is training that changes them.

    Try: look for an assignment to weights or biases outside of __init__.
    """
    result = forward_pass(X, dense1, dense2)
    dense1.weights, dense2.biases = 2 * dense1.weights, dense2.biases + 1
    return result


@EXERCISE.misconception
def nested_list(X, dense1, dense2):
    """The result is a list; an array is asked for.

    The numbers are right, but a list has no shape and no axes.

    Try: return the softmax's output as it is.
    """
    return forward_pass(X, dense1, dense2).tolist()


recurring(EXERCISE, only=("rounded_to_2", "rounded_to_3", "rounded_to_4"))
