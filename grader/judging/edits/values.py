"""Edits of what kind of thing a value is: element or position, list or array, copy or not."""

from __future__ import annotations

import ast

from ..answer import Answer
from .table import Changes, edit
from .tools import is_call_target, names_read, tight


@edit(
    "brackets around one thing",
    cost=1,
    says="The brackets make a list or a tuple with one thing in it, where that thing itself is needed.",
    asks="What do the brackets, or the comma, make of the value?",
)
def brackets_around_one(answer: Answer) -> Changes:
    for node in answer.all_of(ast.List, ast.Tuple, ast.Set):
        if len(node.elts) == 1 and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            yield answer.put(node, answer.of(node.elts[0]))


@edit(
    "part of it",
    cost=2,
    says="`{old}` takes only a part, where the whole is needed.",
    asks="What stands before the square brackets, and what do they take out of it?",
)
def part_of_it(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Subscript):
        new_axis = any(isinstance(n, ast.Constant) and n.value is None for n in ast.walk(node.slice))
        if isinstance(node.ctx, ast.Load) and not new_axis:
            yield answer.put(node, tight(answer, node.value))


@edit(
    "position or element",
    cost=1,
    says="A loop over the list itself gives its elements one after the other; a loop over range(len(...)) "
    "gives positions. Here one is taken for the other.",
    asks="What does the loop's variable hold in the first round: a position, or an element?",
)
def position_or_element(answer: Answer) -> Changes:
    for node in answer.loads():
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name):
            same = [n for n in answer.all_of(ast.Subscript) if answer.of(n) == answer.of(node)]
            yield answer.put(node, node.slice.id)
            if len(same) > 1:
                yield answer.put_all([(n, answer.of(n.slice)) for n in same], answer.of(node))
    loops = [(n.target, n.iter) for n in answer.all_of(ast.For, ast.comprehension)]
    for target, values in loops:
        inner = answer.of(values)
        length = values.args[0] if isinstance(values, ast.Call) and inner.startswith("range(len(") else None
        if isinstance(length, ast.Call) and length.args:
            yield answer.put(values, answer.of(length.args[0]))
        elif isinstance(values, (ast.Name, ast.Attribute)):
            yield answer.put(values, f"range(len({inner}))")
        if isinstance(values, ast.Call) and answer.call_name(values) == "range" and values.args:
            yield answer.put(values.args[-1], f"len({answer.of(values.args[-1])})")
        if isinstance(values, ast.Call) and answer.call_name(values) == "len":
            yield answer.put(values, f"range({inner})")
        if (
            isinstance(target, ast.Name)
            and isinstance(values, ast.Call)
            and answer.call_name(values) == "range"
        ):
            reads = [n for n in names_read(answer) if n.id == target.id]
            free = [n for n in reads if not isinstance(answer.parents.get(n), ast.Subscript)]
            for name in answer.locals(target):
                if name != target.id:
                    for n in free:
                        yield answer.put(n, f"{name}[{n.id}]")
                    if len(free) > 1:
                        yield answer.put_all([(n, f"{name}[{n.id}]") for n in free], target.id)


@edit(
    "list or array",
    cost=2,
    says="What comes out is not the kind of thing that is asked for: a list, an array, a tuple and the like "
    "are different things, whatever numbers are in them.",
    asks="What kind of thing is asked for, and what kind of thing is this?",
)
def container(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Return, ast.Assign):
        value = node.value
        if value is None:
            continue
        if np:
            yield answer.put(value, f"{np}.array({answer.of(value)})")
            yield answer.put(value, f"{np}.array(list({answer.of(value)}))", extra=1)
        yield answer.put(value, f"list({answer.of(value)})")
        yield answer.put(value, f"{tight(answer, value)}.tolist()")
        if isinstance(value, ast.GeneratorExp):
            yield answer.put(value, f"[{answer.of(value)[1:-1]}]")


@edit(
    "transpose",
    cost=2,
    says="Rows and columns of `{old}` are taken the wrong way round there.",
    asks="Which shape does it have there, and which one is needed?",
)
def transpose(answer: Answer) -> Changes:
    for node in answer.loads():
        if isinstance(node, (ast.Name, ast.Attribute)) and not is_call_target(answer, node):
            if isinstance(node, ast.Name) and not answer.is_local(node):
                continue
            yield answer.put(node, f"{answer.of(node)}.T")


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
        elif isinstance(value, (ast.Subscript, ast.Call)):
            whole = value.value if isinstance(value, ast.Subscript) else value.func
            if isinstance(whole, ast.Attribute):
                whole = whole.value
            arg = value.args[0] if isinstance(value, ast.Call) and value.args else whole
            for source in {answer.of(whole), answer.of(arg)}:
                whole_part = isinstance(value, ast.Subscript) and answer.of(value).endswith("[:]")
                yield answer.put(value, f"{source}.copy()", extra=0 if whole_part else 1)
