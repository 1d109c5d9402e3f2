"""Which of a lesson's own cells need not run while grading: pictures, and what stands below all that counts.

A lesson's own figures are shown by `show`, which shows nothing here; making them takes three quarters
of a lesson's time. Such a cell is left out when that changes nothing else: when no other cell reads a
name that it makes, when it reads no name that a student's cell makes, and when it draws no random
numbers. The knobs of `play`, which nobody turns here, go with their picture. What students draw
themselves always runs.

An answer with a slip of the fingers that Python cannot read makes no name and reads none: its cell ends
before it begins. What IPython might make into Python first is no such text.

Most people begin an answer with `import numpy as np`, as the lesson does: a name that a student's cell
binds only to what the lesson's imports bind it to is still the lesson's.

Below the last check, and the last cell of the student's own, a lesson shows what it shows everybody: it
can change no mark and nothing that is the student's.
"""

from __future__ import annotations

import ast
import re
import warnings
from contextlib import suppress
from functools import lru_cache, wraps
from symtable import SymbolTable, symtable

MAX_READ = 10_000
"""Characters of a cell that is looked through: of a longer one nothing is known, so that pictures are drawn.
Tables of names take time with the square of how many there are."""

MARK = "# draws the picture below"
TOOLS = "# what the pictures are drawn with"
RANDOM = re.compile(r"random\.|spiral_data\(")
FOR_IPYTHON = re.compile(
    r"[%!?]|^[^\S\n]*(?:[,;/]|>>>|\.\.\.|In ?\[)|\A(?:[ \t]*\n)*[ \t]|__future__", re.MULTILINE
)
"""What is in a text that IPython reads in another way than Python does: magics, commands, prompts, an
indented beginning. In doubt, it is there. (Each line looks at its own blanks: empty lines without number
would else each be looked through from all before them.)"""


def names(cell: dict) -> tuple[frozenset[str], frozenset[str]]:
    """The notebook's names that a cell makes, and those that it reads; all words, if that cannot be known.

    Asked again and again while a lesson is graded, and so remembered, but for texts of any size.
    """
    return fitting(names_in, cell["source"])


def fitting(remembering, source: str):
    """What a function that remembers says of a text, which it keeps only where that is not long."""
    return (remembering if len(source) <= MAX_READ else remembering.__wrapped__)(source)


def quietly(parse):
    """What Python warns of in a stranger's text is not said to whoever grades."""

    @wraps(parse)
    def parse_quietly(*given):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return parse(*given)

    return parse_quietly


@lru_cache(maxsize=1024)
@quietly
def names_in(source: str) -> tuple[frozenset[str], frozenset[str]]:
    if runs_nothing(source):
        return frozenset(), frozenset()
    try:
        tree, made, read = parsed(source), set(), set()
        visit(symtable(source, "cell", "exec"), made, read)
        changed = {
            node.target.id
            for node in ast.walk(tree)
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
        }
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        words = frozenset(re.findall(r"\w+", source))
        return words, words
    return frozenset(made), frozenset(read - made | changed)


def parsed(source: str) -> ast.Module:
    """Raises ValueError for a text that is too long to be looked through, and whatever Python raises."""
    if len(source) > MAX_READ:
        raise ValueError("a long text")
    return ast.parse(source)


def runs_nothing(source: str) -> bool:
    """Whether a cell with this text ends with a SyntaxError before anything of it runs.

    A misplaced `return` is found too late for that: what stands above it has run.
    """
    if FOR_IPYTHON.search(source):
        return False
    try:
        parsed(source)
    except SyntaxError:
        return True
    except (ValueError, RecursionError, MemoryError):
        pass
    return False


@lru_cache(maxsize=1024)
@quietly
def is_for_looking(source: str, marks: tuple[str, ...] = (MARK,)) -> bool:
    """Whether a lesson's cell only draws a picture, as its first line says, or gives one knobs."""
    if source.startswith(marks):
        return True
    with suppress(SyntaxError):
        plays = [node for node in ast.parse(source).body if not isinstance(node, ast.FunctionDef)]
        return len(plays) == 1 and ast.unparse(plays[0]).startswith("play(")
    return False


def visit(table: SymbolTable, made: set[str], read: set[str]) -> None:
    for symbol in table.get_symbols():
        if table.get_type() == "module" or symbol.is_global():
            if symbol.is_assigned() or symbol.is_imported():
                made.add(symbol.get_name())
            if symbol.is_referenced():
                read.add(symbol.get_name())
    for child in table.get_children():
        visit(child, made, read)


@lru_cache(maxsize=1024)
@quietly
def split_imports(source: str) -> tuple[str, frozenset[tuple[str, str]]]:
    """A cell without its outermost imports, and what these bind: (name, dotted name of the thing)."""
    try:
        tree = parsed(source)
        bound = [pair for statement in tree.body for pair in bound_by(statement)]
        if not bound:
            return source, frozenset()
        tree.body = [statement for statement in tree.body if not bound_by(statement)]
        return ast.unparse(tree), frozenset(bound)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source, frozenset()


def bound_by(statement: ast.stmt) -> list[tuple[str, str]]:
    if isinstance(statement, ast.Import):
        return [
            (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
            for alias in statement.names
        ]
    if isinstance(statement, ast.ImportFrom):
        module = "." * statement.level + (statement.module or "")
        return [(alias.asname or alias.name, f"{module}.{alias.name}") for alias in statement.names]
    return []


def names_of_students(cells: list[dict]) -> frozenset[str]:
    """The names to which a student's cell gives a meaning that they do not have in the lesson."""
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    given, bound = set(), set()
    for cell in code:
        if not is_students(cell):
            rest, imports = split_imports(cell["source"])
            given |= names_in(rest)[0]
            bound |= imports
    changed = set()
    for cell in code:
        if is_students(cell):
            rest, imports = fitting(split_imports, cell["source"])
            changed |= fitting(names_in, rest)[0]
            if "*" in dict(imports):  # it may give a meaning to any name
                changed |= {name for other in code for name in names(other)[1]}
            changed |= {name for name, thing in imports if (name, thing) not in bound or name in given}
    return frozenset(changed)


def needless(cells: list[dict], marks: tuple[str, ...] = (MARK,)) -> set[int]:
    """The places of the cells that may be left out of a rebuilt notebook; `marks` begin those for looking."""
    end = max((i + 1 for i, cell in enumerate(cells) if is_students(cell) or is_check(cell)), default=0)
    below = {i for i in range(end, len(cells)) if cells[i]["cell_type"] == "code"}
    return below | needless_pictures(cells[:end], marks)


def needless_pictures(cells: list[dict], marks: tuple[str, ...]) -> set[int]:
    """The places of the cells for looking on which nothing else depends."""
    code = {i: names(cell) for i, cell in enumerate(cells) if cell["cell_type"] == "code"}
    by_students = names_of_students(cells)
    left_out = {
        i
        for i, (_, read) in code.items()
        if not is_students(cells[i])
        and is_for_looking(cells[i]["source"], marks)
        and not RANDOM.search(cells[i]["source"])
        and not read & by_students
    }
    while True:  # a cell that another one needs is needed when that one is
        wanted = frozenset().union(*(read for i, (_, read) in code.items() if i not in left_out))
        needed = {i for i in left_out if code[i][0] & wanted}
        if not needed:
            return left_out
        left_out -= needed


def is_check(cell: dict) -> bool:
    """Whether a cell of a rebuilt notebook gives points."""
    return bool(cell["metadata"].get("nbgrader", {}).get("grade"))


def is_students(cell: dict) -> bool:
    """Whether the text of a rebuilt notebook's cell is the student's."""
    is_answer = cell["metadata"].get("nbgrader", {}).get("solution")
    return bool(is_answer) or cell.get("id", "").startswith("added-")
