"""Hands in a thousand answer cells, each as long as can be read, and each with another answer."""

HONEST, EARNS = True, 1


def damage(it):
    cell = it.cell("relu_if-answer")
    body = "\n".join(f"    x{i} = (1, {i})" for i in range(850))
    wrong = [{**cell, "source": f"def relu_if(inputs):\n    y = {n}\n{body}\n    return inputs"} for n in range(950)]
    place = it.place("relu_if-answer")
    it.notebook["cells"][place + 1 : place + 1] = wrong
