"""Adds cells of empty lines: who looks for what begins a line may go through all of them from each of them."""

HONEST, EARNS = True, 2


def damage(it):
    for number in range(3):
        text = "x = 1" + "\n" * 99_000 + "x = 2"
        cell = {"cell_type": "code", "id": f"empty-{number}", "metadata": {}, "outputs": []}
        it.notebook["cells"].append(cell | {"execution_count": None, "source": text})
