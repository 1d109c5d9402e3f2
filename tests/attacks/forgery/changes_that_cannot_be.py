"""Sends records that report changes of arguments no step has, to make the judge stumble."""

LESSON = "02_relu_numpy"
FIRST = """
import json
plain = json.dumps

def dumps(data, *args, **kwargs):
    if isinstance(data, dict) and "cases" in data:
        for case in data["cases"]:
            for seen in case["seen"]:
                seen["changed"] = {"99": 1, "-5": None, "0": {"other": "x"}}
    return plain(data, *args, **kwargs)

json.dumps = dumps
"""
ANSWERS = {
    "relu_numpy": "relu_numpy = lambda inputs: np.maximum(0, inputs)",
    "activation_relu": """
class Activation_ReLU:
    def forward(self, inputs):
        self.output = np.maximum(0, inputs)
""",
}
