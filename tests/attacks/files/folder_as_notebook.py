"""Hands in a folder under the notebook's name, with folders and links in it."""

HONEST = False


def damage(it):
    (it.file / "deep" / "deeper").mkdir(parents=True)
    (it.file / "loop").symlink_to("..")
