"""Edits of calls: their brackets and their arguments."""

from __future__ import annotations

import ast
import itertools

from ..answer import Answer
from .table import Changes, edit
from .tools import (
    METHODS,
    REDUCERS,
    SIGNS,
    call_text,
    has_keyword,
    is_call_target,
    own_functions,
    room_for,
    tight,
)

TOO_MUCH = ("abs", "round", "int", "float", "str", "print")
"""What is often put around a value, and is not asked for."""


@edit(
    "brackets of a call are missing",
    cost=1,
    says="Without parentheses `{old}` only names the function, or the class: nothing is called there.",
    asks="What turns the name of a function into its result?",
)
def brackets_missing(answer: Answer) -> Changes:
    for node in answer.loads():
        parent = answer.parents.get(node)
        if isinstance(parent, ast.Call) and parent.func is node:
            continue
        if isinstance(node, ast.Attribute) and node.attr in (*METHODS, *REDUCERS, "flatten", "tolist"):
            yield answer.put(node, f"{answer.of(node)}()")
            if node.attr in REDUCERS:
                yield answer.put(node, f"{answer.of(node)}(axis=1)", extra=1)
                yield answer.put(node, f"{answer.of(node)}(axis=1, keepdims=True)", extra=1)
        elif isinstance(node, ast.Name) and node.id in answer.classes and isinstance(node.ctx, ast.Load):
            yield answer.put(node, f"{node.id}()")
        elif isinstance(node, ast.Attribute) and node.attr == "forward":
            for name in answer.locals(node):
                yield answer.put(node, f"{answer.of(node)}({name})")
        if is_function(answer, node):
            for name in answer.locals(node):
                yield answer.put(node, f"{answer.of(node)}({name})")
        if isinstance(node, ast.Name) and node.id in taking_nothing(answer):
            yield answer.put(node, f"{node.id}()")
    loose = [
        n
        for n in answer.loads()
        if isinstance(n, ast.Name) and n.id in answer.classes and not is_call_target(answer, n)
    ]
    if len(loose) > 1:
        yield answer.put_all([(n, f"{n.id}()") for n in loose], "` and `".join(n.id for n in loose))


def taking_nothing(answer: Answer) -> set[str]:
    """The functions of the answer that are called without anything."""
    return {n.name for n in answer.all_of(ast.FunctionDef) if not answer.parameters[n]}


def is_function(answer: Answer, node: ast.AST) -> bool:
    """Whether a name seems to be that of a function, of NumPy, Python or the notebook."""
    own = own_functions(answer)
    if isinstance(node, ast.Attribute):
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        return owner in answer.modules or (owner == "self" and node.attr in own)
    if isinstance(node, ast.Name) and node.id in own:
        return isinstance(node.ctx, ast.Load)
    known = isinstance(node, ast.Name) and not answer.is_local(node) and node.id not in answer.modules
    return known and not isinstance(answer.parents.get(node), ast.Attribute)


@edit(
    "append is not called",
    cost=1,
    says="`{old}` alone does nothing: a function works only when it is called, with what it should work on "
    "in parentheses.",
    asks="What should `{old}` be given, and where does that stand?",
)
def append_not_called(answer: Answer) -> Changes:
    loose = [n.value for n in answer.all_of(ast.Expr) if isinstance(n.value, ast.Attribute)]
    loose = [n for n in loose if n.attr == "append"]
    for node in loose:
        for value in (*answer.locals(node), "0"):
            if value != answer.of(node.value):
                yield answer.put(node, f"{answer.of(node)}({value})")


@edit(
    "method written as a function",
    cost=1,
    tells=2,
    says="`{old}` is no function of its own: it belongs to what it works on, and stands behind that, after "
    "a dot.",
    asks="To what does `{old}` belong, and how does a line say so?",
)
def method_as_function(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if isinstance(node.func, ast.Name) and node.func.id in ("append", "extend", "copy") and node.args:
            same = [c for c in answer.all_of(ast.Call) if answer.of(c.func) == node.func.id and c.args]
            texts = [(c, as_method(answer, c)) for c in same]
            yield answer.put(node, as_method(answer, node), node.func.id)
            if len(same) > 1 and same[0] is node:
                yield answer.put_all(texts, node.func.id)


def as_method(answer: Answer, call: ast.Call) -> str:
    rest = ", ".join(answer.of(a) for a in call.args[1:])
    return f"{tight(answer, call.args[0])}.{answer.of(call.func)}({rest})"


@edit(
    "method of the wrong object",
    cost=1,
    says="What stands before the dot and what stands in the parentheses are the wrong way round.",
    asks="Which of the two is to be changed, and which is put into it?",
)
def receiver_swapped(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if (
            isinstance(node.func, ast.Attribute)
            and len(node.args) == 1
            and isinstance(node.args[0], ast.Name)
        ):
            text = f"{node.args[0].id}.{node.func.attr}({answer.of(node.func.value)})"
            yield answer.put(node, text, answer.of(node.func))


@edit(
    "square brackets for a call",
    cost=1,
    says="Square brackets take a part out of a list or an array; `{old}` is a function, and is called with "
    "round ones.",
    asks="Is `{old}` a list, or a function?",
)
def square_for_round(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Subscript):
        if isinstance(node.value, (ast.Name, ast.Attribute)):
            owner = answer.of(node.value)
            yield answer.put(node, f"{owner}({answer.of(node.slice)})", owner)


@edit(
    "round brackets for a part",
    cost=1,
    says="Round brackets call a function; `{old}` is none, and its parts are taken with square ones.",
    asks="Is `{old}` a function, or does it hold several things?",
)
def round_for_square(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if isinstance(node.func, (ast.Name, ast.Attribute)) and node.args and not node.keywords:
            inner = ", ".join(answer.of(a) for a in node.args)
            yield answer.put(node, f"{answer.of(node.func)}[{inner}]", answer.of(node.func))


@edit(
    "call too many",
    cost=1,
    says="The parentheses call `{old}` there, and what is needed is `{old}` itself.",
    asks="What becomes of `{old}` where it is called, and what is needed there?",
)
def call_too_many(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if not isinstance(node.func, (ast.Name, ast.Attribute)) or node.keywords:
            continue
        if isinstance(answer.parents.get(node), ast.Expr):
            continue
        if not node.args or answer.of(node.func).startswith("self."):
            yield answer.put(node, answer.of(node.func), answer.of(node.func))


@edit(
    "one product for two sizes",
    cost=1,
    says="`{old}` is one size, and makes an array of one axis; rows and columns are two sizes.",
    asks="How many axes does the array have that is made there?",
)
def product_for_sizes(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        size = node.args[0] if len(node.args) == 1 else None
        if isinstance(size, ast.BinOp) and isinstance(size.op, ast.Mult):
            both = f"{answer.of(size.left)}, {answer.of(size.right)}"
            if answer.call_name(node) in ("randn", "rand"):
                yield answer.put(size, both)
            if answer.call_name(node) in ("zeros", "ones", "random", "uniform", "normal"):
                yield answer.put(size, f"({both})")


@edit(
    "argument is missing",
    cost=2,
    tells=0,
    says="`{old}` is given too little there.",
    asks="Which values does `{old}` work with, and which of them does it not get yet?",
)
def argument_missing(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        args, old = [answer.of(a) for a in node.args], answer.of(node.func)
        if len(args) == 2 and answer.call_name(node) in ("where", "clip"):
            yield answer.put(node, call_text(answer, node, [*args, "0"]), old)
            yield answer.put(node, call_text(answer, node, [*args, "None"]), old)
        if answer.call_name(node) == "clip" and len(args) == 1 and len(node.keywords) == 1:
            other = "a_max=None" if node.keywords[0].arg == "a_min" else "a_min=None"
            yield answer.put(
                node, call_text(answer, node, keywords=[answer.of(node.keywords[0]), other]), old
            )
        yield from sizes_missing(answer, node)
        if len(args) > 1 or not room_for(answer, node):
            continue
        if len(args) == 1 and answer.call_name(node) == "where":
            for name in answer.locals(node):
                yield answer.put(node, call_text(answer, node, [*args, name, "0"]), old)
        for name in [*answer.locals(node), "0"]:
            yield answer.put(node, call_text(answer, node, [*args, name]), old)
            if args:
                yield answer.put(node, call_text(answer, node, [name, *args]), old)
        if not args and answer.call_name(node) == "forward" and "output" in answer.attributes:
            for name in answer.locals(node):
                yield answer.put(node, call_text(answer, node, [f"{name}.output"]), old)
        for value in ("self.weights", "self.biases"):
            if args and answer.in_class(node):
                yield answer.put(node, call_text(answer, node, [*args, value]), old, 1)


def sizes_missing(answer: Answer, call: ast.Call) -> Changes:
    """The sizes that a method is given, for a function that draws one number without them."""
    sizes = [n for n in answer.parameters.get(answer.function(call), []) if n != "self"]
    if answer.call_name(call) in ("uniform", "normal", "rand", "randn", "random") and len(sizes) == 2:
        both, old = ", ".join(sizes), answer.of(call.func)
        if not has_keyword(call, "size") and not set(sizes) & {*map(answer.of, call.args)}:
            sized = [*map(answer.of, call.keywords), f"size=({both})"]
            yield answer.put(call, call_text(answer, call, keywords=sized), old)
        if not call.args:
            yield answer.put(call, call_text(answer, call, [both]), old)


@edit(
    "argument too many",
    cost=2,
    tells=0,
    says="`{old}` is given too much there.",
    asks="What does `{old}` do with each of its arguments?",
)
def argument_too_many(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if len(node.args) > 1 or (node.args and isinstance(node.func, ast.Attribute)):
            for i in range(len(node.args)):
                args = [answer.of(a) for j, a in enumerate(node.args) if j != i]
                yield answer.put(node, call_text(answer, node, args), answer.of(node.func))


@edit(
    "arguments in another order",
    cost=2,
    tells=0,
    says="The arguments of `{old}` stand in the wrong order.",
    asks="What does `{old}` expect first, and what second?",
)
def arguments_swapped(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        args = [answer.of(a) for a in node.args]
        if len(args) == 2:
            yield answer.put(node, call_text(answer, node, args[::-1]), answer.of(node.func))
        for i, j in itertools.combinations(range(len(args)), 2) if len(args) == 3 else ():
            other = list(args)
            other[i], other[j] = args[j], args[i]
            yield answer.put(node, call_text(answer, node, other), answer.of(node.func))
        named = [k for k in node.keywords if k.arg in ("a_min", "a_max", "min", "max")]
        if len(named) == 2:
            values = [answer.of(k.value) for k in named]
            yield answer.put_all(zip((k.value for k in named), values[::-1]), answer.of(node.func))
    for node in answer.all_of(ast.FunctionDef):
        own = [a for a in node.args.args if a.arg != "self"]
        for first, second in itertools.pairwise(own):
            yield answer.put_all([(first, second.arg), (second, first.arg)], node.name)


@edit(
    "shape in one pair of parentheses",
    cost=1,
    says="`{old}` takes what it is given there as one thing: it belongs together in parentheses of its own.",
    asks="How many arguments does `{old}` get there, and how many does it want?",
)
def tuple_missing(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if len(node.args) >= 2 and answer.call_name(node) not in REDUCERS:
            inner = ", ".join(answer.of(a) for a in node.args)
            yield answer.put(node, call_text(answer, node, [f"({inner})"]), answer.of(node.func))


@edit(
    "shape without parentheses of its own",
    cost=1,
    says="`{old}` takes what it is given there one by one, and not as one thing in brackets of its own.",
    asks="How many arguments does `{old}` get there, and how many does it want?",
)
def tuple_too_much(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if (
            len(node.args) == 1
            and answer.call_name(node) not in (*REDUCERS, "array", "zeros", "ones", "append", "list", "exp")
            and isinstance(node.args[0], (ast.Tuple, ast.List))
            and len(node.args[0].elts) > 1
        ):
            args = [answer.of(a) for a in node.args[0].elts]
            yield answer.put(node, call_text(answer, node, args), answer.of(node.func))


@edit(
    "comma for an operation",
    cost=2,
    says="A comma only puts the things that `{old}` is given one after the other; what is needed is an "
    "operation in its place.",
    asks="What should happen to the things between the parentheses of `{old}`?",
)
def comma_for_operation(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if len(node.args) > 2 and not node.keywords:
            head = call_text(answer, node, [answer.of(a) for a in node.args[:-1]])
            for sign in ("+", "-", "/"):
                yield answer.put(node, f"{head} {sign} {tight(answer, node.args[-1])}", answer.of(node.func))
        if len(node.args) == 2 and not node.keywords:
            first, second = (tight(answer, a) for a in node.args)
            for sign in ("-", "/", "@"):
                yield answer.put(
                    node, f"{answer.of(node.func)}({first} {sign} {second})", answer.of(node.func)
                )


@edit(
    "end of a call",
    cost=1,
    tells=0,
    says="The parentheses of `{old}` close at another place than is needed: what stands inside of them is "
    "worked out before `{old}`, what stands outside after it.",
    asks="What should `{old}` be given: all of that, or only a part?",
)
def call_ends_elsewhere(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if node.args and isinstance(node.args[0], ast.BinOp) and answer.call_name(node) not in TOO_MUCH:
            first, rest = node.args[0], [answer.of(a) for a in node.args[1:]]
            sign = SIGNS[type(first.op)]
            head = call_text(answer, node, [answer.of(first.left), *rest])
            ratio = int(sign in ("/", "*") and isinstance(first.right, (ast.Name, ast.Constant)))
            yield answer.put(node, f"{head} {sign} {tight(answer, first.right)}", answer.of(node.func), ratio)
            of_one = isinstance(first.right, ast.Call) and answer.call_name(first.right) in REDUCERS
            if of_one and answer.call_name(node) in REDUCERS:
                continue  # of one number it makes nothing: then it is too much
            head = call_text(answer, node, [answer.of(first.right), *rest])
            yield answer.put(node, f"{tight(answer, first.left)} {sign} {head}", answer.of(node.func))
    for node in answer.all_of(ast.Call):
        last = node.args[-1] if len(node.args) > 1 and not node.keywords else None
        if isinstance(last, ast.BinOp):
            head = call_text(answer, node, [*(answer.of(a) for a in node.args[:-1]), answer.of(last.left)])
            text = f"{head} {SIGNS[type(last.op)]} {tight(answer, last.right)}"
            yield answer.put(node, text, answer.of(node.func))
        for i, inner in enumerate(node.args):
            if not isinstance(inner, ast.Call):
                continue
            before, after = [answer.of(a) for a in node.args[:i]], [answer.of(a) for a in node.args[i + 1 :]]
            own, old = [answer.of(a) for a in inner.args], answer.of(inner.func)
            if after:
                yield answer.put(
                    node, call_text(answer, node, [*before, call_text(answer, inner, own + after)]), old
                )
            if len(own) > 1:
                args = [*before, call_text(answer, inner, own[:1]), *own[1:], *after]
                yield answer.put(node, call_text(answer, node, args), old)
    for node in answer.all_of(ast.BinOp):
        sign = SIGNS[type(node.op)]
        if any(
            isinstance(side, ast.Constant) or answer.call_name(side) in TOO_MUCH
            for side in (node.left, node.right)
            if isinstance(side, (ast.Constant, ast.Call))
        ):  # then it is the operation, or the function, that is too much
            continue
        if isinstance(node.left, ast.Call) and node.left.args:
            args = [f"{tight(answer, node.left.args[0])} {sign} {tight(answer, node.right)}"]
            args += [answer.of(a) for a in node.left.args[1:]]
            worked_out = 2 * isinstance(node.right, ast.Call)
            yield answer.put(node, call_text(answer, node.left, args), answer.of(node.left.func), worked_out)
        if isinstance(node.right, ast.Call) and node.right.args:
            args = [f"{tight(answer, node.left)} {sign} {tight(answer, node.right.args[0])}"]
            args += [answer.of(a) for a in node.right.args[1:]]
            worked_out = 2 * isinstance(node.left, ast.Call)
            yield answer.put(
                node, call_text(answer, node.right, args), answer.of(node.right.func), worked_out
            )


@edit(
    "one step too many",
    cost=2,
    tells=0,
    says="`{old}` is too much there: what it does to the value is not asked for.",
    asks="What does `{old}` do to the value, and is that asked for?",
)
def wrapper(answer: Answer) -> Changes:
    for node in answer.loads():
        if isinstance(node, ast.Call):
            sure = -1 if answer.call_name(node) in TOO_MUCH else 0
            if isinstance(answer.parents.get(node), ast.BoolOp):  # then it is the condition that is too much
                continue
            stored = getattr(answer.parents.get(node), "targets", [])
            for arg in node.args[:2]:
                if answer.of(arg) in map(answer.of, stored):  # then it is the whole line
                    continue
                yield answer.put(node, tight(answer, arg), answer.of(node.func), sure)
            same = [
                n for n in answer.all_of(ast.Call) if n.args and answer.of(n.func) == answer.of(node.func)
            ]
            if len(same) > 1 and same[0] is node and not any(within(answer, n, same) for n in same):
                yield answer.put_all(
                    [(n, tight(answer, n.args[0])) for n in same], answer.of(node.func), sure
                )
            owner = node.func.value if isinstance(node.func, ast.Attribute) else None
            if owner and not (isinstance(owner, ast.Name) and owner.id in answer.modules):
                yield answer.put(node, tight(answer, owner), f".{answer.call_name(node)}")
        elif isinstance(node, ast.Attribute) and node.attr in ("T", "shape", "size", "real", "flat"):
            yield answer.put(node, tight(answer, node.value), f".{node.attr}")


def within(answer: Answer, node: ast.AST, others: list[ast.Call]) -> bool:
    """Whether a node is a part of one of the others."""
    return any(above is other for above in answer.ancestors(node) for other in others)
