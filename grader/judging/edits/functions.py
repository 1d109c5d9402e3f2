"""Edits that put one function in the place of another, or add one."""

from __future__ import annotations

import ast
import re

import numpy

from ..answer import Answer
from .table import Changes, edit
from .tools import (
    AXIS_QUESTION,
    BUILT_IN,
    NUMPY_FUNCTIONS,
    REDUCERS,
    call_text,
    is_call_target,
    is_in_module,
    is_known,
    is_name,
    is_of_a_library,
    near,
    tight,
)

OF_TWO = ("add", "subtract", "multiply", "divide", "power")
"""NumPy's functions for what stands between two values elsewhere."""


PLACES_OF = (*REDUCERS, "argsort", "sort", "sorted", "where", "nonzero", "index", "maximum", "round")
"""What stands where the place of the largest is meant; anywhere else a place is right by luck."""


@edit(
    "another function",
    cost=2,
    tells=0,
    says="Another function in the place of `{old}` would help.",
    asks="What does `{old}` do with the numbers it gets, and what should happen to them?",
)
def another_function(answer: Answer) -> Changes:
    np, math = answer.alias("numpy"), answer.alias("math")
    for node in answer.all_of(ast.Call):
        old = answer.of(node.func)
        ours = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
        if ours and node.func.value.id in answer.modules:
            if not is_in_module(answer, node.func.value, node.func.attr):
                continue
            names = [f"{np}.{f}" for f in NUMPY_FUNCTIONS] if np else []
            names += [f"{math}.exp"] if math else []
            names += list(BUILT_IN)
        elif isinstance(node.func, ast.Name) and node.func.id not in answer.classes:
            names = [*BUILT_IN, *([f"{np}.{f}" for f in NUMPY_FUNCTIONS] if np else [])]
            names += [f"{math}.exp"] if math else []
            names += ["range", "list", "enumerate"]
        elif np and old.startswith(f"{np}.random."):
            names = []
        elif np and old.startswith(f"{np}.linalg."):
            names = [f"{np}.{f}" for f in NUMPY_FUNCTIONS]
        else:
            continue
        if isinstance(node.func, ast.Name) and not is_known(answer, node.func):
            continue
        if old.removeprefix(f"{np}.") in OF_TWO:
            names += [f"{np}.{name}" for name in OF_TWO]
        if old.endswith(("rand", "random", "randint", "random.normal", "zeros", "ones")) and np:
            names.append(f"{np}.random.randn")
        for name in names:
            takes = getattr(getattr(numpy, name.rpartition(".")[2], None), "nin", len(node.args))
            if name != old and len(node.args) <= takes:  # what it gets beyond that, it writes into
                same = name.rpartition(".")[2] == old.rpartition(".")[2]
                in_rounds = any(
                    isinstance(n, (ast.ListComp, ast.GeneratorExp)) for n in answer.ancestors(node)
                )
                pythons = same and (
                    old in BUILT_IN or in_rounds
                )  # adds up the same numbers, and is seldom the cause
                likely = (near(name, old) or same) and not pythons
                place = name.endswith("argmax") and answer.call_name(node) not in PLACES_OF
                yield answer.put(node.func, name, old, 0 if likely else 1 + 2 * place)
        shape = node.args[-1] if node.args else None
        if np and isinstance(shape, ast.Tuple) and old.endswith(("zeros", "ones", "empty", "randint")):
            sizes = ", ".join(answer.of(size) for size in shape.elts)
            yield answer.put(node, f"{np}.random.randn({sizes})", old)


@edit(
    "function along an axis",
    cost=3,
    says="{old}; each row needs a result of its own.",
    asks=AXIS_QUESTION,
)
def function_along_an_axis(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Call):
        if (
            np
            and isinstance(node.func, ast.Name)
            and (len(node.args) == 1 or is_axis_meant(node))
            and node.func.id in ("sum", "max", "min")
        ):
            first = [answer.of(node.args[0])]
            for keywords in (["axis=1"], ["axis=1", "keepdims=True"]):
                text = call_text(answer, node, first, keywords, func=f"{np}.{node.func.id}")
                takes = "takes the rows of a batch as if they were numbers"
                if len(node.args) > 1:
                    takes = "is Python's own, and what stands second is no axis for it"
                elif any(k.arg == "key" for k in node.keywords):
                    takes = "compares whole rows by its `key`, and gives one of them"
                yield answer.put(node, text, f"`{node.func.id}` {takes}")


def is_axis_meant(node: ast.Call) -> bool:
    """Whether a whole number stands second, as an axis does in a call of NumPy's."""
    return len(node.args) == 2 and isinstance(node.args[1], ast.Constant) and type(node.args[1].value) is int


@edit(
    "order of two functions",
    cost=2,
    tells=0,
    says="`{old}` is at work after the function in its parentheses, and should be before it.",
    asks="Which of the two functions gets the numbers first, and which gets what that one has made?",
)
def functions_exchanged(answer: Answer) -> Changes:
    for outer in answer.all_of(ast.Call):
        inner = outer.args[0] if len(outer.args) == 1 else None
        if not isinstance(inner, ast.Call) or len(inner.args) != 1 or outer.keywords:
            continue
        if (is_name(outer.func) or is_of_a_library(answer, outer.func)) and "abs" not in answer.call_name(
            inner
        ):
            kept = call_text(answer, outer, [answer.of(inner.args[0])])
            yield answer.put(outer, call_text(answer, inner, [kept]), answer.of(outer.func))


@edit(
    "function around all",
    cost=2,
    says="`{old}` stands around all results together, and is needed for each of them.",
    asks="How often should `{old}` be at work: once, or in each round?",
)
def function_around_all(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        rounds = node.args[0] if len(node.args) == 1 else None
        if isinstance(rounds, (ast.ListComp, ast.GeneratorExp)) and answer.call_name(node) not in MAKING:
            loop = rounds.generators[-1]
            rest = answer.text[answer.end(rounds.elt) : answer.end((loop.ifs or [loop.iter])[-1])]
            each = call_text(answer, node, [answer.of(rounds.elt)])
            yield answer.put(node, f"[{each}{rest}]", answer.of(node.func))


MAKING = ("array", "asarray", "list", "tuple", "set", "append", "extend", "print")
"""What only puts all results into something else."""


@edit(
    "largest of two",
    cost=3,
    says="`{old}` does not compare each number with 0, and that is what is needed there.",
    asks="What does `{old}` make of -1, of 0 and of 2, and what is needed?",
)
def largest_of_two(answer: Answer) -> Changes:
    np, reckons = answer.alias("numpy"), re.search(r"\b(exp|sum)\b", answer.text)  # with what is above 0
    for node in answer.all_of(ast.Call) if not reckons else ():
        if len(node.args) == 1 and not node.keywords and is_of_a_library(answer, node.func):
            inner, old = answer.of(node.args[0]), answer.of(node.func)
            made = isinstance(node.args[0], ast.Call) and answer.call_name(node.args[0])
            if answer.call_name(node) in NO_RELU or made in ("argmax", "max", "maximum"):
                continue
            both = getattr(node.args[0], "elts", [])
            if np and len(both) == 2:
                yield answer.put(node, f"{np}.maximum({', '.join(answer.of(one) for one in both)})", old)
            yield answer.put(node, f"max(0, {inner})", old)
            if np:
                yield answer.put(node, f"{np}.maximum(0, {inner})", old)


NO_RELU = (
    *("array", "asarray", "copy", "list", "print", "range", "len", "int", "str", "float", "round"),
    *("exp", "log", "sum", "mean", "argmax", "argmin"),
    *("concatenate", "stack", "vstack", "hstack", "column_stack", "row_stack", "dstack"),
)
"""What nobody writes where each number is to be compared with 0."""


@edit(
    "function and no method",
    cost=1,
    says="`{old}` is no method of the value before the dot: it is a function, and the value is its argument.",
    asks="Is `{old}` something that the value itself can do, or a function that is given the value?",
)
def function_for_method(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Call):
        if not isinstance(node.func, ast.Attribute) or answer.is_module(node.func.value, "numpy"):
            continue
        owner = node.func.value
        if (isinstance(owner, ast.Name) and not answer.is_local(owner)) or node.func.attr == "append":
            continue  # what is a module, and what lists have
        if hasattr(list, node.func.attr) or node.func.attr in ("fill", "partition", "resize", "put"):
            continue  # these do their work in place, and are methods
        args = [answer.of(owner), *(answer.of(a) for a in node.args)]
        if node.func.attr in (*BUILT_IN, *answer.functions):
            yield answer.put(node, call_text(answer, node, args, func=node.func.attr), node.func.attr)
        if np:
            text = call_text(answer, node, args, func=f"{np}.{node.func.attr}")
            yield answer.put(node, text, node.func.attr)


@edit(
    "zeros for random numbers",
    cost=1,
    says="`{old}` starts with random numbers, and should start at 0.",
    asks="What are the two kinds of numbers that a layer holds, and which of them start at random?",
)
def zeros_for_random_numbers(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Assign):
        draws = [
            c for c in ast.walk(node.value) if isinstance(c, ast.Call) and ".random." in answer.of(c.func)
        ]
        if np and draws and isinstance(node.targets[0], ast.Attribute):
            sizes = ", ".join(answer.of(a) for a in draws[0].args)
            yield answer.put(node.value, f"{np}.zeros(({sizes}))", answer.of(node.targets[0]), -1)


@edit(
    "column for the largest",
    cost=2,
    says="`{old}` takes the number at one and the same place of every row, and the largest may stand at "
    "another.",
    asks="Is the number that stands there the largest of its row, whatever the row?",
)
def column_for_the_largest(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Subscript):
        fixed = re.fullmatch(ONE_COLUMN, answer.of(node.slice))
        is_name = isinstance(node.value, ast.Name)  # what is sorted, say, has the largest at one place
        is_name = is_name and f"{answer.of(node.value)}.sort(" not in answer.text
        if np and is_name and isinstance(node.ctx, ast.Load) and fixed:
            for keywords in ("axis=1, keepdims=True", "axis=1"):
                yield answer.put(node, f"{np}.max({answer.of(node.value)}, {keywords})")


ONE_COLUMN = r":,\s*(-?\d+|0?:1|-1:)"
"""Square brackets that pick the same place of each row."""


@edit(
    "digits of e",
    cost=1,
    says="`{old}` is not e with all its digits, and a power makes the difference grow.",
    asks="Where does the lesson take e from, with all its digits?",
)
def digits_of_e(answer: Answer) -> Changes:
    modules = [m for m in (answer.alias("math"), answer.alias("numpy")) if m]
    for node in answer.all_of(ast.Constant):
        if isinstance(node.value, float) and 2.7 <= node.value < 2.8:
            for module in modules[:1]:
                yield answer.put(node, f"{module}.e")


@edit(
    "base of the power",
    cost=1,
    says="`{old}` is not e to the power of the number: what stands before `**` is the base, and what stands "
    "after it the exponent.",
    asks="Which of the two is the number e in this lesson: the base, or the exponent?",
)
def base_of_the_power(answer: Answer) -> Changes:
    modules = [m for m in (answer.alias("math"), answer.alias("numpy")) if m]
    for node in answer.all_of(ast.BinOp):
        if isinstance(node.op, ast.Pow) and modules:
            for typed, other in ((node.left, node.right), (node.right, node.left)):
                if isinstance(typed, ast.Constant) and not isinstance(typed.value, str):
                    yield answer.put(node, f"{modules[0]}.e ** {tight(answer, other)}")


@edit(
    "base of a power function",
    cost=1,
    says="`{old}` is not e to the power of the number: what comes first between the parentheses is the base, "
    "and what comes second the exponent.",
    asks="Which of the two is the number e in this lesson: the base, or the exponent?",
)
def base_of_a_power_function(answer: Answer) -> Changes:
    modules = [m for m in (answer.alias("math"), answer.alias("numpy")) if m]
    for node in answer.all_of(ast.Call):
        if modules and answer.call_name(node) in ("power", "pow", "float_power") and len(node.args) == 2:
            for typed, other in (node.args, node.args[::-1]):
                if isinstance(typed, ast.Constant):
                    args = [f"{modules[0]}.e", answer.of(other)]
                    yield answer.put(node, call_text(answer, node, args))


@edit(
    "results on the way",
    cost=1,
    says="`{old}` gives a result for each number on the way, of those up to there; what is needed is the one "
    "at the end.",
    asks="What does `{old}` make of 1, 3, 2: how many numbers come out, and which is the one that is needed?",
)
def results_on_the_way(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    running = {"maximum.accumulate": "max", "add.accumulate": "sum", "cumsum": "sum"}
    for node in answer.all_of(ast.Call) if np else ():
        old = answer.of(node.func)
        name = running.get(old.removeprefix(f"{np}."))
        if name:
            keywords = [answer.of(k) for k in node.keywords]
            for more in ([], ["keepdims=True"]) if keywords or len(node.args) > 1 else ([],):
                text = call_text(answer, node, keywords=[*keywords, *more], func=f"{np}.{name}")
                yield answer.put(node, text, old)


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
            if not goes_on(answer, node):
                continue
            for function in [f"{np}.exp"] * bool(np) + [f"{math}.exp"] * bool(math):
                yield answer.put(node, f"{function}({answer.of(node)})")


def goes_on(answer: Answer, node: ast.expr) -> bool:
    """Whether a value is worked with where it stands: it is not compared, written to, or undone."""
    above = answer.parents.get(node)
    stored = isinstance(above, ast.Subscript) and isinstance(above.ctx, ast.Store)
    kept_out = isinstance(above, ast.Call) and answer.call_name(above).startswith(("log", "zeros", "empty"))
    return not (isinstance(above, (ast.Compare, ast.keyword)) or stored or kept_out)


@edit(
    "product of matrices",
    cost=2,
    says="`{old}` is not the matrix product, in which each number is the sum of the products of a row and a "
    "column.",
    asks="Which shape should the product have, and which operation gives it?",
)
def dot_for_times(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if (
            answer.call_name(node) in ("multiply", "outer", "inner", "vdot", "cross", "prod")
            and len(node.args) == 2
        ):
            yield answer.put(node.func, f"{answer.alias('numpy')}.dot")


@edit(
    "product number by number",
    cost=2,
    says="`{old}` makes sums of products; what is needed there is each number times the one at its place.",
    asks="Which shape should the product have, and what becomes of each number?",
)
def times_for_dot(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if answer.call_name(node) in ("dot", "matmul") and len(node.args) == 2:
            yield answer.put(node, " * ".join(tight(answer, a) for a in node.args), answer.of(node.func))


@edit(
    "largest of each row",
    cost=2,
    tells=2,
    says="`{old}` compares two things number by number; what is needed is the largest number of each row.",
    asks="What does `{old}` compare with what, and how many numbers come out?",
)
def largest_of_each_row(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Call):
        compared = [a for a in node.args if not isinstance(a, ast.Constant)]
        reduced = [a for a in compared if isinstance(a, ast.Call) and answer.call_name(a) in REDUCERS]
        if np and answer.call_name(node) in ("maximum", "fmax") and len(compared) == 1 and not reduced:
            for keywords in ("axis=1, keepdims=True", "axis=1"):
                text = f"{np}.max({answer.of(compared[0])}, {keywords})"
                yield answer.put(node, text, answer.of(node.func))


@edit(
    "length for a shape",
    cost=1,
    says="`{old}` counts the rows only; a shape has a number for every axis.",
    asks="How many axes has the array that comes in, and how many has the one that is made there?",
)
def length_for_a_shape(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        one = node.args[0] if len(node.args) == 1 else None
        counted = one.args if isinstance(one, ast.Call) and answer.of(one.func) == "len" else []
        if counted and answer.call_name(node) in ("zeros", "ones", "empty"):
            yield answer.put(node.args[0], f"{tight(answer, counted[0])}.shape")


@edit(
    "numbers compared with each other",
    cost=2,
    tells=2,
    says="`{old}` compares the numbers of the array with each other, and none of them with 0.",
    asks="With what should each number be compared, and with what is it compared there?",
)
def compared_with_each_other(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Call):
        if np and answer.of(node.func) in (f"{np}.maximum.accumulate", f"{np}.maximum.reduce") and node.args:
            yield answer.put(node, f"{np}.maximum(0, {answer.of(node.args[0])})", answer.of(node.func))


@edit(
    "function for one number",
    cost=1,
    tells=2,
    says="`{old}` calls its function with one number at a time, and never with a row of them.",
    asks="What does that function make of one number alone?",
)
def function_for_one_number(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if answer.call_name(node) == "vectorize" and len(node.args) == 1 and not node.keywords:
            for rows in ("(n)->(n)", "(n)->()"):
                text = call_text(answer, node, keywords=[f'signature="{rows}"'])
                yield answer.put(node, text, answer.of(node.func))
