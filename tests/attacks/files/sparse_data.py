"""Hands in data files of terabytes that take no room on the disk."""

HONEST, EARNS = True, 2


def damage(it):
    for number, size in enumerate((10**12, 10**9, 20_000_001, 19_000_000, 19_000_000)):
        with open(it.folder / f"data-{number}.csv", "wb") as file:
            file.truncate(size)
