"""Hands in a link to a device that never ends, as notebook and as data."""


def damage(it):
    it.file.symlink_to("/dev/zero")
    (it.folder / "data.bin").symlink_to("/dev/zero")
