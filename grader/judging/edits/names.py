"""Edits of names: misspelt ones, those of other cells, `self`, and what stands after a dot."""

from __future__ import annotations

import ast
import builtins
import itertools
from typing import Any

import numpy

from ..answer import Answer, Change
from .table import Changes, edit
from .tools import METHODS, everywhere, is_call_target, names_read, near, other_names, own_lines, runs_over


@edit(
    "misspelt name",
    cost=1,
    says="Nothing in this function is called `{old}`: what is meant has a name that is spelt otherwise.",
    asks="Where does that value come from, and how is its name spelt there?",
)
def misspelt_name(answer: Answer) -> Changes:
    parameters = {name for names in answer.parameters.values() for name in names}
    for node in names_read(answer):
        if answer.is_local(node) or answer.is_ours(node) or node.id in parameters:
            continue  # a parameter of another function is spelt right, and not known here
        same = everywhere(answer, node)
        for name in [*other_names(answer, node), *answer.classes, *builtin_names(node)]:
            if near(name, node.id):
                yield answer.put_all([(n, name) for n in same], node.id)
                if len(same) > 1:
                    yield answer.put(node, name)


@edit(
    "small letter for a capital one",
    cost=0,
    says="`{old}` is not known: Python's own names True, False and None begin with a capital letter.",
    asks="How does Python spell that word?",
)
def small_letter(answer: Answer) -> Changes:
    known = {"true": "True", "false": "False", "none": "None", "TRUE": "True", "FALSE": "False"}
    for node in names_read(answer):
        if node.id in known and not answer.is_local(node):
            yield answer.put_all([(n, known[node.id]) for n in everywhere(answer, node)], node.id)


def builtin_names(node: ast.Name) -> list[str]:
    wanted = ("append", "range", "len", "max", "sum", "min", "list", "enumerate", "zip", "float")
    return [n for n in wanted if n != node.id]


@edit(
    "built-in name",
    cost=1,
    says="`{old}` is a function that Python brings along, and no value of yours.",
    asks="Which name of your own function should stand in its place?",
)
def built_in_name(answer: Answer) -> Changes:
    for node in names_read(answer):
        if hasattr(builtins, node.id) and not answer.is_local(node):
            same = everywhere(answer, node)
            for name in other_names(answer, node):
                yield answer.put_all([(n, name) for n in same], node.id, 0 if near(name, node.id) else 1)
                if len(same) > 1:
                    yield answer.put(node, name, extra=1)


@edit(
    "name from elsewhere",
    cost=1,
    says="No line of this function gives `{old}` a value, and it is no parameter.",
    asks="Which value is needed there, and what is it called inside this function?",
)
def name_from_elsewhere(answer: Answer) -> Changes:
    for node in names_read(answer):
        if answer.is_local(node) or answer.is_ours(node):
            continue
        same = everywhere(answer, node)
        for name in [*other_names(answer, node), *kept_by_self(answer, node)]:
            yield answer.put_all([(n, name) for n in same], node.id)
            if len(same) > 1:
                yield answer.put(node, name, extra=1)
            if (whole := around(answer, node)) is not node:
                yield answer.put(whole, name, node.id)
    loose = [n for n in names_read(answer) if not answer.is_local(n) and not answer.is_ours(n)]
    if len({n.id for n in loose}) == 2 and len(loose) == 2:
        for pair in itertools.permutations(kept_by_self(answer, loose[0]), 2):
            yield answer.put_all(zip(loose, pair), "` and `".join(n.id for n in loose))


def around(answer: Answer, node: ast.AST) -> ast.AST:
    """What is asked of a value, with the value: its shape, say, and of that a place."""
    above = answer.parents[node]
    while isinstance(above, (ast.Attribute, ast.Subscript)) and answer.fields[node] == "value":
        node, above = above, answer.parents[above]
    return node


def kept_by_self(answer: Answer, node: ast.Name) -> list[str]:
    kept = [n for n in answer.own_attributes if n not in ("output", "forward", node.id)]
    return [f"self.{n}" for n in kept] if answer.in_class(node) else []


@edit(
    "value that is not made",
    cost=3,
    says="No line of this function gives `{old}` a value, and it is no parameter.",
    asks="From what can the function work out that value itself?",
)
def value_not_made(answer: Answer) -> Changes:
    for node in names_read(answer):
        if answer.is_local(node) or answer.is_ours(node):
            continue
        for name, function in itertools.product(other_names(answer, node), ("sum", "len")):
            yield answer.put(node, f"{function}({name})")
        for name in other_names(answer, node) if answer.alias("numpy") else ():
            for function in ("sum", "max"):
                yield answer.put(
                    node, f"{answer.alias('numpy')}.{function}({name}, axis=1, keepdims=True)", extra=1
                )


@edit(
    "other name",
    cost=2,
    tells=0,
    says="Another name in the place of `{old}` would help.",
    asks="What does `{old}` hold at that moment, and what is needed?",
)
def other_name(answer: Answer) -> Changes:
    for node in names_read(answer):
        if node.id == "self":
            continue
        grows = getattr(answer.parents[node], "attr", "") in ("append", "extend", "insert")
        for name in other_names(answer, node):
            if grows and runs_over(answer, node, name):
                continue
            yield answer.put(node, name, extra=2 * is_made_of(answer, node, name))
            if (
                "output" in answer.attributes
                and not answer.in_class(node)
                and not is_call_target(answer, node)
            ):
                yield answer.put(node, f"{name}.output", extra=1)


def is_made_of(answer: Answer, read: ast.Name, name: str) -> bool:
    """Whether a name is read only there, and was made of another in a step that would then be idle."""
    made = [n for n in answer.all_of(ast.Assign) if answer.of(n.targets[0]) == read.id]
    steps = [n.value for n in made if not isinstance(n.value, ast.Name)]
    once = len(made) == len(steps) == 1 and len(everywhere(answer, read)) == 1
    read_there = [n for n in ast.walk(steps[0]) if isinstance(n, ast.Name) and n.id == name] if once else []
    return any(getattr(getattr(answer.parents[n], "func", None), "id", "") != "len" for n in read_there)


@edit(
    "result under another name",
    cost=2,
    tells=2,
    says="The value is given to `{old}`, and what is read afterwards is another name.",
    asks="Which name does the rest of the function read?",
)
def stored_elsewhere(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Name):
        if isinstance(node.ctx, ast.Store) and not isinstance(answer.parents[node], ast.Tuple):
            if any(other.id == node.id for other in names_read(answer)):
                continue
            is_loop = isinstance(answer.parents[node], (ast.For, ast.comprehension))
            for name in other_names(answer, node):
                yield answer.put(node, name, extra=2 * is_loop)


@edit(
    "self is missing",
    cost=1,
    says="`{old}` without `self.` would live only while the method runs: what the object keeps is reached "
    "through `self`.",
    asks="Should `{old}` live only in this method, or be kept by the object?",
)
def self_missing(answer: Answer) -> Changes:
    def on_self(names: list[Any]) -> list[tuple[ast.AST, str]]:
        return [(n, f"self.{n.id}") for n in names]

    for node in answer.all_of(ast.Name):
        if node.id not in answer.own_attributes or not answer.in_class(node) or is_global(answer, node):
            continue
        yield answer.put_all(on_self([node]), node.id)
        every = [n for n in answer.all_of(ast.Name) if n.id == node.id]
        yield answer.put_all(on_self(every), node.id)
    in_methods = [n for n in answer.all_of(ast.Name) if n.id in answer.own_attributes and answer.in_class(n)]
    read = [n for n in in_methods if isinstance(n.ctx, ast.Load) and not answer.is_local(n)]
    stored = [n for n in in_methods if isinstance(n.ctx, ast.Store)]
    for loose in (read, stored, in_methods):
        if len({n.id for n in loose}) > 1:
            yield answer.put_all(on_self(loose), "` and `".join(dict.fromkeys(n.id for n in loose)))


def is_global(answer: Answer, name: ast.Name) -> bool:
    """Whether a line says that the name is one of the whole notebook."""
    return any(name.id in node.names for node in answer.all_of(ast.Global))


@edit(
    "global for self",
    cost=1,
    tells=2,
    says="`global` makes `{old}` a name of the whole notebook: no object keeps what it holds.",
    asks="Who should keep `{old}`: the notebook, or the object whose method is at work?",
)
def global_for_self(answer: Answer) -> Changes:
    names = [n for n in answer.all_of(ast.Name) if is_global(answer, n) and answer.in_class(n)]
    for name in dict.fromkeys(n.id for n in names if n.id in answer.own_attributes):
        yield answer.put_all([(n, f"self.{name}") for n in names if n.id == name], name)


@edit(
    "method without self",
    cost=1,
    says="`{old}` is a method of this class: inside of the class, too, it is reached through `self`.",
    asks="To whom does `{old}` belong, and how does a line say so?",
)
def method_without_self(answer: Answer) -> Changes:
    methods = [n.name for n in answer.all_of(ast.FunctionDef) if answer.in_class(n)]
    for node in names_read(answer):
        if node.id in methods and not answer.is_local(node):
            yield answer.put(node, f"self.{node.id}")


@edit(
    "name of Python's own taken",
    cost=1,
    says="`{old}` is the name of a function of Python's: once it is given to a value of yours, the function "
    "is out of reach.",
    asks="What does the name `{old}` stand for in your function, in all of its lines?",
)
def name_taken(answer: Answer) -> Changes:
    given = {n.arg: n for n in answer.all_of(ast.arg)}
    stored = [n.id for n in answer.all_of(ast.Name) if isinstance(n.ctx, ast.Store)]
    for name in dict.fromkeys(n for n in (*given, *stored) if hasattr(builtins, n)):
        every = [n for n in answer.all_of(ast.Name) if n.id == name]
        mine = [n for n in every if answer.fields[n] != "func"]
        if len(mine) < len(every):
            parameter = [given[name]] if name in given else []
            yield answer.put_all([(n, f"my_{name}") for n in (*parameter, *mine)], name)


POSITIONS = ("i", "j", "k", "idx", "ind", "index", "pos", "position", "place", "count", "counter", "nr")
"""Names that say of themselves that they are positions: before the other one they stand right."""


@edit(
    "names of the loop the wrong way round",
    cost=1,
    says="Each of the two names before `in` is used where the other one is meant.",
    asks="What does the loop give in each round, and in which order?",
)
def loop_names_swapped(answer: Answer) -> Changes:
    for node in answer.all_of(ast.For, ast.comprehension):
        names = node.target.elts if isinstance(node.target, ast.Tuple) else []
        numbered = isinstance(node.iter, ast.Call) and answer.call_name(node.iter) == "enumerate"
        if len(names) == 2 and not (numbered and answer.of(names[0]).lower() in POSITIONS):
            yield answer.put_all([(names[0], answer.of(names[1])), (names[1], answer.of(names[0]))])


@edit(
    "self is too much",
    cost=1,
    says="The object does not keep `{old}`: what is meant is known by that name alone, without `self.`.",
    asks="Where does that value come from: from the object, or from this call?",
)
def self_too_much(answer: Answer) -> Changes:
    kept = {answer.of(n) for n in answer.all_of(ast.Attribute) if isinstance(n.ctx, ast.Store)}
    for node in answer.all_of(ast.Attribute):
        if answer.of(node) in kept and answer.in_class(node):  # the object does keep it
            continue
        if isinstance(node.value, ast.Name) and node.value.id == "self":
            same = [n for n in answer.all_of(ast.Attribute) if answer.of(n) == answer.of(node)]
            if (
                node.attr in answer.locals(node)
                or not answer.in_class(node)
                or isinstance(answer.parents[node], ast.Call)
            ):
                yield answer.put(node, node.attr, node.attr)
                yield answer.put_all([(n, n.attr) for n in same], node.attr)


@edit(
    "name after the dot",
    cost=1,
    tells=0,
    says="Another name after that dot, in the place of `{old}`, would help.",
    asks="What does the object keep or offer, and under which name?",
)
def attribute_name(answer: Answer) -> Changes:
    """Not of what is stored on another object: under a name that nobody reads the line would do nothing."""
    nodes = [n for n in answer.all_of(ast.Attribute) if not is_method(answer, n)]
    yield from other_attributes(answer, [n for n in nodes if isinstance(n.ctx, ast.Load) or of_self(n)])


def of_self(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "self"


@edit(
    "another method",
    cost=1,
    tells=0,
    says="Another method in the place of `.{old}` would help.",
    asks="What does `.{old}` do with what stands before the dot, and what should become of that?",
)
def another_method(answer: Answer) -> Changes:
    yield from other_attributes(answer, [n for n in answer.all_of(ast.Attribute) if is_method(answer, n)])


def is_method(answer: Answer, node: ast.Attribute) -> bool:
    """Whether a name after a dot is one of what arrays or lists can do, and is called."""
    known = getattr(numpy.ndarray, node.attr, None) or getattr(list, node.attr, None)
    return is_call_target(answer, node) and callable(known)


def of_arrays(name: str) -> tuple[str, ...]:
    """What arrays keep that a name may be a slip for: `.T` in the place of any other does nothing."""
    return ("T", "shape") if name.lower().startswith(("t", "s")) or hasattr(numpy.ndarray, name) else ()


def other_attributes(answer: Answer, nodes: list[ast.Attribute]) -> Changes:
    for node in nodes:
        if isinstance(node.value, ast.Name) and node.value.id in answer.modules:
            continue
        names = [
            *answer.own_attributes,
            *(METHODS if isinstance(answer.parents[node], ast.Call) else of_arrays(node.attr)),
        ]
        same = [n for n in answer.all_of(ast.Attribute) if n.attr == node.attr]
        for name in dict.fromkeys(names):
            if name != node.attr:
                text = [(n, f"{answer.of(n.value)}.{name}") for n in same]
                likely = 0 if near(name, node.attr) else 1
                yield answer.put_all(text[same.index(node) : same.index(node) + 1], node.attr, likely)
                if len(same) > 1:
                    yield answer.put_all(text, node.attr, likely)


@edit(
    "object for its output",
    cost=1,
    says="What is handed on as `{old}` is the object itself; the numbers it has worked out are what it keeps "
    "under `output`.",
    asks="What is needed there: the object, or the numbers that it keeps?",
)
def object_for_output(answer: Answer) -> Changes:
    for node in names_read(answer) if "output" in answer.attributes else ():
        if not is_call_target(answer, node) and (answer.is_local(node) or node.id in answer.classes):
            yield answer.put(node, f"{node.id}.output")
    calls = [c for c in answer.all_of(ast.Call) if isinstance(c.func, ast.Attribute)]
    calls = [c for c in calls if c.func.attr == "forward"]
    given = [c.args[0] for c in calls if c.args]
    called = {answer.of(c.func.value) for c in calls}
    given = [n for n in given if isinstance(n, ast.Name) and n.id in called]
    if len(given) > 1 and "output" in answer.attributes:
        given.sort(key=answer.start)
        yield answer.put_all([(n, f"{n.id}.output") for n in given], "` and `".join(n.id for n in given))


@edit(
    "name of the method",
    cost=1,
    says="The method is called `{old}`; whoever uses the class looks for another name.",
    asks="By which name does the exercise call this method, to the letter?",
)
def method_name(answer: Answer) -> Changes:
    there = [n.name for n in answer.all_of(ast.FunctionDef)]
    for node in answer.all_of(ast.FunctionDef):
        if answer.in_class(node):
            for name in ("__init__", "forward"):
                where = answer.text.index(node.name, answer.start(node))
                if name not in there:
                    yield Change(
                        ((where, where + len(node.name), name),), node.name, 0 if near(name, node.name) else 1
                    )


@edit(
    "class for an object",
    cost=2,
    says="Nothing is made of `{old}` there: what works on numbers and keeps a result is an object, which "
    "calling the class makes.",
    asks="How many objects are made of that class, and which line makes one?",
)
def class_for_object(answer: Answer) -> Changes:
    for function in answer.all_of(ast.FunctionDef):
        used = [
            n
            for n in ast.walk(function)
            if isinstance(n, ast.Name)
            and n.id in answer.classes
            and isinstance(answer.parents[n], ast.Attribute)
        ]
        names = list(dict.fromkeys(n.id for n in used))
        first = function.body[0]
        indent = " " * first.col_offset
        made = [f"{indent}{name.lower()} = {name}()" for name in names]
        if used and own_lines(answer, first):
            change = answer.put_lines(first.lineno, first.lineno - 1, made)
            renamed = answer.put_all([(n, n.id.lower()) for n in used])
            yield Change((*change.splices, *renamed.splices), "` and `".join(names))


@edit(
    "object for what it is given",
    cost=1,
    says="`self` is the object itself, and no numbers: what the method works with is given besides.",
    asks="What is handed over when this method is called, and under which name?",
)
def object_for_given(answer: Answer) -> Changes:
    for node in names_read(answer):
        if (
            node.id == "self"
            and not isinstance(answer.parents[node], ast.Attribute)
            and answer.in_class(node)
        ):
            for name in answer.locals(node):
                yield answer.put(node, name)
