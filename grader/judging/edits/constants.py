"""Edits of numbers and texts that are typed in."""

from __future__ import annotations

import ast
import re
from typing import Any

from ..answer import Answer
from .table import Changes, edit
from .tools import call_text, tight


@edit(
    "size of another axis",
    cost=1,
    says="`{old}` is the size along another axis than is needed there: shape[0] and the `len` of a "
    "batch count its rows, shape[1] and the `len` of one row its columns.",
    asks="What does `{old}` count: rows, or columns? And what is needed there?",
)
def size_of_another_axis(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Subscript):
        if isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
            other = {"0": "1", "1": "0", "-1": "0"}.get(answer.of(node.slice))
            if other:
                yield answer.put(node, f"{answer.of(node.value)}[{other}]")
    for node in answer.all_of(ast.Call) if answer.alias("numpy") else ():
        if answer.of(node.func) == "len" and len(node.args) == 1 and isinstance(node.args[0], ast.Name):
            yield answer.put(node, f"{node.args[0].id}.shape[1]")
        elif (
            answer.of(node.func) == "len" and len(node.args) == 1 and answer.of(node.args[0]).endswith("[0]")
        ):
            yield answer.put(node, f"len({answer.of(node.args[0])[:-3]})")
    if answer.alias("numpy"):
        yield from size_under_a_name(answer)


def size_under_a_name(answer: Answer) -> Changes:
    """The rounds of one loop counted by a name that holds the size for another one."""
    held = {}
    for node in answer.all_of(ast.Assign):
        size = re.fullmatch(r"len\((\w+)\)|(\w+)\.shape\[([01])\]", answer.of(node.value))
        if size and isinstance(node.targets[0], ast.Name):
            held[node.targets[0].id] = f"{size[1] or size[2]}.shape[{0 if size[3] == '1' else 1}]"
    for node in answer.all_of(ast.Call):
        for arg in node.args if answer.of(node.func) == "range" else ():
            if isinstance(arg, ast.Name) and arg.id in held:
                yield answer.put(arg, held[arg.id])


@edit(
    "constant",
    cost=1,
    tells=0,
    says="Another value in the place of `{old}` would help.",
    asks="What does `{old}` do in that line?",
)
def constant(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Constant):
        if isinstance(node.value, bool):
            if not isinstance(answer.parents[node], ast.keyword):
                yield answer.put(node, str(not node.value))
        elif node.value is None and isinstance(answer.parents[node], ast.IfExp):
            yield answer.put(node, "0")
        elif isinstance(node.value, (int, float)) and not of_an_axis(answer, node):
            if not node.value and isinstance(getattr(answer.parents[node], "op", None), ast.Mult):
                yield answer.put(node, "0.1")  # a factor that leaves something, and is small
                continue
            near_by = {node.value + 1, node.value - 1} if isinstance(node.value, int) else set()
            for value in sorted({0, 1, -1, 2} | near_by):
                signed = value < 0 and isinstance(answer.parents[node], ast.UnaryOp)
                no_use = signed or idle(answer, node, value) or makes_twins(answer, node, value)
                if value != node.value and not no_use:
                    unlikely = isinstance(answer.parents[node], ast.Slice) or is_one_of_two(answer, node)
                    yield answer.put(node, str(value), extra=2 * unlikely)
                    same = [n for n in answer.all_of(ast.Constant) if type(n.value) is type(node.value)]
                    same = [n for n in same if n.value == node.value and not apart(answer, n)]
                    if len(same) > 1 and same[0] is node:
                        put = [
                            without(answer, n) if adds(answer, n, value) else (n, str(value)) for n in same
                        ]
                        yield answer.put_all(put, answer.of(node))
            parent = answer.parents.get(node)
            if isinstance(parent, ast.Call) and answer.call_name(parent) == "clip":
                yield answer.put(node, "None")
            compared = isinstance(parent, ast.Call) and answer.call_name(parent).startswith(("max", "min"))
            for name in answer.locals(node) if not is_one_of_two(answer, node) else ():
                if isinstance(parent, ast.Compare) and name in map(
                    answer.of, [parent.left, *parent.comparators]
                ):
                    continue  # nothing is compared with itself
                if isinstance(parent, ast.Call) and name in map(answer.of, parent.args):
                    continue  # then the whole call is too much
                yield answer.put(node, name, extra=2 if compared or is_drawn(answer, parent) else 1)


@edit(
    "constant below 0",
    cost=1,
    says="Another value in the place of `{old}` would help.",
    asks="What does `{old}` do in that line?",
    tells=0,
)
def constant_below_zero(answer: Answer) -> Changes:
    for node in answer.all_of(ast.UnaryOp):
        times = isinstance(getattr(answer.parents[node], "op", None), ast.Mult)  # then the 0 is needed alone
        if (
            isinstance(node.op, ast.USub)
            and isinstance(node.operand, ast.Constant)
            and not times
            and not of_an_axis(answer, node)
        ):
            yield answer.put(node, "0")


def of_an_axis(answer: Answer, node: ast.expr) -> bool:
    """Whether a number says which axis, with a sign before it or without."""
    above = answer.parents[node]
    return "axis" in (getattr(above, "arg", ""), getattr(answer.parents.get(above), "arg", ""))


def is_drawn(answer: Answer, node: ast.AST | None) -> bool:
    """Whether a call draws random numbers: what it is given are limits, most often typed in."""
    return isinstance(node, ast.Call) and ".random." in answer.of(node.func)


def idle(answer: Answer, node: ast.Constant, value: float) -> bool:
    """Whether an operation with this number would do nothing: then it is the operation that is too much."""
    op = getattr(answer.parents.get(node), "op", None)
    if value == 0 and isinstance(op, (ast.Mult, ast.USub)):  # and here it is the 0 that is needed, alone
        return True
    is_left = answer.fields.get(node) == "left"
    if isinstance(op, (ast.Add, ast.Sub)):
        return value == 0 and not (is_left and isinstance(op, ast.Sub))
    return (
        isinstance(op, (ast.Mult, ast.Div, ast.Pow))
        and value == 1
        and not (is_left and not isinstance(op, ast.Mult))
    )


def adds(answer: Answer, node: ast.Constant, value: float) -> bool:
    """Whether this number would be added or taken away, and be 0."""
    above = answer.parents[node]
    return value == 0 and isinstance(above, ast.BinOp) and isinstance(above.op, (ast.Add, ast.Sub))


def without(answer: Answer, node: ast.Constant) -> tuple[ast.AST, str]:
    """The operation with a number, and the other side of it alone."""
    above = answer.parents[node]
    is_left = answer.fields[node] == "left"
    other = above.right if is_left else above.left  # type: ignore[attr-defined]
    return above, tight(answer, other)


def is_one_of_two(answer: Answer, node: ast.Constant) -> bool:
    """Whether something is asked to equal this number, or not to, besides another condition."""
    above = answer.parents[node]
    equality = isinstance(above, ast.Compare) and isinstance(above.ops[0], (ast.Eq, ast.NotEq))
    return equality and isinstance(answer.parents[above], ast.BoolOp)


def makes_twins(answer: Answer, node: ast.Constant, value: float) -> bool:
    """Whether both sides of an operation would be the same with this number: nobody writes that. Of three
    arguments of `max` one is too much."""
    call = answer.parents[node]
    if isinstance(call, ast.Call) and answer.call_name(call) in ("max", "min") and len(call.args) > 2:
        return True
    for above in answer.ancestors(node):
        if isinstance(above, ast.BinOp):
            left, right = answer.of(above.left), answer.of(above.right)
            side = above.left if answer.start(node) < answer.end(above.left) else above.right
            at, end = answer.start(node) - answer.start(side), answer.end(node) - answer.start(side)
            text = answer.of(side)
            return text[:at] + str(value) + text[end:] == (right if side is above.left else left)
    return False


def apart(answer: Answer, node: ast.Constant) -> bool:
    """Whether a number is a keyword's, a place, or has a sign before it: not one of several of a kind."""
    return isinstance(answer.parents.get(node), (ast.keyword, ast.UnaryOp, ast.Subscript))


@edit(
    "sizes typed in",
    cost=2,
    says="The sizes are typed in, and there are other ones.",
    asks="Where do the sizes come from, and which of them are known when that line is written?",
)
def sizes_typed_in(answer: Answer) -> Changes:
    yield from shapes_typed_in(answer)
    for function in answer.all_of(ast.FunctionDef):
        names = [n for n in answer.parameters[function] if n != "self"]
        numbers = [n for n in ast.walk(function) if isinstance(n, ast.Constant) and type(n.value) is int]
        shapes: dict[ast.AST, list[ast.Constant]] = {}
        for n in numbers:
            if isinstance(answer.parents[n], (ast.Tuple, ast.Call)):
                shapes.setdefault(answer.parents[n], []).append(n)
        pairs = [p for p in shapes.values() if len(p) == 2]
        if function.name == "__init__" and len(names) == 2 and pairs:
            changed = [(b, names[1]) for _, b in pairs]
            changed += [(a, names[0]) for a, _ in pairs if a.value != 1 or len(pairs) == 1]
            yield answer.put_all(changed)


def shapes_typed_in(answer: Answer) -> Changes:
    """The shape of what came in, where sizes are typed in as the shape of what comes out."""
    for call in answer.all_of(ast.Call):
        sizes = call.args[0].elts if call.args and isinstance(call.args[0], ast.Tuple) else call.args
        given = [n for n in answer.parameters.get(answer.function(call), []) if n != "self"]
        typed_in = len(sizes) > 1 and all(isinstance(size, ast.Constant) for size in sizes)
        if answer.call_name(call) in ("reshape", "zeros", "empty", "ones") and typed_in and given:
            yield answer.put_all([(call, f"{answer.of(call.func)}({given[0]}.shape)")])


@edit(
    "zero",
    cost=2,
    says="`{old}` stands where a 0 is needed.",
    asks="What should stand in the place of a negative number, after that line?",
)
def zero(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Assign):
        infinite = re.fullmatch(r"-?float\(['\"][-+]?\w+['\"]\)", answer.of(node.value))
        of_all = isinstance(node.value, ast.Call) and answer.call_name(node.value) in ("min", "max", "mean")
        if infinite or of_all or not isinstance(node.value, (ast.Constant, ast.Call)):
            yield answer.put(node.value, "0", extra=2 * is_added(answer, node.targets[0]))
    for call in answer.all_of(ast.Call):
        one = call.args[0] if answer.call_name(call) == "append" and len(call.args) == 1 else None
        if one is not None and (not isinstance(one, ast.Constant) or one.value is None):
            yield answer.put(one, "0")
        if answer.call_name(call) in ("max", "maximum", "where"):
            for one in call.args if len(call.args) > 1 else ():
                several = isinstance(one, ast.Name) and len(call.args) == 2
                if several or isinstance(one, (ast.BinOp, ast.Call, ast.Attribute, ast.Subscript)):
                    yield answer.put(one, "0")
    for choice in answer.all_of(ast.IfExp):
        for one in (choice.body, choice.orelse):
            if not isinstance(one, ast.Constant):
                yield answer.put(one, "0")


def is_added(answer: Answer, target: ast.expr) -> bool:
    """Whether a name is added or taken away somewhere: with a 0 there, that step is what is too much."""
    sums = (n for n in answer.all_of(ast.BinOp) if isinstance(n.op, (ast.Add, ast.Sub)))
    return any(answer.of(target) in (answer.of(n.left), answer.of(n.right)) for n in sums)


@edit(
    "text for a value",
    cost=1,
    tells=2,
    says="`{old}` in quotes is a text, and no number or name.",
    asks="What kind of value stands there: a text, or a number?",
)
def text_for_value(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Constant):
        if isinstance(node.value, str):
            text = node.value.strip()
            number = text.lstrip("-").replace(".", "").isdigit()
            speaks_of = set(re.findall(r"[^\W\d]\w*", text)) & set(answer.locals(node))
            of_a_module = re.fullmatch(r"[\w.]+", text) and text.partition(".")[0] in answer.modules
            if text.isidentifier() or number or speaks_of or of_a_module:
                yield answer.put(node, text, text)


@edit(
    "number written as a text",
    cost=1,
    tells=2,
    says="`{old}` makes a text of the number, and a number is asked for.",
    asks="What kind of value stands there: a text, or a number?",
)
def number_as_text(answer: Answer) -> Changes:
    for node in answer.all_of(ast.JoinedStr):
        held = [n.value for n in node.values if isinstance(n, ast.FormattedValue)]
        if len(held) == 1:
            yield answer.put(node, f"({ast.unparse(held[0])})")
    for node in answer.all_of(ast.BinOp):
        if isinstance(node.op, ast.Mod) and isinstance(getattr(node.left, "value", None), str):
            yield answer.put(node, tight(answer, node.right))


PLACES = "The places are"


@edit(
    "places typed in",
    cost=2,
    says="{old} typed in: that is right for one size only, and there are other ones.",
    asks="With which sizes does that line work, and with which should it?",
)
def places_typed_in(answer: Answer) -> Changes:
    for node in answer.all_of(ast.BinOp):
        owners = {answer.of(n.value) for n in summed(node)}
        if len(summed(node)) > 1 and len(owners) == 1 and not isinstance(answer.parents.get(node), ast.BinOp):
            yield answer.put(node, f"sum({owners.pop()})", PLACES)
        columns, np = columns_summed(node), answer.alias("numpy")
        if np and len(columns) > 1 and not isinstance(answer.parents.get(node), ast.BinOp):
            whole = {answer.of(n.value) for n in columns}
            if len(whole) == 1:
                text = f"{np}.sum({whole.pop()}, axis=1"
                yield answer.put(node, f"{text})", PLACES)
                yield answer.put(node, f"{text}, keepdims=True)", PLACES)
    for node in answer.all_of(ast.Call):
        taken = [n for n in node.args if isinstance(n, ast.Subscript) and is_a_place(n)]
        owners = {answer.of(n.value) for n in taken}
        if len(taken) == len(node.args) > 1 and len(owners) == 1:
            yield answer.put(node, call_text(answer, node, [owners.pop()]), PLACES)
    for node in answer.all_of(ast.List):
        given = answer.parameters.get(answer.function(node), [])
        if len({answer.of(one) for one in node.elts if isinstance(one, ast.Constant)}) == 1 < len(node.elts):
            for name in given:
                yield answer.put(node, f"[{answer.of(node.elts[0])}] * len({name})", PLACES)
        places = [
            [n for n in ast.walk(one) if isinstance(n, ast.Subscript) and is_a_place(n)] for one in node.elts
        ]
        if len(places) < 2 or any(len(found) != 1 for found in places):
            continue
        first, place = node.elts[0], places[0][0]
        owner = answer.of(place.value)
        start, end = answer.start(first), answer.end(first)
        one = answer.text[start : answer.start(place)] + "number" + answer.text[answer.end(place) : end]
        yield answer.put(node, f"[{one} for number in {owner}]", PLACES)
    yield from counts_typed_in(answer)


def counts_typed_in(answer: Answer) -> Changes:
    """How many there are, in the place of a number that says it."""
    numbers = [n for n in answer.all_of(ast.Constant) if type(n.value) is int and n.value > 1]
    for node in numbers:
        above, old = answer.parents[node], f"`{node.value}` is"
        times = isinstance(above, ast.BinOp) and isinstance(above.left, ast.List)
        same = [n for n in numbers if n.value == node.value]
        for name in answer.locals(node):
            if times or isinstance(above, ast.Call):
                yield answer.put(node, f"len({name})", old, -int(times))
            if len(same) > 1 and same[0] is node:
                yield answer.put_all([(n, f"len({name})") for n in same], old)


def summed(node: Any) -> list[ast.Subscript]:
    """The places of a list that are added up there; [] where anything else is."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = summed(node.left), summed(node.right)
        return [*left, *right] if left and right else []
    return [node] if isinstance(node, ast.Subscript) and is_a_place(node) else []


def columns_summed(node: Any) -> list[ast.Subscript]:
    """The columns of a batch that are added up there; [] where anything else is."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = columns_summed(node.left), columns_summed(node.right)
        return [*left, *right] if left and right else []
    place = node.slice.elts if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple) else []
    ends = (
        [place[1].lower, place[1].upper] if len(place) == 2 and isinstance(place[1], ast.Slice) else place[1:]
    )
    is_column = (
        len(place) == 2 and isinstance(place[0], ast.Slice) and all(isinstance(p, ast.Constant) for p in ends)
    )
    return [node] if is_column else []


def is_a_place(node: Any) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant)
