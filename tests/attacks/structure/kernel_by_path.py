"""Asks for a kernel by a name that is a path, and for one that is a list."""

HONEST, EARNS = True, 2


def damage(it):
    it.notebook["metadata"]["kernelspec"] = {
        "name": "../../../../tmp/evil",
        "display_name": ["x"],
        "language": 7,
    }
