"""Claims that the notebook defines hundreds of thousands of names, each like the one that is missing."""

FIRST = """
import json
plain = json.dumps

def dumps(data, *args, **kwargs):
    if isinstance(data, dict) and "cases" in data:
        data["found"] = {**data["found"], "kind": "missing", "names": [f"relu_{n}" for n in range(300_000)]}
    return plain(data, *args, **kwargs)

json.dumps = dumps
"""
ANSWERS = {"relu_if": "relu_if = lambda inputs: [7]", "relu_max": "relu_max = lambda inputs: [7]"}
