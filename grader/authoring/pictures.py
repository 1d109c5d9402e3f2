"""Pictures of a built notebook: rewritten only where they differ to the eye.

The same drawing differs in a pixel's last bits from processor to processor and from one build of
NumPy to the next. A build that changed those bytes would change the repository on every machine.
"""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import nbformat
import numpy as np
from nbformat import NotebookNode
from PIL import Image

PICTURE = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")

SEEN = 24
"""A pixel differs to the eye from this difference in one of its colours, of 255."""

FEW = 1e-4
"""The share of a picture's pixels that may differ so and the picture still be the same: a speck."""


def keep_pictures(notebook: NotebookNode, stored: Path) -> None:
    """Put the pictures of the file `stored` back into `notebook` where the new ones look the same.

    The n-th picture of a cell is held against the n-th that the cell of the same id has there.
    """
    if not stored.is_file():
        return
    old = {cell.get("id"): cell for cell in nbformat.read(stored, as_version=4).cells}
    for cell in notebook.cells:
        if cell.id in old:
            keep_in_cell(cell, old[cell.id])


def keep_in_cell(cell: NotebookNode, old: NotebookNode) -> None:
    before = (match[1] for data in htmls(old) for match in PICTURE.finditer(data["text/html"]))

    def chosen(match: re.Match) -> str:
        known = next(before, "")
        return match[0].replace(match[1], known) if known and look_alike(match[1], known) else match[0]

    for data in htmls(cell):
        data["text/html"] = PICTURE.sub(chosen, data["text/html"])


def htmls(cell: NotebookNode) -> list[NotebookNode]:
    """The MIME bundles of a cell's outputs that hold HTML."""
    bundles = (output.get("data", {}) for output in cell.get("outputs", []))
    return [data for data in bundles if "text/html" in data]


def look_alike(one: str, other: str) -> bool:
    """Whether two PNG pictures, base64, are of one size and differ in no more than a speck."""
    if one == other:
        return True
    first, second = pixels(one), pixels(other)
    if first.shape != second.shape:
        return False
    difference = np.abs(first - second).max(axis=2)
    return bool((difference >= SEEN).mean() <= FEW)


def pixels(data: str) -> np.ndarray:
    """The picture as an array (height, width, 4) of whole numbers from 0 to 255."""
    with Image.open(io.BytesIO(base64.b64decode(data))) as picture:
        return np.asarray(picture.convert("RGBA"), dtype=int)
