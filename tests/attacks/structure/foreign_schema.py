"""Claims an older and a far newer version of nbgrader's metadata."""

HONEST, EARNS = True, 2


def damage(it):
    it.marks("relu_if")["schema_version"] = 1
    it.marks("relu_max")["schema_version"] = 99
    it.notebook["metadata"]["nbgrader"] = {"schema_version": 7}
