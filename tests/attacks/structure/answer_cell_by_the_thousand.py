"""Hands in its answer cell nine thousand times, the right one first; the last of them counts, and is wrong."""

HONEST, EARNS = True, 1
SAYS = "is there 9001 times"


def damage(it):
    cell = it.cell("relu_if-answer")
    wrong = {**cell, "source": "def relu_if(inputs):\n    return inputs"}
    place = it.place("relu_if-answer")
    it.notebook["cells"][place + 1 : place + 1] = [wrong] * 9_000
