"""Edits of data that is written into: whose it is, and what makes a copy of it."""

from __future__ import annotations

import ast
from dataclasses import replace

from ..answer import Answer, Change
from .table import Changes, edit
from .tools import in_place, statements


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
        if type(node.op) in signs:
            target, sign = answer.of(node.target), signs[type(node.op)]
            value = answer.of(node.value)
            value = value if isinstance(node.value, (ast.Call, ast.Name, ast.Constant)) else f"({value})"
            yield in_place(answer, node, f"{target} = {target} {sign} {value}")
    for _, _, _, node in statements(answer, ast.Assign):
        target = node.targets[0]
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Slice):
            yield in_place(answer, node, f"{answer.of(target.value)} = {answer.of(node.value)}")
    for call in answer.all_of(ast.Call):
        for k in call.keywords:
            if k.arg == "out":
                start = answer.text.rindex(",", 0, answer.start(k))
                yield Change(((start, answer.end(k), ""),))


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
    names, before = {name}, 0
    while len(names) > before:
        before = len(names)
        for node in ast.walk(function):
            if isinstance(node, (ast.Assign, ast.For)):
                value = node.value if isinstance(node, ast.Assign) else node.iter
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if names & names_in(value):
                    names |= {n for target in targets for n in names_in(target) if n != "self"}
    lines = [n.lineno for n in ast.walk(function) if writes_into(answer, n, names)]  # type: ignore[attr-defined]
    return min(lines, default=0)


def writes_into(answer: Answer, node: ast.AST, names: set[str]) -> bool:
    """Whether a statement or a call may write into the data that has one of these names."""
    place = node.target if isinstance(node, ast.AugAssign) else node
    stored = isinstance(getattr(place, "ctx", None), (ast.Store, ast.Del))
    if stored and isinstance(place, ast.Subscript) and names & names_in(place.value):
        return True
    if isinstance(node, ast.AugAssign):
        return bool(names & names_in(place))
    return isinstance(node, ast.Call) and any(names & names_in(one) for one in written_by(answer, node))


def written_by(answer: Answer, call: ast.Call) -> list[ast.expr]:
    """What a call may write into."""
    name = answer.call_name(call)
    owner = [call.func.value] if isinstance(call.func, ast.Attribute) and name in CHANGING else []
    first = call.args[:1] if name in ("putmask", "copyto", "place") else []
    return [*owner, *first, *(k.value for k in call.keywords if k.arg == "out")]


def names_in(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


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
    says="`{old}` is no copy: it is the same data under a second name, and whoever gave it sees every "
    "change.",
    asks="What makes a new list or array, and what only a new name?",
)
def no_copy(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Assign):
        value = node.value
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
                whole_part = isinstance(value, ast.Subscript) and answer.of(value).endswith("[:]")
                yield answer.put(value, f"{source}.copy()", extra=0 if whole_part else 1)


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
        for name in popped & set(given):
            place = next(n for n in ("rest", "left", "others") if n not in answer.locals(loop))
            reads = [n for n in ast.walk(loop) if isinstance(n, ast.Name) and n.id == name]
            line = [f"{' ' * loop.col_offset}{place} = {name}.copy()"]
            made = answer.put_lines(loop.lineno, loop.lineno - 1, line)
            yield Change((*made.splices, *answer.put_all([(n, place) for n in reads]).splices), name)
