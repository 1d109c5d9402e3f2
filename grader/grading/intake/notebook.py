"""A submitted notebook's cells as plain text, whatever the file holds."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from ...course import RENAMED
from ...course.handed_out import KEY, digest
from .files import MAX_BYTES, Refused
from .text import UNFIT

MAX_CELLS = 10_000

MAX_SOURCE = 100_000  # characters of one cell


@dataclass(frozen=True)
class Cell:
    """A student's cell as plain text; `nbgrader` is what its metadata say under that name."""

    kind: str
    source: str
    id: str
    nbgrader: dict
    untouched: bool = False
    """Whether it says what a cell said when the notebook was handed out, in whichever release."""

    points: object = None
    """What its check gave then."""

    @cached_property
    def grade_id(self) -> str:
        """By the present name of the exercise, whatever it was called when it was handed out."""
        name = text_or_empty(self.nbgrader.get("grade_id"))
        exercise, answer = name.removesuffix("-answer"), name[len(name.removesuffix("-answer")) :]
        return RENAMED.get(exercise, exercise) + answer

    @cached_property
    def plain(self) -> str:
        return plain(self.source)


def parse_notebook(data: bytes, notes: list[str]) -> dict:
    """The notebook's JSON. Raises Refused for what is not JSON or not a notebook."""
    text = decode(data, notes)
    constants: set[str] = set()
    try:
        notebook = json.loads(text, parse_constant=constants.add)
    except json.JSONDecodeError as error:
        raise Refused(
            f"it is not valid JSON (line {error.lineno}: {error.msg}); {likely_cause(text)}"
        ) from error
    except RecursionError as error:
        raise Refused(TOO_DEEP) from error
    except ValueError as error:
        raise Refused("it holds a number with thousands of digits") from error
    if constants:
        notes.append(
            f"The file holds {', '.join(sorted(constants))}, which JSON does not know; they were left out."
        )
    if not isinstance(notebook, dict):
        raise Refused("it is JSON, but not a notebook")
    if len(data) > MAX_BYTES and (left := size_without_outputs(notebook)) > MAX_BYTES:
        raise Refused(
            f"it has {left / 1e6:.0f} MB without outputs and pasted pictures, more than the "
            f"{MAX_BYTES / 1e6:.0f} MB that are accepted"
        )
    return notebook


TOO_DEEP = "its brackets are nested more deeply than in any notebook"


def read_notebook(path: Path) -> dict:
    """A notebook of our own, each text in one piece, whatever wrote it: nbformat writes lists of lines."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        join_lines(cell, "source")
        for output in cell.get("outputs", []):
            join_lines(output, "text")
            join_lines(output.get("data", {}), *output.get("data", {}))
    return notebook


def join_lines(part: dict, *keys: str) -> None:
    """JSON data may be a list of other things than lines."""
    for key in keys:
        lines = part.get(key)
        if isinstance(lines, list) and all(isinstance(line, str) for line in lines) and "json" not in key:
            part[key] = "".join(lines)


def size_without_outputs(notebook: dict) -> int:
    """How many characters are left of a notebook without what cells have put out, and what was pasted.

    Raises Refused where it can be read, but not be written.
    """
    cells = notebook.get("cells")
    left = [
        {key: value for key, value in cell.items() if key not in ("outputs", "attachments")}
        if isinstance(cell, dict)
        else cell
        for cell in (cells if isinstance(cells, list) else [])
    ]
    try:
        return len(json.dumps(notebook | {"cells": left}, ensure_ascii=False))
    except RecursionError as error:
        raise Refused(TOO_DEEP) from error


def decode(data: bytes, notes: list[str]) -> str:
    """The file's text. Raises Refused if there is none."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise Refused("it is empty")
    encoding = json.detect_encoding(data)
    if not encoding.startswith("utf-8"):
        notes.append(f"The file is encoded in {encoding.upper()}, not in UTF-8.")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        notes.append("The file holds bytes that are no text in its encoding; they were replaced.")
        return data.decode(encoding, "replace")


def likely_cause(text: str) -> str:
    """What usually makes such a text of a notebook."""
    if re.search("^(<{7}|={7}|>{7})", text, re.M):
        return "git has left its conflict markers in it: keep one of the two versions"
    if text.lstrip().startswith("<"):
        return "it looks like a web page: download the notebook itself"
    return "perhaps it was cut off, or edited by hand"


def read_cells(notebook: dict, notes: list[str]) -> list[Cell]:
    """The cells as plain text, whatever the notebook's format. Raises Refused if there are none."""
    entries = notebook.get("cells")
    if entries is None and isinstance(notebook.get("worksheets"), list):  # format 3 and before
        sheets = [sheet.get("cells") for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        entries = [entry for sheet in sheets if isinstance(sheet, list) for entry in sheet]
    if not isinstance(entries, list):
        raise Refused("it holds no list of cells, so it is not a notebook")
    version = notebook.get("nbformat")
    if version != 4:
        notes.append(
            f"The file's notebook format is {quote(version)}, not the number 4; its cells were read "
            "all the same."
        )
    if len(entries) > MAX_CELLS:
        notes.append(f"Only the first {MAX_CELLS} of {len(entries)} cells were read.")
    odd: Counter[str] = Counter()
    before = kept_within(notebook)
    texts = frozenset(text_or_empty(before.get("texts")).split()) if before else earlier_texts()
    points = dict_or_empty(before.get("points"))
    cells = [as_handed_out(read_cell(entry, odd), texts, points) for entry in entries[:MAX_CELLS]]
    notes += [f"{what}: {count}." for what, count in odd.items()]
    return cells


def kept_within(notebook: dict) -> dict:
    """What a notebook itself says of how it was handed out; empty where it says nothing."""
    return dict_or_empty(dict_or_empty(dict_or_empty(notebook.get("metadata")).get("grader")).get(KEY))


def as_handed_out(cell: Cell, texts: frozenset[str], points: dict) -> Cell:
    """The cell, with what the notebook says of the time a student got it: digests of its cells' texts, and
    points of its checks."""
    untouched, worth = digest(cell.source) in texts, points.get(text_or_empty(cell.nbgrader.get("grade_id")))
    return replace(cell, untouched=untouched, points=worth) if untouched or worth is not None else cell


@lru_cache
def earlier_texts() -> frozenset[str]:
    """The digests of all texts of releases whose notebooks did not yet say themselves what they were."""
    return frozenset(Path(__file__).with_name("earlier.txt").read_text(encoding="ascii").split())


def read_cell(entry, odd: Counter[str]) -> Cell:
    """A cell's text and marks; `odd` counts what had to be mended."""
    if not isinstance(entry, dict):
        odd["Entries in the list of cells that are no cells"] += 1
        entry = {"source": ""}
    source = entry.get("source", entry.get("input"))
    lines = source if isinstance(source, list) else [source]
    if not all(isinstance(line, str) for line in lines):
        odd["Cells whose text was damaged or missing"] += 1
    text = "".join(line for line in lines if isinstance(line, str))
    if len(text) > MAX_SOURCE:
        odd[f"Cells that were cut after {MAX_SOURCE} characters"] += 1
    text, replaced = UNFIT.subn("\ufffd", text[:MAX_SOURCE].replace("\r\n", "\n").replace("\r", "\n"))
    if replaced:
        odd["Cells with control characters, which were replaced"] += 1
    kind = entry.get("cell_type")
    nbgrader = dict_or_empty(dict_or_empty(entry.get("metadata")).get("nbgrader"))
    return Cell(
        kind if kind in ("code", "raw") else "markdown", text, text_or_empty(entry.get("id")), nbgrader
    )


def text_or_empty(value) -> str:
    return value if isinstance(value, str) else ""


def dict_or_empty(value) -> dict:
    return value if isinstance(value, dict) else {}


def plain(source: str) -> str:
    """A cell's text without what editors change unasked."""
    return "\n".join(line.rstrip() for line in source.strip().split("\n"))


def quote(value) -> str:
    """A stranger's word for a note: short, and without anything that markup is made of."""
    return re.sub(r"[^\w+ -]", "?", str(value)[:40]) if isinstance(value, str | int | float) else "unknown"


def escape_markdown(text: str) -> str:
    """`text` with what Markdown or HTML would take for markup made harmless."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|!&$~" else c for c in text.replace("\n", " "))
