"""Edits of operators, comparisons, signs and parentheses."""

from __future__ import annotations

import ast

from ..answer import Answer, Change
from .table import Changes, edit
from .tools import COMPARISONS, SIGNS, change_at, is_call_target, tight


@edit(
    "operator",
    cost=2,
    tells=0,
    says="Another sign in the place of `{old}` would help.",
    asks="What should happen to these two values?",
)
def operator(answer: Answer) -> Changes:
    for node in answer.all_of(ast.BinOp):
        old = SIGNS[type(node.op)]
        place = answer.text.find(old, answer.end(node.left), answer.start(node.right))
        if place >= 0:
            typed_in = any(isinstance(side, ast.Constant) for side in (node.left, node.right))
            for new in ("-", "+", "*", "/", "**", "@"):
                if new != old:
                    likely = 0 if {old, new} in ({"^", "**"}, {"*", "@"}, {"*", "**"}, {"//", "/"}) else 1
                    unlikely = 2 if new == "*" and old in ("+", "-") else 0
                    yield change_at(place, place + len(old), new, old, likely - 1 + unlikely + typed_in)
    for node in answer.all_of(ast.Tuple):
        if len(node.elts) == 2 and not isinstance(answer.parents[node], ast.Subscript):
            for new in ("-", "/", "*", "+", "**"):
                yield change_at(answer.end(node.elts[0]), answer.start(node.elts[1]), f" {new} ", ",")
    for node in answer.all_of(ast.AugAssign):
        old = SIGNS[type(node.op)] + "="
        place = answer.text.find(old, answer.end(node.target))
        for new in ("+=", "-=", "*=", "/="):
            if new != old and place >= 0:
                yield change_at(place, place + len(old), new, old)


@edit(
    "comparison",
    cost=1,
    says="Another comparison in the place of `{old}` would help.",
    asks="For which values is this comparison true, and for which should it be?",
)
def comparison(answer: Answer) -> Changes:
    yield from compared_otherwise(
        answer, [n for n in answer.all_of(ast.Compare) if not ends_a_loop(answer, n)]
    )


@edit(
    "end of a while loop",
    cost=1,
    says="With `{old}` the loop makes too few rounds, or too many.",
    asks="How often is that comparison true, and how often should it be?",
)
def comparison_of_a_loop(answer: Answer) -> Changes:
    yield from compared_otherwise(answer, [n for n in answer.all_of(ast.Compare) if ends_a_loop(answer, n)])


def ends_a_loop(answer: Answer, node: ast.AST) -> bool:
    """Whether a comparison decides if there is another round."""
    return isinstance(answer.parents.get(node), ast.While)


def compared_otherwise(answer: Answer, nodes: list[ast.Compare]) -> Changes:
    for node in nodes:
        left = node.left
        for op, right in zip(node.ops, node.comparators):
            old = COMPARISONS.get(type(op), "")
            place = answer.text.find(old, answer.end(left), answer.start(right)) if old else -1
            for new in COMPARISONS.values() if place >= 0 else ():
                twin = f"{answer.of(left)} {new} {answer.of(right)}"
                above = answer.parents.get(node)
                others = [answer.of(one) for one in above.values] if isinstance(above, ast.BoolOp) else []
                if new != old and twin not in others:  # an order is not often meant as an equality
                    unlikely = 2 if new in ("==", "!=") and old not in ("==", "!=") else 2 * bool(others)
                    yield change_at(place, place + len(old), new, old, unlikely)
            left = right


@edit(
    "condition the wrong way round",
    cost=1,
    says="The condition is true where it should be false, and false where it should be true.",
    asks="For which numbers is this condition true, and what should happen to those?",
)
def condition_negated(answer: Answer) -> Changes:
    for node in answer.all_of(ast.UnaryOp):
        if isinstance(node.op, ast.Invert):
            yield answer.put(node, answer.of(node.operand))
    for node in answer.all_of(ast.If, ast.IfExp, ast.While):
        if isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not):
            yield answer.put(node.test, answer.of(node.test.operand), extra=0)
        elif not isinstance(node.test, ast.Compare):
            yield answer.put(node.test, f"not {tight(answer, node.test)}", extra=1)


@edit(
    "number for a condition",
    cost=1,
    tells=2,
    says="As a condition a number is true unless it is 0: `{old}` is true for each negative number, too.",
    asks="Which numbers does Python take for true, where nothing is compared?",
)
def number_for_a_condition(answer: Answer) -> Changes:
    tests = [node.test for node in answer.all_of(ast.If, ast.IfExp, ast.While)]
    tests += [test for node in answer.all_of(ast.comprehension) for test in node.ifs]
    for test in tests:
        negated = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
        number = test.operand if isinstance(test, ast.UnaryOp) else test
        if isinstance(number, (ast.Name, ast.Subscript)) and (negated or number is test):
            text = answer.of(number)
            yield answer.put(test, f"{text} {'<=' if negated else '>'} 0", text)


@edit(
    "branches exchanged",
    cost=1,
    says="{old} are the wrong way round.",
    asks="Which of the two values does a number get there for which the condition is true?",
)
def branches_of_a_value(answer: Answer) -> Changes:
    for node in answer.all_of(ast.IfExp):
        yield answer.put_all(
            [(node.body, answer.of(node.orelse)), (node.orelse, answer.of(node.body))],
            "What is before `if` and what is after `else`",
        )
    for node in answer.all_of(ast.Call):
        if answer.call_name(node) == "where" and len(node.args) == 3:
            yield answer.put_all(
                [(node.args[1], answer.of(node.args[2])), (node.args[2], answer.of(node.args[1]))],
                f"The second and the third argument of `{answer.of(node.func)}`",
            )


@edit(
    "minus sign",
    cost=1,
    tells=0,
    says="A minus sign more there, or one less, would help.",
    asks="Which sign does the value have at that point, and which one should it have?",
)
def sign(answer: Answer) -> Changes:
    for node in answer.loads():
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and answer.fields[node] != "step":
            yield answer.put(node, answer.of(node.operand))
        elif isinstance(node, (ast.Name, ast.Constant)) and isinstance(
            answer.parents.get(node), (ast.Call, ast.Compare, ast.BinOp, ast.Return)
        ):
            compared = isinstance(answer.parents[node], ast.Compare)
            number = isinstance(node, ast.Name) or type(node.value) in (int, float)
            if (
                number
                and not (compared and isinstance(node, ast.Name))
                and answer.fields[node] != "func"
                and answer.of(node) not in ("0", "0.0")
            ):
                yield answer.put(node, f"-{answer.of(node)}", extra=2)


@edit(
    "biases are missing",
    cost=2,
    says="The weights have been at work there, and the biases of that layer have not.",
    asks="Which of the two things that a layer keeps is not used in that line?",
)
def biases_missing(answer: Answer) -> Changes:
    for node in answer.loads():
        product = isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult)
        if product or (isinstance(node, ast.Call) and answer.call_name(node) in ("dot", "matmul")):
            for part in ast.walk(node):
                if isinstance(part, ast.Attribute) and part.attr == "weights":
                    yield answer.put(node, f"{answer.of(node)} + {answer.of(part.value)}.biases")


@edit(
    "operand too many",
    cost=3,
    tells=0,
    says="One side of `{old}` is too much there.",
    asks="What would come out without what stands on the one side of `{old}`, and without the other?",
)
def operand_gone(answer: Answer) -> Changes:
    for node in answer.all_of(ast.BinOp, ast.BoolOp):
        sides = [node.left, node.right] if isinstance(node, ast.BinOp) else node.values
        sign = SIGNS.get(type(node.op)) or ("or" if isinstance(node.op, ast.Or) else "and")
        for side in sides:
            typed_in = any(isinstance(other, ast.Constant) for other in sides if other is not side)
            condition = isinstance(node, ast.BoolOp) and len(sides) == 2
            yield answer.put(node, tight(answer, side), sign, -2 if typed_in else -1 if condition else 0)


@edit(
    "a step that is not asked for",
    cost=3,
    tells=0,
    says="That line does something with `{old}` that is not asked for.",
    asks="What does `{old}` hold before that line, and what is asked for?",
)
def step_not_asked_for(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Return, ast.Assign):
        if node.value is None or isinstance(node.value, ast.Name):
            continue
        inside = [n for n in ast.walk(node.value) if isinstance(n, ast.Name) and answer.is_local(n)]
        if len({n.id for n in inside}) == 1 and inside[0].id != "self":
            yield answer.put(node.value, inside[0].id, inside[0].id)


@edit(
    "more steps than are asked for",
    cost=3,
    tells=0,
    says="Of `{old}` only a part is asked for: what is done to that part besides is too much.",
    asks="Which part of that line is already what is asked for, and what does the rest do to it?",
)
def steps_not_asked_for(answer: Answer) -> Changes:
    for node in answer.all_of(ast.BinOp, ast.Call):
        nearest = {id(n) for n in ast.iter_child_nodes(node)}
        for part in ast.walk(node):
            deeper = isinstance(part, (ast.BinOp, ast.Call, ast.Name)) and id(part) not in nearest
            if part is node or not deeper or is_call_target(answer, part):
                continue
            if not isinstance(part, ast.Name) or answer.is_local(part):
                yield answer.put(node, tight(answer, part))


@edit(
    "shift is missing",
    cost=3,
    says="e to the power of a large number is too large for any float, and far below 0 it is 0. From what "
    "`{old}` gets, the largest number of each row has to be subtracted first, whatever the row holds.",
    asks="How large do the numbers become that `{old}` gets, and what could be done to them before?",
)
def shift_missing(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Call):
        if np and answer.of(node.func) == f"{np}.exp" and len(node.args) == 1:
            if is_shifted(node.args[0]):  # by another number than is needed
                continue
            inner = tight(answer, node.args[0])
            for largest in (f"{np}.max({inner}, axis=1, keepdims=True)", f"{np}.max({inner})"):
                text = f"{np}.exp({inner} - {largest})"
                yield answer.put(node, text, answer.of(node.func))
                same = [n for n in answer.all_of(ast.Call) if answer.of(n) == answer.of(node)]
                if len(same) > 1 and same[0] is node:
                    yield answer.put_all([(n, text) for n in same], answer.of(node.func))
            yield from shifted_at_first(answer, node)


def is_shifted(node: ast.expr) -> bool:
    """Whether something that is worked out there is subtracted."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and isinstance(node.right, ast.Call)


def shifted_at_first(answer: Answer, call: ast.Call) -> Changes:
    """The shift in a line of its own, where what a function gets comes in."""
    np, function = answer.alias("numpy"), answer.function(call)
    if any(answer.call_name(c) in ("clip", "minimum", "where") for c in answer.all_of(ast.Call)):
        return  # that is how large numbers are dealt with there, and what is wrong
    body = [] if function is None or isinstance(function, ast.Lambda) else function.body
    for name in (n.id for n in ast.walk(call.args[0]) if isinstance(n, ast.Name)) if body else ():
        if name in answer.parameters[function]:
            line = f"{name} = {name} - {np}.max({name}, axis=1, keepdims=True)"
            first = body[0].lineno
            lines = [" " * body[0].col_offset + line]
            yield answer.put_lines(first, first - 1, lines, answer.of(call.func), 2)


@edit(
    "cut off, not shifted",
    cost=2,
    says="`{old}` cuts large numbers off, and what they differ by is lost; if the largest number of its row "
    "is subtracted from each, none is too large, and all differences stay.",
    asks="What becomes of 1000 and 1001 in that line, and what of the difference between them?",
)
def cut_off(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Call) if np else ():
        name = answer.call_name(node)
        is_method = not answer.is_module(getattr(node.func, "value", node), "numpy")
        parts = [node.func.value, *node.args] if is_method and name == "clip" else node.args
        typed_in = [p.value for p in parts if isinstance(p, ast.Constant)]
        limits = [value for value in typed_in if isinstance(value, (int, float)) and 10 < value < 1000]
        chooses = any(isinstance(p, ast.BinOp) for p in parts)  # and may leave some as they are
        if name not in ("clip", "minimum", "where") or not limits or chooses:
            continue
        cut = [p for p in parts if isinstance(p, ast.Name) and answer.is_local(p)]
        if len({p.id for p in cut}) == 1:
            inner = cut[0].id
            text = f"{inner} - {np}.max({inner}, axis=1, keepdims=True)"
            yield answer.put(node, text, f"{np}.{name}" if not is_method else f".{name}")


@edit(
    "other side is missing",
    cost=3,
    says="A step is missing there: `{old}` alone is not yet what is needed.",
    asks="What still has to happen to that value, and with what?",
)
def operand_missing(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Return, ast.Assign):
        if node.value is None or isinstance(node.value, (ast.Name, ast.Constant, ast.List)):
            continue
        text = answer.of(node.value)
        for name in answer.locals(node):
            yield answer.put(node.value, f"{name} - {tight(answer, node.value)}", text)
            yield answer.put(node.value, f"{tight(answer, node.value)} / {name}", text)
            yield answer.put(node.value, f"{name} / {tight(answer, node.value)}", text)
        if answer.in_class(node) and "biases" in answer.attributes:
            yield answer.put(node.value, f"{text} + self.biases", text)


@edit(
    "other side of what is appended",
    cost=3,
    says="A step is missing there: `{old}` alone is not yet what is needed.",
    asks="What still has to happen to that value, and with what?",
)
def appended_operand_missing(answer: Answer) -> Changes:
    for call in answer.all_of(ast.Call):
        if answer.call_name(call) == "append" and len(call.args) == 1 and isinstance(call.args[0], ast.Name):
            one = call.args[0].id
            for name in answer.locals(call):
                if name != one:
                    yield answer.put(call.args[0], f"{one} / {name}")
                    yield answer.put(call.args[0], f"{name} / {one}")


@edit(
    "products that are not added up",
    cost=2,
    says="`{old}` still has a number for each column; what is needed is one for each row, and the products "
    "are not added up.",
    asks="How many numbers does each row of `{old}` have, and how many are asked for?",
)
def products_not_added_up(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Return):
        if isinstance(node.value, ast.BinOp) and isinstance(node.value.op, ast.Mult):
            yield answer.put(node.value, f"({answer.of(node.value)}).sum(axis=1)")


@edit(
    "comparison for a number",
    cost=2,
    says="The comparison `{old}` gives True or False; what is needed there is a number.",
    asks="What does a comparison give: a number, or yes and no?",
)
def comparison_for_a_number(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Compare):
        above = answer.parents.get(node)
        if isinstance(above, ast.Call) and answer.call_name(above) == "where":  # which takes a comparison
            continue
        if isinstance(above, (ast.Call, ast.BinOp, ast.Return, ast.Assign)):
            yield answer.put(node, answer.of(node.left))


@edit(
    "operands exchanged",
    cost=2,
    says="The two sides of `{old}` are the wrong way round.",
    asks="Which of the two sides has to come first? Try it with two small values.",
)
def operands_swapped(answer: Answer) -> Changes:
    for node in answer.all_of(ast.BinOp):
        if isinstance(node.op, (ast.Sub, ast.Div, ast.Pow, ast.MatMult, ast.FloorDiv)):
            sign = SIGNS[type(node.op)]
            text = f"{tight(answer, node.right)} {sign} {tight(answer, node.left)}"
            yield answer.put(node, text, sign)


@edit(
    "choice for all of the line",
    cost=1,
    says="`if` and `else` choose between all that stands on their two sides: `{old}` is on one of them only.",
    asks="What does that line give where the condition is true, and what where it is not?",
)
def choice_for_all(answer: Answer) -> Changes:
    for node in answer.all_of(ast.IfExp):
        if isinstance(node.body, ast.BinOp):
            start, end = answer.start(node.body.right), answer.end(node)
            yield Change(((start, start, "("), (end, end, ")")), answer.of(node.body.left))


@edit(
    "parentheses",
    cost=1,
    tells=0,
    says="Parentheses decide what is worked out first, and here it is something else than is needed.",
    asks="What does Python work out first in that line?",
)
def parentheses(answer: Answer) -> Changes:
    for node in answer.all_of(ast.BinOp):
        left, right, start, end = node.left, node.right, answer.start(node), answer.end(node)
        if (
            isinstance(right, ast.BinOp)
            and answer.text[answer.end(left) : answer.start(right)].count("(") == 0
        ):
            between = answer.text[answer.end(right.left) : answer.start(right.right)]
            close = answer.end(right.left) + len(between[: between.find(SIGNS[type(right.op)])].rstrip())
            yield Change(((start, start, "("), (close, close, ")")))
        if isinstance(left, ast.BinOp):
            between = answer.text[answer.end(left) : answer.start(right)]
            if answer.text[start] == "(" and ")" in between:
                close = answer.end(left) + between.index(")")
                yield Change(((start, start + 1, ""), (close, close + 1, "")))
            else:
                after = answer.text.find(SIGNS[type(left.op)], answer.end(left.left)) + len(
                    SIGNS[type(left.op)]
                )
                after += len(answer.text[after:]) - len(answer.text[after:].lstrip(" "))
                yield Change(((after, after, "("), (end, end, ")")))
        if isinstance(right, ast.BinOp):
            between = answer.text[answer.end(left) : answer.start(right)]
            if "(" in between and answer.text[end - 1] == ")":
                opened = answer.end(left) + between.rindex("(")
                typed_in = int(
                    isinstance(right.right, ast.Constant)
                )  # then it is that number that is too much
                yield Change(((opened, opened + 1, ""), (end - 1, end, "")), "", 2 * typed_in)


@edit(
    "compared too late",
    cost=1,
    tells=2,
    says="`{old}` is worked out before it is compared: what comes out is True or False, and no number.",
    asks="Which sign of that line is worked out first, where no parentheses say it?",
)
def compared_too_late(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Compare):
        left = node.left
        if isinstance(left, ast.BinOp) and answer.text[answer.start(left)] != "(":
            start, end = answer.start(left.right), answer.end(node)
            yield Change(((start, start, "("), (end, end, ")")), answer.of(left))


@edit(
    "and for a choice",
    cost=1,
    tells=2,
    says="`{old}` gives False where the comparison is not true, and a number is needed there, too.",
    asks="What does `and` give where its first part is not true?",
)
def and_for_a_choice(answer: Answer) -> Changes:
    for node in answer.all_of(ast.BoolOp):
        above = answer.parents[node]
        both = (
            len(node.values) == 2 and isinstance(node.op, ast.And) and isinstance(node.values[0], ast.Compare)
        )
        if both and isinstance(above, (ast.Call, ast.ListComp, ast.Assign, ast.Return, ast.Lambda, ast.List)):
            first, second = map(answer.of, node.values)
            yield answer.put(node, f"{second} if {first} else 0", answer.of(node))


@edit(
    "bound too many",
    cost=1,
    tells=2,
    says="`{old}` has two bounds, and only one of them is asked for.",
    asks="Which numbers lie between the two bounds, and which lie outside, on either side?",
)
def bound_too_many(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Compare):
        if len(node.ops) == 2:
            middle = node.comparators[0]
            start, end = answer.start(node), answer.end(node)
            yield change_at(answer.end(middle), end, "", answer.of(node))
            yield change_at(start, answer.start(middle), "", answer.of(node))
