"""Hands in cells of odd text over which highlighters take minutes."""

HONEST, EARNS = True, 2


def damage(it):
    texts = ["(" * 90_000, "'" * 90_000, 'f"{' * 30_000, "\\" * 90_000, "x=" * 45_000, "#" + "[" * 90_000]
    for number, text in enumerate(texts):
        for kind in ("code", "markdown"):
            cell = {"cell_type": kind, "id": f"slow-{number}-{kind}", "metadata": {}, "source": text}
            it.notebook["cells"].append(cell | ({"outputs": [], "execution_count": None} if kind == "code" else {}))
