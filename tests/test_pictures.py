"""A picture is rewritten only where it differs to the eye."""

import base64
import io

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image

from grader.authoring.pictures import SEEN, keep_pictures, look_alike

CURVE = np.full((120, 200, 3), 250, np.uint8)
CURVE[40:44] = (0, 90, 160)


def png(pixels):
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "png")
    return base64.b64encode(buffer.getvalue()).decode()


def changed(height, width, by):
    """The curve with a block of this size darker by so much."""
    pixels = CURVE.copy()
    pixels[:height, :width] -= np.uint8(by)
    return pixels


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (CURVE, True),
        (changed(1, 1, 200), True),  # one pixel, as another processor draws it
        (changed(40, 200, SEEN - 1), True),
        (changed(4, 8, 200), False),  # a tick mark
        (changed(40, 200, SEEN), False),
        (CURVE[:-1], False),
    ],
)
def test_what_looks_alike(other, alike):
    assert look_alike(png(CURVE), png(other)) is alike


def notebook(*pictures):
    outputs = [
        new_output("display_data", {"text/html": f'<img src="data:image/png;base64,{png(p)}" alt="A.">'})
        for p in pictures
    ]
    return new_notebook(cells=[new_code_cell("show(fig, 'A.')", id="figure-1", outputs=outputs)])


def test_a_picture_that_looks_the_same_keeps_its_bytes_and_another_is_new(tmp_path):
    stored, speck, other = tmp_path / "01.ipynb", changed(1, 1, 90), changed(40, 100, 90)
    before = notebook(CURVE, CURVE)
    nbformat.write(before, stored)
    built = notebook(speck, other)
    keep_pictures(built, stored)
    first, second = (output.data["text/html"] for output in built.cells[0].outputs)
    assert first == before.cells[0].outputs[0].data["text/html"]
    assert png(other) in second and png(speck) != png(CURVE)


def test_where_nothing_is_stored_all_is_new(tmp_path):
    built = notebook(CURVE)
    keep_pictures(built, tmp_path / "01.ipynb")
    assert built == notebook(CURVE)
