"""Edits of operators, comparisons, signs, constants and parentheses."""

from __future__ import annotations

import ast
import re

from ..answer import Answer, Change
from .table import Changes, edit
from .tools import COMPARISONS, SIGNS, change_at, tight


@edit(
    "operator",
    cost=2,
    tells=0,
    says="`{old}` is not the operation that is needed there.",
    asks="What should happen to these two values?",
)
def operator(answer: Answer) -> Changes:
    for node in answer.all_of(ast.BinOp):
        old = SIGNS[type(node.op)]
        place = answer.text.find(old, answer.end(node.left), answer.start(node.right))
        if place >= 0:
            for new in ("+", "-", "*", "/", "**", "@"):
                if new != old:
                    likely = 0 if {old, new} in ({"^", "**"}, {"*", "@"}, {"*", "**"}, {"//", "/"}) else 1
                    unlikely = 2 if new == "*" and old in ("+", "-") else 0
                    yield change_at(place, place + len(old), new, old, likely - 1 + unlikely)
    for node in answer.all_of(ast.Tuple):
        if len(node.elts) == 2 and isinstance(node.ctx, ast.Load):
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
    says="`{old}` compares in another way than is needed there.",
    asks="For which values is this comparison true, and for which should it be?",
)
def comparison(answer: Answer) -> Changes:
    yield from compared_otherwise(
        answer, [n for n in answer.all_of(ast.Compare) if not ends_a_loop(answer, n)]
    )


@edit(
    "end of a while loop",
    cost=1,
    says="With `{old}` the loop makes one round too few, or one too many.",
    asks="Which position is looked at in the last round, and which one is the last that there is?",
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
                if new != old:  # an order is not often meant as an equality
                    unlikely = 2 if new in ("==", "!=") and old not in ("==", "!=") else 0
                    yield change_at(place, place + len(old), new, old, unlikely)
            left = right


@edit(
    "condition the wrong way round",
    cost=1,
    says="The condition is true where it should be false.",
    asks="For which numbers is this condition true, and what should happen to those?",
)
def condition_negated(answer: Answer) -> Changes:
    for node in answer.all_of(ast.If, ast.IfExp, ast.While):
        if isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not):
            yield answer.put(node.test, answer.of(node.test.operand), extra=0)
        elif not isinstance(node.test, ast.Compare):
            yield answer.put(node.test, f"not {tight(answer, node.test)}", extra=1)


@edit(
    "branches exchanged",
    cost=1,
    says="What is before `if` and what is after `else` are the wrong way round.",
    asks="Which of the two values does a negative number get there?",
)
def branches_of_a_value(answer: Answer) -> Changes:
    for node in answer.all_of(ast.IfExp):
        yield answer.put_all([(node.body, answer.of(node.orelse)), (node.orelse, answer.of(node.body))])
    for node in answer.all_of(ast.Call):
        if answer.call_name(node) == "where" and len(node.args) == 3:
            yield answer.put_all(
                [(node.args[1], answer.of(node.args[2])), (node.args[2], answer.of(node.args[1]))]
            )


@edit(
    "minus sign",
    cost=1,
    tells=0,
    says="There is a minus sign too many there, or one too few.",
    asks="Which sign does the value have at that point, and which one should it have?",
)
def sign(answer: Answer) -> Changes:
    for node in answer.loads():
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Invert, ast.UAdd)):
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
    "constant",
    cost=1,
    tells=0,
    says="`{old}` is not the value that is needed there.",
    asks="What does `{old}` do in that line?",
)
def constant(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Constant):
        if isinstance(node.value, bool):
            if not isinstance(answer.parents[node], ast.keyword):
                yield answer.put(node, str(not node.value))
        elif isinstance(node.value, (int, float)):
            near_by = {node.value + 1, node.value - 1} if isinstance(node.value, int) else set()
            for value in sorted({0, 1, -1, 2} | near_by):
                if value != node.value and not idle(answer, node, value):
                    yield answer.put(node, str(value))
                    same = [n for n in answer.all_of(ast.Constant) if type(n.value) is type(node.value)]
                    same = [n for n in same if n.value == node.value and not apart(answer, n)]
                    if len(same) > 1 and same[0] is node:
                        yield answer.put_all([(n, str(value)) for n in same], answer.of(node))
            same = [n for n in answer.all_of(ast.Constant) if answer.of(n) == answer.of(node)]
            if len(same) > 1 and same[0] is node:
                for name in answer.locals(node):
                    yield answer.put_all([(n, f"len({name})") for n in same], answer.of(node), 1)
            parent = answer.parents.get(node)
            compared = isinstance(parent, ast.Call) and answer.call_name(parent).startswith(("max", "min"))
            for name in answer.locals(node):
                if isinstance(parent, ast.Compare) and name in map(
                    answer.of, [parent.left, *parent.comparators]
                ):
                    continue  # nothing is compared with itself
                if isinstance(parent, ast.Call) and name in map(answer.of, parent.args):
                    continue  # then the whole call is too much
                yield answer.put(node, name, extra=2 if compared else 1)
                if isinstance(answer.parents.get(node), ast.Call):
                    yield answer.put(node, f"len({name})", extra=1)


def idle(answer: Answer, node: ast.Constant, value: float) -> bool:
    """Whether an operation with this number would do nothing: then it is the operation that is too much."""
    op = getattr(answer.parents.get(node), "op", None)
    if value == 0 and isinstance(op, (ast.Mult, ast.USub)):  # and here it is the 0 that is needed, alone
        return True
    is_left = answer.fields.get(node) == "left"
    if isinstance(op, (ast.Add, ast.Sub)):
        return value == 0 and not (is_left and isinstance(op, ast.Sub))
    return (
        isinstance(op, (ast.Mult, ast.Div, ast.Pow))
        and value == 1
        and not (is_left and not isinstance(op, ast.Mult))
    )


def apart(answer: Answer, node: ast.Constant) -> bool:
    """Whether a number is a keyword's, or has a sign before it: not one of several of a kind."""
    return isinstance(answer.parents.get(node), (ast.keyword, ast.UnaryOp))


@edit(
    "sizes typed in",
    cost=2,
    says="The sizes are typed in; they are those of one layer only.",
    asks="Where do the sizes of a layer come from, when somebody makes one?",
)
def sizes_typed_in(answer: Answer) -> Changes:
    for function in answer.all_of(ast.FunctionDef):
        names = [n for n in answer.parameters[function] if n != "self"]
        numbers = [n for n in ast.walk(function) if isinstance(n, ast.Constant) and type(n.value) is int]
        shapes: dict[ast.AST, list[ast.Constant]] = {}
        for n in numbers:
            if isinstance(answer.parents[n], (ast.Tuple, ast.Call)):
                shapes.setdefault(answer.parents[n], []).append(n)
        pairs = [p for p in shapes.values() if len(p) == 2]
        if function.name == "__init__" and len(names) == 2 and pairs:
            changed = [(b, names[1]) for _, b in pairs]
            changed += [(a, names[0]) for a, _ in pairs if a.value != 1 or len(pairs) == 1]
            yield answer.put_all(changed)


@edit(
    "zero",
    cost=2,
    says="`{old}` stands where a 0 is needed.",
    asks="What should become of the number in that line?",
)
def zero(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Assign):
        if not isinstance(node.value, (ast.Constant, ast.Call)):
            yield answer.put(node.value, "0")
    for call in answer.all_of(ast.Call):
        one = call.args[0] if answer.call_name(call) == "append" and len(call.args) == 1 else None
        if one is not None and not isinstance(one, ast.Constant):
            yield answer.put(one, "0")
        if answer.call_name(call) in ("max", "maximum", "where"):
            for one in call.args:
                if isinstance(one, ast.BinOp):
                    yield answer.put(one, "0")
    for choice in answer.all_of(ast.IfExp):
        for one in (choice.body, choice.orelse):
            if not isinstance(one, ast.Constant):
                yield answer.put(one, "0")


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
    "text for a value",
    cost=1,
    tells=2,
    says="`{old}` in quotes is a text, and no number or name.",
    asks="What kind of value stands there: a text, or a number?",
)
def text_for_value(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Constant):
        if isinstance(node.value, str):
            text = node.value.strip()
            number = text.lstrip("-").replace(".", "").isdigit()
            speaks_of = set(re.findall(r"[^\W\d]\w*", text)) & set(answer.locals(node))
            if text.isidentifier() or number or speaks_of:
                yield answer.put(node, text, text)


@edit(
    "operand too many",
    cost=3,
    tells=0,
    says="One side of `{old}` is too much there.",
    asks="What would the line give without each of its two sides?",
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
    "other side is missing",
    cost=3,
    says="A step is missing there: `{old}` alone is not yet what is asked for.",
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
    says="A step is missing there: `{old}` alone is not yet what is asked for.",
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
    "parentheses",
    cost=1,
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
                yield Change(((opened, opened + 1, ""), (end - 1, end, "")))
