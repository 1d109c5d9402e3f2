"""Unlocks the check cells in their metadata and empties them."""


def damage(it):
    for name in ("relu_if", "relu_max"):
        it.marks(name).update(locked=False, solution=True)
        it.cell(name)["source"] = "1.0"
