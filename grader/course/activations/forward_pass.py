"""Lesson 07: two layers, two activations, and what the network says."""

import numpy as np

from ..exercise import Call, Case, Exercise, Get, Ref, Set, function_case, one_part
from .softmax_sample import rounded_to

FORWARD_PASS = Exercise(
    name="forward_pass",
    lesson="07_forward_pass",
    kind="function",
    parts=one_part(2),
    signature="forward_pass(X, dense1, dense2)",
    reward="Four objects, one after the other, for any number of samples, neurons and classes, also "
    "where the second layer's outputs run into the thousands.",
)
PREDICTIONS = Exercise(
    name="predictions",
    lesson="07_forward_pass",
    kind="function",
    parts=one_part(1),
    signature="predictions(probabilities)",
    reward="One class for each sample: the position of the largest probability in its row.",
)
CONFIDENCES = Exercise(
    name="confidences",
    lesson="07_forward_pass",
    kind="function",
    parts=one_part(1),
    signature="confidences(probabilities)",
    reward="One number for each sample: how much of the whole the chosen class got.",
)

SURE_AND_UNSURE = np.array([[0.22, 0.6, 0.18], [0.32, 0.36, 0.32]])


def network_case(X, weights1, biases1, weights2, biases2):
    """forward_pass on two layers of these weights and biases."""
    return Case(
        (
            Call("Layer_Dense", weights1.shape, to="dense1"),
            Set("dense1.weights", weights1),
            Set("dense1.biases", biases1),
            Call("Layer_Dense", weights2.shape, to="dense2"),
            Set("dense2.weights", weights2),
            Set("dense2.biases", biases2),
            Call("forward_pass", (X, Ref("dense1"), Ref("dense2")), compare="values"),
            *(Get(f"{layer}.{name}") for layer in ("dense1", "dense2") for name in ("weights", "biases")),
        )
    )


@FORWARD_PASS.small_cases
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


@FORWARD_PASS.random_cases
def _(rng):
    for scale in [1.0] * 10 + [25.0] * 3:
        n, n_inputs, n_neurons, n_classes = (int(x) for x in rng.permutation([2, 3, 4, 5, 6])[:4])
        yield network_case(
            rng.normal(0, 1, (n, n_inputs)),
            rng.normal(0, scale, (n_inputs, n_neurons)),
            rng.normal(0, 0.5, (1, n_neurons)),
            rng.normal(0, 0.5 * scale, (n_neurons, n_classes)),
            rng.normal(0, 1, (1, n_classes)),
        )


def probability_cases(name, compare="values"):
    for probabilities in (
        np.array([[0.05, 0.05, 0.1, 0.5, 0.05, 0.05, 0.2]]),
        np.array([[0.7, 0.1, 0.2], [0.1, 0.3, 0.6]]),
        SURE_AND_UNSURE,
        np.array([[0.5, 0.2, 0.3], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4], [0.9, 0.05, 0.05]]),
    ):
        yield Case((Call(name, (probabilities,), compare=compare),))


def draw_probabilities(rng):
    n, k = (int(x) for x in rng.permutation([2, 3, 4, 5, 9])[:2])
    values = np.exp(rng.normal(0, 1, (n, k)))
    return values / values.sum(axis=1, keepdims=True)


@PREDICTIONS.small_cases
def _():
    return probability_cases("predictions", "whole")


@PREDICTIONS.random_cases
def _(rng):
    for _ in range(15):
        yield Case((Call("predictions", (draw_probabilities(rng),), compare="whole"),))


@CONFIDENCES.small_cases
def _():
    return probability_cases("confidences")


@CONFIDENCES.random_cases
def _(rng):
    for _ in range(15):
        yield function_case("confidences", draw_probabilities(rng))


def relu(values):
    return np.maximum(0, values)


def softmax(values):
    exp_values = np.exp(values - np.max(values, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


def run(dense, inputs):
    """What a dense layer makes of its inputs."""
    return inputs @ dense.weights + dense.biases


@FORWARD_PASS.reference
def forward_pass(X, dense1, dense2):
    return softmax(run(dense2, relu(run(dense1, X))))


@PREDICTIONS.reference
def predictions(probabilities):
    return np.argmax(probabilities, axis=1)


@CONFIDENCES.reference
def confidences(probabilities):
    return np.max(probabilities, axis=1)


@FORWARD_PASS.misconception
def without_the_relu(X, dense1, dense2):
    """The ReLU between the two layers is missing.

    Two dense layers without anything between them are together no more than one: a product of two
    matrices is a matrix.

    Try: hand dense1's output to the ReLU, and the ReLU's output to dense2.
    """
    return softmax(run(dense2, run(dense1, X)))


@FORWARD_PASS.misconception
def without_the_softmax(X, dense1, dense2):
    """The softmax at the end is missing.

    These are the raw outputs of the second layer: negative ones among them, and no sum of 1.

    Try: run the softmax on dense2's output and return what it stored.
    """
    return run(dense2, relu(run(dense1, X)))


@FORWARD_PASS.misconception
def relu_twice(X, dense1, dense2):
    """There is a ReLU after the second layer as well.

    It cuts the second layer's negative outputs to 0 before softmax can compare them.

    Try: after dense2 comes the softmax, directly.
    """
    return softmax(relu(run(dense2, relu(run(dense1, X)))))


@FORWARD_PASS.misconception
def relu_in_the_wrong_place(X, dense1, dense2):
    """The ReLU stands after the second layer; it belongs after the first.

    Between the layers it lets the network bend; at the end it only takes information away.

    Try: dense1, ReLU, dense2, softmax.
    """
    return softmax(relu(run(dense2, run(dense1, X))))


@FORWARD_PASS.misconception
def softmax_twice(X, dense1, dense2):
    """Softmax was applied twice.

    The second time it flattens the probabilities towards each other.

    Try: apply it once, at the end.
    """
    return softmax(forward_pass(X, dense1, dense2))


@FORWARD_PASS.misconception
def softmax_for_the_relu(X, dense1, dense2):
    """There is a softmax where the ReLU belongs.

    Softmax is for the last layer: it makes the neurons share a sum of 1.

    Try: dense1, ReLU, dense2, softmax.
    """
    return softmax(run(dense2, softmax(run(dense1, X))))


@FORWARD_PASS.misconception
def activations_exchanged(X, dense1, dense2):
    """ReLU and softmax are exchanged.

    The ReLU bends what lies between the layers, the softmax makes probabilities at the end.

    Try: dense1, ReLU, dense2, softmax.
    """
    return relu(run(dense2, softmax(run(dense1, X))))


@FORWARD_PASS.misconception
def relu_of_the_inputs(X, dense1, dense2):
    """The ReLU was applied to X, not to the output of the first layer.

    Each step takes what the step before has stored.

    Try: dense1.forward(X), then the ReLU on dense1.output.
    """
    return softmax(run(dense2, run(dense1, relu(X))))


@FORWARD_PASS.misconception
def second_layer_fed_with_x(X, dense1, dense2):
    """The second layer was given X again.

    Each step takes what the step before has stored; X goes into the first layer only.

    Try: dense2.forward(activation1.output).
    """
    return softmax(X @ dense2.weights + dense2.biases)


@FORWARD_PASS.misconception
def first_layer_twice(X, dense1, dense2):
    """dense1 was used where dense2 belongs.

    Its weights do not fit the outputs of the ReLU.

    Try: check the digits: dense1, activation1, dense2, activation2.
    """
    return softmax(run(dense1, relu(run(dense1, X))))


@FORWARD_PASS.misconception
def second_layer_first(X, dense1, dense2):
    """The two layers are exchanged.

    X has as many columns as dense1 has inputs.

    Try: dense1 first.
    """
    return softmax(run(dense1, relu(run(dense2, X))))


@FORWARD_PASS.misconception
def first_layer_only(X, dense1, dense2):
    """Only the first layer was used.

    The result has as many columns as dense1 has neurons; there should be one for each class.

    Try: go on with dense2 after the ReLU.
    """
    return softmax(relu(run(dense1, X)))


@FORWARD_PASS.misconception
def output_of_the_relu(X, dense1, dense2):
    """The output of the first activation was returned.

    The last step's output is the network's.

    Try: return activation2.output.
    """
    return relu(run(dense1, X))


@FORWARD_PASS.misconception
def first_dense_output(X, dense1, dense2):
    """The output of the first layer was returned.

    The last step's output is the network's.

    Try: return the softmax's output.
    """
    return run(dense1, X)


@FORWARD_PASS.misconception
def classes_returned(X, dense1, dense2):
    """The predicted classes were returned; the probabilities are asked for.

    Which class is largest is the next exercise.

    Try: leave out argmax.
    """
    return np.argmax(forward_pass(X, dense1, dense2), axis=1)


@FORWARD_PASS.misconception
def overflowing_softmax(X, dense1, dense2):
    """Right for small outputs, but nan where the second layer's outputs are large.

    The softmax of this lesson does not subtract each row's maximum before np.exp.

    Try: compare your Activation_Softmax with the one of lesson 6.
    """
    exp_values = np.exp(run(dense2, relu(run(dense1, X))))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@FORWARD_PASS.misconception
def softmax_shifted_by_the_batch_maximum(X, dense1, dense2):
    """Right until one sample's outputs lie far below another's: then its row is nan.

    The softmax of this lesson subtracts one maximum from the whole batch.

    Try: np.max(inputs, axis=1, keepdims=True), each row's own maximum.
    """
    values = run(dense2, relu(run(dense1, X)))
    exp_values = np.exp(values - np.max(values))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@FORWARD_PASS.misconception
def softmax_over_everything(X, dense1, dense2):
    """The whole batch sums to 1; each sample should.

    The softmax of this lesson has no axis at its sum.

    Try: np.sum(exp_values, axis=1, keepdims=True).
    """
    values = run(dense2, relu(run(dense1, X)))
    exp_values = np.exp(values - np.max(values))
    return exp_values / np.sum(exp_values)


@FORWARD_PASS.misconception
def softmax_over_everything_shifted_by_rows(X, dense1, dense2):
    """The whole batch sums to 1; each sample should.

    The softmax of this lesson has no axis at its sum.

    Try: np.sum(exp_values, axis=1, keepdims=True).
    """
    values = run(dense2, relu(run(dense1, X)))
    exp_values = np.exp(values - np.max(values, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values)


@FORWARD_PASS.misconception
def softmax_down_the_columns(X, dense1, dense2):
    """The columns sum to 1; the rows should.

    The softmax of this lesson uses axis=0, which runs through the samples.

    Try: axis=1 at both np.max and np.sum.
    """
    values = run(dense2, relu(run(dense1, X)))
    exp_values = np.exp(values - np.max(values, axis=0, keepdims=True))
    return exp_values / np.sum(exp_values, axis=0, keepdims=True)


@FORWARD_PASS.misconception
def softmax_without_keepdims(X, dense1, dense2):
    """The softmax of this lesson lacks keepdims=True, so sums and rows do not line up.

    Without it the sums have the shape (n,), and NumPy lays them along the columns.

    Try: np.sum(exp_values, axis=1, keepdims=True), and the same at np.max.
    """
    values = run(dense2, relu(run(dense1, X)))
    exp_values = np.exp(values - np.max(values, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1)


@FORWARD_PASS.misconception
def without_the_biases(X, dense1, dense2):
    """The biases are left out.

    The Layer_Dense of this lesson has them, and forward does not add them.

    Try: inputs @ self.weights + self.biases.
    """
    return softmax(relu(X @ dense1.weights) @ dense2.weights)


@FORWARD_PASS.misconception
def absolute_value_for_the_relu(X, dense1, dense2):
    """Negative outputs of the first layer lost their sign; they should become 0.

    The ReLU of this lesson is the absolute value.

    Try: np.maximum(0, inputs).
    """
    return softmax(run(dense2, np.abs(run(dense1, X))))


@FORWARD_PASS.misconception
def leaky_relu(X, dense1, dense2):
    """Negative outputs of the first layer leave a small rest.

    The ReLU of this lesson is the leaky one. Here a negative number becomes exactly 0.

    Try: np.maximum(0, inputs).
    """
    values = run(dense1, X)
    return softmax(run(dense2, np.where(values > 0, values, 0.01 * values)))


@FORWARD_PASS.misconception
def sigmoid_at_the_end(X, dense1, dense2):
    """There is a sigmoid at the end, not a softmax.

    The sigmoid looks at each number alone; softmax makes the classes share a sum of 1.

    Try: Activation_Softmax as in lesson 6.
    """
    return 1 / (1 + np.exp(-run(dense2, relu(run(dense1, X)))))


@FORWARD_PASS.misconception
def changes_the_layers(X, dense1, dense2):
    """The probabilities are right, but the layers are changed on the way.

    A forward pass only reads weights and biases; it is training that changes them.

    Try: look for an assignment to weights or biases outside of __init__.
    """
    result = forward_pass(X, dense1, dense2)
    dense1.weights, dense2.biases = 2 * dense1.weights, dense2.biases + 1
    return result


@FORWARD_PASS.misconception
def nested_list(X, dense1, dense2):
    """The result is a list; an array is asked for.

    The numbers are right, but a list has no shape and no axes.

    Try: return the softmax's output as it is.
    """
    return forward_pass(X, dense1, dense2).tolist()


for _digits in (2, 3, 4):
    FORWARD_PASS.misconception(rounded_to(_digits, forward_pass))


@PREDICTIONS.misconception
def down_the_columns(probabilities):
    """argmax looked down the columns: which sample is strongest for each class.

    The axis you name is the one that disappears; each sample is a row and wants one class.

    Try: axis=1.
    """
    return np.argmax(probabilities, axis=0)


@PREDICTIONS.misconception
def down_the_columns_kept(probabilities):
    """argmax looked down the columns: which sample is strongest for each class.

    The axis you name is the one that disappears; each sample is a row and wants one class.

    Try: axis=1.
    """
    return np.argmax(probabilities, axis=0, keepdims=True)


@PREDICTIONS.misconception
def one_position_for_all(probabilities):
    """One position came out, for the whole batch.

    Without an axis np.argmax flattens the batch and finds its one largest number.

    Try: axis=1.
    """
    return np.argmax(probabilities)


@PREDICTIONS.misconception
def value_not_position(probabilities):
    """These are the largest probabilities, not their classes.

    np.max says how large, np.argmax says where.

    Try: np.argmax.
    """
    return np.max(probabilities, axis=1)


@PREDICTIONS.misconception
def smallest(probabilities):
    """These are the least likely classes.

    np.argmin finds the smallest number of each row; also argsort begins with the smallest.

    Try: np.argmax.
    """
    return np.argmin(probabilities, axis=1)


@PREDICTIONS.misconception
def counted_from_one(probabilities):
    """The classes are counted from 1; they start at 0.

    An index of k would point behind the last of k classes.

    Try: leave out the + 1.
    """
    return np.argmax(probabilities, axis=1) + 1


@PREDICTIONS.misconception
def kept_as_a_column(probabilities):
    """The classes are right, but they stand in a column, (n, 1).

    Here one flat row of class indices, (n,), is asked for.

    Try: leave out keepdims=True.
    """
    return np.argmax(probabilities, axis=1)[:, None]


@PREDICTIONS.misconception
def one_hot(probabilities):
    """The result marks the class of each sample with a 1 in a row of zeros.

    That is called one-hot. Here the index of the class is asked for, one number for each sample.

    Try: np.argmax(..., axis=1).
    """
    return (probabilities == probabilities.max(axis=1, keepdims=True)).astype(int)


@PREDICTIONS.misconception
def rounded_probabilities(probabilities):
    """The probabilities are rounded to 0 and 1.

    With three classes the largest may well be below one half, and rounds to 0.

    Try: np.argmax(..., axis=1).
    """
    return np.round(probabilities)


@PREDICTIONS.misconception
def above_one_half(probabilities):
    """The result says which probabilities are above one half.

    With three classes the largest may be 0.36. What counts is which is the largest.

    Try: np.argmax(..., axis=1).
    """
    return probabilities > 0.5


@PREDICTIONS.misconception
def first_sample_only(probabilities):
    """Only the first sample got a class.

    Each row is a sample, and each wants one.

    Try: np.argmax(probabilities, axis=1).
    """
    return np.argmax(probabilities[0])


@PREDICTIONS.misconception
def ranks(probabilities):
    """The result ranks all classes of each sample.

    np.argsort sorts them all; here only the first place is asked for.

    Try: np.argmax(..., axis=1).
    """
    return np.argsort(probabilities, axis=1)


@PREDICTIONS.misconception
def both_coordinates(probabilities):
    """Rows and columns came out together.

    np.where and np.argwhere name row and column of each hit; here the column alone is asked for.

    Try: np.argmax(..., axis=1).
    """
    return np.argwhere(probabilities == probabilities.max(axis=1, keepdims=True))


@PREDICTIONS.misconception
def list_of_classes(probabilities):
    """The classes are right, but they stand in a list.

    Here an array of shape (n,) is asked for; the accuracy will be computed from it.

    Try: np.argmax(probabilities, axis=1), or np.array around the list.
    """
    return np.argmax(probabilities, axis=1).tolist()


@CONFIDENCES.misconception
def columns_instead(probabilities):
    """These are the largest numbers of the columns.

    The axis you name is the one that disappears; each sample is a row.

    Try: axis=1.
    """
    return np.max(probabilities, axis=0)


@CONFIDENCES.misconception
def columns_kept(probabilities):
    """These are the largest numbers of the columns.

    The axis you name is the one that disappears; each sample is a row.

    Try: axis=1.
    """
    return np.max(probabilities, axis=0, keepdims=True)


@CONFIDENCES.misconception
def doubt(probabilities):
    """This is 1 minus the confidence: the probability that the choice is wrong.

    The confidence is the probability of the class that was chosen.

    Try: leave out the 1 -.
    """
    return 1 - np.max(probabilities, axis=1)


@CONFIDENCES.misconception
def logarithm(probabilities):
    """These are logarithms of the confidences.

    The negative logarithm will be the loss, after this chapter. Here the probability itself is
    asked for.

    Try: leave out np.log.
    """
    return -np.log(np.max(probabilities, axis=1))


@CONFIDENCES.misconception
def one_for_the_batch(probabilities):
    """One number came out: the largest of the whole batch.

    Each sample has a confidence of its own.

    Try: axis=1.
    """
    return np.max(probabilities)


@CONFIDENCES.misconception
def position_not_value(probabilities):
    """These are the classes, not their probabilities.

    np.argmax says where the largest number stands, np.max says what it is.

    Try: np.max, or use the classes as an index.
    """
    return np.argmax(probabilities, axis=1)


@CONFIDENCES.misconception
def smallest_probability(probabilities):
    """These are the smallest probabilities.

    The confidence is the probability of the class that was chosen, the largest.

    Try: np.max.
    """
    return np.min(probabilities, axis=1)


@CONFIDENCES.misconception
def standing_in_a_column(probabilities):
    """The numbers are right, but they stand in a column, (n, 1).

    Here one flat row, (n,), is asked for.

    Try: leave out keepdims=True.
    """
    return np.max(probabilities, axis=1, keepdims=True)


@CONFIDENCES.misconception
def whole_columns_picked(probabilities):
    """Too much was picked: whole columns instead of one number for each sample.

    probabilities[:, classes] takes all rows for every class. To walk along both at once, both
    indices are needed.

    Try: probabilities[np.arange(len(probabilities)), classes].
    """
    return probabilities[:, np.argmax(probabilities, axis=1)]


@CONFIDENCES.misconception
def rows_picked(probabilities):
    """Whole rows were picked by class index.

    probabilities[classes] takes the classes for row numbers.

    Try: probabilities[np.arange(len(probabilities)), classes].
    """
    return probabilities[np.argmax(probabilities, axis=1)]


@CONFIDENCES.misconception
def mean_probability(probabilities):
    """These are the means of the rows, which are always 1 divided by the number of classes.

    The confidence is the probability of the class that was chosen.

    Try: np.max.
    """
    return np.mean(probabilities, axis=1)


@CONFIDENCES.misconception
def sum_of_the_row(probabilities):
    """These are the sums of the rows, which are always 1.

    The confidence is the probability of the class that was chosen.

    Try: np.max.
    """
    return np.sum(probabilities, axis=1)


@CONFIDENCES.misconception
def lead_over_the_second(probabilities):
    """This is the lead over the second-best class.

    That is a useful number too; the confidence is the probability of the best one itself.

    Try: np.max(probabilities, axis=1).
    """
    ordered = np.sort(probabilities, axis=1)
    return ordered[:, -1] - ordered[:, -2]


@CONFIDENCES.misconception
def in_percent(probabilities):
    """These are percentages.

    A probability lies between 0 and 1.

    Try: leave out the factor 100.
    """
    return 100 * np.max(probabilities, axis=1)


@CONFIDENCES.misconception
def softmax_again(probabilities):
    """Softmax was applied again.

    What comes in here are probabilities already.

    Try: only look for the largest of each row.
    """
    return np.max(softmax(probabilities), axis=1)


@CONFIDENCES.misconception
def list_of_numbers(probabilities):
    """The numbers are right, but they stand in a list.

    Here an array of shape (n,) is asked for.

    Try: np.max(probabilities, axis=1), or np.array around the list.
    """
    return np.max(probabilities, axis=1).tolist()


for _digits in (1, 2):
    CONFIDENCES.misconception(rounded_to(_digits, confidences))
