"""Reads a lesson's master, `NN_name.md`, and makes the solved notebook of it.

The master is MyST Markdown as jupytext reads it. An author marks a code cell with the tag `answer`
or `check`; grade ids, points and cell ids are added here. Whatever is not as it should be raises
MasterError with file, line and mend.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

import jupytext
import yaml
from nbformat import NotebookNode

from ..course import EXERCISES, LESSONS

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
TAGS = {"answer", "check", "hide-input", "raises-exception"}
FRONT_MATTER = {"minutes": int, "question": str, "objective": str, "builds_on": str}
CODE_FENCE = re.compile(r"^(`{3,})\{code-cell\}")


class MasterError(ValueError):
    """A master that cannot be built: says file, line, what is wrong and how to mend it."""

    def __init__(self, path: Path, line: int, problem: str, mend: str):
        super().__init__(f"{path}:{line}: {problem} {mend}")


@dataclass(frozen=True)
class Header:
    """What a lesson says of itself before it begins."""

    lesson: str
    title: str
    minutes: int
    question: str
    objective: str
    builds_on: str

    @property
    def number(self) -> int:
        return int(self.lesson[:2])

    def as_markdown(self) -> str:
        return (
            f"**After this lesson you can** {self.objective}.  \n"
            f"**Time:** about {self.minutes} minutes. **Builds on:** {self.builds_on}."
        )


def read_master(path: Path) -> NotebookNode:
    """The solved notebook of a master, not yet executed. Raises MasterError."""
    text = path.read_text(encoding="utf-8")
    header = read_header(path)
    starts = check_markers(path, text)
    try:
        notebook = jupytext.reads(text, fmt="md:myst")
    except Exception as error:  # jupytext raises what its parsers raise
        raise MasterError(
            path, 1, f"jupytext cannot read it: {error}.", "Compare with another lesson's file."
        ) from error
    insert_header(path, notebook, header)
    mark_cells(path, notebook, starts)
    name_cells(notebook)
    notebook.metadata = NotebookNode(
        kernelspec=NotebookNode(display_name="Python 3 (ipykernel)", language="python", name="python3"),
        language_info=NotebookNode(name="python"),
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def read_header(path: Path) -> Header:
    """Front matter and title of a lesson. Raises MasterError where something is missing."""
    text = path.read_text(encoding="utf-8")
    match = re.match(r"---\n(.*?)\n---\n", text, re.S)
    try:
        front = yaml.safe_load(match[1]) if match else None
    except yaml.YAMLError as error:
        raise MasterError(path, 1, f"the front matter is not YAML: {error}.", "Mend it.") from error
    given = front.get("lesson") if isinstance(front, dict) else None
    given = given if isinstance(given, dict) else {}
    for key, kind in FRONT_MATTER.items():
        value = given.get(key)
        if type(value) is not kind or not value or (kind is int and value < 0):
            what = "a whole number of minutes" if kind is int else "a text"
            raise MasterError(
                path,
                1,
                f"the front matter has no `lesson: {key}:` ({what}).",
                f"Add `lesson:` with the keys {', '.join(FRONT_MATTER)}.",
            )
    if path.stem not in LESSONS:
        raise MasterError(
            path,
            1,
            f"no exercise belongs to the lesson {path.stem}.",
            f"Name the file after one of {', '.join(LESSONS)}, or add an exercise.",
        )
    title = re.search(r"^# (.+)$", text[match.end() :], re.M)
    if not title:
        raise MasterError(
            path,
            match[0].count("\n") + 1,
            "the lesson has no title.",
            "Begin the text with a line `# N. Title`.",
        )
    return Header(path.stem, title[1].strip(), **{key: given[key] for key in FRONT_MATTER})


def check_markers(path: Path, text: str) -> list[int]:
    """Look at every solution marker; return the first line number of each code cell."""
    starts, fence, opened = [], "", 0
    for number, line in enumerate(text.split("\n"), 1):
        match = CODE_FENCE.match(line)
        if not fence and match:
            fence = match[1]
            starts.append(number)
        elif fence and line.strip() == fence:
            if opened:
                raise MasterError(
                    path,
                    opened,
                    "this solution region is never closed.",
                    f"Add a line `{END}` before the cell ends in line {number}.",
                )
            fence = ""
        marker = read_marker(path, number, line)
        if marker and not fence:
            raise MasterError(
                path, number, "a solution marker stands outside a code cell.", "Move it into an answer cell."
            )
        if marker == BEGIN and opened:
            raise MasterError(
                path,
                number,
                f"a solution region begins inside that of line {opened}.",
                "Regions do not nest: close the first one before, or remove this line.",
            )
        if marker == END and not opened:
            raise MasterError(
                path,
                number,
                "a solution region ends here that never began.",
                f"Add a line `{BEGIN}` above it, or remove this line.",
            )
        if marker:
            opened = number if marker == BEGIN else 0
    return starts


def read_marker(path: Path, number: int, line: str) -> str:
    """BEGIN, END, or "" for any other line. Raises MasterError for what nearly is a marker."""
    if line in (BEGIN, END):
        return line
    text = line.strip()
    if text in (BEGIN, END):
        raise MasterError(
            path,
            number,
            f"the marker `{text}` is indented, or a space follows it.",
            "Put it at the start of its line: the stub takes its indentation from the "
            "first line of the solution.",
        )
    wanted = difflib.get_close_matches(text.upper(), (BEGIN, END), 1, cutoff=0.7)
    commented = text.startswith("#") or re.fullmatch(r"(BEGIN|END)\W+SOLUTION\w*", text.upper())
    if wanted and commented:
        raise MasterError(
            path, number, f"`{text}` looks like a solution marker, but is misspelt.", f"Write `{wanted[0]}`."
        )
    return ""


def insert_header(path: Path, notebook: NotebookNode, header: Header) -> None:
    """Put objective, time and what the lesson builds on under its title."""
    first = notebook.cells[0]
    title, _, rest = first.source.partition("\n")
    if first.cell_type != "markdown" or title != f"# {header.title}":
        raise MasterError(
            path, 1, "the lesson does not open with its title.", "Begin the text with a line `# N. Title`."
        )
    first.source = f"{title}\n\n{header.as_markdown()}\n\n{rest.lstrip()}".rstrip()


def mark_cells(path: Path, notebook: NotebookNode, starts: list[int]) -> None:
    """Turn the author's tags into nbgrader's metadata; every exercise of the lesson once."""
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    lines = dict(zip((id(cell) for cell in code_cells), starts, strict=True))
    pending, seen = None, []
    for cell in notebook.cells:
        line = lines.get(id(cell), 1)
        tags = read_tags(path, line, cell)
        if pending and "check" not in tags:
            raise MasterError(
                path,
                pending[1],
                "this answer cell has no check cell directly after it.",
                'Add a code cell tagged `check` with the one line check("...").',
            )
        if cell.cell_type == "code" and (BEGIN in cell.source) != ("answer" in tags):
            raise MasterError(
                path,
                line,
                "answer cells, and only they, hold a solution region.",
                "Tag the cell `answer`, or add or remove the two markers.",
            )
        if "answer" in tags:
            if cell.source.count(BEGIN) != 1:
                raise MasterError(
                    path, line, "this answer cell has more than one solution region.", "Keep one."
                )
            pending = (cell, line)
        elif "check" in tags:
            name = read_check(path, line, cell, seen)
            if not pending:
                raise MasterError(
                    path,
                    line,
                    f"the check of {name} does not follow an answer cell.",
                    "Put the answer cell directly above it.",
                )
            describe(pending[0], f"{name}-answer", solution=True)
            describe(cell, name, grade=True, locked=True, points=EXERCISES[name].points)
            seen.append(name)
            pending = None
    if pending:
        raise MasterError(
            path,
            pending[1],
            "this answer cell has no check cell directly after it.",
            'Add a code cell tagged `check` with the one line check("...").',
        )
    missing = [e.name for e in EXERCISES.values() if e.lesson == path.stem and e.name not in seen]
    if missing:
        raise MasterError(
            path,
            starts[-1] if starts else 1,
            f"no check asks for {', '.join(missing)}.",
            "Add an answer cell and a check cell for it, or move the exercise.",
        )


def read_tags(path: Path, line: int, cell: NotebookNode) -> set[str]:
    """Take the author's tags off the cell; put back what Jupyter itself understands."""
    tags = set(cell.metadata.pop("tags", []))
    for tag in sorted(tags - TAGS):
        close = difflib.get_close_matches(tag, TAGS, 1)
        raise MasterError(
            path,
            line,
            f"the tag `{tag}` means nothing here.",
            f"Did you mean `{close[0]}`?" if close else f"Use {', '.join(sorted(TAGS))}.",
        )
    cell.metadata = NotebookNode()
    if "raises-exception" in tags:
        cell.metadata.tags = ["raises-exception"]
    if "hide-input" in tags:
        cell.metadata.jupyter = NotebookNode(source_hidden=True)
    return tags


def read_check(path: Path, line: int, cell: NotebookNode, seen: list[str]) -> str:
    """The exercise that a check cell asks for."""
    match = re.fullmatch(r'check\("(\w+)"\)', cell.source.strip())
    if not match:
        raise MasterError(
            path,
            line,
            "a check cell holds something else than its one line.",
            'Write check("name") and nothing more.',
        )
    name = match[1]
    exercise = EXERCISES.get(name)
    if exercise is None:
        close = difflib.get_close_matches(name, EXERCISES, 1)
        hint = f"Did you mean {close[0]}?" if close else "Add it to grader/exercises."
        raise MasterError(path, line, f"there is no exercise {name}.", hint)
    if exercise.lesson != path.stem:
        raise MasterError(
            path,
            line,
            f"the exercise {name} belongs to {exercise.lesson}.",
            "Move the cell there, or change the exercise's lesson.",
        )
    if name in seen:
        raise MasterError(path, line, f"the exercise {name} is checked twice.", "Keep one of them.")
    return name


def describe(cell: NotebookNode, grade_id: str, *, grade=False, solution=False, locked=False, points=None):
    """nbgrader's metadata (schema 3) for one cell."""
    data = NotebookNode(
        grade=grade, grade_id=grade_id, locked=locked, schema_version=3, solution=solution, task=False
    )
    if points is not None:
        data.points = points
    cell.metadata.nbgrader = data


def name_cells(notebook: NotebookNode) -> None:
    """Give every cell an id made from its grade id or from the heading above it, with a counter."""
    heading, counts = "start", {}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found = re.findall(r"^#+ (.+)$", cell.source, re.M)
            heading = re.sub(r"[^a-z0-9]+", "-", found[0].lower()).strip("-")[:48] if found else heading
        if "nbgrader" in cell.metadata:
            cell.id = cell.metadata.nbgrader.grade_id.replace("_", "-")
            continue
        counts[heading] = counts.get(heading, 0) + 1
        cell.id = f"{heading}-{counts[heading]}"
