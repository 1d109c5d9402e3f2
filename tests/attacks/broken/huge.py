"""A file of two gigabytes that takes no room on the disk."""

import os


def damage(it):
    it.file.write_bytes(b"{")
    os.truncate(it.file, 2_000_000_000)
