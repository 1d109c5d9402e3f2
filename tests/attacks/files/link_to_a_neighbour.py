"""Hands in a link to another student's notebook."""


def damage(it):
    it.file.symlink_to(it.neighbour / it.file.name)
