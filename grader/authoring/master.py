"""Reads a lesson's master, `NN_name.md`, and makes the solved notebook of it.

The master is MyST Markdown as jupytext reads it. An author marks a code cell with the tag `answer`
or `check`; grade ids, points and cell ids are added here. Whatever is not as it should be raises
MasterError with file, line and mend.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect
from dataclasses import dataclass
from pathlib import Path

from jupytext.myst import MystMetadataParsingError, myst_to_notebook
from nbformat import NotebookNode

from ..course import CHAPTERS, EXERCISES
from ..course.chapter import Chapter
from .minutes import BREAK, SITTING, reckon_sittings
from .questions import QuestionError, take_questions
from .text import MasterError, read_text

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
CHECK_NEEDS = "from grader import check"
"""What every check cell begins with, so that it runs alone: after a restart nothing is imported."""

TAGS = {"answer", "check", "hide-input", "raises-exception"}
FRONT_MATTER = {
    "minutes": "a whole number, or a list of one for each sitting",
    "question": "a text",
    "objective": "a text",
    "builds_on": "a text",
}


@dataclass(frozen=True)
class Header:
    """What a lesson says of itself before it begins."""

    chapter: str
    lesson: str
    title: str
    sittings: tuple[int, ...]
    """The minutes of each."""

    question: str
    objective: str
    builds_on: str

    @property
    def number(self) -> int:
        return int(self.lesson[:2])

    @property
    def minutes(self) -> str:
        return " + ".join(map(str, self.sittings))

    def as_markdown(self) -> str:
        parted = f", in {len(self.sittings)} sittings" if len(self.sittings) > 1 else ""
        return (
            f"**After this lesson you can** {self.objective}.  \n"
            f"**Time:** about {self.minutes} minutes{parted}. **Builds on:** {self.builds_on}."
        )


def read_master(path: Path) -> NotebookNode:
    """The solved notebook of a master, not yet executed. Raises MasterError."""
    notebook, lines = parse_master(path)
    header = make_header(path, notebook)
    insert_header(path, notebook, header)
    mark_cells(path, notebook, lines)
    check_minutes(path, notebook, header.sittings)
    check_questions(path, notebook, lines)
    name_cells(notebook)
    notebook.metadata = NotebookNode(
        kernelspec=NotebookNode(display_name="Python 3 (ipykernel)", language="python", name="python3"),
        language_info=NotebookNode(name="python"),
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def read_header(path: Path) -> Header:
    """Front matter and title of a lesson. Raises MasterError where something is missing."""
    return make_header(path, parse_master(path)[0])


def parse_master(path: Path) -> tuple[NotebookNode, list[int]]:
    """The notebook as jupytext reads it, and the line of the file at which each of its cells begins.

    Its metadata are the front matter. Raises MasterError.
    """
    text = read_text(path)
    try:
        notebook = myst_to_notebook(text, add_source_map=True)
    except MystMetadataParsingError as error:
        raise MasterError(
            path,
            line_in(str(error)),
            f"it cannot be read, as a part is not YAML: {error}.",
            "Mend that part.",
        ) from error
    except Exception as error:  # jupytext raises what its parsers raise
        raise MasterError(
            path,
            1,
            f"jupytext cannot read it: {str(error).partition(chr(10))[0].rstrip('.')}.",
            "Compare with another lesson's file.",
        ) from error
    lines = notebook.metadata.pop("source_map")
    check_markers(path, text, notebook.cells, lines)
    return notebook, lines


def line_in(said: str) -> int:
    """The line that jupytext's message names: of a cell, or of the front matter below its first line."""
    of_cell, of_front = re.search(r"at line (\d+)", said), re.search(r"line (\d+), column", said)
    return int(of_cell[1]) if of_cell else int(of_front[1]) + 1 if of_front else 1


def make_header(path: Path, notebook: NotebookNode) -> Header:
    """What the lesson says of itself. Raises MasterError where something is missing."""
    given = notebook.metadata.get("lesson")
    given = given if isinstance(given, dict) else {}
    for key, what in FRONT_MATTER.items():
        value = given.get(key)
        if not (promised_in(value) if key == "minutes" else isinstance(value, str) and value):
            raise MasterError(
                path,
                1,
                f"the front matter has no `lesson: {key}:` ({what}).",
                f"Add `lesson:` with the keys {', '.join(FRONT_MATTER)}.",
            )
    lessons = chapter_of(path).lessons
    if path.stem not in lessons:
        raise MasterError(
            path,
            1,
            f"no exercise belongs to the lesson {path.stem}.",
            f"Name the file after one of {', '.join(lessons)}, or add an exercise.",
        )
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    titles = (re.search(r"^# (.+)$", text, re.M) for text in texts)
    title = next(filter(None, titles), None)
    if not title:
        raise MasterError(path, 1, "the lesson has no title.", "Begin the text with a line `# N. Title`.")
    _, *texts = (given[key] for key in FRONT_MATTER)
    return Header(path.parent.name, path.stem, title[1].strip(), promised_in(given["minutes"]), *texts)


def promised_in(minutes: object) -> tuple[int, ...]:
    """The minutes of each sitting, as the front matter gives them; none where that is not understood."""
    sittings = tuple(minutes) if isinstance(minutes, list) else (minutes,)
    return sittings if all(type(number) is int and number > 0 for number in sittings) else ()


def chapter_of(path: Path) -> Chapter:
    """The chapter in whose folder a master lies. Raises MasterError."""
    if path.parent.name not in CHAPTERS:
        raise MasterError(
            path,
            1,
            f"there is no chapter {path.parent.name}.",
            f"Move the file into the folder of {' or '.join(CHAPTERS)}, or add a chapter to grader/course.",
        )
    return CHAPTERS[path.parent.name]


def check_markers(path: Path, text: str, cells: list[NotebookNode], starts: list[int]) -> None:
    """Look at every solution marker: pairs in code cells, each at the start of its line."""
    opened, cell_of_opened = 0, -1
    for number, line in enumerate(text.split("\n"), 1):
        marker = read_marker(path, number, line)
        if not marker:
            continue
        at = bisect(starts, number - 1) - 1
        if at < 0 or cells[at].cell_type != "code" or line not in cells[at].source.split("\n"):
            raise MasterError(
                path, number, "a solution marker stands outside a code cell.", "Move it into an answer cell."
            )
        if opened and at != cell_of_opened:
            raise unclosed(path, opened)
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
        opened, cell_of_opened = (number, at) if marker == BEGIN else (0, -1)
    if opened:
        raise unclosed(path, opened)


def unclosed(path: Path, line: int) -> MasterError:
    return MasterError(
        path, line, "this solution region is never closed.", f"Add a line `{END}` before its cell ends."
    )


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


def mark_cells(path: Path, notebook: NotebookNode, lines: list[int]) -> None:
    """Turn the author's tags into nbgrader's metadata; every exercise of the lesson once.

    `lines` are the numbers, from 1, of the lines with which the cells begin.
    """
    pending, seen = None, []
    for cell, line in zip(notebook.cells, lines, strict=True):
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
            cell.source = f"{CHECK_NEEDS}\n{cell.source.strip()}"
            seen.append(name)
            pending = None
    if pending:
        raise MasterError(
            path,
            pending[1],
            "this answer cell has no check cell directly after it.",
            'Add a code cell tagged `check` with the one line check("...").',
        )
    own = (e.name for e in chapter_of(path).exercises if e.lesson == path.stem)
    missing = [name for name in own if name not in seen]
    if missing:
        raise MasterError(
            path,
            lines[-1] if lines else 1,
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
    if cell.cell_type == "code" and cell.metadata:
        raise MasterError(
            path,
            line,
            f"the option `{next(iter(cell.metadata))}` means nothing here.",
            "Did you mean `tags`?",
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
        hint = f"Did you mean {close[0]}?" if close else "Add it to grader/course."
        raise MasterError(path, line, f"there is no exercise {name}.", hint)
    if exercise.lesson != path.stem or exercise not in chapter_of(path).exercises:
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


def check_minutes(path: Path, notebook: NotebookNode, promised: tuple[int, ...]) -> None:
    """Each sitting's promise is what is reckoned, within a third, and nobody has to sit too long."""
    sittings = reckon_sittings(notebook)
    said, needed = (" and ".join(f"{number:.0f}" for number in numbers) for numbers in (promised, sittings))
    if round(max(sittings)) > SITTING:
        raise MasterError(
            path,
            1,
            f"one sitting takes about {max(sittings):.0f} minutes, more than {SITTING}.",
            f"Cut the lesson, or part it by a heading `## {BREAK}`.",
        )
    if len(promised) != len(sittings) or not all(
        2 / 3 < mine / reckoned < 4 / 3 for mine, reckoned in zip(promised, sittings)
    ):
        raise MasterError(
            path,
            1,
            f"the front matter promises {said} minutes, and about {needed} are needed.",
            "Promise those, or change the text.",
        )


def check_questions(path: Path, notebook: NotebookNode, lines: list[int]) -> None:
    """Every prediction has its options, and a reason for each."""
    try:
        [*take_questions(notebook.cells)]
    except QuestionError as error:
        raise MasterError(path, lines[error.cell], error.problem, error.mend) from error


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
