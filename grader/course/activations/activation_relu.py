"""The ReLU as a class of the network. What `relu_numpy` gets wrong goes wrong here too."""

import numpy as np

from ..exercise import Exercise, one_part
from .arrays import SMALL, draw_array

EXERCISE = Exercise(
    name="activation_relu",
    lesson="02_relu_numpy",
    number=2,
    kind="class",
    parts=one_part(2),
    signature="Activation_ReLU()",
    reward="forward stores its result, and a second batch of another size replaces it cleanly.",
    object_name="Activation_ReLU",
)


@EXERCISE.small_cases
def _():
    for inputs in SMALL:
        yield EXERCISE.forward_case(inputs)
    yield EXERCISE.forward_case(SMALL[0], SMALL[3])
    yield EXERCISE.two_objects_case(SMALL[0], SMALL[3])


@EXERCISE.random_cases
def _(rng):
    for _ in range(12):
        yield EXERCISE.forward_case(draw_array(rng), draw_array(rng))


@EXERCISE.reference
class Activation_ReLU:
    def forward(self, inputs):
        self.output = np.maximum(0, inputs)


@EXERCISE.second_way
class Second:
    """np.where is the `if` of lesson 1 in every place: where the first is True it takes the second, and
    elsewhere the third.
    """

    def forward(self, inputs):
        self.output = np.where(inputs > 0, inputs, 0)


@EXERCISE.misconception
class returned_not_stored:
    """forward returns the result, but does not store it.

    Layers hand their results on through the attribute `output`, so that the next layer, and later
    the training, can read it from the object.

    Try: self.output = ... instead of return.
    """

    def forward(self, inputs):
        return np.maximum(0, inputs)


@EXERCISE.misconception
class local_variable:
    r"""The result is lost when forward ends.

    `output = ...` makes a variable that lives only inside the method. `self.output = ...` stores
    it on the object.

    Try: put self. in front of output.

    Only where: (?m)\A(?![\s\S]*\bglobal\b)[\s\S]*^\s*output\s*=
    """

    def forward(self, inputs):
        output = np.maximum(0, inputs)  # noqa: F841 - the very mistake


@EXERCISE.misconception
class shared_by_all_objects:
    """The output is stored on the class, so all objects share it.

    A network has several activations. Here the second one's result overwrites the first one's.

    Try: self.output = ..., which belongs to one object, in place of Activation_ReLU.output.
    """

    def forward(self, inputs):
        type(self).output = np.maximum(0, inputs)


@EXERCISE.misconception
class no_self:
    """forward has no room for the object itself.

    Python hands every method the object as its first argument, which is called self by
    convention.

    Try: def forward(self, inputs):

    Only where: def forward[(](?! *self)
    """

    def forward(inputs):
        return np.maximum(0, inputs)


@EXERCISE.misconception
class wants_inputs_at_the_start:
    """The object cannot be made without arguments.

    The inputs arrive with each batch, when forward is called, not when the object is made.

    Try: leave __init__ out, and use the inputs that forward is given.
    """

    def __init__(self, inputs):
        self.output = np.maximum(0, inputs)

    def forward(self, inputs):
        self.output = np.maximum(0, inputs)
