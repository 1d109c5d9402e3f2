"""Intake: what a student handed in, read as bytes from a stranger.

A file is opened without following links, only if it is a regular one of reasonable size; it is
parsed as strict JSON; and the notebook that is graded is rebuilt from the release. Of the student's
file only text is taken: that of the answer cells, and that of cells the student added. Whatever was
odd is said in `Intake.notes`. Nothing here raises for anything a file may hold.
"""

from __future__ import annotations

import ast
import copy
import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from ..exercises import EXERCISES

MAX_BYTES = 10_000_000
MAX_CELLS = 1_000
MAX_EXTRA_CELLS = 200
MAX_SOURCE = 100_000  # characters of one cell


class Refused(ValueError):
    """A file that cannot be taken in; the message completes "This file could not be read: "."""


@dataclass
class Intake:
    """A notebook fit to be graded, and what was odd about the file it came from.

    `readable` is False where the file gave nothing: the notebook is then the untouched release.
    """

    notebook: NotebookNode
    notes: list[str] = field(default_factory=list)
    readable: bool = True


@dataclass(frozen=True)
class Cell:
    """A student's cell as plain text."""

    kind: str
    source: str
    id: str
    grade_id: str
    metadata: dict


def read_regular_file(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file with one name. Raises Refused for everything else.

    Links would reach other students' files or the gradebook, a FIFO would wait for ever, a device
    would never end.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        if stat.S_ISLNK(os.lstat(path).st_mode):
            raise Refused("it is a link to another file; hand in the file itself")
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise Refused(f"it cannot be opened ({error.strerror})") from error
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise Refused("it is not a regular file")
        if status.st_nlink > 1:
            raise Refused("it is a hard link, one file under several names; hand in a copy")
        if status.st_size > max_bytes:
            raise Refused(f"it has {status.st_size / 1e6:.0f} MB, more than the {max_bytes / 1e6:.0f} MB "
                          "that are accepted; clear all outputs and save it again")
        return file.read(max_bytes)


def parse_notebook(data: bytes) -> dict:
    """The notebook's JSON. Raises Refused for what is not JSON or not a notebook."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"it is not UTF-8 text (byte {error.start})") from error
    if not text.strip():
        raise Refused("it is empty")
    try:
        notebook = json.loads(text, parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        raise Refused(f"it is not valid JSON (line {error.lineno}: {error.msg}); was it cut off, or "
                      "merged by git?") from error
    except RecursionError as error:
        raise Refused("its brackets are nested more deeply than in any notebook") from error
    except ValueError as error:
        raise Refused(f"it is not valid JSON ({str(error)[:80]})") from error
    if not isinstance(notebook, dict):
        raise Refused("it is JSON, but not a notebook")
    return notebook


def refuse_constant(name: str):
    raise ValueError(f"it holds {name}")


def read_cells(notebook: dict, notes: list[str]) -> list[Cell]:
    """The cells as plain text, whatever the notebook's format. Raises Refused if there are none."""
    version = notebook.get("nbformat")
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):  # nbformat 3
        cells = [cell for sheet in notebook["worksheets"] if isinstance(sheet, dict)
                 for cell in sheet.get("cells") or []]
    if not isinstance(cells, list):
        raise Refused("it holds no list of cells, so it is not a notebook")
    if version != 4:
        notes.append(f"The file says it has notebook format {str(version)[:20]}; format 4 is used here. "
                     "Its cells were read all the same.")
    if len(cells) > MAX_CELLS:
        notes.append(f"Only the first {MAX_CELLS} of {len(cells)} cells were read.")
    return [read_cell(cell) for cell in cells[:MAX_CELLS] if isinstance(cell, dict)]


def read_cell(cell: dict) -> Cell:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    source = source if isinstance(source, str) else ""
    source = source.encode("utf-8", "replace").decode("utf-8")  # lone surrogates cannot be written
    metadata = cell.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    nbgrader = metadata.get("nbgrader")
    nbgrader = nbgrader if isinstance(nbgrader, dict) else {}
    kind, identity, grade_id = cell.get("cell_type"), cell.get("id"), nbgrader.get("grade_id")
    return Cell(
        kind if kind in ("code", "markdown", "raw") else "raw",
        source[:MAX_SOURCE],
        identity if isinstance(identity, str) else "",
        grade_id if isinstance(grade_id, str) else "",
        nbgrader,
    )


def take_in(path: Path, release: NotebookNode) -> Intake:
    """Read a submitted file and rebuild its notebook from `release`. Never raises for a bad file."""
    notes: list[str] = []
    try:
        submitted = parse_notebook(read_regular_file(path))
        cells = read_cells(submitted, notes)
    except Refused as reason:
        notes.append(f"This file could not be read: {reason}.")
        return Intake(with_notes(copy.deepcopy(release), notes), notes, readable=False)
    note_kernel(submitted, notes)
    notebook = rebuild(release, cells, notes)
    return Intake(with_notes(notebook, notes), notes)


def note_kernel(submitted: dict, notes: list[str]) -> None:
    metadata = submitted.get("metadata")
    spec = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    language = spec.get("language", "python") if isinstance(spec, dict) else "python"
    if language != "python":
        notes.append(f"The file asks for a kernel of the language {str(language)[:40]!r}; Python was used.")


def rebuild(release: NotebookNode, cells: list[Cell], notes: list[str]) -> NotebookNode:
    """The release's cells in its order, with the student's answers, and added cells where they stood."""
    notebook = copy.deepcopy(release)
    used: set[int] = set()
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if cell.metadata.get("nbgrader", {}).get("solution"):
            answer = find_answer(grade_id, cells, used, notes, stub=cell.source)
            if answer is not None:
                cell.source = answer
        elif grade_id:
            note_check(cell, grade_id, cells, used, notes)
    insert_extra_cells(notebook, release, cells, used, notes)
    return notebook


def find_answer(grade_id: str, cells: list[Cell], used: set[int], notes: list[str], stub: str):
    """The text of an answer cell: by its grade id, its cell id, or by what it defines."""
    name = grade_id.removesuffix("-answer")
    mine = [i for i, c in enumerate(cells) if c.grade_id == grade_id]
    mine = mine or [i for i, c in enumerate(cells) if c.id == cell_id(grade_id)]
    if not mine:
        wanted = EXERCISES[name].object_name
        mine = [i for i, c in enumerate(cells) if i not in used and not known_elsewhere(c)
                and wanted in defined_names(c.source)][-1:]
        if mine:
            notes.append(f"The answer cell of {name} had lost its id; it was found by what it defines.")
        else:
            notes.append(f"The answer cell of {name} is missing.")
            return None
    written = [i for i in mine if cells[i].source.strip() not in ("", stub.strip())]
    chosen = (written or mine)[-1]
    # The others become extra cells that run before it would, so nothing that was written is lost.
    used.update(i for i in mine if i == chosen or cells[i].source == cells[chosen].source
                or i not in written)
    if len(mine) > 1:
        notes.append(f"The answer cell of {name} is there {len(mine)} times; the last one with an "
                     "answer counts.")
    if cells[chosen].kind != "code":
        notes.append(f"The answer cell of {name} had been turned into a {cells[chosen].kind} cell; it was "
                     "run as code.")
    return cells[chosen].source


def known_elsewhere(cell: Cell) -> bool:
    """Whether the cell is another exercise's answer or a check."""
    return cell.grade_id.removesuffix("-answer") in EXERCISES


def cell_id(grade_id: str) -> str:
    """The cell id that the build derives from a grade id."""
    return grade_id.replace("_", "-")


def defined_names(source: str) -> set[str]:
    """Functions, classes and variables that a cell defines at its top level."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        lines = (line.split("(")[0].split(":")[0].split() for line in source.split("\n"))
        return {words[1] for words in lines if len(words) == 2 and words[0] in ("def", "class")}
    names = {node.name for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    targets = [t for node in body if isinstance(node, ast.Assign) for t in node.targets]
    return names | {t.id for t in targets if isinstance(t, ast.Name)}


def note_check(cell: NotebookNode, name: str, cells: list[Cell], used: set[int], notes: list[str]) -> None:
    """Say what was done to a check cell; the release's is used whatever was done."""
    mine = [i for i, c in enumerate(cells)
            if c.grade_id == name or (not c.grade_id and c.id == cell_id(name))]
    used.update(mine)
    if not mine:
        notes.append(f"The check cell of {name} was missing; it was put back.")
    elif len(mine) > 1:
        notes.append(f"The check cell of {name} is there {len(mine)} times; the original was used once.")
    if any(cells[i].source != cell.source for i in mine):
        notes.append(f"The check cell of {name} had been changed; the original was used.")
    if any(cells[i].kind != "code" for i in mine):
        notes.append(f"The check cell of {name} had been turned into another kind of cell.")
    points = cell.metadata.nbgrader.points
    if any(cells[i].metadata.get("points", points) != points for i in mine):
        notes.append(f"The points of {name} had been changed; the original {points} count.")


def insert_extra_cells(notebook, release, cells, used, notes) -> None:
    """Put the student's own cells behind the release's cell that they followed."""
    known = {cell.id for cell in release.cells}
    texts = {cell.source for cell in release.cells}
    place = {cell.id: i for i, cell in enumerate(notebook.cells)}
    by_grade_id = {c.metadata["nbgrader"]["grade_id"]: c.id for c in release.cells if "nbgrader" in c.metadata}
    extra: dict[int, list[NotebookNode]] = {}
    after, count = -1, 0
    for i, cell in enumerate(cells):
        anchor = by_grade_id.get(cell.grade_id, cell.id)
        if i in used or (anchor in known and cell.grade_id not in by_grade_id) or cell.source in texts:
            after = place.get(anchor, after)
            continue
        count += 1
        if count <= MAX_EXTRA_CELLS and cell.source.strip():
            extra.setdefault(after, []).append(own_cell(cell, count))
    if count > MAX_EXTRA_CELLS:
        notes.append(f"Only the first {MAX_EXTRA_CELLS} of {count} added cells were kept.")
    original = notebook.cells
    notebook.cells = list(extra.get(-1, []))
    for i, cell in enumerate(original):
        notebook.cells += [cell, *extra.get(i, [])]


def own_cell(cell: Cell, number: int) -> NotebookNode:
    """A fresh cell with nothing of the student's but kind and text."""
    make = nbformat.v4.new_code_cell if cell.kind == "code" else nbformat.v4.new_markdown_cell
    return make(cell.source, id=f"added-{number}")


def with_notes(notebook: NotebookNode, notes: list[str]) -> NotebookNode:
    """Tell the student at the top of the notebook what was odd; keep it for the outcome."""
    notebook.metadata.grader = NotebookNode(notes=list(notes))
    if notes:
        text = "**Notes on this file**\n\n" + "\n".join(f"- {escape_markdown(note)}" for note in notes)
        notebook.cells.insert(0, nbformat.v4.new_markdown_cell(text, id="intake-notes"))
    return notebook


def escape_markdown(text: str) -> str:
    """`text` with what Markdown or HTML would take for markup made harmless."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|!&$" else c for c in text.replace("\n", " "))
