"""Edits of what becomes of a result: return, append, storing."""

from __future__ import annotations

import ast

from ..answer import LOOPS, Answer, Change
from .table import Changes, edit
from .tools import in_place, lines_of, lists_of, outdented, own_lines, statements


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
            yield answer.put_lines(
                last.end_lineno + 1, last.end_lineno, [f"{indent}return {name}"], "", extra
            )
    for _, _, _, node in statements(answer, ast.Expr, ast.Assign):
        if not gives_back(answer.function(node)):
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
    says="`print` shows a value to a person, and hands nothing to the code that called: the function gives "
    "None.",
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
    says="`append` changes the list and gives back None, and it is that None which `return` hands on.",
    asks="What does `append` give back?",
)
def return_of_append(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Return):
        value = node.value
        if isinstance(value, ast.Call) and answer.call_name(value) in ("append", "extend", "sort"):
            for name in answer.locals(node):
                lines = [" " * node.col_offset + text for text in (answer.of(value), f"return {name}")]
                yield answer.put_lines(node.lineno, node.end_lineno, lines)


@edit(
    "return inside the loop",
    cost=1,
    says="`return` ends the whole function, and it stands inside the loop: there is no second round.",
    asks="In which round of the loop is `return` reached, and what becomes of the numbers after that?",
)
def return_in_the_loop(answer: Answer) -> Changes:
    yield from outdented(answer, lambda node: isinstance(node, ast.Return) and answer.within(node, LOOPS))


@edit(
    "nothing is appended",
    cost=1,
    tells=2,
    says="The value is worked out, and nothing puts it into the list.",
    asks="What happens to the value in that line, after it was worked out?",
)
def append_missing(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Expr, ast.Return, ast.AugAssign, ast.Assign):
        if answer.within(node, LOOPS) is None or node.value is None:
            continue
        value = node.value
        if not isinstance(node, (ast.Expr, ast.AugAssign)) and is_append(answer, value):
            continue
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            continue
        if isinstance(value, ast.Call) and answer.call_name(value) in ("print", "append") and value.args:
            value = value.args[-1]
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        for name in lists_of(answer, node):
            extra = 0 if not isinstance(target, ast.Name) or target.id == name else 1
            yield in_place(answer, node, f"{name}.append({answer.of(value)})", "", extra)


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
                yield answer.put_lines(node.end_lineno + 1, node.end_lineno, [line], node.target.id)


@edit(
    "return for append",
    cost=2,
    says="`return` ends the whole function with one number, in the first round already; what every round "
    "should do is to put its number into the list.",
    asks="How many numbers can a function hand back that returns in the first round?",
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
            change = answer.put_all([(r, f"{name}.append({answer.of(v)})") for r, v in returns])
            if not isinstance(last, ast.Return):
                line = " " * last.col_offset + f"return {name}"
                more = answer.put_lines(last.end_lineno + 1, last.end_lineno, [line])
                change = Change((*change.splices, *more.splices))
            yield change


@edit(
    "no list for the results",
    cost=3,
    says="`return` ends the whole function with the result of the first round, and there is no list in which "
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
        appended = [
            (answer.start(r), answer.end(r), f"{name}.append({answer.of(r.value)})")
            for r in returns
            if r.value
        ]
        after = [n for n in function.body if n.lineno > loop.lineno and isinstance(n, ast.Return)]
        last = loop.end_lineno or loop.lineno
        first, stop = (after[0].lineno, after[0].end_lineno or 0) if after else (last + 1, last)
        np = answer.alias("numpy")
        for whole in (name, *([f"{np}.array({name})"] if np else [])):
            back = answer.put_lines(first, stop, [f"{indent}return {whole}"])
            if returns:
                yield Change((*made.splices, *appended, *back.splices))


@edit(
    "no list to begin with",
    cost=1,
    says="`{old}` is no list, and a list is what the results are to be collected in.",
    asks="What has the name to hold before the first round, so that the results can be collected in it?",
)
def no_list_to_begin_with(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Assign):
        value = node.value
        if isinstance(value, (ast.Constant, ast.Tuple, ast.Dict, ast.Set, ast.Name, ast.Call)):
            yield answer.put(value, "[]")


@edit(
    "append gives nothing back",
    cost=1,
    says="`append` changes the list and gives back None, and the name on the left holds that None from then "
    "on.",
    asks="What does `append` give back, and what does the name on the left hold afterwards?",
)
def append_assigned(answer: Answer) -> Changes:
    lines = [n for _, _, _, n in statements(answer, ast.Assign) if is_append(answer, n.value)]
    for node in lines:
        yield in_place(answer, node, answer.of(node.value))
    if len(lines) > 1:
        yield answer.put_all([(n, answer.of(n.value)) for n in lines])


def is_append(answer: Answer, value: ast.AST) -> bool:
    return isinstance(value, ast.Call) and answer.call_name(value) in ("append", "extend", "sort")


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
    says="`insert(0, ...)` puts each number before those that are there already: the last one comes first.",
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
    says="A number is added to a list there, where it should become a new element of it.",
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


@edit(
    "result is not stored",
    cost=1,
    says="The result is not stored on the object, where the next layer reads it: under `output`.",
    asks="How can another layer read this result, after forward has ended?",
)
def store_missing(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Return, ast.Assign, ast.Expr):
        if not answer.in_class(node) or node.value is None:
            continue
        if isinstance(node, ast.Assign) and answer.of(node.targets[0]).startswith("self."):
            continue
        for attribute in answer.attributes:
            value = node.value
            if isinstance(value, ast.Call) and answer.call_name(value) == "print" and value.args:
                value = value.args[0]
            if attribute != "forward":
                extra = 0 if attribute == "output" else 2
                yield in_place(answer, node, f"self.{attribute} = {answer.of(value)}", "", extra)
    stored = {answer.of(t) for n in answer.all_of(ast.Assign) for t in n.targets}
    for function in answer.all_of(ast.FunctionDef) if "self.output" not in stored else ():
        if answer.in_class(function) and function.name == "forward":
            last, indent = function.body[-1], " " * function.body[0].col_offset
            before = [*lines_of(answer, last)] if isinstance(last, ast.Return) else []
            for name in answer.locals(function):
                line = [f"{indent}self.output = {name}"]
                first = last.lineno if before else last.end_lineno + 1
                yield answer.put_lines(first, last.end_lineno, [*line, *before], "", 1)


@edit(
    "comparison for an assignment",
    cost=1,
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
        if not isinstance(node.value, ast.Constant):
            for name in answer.locals(node):
                yield in_place(answer, node, f"{name} = {answer.of(node.value)}")


@edit(
    "added up",
    cost=1,
    says="The name gets a new value in each round, and the old one is lost; or it grows where it should "
    "start anew.",
    asks="What does the name hold after the second round?",
)
def added_up(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Assign):
        if len(node.targets) == 1 and isinstance(node.targets[0], (ast.Name, ast.Attribute)):
            target, value = answer.of(node.targets[0]), answer.of(node.value)
            yield in_place(answer, node, f"{target} += {value}", "", 0 if answer.within(node, LOOPS) else 2)
    for _, _, _, node in statements(answer, ast.AugAssign):
        yield in_place(answer, node, f"{answer.of(node.target)} = {answer.of(node.value)}")
