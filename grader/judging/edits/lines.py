"""Edits of whole lines: indentation, order, too many, too few, branches, in place."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..answer import LOOPS, Answer, Change
from .copies import written_into
from .table import Changes, edit
from .tools import last_line, lines_of, moved, outdented, own_lines, statements

LAST = {ast.Return, ast.Import, ast.ImportFrom}
"""Lines that are not exchanged with one beside them: after a `return` nothing is run."""


@edit(
    "a step too deep",
    cost=1,
    says="The line is indented too deep: it belongs to a block that it should come after.",
    asks="How often should that line run, and how often does it run now?",
)
def too_deep(answer: Answer) -> Changes:
    yield from outdented(
        answer, lambda node: not isinstance(node, ast.Return) and is_read_later(answer, node)
    )


def is_read_later(answer: Answer, node: ast.AST) -> bool:
    """Whether what a line gives to a name is read in a line below, or decides whether there is a next round;
    true of other lines."""
    targets = [node.target] if isinstance(node, ast.AugAssign) else getattr(node, "targets", [])
    names = [t.id for t in targets if isinstance(t, ast.Name)]
    if not isinstance(node, (ast.Assign, ast.AugAssign)) or len(names) < len(targets):
        return True
    tests = [n for a in answer.ancestors(node) if isinstance(a, ast.While) for n in ast.walk(a.test)]
    read = [n for n in answer.loads() if n.lineno > node.lineno or n in tests]
    return any(n.id in names for n in read if isinstance(n, ast.Name))


@edit(
    "not deep enough",
    cost=1,
    says="The line stands outside of the block above it, and belongs inside.",
    asks="How often should that line run, and how often does it run now?",
)
def not_deep_enough(answer: Answer) -> Changes:
    for _, body, i, node in statements(answer):
        block = body[i - 1] if i else None
        while block is not None and isinstance(block, (ast.For, ast.While, ast.If)):
            if isinstance(node, ast.Return) and not isinstance(block, ast.If):
                break  # there would be no second round
            inner = (block.orelse or block.body) if isinstance(block, ast.If) else block.body
            yield answer.put_lines(node.lineno, node.end_lineno, moved(answer, node, inner[0].col_offset))
            block = inner[-1]


@edit(
    "else of the loop",
    cost=1,
    says="The `else` is indented like `for`, so it belongs to the loop: Python runs it once, after the last "
    "round.",
    asks="To which line does the `else` belong: which one is indented as deep as it is?",
)
def else_of_the_loop(answer: Answer) -> Changes:
    for loop in answer.all_of(*LOOPS):
        if loop.orelse and isinstance(loop.body[-1], ast.If):
            first = last_line(loop.body[-1]) + 1
            by = loop.body[0].col_offset - loop.col_offset
            lines = answer.lines[first - 1 : loop.end_lineno]
            yield answer.put_lines(first, loop.end_lineno, [" " * by + line for line in lines])


@edit(
    "line too many",
    cost=1,
    tells=2,
    says="This line is too much: what it does is not asked for.",
    asks="What does this line do, and is that asked for?",
)
def line_too_many(answer: Answer) -> Changes:
    for _, body, _, node in statements(answer):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
            continue
        if len(body) > 1:
            yield answer.put_lines(node.lineno, last_line(node), [])
        if isinstance(node, (ast.If, ast.For, ast.While)) and not node.orelse:
            lines = [line for s in node.body for line in moved(answer, s, node.col_offset)]
            yield answer.put_lines(node.lineno, last_line(node), lines, "", 1)


@edit(
    "order of two lines",
    cost=2,
    tells=2,
    says="Two lines stand in the wrong order.",
    asks="What does each of the two lines need that the other one makes or changes?",
)
def lines_swapped(answer: Answer) -> Changes:
    for _, body, i, node in statements(answer):
        after = body[i + 1] if i + 1 < len(body) else None
        if after is None or not own_lines(answer, after) or LAST & {type(node), type(after)}:
            continue
        lines = [*lines_of(answer, after), *lines_of(answer, node)]
        yield answer.put_lines(node.lineno, after.end_lineno, lines)


@edit(
    "return before the end",
    cost=0,
    says="After `{old}` nothing is run: the lines below it are never reached.",
    asks="Which lines of the function are run, and which are not?",
)
def return_before_the_end(answer: Answer) -> Changes:
    for _, body, i, node in statements(answer, ast.Return):
        if i + 1 < len(body):
            after = answer.lines[node.end_lineno : body[-1].end_lineno]
            lines = [*after, *lines_of(answer, node)]
            yield answer.put_lines(node.lineno, last_line(body[-1]), lines, answer.of(node))
            yield answer.put_lines(node.lineno, last_line(node), [], answer.of(node))


@edit(
    "made anew in each round",
    cost=1,
    says="`{old}` is made anew in every round of the loop, and should be made once, before the first.",
    asks="How often is that line reached, and what becomes of what `{old}` held before?",
)
def made_in_the_loop(answer: Answer) -> Changes:
    for owner, body, _, node in statements(answer, ast.Assign):
        if isinstance(owner, LOOPS) and body is owner.body and len(body) > 1:
            rest = (
                answer.lines[owner.lineno - 1 : node.lineno - 1]
                + answer.lines[node.end_lineno : owner.end_lineno]
            )
            lines = [*moved(answer, node, owner.col_offset), *rest]
            name = answer.of(node.targets[0])
            yield answer.put_lines(owner.lineno, last_line(owner), lines, name, about=node.lineno)


@edit(
    "made once for all rounds",
    cost=1,
    says="`{old}` is made once, before the loop, and should start anew in every round.",
    asks="What does `{old}` hold when the next round begins?",
)
def made_before_the_loop(answer: Answer) -> Changes:
    for _, body, i, node in statements(answer, ast.Assign):
        for loop in (after for after in body[i + 1 :] if isinstance(after, LOOPS)):
            if own_lines(answer, loop):
                gone = answer.put_lines(node.lineno, last_line(node), [])
                lines = moved(answer, node, loop.body[0].col_offset)
                made = answer.put_lines(loop.body[0].lineno, loop.body[0].lineno - 1, lines)
                yield Change((*gone.splices, *made.splices), answer.of(node.targets[0]))
                for first in made_of_the_first(answer, node, loop):
                    lines = [" " * loop.body[0].col_offset + first]
                    made = answer.put_lines(loop.body[0].lineno, loop.body[0].lineno - 1, lines)
                    yield Change((*gone.splices, *made.splices), answer.of(node.targets[0]))


def made_of_the_first(answer: Answer, node: ast.Assign, loop: ast.AST) -> Iterator[str]:
    """What is made of the first row, made of the row of this round."""
    if not isinstance(loop, ast.For) or not isinstance(loop.target, ast.Name):
        return
    for part in ast.walk(node.value):
        if not isinstance(part, ast.Subscript) or answer.of(part.slice) != "0":
            continue
        owner, start, text = answer.of(part.value), answer.start(node), answer.of(node)
        row = loop.target.id if answer.of(loop.iter) == owner else f"{owner}[{loop.target.id}]"
        yield text[: answer.start(part) - start] + row + text[answer.end(part) - start :]


@edit(
    "list is not made here",
    cost=2,
    says="No line of the function makes `{old}`, and each call needs one of its own.",
    asks="Where is `{old}` made, and how often?",
)
def list_not_made(answer: Answer) -> Changes:
    for function in answer.all_of(ast.FunctionDef):
        known = answer.locals(function)
        used = [n for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
        indent, first = " " * function.body[0].col_offset, function.body[0].lineno
        for name in dict.fromkeys(n.id for n in used if n.id not in known and not answer.is_ours(n)):
            at = min(n.lineno for n in used if n.id == name)
            for value in ("[]", "0"):
                yield answer.put_lines(first, first - 1, [f"{indent}{name} = {value}"], name, about=at)


@edit(
    "default that all calls share",
    cost=2,
    says="The list that `def` names for `{old}` is made once, when the function is defined: each call goes "
    "on with what the calls before have put into it.",
    asks="How often is the list made that stands behind `{old}=`, and how often is the function called?",
)
def shared_default(answer: Answer) -> Changes:
    for function in answer.all_of(ast.FunctionDef):
        for name, default in zip(reversed(function.args.args), reversed(function.args.defaults)):
            if isinstance(default, ast.List) and not default.elts:
                indent, first = " " * function.body[0].col_offset, function.body[0].lineno
                if written_into(answer, function, name.arg):
                    line = f"{indent}{name.arg} = []"
                    yield answer.put_lines(first, first - 1, [line], name.arg, about=name.lineno)


@edit(
    "elif that leaves a gap",
    cost=0,
    tells=2,
    says="There are numbers for which neither condition is true, and no branch takes them.",
    asks="For which numbers is neither of the two conditions true?",
)
def elif_with_a_gap(answer: Answer) -> Changes:
    for node in answer.all_of(ast.If):
        if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If) and not node.orelse[0].orelse:
            second = node.orelse[0]
            start, end = answer.start(second), answer.end(second.test)
            if answer.text.startswith("elif", start):
                yield Change(((start, end, "else"),))


@edit(
    "else is missing",
    cost=2,
    says="There is no branch for the numbers for which the condition is not true.",
    asks="What should become of a number for which the condition is not true?",
)
def else_missing(answer: Answer) -> Changes:
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
                yield answer.put_lines(last_line(last) + 1, last_line(last), lines, about=node.lineno)


@edit(
    "line for both cases",
    cost=2,
    says="The line below the `if` runs for every number, also for one for which the condition was true.",
    asks="Which lines does a number run through for which the condition is true?",
)
def line_for_both_cases(answer: Answer) -> Changes:
    for _, body, i, node in statements(answer, ast.If):
        after = body[i + 1] if i + 1 < len(body) else None
        if after is not None and not node.orelse and own_lines(answer, after):
            inner = moved(answer, after, node.body[0].col_offset)
            yield answer.put_lines(after.lineno, last_line(after), [" " * node.col_offset + "else:", *inner])


@edit(
    "branch that does nothing",
    cost=2,
    says="With `{old}` the numbers of that branch get no place in the result.",
    asks="What should become of a number that comes into that branch?",
)
def branch_does_nothing(answer: Answer) -> Changes:
    for node in answer.all_of(ast.If):
        for idle, other in ((node.body, node.orelse), (node.orelse, node.body)):
            if len(idle) != 1 or not isinstance(idle[0], (ast.Pass, ast.Continue)) or not other:
                continue
            value = getattr(other[-1], "value", None)
            if isinstance(value, ast.Call) and len(value.args) == 1:
                for text in ("0", *answer.locals(node)):
                    line = f"{answer.of(value.func)}({text})"
                    yield answer.put(idle[0], line, answer.of(idle[0]))


@edit(
    "branch that leaves a number out",
    cost=2,
    says="With `{old}` a number for which the condition is true comes into no result.",
    asks="What should become of a number for which the condition is true?",
)
def branch_leaves_out(answer: Answer) -> Changes:
    for _, body, i, node in statements(answer, ast.If):
        after = body[i + 1] if i + 1 < len(body) else None
        value = getattr(after, "value", None)
        if node.orelse or len(node.body) != 1 or not isinstance(node.body[0], (ast.Continue, ast.Break)):
            continue
        if after is not None and isinstance(value, ast.Call) and own_lines(answer, after):
            line = f"{' ' * node.body[0].col_offset}{answer.of(value.func)}(0)"
            rest = [" " * node.col_offset + "else:", *moved(answer, after, node.body[0].col_offset)]
            old = answer.of(node.body[0])
            yield answer.put_lines(node.body[0].lineno, last_line(after), [line, *rest], old)


@edit(
    "branch too many",
    cost=2,
    says="The branch of `{old}` does something that is not asked for.",
    asks="Which numbers take that branch, and what should become of them?",
)
def branch_too_many(answer: Answer) -> Changes:
    for node in answer.all_of(ast.If):
        following = node.orelse[0] if len(node.orelse) == 1 else None
        if isinstance(following, ast.If) and answer.text.startswith("elif", answer.start(following)):
            word = answer.text[answer.start(node) :].partition(" ")[0]  # if, or elif
            end = answer.start(following) + len("elif")
            yield Change(((answer.start(node), end, word),), f"{word} {answer.of(node.test)}")


@edit(
    "branches the wrong way round",
    cost=2,
    says="The two branches are the wrong way round: each happens where the other should.",
    asks="For which numbers is the condition true, and what happens to these?",
)
def branches_swapped(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.If):
        last = node.orelse[-1] if node.orelse else None
        if last is None or isinstance(node.orelse[0], ast.If) or not own_lines(answer, node.body[0]):
            continue
        one = answer.lines[node.body[0].lineno - 1 : node.body[-1].end_lineno]
        between = answer.lines[node.body[-1].end_lineno : node.orelse[0].lineno - 1]
        two = answer.lines[node.orelse[0].lineno - 1 : last.end_lineno]
        if between:
            lines = [*two, *between, *one]
            yield answer.put_lines(node.body[0].lineno, last.end_lineno, lines, about=node.lineno)


@edit(
    "counter that stays",
    cost=1,
    tells=2,
    says="`{old}` decides whether there is a next round, and stays as it is while the loop runs.",
    asks="Which line of the loop brings it nearer to its end?",
)
def counter_stays(answer: Answer) -> Changes:
    for _, _, _, loop in statements(answer, ast.While):
        inside = [n for s in loop.body for n in ast.walk(s) if isinstance(n, ast.Name)]
        changed = {n.id for n in inside if isinstance(n.ctx, ast.Store)}
        for name in dict.fromkeys(n.id for n in ast.walk(loop.test) if isinstance(n, ast.Name)):
            if name in answer.locals(loop) and name not in changed and own_lines(answer, loop.body[-1]):
                line = " " * loop.body[0].col_offset + f"{name} += 1"
                yield answer.put_lines(last_line(loop) + 1, last_line(loop), [line], name, about=loop.lineno)


@edit(
    "choice that is not asked for",
    cost=2,
    tells=2,
    says="Numbers for which `{old}` is true are treated otherwise than the others, and all should be treated "
    "alike.",
    asks="For which numbers is that condition true, and is something else asked for these?",
)
def choice_not_asked_for(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.If):
        for body in (node.body, node.orelse):
            one = [line for s in body for line in moved(answer, s, node.col_offset)]
            if (
                node.orelse
                and not any(isinstance(s, ast.If) for s in node.orelse)
                and own_lines(answer, body[0])
            ):
                yield answer.put_lines(node.lineno, last_line(node), one, answer.of(node.test))
    for choice in answer.all_of(ast.IfExp):
        for one in (choice.body, choice.orelse):
            yield answer.put(choice, answer.of(one), answer.of(choice.test))
