"""Hands in a link to the grader's notes as its timestamp."""

HONEST, EARNS = True, 2


def damage(it):
    (it.folder / "timestamp.txt").symlink_to(it.world.course / "notes.txt")
