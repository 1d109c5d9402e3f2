"""NaN, infinities and a number of five thousand digits in the metadata."""

import json

HONEST, EARNS = True, 2


def damage(it):
    it.notebook["metadata"]["x"] = [float("nan"), float("inf"), -float("inf")]
    return json.dumps(it.notebook).encode()
