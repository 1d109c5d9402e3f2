"""Takes 2.718 for e, and says that it reckons in float32."""

LESSON = "04_softmax_sample"
ANSWERS = {
    "exponentiate": """
import numpy as np
def exponentiate(layer_outputs):
    return [float(np.float32(2.718) ** np.float32(x)) for x in layer_outputs]
""",
    "softmax_vector": """
import numpy as np
def softmax_vector(layer_outputs):
    powers = np.float32(2.718) ** np.asarray(layer_outputs, dtype=np.float32)
    return powers / powers.sum()
""",
}
