"""Edits of how objects work together: what `forward` gives back, and what goes from one to the next."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..answer import Answer, Change
from .loops_rounds import names_stored
from .table import Changes, edit
from .tools import last_line, own_lines, statements


@edit(
    "forward gives nothing back",
    cost=1,
    says="`forward` gives nothing back: it keeps its result in the object, under `output`, and there it has "
    "to be read.",
    asks="What does `forward` give back, and where does it keep what it has worked out?",
)
def forward_gives_nothing(answer: Answer) -> Changes:
    for function in answer.all_of(ast.FunctionDef) if "output" in answer.attributes else ():
        splices: list[tuple[int, int, str]] = []
        for _, _, _, node in statements(answer, ast.Assign, ast.Return, ast.Expr):
            if answer.function(node) is not function or node.value is None:
                continue
            lines, text = taken_apart(answer, node.value)
            if isinstance(node, ast.Expr):  # which calls one already
                lines, text = lines[:-1], lines[-1] if lines else ""
            if lines:
                head = answer.text[answer.start(node) : answer.start(node.value)]
                indented = [" " * node.col_offset + line for line in (*lines, head + text)]
                splices += answer.put_lines(node.lineno, last_line(node), indented).splices
        if splices:
            yield Change(tuple(splices))


@edit(
    "call of the object itself",
    cost=1,
    says="{old} no function: it is the `forward` of an object that takes the numbers, and what that has "
    "worked out is kept in the object, under `output`.",
    asks="What takes the numbers in this lesson: the object itself, or one of its methods?",
)
def object_called(answer: Answer) -> Changes:
    called = [c for c in answer.all_of(ast.Call) if called_object(answer, c) and len(c.args) == 1]
    splices: list[tuple[int, int, str]] = []
    for _, _, _, node in statements(answer, ast.Assign, ast.Return, ast.Expr):
        if node.value is None or not any(c in called for c in ast.walk(node.value)):
            continue
        lines, text = taken_apart(answer, node.value, called)
        head = answer.text[answer.start(node) : answer.start(node.value)]
        indented = [" " * node.col_offset + line for line in (*lines, head + text)]
        splices += answer.put_lines(node.lineno, last_line(node), indented).splices
    if splices:
        names = list(dict.fromkeys(f"`{answer.of(c.func)}`" for c in called))
        old = f"{names[0]} is an object and" if len(names) == 1 else f"{', '.join(names)} are objects and"
        yield Change(tuple(splices), old)


def called_object(answer: Answer, call: ast.Call) -> str:
    """The name of the object that is called there as if it were a function; "" where it is none.

    One that is made where it is called gets a name: its class's, in small letters.
    """
    if "output" not in answer.attributes:
        return ""
    if isinstance(call.func, ast.Name) and answer.is_local(call.func) and call.func.id not in answer.defined:
        return call.func.id
    made = isinstance(call.func, ast.Call) and answer.of(call.func.func) in answer.classes
    return answer.of(call.func.func).lower() if made and isinstance(call.func, ast.Call) else ""


def taken_apart(answer: Answer, node: ast.expr, calls: Sequence[ast.Call] = ()) -> tuple[list[str], str]:
    """The lines that call `forward` first, and what then stands in the place of a value that called it.

    `calls` are those of objects that are called themselves.
    """
    if isinstance(node, ast.Call) and node in calls:
        name = called_object(answer, node)
        before, text = taken_apart(answer, node.args[0], calls)
        made = [f"{name} = {answer.of(node.func)}"] if isinstance(node.func, ast.Call) else []
        return [*before, *made, f"{name}.forward({text})"], f"{name}.output"
    inner = node.value if isinstance(node, ast.Attribute) and node.attr == "output" else node
    called = inner.func if isinstance(inner, ast.Call) else None
    lines: list[str] = []
    if isinstance(inner, ast.Call) and isinstance(called, ast.Attribute) and called.attr == "forward":
        owner, args = answer.of(called.value), []
        for arg in inner.args:
            before, text = taken_apart(answer, arg, calls)
            lines += before
            args.append(text)
        return [*lines, f"{owner}.forward({', '.join(args)})"], f"{owner}.output"
    pieces, place = [], answer.start(node)
    for child in sorted(parts_of(node), key=answer.start):
        before, text = taken_apart(answer, child, calls)
        if before:
            lines += before
            pieces += [answer.text[place : answer.start(child)], text]
            place = answer.end(child)
    return lines, "".join(pieces) + answer.text[place : answer.end(node)]


def parts_of(node: ast.expr) -> Iterator[ast.expr]:
    """The expressions of which one is made; none of what runs several times, or later."""
    if not isinstance(node, (ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp, ast.Lambda)):
        yield from (n for n in ast.iter_child_nodes(node) if isinstance(n, ast.expr))


@edit(
    "numbers given to the class",
    cost=1,
    says="Numbers stand in the parentheses of `{old}`, where an object is made: it is made without any, and "
    "its `forward` is what takes them.",
    asks="What does the class take when an object is made of it, and which method takes the numbers?",
)
def numbers_for_the_class(answer: Answer) -> Changes:
    made = [
        (node, node.value)
        for _, _, _, node in statements(answer, ast.Assign)
        if isinstance(node.value, ast.Call) and answer.of(node.value.func) in answer.classes
    ]
    made = [(n, c) for n, c in made if len(c.args) == 1 and isinstance(n.targets[0], ast.Name)]
    splices: list[tuple[int, int, str]] = []
    for node, call in made:
        name, indent = answer.of(node.targets[0]), " " * node.col_offset
        given = answer.of(call.args[0])
        lines = [f"{indent}{name} = {answer.of(call.func)}()", f"{indent}{name}.forward({given})"]
        splices += answer.put_lines(node.lineno, last_line(node), lines).splices
    if splices:
        yield Change(tuple(splices), "` and `".join(dict.fromkeys(answer.of(c.func) for _, c in made)))


@edit(
    "result is not passed on",
    cost=2,
    says="Each object of the loop is given the same `{old}`: what the one before it has worked out goes to "
    "none.",
    asks="What should the second object of the loop be given?",
)
def not_passed_on(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Expr):
        loop, call = answer.within(node, ast.For), node.value
        if loop is None or not isinstance(loop.target, ast.Name) or not isinstance(call, ast.Call):
            continue
        given = call.args[0] if len(call.args) == 1 else None
        if not isinstance(given, ast.Name) or given.id in names_stored(loop):
            continue
        if answer.of(call.func) == f"{loop.target.id}.forward":
            line = f"{' ' * node.col_offset}{given.id} = {loop.target.id}.output"
            yield answer.put_lines(last_line(node) + 1, last_line(node), [line], given.id)


@edit(
    "another object for self",
    cost=1,
    says="What is stored on `{old}` is not kept by the object whose method is at work: that one is `self`.",
    asks="Which object should keep the result, and by which name does its method know it?",
)
def another_object(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Attribute):
        stored = isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name)
        if stored and answer.in_class(node) and answer.of(node.value) != "self":
            yield answer.put(node.value, "self")


@edit(
    "two names exchanged",
    cost=1,
    says="`{old}` are each used where the other one is needed.",
    asks="What does each of these two names stand for, and in which order are they needed?",
)
def names_exchanged(answer: Answer) -> Changes:
    for function in answer.all_of(ast.FunctionDef):
        reads = [n for n in answer.all_of(ast.Name) if answer.function(n) is function]
        names = [p for p in answer.parameters[function] if p != "self" and p in {n.id for n in reads}]
        for i, one in enumerate(names if function.name != "__init__" else ()):
            for other in names[i + 1 :]:
                both = [(n, other if n.id == one else one) for n in reads if n.id in (one, other)]
                yield answer.put_all(both, f"{one}` and `{other}")


@edit(
    "rows one by one",
    cost=2,
    says="The loop takes what is in `{old}` one by one, and at its end only what the last one gave is left; "
    "these lines work on all at once.",
    asks="What is left of the first round's result when the loop is over?",
)
def rows_one_by_one(answer: Answer) -> Changes:
    for _, _, _, loop in statements(answer, ast.For):
        if not isinstance(loop.target, ast.Name) or not isinstance(loop.iter, ast.Name) or loop.orelse:
            continue
        name, body = loop.target.id, loop.body
        reads = [n for n in ast.walk(loop) if isinstance(n, ast.Name) and n.id == name]
        whole = answer.changed(answer.put_all([(n, loop.iter.id) for n in reads if n is not loop.target]))
        by = body[0].col_offset - loop.col_offset
        lines = whole.splitlines()[body[0].lineno - 1 : last_line(body[-1])]
        if name in names_stored(ast.Module(body, [])) or any(keeps(answer, n) for n in ast.walk(loop)):
            continue
        if own_lines(answer, body[0]) and all(not line[:by].strip() for line in lines):
            yield answer.put_lines(
                loop.lineno, last_line(loop), [line[by:] for line in lines], answer.of(loop.iter)
            )


def keeps(answer: Answer, node: ast.AST) -> bool:
    """Whether what a round has made stays beside what the rounds before have."""
    if isinstance(node, ast.Call):
        return answer.call_name(node) in ("append", "extend", "insert")
    stored = isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)
    return stored or isinstance(node, ast.AugAssign)


@edit(
    "call of forward is missing",
    cost=3,
    says="A step is never taken: one of the objects is asked for its output before its `forward` was called.",
    asks="Which of the objects has not worked yet when its output is read?",
)
def forward_missing(answer: Answer) -> Changes:
    calls = [c for c in answer.all_of(ast.Call) if answer.call_name(c) == "forward"]
    if not calls:
        return
    called = {answer.of(c.func.value) for c in calls if isinstance(c.func, ast.Attribute)}
    for function in {answer.function(call) for call in calls} - {None}:
        objects = answer.locals(function)
        sources = [*answer.parameters[function], *(f"{name}.output" for name in objects)]
        for node in function.body if isinstance(function, ast.FunctionDef) else []:
            for name in (n for n in objects if n not in called):
                reads = [n.lineno for n in answer.all_of(ast.Attribute) if answer.of(n) == f"{name}.output"]
                for source in sources if reads else ():
                    if name not in (source, source.partition(".")[0]):
                        line = " " * node.col_offset + f"{name}.forward({source})"
                        yield answer.put_lines(node.lineno, node.lineno - 1, [line], about=min(reads))
