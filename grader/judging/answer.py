"""A definition of the student's as text and as a syntax tree, and changes of its text.

An edit proposes a change as splices of the very text that the student wrote, so that a card can show
the line as it is and as it would be. Nothing here runs a student's code.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

MAX_TEXT = 8_000
MAX_NODES = 1_500
MAX_DEPTH = 60

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
LOOPS = (ast.For, ast.While)
Kinds = type[ast.AST] | tuple[type[ast.AST], ...]


class TooMuch(ValueError):
    """A text that is no Python, or more of it than is worth a search."""


@dataclass(frozen=True)
class Change:
    """Splices `(start, end, new text)` of an answer's text; `old` is what a sentence may name."""

    splices: tuple[tuple[int, int, str], ...]
    old: str = ""
    extra: int = 0
    """How much less likely it is than others of its edit."""

    about: int = 0
    """The line that it is about, from 1, where that is another than the first that it changes."""


@dataclass
class Answer:
    """One definition: its text, and what the notebook around it holds."""

    text: str
    modules: dict[str, str] = field(default_factory=dict)
    """Names of modules in the notebook, by what they stand for: {"np": "numpy"}."""

    attributes: tuple[str, ...] = ()
    """What objects of the lesson hold and can do: weights, biases, output, forward."""

    classes: tuple[str, ...] = ()
    """The names of classes in the notebook."""

    functions: tuple[str, ...] = ()
    """The names of functions in the notebook, those that were imported too."""

    def __post_init__(self) -> None:
        self.tree = parse(self.text)
        self.nodes = list(ast.walk(self.tree))
        self.starts = [0]
        for line in self.text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.lines = self.text.splitlines()
        self.of_kinds: dict[tuple[type[ast.AST], ...], tuple[Any, ...]] = {}
        self.parents: dict[ast.AST, ast.AST] = {}
        self.fields: dict[ast.AST, str] = {}
        for node in self.nodes:
            for name, value in ast.iter_fields(node):
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, ast.AST):
                        self.parents[child], self.fields[child] = node, name

    # Where things are

    def offset(self, line: int, column: int) -> int:
        """The place in the text of what the tree gives as a line and a column in bytes."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        if not text.isascii():
            column = len(text.encode()[:column].decode(errors="replace"))
        return self.starts[line - 1] + column

    def start(self, node: Any) -> int:
        return self.offset(node.lineno, node.col_offset)

    def end(self, node: Any) -> int:
        return self.offset(node.end_lineno, node.end_col_offset)

    def of(self, node: ast.AST) -> str:
        """The text of a node, without parentheses around it."""
        return self.text[self.start(node) : self.end(node)]

    def line_of(self, place: int) -> int:
        """The number of the line, from 1, in which a place of the text lies."""
        return self.text.count("\n", 0, place) + 1

    # What is around a node

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        while node in self.parents:
            node = self.parents[node]
            yield node

    def within(self, node: ast.AST, kinds: Kinds) -> Any:
        """The nearest node of some kind around a node, within its function; or None."""
        for above in self.ancestors(node):
            if isinstance(above, kinds):
                return above
            if isinstance(above, FUNCTIONS):
                return None
        return None

    def function(self, node: ast.AST) -> Any:
        """The function around a node, or None."""
        return next((a for a in self.ancestors(node) if isinstance(a, FUNCTIONS)), None)

    def in_class(self, node: ast.AST) -> bool:
        return any(isinstance(a, ast.ClassDef) for a in self.ancestors(node))

    def all_of(self, *kinds: type[ast.AST]) -> tuple[Any, ...]:
        if kinds not in self.of_kinds:  # every edit asks, mostly for the same
            self.of_kinds[kinds] = tuple(node for node in self.nodes if isinstance(node, kinds))
        return self.of_kinds[kinds]

    def loads(self) -> list[Any]:
        """All expressions that are read, neither written to nor part of a pattern or annotation."""
        return [
            node
            for node in self.nodes
            if isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
        ]

    # Names

    @cached_property
    def parameters(self) -> dict[ast.AST, list[str]]:
        """The parameters of each function, without self."""
        return {
            node: [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
            for node in self.all_of(*FUNCTIONS)
        }

    def locals(self, node: ast.AST) -> list[str]:
        """The names that have a value of their own where a node stands: parameters and what is assigned."""
        around = [n for n in (node, *self.ancestors(node)) if isinstance(n, FUNCTIONS)]
        found = dict.fromkeys(name for function in around for name in self.names_made[function])
        return [name for name in found if name not in ("self", "_")]

    @cached_property
    def names_made(self) -> dict[ast.AST, list[str]]:
        """The parameters of each function, and what is assigned in it and in those within it."""
        return {
            node: parameters
            + [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
            for node, parameters in self.parameters.items()
        }

    def is_local(self, name: ast.Name) -> bool:
        return name.id in self.locals(name) or name.id == "self"

    def is_ours(self, name: ast.Name) -> bool:
        """Whether a name is a module, a function, a class or a built-in one, and no value."""
        known = name.id in self.modules or name.id in self.classes or name.id in self.functions
        return known or name.id in self.defined or hasattr(builtins, name.id)

    @cached_property
    def defined(self) -> set[str]:
        """What the answer itself defines or imports, besides values."""
        named = {n.name for n in self.all_of(*FUNCTIONS, ast.ClassDef) if not isinstance(n, ast.Lambda)}
        aliases = (a for n in self.all_of(ast.Import, ast.ImportFrom) for a in n.names)
        return named | {(a.asname or a.name).partition(".")[0] for a in aliases}

    @cached_property
    def own_attributes(self) -> list[str]:
        """What is stored on self anywhere in the answer, and what the lesson's objects hold."""
        stored = [
            n.attr
            for n in self.all_of(ast.Attribute)
            if isinstance(n.ctx, ast.Store) and isinstance(n.value, ast.Name) and n.value.id == "self"
        ]
        return list(dict.fromkeys([*stored, *self.attributes]))

    def alias(self, module: str) -> str:
        """The name under which the notebook has a module, or ""."""
        return next((name for name, of in self.modules.items() if of == module), "")

    def is_module(self, node: ast.AST, module: str) -> bool:
        return isinstance(node, ast.Name) and self.modules.get(node.id, "") == module

    def call_name(self, call: ast.Call) -> str:
        """The last part of the name of what is called."""
        return str(getattr(call.func, "attr", getattr(call.func, "id", "")))

    # Changes of the text

    def put(self, node: ast.AST, text: str, old: str | None = None, extra: int = 0) -> Change:
        """Something else in the place of a node."""
        shown = self.of(node) if old is None else old
        return Change(((self.start(node), self.end(node), text),), shown, extra)

    def put_all(
        self, pairs: Iterable[tuple[ast.AST, str]], old: str = "", extra: int = 0, about: int = 0
    ) -> Change:
        splices = tuple((self.start(n), self.end(n), text) for n, text in pairs)
        return Change(splices, old, extra, about)

    def put_lines(
        self, first: int, last: int, lines: list[str], old: str = "", extra: int = 0, about: int = 0
    ) -> Change:
        """Other lines in the place of the lines first to last; no lines where last is before first."""
        end = self.starts[min(last, len(self.starts) - 1)]
        start = self.starts[first - 1] if last >= first else end
        text = "".join(line + "\n" for line in lines)
        if start and not self.text[start - 1 : start].endswith("\n"):  # the last line has no end
            text = "\n" + text
        return Change(((start, end, text),), old, extra, about)

    def changed(self, change: Change) -> str:
        text = self.text
        for start, end, new in sorted(change.splices, reverse=True):
            text = text[:start] + new + text[end:]
        return text


def parse(text: str) -> ast.Module:
    """The tree of a stranger's text. Raises TooMuch for what is no Python, or too large or too deep."""
    if len(text) > MAX_TEXT or nesting(text) > MAX_DEPTH:
        raise TooMuch("too much text")
    try:
        tree = ast.parse(text)
        if sum(1 for _ in ast.walk(tree)) > MAX_NODES:
            raise TooMuch("too many parts")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise TooMuch(str(error)) from None
    return tree


def nesting(text: str) -> int:
    """How deep brackets stand in one another, or signs in a row: what a parser has to recurse into."""
    depth = deepest = 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        deepest = max(deepest, depth)
    runs = re.findall(r"(?:[-+~]\s*){8,}|(?:\bnot\s+){8,}|(?:\blambda\s*:\s*){8,}", text)
    return max(deepest, *(len(run) for run in runs), 0) if runs else deepest
