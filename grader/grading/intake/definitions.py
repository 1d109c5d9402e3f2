"""Whether a cell's text gives a name the meaning that an exercise asks for.

It is read, never run. What is no Python, for a slip or for IPython's own signs, is searched for lines that
begin as a definition does.
"""

from __future__ import annotations

import ast
import copy
import re
import warnings
from functools import lru_cache
from textwrap import dedent

from ...judging.answer import MAX_DEPTH, nesting

MAX_TEXT = 20_000  # characters that are parsed

OTHER_LANGUAGE = re.compile(r"\A\s*%%(?!time\b|capture\b|prun\b)\w+")
"""A cell of which IPython runs nothing here: `%%writefile`, `%%html`, `%%bash`."""

MAGIC = re.compile(r"^([ \t]*+)(?:[%!?].*|.*\?)$", re.MULTILINE)
PROMPT = re.compile(r"^(?:>>>|\.\.\.|In ?\[\d*\]:|[ ]+\.{3}:) ?", re.MULTILINE)

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BLOCKS = (ast.stmt, ast.ExceptHandler, ast.match_case)
OWN_NAMES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
"""Expressions that keep the names they make for themselves."""


def defines(source: str, name: str) -> bool:
    """Whether the text makes `name`, outside of any function or class."""
    if OTHER_LANGUAGE.match(source):
        return False
    tree = parsed(source)
    if tree is None:
        return bool(
            re.search(
                rf"^(?:(?:async[ \t]+)?def|class)[ \t]+{name}\b|^{name}[ \t]*(?::[^=\n]*)?=(?!=)",
                source,
                re.M,
            )
        )
    return bool(made(tree, name))


def answers(source: str, name: str, stub: str) -> bool:
    """Whether it does so with more than the stub: comments, texts and lines around it change nothing, and a
    body that does nothing is none."""
    if not defines(source, name):
        return False
    tree = parsed(source)
    if tree is None:
        return True
    released = parsed(stub)
    try:
        written = [node for node in made(tree, name) if not is_hollow(node)]
        stubs = [node for node in made(released, name) if not is_hollow(node)] if released else []
        handed_out = {ast.dump(bare(node)) for node in stubs}  # mostly there is none: to copy takes long
        return any(not handed_out or ast.dump(bare(node)) not in handed_out for node in written)
    except RecursionError:  # no stub is nested so deeply
        return True


def made(tree: ast.Module, name: str) -> list[ast.AST]:
    """The statements outside of functions and classes that bind a name."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            found += [node] if node.name == name else []
            continue
        within = list(ast.iter_child_nodes(node))
        waiting += [child for child in within if isinstance(child, BLOCKS)]
        if any(binds(child, name) for child in within if not isinstance(child, BLOCKS)):
            found += [node] if getattr(node, "value", True) else []  # `name: int` binds nothing
    return found


def binds(node: ast.AST, name: str) -> bool:
    """Whether an expression, or a part of an import, does it. A sum of thousands is nested as deeply."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.alias) and (node.asname or node.name) == name:
            return True
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store):
            return True
        if not isinstance(node, OWN_NAMES):
            waiting += ast.iter_child_nodes(node)
    return False


def is_hollow(node: ast.AST) -> bool:
    """Whether it is a definition whose body does nothing, or a name for nothing."""
    if isinstance(node, ast.Assign):
        return isinstance(node.value, ast.Constant) and node.value.value in (None, ...)
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        return all(map(does_nothing, node.body))
    return False


def does_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Raise):
        return "NotImplemented" in ast.dump(statement)
    if isinstance(statement, (ast.Expr, ast.Return)):
        return statement.value is None or isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Pass) or is_hollow(statement)


def bare(node: ast.AST) -> ast.AST:
    """A copy without docstrings."""
    node = copy.deepcopy(node)
    for part in ast.walk(node):
        if isinstance(part, (*FUNCTIONS, ast.ClassDef)):
            part.body = [line for line in part.body if not is_text(line)]
    return node


def is_text(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


@lru_cache(maxsize=256)
def parsed(source: str) -> ast.Module | None:
    """The tree of a stranger's text without IPython's own lines; None where there is none."""
    if len(source) > MAX_TEXT or nesting(source) > MAX_DEPTH:
        return None
    text = PROMPT.sub("", source) if PROMPT.match(source.lstrip()) else source
    text = MAGIC.sub(r"\1pass", dedent(text))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
