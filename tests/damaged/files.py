"""Files that hold no notebook, or hold it in an unusual way or another format."""

from __future__ import annotations

import json

from .damage import ODD, Damage, odd, unreadable
from .notebook import RIGHT, as_bytes, cell, set_text, text_of

# Files that hold no notebook.


for _name, _note, _content in (
    ("empty_file", "is empty", b""),
    ("white_space", "is empty", b" \r\n\t\n "),
    ("byte_order_mark_alone", "is empty", b"\xef\xbb\xbf"),
    ("zeros_after_a_crash", "is empty", bytes(4096)),
    ("json_list", "not a notebook", b"[1, 2]"),
    ("json_number", "not a notebook", b"12"),
    ("json_string", "not a notebook", b'"cells"'),
    ("json_null", "not a notebook", b"null"),
    ("json_true", "not a notebook", b"true"),
    ("json_nan", "not a notebook", b"NaN"),
    ("empty_object", "no list of cells", b"{}"),
    ("bomb_of_lists", "nested more deeply", b"[" * 200_000),
    ("bomb_of_objects", "nested more deeply", b'{"cells":' * 200_000),
    (
        "bomb_in_a_cell",
        "nested more deeply",
        b'{"nbformat": 4, "cells": [{"source": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]}",
    ),
    ("number_without_end", "thousands of digits", b'{"nbformat": ' + b"4" * 50_000 + b', "cells": []}'),
    ("web_page", "looks like a web page", b"<!DOCTYPE html>\n<html><body>Sign in</body></html>"),
    ("picture", "not valid JSON", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xfe" * 50),
    ("half_of_utf_16", "not valid JSON", '{"cells": ['.encode("utf-16")[:-3]),
):
    unreadable(_name, _note, lambda notebook, content=_content: content)

for _name, _value in (
    ("null", None),
    ("number", 3),
    ("text", "import numpy"),
    ("object", {"0": {}}),
    ("true", True),
):
    unreadable(f"cells_are_{_name}", "no list of cells", lambda n, value=_value: {**n, "cells": value})

unreadable("cells_are_missing", "no list of cells", lambda n: {k: n[k] for k in n if k != "cells"})

unreadable(
    "worksheets_are_a_number",
    "no list of cells",
    lambda n: {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": 5},
)

unreadable("cut_off", r"not valid JSON \(line \d+: .*cut off", lambda n: as_bytes(n)[: len(as_bytes(n)) // 2])

unreadable("two_notebooks_in_one_file", "Extra data", lambda n: as_bytes(n) * 2)

unreadable(
    "git_conflict",
    "conflict markers",
    lambda n: as_bytes(n).replace(
        b'   "source": [\n', b'<<<<<<< HEAD\n   "source": [\n=======\n   "source": [\n>>>>>>> theirs\n', 1
    ),
)


# Files that hold it in an unusual way.


@odd()
def byte_order_mark(notebook):
    return b"\xef\xbb\xbf" + as_bytes(notebook)


@odd("UTF-16")
def utf_16(notebook):
    return as_bytes(notebook).decode().encode("utf-16")


@odd("UTF-16-LE")
def utf_16_without_mark(notebook):
    return as_bytes(notebook).decode().encode("utf-16-le")


@odd("bytes that are no text")
def latin_1(notebook):
    set_text(cell(notebook, "relu_if-answer"), "# die größere Zahl\n" + RIGHT)
    return as_bytes(notebook).decode().encode("latin-1", "replace")


@odd()
def lines_end_as_on_windows(notebook):
    return as_bytes(notebook).replace(b"\n", b"\r\n")


@odd()
def lines_end_as_on_old_macs(notebook):
    return as_bytes(notebook).replace(b"\n", b"\r")


@odd("holds -Infinity, NaN, which JSON does not know")
def numbers_that_json_does_not_know(notebook):
    notebook["metadata"]["loss"] = [float("nan"), float("-inf")]
    cell(notebook, "relu_if")["metadata"]["nbgrader"]["checksum"] = float("nan")
    return json.dumps(notebook).encode()


@odd()
def keys_twice(notebook):
    """Jupyter, too, reads the last of several equal keys."""
    return b'{"cells": [], "nbformat": 3,' + as_bytes(notebook).lstrip()[1:]


@odd()
def all_on_one_line(notebook):
    for entry in notebook["cells"]:
        entry["source"] = text_of(entry)
    return json.dumps(notebook, separators=(",", ":")).encode()


# Formats.


def as_format_3(notebook, version=3):
    """The notebook as IPython wrote it before 2014."""
    cells = []
    for entry in notebook["cells"]:
        old = {"cell_type": entry["cell_type"], "metadata": entry["metadata"]}
        old["input" if entry["cell_type"] == "code" else "source"] = entry["source"]
        cells.append(old)
    cells.insert(1, {"cell_type": "heading", "level": 2, "metadata": {}, "source": "My notes"})
    return {
        "nbformat": version,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [7, {"cells": 7}, {"cells": cells[:12]}, {}, {"cells": cells[12:]}],
    }


@odd("notebook format is 3,")
def format_3(notebook):
    return as_format_3(notebook)


@odd("notebook format is 2,")
def format_2(notebook):
    return as_format_3(notebook, 2)


def _of_format(name, version, note):
    ODD[name] = Damage(lambda n: {**n, "nbformat": version}, note)


_of_format("format_5", 5, "notebook format is 5,")

_of_format("format_as_text", "4", "notebook format is 4,")

_of_format("format_missing", None, "notebook format is unknown,")

_of_format("format_is_a_list", [[4]], "notebook format is unknown,")

_of_format("format_is_hostile", "<script>alert(1)</script>\n# Full marks", r"format is \?script\?alert")

ODD["format_is_a_fraction_of_four"] = Damage(lambda n: {**n, "nbformat": 4.0})

for _minor in (-1, 99, 10**40, "five", None, [5]):
    ODD[f"minor_{str(_minor)[:4]}"] = Damage(lambda n, minor=_minor: {**n, "nbformat_minor": minor})
