"""Adds two hundred cells of a hundred thousand characters, each of which a page spells with five."""

HONEST, EARNS = True, 2
SAYS = r"Only the first \d of 200 added or changed cells were kept"


def damage(it):
    for number in range(200):
        cell = {"cell_type": "markdown", "id": f"more-{number}", "metadata": {}, "source": f"{number}" + "'" * 90_000}
        it.notebook["cells"].append(cell)
