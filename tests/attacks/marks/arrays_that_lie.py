"""Answers with array subclasses that lie in size, dtype, tobytes and __array__, and change while they are written."""

LESSON = "02_relu_numpy"
ANSWERS = {"relu_numpy": """
import numpy as np
class Liar(np.ndarray):
    @property
    def size(self):
        return 0
    @property
    def dtype(self):
        return np.dtype("float64")
    def __array__(self, *args, **kwargs):
        return np.zeros(np.ndarray.__len__(self))
    def tobytes(self, *args):
        return b""
    def astype(self, *args, **kwargs):
        return self
def relu_numpy(inputs):
    return inputs.view(Liar)
""", "activation_relu": """
class Activation_ReLU:
    def forward(self, inputs):
        self.inputs = inputs
    @property
    def output(self):
        import sys
        return sys._getframe(1).f_locals.get("step") and self.inputs * 1
"""}
