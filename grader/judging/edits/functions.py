"""Edits that put one function in the place of another, or add one."""

from __future__ import annotations

import ast

from ..answer import Answer
from .table import Changes, edit
from .tools import AXIS_QUESTION, BUILT_IN, NUMPY_FUNCTIONS, call_text, is_call_target, names_read, near


@edit(
    "another function",
    cost=2,
    says="`{old}` does something else than what is needed there.",
    asks="What does `{old}` do with the numbers it gets, and what should happen to them?",
)
def another_function(answer: Answer) -> Changes:
    np, math = answer.alias("numpy"), answer.alias("math")
    for node in answer.all_of(ast.Call):
        old = answer.of(node.func)
        ours = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
        if ours and node.func.value.id in answer.modules:
            names = [f"{np}.{f}" for f in NUMPY_FUNCTIONS] if np else []
            names += [f"{math}.exp"] if math else []
            names += list(BUILT_IN)
        elif isinstance(node.func, ast.Name) and node.func.id not in answer.classes:
            names = [*BUILT_IN, *([f"{np}.{f}" for f in NUMPY_FUNCTIONS] if np else [])]
            names += [f"{math}.exp"] if math else []
            names += ["range", "list", "enumerate"]
        else:
            continue
        if old.endswith(("rand", "random", "randint", "random.normal", "zeros", "ones")) and np:
            names.append(f"{np}.random.randn")
        for name in names:
            if name != old:
                same = name.rpartition(".")[2] == old.rpartition(".")[2]
                yield answer.put(node.func, name, old, 0 if near(name, old) or same else 1)


@edit(
    "function along an axis",
    cost=3,
    says="`{old}` takes the rows of a batch as if they were numbers, or all numbers together; each row "
    "needs a result of its own.",
    asks=AXIS_QUESTION,
)
def function_along_an_axis(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Call):
        if (
            np
            and isinstance(node.func, ast.Name)
            and len(node.args) == 1
            and node.func.id in ("sum", "max", "min")
        ):
            for keywords in (["axis=1"], ["axis=1", "keepdims=True"]):
                text = call_text(answer, node, keywords=keywords, func=f"{np}.{node.func.id}")
                yield answer.put(node, text, node.func.id)


@edit(
    "order of two functions",
    cost=2,
    says="`{old}` is at work after the other function of that line, and should be before it.",
    asks="Which of the two functions gets the numbers first, and which gets what that one has made?",
)
def functions_exchanged(answer: Answer) -> Changes:
    for outer in answer.all_of(ast.Call):
        inner = outer.args[0] if len(outer.args) == 1 else None
        if isinstance(inner, ast.Call) and len(inner.args) == 1 and not outer.keywords:
            kept = call_text(answer, outer, [answer.of(inner.args[0])])
            yield answer.put(outer, call_text(answer, inner, [kept]), answer.of(outer.func))


@edit(
    "largest of two",
    cost=3,
    says="`{old}` does something else with a negative number than is needed there.",
    asks="What does `{old}` make of -1, of 0 and of 2, and what is needed?",
)
def largest_of_two(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Call):
        if len(node.args) == 1 and not node.keywords and isinstance(node.func, (ast.Name, ast.Attribute)):
            inner, old = answer.of(node.args[0]), answer.of(node.func)
            if answer.call_name(node) in ("append", "array", "list", "print", "range", "len", "forward"):
                continue
            yield answer.put(node, f"max(0, {inner})", old)
            if np:
                yield answer.put(node, f"{np}.maximum(0, {inner})", old)


@edit(
    "function and no method",
    cost=1,
    says="`{old}` is no method of the value before the dot: it is a function, and the value is its argument.",
    asks="To what does `{old}` belong: to the array, or to NumPy?",
)
def function_for_method(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Call):
        if np and isinstance(node.func, ast.Attribute) and not answer.is_module(node.func.value, "numpy"):
            args = [answer.of(node.func.value), *(answer.of(a) for a in node.args)]
            text = call_text(answer, node, args, func=f"{np}.{node.func.attr}")
            yield answer.put(node, text, node.func.attr)


@edit(
    "misspelt function of a module",
    cost=1,
    says="`{old}` is not how that function is spelt.",
    asks="How is it spelt in the lesson?",
)
def module_function_misspelt(answer: Answer) -> Changes:
    functions = {"numpy": (*NUMPY_FUNCTIONS, "random", "e", "where", "clip"), "math": ("exp", "e")}
    for node in answer.all_of(ast.Attribute):
        for module, names in functions.items():
            if answer.is_module(node.value, module):
                for name in names:
                    if name != node.attr and near(name, node.attr):
                        yield answer.put(node, f"{answer.of(node.value)}.{name}")


@edit(
    "function of a module without its name",
    cost=1,
    says="`{old}` alone is not known, or is another function: the one that is needed belongs to a module.",
    asks="Which module brings it along, and how does a line say so?",
)
def module_missing(answer: Answer) -> Changes:
    np, math = answer.alias("numpy"), answer.alias("math")
    for node in names_read(answer):
        if answer.is_local(node):
            continue
        if node.id in ("e", "exp", "E") and math:
            yield answer.put(node, f"{math}.{node.id.lower()}")
        if node.id in ("e", "exp", *NUMPY_FUNCTIONS, "where", "zeros", "clip") and np:
            yield answer.put(node, f"{np}.{node.id}")


@edit(
    "digits of e",
    cost=1,
    says="`{old}` has too few digits of e: every power of it is off.",
    asks="Where does the lesson take e from, with all its digits?",
)
def digits_of_e(answer: Answer) -> Changes:
    modules = [m for m in (answer.alias("math"), answer.alias("numpy")) if m]
    for node in answer.all_of(ast.Constant):
        if isinstance(node.value, (int, float)) and 2 < node.value <= 3:
            for module in modules[:1]:
                yield answer.put(node, f"{module}.e")


@edit(
    "exponential is missing",
    cost=3,
    says="`{old}` goes on as it is; what is needed there is e to the power of it.",
    asks="At which point should each number become e ** x?",
)
def exponential_missing(answer: Answer) -> Changes:
    np, math = answer.alias("numpy"), answer.alias("math")
    for node in answer.loads():
        if isinstance(node, (ast.Name, ast.BinOp, ast.Subscript)) and not is_call_target(answer, node):
            if isinstance(node, ast.Name) and not answer.is_local(node):
                continue
            for function in [f"{np}.exp"] * bool(np) + [f"{math}.exp"] * bool(math):
                yield answer.put(node, f"{function}({answer.of(node)})")


@edit(
    "product of matrices",
    cost=2,
    says="`*` multiplies number by number; the sums of products that a layer needs are a matrix product.",
    asks="Which shape should the product have, and which operation gives it?",
)
def dot_for_times(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if (
            answer.call_name(node) in ("multiply", "outer", "inner", "vdot", "cross", "prod")
            and len(node.args) == 2
        ):
            np = answer.alias("numpy")
            yield answer.put(node.func, f"{np}.dot")
