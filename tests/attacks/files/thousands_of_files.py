"""Hands in thousands of data files, notebooks of other names, copies and folders."""

HONEST, EARNS = True, 2
SAYS = r"and \d+ more were not used: there are more than \d+ files"


def damage(it):
    for number in range(3000):
        (it.folder / f"{number}.csv").write_bytes(b"1,2\n" * 100)
        (it.folder / f"my {number}.ipynb").touch()
        (it.folder / f"02_relu_numpy ({number}).ipynb").touch()
