"""Has lost all metadata, as after some editors."""

HONEST, EARNS = True, 2


def damage(it):
    for cell in it.notebook["cells"]:
        cell["metadata"] = {}
