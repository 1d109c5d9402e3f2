"""The steps of a network, as functions: what the lessons' classes store in `output`."""

import numpy as np


def relu(values):
    return np.maximum(0, values)


def softmax(values):
    exp_values = np.exp(values - np.max(values, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


def run(dense, inputs):
    """What a dense layer makes of its inputs."""
    return inputs @ dense.weights + dense.biases
