"""Edits of the list in which results are collected: how it begins, and what puts them into it."""

from __future__ import annotations

import ast
import re

from ..answer import LOOPS, Answer, Change
from .table import Changes, edit
from .tools import REDUCERS, in_place, last_line, lists_of, own_lines, runs_over, statements


@edit(
    "nothing is appended",
    cost=1,
    tells=2,
    says="The value is worked out, and nothing puts it into the list.",
    asks="What happens to the value in that line, after it was worked out?",
)
def append_missing(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Expr, ast.AugAssign, ast.Assign):
        if answer.within(node, LOOPS) is None:
            continue
        value = node.value
        if not isinstance(node, (ast.Expr, ast.AugAssign)) and is_append(answer, value):
            continue
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            continue
        if isinstance(value, ast.Call) and answer.call_name(value) == "append" and is_list(answer, value):
            continue  # then another list has it
        if isinstance(value, ast.Call) and answer.call_name(value) in ("print", "append") and value.args:
            value = value.args[-1]
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        for name in lists_of(answer, node):
            extra = 0 if not isinstance(target, ast.Name) or target.id == name else 1
            yield in_place(answer, node, f"{name}.append({answer.of(value)})", "", extra)


def is_list(answer: Answer, append: ast.Call) -> bool:
    """Whether what is appended to is a list that the function makes or is given."""
    lists = [*lists_of(answer, append), *answer.parameters.get(answer.function(append), [])]
    return isinstance(append.func, ast.Attribute) and answer.of(append.func.value) in lists


@edit(
    "another list",
    cost=1,
    tells=2,
    says="What is appended to `{old}` belongs into another list.",
    asks="Into which list does that line put the number, and which one should hold the results of all?",
)
def another_list(answer: Answer) -> Changes:
    for call in answer.all_of(ast.Call):
        if answer.call_name(call) == "append" and is_list(answer, call):
            old = answer.of(call.func.value)
            for name in lists_of(answer, call):
                if name != old and not runs_over(answer, call, name):
                    yield answer.put(call.func.value, name, old)


@edit(
    "append is missing",
    cost=2,
    tells=2,
    says="Nothing puts the number of each round into the list.",
    asks="What should happen to `{old}` at the end of each round?",
)
def append_line_missing(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.For):
        if isinstance(node.target, ast.Name) and own_lines(answer, node.body[-1]):
            indent = " " * node.body[0].col_offset
            for name in lists_of(answer, node):
                line = f"{indent}{name}.append({node.target.id})"
                at = node.lineno
                yield answer.put_lines(last_line(node) + 1, last_line(node), [line], node.target.id, about=at)


@edit(
    "return for append",
    cost=2,
    says="`return` ends the whole function, and there it stands inside the loop; what every round should do "
    "is to put its result into the list.",
    asks="In which round of the loop is `return` reached, and what becomes of the numbers after that?",
)
def return_for_append(answer: Answer) -> Changes:
    for function in answer.all_of(ast.FunctionDef):
        returns = [
            (n, n.value)
            for n in ast.walk(function)
            if isinstance(n, ast.Return) and n.value and answer.within(n, LOOPS)
        ]
        last = function.body[-1]
        for name in lists_of(answer, function.body[0]) if returns else ():
            change = answer.put_all([(r, appended(answer, r, v, name)) for r, v in returns])
            if not isinstance(last, ast.Return):
                line = " " * last.col_offset + f"return {name}"
                more = answer.put_lines(last.end_lineno + 1, last.end_lineno, [line])
                change = Change((*change.splices, *more.splices))
            yield change


def appended(answer: Answer, node: ast.Return, value: ast.expr, name: str) -> str:
    """The line that puts what a `return` hands back into a list; after it the next round begins, too."""
    choice = answer.parents[node]
    loop = answer.within(node, LOOPS)
    goes_on = isinstance(choice, ast.If) and not choice.orelse and choice is not loop.body[-1]
    more = f"\n{' ' * node.col_offset}continue" if goes_on else ""
    return f"{name}.append({answer.of(value)}){more}"


@edit(
    "yield for append",
    cost=3,
    says="`yield` makes a generator of the function, which gives its numbers one by one, when it is asked; "
    "what is needed is all of them at once.",
    asks="Where do the numbers of all rounds wait until the loop is over, and which line hands them back?",
)
def yield_for_append(answer: Answer) -> Changes:
    for function in answer.all_of(ast.FunctionDef):
        yields = [n for n in ast.walk(function) if isinstance(n, ast.Yield) and n.value is not None]
        first, last = function.body[0], function.body[-1]
        if not yields or not own_lines(answer, first) or isinstance(last, ast.Return):
            continue
        indent = " " * first.col_offset
        made = answer.put_lines(first.lineno, first.lineno - 1, [f"{indent}output = []"])
        kept = answer.put_all([(n, f"output.append({answer.of(n.value)})") for n in yields if n.value])
        np = answer.alias("numpy")
        for whole in ("output", *([f"{np}.array(output)"] if np else [])):
            back = answer.put_lines(last_line(last) + 1, last_line(last), [f"{indent}return {whole}"])
            yield Change((*made.splices, *kept.splices, *back.splices), about=min(y.lineno for y in yields))


@edit(
    "no list for the results",
    cost=3,
    says="`return` ends the whole function with the result of one round, and there is no list in which "
    "the results of all rounds could be collected.",
    asks="How many results does the loop make, and where do they wait until the last round is over?",
)
def no_list_for_results(answer: Answer) -> Changes:
    for loop in answer.all_of(ast.For):
        function = answer.function(loop)
        if not isinstance(function, ast.FunctionDef) or not own_lines(answer, loop):
            continue
        returns = [n for n in ast.walk(loop) if isinstance(n, ast.Return) and n.value]
        name = next(n for n in ("output", "results", "collected") if n not in answer.locals(loop))
        indent = " " * loop.col_offset
        made = answer.put_lines(loop.lineno, loop.lineno - 1, [f"{indent}{name} = []"])
        kept = answer.put_all([(r, appended(answer, r, r.value, name)) for r in returns if r.value])
        after = [n for n in function.body if n.lineno > loop.lineno and isinstance(n, ast.Return)]
        last = loop.end_lineno or loop.lineno
        first, stop = (after[0].lineno, after[0].end_lineno or 0) if after else (last + 1, last)
        np = answer.alias("numpy")
        for whole in (name, *([f"{np}.array({name})"] if np else [])):
            back = answer.put_lines(first, stop, [f"{indent}return {whole}"])
            if returns:
                yield Change(
                    (*made.splices, *kept.splices, *back.splices), about=min(r.lineno for r in returns)
                )


@edit(
    "no list to begin with",
    cost=1,
    says="The results are collected in a list that is empty at first, and `{old}` is something else.",
    asks="What has the name to hold before the first round, so that the results can be collected in it?",
)
def no_list_to_begin_with(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Assign):
        value, name = node.value, answer.of(node.targets[0])
        kinds = (ast.Constant, ast.Tuple, ast.Dict, ast.Set, ast.Name, ast.Call, ast.BinOp)
        begun = isinstance(value, ast.List) and value.elts
        if (begun or isinstance(value, kinds)) and re.search(COLLECTS.format(re.escape(name)), answer.text):
            yield answer.put(value, "[]")


COLLECTS = r"(?m)\b{0}(?:\.(?:append|extend|insert)\b|\s*\+=|\[\w+\]\s*=)|\b{0} = {0} \+"
"""What puts something into a list of this name."""


@edit(
    "dictionary for a list",
    cost=2,
    says="`{old}` is a dictionary: each key is in it once only, and it is no list.",
    asks="What do the braces make, and what becomes of two equal numbers in it?",
)
def dictionary_for_list(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Assign):
        name, value = answer.of(node.targets[0]), node.value
        empty = isinstance(value, ast.Dict) and not value.keys
        if not empty and not (isinstance(value, ast.Call) and answer.of(value) == "dict()"):
            continue
        filled = [
            (n, f"{name}.append({answer.of(n.value)})")
            for _, _, _, n in statements(answer, ast.Assign)
            if isinstance(n.targets[0], ast.Subscript) and answer.of(n.targets[0].value) == name
        ]
        read = [(n, name) for n in answer.all_of(ast.Call) if answer.of(n) == f"{name}.values()"]
        if filled:
            yield answer.put_all([(value, "[]"), *filled, *read], answer.of(value))
    for node in answer.all_of(ast.DictComp):
        rest = answer.text[answer.end(node.value) : answer.end(node) - 1]
        yield answer.put(node, f"[{answer.of(node.value)}{rest}]", answer.of(node))


@edit(
    "keys for values",
    cost=0,
    tells=2,
    says="`list` makes a list of the keys of `{old}`: behind each, after the colon, stands its value.",
    asks="Of what does `list` make a list there: of what stands before the colons, or behind them?",
)
def keys_for_values(answer: Answer) -> Changes:
    dicts = [n for n in answer.all_of(ast.Assign) if isinstance(n.value, (ast.Dict, ast.DictComp))]
    made = {answer.of(n.targets[0]) for n in dicts}
    for call in answer.all_of(ast.Call):
        if answer.of(call.func) == "list" and len(call.args) == 1 and answer.of(call.args[0]) in made:
            name = answer.of(call.args[0])
            yield answer.put(call, f"list({name}.values())", name)


@edit(
    "equal keys",
    cost=0,
    tells=2,
    says="`{old}` has one place for each key, and equal numbers are the same key: of them only one is kept.",
    asks="How many places does `{old}` have, when two of the numbers are equal?",
)
def equal_keys(answer: Answer) -> Changes:
    for node in answer.all_of(ast.DictComp):
        loop = node.generators[0]
        if answer.of(node.key) == answer.of(loop.target):
            place = next(n for n in ("i", "place", "number") if n not in answer.locals(node))
            head = [(node.key, place), (loop.target, f"{place}, {answer.of(loop.target)}")]
            yield answer.put_all([*head, (loop.iter, f"enumerate({answer.of(loop.iter)})")], answer.of(node))


@edit(
    "tables in a table",
    cost=4,  # of numbers it makes a column, too: see "flat row for a column"
    says="`{old}` makes a new axis for what it is given; each thing in the list has rows already, and they "
    "have to be laid one below the other.",
    asks="How many axes does each thing in that list have, and how many the array that is made of them?",
)
def tables_in_a_table(answer: Answer) -> Changes:
    np, appends = (
        answer.alias("numpy"),
        [c for c in answer.all_of(ast.Call) if is_append(answer, c) and c.args],
    )
    things = [*(n.elt for n in answer.all_of(ast.ListComp)), *(c.args[0] for c in appends)]
    if any(isinstance(t, ast.Call) and answer.call_name(t) in REDUCERS and not t.keywords for t in things):
        return  # of numbers it makes one row
    for node in answer.all_of(ast.Call):
        if np and answer.of(node.func) in (f"{np}.array", f"{np}.stack", f"{np}.asarray"):
            yield answer.put(node.func, f"{np}.vstack", answer.of(node.func))


@edit(
    "append for a name",
    cost=1,
    says="`append` puts the result into a list, and what is needed there is the result itself.",
    asks="What does `append` make of what it is given, and what should the name hold?",
)
def append_for_a_name(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Expr):
        call = node.value
        once = isinstance(call, ast.Call) and answer.within(node, LOOPS) is None
        if once and answer.call_name(call) == "append" and isinstance(call.func, ast.Attribute):
            yield in_place(answer, node, f"{answer.of(call.func.value)} = {answer.of(call.args[0])}")


@edit(
    "printed in each round",
    cost=3,
    says="`print` shows each number to a person and keeps none: when the loop is over, there is nothing that "
    "could be handed back.",
    asks="Where do the results of all rounds wait until the loop is over, and which line hands them back?",
)
def printed_in_each_round(answer: Answer) -> Changes:
    for loop in answer.all_of(ast.For):
        function = answer.function(loop)
        prints = [
            n
            for n in ast.walk(loop)
            if isinstance(n, ast.Call) and answer.of(n.func) == "print" and len(n.args) == 1
        ]
        if not prints or not isinstance(function, ast.FunctionDef) or function.body[-1] is not loop:
            continue
        indent, last = " " * loop.col_offset, last_line(loop)
        made = answer.put_lines(loop.lineno, loop.lineno - 1, [f"{indent}output = []"])
        kept = answer.put_all([(n.func, "output.append") for n in prints])
        np = answer.alias("numpy")
        for whole in ("output", *([f"{np}.array(output)"] if np else [])):
            back = answer.put_lines(last + 1, last, [f"{indent}return {whole}"])
            yield Change((*made.splices, *kept.splices, *back.splices), about=min(p.lineno for p in prints))


@edit(
    "append gives nothing back",
    cost=1,
    says="`{old}` changes the list and gives back None, and the name on the left holds that None from then "
    "on.",
    asks="What does `{old}` give back, and what does the name on the left hold afterwards?",
)
def append_assigned(answer: Answer) -> Changes:
    lines = [n for _, _, _, n in statements(answer, ast.Assign) if is_append(answer, n.value)]
    for node in lines:
        yield in_place(answer, node, answer.of(node.value), answer.call_name(node.value))
    if len(lines) > 1:
        changed = [(n, answer.of(n.value)) for n in lines]
        yield answer.put_all(changed, answer.call_name(lines[0].value))


def is_append(answer: Answer, value: ast.AST) -> bool:
    """Whether a method of lists is called that gives nothing back; `np.append` is another thing."""
    return (
        isinstance(value, ast.Call)
        and answer.call_name(value) in ("append", "extend", "sort")
        and not answer.is_module(getattr(value.func, "value", value), "numpy")
    )


@edit(
    "place that is not there",
    cost=1,
    says="`{old} = ...` writes into a place that has to be there already, and the list begins without any.",
    asks="How many places does the list have before the first round, and what makes one more?",
)
def place_not_there(answer: Answer) -> Changes:
    stores = [
        (n, n.targets[0])
        for _, _, _, n in statements(answer, ast.Assign)
        if isinstance(n.targets[0], ast.Subscript) and answer.of(n.targets[0].value) in lists_of(answer, n)
    ]
    changed = [(n, f"{answer.of(t.value)}.append({answer.of(n.value)})") for n, t in stores]
    if changed:
        yield answer.put_all(changed, answer.of(stores[0][1]))


@edit(
    "insert for append",
    cost=1,
    tells=2,
    says="`insert` puts a number at the place that it is told, before those that stand there already.",
    asks="Where in the list does `insert` put the number, and in which order do they stand at the end?",
)
def insert_for_append(answer: Answer) -> Changes:
    calls = [c for c in answer.all_of(ast.Call) if answer.call_name(c) == "insert" and len(c.args) == 2]
    changed = [(c, f"{answer.of(c.func)[:-6]}append({answer.of(c.args[1])})") for c in calls]
    if changed:
        yield answer.put_all(changed)


@edit(
    "several in one",
    cost=1,
    says="What stands to the right of the `+` should become one new element of the list.",
    asks="What does `+` do with a list, and what does it want on its right?",
)
def add_to_a_list(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.AugAssign):
        if isinstance(node.op, ast.Add):
            yield answer.put(node.value, f"[{answer.of(node.value)}]")
    for _, _, _, node in statements(answer, ast.Assign):
        value = node.value
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
            yield answer.put(value.right, f"[{answer.of(value.right)}]", "+")
