"""An empty file."""


def damage(it):
    it.file.write_bytes(b"")
