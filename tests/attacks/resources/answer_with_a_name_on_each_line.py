"""Answers wrongly in hundreds of lines, each with a name of its own: small changes of it are without number."""

HONEST, EARNS = True, 1
ANSWERS = {
    "relu_if": "def relu_if(inputs):\n"
    + "".join(f"    y{n} = inputs + [{n}]\n" for n in range(200))
    + "    return inputs"
}
