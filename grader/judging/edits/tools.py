"""What several edits need: kinds of nodes, texts of calls, lines of statements."""

from __future__ import annotations

import ast
import builtins
import difflib
import math
from collections.abc import Callable, Iterator
from typing import Any, TypeGuard

import numpy as np

from ..answer import FUNCTIONS, Answer, Change

REDUCERS = (
    "max",
    "min",
    "sum",
    "mean",
    "argmax",
    "argmin",
    "amax",
    "amin",
    "prod",
    "any",
    "cumsum",
    "median",
)


NUMPY_FUNCTIONS = (
    "max",
    "maximum",
    "sum",
    "argmax",
    "exp",
    "dot",
    "min",
    "minimum",
    "mean",
    "zeros",
    "array",
)


METHODS = ("max", "sum", "argmax", "min", "mean", "copy", "append", "dot")


BUILT_IN = ("max", "sum", "len", "min", "abs")


SIGNS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.MatMult: "@", ast.BitXor: "^", ast.BitAnd: "&", ast.BitOr: "|",
    ast.LShift: "<<", ast.RShift: ">>",
}  # fmt: skip


COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}


TIGHT = (ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.Constant, ast.List, ast.ListComp, ast.Tuple)


def tight(answer: Answer, node: Any) -> str:
    """The text of a node as it can stand anywhere."""
    text = answer.of(node)
    return text if isinstance(node, TIGHT) and not isinstance(node, ast.Tuple) else f"({text})"


def near(a: str, b: str) -> bool:
    """Whether two names are so alike that one may be a slip for the other."""
    a, b = a.lower().replace("_", ""), b.lower().replace("_", "")
    if a == b or (sorted(a) == sorted(b) and len(a) > 2):
        return True
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.75


def names_read(answer: Answer) -> list[ast.Name]:
    """Names that are read as values: no module before a dot."""
    return [
        node
        for node in answer.all_of(ast.Name)
        if isinstance(node.ctx, ast.Load) and node.id not in answer.modules
    ]


def other_names(answer: Answer, node: Any) -> list[str]:
    return [name for name in answer.locals(node) if name != node.id]


def everywhere(answer: Answer, name: ast.Name) -> list[ast.Name]:
    """The same name wherever it is read in the same function."""
    function = answer.function(name)
    return [n for n in names_read(answer) if n.id == name.id and answer.function(n) is function]


def call_text(
    answer: Answer,
    call: ast.Call,
    args: list[str] | None = None,
    keywords: list[str] | None = None,
    func: str = "",
) -> str:
    """A call, written again with other arguments or keywords."""
    args = [answer.of(a) for a in call.args] if args is None else args
    keywords = [answer.of(k) for k in call.keywords] if keywords is None else keywords
    return f"{func or answer.of(call.func)}({', '.join([*args, *keywords])})"


def own_functions(answer: Answer) -> list[str]:
    """The functions and methods that the answer itself defines, and names to which it gives one."""
    named = [n.name for n in answer.all_of(ast.FunctionDef)]
    for node in answer.all_of(ast.Assign):
        made = isinstance(node.value, ast.Call) and answer.call_name(node.value) in ("vectorize", "partial")
        if isinstance(node.value, ast.Lambda) or made:
            named += [t.id for t in node.targets if isinstance(t, ast.Name)]
    return named


def is_known(answer: Answer, name: ast.Name) -> bool:
    """Whether there is a function, or anything else, of this name: only of that something can be said."""
    return answer.is_local(name) or answer.is_ours(name) or name.id in own_functions(answer)


def is_of_a_library(answer: Answer, function: ast.AST) -> bool:
    """Whether a name is that of a function which Python or NumPy really has, and the student has not made."""
    if isinstance(function, ast.Attribute):
        return isinstance(function.value, ast.Name) and has_function(answer, function.value, function.attr)
    return (
        isinstance(function, ast.Name)
        and hasattr(builtins, function.id)
        and not answer.is_local(function)
        and function.id not in (*own_functions(answer), *answer.functions)
    )


def has_function(answer: Answer, module: ast.Name, name: str) -> bool:
    return callable(in_module(answer, module, name))


def is_in_module(answer: Answer, module: ast.Name, name: str) -> bool:
    return in_module(answer, module, name) is not None


def in_module(answer: Answer, module: ast.Name, name: str) -> Any:
    """What NumPy or math has under a name; None where there is nothing, or another module."""
    modules = {"numpy": np, "math": math}
    return getattr(modules.get(answer.modules.get(module.id, "")), name, None)


def room_for(answer: Answer, call: ast.Call) -> bool:
    """Whether one more argument can be meant: a function of NumPy's writes into the last that it takes,
    and `sum` begins with it."""
    function = call.func
    if isinstance(function, ast.Name) and function.id == "sum" and call.args:
        return False
    if not isinstance(function, ast.Attribute) or not answer.is_module(function.value, "numpy"):
        return True
    takes = getattr(getattr(np, function.attr, None), "nin", 9)
    return len(call.args) < takes and not (call.args and function.attr in REDUCERS)


def is_call_target(answer: Answer, node: Any) -> bool:
    parent = answer.parents.get(node)
    return isinstance(parent, (ast.Attribute, ast.Call)) and answer.fields[node] in ("value", "func")


def reducing_calls(answer: Answer) -> list[ast.Call]:
    """The calls that take numbers together; none that names its axis twice, and stops."""
    found = [
        c
        for c in answer.all_of(ast.Call)
        if answer.call_name(c) in REDUCERS and isinstance(c.func, ast.Attribute) and len(c.args) <= 2
    ]
    twice = [
        c for c in found if has_keyword(c, "axis") and len(c.args) > answer.is_module(c.func.value, "numpy")
    ]
    return sorted((c for c in found if c not in twice), key=answer.start)


def with_keywords(answer: Answer, call: Any, **wanted: str) -> str:
    """The call with these keywords and its others; an axis given by place makes way."""
    kept = {k.arg: answer.of(k.value) for k in call.keywords if k.arg}
    room = 1 if answer.is_module(call.func.value, "numpy") else 0
    args = [answer.of(a) for a in call.args[:room]]
    if "axis" not in wanted and len(call.args) > room:
        args.append(answer.of(call.args[room]))
    return call_text(answer, call, args, [f"{k}={v}" for k, v in (kept | wanted).items()])


def has_keyword(call: ast.Call, name: str) -> bool:
    return any(k.arg == name for k in call.keywords)


def change_at(start: int, end: int, new: str, old: str = "", extra: int = 0) -> Change:
    return Change(((start, end, new),), old, extra)


AXIS_QUESTION = "Which numbers belong together there: those of a row, of a column, or all of them?"


def blocks(answer: Answer) -> Iterator[tuple[ast.AST, str, list[Any]]]:
    """Every block of statements: (what it belongs to, its name there, the statements)."""
    for node in answer.nodes:
        for name in ("body", "orelse"):
            body = getattr(node, name, None)
            if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
                yield node, name, body


def statements(answer: Answer, *kinds: type[ast.AST]) -> Iterator[tuple[Any, list[Any], int, Any]]:
    """Statements inside functions that have their lines for themselves, docstrings aside."""
    for owner, _, body in blocks(answer):
        for i, node in enumerate(body):
            is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            inside = isinstance(owner, FUNCTIONS) or answer.function(owner) is not None
            if inside and not is_text and own_lines(answer, node) and (not kinds or isinstance(node, kinds)):
                yield owner, body, i, node


def runs_over(answer: Answer, node: ast.AST, name: str) -> bool:
    """Whether a loop around a node runs over what has this name: what is put into it there has no end."""
    loops = (n for n in answer.ancestors(node) if isinstance(n, ast.For))
    return any(isinstance(loop.iter, ast.Name) and loop.iter.id == name for loop in loops)


def own_lines(answer: Answer, node: Any) -> bool:
    before = answer.lines[node.lineno - 1][: node.col_offset]
    after = answer.text[answer.end(node) :].partition("\n")[0].strip()
    return not before.strip() and (not after or after.startswith("#"))


def last_line(node: ast.stmt) -> int:
    """The number of the line with which a statement ends; it was parsed, so it has one."""
    return node.end_lineno or node.lineno


def lines_of(answer: Answer, node: Any) -> list[str]:
    return answer.lines[node.lineno - 1 : node.end_lineno]


def moved(answer: Answer, node: Any, column: int) -> list[str]:
    """The lines of a statement, indented to another column."""
    lines = lines_of(answer, node)
    by = column - node.col_offset
    return [" " * by + line if by > 0 else line[min(-by, len(line) - len(line.lstrip())) :] for line in lines]


def in_place(answer: Answer, node: Any, text: str, old: str = "", extra: int = 0) -> Change:
    """Another statement in the place of one."""
    return answer.put(node, text, old, extra)


def lists_of(answer: Answer, node: Any) -> list[str]:
    """Names to which a list is given where a node stands."""
    function = answer.function(node)
    found = []
    for assign in ast.walk(function) if function else ():
        if isinstance(assign, ast.Assign) and isinstance(assign.value, (ast.List, ast.ListComp, ast.Call)):
            found += [t.id for t in assign.targets if isinstance(t, ast.Name)]
    return list(dict.fromkeys(found))


def outdented(answer: Answer, wanted: Callable[[ast.AST], bool]) -> Iterator[Change]:
    """The last statement of a block, moved out of it: one block, or several."""
    for owner, body, i, node in statements(answer):
        if i != len(body) - 1 or len(body) == 1 or not wanted(node):
            continue
        block = owner
        while not isinstance(block, FUNCTIONS) and block in answer.parents:
            rest = answer.lines[node.end_lineno : block.end_lineno]  # else branches of the block
            lines = [*rest, *moved(answer, node, block.col_offset)]
            yield answer.put_lines(node.lineno, block.end_lineno, lines)
            block = answer.parents[block]
            if not isinstance(block, (ast.For, ast.While, ast.If, ast.With, ast.Try)):
                break


def is_name(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name)
