"""Writes points and flags that are no numbers and no booleans."""

HONEST, EARNS = True, 2


def damage(it):
    it.marks("relu_if").update(points="100", grade="yes", locked=None, solution=[])
    it.marks("relu_max").update(points=float("nan"), schema_version="3", cell_type={}, checksum=5)
