"""The contract once more, with comparison of its own: is an answer right on arguments that are drawn?"""

import copy
from collections.abc import Callable

import numpy as np
import scipy.special


def same(got, right) -> bool:
    """Whether a result has the form and the numbers of the right one."""
    if not isinstance(got, type(right)):
        return False
    got, right = np.asarray(got), np.asarray(right)
    if got.shape != right.shape or got.dtype.kind not in "iuf":
        return False
    limit = 1e-10 * np.max(np.abs(right), initial=0)
    return bool(np.allclose(got.astype(float), right, rtol=1e-7, atol=limit))


def of_function(name: str, draw: Callable, right: Callable, kinds: str = "iuf") -> Callable:
    """The function `name` gives what `right` gives, in a dtype of these kinds, and keeps its argument."""

    def is_right(names: dict, rng) -> bool:
        argument = draw(rng)
        before = copy.deepcopy(argument)
        got = names[name](argument)
        return same(got, right(before)) and np.asarray(got).dtype.kind in kinds and same(argument, before)

    return is_right


def of_activation(name: str, draw: Callable, right: Callable) -> Callable:
    """Objects of the class `name` store what `right` gives, each its own, and keep what forward is given."""

    def is_right(names: dict, rng) -> bool:
        inputs = [draw(rng) for _ in range(3)]
        before = copy.deepcopy(inputs)
        first, second = (names[name]() for _ in range(2))
        first.forward(inputs[0])
        second.forward(inputs[1])
        outputs = [first.output, second.output]
        first.forward(inputs[2])
        outputs.append(first.output)
        return all(map(same, outputs, map(right, before))) and all(map(same, inputs, before))

    return is_right


def of_rows(function: Callable) -> Callable:
    return lambda values: np.array([function(row) for row in values.tolist()])


def softmax(values: np.ndarray) -> np.ndarray:
    return scipy.special.softmax(values, axis=-1)


def relu_list(values: list) -> list:
    return [value if value > 0 else 0 for value in values]


def relu(values: np.ndarray) -> np.ndarray:
    return np.array(relu_list(values.ravel().tolist())).reshape(values.shape)


def stored(activation_class: type, inputs):
    """What an object of this class stores."""
    activation = activation_class()
    activation.forward(inputs)
    return activation.output


def close(got, expected) -> bool:
    """Equal to the last digits, in the very shape."""
    return np.shape(got) == np.shape(expected) and np.allclose(got, expected, rtol=1e-12, atol=1e-12)
