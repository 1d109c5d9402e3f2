"""Puts files beside the notebook whose names are as long as a disk takes, in signs of three bytes."""

HONEST, EARNS = True, 2


def damage(it):
    for number in range(20):
        (it.folder / (chr(0x6F22 + number) * 83 + ".csv")).write_text("1")
        (it.folder / (chr(0x6F22 + number) * 82 + ".ipynb")).write_text("{}")
    (it.folder / ("01_relu_loop-Copy1" * 14)).write_text("1")
    (it.folder / "a\u202e\u2066\u0000x.csv".replace("\0", "\x01")).write_text("1")
