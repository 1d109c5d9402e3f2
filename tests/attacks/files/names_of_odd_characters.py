"""Hands in files whose names hold quotes, markup, line ends and bytes that are no text."""

import os

HONEST, EARNS = True, 2


def damage(it):
    for name in (b"<script>alert(1)<", b"a\nb.ipynb", b"\xff\xfe.txt", b"*?[x].ipynb", b"$(touch x).csv"):
        with open(os.path.join(os.fsencode(it.folder), name), "wb") as file:
            file.write(b"x")
