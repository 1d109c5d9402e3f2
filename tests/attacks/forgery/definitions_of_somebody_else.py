"""Claims that another text is its answer, with markup, braces and orders to a terminal in every part of it."""

HONEST, EARNS = True, 1
FIRST = """
import json
plain = json.dumps
BAD = "<script>alert(1)</script>{0}{old}{__class__}\\\\x1b[2J[red]*x*`$$"

def dumps(data, *args, **kwargs):
    if isinstance(data, dict) and "walk" in data:
        text = "def relu_if(inputs):\\\\n    output = []\\\\n    for number in inputs:\\\\n" \\
            "        output.append(max(0, number))\\\\n        return output  # " + BAD
        data = {"definitions": [{"name": BAD, "text": text, "lineno": 1}] * 8, "modules": {BAD: BAD, "np": "numpy"},
                "classes": [BAD] * 200, "functions": [BAD] * 300, "borrowed": {BAD: BAD},
                "walk": [{"lineno": 1, "line": BAD, "made": [[BAD, BAD], ["stops", BAD], ["return", BAD]]}] * 30}
    return plain(data, *args, **kwargs)

json.dumps = dumps
"""
ANSWERS = {
    "relu_if": "def relu_if(inputs):\n    output = []\n    for number in inputs:\n"
    "        output.append(max(0, number))\n        return output"
}
