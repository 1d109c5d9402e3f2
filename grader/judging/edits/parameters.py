"""Edits of parameters: what a `def` names between its parentheses, `self` among it."""

from __future__ import annotations

import ast
import itertools
from dataclasses import replace
from typing import Any

from ..answer import Answer, Change
from .table import Changes, edit
from .tools import last_line, names_read, own_lines, statements


@edit(
    "parameter under another name",
    cost=2,
    says="The parameter is called `{old}`, and the lines below it read another name.",
    asks="Under which name does your function read what it was given?",
)
def parameter_renamed(answer: Answer) -> Changes:
    unknown = [n for n in names_read(answer) if not answer.is_local(n) and not answer.is_ours(n)]
    for name, arg in itertools.product(dict.fromkeys(n.id for n in unknown), answer.all_of(ast.arg)):
        if arg.arg != "self":
            yield answer.put(arg, name)
    for function in answer.all_of(ast.FunctionDef):
        first = function.args.args[0] if function.args.args else None
        reads = any(isinstance(n, ast.Name) and n.id == "self" for n in ast.walk(function))
        if first is not None and first.arg != "self" and reads:
            yield answer.put(first, "self", extra=-1)


@edit(
    "parameter is missing",
    cost=1,
    says="`{old}` is read there, and the function is given no value of that name.",
    asks="What is this function given when it is called, and what does its `def` name?",
)
def parameter_missing(answer: Answer) -> Changes:
    for function in answer.all_of(ast.FunctionDef):
        inside = [n for n in names_read(answer) if answer.function(n) is function]
        unknown = [n.id for n in inside if not answer.is_local(n) and not answer.is_ours(n)]
        start = answer.text.index("(", answer.start(function)) + 1
        end = answer.end(function.args.args[-1]) if function.args.args else start
        for name in dict.fromkeys(unknown):
            yield Change(((end, end, f", {name}" if function.args.args else name),), name)


@edit(
    "parameter is overwritten",
    cost=1,
    says="`{old}` gets another value there, and what the function was given is lost.",
    asks="Who gives `{old}` a value: the caller, or your own line?",
)
def parameter_overwritten(answer: Answer) -> Changes:
    lines: list[tuple[Any, str]] = []
    for _, _, _, node in statements(answer, ast.Assign):
        target = node.targets[0]
        known = answer.parameters.get(answer.function(node), [])
        inside = {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)}
        if isinstance(target, ast.Name) and target.id in known and target.id not in inside:
            lines.append((node, target.id))
    yield from without(answer, lines)


def without(answer: Answer, lines: list[tuple[Any, str]]) -> Changes:
    """The answer without some statements, each of which gives something a value."""
    whole = [(answer.starts[n.lineno - 1], answer.starts[n.end_lineno], "") for n, _ in lines]
    if whole and all(end <= len(answer.text) for _, end, _ in whole):
        yield Change(tuple(whole), "` and `".join(dict.fromkeys(name for _, name in lines)))


@edit(
    "what the caller has set",
    cost=1,
    tells=2,
    says="The function gives `{old}` another value: the object is the caller's, and what the caller has "
    "set there is lost.",
    asks="Who gives `{old}` a value: the caller, or your own line?",
)
def caller_has_set(answer: Answer) -> Changes:
    lines: list[tuple[Any, str]] = []
    for _, _, _, node in statements(answer, ast.Assign, ast.AugAssign):
        target = node.target if isinstance(node, ast.AugAssign) else node.targets[0]
        if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            owner = target.value.id
            if owner != "self" and owner in answer.parameters.get(answer.function(node), []):
                lines.append((node, answer.of(target)))
    for chosen in (lines, *([line] for line in lines)):
        yield from (replace(change, extra=-1) for change in without(answer, chosen))


@edit(
    "no room for self",
    cost=1,
    says="Python hands every method its object as the first argument, and `{old}` has no parameter for it at "
    "that place.",
    asks="How many things does this method get when it is called, the object included?",
)
def self_parameter(answer: Answer) -> Changes:
    for node in answer.all_of(ast.FunctionDef):
        first = answer.parameters[node][:1]
        if answer.in_class(node) and "self" in answer.parameters[node][1:]:
            others = [a.arg for a in node.args.args if a.arg != "self"]
            whole = (answer.start(node.args.args[0]), answer.end(node.args.args[-1]))
            yield Change(((*whole, ", ".join(["self", *others])),), node.name)
        elif answer.in_class(node) and first != ["self"]:
            where = answer.text.index("(", answer.start(node)) + 1
            yield Change(((where, where, "self, " if first else "self"),), node.name)


@edit(
    "self outside a class",
    cost=1,
    says="This is a function and no method: there is no object that Python would hand over as `self`.",
    asks="Which of its parameters does a caller of this function give?",
)
def self_parameter_too_much(answer: Answer) -> Changes:
    for node in answer.all_of(ast.arg):
        function = answer.parents[answer.parents[node]]
        if node.arg == "self" and not answer.in_class(function):
            end = answer.end(node)
            rest = answer.text[end : end + 2]
            stop = end + (2 if rest == ", " else 1 if rest[:1] == "," else 0)
            yield Change(((answer.start(node), stop, ""),), "self")


@edit(
    "parameter that nobody gives",
    cost=2,
    says="The caller hands nothing over for `{old}`.",
    asks="Which values does the exercise hand over, and from where can the other one come?",
)
def parameter_not_given(answer: Answer) -> Changes:
    for function in answer.all_of(ast.FunctionDef):
        given = function.args.args
        extra = given[2:] if answer.in_class(function) else given[1:]
        for several in ([extra] if len(extra) > 1 else []) + [[one] for one in extra]:
            yield from without_parameters(answer, function, several)


def without_parameters(answer: Answer, function: ast.FunctionDef, gone: list[ast.arg]) -> Changes:
    """The function without some of its parameters: what the object keeps is read from there, else a 0."""
    names = [arg.arg for arg in gone]
    first = function.args.args[function.args.args.index(gone[0]) - 1]
    if gone[-1] is not function.args.args[-1] or function.args.defaults or function.args.vararg:
        return
    cut = (answer.end(first), answer.end(gone[-1]), "")
    reads = [n for n in names_read(answer) if n.id in names and answer.function(n) is function]
    kept = answer.in_class(function) and all(n.id in answer.own_attributes for n in reads)
    put = [(answer.start(n), answer.end(n), f"self.{n.id}") for n in reads]
    put = put if kept else [nothing_for(answer, n) for n in reads]
    lines = [line for n in reads if (line := stored_by(answer, n))]
    if len(lines) == len(reads) < len(function.body):  # it is kept and never used: the line goes, too
        put = [(answer.starts[s.lineno - 1], answer.starts[last_line(s)], "") for s in lines]
    old = "` and `".join(names)
    yield Change((cut, *put), old, 0 if kept or len(lines) == len(reads) else 1)
    calls = [call_with(answer, n) for n in reads]
    if all(calls):
        put = [(answer.start(c), answer.end(c), other_of(answer, c, n)) for c, n in zip(calls, reads) if c]
        yield Change((cut, *put), old)


def nothing_for(answer: Answer, name: ast.Name) -> tuple[int, int, str]:
    """A splice that puts a 0 in the place of a name; where it is added or taken away, nothing."""
    above = answer.parents[name]
    if isinstance(above, ast.BinOp) and isinstance(above.op, (ast.Add, ast.Sub)) and name is above.right:
        return answer.end(above.left), answer.end(name), ""
    return answer.start(name), answer.end(name), "0"


def call_with(answer: Answer, name: ast.Name) -> ast.Call | None:
    """The call of two arguments one of which is this name, or None."""
    call = answer.parents[name]
    return call if isinstance(call, ast.Call) and len(call.args) == 2 and name in call.args else None


def other_of(answer: Answer, call: ast.Call, name: ast.Name) -> str:
    """The other of two arguments."""
    return answer.of(call.args[1 - call.args.index(name)])


def stored_by(answer: Answer, name: ast.Name) -> ast.Assign | None:
    """The line that does nothing but to give this value to another name, or None."""
    line = answer.parents[name]
    alone = isinstance(line, ast.Assign) and line.value is name and own_lines(answer, line)
    return line if alone and isinstance(line, ast.Assign) else None


@edit(
    "star before the parameter",
    cost=1,
    tells=2,
    says="`{old}` collects all that is handed over in a tuple: what the caller gives is the only thing "
    "in it.",
    asks="What does the star before a parameter do, and what does the parameter hold then?",
)
def star_too_much(answer: Answer) -> Changes:
    for function in answer.all_of(ast.FunctionDef):
        star = function.args.vararg
        if star is not None and not function.args.kwonlyargs:
            start = answer.text.rindex("*", 0, answer.start(star))
            yield Change(((start, answer.end(star), star.arg),), answer.text[start : answer.end(star)])
