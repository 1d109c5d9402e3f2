"""Hands in a link to another student's whole folder."""

import shutil


def damage(it):
    shutil.rmtree(it.folder)
    it.folder.symlink_to(it.neighbour)
    return b""
