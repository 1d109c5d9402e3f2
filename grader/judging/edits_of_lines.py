"""Edits of whole lines: return, append and storing, indentation, order, lines too many and too few."""

from __future__ import annotations

import ast

from .answer import FUNCTIONS, LOOPS, Answer, Change
from .edits import edit


def blocks(answer: Answer):
    """Every block of statements: (what it belongs to, its name there, the statements)."""
    for node in answer.nodes:
        for name in ("body", "orelse"):
            body = getattr(node, name, None)
            if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
                yield node, name, body


def statements(answer: Answer, *kinds):
    """Statements inside functions that have their lines for themselves, docstrings aside."""
    for owner, _, body in blocks(answer):
        for i, node in enumerate(body):
            is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            inside = isinstance(owner, FUNCTIONS) or answer.function(owner) is not None
            if inside and not is_text and own_lines(answer, node) and (not kinds or isinstance(node, kinds)):
                yield owner, body, i, node


def own_lines(answer: Answer, node) -> bool:
    before = answer.lines[node.lineno - 1][: node.col_offset]
    after = answer.text[answer.end(node) :].partition("\n")[0].strip()
    return not before.strip() and (not after or after.startswith("#"))


def lines_of(answer: Answer, node) -> list[str]:
    return answer.lines[node.lineno - 1 : node.end_lineno]


def moved(answer: Answer, node, column: int) -> list[str]:
    """The lines of a statement, indented to another column."""
    lines = lines_of(answer, node)
    by = column - node.col_offset
    return [" " * by + line if by > 0 else line[min(-by, len(line) - len(line.lstrip())) :] for line in lines]


def in_place(answer: Answer, node, text: str, old: str = "", extra: int = 0) -> Change:
    """Another statement in the place of one."""
    return answer.put(node, text, old, extra)


def lists_of(answer: Answer, node) -> list[str]:
    """Names to which a list is given where a node stands."""
    function = answer.function(node)
    found = []
    for assign in ast.walk(function) if function else ():
        if isinstance(assign, ast.Assign) and isinstance(assign.value, (ast.List, ast.ListComp, ast.Call)):
            found += [t.id for t in assign.targets if isinstance(t, ast.Name)]
    return list(dict.fromkeys(found))


# return, and its kin


@edit(
    "return is missing",
    cost=1,
    says="The function works something out and hands nothing back: without `return` it gives None.",
    asks="Which line hands the result to whoever called the function?",
)
def return_missing(answer):
    for node in answer.all_of(ast.FunctionDef):
        last = node.body[-1]
        indent = " " * node.body[0].col_offset
        for name in answer.locals(node):
            extra = 0 if name not in answer.parameters[node] else 1
            yield answer.put_lines(last.end_lineno + 1, last.end_lineno, [f"{indent}return {name}"], "", extra)
    for _, _, _, node in statements(answer, ast.Expr, ast.Assign):
        yield in_place(answer, node, f"return {answer.of(node.value)}")


@edit(
    "print for return",
    cost=1,
    says="`print` shows a value to a person, and hands nothing to the code that called: the function gives "
    "None.",
    asks="Who needs the result: a person who looks at it, or the code that called?",
)
def print_for_return(answer):
    for _, _, _, node in statements(answer, ast.Expr):
        if isinstance(node.value, ast.Call) and answer.call_name(node.value) == "print" and node.value.args:
            yield in_place(answer, node, f"return {answer.of(node.value.args[0])}")


@edit(
    "return of nothing",
    cost=1,
    says="`return` hands back nothing there.",
    asks="What should it hand back?",
)
def return_of_nothing(answer):
    for _, _, _, node in statements(answer, ast.Return):
        for name in answer.locals(node):
            if node.value is None or answer.of(node.value) == "None":
                yield in_place(answer, node, f"return {name}")
            elif isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
                lines = [" " * node.col_offset + answer.of(node.value), " " * node.col_offset + f"return {name}"]
                yield answer.put_lines(node.lineno, node.end_lineno, lines, "", 1)


@edit(
    "return inside the loop",
    cost=1,
    says="`return` ends the whole function, and it stands inside the loop: there is no second round.",
    asks="In which round of the loop is `return` reached, and what becomes of the numbers after that?",
)
def return_in_the_loop(answer):
    yield from outdented(answer, lambda node: isinstance(node, ast.Return) and answer.within(node, LOOPS))


@edit(
    "a step too deep",
    cost=1,
    says="The line is indented too deep: it belongs to a block that it should come after.",
    asks="How often should that line run, and how often does it run now?",
)
def too_deep(answer):
    yield from outdented(answer, lambda node: not isinstance(node, ast.Return))


def outdented(answer, wanted):
    """The last statement of a block, moved out of it: one block, or several."""
    for owner, body, i, node in statements(answer):
        if i != len(body) - 1 or len(body) == 1 or not wanted(node):
            continue
        block = owner
        while not isinstance(block, FUNCTIONS) and block in answer.parents:
            rest = answer.lines[node.end_lineno : block.end_lineno]  # else branches of the block
            lines = [*rest, *moved(answer, node, block.col_offset)]
            yield answer.put_lines(node.lineno, block.end_lineno, lines)
            block = answer.parents[block]
            if not isinstance(block, (ast.For, ast.While, ast.If, ast.With, ast.Try)):
                break


@edit(
    "not deep enough",
    cost=1,
    says="The line stands outside of the block above it, and belongs inside.",
    asks="How often should that line run, and how often does it run now?",
)
def not_deep_enough(answer):
    for _, body, i, node in statements(answer):
        block = body[i - 1] if i else None
        while block is not None and isinstance(block, (ast.For, ast.While, ast.If)):
            inner = (block.orelse or block.body) if isinstance(block, ast.If) else block.body
            yield answer.put_lines(node.lineno, node.end_lineno, moved(answer, node, inner[0].col_offset))
            block = inner[-1]


@edit(
    "method outside the class",
    cost=1,
    says="`{old}` is indented like something else than a method of the class, so it is none.",
    asks="How deep is each `def` of a class indented?",
)
def method_moved(answer):
    for node in answer.all_of(ast.FunctionDef):
        outer = answer.parents[node]
        if isinstance(outer, ast.FunctionDef) and answer.in_class(outer) and outer.body[-1] is node:
            if len(outer.body) > 1:
                lines = moved(answer, node, outer.col_offset)
                yield answer.put_lines(node.lineno, node.end_lineno, lines, node.name)


@edit(
    "else of the loop",
    cost=1,
    says="The `else` is indented like `for`, so it belongs to the loop: Python runs it once, after the last "
    "round.",
    asks="To which line does the `else` belong: which one is indented as deep as it is?",
)
def else_of_the_loop(answer):
    for loop in answer.all_of(*LOOPS):
        if loop.orelse and isinstance(loop.body[-1], ast.If):
            first = loop.body[-1].end_lineno + 1
            by = loop.body[0].col_offset - loop.col_offset
            lines = answer.lines[first - 1 : loop.end_lineno]
            yield answer.put_lines(first, loop.end_lineno, [" " * by + line for line in lines])


# append


@edit(
    "nothing is appended",
    cost=1,
    says="The value is worked out, and nothing puts it into the list.",
    asks="What happens to the value in that line, after it was worked out?",
)
def append_missing(answer):
    for _, _, _, node in statements(answer, ast.Expr, ast.Return, ast.AugAssign, ast.Assign):
        if answer.within(node, LOOPS) is None or node.value is None:
            continue
        value = node.value
        if isinstance(value, ast.Call) and answer.call_name(value) in ("print", "append") and value.args:
            value = value.args[-1]
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        for name in lists_of(answer, node):
            extra = 0 if not isinstance(target, ast.Name) or target.id == name else 1
            yield in_place(answer, node, f"{name}.append({answer.of(value)})", "", extra)


@edit(
    "append gives nothing back",
    cost=1,
    says="`append` changes the list and gives back None, and the name on the left holds that None from then "
    "on.",
    asks="What does `append` give back, and what does the name on the left hold afterwards?",
)
def append_assigned(answer):
    for _, _, _, node in statements(answer, ast.Assign):
        if isinstance(node.value, ast.Call) and answer.call_name(node.value) in ("append", "extend", "sort"):
            yield in_place(answer, node, answer.of(node.value))


@edit(
    "several in one",
    cost=1,
    says="A number is added to a list there, where it should become a new element of it.",
    asks="What does `+=` do with a list, and what does it want on its right?",
)
def add_to_a_list(answer):
    for _, _, _, node in statements(answer, ast.AugAssign):
        if isinstance(node.op, ast.Add):
            yield answer.put(node.value, f"[{answer.of(node.value)}]")


# Storing


@edit(
    "result is not stored",
    cost=1,
    says="The result is not stored on the object, where the next layer reads it: under `output`.",
    asks="How can another layer read this result, after forward has ended?",
)
def store_missing(answer):
    for _, _, _, node in statements(answer, ast.Return, ast.Assign, ast.Expr):
        if not answer.in_class(node) or node.value is None:
            continue
        for attribute in answer.attributes:
            value = node.value
            if isinstance(value, ast.Call) and answer.call_name(value) == "print" and value.args:
                value = value.args[0]
            if attribute != "forward":
                extra = 0 if attribute == "output" else 2
                yield in_place(answer, node, f"self.{attribute} = {answer.of(value)}", "", extra)
    for function in answer.all_of(ast.FunctionDef):
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
def equals(answer):
    for _, _, _, node in statements(answer, ast.Expr):
        value = node.value
        if isinstance(value, ast.Compare) and isinstance(value.ops[0], ast.Eq) and len(value.ops) == 1:
            yield in_place(answer, node, f"{answer.of(value.left)} = {answer.of(value.comparators[0])}")


@edit(
    "result is dropped",
    cost=1,
    says="The line works something out, and nothing keeps the result.",
    asks="Where is the result of that line, once the line is over?",
)
def result_dropped(answer):
    for _, _, _, node in statements(answer, ast.Expr):
        if not isinstance(node.value, ast.Constant):
            for name in answer.locals(node):
                yield in_place(answer, node, f"{name} = {answer.of(node.value)}")


@edit(
    "added up",
    cost=1,
    says="The name gets a new value in each round, and the old one is lost; or it grows where it should start "
    "anew.",
    asks="What does the name hold after the second round?",
)
def added_up(answer):
    for _, _, _, node in statements(answer, ast.Assign):
        if len(node.targets) == 1 and isinstance(node.targets[0], (ast.Name, ast.Attribute)):
            target, value = answer.of(node.targets[0]), answer.of(node.value)
            yield in_place(answer, node, f"{target} += {value}", "", 0 if answer.within(node, LOOPS) else 2)
    for _, _, _, node in statements(answer, ast.AugAssign):
        yield in_place(answer, node, f"{answer.of(node.target)} = {answer.of(node.value)}")


@edit(
    "in place",
    cost=1,
    says="The line changes the data that was handed over, instead of making something new: whoever called the "
    "function finds it changed.",
    asks="Whose list or array does that line change?",
)
def in_place_for_new(answer):
    signs = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.MatMult: "@"}
    for _, _, _, node in statements(answer, ast.AugAssign):
        if type(node.op) in signs:
            target, sign = answer.of(node.target), signs[type(node.op)]
            value = answer.of(node.value)
            value = value if isinstance(node.value, (ast.Call, ast.Name, ast.Constant)) else f"({value})"
            yield in_place(answer, node, f"{target} = {target} {sign} {value}")
    for _, _, _, node in statements(answer, ast.Assign):
        target = node.targets[0]
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Slice):
            yield in_place(answer, node, f"{answer.of(target.value)} = {answer.of(node.value)}")
    for call in answer.all_of(ast.Call):
        for k in call.keywords:
            if k.arg == "out":
                start = answer.text.rindex(",", 0, answer.start(k))
                yield Change(((start, answer.end(k), ""),))


@edit(
    "work on a copy",
    cost=2,
    says="`{old}` is the caller's own data and no copy, and lines of this function write into it.",
    asks="Whose list or array do these lines write into?",
)
def copy_first(answer):
    for function in answer.all_of(ast.FunctionDef):
        body = [s for s in function.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
        for name in answer.parameters[function] if body else ():
            if name != "self":
                line = " " * body[0].col_offset + f"{name} = {name}.copy()"
                yield answer.put_lines(body[0].lineno, body[0].lineno - 1, [line], name)


# Lines too many, too few, or in another order


@edit(
    "line too many",
    cost=2,
    says="This line is too much: without it the rest is right.",
    asks="What does this line change, and is that asked for?",
)
def line_too_many(answer):
    for _, body, i, node in statements(answer):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
            continue
        if len(body) > 1:
            yield answer.put_lines(node.lineno, node.end_lineno, [])
        if isinstance(node, (ast.If, ast.For, ast.While)) and not node.orelse:
            lines = [line for s in node.body for line in moved(answer, s, node.col_offset)]
            yield answer.put_lines(node.lineno, node.end_lineno, lines, "", 1)


@edit(
    "order of two lines",
    cost=1,
    says="Two lines stand in the wrong order: one needs what the other makes.",
    asks="Which line needs what another line makes, and which of them comes first?",
)
def lines_swapped(answer):
    for _, body, i, node in statements(answer):
        after = body[i + 1] if i + 1 < len(body) else None
        if after is None or not own_lines(answer, after):
            continue
        lines = [*lines_of(answer, after), *lines_of(answer, node)]
        yield answer.put_lines(node.lineno, after.end_lineno, lines)


@edit(
    "made anew in each round",
    cost=1,
    says="`{old}` is made anew in every round of the loop, and what it held before is gone.",
    asks="How often is that line reached, and what is lost each time?",
)
def made_in_the_loop(answer):
    for owner, body, i, node in statements(answer, ast.Assign):
        if isinstance(owner, LOOPS) and body is owner.body and len(body) > 1:
            rest = answer.lines[owner.lineno - 1 : node.lineno - 1] + answer.lines[node.end_lineno : owner.end_lineno]
            lines = [*moved(answer, node, owner.col_offset), *rest]
            yield answer.put_lines(owner.lineno, owner.end_lineno, lines, answer.of(node.targets[0]))


@edit(
    "made once for all rounds",
    cost=1,
    says="`{old}` is made once, before the loop, and should start anew in every round.",
    asks="What does `{old}` hold when the second round begins?",
)
def made_before_the_loop(answer):
    for _, body, i, node in statements(answer, ast.Assign):
        loop = body[i + 1] if i + 1 < len(body) else None
        if isinstance(loop, LOOPS) and own_lines(answer, loop):
            head = answer.lines[loop.lineno - 1 : loop.body[0].lineno - 1]
            rest = answer.lines[loop.body[0].lineno - 1 : loop.end_lineno]
            lines = [*head, *moved(answer, node, loop.body[0].col_offset), *rest]
            yield answer.put_lines(node.lineno, loop.end_lineno, lines, answer.of(node.targets[0]))


@edit(
    "list is not made here",
    cost=2,
    says="`{old}` is not made in the function: it is a list from outside, which keeps what other calls have "
    "put into it.",
    asks="Where is `{old}` made, and how often?",
)
def list_not_made(answer):
    for function in answer.all_of(ast.FunctionDef):
        known = answer.locals(function)
        used = [n for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
        indent, first = " " * function.body[0].col_offset, function.body[0].lineno
        for name in dict.fromkeys(n.id for n in used if n.id not in known and not answer.is_ours(n)):
            for value in ("[]", "0"):
                yield answer.put_lines(first, first - 1, [f"{indent}{name} = {value}"], name)
    for function in answer.all_of(ast.FunctionDef):
        for name, default in zip(reversed(function.args.args), reversed(function.args.defaults)):
            if isinstance(default, (ast.List, ast.Dict)):
                indent, first = " " * function.body[0].col_offset, function.body[0].lineno
                yield answer.put_lines(first, first - 1, [f"{indent}{name.arg} = []"], name.arg)


@edit(
    "elif that leaves a gap",
    cost=1,
    says="There are numbers for which neither condition is true, and nothing happens to them.",
    asks="Which number is neither above nor below 0, and which branch takes it?",
)
def elif_with_a_gap(answer):
    for node in answer.all_of(ast.If):
        if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If) and not node.orelse[0].orelse:
            second = node.orelse[0]
            start, end = answer.start(second), answer.end(second.test)
            if answer.text.startswith("elif", start):
                yield Change(((start, end, "else"),))


@edit(
    "else is missing",
    cost=2,
    says="Nothing happens to the numbers for which the condition is not true: there is no branch for them.",
    asks="What should become of a number for which the condition is not true?",
)
def else_missing(answer):
    for _, _, _, node in statements(answer, ast.If):
        last = node.body[-1]
        if node.orelse or not own_lines(answer, last):
            continue
        if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call) and len(last.value.args) == 1:
            arg = last.value.args[0]
            before = answer.text[answer.start(last) : answer.start(arg)]
            after = answer.text[answer.end(arg) : answer.end(last)]
            names = [n for n in answer.locals(node) if answer.of(arg) == "0"]
            for value in ["0", *names] if answer.of(arg) != "0" else names:
                lines = [" " * node.col_offset + "else:", " " * last.col_offset + before + value + after]
                yield answer.put_lines(last.end_lineno + 1, last.end_lineno, lines)


@edit(
    "branches the wrong way round",
    cost=1,
    says="The two branches are the wrong way round: each happens where the other should.",
    asks="Which branch does a negative number take, and what happens to it there?",
)
def branches_swapped(answer):
    for _, _, _, node in statements(answer, ast.If):
        last = node.orelse[-1] if node.orelse else None
        if last is None or isinstance(node.orelse[0], ast.If) or not own_lines(answer, node.body[0]):
            continue
        one = answer.lines[node.body[0].lineno - 1 : node.body[-1].end_lineno]
        between = answer.lines[node.body[-1].end_lineno : node.orelse[0].lineno - 1]
        two = answer.lines[node.orelse[0].lineno - 1 : last.end_lineno]
        if between:
            yield answer.put_lines(node.body[0].lineno, last.end_lineno, [*two, *between, *one])


@edit(
    "call of forward is missing",
    cost=3,
    says="A step is never taken: one of the objects is asked for its output before its `forward` was called.",
    asks="Which of the objects has not worked yet when its output is read?",
)
def forward_missing(answer):
    calls = [c for c in answer.all_of(ast.Call) if answer.call_name(c) == "forward"]
    if not calls:
        return
    for function in {answer.function(call) for call in calls} - {None}:
        objects = [n for n in answer.locals(function)]
        sources = [*answer.parameters[function], *(f"{name}.output" for name in objects)]
        for i, node in enumerate(function.body if isinstance(function, ast.FunctionDef) else []):
            for name in objects:
                for source in sources:
                    if name not in (source, source.partition(".")[0]):
                        line = " " * node.col_offset + f"{name}.forward({source})"
                        yield answer.put_lines(node.lineno, node.lineno - 1, [line])
