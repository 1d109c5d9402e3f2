"""Adds thousands of cells."""

HONEST, EARNS = True, 2


def damage(it):
    cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": "x = 1"}
    it.notebook["cells"] += [{**cell, "id": f"c{i}"} for i in range(3000)]
