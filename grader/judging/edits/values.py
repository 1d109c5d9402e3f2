"""Edits of what kind of thing a value is: element or position, list or array, copy or not."""

from __future__ import annotations

import ast

from ..answer import Answer, Change
from .table import Changes, edit
from .tools import is_call_target, names_read, tight


@edit(
    "brackets around one thing",
    cost=1,
    says="{old} with one thing in it, where that thing itself is needed.",
    asks="What kind of thing is the value, with what stands around it, and what is needed?",
)
def brackets_around_one(answer: Answer) -> Changes:
    for node in answer.all_of(ast.List, ast.Tuple, ast.Set):
        if len(node.elts) == 1 and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            made = {ast.List: "The square brackets make a list", ast.Set: "The braces make a set"}
            says = made.get(type(node), "The comma makes a tuple")
            yield answer.put(node, answer.of(node.elts[0]), says)


@edit(
    "list of one number",
    cost=1,
    says="`{old}` takes the elements out of what it is given; square brackets make a list with just that "
    "one thing in it.",
    asks="What does `{old}` do with what stands between its parentheses?",
)
def list_of_one(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if answer.of(node.func) in ("list", "tuple") and len(node.args) == 1:
            yield answer.put(node, f"[{answer.of(node.args[0])}]", answer.of(node.func))


@edit(
    "part of it",
    cost=2,
    says="{old}, where the whole is needed as it is.",
    asks="What stands before the square brackets, and what do they take out of it?",
)
def part_of_it(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Subscript):
        if isinstance(answer.parents[node], ast.Compare):  # a whole list is compared with nothing
            continue
        if isinstance(node.ctx, ast.Load) and not makes_an_axis(answer, node):
            by_names = any(isinstance(n, (ast.Name, ast.Call)) for n in ast.walk(node.slice))
            steps = any(isinstance(n, ast.Slice) and n.step for n in ast.walk(node.slice))
            takes = "takes a part, or another order" if by_names or steps else "takes only a part"
            yield answer.put(node, tight(answer, node.value), f"`{answer.of(node)}` {takes}")


def makes_an_axis(answer: Answer, node: ast.Subscript) -> bool:
    return any(
        answer.of(n) in ("None", "np.newaxis") for n in ast.walk(node.slice) if isinstance(n, ast.expr)
    )


TAKEN = "Here one is taken for the other"


@edit(
    "position or element",
    cost=1,
    says="A loop over the list itself gives its elements one after the other; a loop over range(len(...)) "
    "gives positions. {old}.",
    asks="What does the loop's variable hold in the first round: a position, or an element?",
)
def position_or_element(answer: Answer) -> Changes:
    loops = [
        (n.target, n.iter)
        for n in answer.all_of(ast.For, ast.comprehension)
        if not isinstance(answer.parents[n], ast.DictComp)
    ]
    counted = {n.id for target, _ in loops for n in ast.walk(target) if isinstance(n, ast.Name)}
    for node in answer.loads():
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name) and node.slice.id in counted:
            same = [n for n in answer.all_of(ast.Subscript) if answer.of(n) == answer.of(node)]
            yield answer.put(node, node.slice.id, TAKEN)
            if len(same) > 1 and not any(isinstance(n.ctx, ast.Store) for n in same):
                yield answer.put_all([(n, answer.of(n.slice)) for n in same], TAKEN)
    keys = {
        answer.of(n.slice) for n in answer.all_of(ast.Subscript) if answer.of(n.value) in dicts_of(answer)
    }
    for target, values in loops:
        if answer.of(target) in keys:  # a key is no position
            continue
        inner = answer.of(values)
        length = values.args[0] if isinstance(values, ast.Call) and inner.startswith("range(len(") else None
        if isinstance(length, ast.Call) and length.args:
            yield answer.put(values, answer.of(length.args[0]), TAKEN)
        elif isinstance(values, (ast.Name, ast.Attribute)):
            yield answer.put(values, f"range(len({inner}))", TAKEN)
        if isinstance(values, ast.Call) and answer.call_name(values) == "range" and values.args:
            end = answer.of(values.args[-1])
            yield answer.put(values.args[-1], f"len({end})", f"`range` wants a number, and `{end}` is none")
        if isinstance(values, ast.Call) and answer.call_name(values) == "len":
            yield answer.put(values, f"range({inner})", f"`{inner}` is one number: nothing to go through")
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
                        yield answer.put(n, f"{name}[{n.id}]", TAKEN)
                    if len(free) > 1:
                        yield answer.put_all([(n, f"{name}[{n.id}]") for n in free], TAKEN)


def dicts_of(answer: Answer) -> set[str]:
    """Names to which a dictionary is given."""
    made = [
        n
        for n in answer.all_of(ast.Assign)
        if isinstance(n.value, ast.Dict) or answer.of(n.value) == "dict()"
    ]
    return {answer.of(target) for n in made for target in n.targets}


@edit(
    "results that wait to be asked for",
    cost=1,
    says="`{old}` gives its results one by one, when something asks for them; NumPy does not ask, and takes "
    "the whole for one thing. A list has to be made of them first.",
    asks="What is it that `{old}` gives: numbers, or something that can be asked for them?",
)
def waits_to_be_asked(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Call) if np else ():
        inner = node.args[0] if node.args and answer.of(node.func).startswith(f"{np}.") else None
        called = isinstance(inner, ast.Call) and answer.of(inner.func) in ("map", "filter", "zip", "reversed")
        if inner is not None and (called or isinstance(inner, ast.GeneratorExp)):
            old = answer.call_name(inner) if isinstance(inner, ast.Call) else answer.of(inner)
            yield answer.put(inner, f"list({answer.of(inner)})", old)


@edit(
    "list or array",
    cost=2,
    says="{old}: a list, an array, a tuple and the like are different things, whatever numbers are in them.",
    asks="What kind of thing is asked for, and what kind of thing is this?",
)
def container(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Return, ast.Assign):
        value, old = node.value, "What comes out is not the kind of thing that is asked for"
        if value is None:
            continue
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            old = f"`{node.targets[0].id}` is not the kind of thing that is needed there"
        if np and not (isinstance(value, ast.Call) and answer.of(value.func) in ("sum", "len", "max", "min")):
            yield answer.put(value, f"{np}.array({answer.of(value)})", old)
            yield answer.put(value, f"{np}.array(list({answer.of(value)}))", old, 1)
        yield answer.put(value, f"list({answer.of(value)})", old)
        yield answer.put(value, f"{tight(answer, value)}.tolist()", old)
        if isinstance(value, ast.GeneratorExp):
            yield answer.put(value, f"[{answer.of(value)[1:-1]}]", old)


@edit(
    "transpose",
    cost=2,
    says="Rows and columns of `{old}` are taken the wrong way round there.",
    asks="What are its rows there, what its columns, and which of them is needed?",
)
def transpose(answer: Answer) -> Changes:
    for node in answer.loads():
        if isinstance(node, (ast.Name, ast.Attribute)) and not is_call_target(answer, node):
            if isinstance(node, ast.Name) and not answer.is_local(node):
                continue
            above = answer.parents.get(node)
            at_a_place = isinstance(above, ast.Subscript) and isinstance(above.slice, ast.Tuple)
            yield answer.put(node, f"{answer.of(node)}.T", extra=int(at_a_place))
    for node in answer.all_of(ast.Call):
        stacked = answer.call_name(node) in ("array", "asarray", "stack", "vstack")
        if stacked and isinstance(answer.parents[node], (ast.Assign, ast.Return)):
            yield answer.put(node, f"{answer.of(node)}.T")


@edit(
    "row for a column",
    cost=2,
    says="{old} is needed.",
    asks="What do the positions in those square brackets count: rows, or columns?",
)
def row_for_column(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Subscript):
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if makes_an_axis(answer, node):
            continue
        texts, owner = [answer.of(part) for part in parts], tight(answer, node.value)
        if len(parts) == 1 and isinstance(parts[0], (ast.Constant, ast.UnaryOp)):
            yield answer.put(node, f"{owner}[:, {texts[0]}]", f"`{answer.of(node)}` is a row, and a column")
        elif len(parts) == 2 and texts[0] == ":" and isinstance(parts[1], (ast.Constant, ast.UnaryOp)):
            yield answer.put(node, f"{owner}[{texts[1]}]", f"`{answer.of(node)}` is a column, and a row")


@edit(
    "positions in another order",
    cost=2,
    says="The positions in `{old}` stand in the wrong order: the first says which row, the second which "
    "column.",
    asks="Which of the two positions counts the rows?",
)
def positions_in_order(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Subscript):
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else []
        if len(parts) == 2 and not any(isinstance(p, (ast.Slice, ast.Constant)) for p in parts):
            first, second = map(answer.of, parts)
            yield answer.put(node, f"{tight(answer, node.value)}[{second}, {first}]")


@edit(
    "whole columns",
    cost=2,
    says="`{old}` takes whole columns: of each class that is named there the numbers of all samples. What is "
    "needed is one number of each row.",
    asks="Which shape does `{old}` have, and how many numbers are needed of each row?",
)
def whole_columns(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Subscript) if np else ():
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else []
        if len(parts) != 2 or answer.of(parts[0]) != ":" or not isinstance(parts[1], (ast.Name, ast.Call)):
            continue
        owner, place = tight(answer, node.value), answer.of(parts[1])
        text = f"{owner}[{np}.arange(len({owner})), {place}]"
        if place not in ("None", f"{np}.newaxis"):
            yield answer.put(node, text)
            yield answer.put(node, f"{text}[:, None]", extra=1)


@edit(
    "places in a column",
    cost=1,
    says="`{old}` wants the places in as many axes as the numbers have: in a column, one for each row. What "
    "it gives is a column then, too.",
    asks="How many axes do the places have that `{old}` is given, and how many have the numbers?",
)
def places_in_a_column(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if answer.call_name(node) == "take_along_axis" and len(node.args) > 1:
            place, old = node.args[1], answer.of(node.func)
            end = answer.end(node)
            column = answer.put(place, f"{tight(answer, place)}[:, None]", old)
            yield column
            yield Change((*column.splices, (end, end, "[:, 0]")), old)
            yield Change(((end, end, "[:, 0]"),), old)


@edit(
    "one of them for all",
    cost=4,
    says="`{old}` is only a part, and what is needed there is worked out from all of it.",
    asks="On how many of the numbers should that value depend?",
)
def one_for_all(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Subscript):
        if (
            isinstance(node.ctx, ast.Load)
            and isinstance(node.value, ast.Name)
            and answer.is_local(node.value)
        ):
            for function in ("sum", "max", *([f"{np}.sum", f"{np}.max"] if np else [])):
                yield answer.put(node, f"{function}({node.value.id})")


@edit(
    "chosen places on one side",
    cost=1,
    says="On the left of `=` stand chosen places, and on the right all numbers: the same places have to be "
    "chosen there.",
    asks="How many numbers stand on each side of that `=`?",
)
def chosen_on_one_side(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Assign):
        target = node.targets[0]
        if isinstance(target, ast.Subscript) and chooses(answer, target.slice):
            for name in (n for n in ast.walk(node.value) if isinstance(n, ast.Name) and answer.is_local(n)):
                yield answer.put(name, f"{name.id}[{answer.of(target.slice)}]")


def chooses(answer: Answer, places: ast.AST) -> bool:
    """Whether what stands in square brackets is a mask, or the name of one."""
    named = (
        n.value
        for n in answer.all_of(ast.Assign)
        if isinstance(places, ast.Name) and answer.of(n.targets[0]) == places.id
    )
    return any(isinstance(n, (ast.Compare, ast.UnaryOp)) for n in (places, *named))


@edit(
    "position for what stands there",
    cost=1,
    says="`{old}` is a position, and what is to be compared is what stands there.",
    asks="What does `{old}` hold: a position, or what stands at it?",
)
def position_compared(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Compare):
        sides = [node.left, *node.comparators]
        owners = [side.value for side in sides if isinstance(side, ast.Subscript)]
        for side in sides if owners else ():
            if isinstance(side, ast.Name):
                yield answer.put(side, f"{answer.of(owners[0])}[{side.id}]")


@edit(
    "flat row for a column",
    cost=3,
    says="`{old}` is one flat row of numbers, and a column is needed: the same numbers, each in a row of its "
    "own.",
    asks="Which shape does `{old}` have, and which one is needed?",
)
def flat_for_column(answer: Answer) -> Changes:
    values = [n.value for n in answer.all_of(ast.Return, ast.Assign) if n.value is not None]
    values += [
        n.right for n in answer.all_of(ast.BinOp) if isinstance(n.op, (ast.Div, ast.Sub, ast.Add, ast.Mult))
    ]
    for value in values if answer.alias("numpy") else ():
        if isinstance(value, (ast.Call, ast.Name, ast.BinOp, ast.Attribute, ast.Subscript)):
            yield answer.put(value, f"{tight(answer, value)}[:, None]")


@edit(
    "shape is lost",
    cost=3,
    says="`{old}` has another shape than what came in, and the same shape is asked for.",
    asks="Which shape did the numbers have when they came in?",
)
def shape_lost(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Return, ast.Assign):
        parameters = answer.parameters.get(answer.function(node), [])
        for name in [p for p in parameters if p != "self"] if answer.alias("numpy") else ():
            if node.value is not None and not isinstance(node.value, (ast.Constant, ast.List)):
                yield answer.put(node.value, f"{tight(answer, node.value)}.reshape({name}.shape)")
