"""Hands in folders beside its notebook that hold links to the class directory."""

HONEST, EARNS = True, 2


def damage(it):
    (it.folder / "data").mkdir()
    (it.folder / "data" / "course").symlink_to(it.world.course)
    (it.folder / "data" / "notes.txt").symlink_to(it.world.course / "notes.txt")
