"""Adds cells with thousands of functions, classes and names: tables of them are slow to look through."""

HONEST, EARNS = True, 2


def damage(it):
    lines = (lambda n: f"def f{n}(): pass", lambda n: f"class A{n}: x = f{n}")
    for number, line in enumerate(lines):
        text = "\n".join(map(line, range(4_800)))[:99_000].rpartition("\n")[0]
        cell = {"cell_type": "code", "id": f"names-{number}", "metadata": {}, "outputs": []}
        it.notebook["cells"].append(cell | {"execution_count": None, "source": text})
