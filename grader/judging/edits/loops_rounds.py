"""Edits of what a round of a loop reads, what it leaves to the next one, and which rows it is about."""

from __future__ import annotations

import ast
import itertools
from typing import Any

from ..answer import LOOPS, Answer, Change
from .table import Changes, edit
from .tools import REDUCERS, is_name, last_line, moved, own_lines, reducing_calls, statements


@edit(
    "the same in each round",
    cost=1,
    says="`{old}` is the same in each round of the loop, and what is needed is what this round is about.",
    asks="What does `{old}` hold in the first round, and what in the second?",
)
def same_in_each_round(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Subscript):
        rounds = answer.within(node, (ast.For, ast.ListComp, ast.GeneratorExp))
        typed_in = not any(isinstance(n, ast.Name) for n in ast.walk(node.slice))
        if (
            rounds is None
            or not typed_in
            or isinstance(node.slice, ast.Slice)
            or not isinstance(node.ctx, ast.Load)
        ):
            continue
        loop = rounds if isinstance(rounds, ast.For) else rounds.generators[0]
        for name in (n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)):
            if answer.of(loop.iter) == answer.of(node.value):
                yield answer.put(node, name)
            yield answer.put(node.slice, name, answer.of(node))


@edit(
    "two loops for one",
    cost=2,
    tells=2,
    says="The second loop over `{old}` begins when the first one is over: what it adds stands behind all "
    "that the first has added, and not at its own place.",
    asks="In which order are the numbers added: loop by loop, or in the order in which they stand?",
)
def two_loops_for_one(answer: Answer) -> Changes:
    for _, body, i, first in statements(answer, ast.For):
        second = body[i + 1] if i + 1 < len(body) else None
        if not isinstance(second, ast.For) or first.orelse or second.orelse or not own_lines(answer, second):
            continue
        if [answer.of(first.iter), answer.of(first.target)] == [
            answer.of(second.iter),
            answer.of(second.target),
        ]:
            yield answer.put_lines(second.lineno, second.lineno, [], answer.of(second.iter))


@edit(
    "loop in a loop",
    cost=2,
    tells=2,
    says="The loop over `{old}` stands inside of another one, and begins anew in each of its rounds: its "
    "lines run more often than there are numbers.",
    asks="How often do the lines of the inner loop run, and how many numbers are there?",
)
def loop_in_a_loop(answer: Answer) -> Changes:
    for inner in answer.all_of(ast.For):
        outer = answer.parents[inner]
        if not isinstance(outer, ast.For) or inner.orelse or not own_lines(answer, inner):
            continue
        names = [one.target.id for one in (outer, inner) if isinstance(one.target, ast.Name)]
        given = answer.parameters.get(answer.function(inner), [])
        shared = {n.id for n in ast.walk(outer.iter) if isinstance(n, ast.Name)} & set(given)
        if len(names) < 2 or not shared & {n.id for n in ast.walk(inner.iter) if isinstance(n, ast.Name)}:
            continue
        reads = [n for s in inner.body for n in ast.walk(s) if isinstance(n, ast.Name) and n.id == names[1]]
        renamed = answer.put_all([(n, names[0]) for n in reads])
        lines = answer.changed(renamed).splitlines()[inner.lineno : last_line(inner)]
        by = inner.body[0].col_offset - inner.col_offset
        if inner.body[0].lineno > inner.lineno and all(not line[:by].strip() for line in lines):
            yield answer.put_lines(
                inner.lineno, last_line(inner), [line[by:] for line in lines], answer.of(inner.iter)
            )


@edit(
    "read while it grows",
    cost=1,
    says="`{old}` is read in the same loop that makes it: it is whole only when that loop is over, and what "
    "reads it needs a loop of its own after that.",
    asks="What does `{old}` hold in the first round, and what when the loop is over?",
)
def read_while_it_grows(answer: Answer) -> Changes:
    for _, _, _, loop in statements(answer, ast.For):
        before = names_stored(answer.function(loop)) - {n.id for n in ast.walk(loop.target) if is_name(n)}
        for i, node in enumerate(loop.body[:-1]):
            rest = loop.body[i + 1 :]
            read = {n.id for one in rest for n in ast.walk(one) if is_name(n) and isinstance(n.ctx, ast.Load)}
            grows = names_stored(node) & names_read_in(node) & read & before
            if grows and not any(names_stored(one) & grows for one in rest) and own_lines(answer, rest[0]):
                head = answer.lines[loop.lineno - 1 : loop.body[0].lineno - 1]
                name, at = sorted(grows)[0], rest[0].lineno
                reads = [one.lineno for one in rest if name in names_read_in(one)]
                yield answer.put_lines(at, at - 1, head, name, about=reads[0])


def names_stored(node: ast.AST) -> set[str]:
    """The names that get a value somewhere in it."""
    return {n.id for n in ast.walk(node) if is_name(n) and isinstance(n.ctx, ast.Store)}


def names_read_in(node: ast.AST) -> set[str]:
    """The names whose value is read somewhere in it: what is added to is read as well."""
    added = {n.target.id for n in ast.walk(node) if isinstance(n, ast.AugAssign) and is_name(n.target)}
    return added | {n.id for n in ast.walk(node) if is_name(n) and isinstance(n.ctx, ast.Load)}


@edit(
    "worked out anew in each round",
    cost=2,
    says="`{old}` is worked out anew in each round, and by then the rounds before have changed what it "
    "reads.",
    asks="What does `{old}` give in the first round, and what in the second?",
)
def worked_out_anew(answer: Answer) -> Changes:
    for target in answer.all_of(ast.Subscript):
        inner = answer.within(target, ast.For)
        if not isinstance(target.ctx, ast.Store) or inner is None or not is_name(root(target)):
            continue
        calls = [
            c
            for c in ast.walk(inner)
            if isinstance(c, ast.Call)
            and answer.call_name(c) in REDUCERS
            and any(is_name(n) and n.id == root(target).id for n in ast.walk(c))
        ]
        for call in calls[:2]:
            loops = [n for n in answer.ancestors(call) if isinstance(n, ast.For)]
            stored = [names_stored(loop) & names_read_in(call) for loop in loops]
            free = [loop for loop, _ in itertools.takewhile(lambda pair: not pair[1], zip(loops, stored))]
            if free and own_lines(answer, free[-1]):
                loop = free[-1]
                name = next(n for n in ("total", "whole", "before") if n not in answer.locals(loop))
                line = f"{' ' * loop.col_offset}{name} = {answer.of(call)}"
                made = answer.put_lines(loop.lineno, loop.lineno - 1, [line])
                same = [c for c in calls if answer.of(c) == answer.of(call)]
                put = answer.put_all([(c, name) for c in same])
                yield Change((*made.splices, *put.splices), answer.of(call), about=call.lineno)


def with_rounds(answer: Answer) -> list[tuple[Any, Any]]:
    """Each loop and each comprehension, and the part of it that says what its rounds go through."""
    made = answer.all_of(ast.ListComp, ast.GeneratorExp)
    return [*((n, n) for n in answer.all_of(ast.For)), *((n, n.generators[0]) for n in made)]


def root(node: ast.AST) -> Any:
    """What stands first in a chain of square brackets."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return node


@edit(
    "first row for all",
    cost=2,
    says="`{old}` is worked out from one row alone, and used for all of them; each row needs one of its own.",
    asks="From which rows is `{old}` worked out, and for which is it used?",
)
def first_row_for_all(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for call in answer.all_of(ast.Call) if np else ():
        name = answer.call_name(call)
        method = isinstance(call.func, ast.Attribute) and not answer.is_module(call.func.value, "numpy")
        part = call.func.value if method else call.args[0] if len(call.args) == 1 else None
        if name in ("max", "min", "sum", "mean") and isinstance(part, ast.Subscript) and not call.keywords:
            inside = answer.function(call) is not None
            if inside and isinstance(part.slice, ast.Constant):
                text = f"{np}.{name}({answer.of(part.value)}, axis=1, keepdims=True)"
                yield answer.put(call, text)


@edit(
    "columns for rows",
    cost=2,
    says="`{old}` is a column: numbers of different samples. A result of its own is needed for each row.",
    asks="What does `{old}` hold: the numbers of one sample, or one number of each?",
)
def columns_for_rows(answer: Answer) -> Changes:
    for whole, loop in with_rounds(answer):
        name = loop.target.id if is_name(loop.target) else ""
        columns = [
            n
            for n in ast.walk(whole)
            if isinstance(n, ast.Subscript)
            and isinstance(n.slice, ast.Tuple)
            and [answer.of(p) for p in n.slice.elts] == [":", name]
        ]
        counted = loop.iter.args[0] if answer.of(loop.iter).startswith("range(") and loop.iter.args else None
        if columns and counted is not None:
            owner = answer.of(columns[0].value)
            head = (counted, f"len({owner})")
            rows = [(n, f"{answer.of(n.value)}[{name}]") for n in columns]
            yield answer.put_all([head, *rows], answer.of(columns[0]))


@edit(
    "all rows for one",
    cost=2,
    says="`{old}` is worked out from all rows together; what is needed in each round is that of the row "
    "which the round is about.",
    asks="How often is `{old}` worked out, and of how many rows?",
)
def all_rows_for_one(answer: Answer) -> Changes:
    for loop, rounds in with_rounds(answer):
        row, batch = rounds.target, rounds.iter
        counted = answer.of(batch).removeprefix("range(len(").removesuffix("))")
        counted = counted.removeprefix("range(").removesuffix(".shape[0])")
        if not is_name(row) or not counted.isidentifier():
            continue
        one = row.id if is_name(batch) else f"{counted}[{row.id}]"
        for call in reducing_calls(answer):
            whole = [n for n in ast.walk(call) if is_name(n) and n.id == counted]
            owner = getattr(call.func, "value", None)
            direct = whole and (whole[0] in call.args or whole[0] is owner)
            if (
                len(whole) != 1
                or not direct
                or call.keywords
                or answer.function(call) is not answer.function(loop)
            ):
                continue
            start, end, place = answer.start(call), answer.end(call), whole[0]
            text = answer.text[start : answer.start(place)] + one + answer.text[answer.end(place) : end]
            above = answer.parents[call]
            if loop in answer.ancestors(call):
                yield answer.put(call, text)
            elif isinstance(above, ast.Assign) and is_name(above.targets[0]):
                name = above.targets[0].id
                reads = [n for n in ast.walk(loop) if is_name(n) and n.id == name]
                yield answer.put_all([(n, text) for n in reads], name, about=call.lineno)


@edit(
    "neighbour for the best so far",
    cost=1,
    tells=2,
    says="`{old}` is only the number beside; what each number has to be compared with is the best of all "
    "before it.",
    asks="With how many of the numbers before it is each number compared?",
)
def neighbour_for_the_best(answer: Answer) -> Changes:
    for choice in answer.all_of(ast.If):
        test, first = choice.test, choice.body[0]
        if not isinstance(test, ast.Compare) or not isinstance(first, ast.Assign):
            continue
        best = answer.of(first.targets[0])
        for side in (test.left, *test.comparators):
            if not isinstance(side, ast.Subscript) or not is_name(first.targets[0]):
                continue
            if isinstance(side.slice, ast.BinOp):
                kept = best if isinstance(first.value, ast.Subscript) else f"{answer.of(side.value)}[{best}]"
                yield answer.put(side, kept)


@edit(
    "counter that is not set back",
    cost=1,
    tells=2,
    says="`{old}` is at its end when the inner loop has run once, and nothing sets it back: in the second "
    "round of the outer loop the inner one has no round at all.",
    asks="What does `{old}` hold when the second round of the outer loop begins?",
)
def counter_not_set_back(answer: Answer) -> Changes:
    for _, _, _, inner in statements(answer, ast.While):
        counter = inner.test.left if isinstance(inner.test, ast.Compare) else None
        outer = answer.within(inner, LOOPS)
        if outer is None or counter is None or not is_name(counter) or not own_lines(answer, inner):
            continue
        before = [one for one in outer.body if one is not inner]
        if not any(counter.id in names_stored(one) for one in before):
            line = f"{' ' * inner.col_offset}{counter.id} = 0"
            at = inner.lineno
            yield answer.put_lines(at, at - 1, [line], counter.id, about=at)


@edit(
    "results of all rows for one",
    cost=2,
    says="`{old}` holds a result for each row; what is needed in each round is the one of the row which the "
    "round is about.",
    asks="How many numbers does `{old}` hold, and how many are needed in one round?",
)
def results_of_all_rows(answer: Answer) -> Changes:
    for whole, loop in with_rounds(answer):
        if not is_name(loop.target) or not is_name(loop.iter):
            continue
        made = [n for n in answer.all_of(ast.Assign) if answer.function(n) is answer.function(whole)]
        made = [n for n in made if is_name(n.targets[0]) and loop.iter.id in names_read_in(n.value)]
        for name in {n.targets[0].id for n in made} - {loop.iter.id}:
            reads = [n for n in ast.walk(whole) if is_name(n) and n.id == name and n is not loop.iter]
            one = next(n for n in ("one", "own", "this") if n not in answer.locals(whole))
            head = [(loop.target, f"{loop.target.id}, {one}"), (loop.iter, f"zip({loop.iter.id}, {name})")]
            if reads:
                yield answer.put_all([*head, *((n, one) for n in reads)], name, about=reads[0].lineno)


@edit(
    "loop is over",
    cost=2,
    tells=2,
    says="The loop is over there: `{old}` still holds what its last round was about, and the line runs once.",
    asks="How often does that line run, and what does `{old}` hold then?",
)
def loop_is_over(answer: Answer) -> Changes:
    for _, body, i, loop in statements(answer, ast.For):
        node = body[i + 1] if i + 1 < len(body) else None
        name = loop.target.id if is_name(loop.target) else ""
        if not isinstance(node, (ast.Expr, ast.If)) or not own_lines(answer, node) or loop.orelse:
            continue
        if name in names_read_in(node):
            head = answer.lines[loop.lineno - 1 : loop.body[0].lineno - 1]
            lines = [*head, *moved(answer, node, loop.body[0].col_offset)]
            yield answer.put_lines(node.lineno, last_line(node), lines, name)


@edit(
    "from the last to the first",
    cost=1,
    tells=2,
    says="`{old}` counts down, from the end to the beginning.",
    asks="At which position does the loop begin, and at which should it?",
)
def from_the_last(answer: Answer) -> Changes:
    for call in answer.all_of(ast.Call):
        if answer.call_name(call) == "range" and len(call.args) == 3 and answer.of(call.args[2]) == "-1":
            first = call.args[0]
            size = first.left if isinstance(first, ast.BinOp) else first
            yield answer.put(call, f"range({answer.of(size)})")
