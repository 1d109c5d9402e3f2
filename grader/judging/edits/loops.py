"""Edits of what a loop or a comprehension makes of its rounds."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

from ..answer import LOOPS, Answer, Change
from .table import Changes, edit
from .tools import REDUCERS, is_name, last_line, lists_of, moved, own_lines, statements, tight


@edit(
    "condition that leaves numbers out",
    cost=2,
    says="An `if` at the end of the brackets leaves out the numbers for which it is not true; they belong "
    "into the result, too.",
    asks="What becomes of a number for which the condition is not true?",
)
def filter_for_choice(answer: Answer) -> Changes:
    for node in answer.all_of(ast.ListComp, ast.GeneratorExp):
        loop = node.generators[0]
        if len(node.generators) == 1 and len(loop.ifs) == 1:
            test, one = answer.of(loop.ifs[0]), answer.of(node.elt)
            rest = answer.text[answer.end(node.elt) : answer.end(loop.iter)]
            for other in ("0", one) if one == "0" else ("0",):
                text = f"{one} if {test} else {other}{rest}"
                yield Change(((answer.start(node.elt), answer.end(loop.ifs[0]), text),), test)
            yield Change(((answer.end(loop.iter), answer.end(loop.ifs[0]), ""),), test)


@edit(
    "break for continue",
    cost=1,
    says="`break` ends the whole loop: the numbers after that one are never looked at.",
    asks="Which rounds of the loop are still run after `{old}`?",
)
def break_for_continue(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Break):
        yield answer.put(node, "continue")


@edit(
    "set for a list",
    cost=1,
    says="Braces, and `set`, make a set: it holds each value once only, in no order.",
    asks="What do the braces make, and what becomes of two equal numbers in it?",
)
def set_for_list(answer: Answer) -> Changes:
    for node in answer.all_of(ast.SetComp, ast.Set):
        yield answer.put(node, f"[{answer.of(node)[1:-1]}]")
    for node in answer.all_of(ast.Call):
        if answer.of(node.func) == "set" and len(node.args) == 1:
            yield answer.put(node, f"list({answer.of(node.args[0])})")


@edit(
    "only the last is kept",
    cost=3,
    says="`{old}` gets a new value in every round, and what the rounds before have made is lost.",
    asks="What does `{old}` hold after the second round, and where is the result of the first?",
)
def only_the_last_is_kept(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for owner, body, i, node in statements(answer, ast.Assign):
        target = answer.of(node.targets[0])
        if not isinstance(owner, LOOPS) or i != len(body) - 1 or not own_lines(answer, owner):
            continue
        if not isinstance(node.targets[0], (ast.Name, ast.Attribute)):
            continue
        indent = " " * owner.col_offset
        made = answer.put_lines(owner.lineno, owner.lineno - 1, [f"{indent}{target} = []"])
        is_list = isinstance(node.value, ast.List)
        value = answer.of(node.value)
        kept = answer.put(node, f"{target} += {value}" if is_list else f"{target}.append({value})")
        last = owner.end_lineno or owner.lineno
        for array in (f"{np}.array({target})",) * bool(np) + ("",):
            more = answer.put_lines(last + 1, last, [f"{indent}{target} = {array}"] if array else [])
            splices = (*made.splices, *kept.splices, *(more.splices if array else ()))
            yield Change(splices, target, about=node.lineno)


@edit(
    "list that is no array yet",
    cost=2,
    says="`{old}` is a list when the loop is over; an array has still to be made of it.",
    asks="What is `{old}` when the loop is over: a list, or an array?",
)
def array_at_the_end(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for loop in answer.all_of(ast.For) if np else ():
        for call in (n for n in ast.walk(loop) if isinstance(n, ast.Call)):
            owner = call.func.value if isinstance(call.func, ast.Attribute) else None
            if answer.call_name(call) == "append" and isinstance(owner, ast.Attribute):
                name, last = answer.of(owner), loop.end_lineno or loop.lineno
                for join in ("array", "vstack"):
                    line = f"{' ' * loop.col_offset}{name} = {np}.{join}({name})"
                    extra = int(join == "vstack")
                    yield answer.put_lines(last + 1, last, [line], name, extra, about=call.lineno)


@edit(
    "whole for a part",
    cost=2,
    says="`{old}` is the whole there, and what is needed is the part that belongs to this round.",
    asks="What does `{old}` hold there: everything, or what belongs to this round?",
)
def whole_for_part(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Name):
        loop = answer.within(node, ast.For)
        if not isinstance(node.ctx, ast.Load) or loop is None or node is loop.iter:
            continue
        counts = isinstance(loop.target, ast.Name) and answer.of(loop.iter).startswith("range(")
        outside = counts and node.id != loop.target.id and answer.is_local(node)
        if outside and not isinstance(answer.parents[node], (ast.Subscript, ast.Attribute)):
            yield answer.put(node, f"{node.id}[{loop.target.id}]")
        above: Any = answer.parents[node]
        by_name = isinstance(above, ast.Subscript) and above.value is node and is_name(above.slice)
        if outside and by_name and answer.of(above.slice) != loop.target.id:
            yield answer.put(node, f"{node.id}[{loop.target.id}]", extra=1)


@edit(
    "number for a row",
    cost=2,
    says="`{old}` is one number, and all of them together make one flat row; what is needed is a column.",
    asks="How many axes does what is made there have, and how many pairs of brackets does a column take?",
)
def number_for_row(answer: Answer) -> Changes:
    for node in answer.all_of(ast.ListComp):
        if not isinstance(node.elt, ast.List):
            yield answer.put(node.elt, f"[{answer.of(node.elt)}]")
    for call in answer.all_of(ast.Call):
        if (
            answer.call_name(call) == "append"
            and len(call.args) == 1
            and not isinstance(call.args[0], ast.List)
        ):
            yield answer.put(call.args[0], f"[{answer.of(call.args[0])}]")


@edit(
    "axis in another place",
    cost=2,
    says="The new axis stands {old} the others there, and it is needed at the other end.",
    asks="Which shape does that result have, and which one would be a column?",
)
def axis_elsewhere(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Subscript):
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else []
        if len(parts) == 2 and any(part in ("None", "np.newaxis") for part in map(answer.of, parts)):
            first, second = map(answer.of, parts)
            side = "before" if first in ("None", "np.newaxis") else "behind"
            yield answer.put(node, f"{tight(answer, node.value)}[{second}, {first}]", side)
        elif answer.of(node.slice) in ("None", "np.newaxis"):
            yield answer.put(node, f"{tight(answer, node.value)}[:, {answer.of(node.slice)}]", "before")


@edit(
    "sizes in another order",
    cost=1,
    says="{old}: the first size counts the rows, the second the columns.",
    asks="How many rows should it have, and how many columns?",
)
def sizes_in_order(answer: Answer) -> Changes:
    for call in answer.all_of(ast.Call):
        shape = call.args[0] if len(call.args) == 1 else None
        if answer.call_name(call) not in ("zeros", "ones", "reshape") or shape is None:
            continue
        name = answer.of(call.func)
        if isinstance(shape, ast.Tuple) and len(shape.elts) == 2:
            first, second = map(answer.of, shape.elts)
            yield answer.put(shape, f"({second}, {first})", f"The sizes of `{name}` stand in the wrong order")
        elif isinstance(shape, (ast.Name, ast.Call, ast.Subscript)):
            yield answer.put(shape, f"(1, {answer.of(shape)})", f"`{name}` is given one size, and needs two")
            yield answer.put(shape, f"({answer.of(shape)}, 1)", f"`{name}` is given one size, and needs two")


@edit(
    "only the name of the loop is changed",
    cost=2,
    tells=2,
    says="`{old}` is a name for what this round is about: a new value for it leaves all that the loop runs "
    "over as it was.",
    asks="What stands in the list, or the array, after that line has run?",
)
def loop_name_changed(answer: Answer) -> Changes:
    for loop in answer.all_of(ast.For):
        target, values = loop.target, loop.iter
        if not isinstance(target, ast.Name) or not isinstance(values, ast.Name):
            continue
        stored = [
            n.targets[0]
            for _, _, _, n in statements(answer, ast.Assign)
            if answer.of(n.targets[0]) == target.id and answer.within(n, ast.For) is loop
        ]
        place = next(n for n in ("i", "place", "number") if n not in answer.locals(loop))
        last = max((n.lineno for n in stored), default=0)
        reads = [n for n in ast.walk(loop) if is_name(n) and n.id == target.id and n.lineno > last]
        if stored and not reads:
            head = [(target, f"{place}, {target.id}"), (values, f"enumerate({values.id})")]
            put = [*head, *((n, f"{values.id}[{place}]") for n in stored)]
            change = answer.put_all(put, target.id, about=stored[0].lineno)
            yield change
            if own_lines(answer, loop):
                line = f"{' ' * loop.col_offset}{values.id} = {values.id}.copy()"
                copied = answer.put_lines(loop.lineno, loop.lineno - 1, [line])
                yield replace(change, splices=(*copied.splices, *change.splices))


@edit(
    "place of an equal one",
    cost=2,
    says="`{old}` gives the place of the first that is equal, and an equal number may come again further on.",
    asks="What does `{old}` give for the second of two equal numbers?",
)
def place_of_an_equal_one(answer: Answer) -> Changes:
    for loop in answer.all_of(ast.For):
        calls = [
            n
            for n in ast.walk(loop)
            if isinstance(n, ast.Call)
            and isinstance(n.func, ast.Attribute)
            and n.func.attr == "index"
            and answer.of(n.func.value) == answer.of(loop.iter)
            and [answer.of(a) for a in n.args] == [answer.of(loop.target)]
        ]
        place = next(n for n in ("i", "place", "number") if n not in answer.locals(loop))
        if calls:
            values = answer.of(loop.iter)
            head = [(loop.target, f"{place}, {answer.of(loop.target)}"), (loop.iter, f"enumerate({values})")]
            put = [*head, *((n, place) for n in calls)]
            yield answer.put_all(put, answer.of(calls[0]), about=calls[0].lineno)


@edit(
    "whole for one place",
    cost=2,
    says="`{old}` gets a new value as a whole in each round, where only the place of this round should.",
    asks="What does `{old}` hold before the loop, and what after its first round?",
)
def whole_for_one_place(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Assign):
        loop, target = answer.within(node, ast.For), node.targets[0]
        if loop is None or not isinstance(target, (ast.Name, ast.Attribute)):
            continue
        names = [n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)]
        for name in names if answer.of(target) not in names else ():
            yield answer.put(target, f"{answer.of(target)}[{name}]")


@edit(
    "one name for two things",
    cost=1,
    tells=2,
    says="`{old}` holds something else at first, and then the loop gives the same name to what each round is "
    "about: what it held is out of reach.",
    asks="What does `{old}` stand for inside of the loop?",
)
def one_name_for_two(answer: Answer) -> Changes:
    for loop in answer.all_of(ast.For):
        target = loop.target
        if not isinstance(target, ast.Name) or target.id not in lists_of(answer, loop):
            continue
        inside = [n for n in ast.walk(loop) if isinstance(n, ast.Name) and n.id == target.id]
        elements = [n for n in inside if not isinstance(answer.parents[n], ast.Attribute)]
        name = next(n for n in ("number", "value", "element") if n not in answer.locals(loop))
        yield answer.put_all([(n, name) for n in elements], target.id)


@edit(
    "enumerate is missing",
    cost=1,
    says="Two names stand before `in`, and each round of this loop gives one thing: `{old}` does not number "
    "what is in it.",
    asks="What does the loop give in each round, and how many names does that fill?",
)
def enumerate_missing(answer: Answer) -> Changes:
    for loop in answer.all_of(ast.For, ast.comprehension):
        two = isinstance(loop.target, ast.Tuple) and len(loop.target.elts) == 2
        if two and isinstance(loop.iter, ast.Name):
            yield answer.put(loop.iter, f"enumerate({loop.iter.id})")


@edit(
    "one number for each",
    cost=3,
    says="`{old}` is taken there as if it were one number; it holds several, and each of them needs a result "
    "of its own.",
    asks="What does `{old}` hold, and on how many numbers does that line work at once?",
)
def one_number_for_each(answer: Answer) -> Changes:
    for _, _, _, node in statements(answer, ast.Return):
        function = answer.function(node)
        given = answer.parameters.get(function, [])
        if len(given) != 1 or answer.within(node, LOOPS) or answer.in_class(node) or node.value is None:
            continue
        reads = [n for n in ast.walk(node.value) if isinstance(n, ast.Name) and n.id == given[0]]
        if not reads or isinstance(node.value, ast.Name) or calls_numpy(answer, node.value):
            continue  # NumPy works on many at once
        start, one = answer.start(node.value), answer.of(node.value)
        for n in sorted(reads, key=answer.start, reverse=True):
            one = one[: answer.start(n) - start] + "number" + one[answer.end(n) - start :]
        lines = ["output = []", f"for number in {given[0]}:", f"    output.append({one})", "return output"]
        indent = " " * node.col_offset
        yield answer.put_lines(
            node.lineno, node.end_lineno or node.lineno, [indent + line for line in lines], given[0]
        )


def calls_numpy(answer: Answer, node: ast.expr) -> bool:
    np = answer.alias("numpy")
    return bool(np) and f"{np}." in answer.of(node)


@edit(
    "recursion without an end",
    cost=2,
    says="`{old}` calls itself with less and less, and nothing is said of what to do when nothing is left.",
    asks="What does the last of these calls get, and what should it give back?",
)
def recursion_without_end(answer: Answer) -> Changes:
    for function in answer.all_of(ast.FunctionDef):
        calls = [
            c for c in ast.walk(function) if isinstance(c, ast.Call) and answer.of(c.func) == function.name
        ]
        given, first = answer.parameters[function], function.body[0]
        returns = [n for n in ast.walk(function) if isinstance(n, ast.Return)]
        if any(n.lineno < min(c.lineno for c in calls) for n in returns if calls):
            continue  # then something is said
        if calls and len(given) == 1 and own_lines(answer, first):
            indent = " " * first.col_offset
            lines = [f"{indent}if len({given[0]}) == 0:", f"{indent}    return []"]
            at = calls[0].lineno
            yield answer.put_lines(first.lineno, first.lineno - 1, lines, function.name, about=at)


@edit(
    "loop too many",
    cost=0,
    tells=2,
    says="No line in the loop over `{old}` reads what its rounds are about: it only does the same again, as "
    "often as there are rounds.",
    asks="What is different in the second round of each loop?",
)
def loop_too_many(answer: Answer) -> Changes:
    for loop in answer.all_of(ast.For):
        made = {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
        read = {n.id for one in loop.body for n in ast.walk(one) if isinstance(n, ast.Name)}
        if not made & read and not loop.orelse and own_lines(answer, loop):
            lines = [line for one in loop.body for line in moved(answer, one, loop.col_offset)]
            yield answer.put_lines(loop.lineno, last_line(loop), lines, answer.of(loop.iter))


@edit(
    "all numbers for one",
    cost=1,
    tells=2,
    says="`{old}` is worked out from all numbers, and is the same in each round; what is needed there is the "
    "number of this round.",
    asks="What does that give in the first round, and what in the second?",
)
def all_for_one(answer: Answer) -> Changes:
    for call in answer.all_of(ast.Call):
        rounds = answer.within(call, (ast.For, ast.ListComp, ast.GeneratorExp))
        loop = rounds if rounds is None or isinstance(rounds, ast.For) else rounds.generators[0]
        if loop is None or len(call.args) != 1 or not isinstance(loop.target, ast.Name):
            continue
        if answer.call_name(call) in REDUCERS and answer.of(call.args[0]) == answer.of(loop.iter):
            yield answer.put(call, loop.target.id)
