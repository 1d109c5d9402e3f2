"""Edits of what becomes of a result: return, print, storing."""

from __future__ import annotations

import ast

from ..answer import LOOPS, Answer, Change
from .table import Changes, edit
from .tools import in_place, lines_of, outdented, own_lines, statements


@edit(
    "return is missing",
    cost=1,
    says="The function works something out and hands nothing back: without `return` it gives None.",
    asks="Which line hands the result to whoever called the function?",
)
def return_missing(answer: Answer) -> Changes:
    for node in answer.all_of(ast.FunctionDef):
        last = node.body[-1]
        indent = " " * node.body[0].col_offset
        if gives_back(node):
            continue
        for name in answer.locals(node):
            extra = 0 if name not in answer.parameters[node] else 1
            for value in (name, f"{name}.output") if "output" in answer.attributes else (name,):
                line = f"{indent}return {value}"
                yield answer.put_lines(last.end_lineno + 1, last.end_lineno, [line], "", extra)
    for _, _, _, node in statements(answer, ast.Expr, ast.Assign):
        kept = isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name)
        if not kept and not gives_back(answer.function(node)):
            yield in_place(answer, node, f"return {answer.of(node.value)}")


def gives_back(function: ast.AST) -> bool:
    """Whether a function has a `return` with something behind it."""
    return any(isinstance(n, ast.Return) and n.value for n in ast.walk(function))


@edit(
    "way without a return",
    cost=2,
    says="There is a way through `{old}` on which no `return` is reached: then it gives None.",
    asks="Which `return` is reached when the condition is not true?",
)
def way_without_return(answer: Answer) -> Changes:
    for node in answer.all_of(ast.FunctionDef):
        last = node.body[-1]
        if gives_back(node) and not isinstance(last, ast.Return):
            for value in ("0", *answer.locals(node)):
                line = f"{' ' * node.body[0].col_offset}return {value}"
                yield answer.put_lines(last.end_lineno + 1, last.end_lineno, [line], node.name)


@edit(
    "print for return",
    cost=1,
    says="`print` shows a value to a person, and hands nothing to the code that called.",
    asks="Who needs the result: a person who looks at it, or the code that called?",
)
def print_for_return(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Expr):
        if isinstance(node.value, ast.Call) and answer.call_name(node.value) == "print" and node.value.args:
            yield in_place(answer, node, f"return {answer.of(node.value.args[0])}")


@edit(
    "return of nothing",
    cost=1,
    says="`return` hands back nothing there.",
    asks="What should it hand back?",
)
def return_of_nothing(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Return):
        for name in answer.locals(node):
            if node.value is None or answer.of(node.value) == "None":
                yield in_place(answer, node, f"return {name}")


@edit(
    "return of append",
    cost=2,
    says="`{old}` changes what is there and gives back None, and it is that None which `return` hands on.",
    asks="What does `{old}` give back?",
)
def return_of_append(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Return):
        value = node.value
        of_numpy = isinstance(value, ast.Call) and answer.of(value).startswith(f"{answer.alias('numpy')}.")
        gives_none = GIVING_NONE if of_numpy else CHANGING
        if isinstance(value, ast.Call) and answer.call_name(value) in gives_none:
            for name in answer.locals(node):
                lines = [" " * node.col_offset + text for text in (answer.of(value), f"return {name}")]
                yield answer.put_lines(node.lineno, node.end_lineno, lines, answer.call_name(value))


CHANGING = ("append", "extend", "insert", "sort", "reverse", "putmask", "place", "copyto", "put", "fill")
"""What changes a list or an array and gives nothing back."""

GIVING_NONE = ("putmask", "place", "copyto", "put")
"""Those of them that are functions of NumPy's."""


@edit(
    "return inside the loop",
    cost=1,
    says="`return` ends the whole function, and it stands inside the loop: after it there is no other round.",
    asks="In which round of the loop is `return` reached, and what becomes of the numbers after that?",
)
def return_in_the_loop(answer: Answer) -> Changes:
    yield from outdented(answer, lambda node: isinstance(node, ast.Return) and answer.within(node, LOOPS))


@edit(
    "result is not stored",
    cost=1,
    says="The result is not stored on the object, where it is looked for: under `{old}`.",
    asks="How can that be read from the object, after its method has ended?",
)
def store_missing(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Return, ast.Assign, ast.Expr):
        if not answer.in_class(node) or node.value is None or answer.of(node.value) == "self":
            continue
        if isinstance(node, ast.Assign) and answer.of(node.targets[0]).startswith("self."):
            continue
        for attribute in answer.attributes:
            value = node.value
            if isinstance(value, ast.Call) and answer.call_name(value) == "print" and value.args:
                value = value.args[0]
            if attribute != "forward" and not stored_later(answer, node, attribute):
                extra = 0 if attribute == "output" else 2
                yield in_place(answer, node, f"self.{attribute} = {answer.of(value)}", attribute, extra)
    stored = {answer.of(t) for n in answer.all_of(ast.Assign) for t in n.targets}
    for function in answer.all_of(ast.FunctionDef) if "self.output" not in stored else ():
        if answer.in_class(function) and function.name == "forward":
            last, indent = function.body[-1], " " * function.body[0].col_offset
            before = [*lines_of(answer, last)] if isinstance(last, ast.Return) else []
            for name in answer.locals(function):
                line = [f"{indent}self.output = {name}"]
                first = last.lineno if before else last.end_lineno + 1
                yield answer.put_lines(first, last.end_lineno, [*line, *before], "output", 1)


def stored_later(answer: Answer, node: ast.stmt, attribute: str) -> bool:
    """Whether a later line of the same method stores something else under that name."""
    return any(
        answer.of(n.targets[0]) == f"self.{attribute}" and n.lineno > node.lineno
        for n in answer.all_of(ast.Assign)
        if answer.function(n) is answer.function(node)
    )


@edit(
    "call for an assignment",
    cost=1,
    says="Round brackets call `{old}`, which is no function: a name gets a value with `=`.",
    asks="Does that line call something, or store something?",
)
def call_for_assignment(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Expr):
        call = node.value
        function = call.func if isinstance(call, ast.Call) and len(call.args) == 1 else None
        if not isinstance(function, ast.Attribute) or function.attr not in answer.attributes:
            continue
        if answer.of(function.value) == "self":
            text = f"{answer.of(function)} = {answer.of(call.args[0])}"
            yield in_place(answer, node, text, answer.of(function))


@edit(
    "comparison for an assignment",
    cost=1,
    tells=2,
    says="`==` asks whether two things are equal; a name gets a value with a single `=`.",
    asks="Does that line ask something, or store something?",
)
def equals(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Expr):
        value = node.value
        if isinstance(value, ast.Compare) and isinstance(value.ops[0], ast.Eq) and len(value.ops) == 1:
            yield in_place(answer, node, f"{answer.of(value.left)} = {answer.of(value.comparators[0])}")


@edit(
    "result is dropped",
    cost=1,
    tells=2,
    says="The line works something out, and nothing keeps the result.",
    asks="Where is the result of that line, once the line is over?",
)
def result_dropped(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Expr):
        gives_none = isinstance(node.value, ast.Call) and answer.call_name(node.value) in (*CHANGING, "print")
        if not isinstance(node.value, ast.Constant) and not gives_none:
            for name in answer.locals(node):
                yield in_place(answer, node, f"{name} = {answer.of(node.value)}")


@edit(
    "added up",
    cost=1,
    says="`{old}` gets a new value there, and what it held before is lost.",
    asks="What does `{old}` hold before that line, and what after it?",
)
def added_up(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Assign):
        target, value = answer.of(node.targets[0]), answer.of(node.value)
        read = target in (
            answer.of(n) for n in ast.walk(node.value) if isinstance(n, (ast.Name, ast.Attribute))
        )
        if len(node.targets) > 1 or read or not isinstance(node.targets[0], (ast.Name, ast.Attribute)):
            continue  # what is made of its own old value has not lost it
        loop = answer.within(node, LOOPS)
        added = value.lstrip("+ ")  # of `=+`, as it is often written
        change = in_place(answer, node, f"{target} += {added}", target, 0 if loop else 2)
        yield change
        if loop is not None and own_lines(answer, loop):
            line = " " * loop.col_offset + f"{target} = 0"
            made = answer.put_lines(loop.lineno, loop.lineno - 1, [line])
            yield Change((*change.splices, *made.splices), target, 1, node.lineno)


@edit(
    "added to what was there",
    cost=1,
    says="`{old}` is changed by what stands on the right, where it should become just that.",
    asks="What does `{old}` hold before that line, and what after it?",
)
def added_to_what_was_there(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.AugAssign):
        target = answer.of(node.target)
        yield in_place(answer, node, f"{target} = {answer.of(node.value)}", target)


@edit(
    "pair for one of its parts",
    cost=2,
    says="`{old}` goes by pairs and gives a pair, of which one part is asked for.",
    asks="What does `{old}` give: a number, or several things together?",
)
def pair_for_a_part(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        made = node.args[0] if answer.of(node.func) in ("max", "min") and len(node.args) == 1 else None
        pairs = isinstance(made, (ast.ListComp, ast.GeneratorExp)) and isinstance(made.elt, ast.Tuple)
        zipped = isinstance(made, ast.Call) and answer.of(made.func) in ("zip", "enumerate")
        for place in ("1", "0") if pairs or zipped else ():
            yield answer.put(node, f"{answer.of(node)}[{place}]", answer.of(node.func))


@edit(
    "several things are returned",
    cost=1,
    says="`return` hands back several things there, in a tuple, and one is asked for.",
    asks="Which of the things behind `return` is the result?",
)
def several_returned(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Return):
        if isinstance(node.value, ast.Tuple) and len(node.value.elts) > 1:
            for one in node.value.elts:
                yield answer.put(node.value, answer.of(one))
