"""Which of a lesson's picture cells need not run: nobody looks at their figures while grading.

A lesson's own figures are shown by `show`, which shows nothing here; making them takes three quarters
of a lesson's time. Such a cell is left out when that changes nothing else: when no other cell reads a
name that it makes, when it reads no name that a student's cell makes, and when it draws no random
numbers. What students draw themselves always runs.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from symtable import SymbolTable, symtable

MARK = "# draws the picture below"
RANDOM = re.compile(r"random\.|spiral_data\(")


@lru_cache(maxsize=4096)
def names(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """The notebook's names that a cell makes, and those that it reads; all words, if it is no Python."""
    try:
        made, read = set(), set()
        visit(symtable(source, "cell", "exec"), made, read)
        changed = {
            node.target.id
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
        }
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        words = frozenset(re.findall(r"\w+", source))
        return words, words
    return frozenset(made), frozenset(read - made | changed)


def visit(table: SymbolTable, made: set[str], read: set[str]) -> None:
    for symbol in table.get_symbols():
        if table.get_type() == "module" or symbol.is_global():
            if symbol.is_assigned() or symbol.is_imported():
                made.add(symbol.get_name())
            if symbol.is_referenced():
                read.add(symbol.get_name())
    for child in table.get_children():
        visit(child, made, read)


def needless(cells: list[dict]) -> set[int]:
    """The places of the picture cells that may be left out of a rebuilt notebook."""
    code = {i: names(cell["source"]) for i, cell in enumerate(cells) if cell["cell_type"] == "code"}
    by_students = frozenset().union(*(made for i, (made, _) in code.items() if is_students(cells[i])))
    left_out = {
        i
        for i, (_, read) in code.items()
        if cells[i]["source"].startswith(MARK)
        and not is_students(cells[i])
        and not RANDOM.search(cells[i]["source"])
        and not read & by_students
    }
    while True:  # a cell that another one needs is needed when that one is
        wanted = frozenset().union(*(read for i, (_, read) in code.items() if i not in left_out))
        needed = {i for i in left_out if code[i][0] & wanted}
        if not needed:
            return left_out
        left_out -= needed


def is_students(cell: dict) -> bool:
    """Whether the text of a rebuilt notebook's cell is the student's."""
    is_answer = cell["metadata"].get("nbgrader", {}).get("solution")
    return bool(is_answer) or cell.get("id", "").startswith("added-")
