"""Edits of data that is written into: whose it is, and what makes a copy of it."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

from ..answer import Answer, Change
from .table import Changes, edit
from .tools import in_place, last_line, names_read, statements


@edit(
    "in place",
    cost=0,
    says="The line changes the data that was handed over, instead of making something new: whoever called "
    "the function finds it changed.",
    asks="Whose list or array does that line change?",
)
def in_place_for_new(answer: Answer) -> Changes:
    signs = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.MatMult: "@"}
    for _, _, _, node in statements(answer, ast.AugAssign):
        if type(node.op) in signs and is_given(answer, node.target):
            target, sign = answer.of(node.target), signs[type(node.op)]
            value = answer.of(node.value)
            value = value if isinstance(node.value, (ast.Call, ast.Name, ast.Constant)) else f"({value})"
            yield in_place(answer, node, f"{target} = {target} {sign} {value}")
    for _, _, _, node in statements(answer, ast.Assign):
        target = node.targets[0]
        whole = isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Slice)
        if whole and is_given(answer, target):
            yield in_place(answer, node, f"{answer.of(target.value)} = {answer.of(node.value)}")
    for call in answer.all_of(ast.Call):
        for k in call.keywords:
            if k.arg == "out" and is_given(answer, k.value):
                start = answer.text.rindex(",", 0, answer.start(k))
                yield Change(((start, answer.end(k), ""),))


def is_given(answer: Answer, node: ast.expr) -> bool:
    """Whether a name, or what it is a part of, may hold what the caller has given."""
    while isinstance(node, ast.Subscript):
        node = node.value
    function = answer.function(node)
    given = answer.parameters.get(function, []) if function else []
    return any(answer.of(node) in holding(answer, function, name) for name in given if name != "self")


@edit(
    "work on a copy",
    cost=2,
    says="`{old}` is the caller's own data and no copy, and lines of this function write into it.",
    asks="Whose list or array do these lines write into?",
)
def copy_first(answer: Answer) -> Changes:
    for function in answer.all_of(ast.FunctionDef):
        body = [
            s for s in function.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
        ]
        for name in answer.parameters[function] if body else ():
            where = written_into(answer, function, name) if name != "self" else 0
            if where:
                line = " " * body[0].col_offset + f"{name} = {name}.copy()"
                change = answer.put_lines(body[0].lineno, body[0].lineno - 1, [line], name)
                yield replace(change, about=where)


@edit(
    "written into whole numbers",
    cost=3,
    says="Lines of this function write into `{old}`, which is the caller's own data; and where that holds "
    "whole numbers, there is no room in it for a fraction.",
    asks="Whose array do these lines write into, and what kind of numbers does it hold?",
)
def written_into_whole_numbers(answer: Answer) -> Changes:
    for function in answer.all_of(ast.FunctionDef) if answer.alias("numpy") else ():
        first = function.body[0]
        for name in answer.parameters[function]:
            where = written_into(answer, function, name) if name != "self" else 0
            if where:
                line = " " * first.col_offset + f"{name} = {name}.astype(float)"
                yield replace(answer.put_lines(first.lineno, first.lineno - 1, [line], name), about=where)


CHANGING = {
    *("append", "extend", "insert", "pop", "remove", "clear"),
    *("sort", "reverse", "fill", "put", "resize"),
}
"""Methods that change what they belong to."""


def written_into(answer: Answer, function: ast.FunctionDef, name: str) -> int:
    """The first line that may write into a parameter's data, under this name or another; or 0."""
    names = holding(answer, function, name)
    lines = [n.lineno for n in ast.walk(function) if writes_into(answer, n, names)]  # type: ignore[attr-defined]
    return min(lines, default=0)


def holding(answer: Answer, function: Any, name: str) -> set[str]:
    """All that may hold a parameter's data in a function, this name among it."""
    names, before = {name}, 0
    while len(names) > before:
        before = len(names)
        for node in ast.walk(function):
            targets: list[ast.expr] = []
            if isinstance(node, ast.Assign) and same_data(answer, node.value, names):
                targets = [t for t in node.targets if not isinstance(t, ast.Subscript)]
            elif isinstance(node, ast.For) and names & names_in(answer, node.iter):
                targets = [node.target]
            names |= {n for target in targets for n in names_in(answer, target)} - {"self"}
    return names


def same_data(answer: Answer, value: ast.expr, names: set[str]) -> bool:
    """Whether a value may be data that has one of these names, or a part of it, and no copy."""
    if answer.of(value) in names:
        return True
    parts: list[ast.expr] = []
    if isinstance(value, (ast.Attribute, ast.Subscript)):
        parts = [value.value]
    elif isinstance(value, ast.Call) and answer.call_name(value) in SAME_DATA:
        parts = [value.func, *value.args]
    elif isinstance(value, (ast.Tuple, ast.List)):
        parts = value.elts
    elif isinstance(value, ast.IfExp):
        parts = [value.body, value.orelse]
    return any(same_data(answer, part, names) for part in parts)


def writes_into(answer: Answer, node: ast.AST, names: set[str]) -> bool:
    """Whether a statement or a call may write into the data that has one of these names."""
    place = node.target if isinstance(node, ast.AugAssign) else node
    stored = isinstance(getattr(place, "ctx", None), (ast.Store, ast.Del))
    if stored and isinstance(place, ast.Subscript) and names & names_in(answer, place.value):
        return True
    if isinstance(node, ast.AugAssign):
        return bool(names & names_in(answer, place))
    written = written_by(answer, node) if isinstance(node, ast.Call) else []
    return any(names & names_in(answer, one) for one in written)


def written_by(answer: Answer, call: ast.Call) -> list[ast.expr]:
    """What a call may write into."""
    name = answer.call_name(call)
    owner = [call.func.value] if isinstance(call.func, ast.Attribute) and name in CHANGING else []
    first = call.args[:1] if name in ("putmask", "copyto", "place") else []
    return [*owner, *first, *(k.value for k in call.keywords if k.arg == "out")]


def names_in(answer: Answer, node: ast.AST) -> set[str]:
    """The names in a node, those of what objects keep as they are written: `self.output`."""
    return {answer.of(n) for n in ast.walk(node) if isinstance(n, (ast.Name, ast.Attribute))}


SAME_DATA = (
    "reshape",
    "ravel",
    "view",
    "asarray",
    "asanyarray",
    "squeeze",
    "transpose",
    "swapaxes",
    "atleast_2d",
)
"""What gives the same data another form, and makes no copy of it, or not always."""


@edit(
    "a copy that is none",
    cost=1,
    tells=2,
    says="`{old}` is no copy: it is the same data under a second name, and a change of the one is a change "
    "of the other.",
    asks="What makes a new list or array, and what only a new name?",
)
def no_copy(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Assign):
        value, function = node.value, answer.function(node)
        names = {*names_in(answer, node.targets[0]), *names_in(answer, value)}
        if function is None or not any(writes_into(answer, n, names) for n in ast.walk(function)):
            continue
        if isinstance(value, ast.Name) and answer.is_local(value):
            yield answer.put(value, f"{value.id}.copy()")
            yield answer.put(value, f"list({value.id})", extra=1)
        elif isinstance(value, ast.Subscript) or (
            isinstance(value, ast.Call) and answer.call_name(value) in SAME_DATA
        ):
            whole = value.value if isinstance(value, ast.Subscript) else value.func
            if isinstance(whole, ast.Attribute):
                whole = whole.value
            arg = value.args[0] if isinstance(value, ast.Call) and value.args else whole
            for source in {answer.of(whole), answer.of(arg)}:
                a_part = isinstance(value, ast.Subscript) and not answer.of(value).endswith("[:]")
                yield answer.put(value, f"{source}.copy()", extra=int(a_part))


@edit(
    "emptied on the way",
    cost=2,
    tells=2,
    says="`pop` takes each number out of `{old}`, and lines below read it when nothing is left.",
    asks="What does `{old}` hold when the loop is over?",
)
def emptied_on_the_way(answer: Answer) -> Changes:
    for _, _, _, loop in statements(answer, ast.While):
        given = answer.parameters.get(answer.function(loop), [])
        popped = {
            answer.of(c.func.value)
            for c in ast.walk(loop)
            if isinstance(c, ast.Call) and isinstance(c.func, ast.Attribute) and c.func.attr == "pop"
        }
        read = {n.id for n in names_read(answer) if n.lineno > last_line(loop)}
        for name in popped & set(given) & read:
            place = next(n for n in ("rest", "left", "others") if n not in answer.locals(loop))
            reads = [n for n in ast.walk(loop) if isinstance(n, ast.Name) and n.id == name]
            line = [f"{' ' * loop.col_offset}{place} = {name}.copy()"]
            made = answer.put_lines(loop.lineno, loop.lineno - 1, line)
            yield Change((*made.splices, *answer.put_all([(n, place) for n in reads]).splices), name)
