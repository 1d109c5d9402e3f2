"""Hands in a timestamp that is no time."""

HONEST, EARNS = True, 2


def damage(it):
    (it.folder / "timestamp.txt").write_bytes(b"\xff\xfe now, or <script>alert(1)</script> " * 50)
