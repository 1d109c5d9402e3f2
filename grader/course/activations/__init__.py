"""The chapter *activation functions*: its exercises, in the order in which a student meets them."""

from ..chapter import Chapter
from . import (
    dense_layer,
    forward_pass,
    relu_loop,
    relu_numpy,
    softmax_batch,
    softmax_overflow,
    softmax_sample,
)

CHAPTER = Chapter(
    "activations",
    "Activation functions",
    (
        relu_loop.RELU_IF,
        relu_loop.RELU_MAX,
        relu_numpy.RELU_NUMPY,
        relu_numpy.ACTIVATION_RELU,
        dense_layer.LAYER_DENSE,
        softmax_sample.EXPONENTIATE,
        softmax_sample.NORMALIZE,
        softmax_sample.SOFTMAX_VECTOR,
        softmax_batch.ROW_SUMS,
        softmax_batch.SOFTMAX_BATCH,
        softmax_overflow.SHIFT_ROWS,
        softmax_overflow.ACTIVATION_SOFTMAX,
        forward_pass.FORWARD_PASS,
        forward_pass.PREDICTIONS,
        forward_pass.CONFIDENCES,
    ),
)
