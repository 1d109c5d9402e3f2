"""Edits of a class: what its methods are, and when what its objects keep is made."""

from __future__ import annotations

import ast

from ..answer import Answer, Change
from .table import Changes, edit
from .tools import last_line, moved, own_lines, statements


@edit(
    "made once for all calls",
    cost=1,
    says="`{old}` is made once, and each call of forward goes on with what the call before has left in it.",
    asks="How often is `{old}` made, and how often is forward called?",
)
def made_once_for_all_calls(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Assign):
        method = answer.function(node)
        starts_empty = isinstance(node.value, (ast.List, ast.Constant))
        if not starts_empty or not isinstance(method, ast.FunctionDef) or method.name != "__init__":
            continue
        for forward in answer.all_of(ast.FunctionDef):
            if forward.name == "forward" and answer.of(node.targets[0]) in answer.of(forward):
                first, name = forward.body[0], answer.of(node.targets[0])
                lines = moved(answer, node, first.col_offset)
                yield answer.put_lines(first.lineno, first.lineno - 1, lines, name, about=node.lineno)
    yield from made_with_the_class(answer)


def made_with_the_class(answer: Answer) -> Changes:
    """What stands in the class itself, and is one for all of its objects, made anew in forward."""
    for owner in answer.all_of(ast.ClassDef):
        forwards = [f for f in owner.body if isinstance(f, ast.FunctionDef) and f.name == "forward"]
        made = [n for n in owner.body if isinstance(n, ast.Assign) and isinstance(n.value, ast.List)]
        for node in made if forwards else ():
            name, first = f"self.{answer.of(node.targets[0])}", forwards[0].body[0]
            if name in answer.of(forwards[0]):
                line = f"{' ' * first.col_offset}{name} = {answer.of(node.value)}"
                yield answer.put_lines(first.lineno, first.lineno - 1, [line], name, about=node.lineno)


@edit(
    "numbers given when the object is made",
    cost=2,
    says="`__init__` asks for `{old}`, and an object is made before there are any numbers: it is `forward` "
    "that is given them.",
    asks="Which of the two methods is called with the numbers: the one that makes the object, or `forward`?",
)
def numbers_for_init(answer: Answer) -> Changes:
    methods = {f.name: f for f in answer.all_of(ast.FunctionDef) if answer.in_class(f)}
    if not {"__init__", "forward"} <= methods.keys():
        return
    init, forward = methods["__init__"], methods["forward"]
    given = [p for p in answer.parameters[init] if p != "self"]
    kept = {f"self.{p} = {p}" for p in given}
    if not given or answer.parameters[forward] != ["self"] or not {answer.of(s) for s in init.body} <= kept:
        return
    gone = answer.put_lines(init.lineno, last_line(init), [])
    self = forward.args.args[0]
    reads = [n for n in ast.walk(forward) if isinstance(n, ast.Attribute) and answer.of(n)[5:] in given]
    reads = [n for n in reads if answer.of(n.value) == "self"]
    put = answer.put_all([(self, ", ".join(["self", *given])), *((n, n.attr) for n in reads)])
    yield Change((*gone.splices, *put.splices), "` and `".join(given))


@edit(
    "kept under a second name",
    cost=1,
    tells=2,
    says="`{old}`: that is a second name for what the layer has at its beginning. When the layer is given "
    "other weights or biases, as training does, it still stands for the old ones.",
    asks="What does `{old}` stand for, when somebody gives the layer other weights and biases?",
)
def second_name(answer: Answer) -> Changes:
    second = {}
    for _, _, _, node in statements(answer, ast.Assign):
        names = [answer.of(t) for t in node.targets]
        if answer.of(node.value) in ("self.weights", "self.biases") and names[0].startswith("self."):
            second[names[0]] = answer.of(node.value)
    reads = [n for n in answer.all_of(ast.Attribute) if answer.of(n) in second]
    reads = [n for n in reads if isinstance(n.ctx, ast.Load)]
    if reads:
        pairs = [(n, second[answer.of(n)]) for n in reads]
        yield answer.put_all(pairs, "` and `".join(name for name in second if name in map(answer.of, reads)))


@edit(
    "made too late",
    cost=2,
    says="{old} made in forward, anew in each call: a layer has to have them from its beginning, and to keep "
    "what training makes of them.",
    asks="When is the layer made, when is it called, and which of the two happens once?",
)
def made_too_late(answer: Answer) -> Changes:
    methods = {f.name: f for f in answer.all_of(ast.FunctionDef) if answer.in_class(f)}
    if not {"__init__", "forward"} <= methods.keys():
        return
    made = [
        n
        for _, _, _, n in statements(answer, ast.Assign)
        if answer.function(n) is methods["forward"]
        and answer.of(n.targets[0]) in ("self.weights", "self.biases")
    ]
    if not made:
        return
    start, end = methods["__init__"], last_line(methods["__init__"])
    lines = [line for n in made for line in moved(answer, n, start.body[0].col_offset)]
    there = {number for n in made for number in range(n.lineno, last_line(n) + 1)}
    stop = max(there)
    rest = [answer.lines[i - 1] for i in range(end + 1, stop + 1) if i not in there]
    old = " and ".join(f"`{answer.of(n.targets[0])}`" for n in made) + (" is" if len(made) == 1 else " are")
    if stop > end:
        yield answer.put_lines(end + 1, stop, [*lines, *rest], old, about=made[0].lineno)


@edit(
    "layer lies on its side",
    cost=3,
    says="The weights have a row for each neuron there, and are turned when they are used; what is asked for "
    "is a row for each input, and then nothing has to be turned.",
    asks="How many rows do the weights have, and how many are asked for?",
)
def layer_on_its_side(answer: Answer) -> Changes:
    turned = [
        n for n in answer.all_of(ast.Attribute) if n.attr == "T" and answer.of(n.value) == "self.weights"
    ]
    for node in answer.all_of(ast.Assign) if turned else ():
        if answer.of(node.targets[0]) != "self.weights":
            continue
        for sizes in (n for n in ast.walk(node.value) if isinstance(n, (ast.Call, ast.Tuple))):
            both = sizes.args if isinstance(sizes, ast.Call) else sizes.elts
            if len(both) == 2:
                swapped = [(both[0], answer.of(both[1])), (both[1], answer.of(both[0]))]
                yield answer.put_all([*swapped, *((t, "self.weights") for t in turned)])


@edit(
    "method inside of a method",
    cost=1,
    says="`{old}` is defined inside of another method: it lives only while that one runs, and is no method "
    "of the class.",
    asks="How deep does that `def` stand, and to what does it belong there?",
)
def method_inside_a_method(answer: Answer) -> Changes:
    for method in answer.all_of(ast.FunctionDef):
        for inner in method.body:
            if isinstance(inner, ast.FunctionDef) and answer.in_class(method) and own_lines(answer, inner):
                lines = moved(answer, inner, method.col_offset)
                whole = len(method.body) == 1
                gone = [] if whole else answer.lines[method.lineno - 1 : inner.lineno - 1]
                rest = answer.lines[last_line(inner) : last_line(method)]
                lines = [*gone, *rest, *lines]
                yield answer.put_lines(
                    method.lineno, last_line(method), lines, inner.name, about=inner.lineno
                )


@edit(
    "decorator too many",
    cost=1,
    tells=2,
    says="`@{old}` makes of the method a function that is not handed its object.",
    asks="What does that line above the `def` change, and is it asked for?",
)
def decorator_too_many(answer: Answer) -> Changes:
    for function in answer.all_of(ast.FunctionDef):
        for one in function.decorator_list:
            if answer.of(one) in ("staticmethod", "classmethod", "property"):
                change = answer.put_lines(one.lineno, one.lineno, [], answer.of(one))
                yield change
                if answer.parameters[function][:1] not in (["self"], ["cls"]):
                    start = answer.text.index("(", answer.offset(function.lineno, function.col_offset)) + 1
                    more = ", " if function.args.args else ""
                    yield Change((*change.splices, (start, start, f"self{more}")), answer.of(one))


@edit(
    "made too early",
    cost=2,
    tells=2,
    says="`{old}` is made of the weights or biases once, when the object is: what they become later, by "
    "training or from outside, is not in it.",
    asks="When is `{old}` made, and which weights and biases are there when forward is called?",
)
def made_too_early(answer: Answer) -> Changes:
    methods = {f.name: f for f in answer.all_of(ast.FunctionDef) if answer.in_class(f)}
    if not {"__init__", "forward"} <= methods.keys():
        return
    first = methods["forward"].body[0]
    for _, _, _, node in statements(answer, ast.Assign):
        target, value = answer.of(node.targets[0]), answer.of(node.value)
        made_of_them = "self.weights" in value or "self.biases" in value
        if answer.function(node) is not methods["__init__"] or not made_of_them:
            continue
        if (
            target.startswith("self.")
            and target in answer.of(methods["forward"])
            and own_lines(answer, first)
        ):
            between = answer.lines[last_line(node) : first.lineno - 1]
            lines = [*between, *moved(answer, node, first.col_offset)]
            if node.lineno < first.lineno:
                yield answer.put_lines(node.lineno, first.lineno - 1, lines, target)


@edit(
    "two methods of one name",
    cost=1,
    tells=2,
    says="There are two methods called `{old}`: the second takes the place of the first, which is gone.",
    asks="Which of the two methods does Python know when the class is complete?",
)
def two_of_one_name(answer: Answer) -> Changes:
    for outer in answer.all_of(ast.ClassDef):
        methods = [n for n in outer.body if isinstance(n, ast.FunctionDef)]
        for i, node in enumerate(methods):
            twins = [m for m in methods[i + 1 :] if m.name == node.name and own_lines(answer, m)]
            if twins and not twins[-1].decorator_list:
                yield answer.put_lines(twins[-1].lineno, last_line(twins[-1]), [], node.name)


@edit(
    "written over in forward",
    cost=2,
    tells=2,
    says="That line writes over `{old}`, which the layer keeps: the next call of forward goes on with what "
    "is left there.",
    asks="What does `{old}` hold when forward is called for the second time?",
)
def written_over(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Assign):
        kept, method = answer.of(node.targets[0]), answer.function(node)
        if kept not in ("self.weights", "self.biases") or getattr(method, "name", "") != "forward":
            continue
        same = [n for n in ast.walk(method) if isinstance(n, ast.Attribute) and answer.of(n) == kept]
        later = [n for n in same if n is node.targets[0] or n.lineno > node.lineno]
        yield answer.put_all([(n, "result") for n in later], kept)
