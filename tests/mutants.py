"""Mutation test of the judge: right answers, spoilt in one place, have to lose points.

    python -m tests.mutants [--seeds N] [EXERCISE ...]

Each exercise's reference and a few other right spellings of it are rewritten, one change at a time. A
mutant survives if the judge gives it full points on every seed. It may: EQUAL says which and why. An
oracle that shares no case, no reference and no comparison with the judge gives its own answer to
whether each mutant keeps the contract; where the two disagree, one of them is wrong.

The exit status is 1 if there is a survivor that EQUAL does not explain, or an entry of EQUAL that does
not survive.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import difflib
import inspect
import itertools
import math
import re
import sys
import textwrap
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
import scipy.special

from grader.course import EXERCISES
from grader.course.activations.forward_pass import Layer_Dense
from grader.judging.explain import describe_values
from grader.judging.judge import judge, make_plan
from grader.judging.probe import run
from grader.judging.verdict import Verdict

try:
    from idioms import IDIOMS
except ModuleNotFoundError:  # started with -m, not by pytest
    from tests.idioms import IDIOMS

SECONDS = 120  # a last resort: what loops without end is stopped by TURNS, on any machine
TURNS = 100_000

# Right spellings that are mutated besides the reference: names in IDIOMS.
SPELLINGS = {
    "relu_if": ("loop over positions", "while", "a copy, changed"),
    "relu_max": ("loop with max", "comprehension with not", "half of |x| + x"),
    "relu_numpy": ("where", "mask", "copy with a mask", "loop over all places"),
    "activation_relu": ("clip", "zeros and a mask"),
    "layer_dense": ("product: np.dot", "product: transposed twice"),
    "exponentiate": ("math.exp", "pow", "e to ten digits"),
    "normalize": ("two loops", "positions", "times the reciprocal"),
    "softmax_vector": ("shifted", "list made an array"),
    "row_sums": ("[:, None]", "reshape", "transposed", "list of rows"),
    "softmax_batch": ("[:, None]", "transposed twice", "row by row", "two loops"),
    "shift_rows": ("[:, None]", "row by row", "minimum of the negative"),
    "activation_softmax": ("shifted with [:, None]", "shifted row by row", "logsumexp by hand"),
    "forward_pass": ("from the three classes", "from weights and biases"),
    "predictions": ("row by row", "argsort", "where"),
    "confidences": ("row by row", "both indices", "sorted"),
}


@dataclass(frozen=True)
class Equal:
    """Mutants that keep full points, and why they should.

    `change` is a regular expression for what is changed, `exercises` says where such mutants are.
    """

    exercises: str
    change: str
    why: str


LISTS = "relu_if relu_max exponentiate normalize"
ACTIVATIONS = "relu_numpy activation_relu softmax_vector softmax_batch activation_softmax"
BATCHES = "row_sums softmax_batch shift_rows activation_softmax forward_pass predictions confidences"
EQUAL = (
    Equal(LISTS, r"return (.*) -> return list\(\1\)", "a copy of a list is a list of the same numbers"),
    Equal(
        f"{ACTIVATIONS} layer_dense row_sums shift_rows forward_pass predictions confidences",
        r"(return|self\.\w+ =) (.*) -> \1 np\.array\(\2\)",
        "a copy of an array is an array of the same numbers",
    ),
    Equal(
        f"{LISTS} {ACTIVATIONS} forward_pass predictions confidences",
        r".* -> .*\babs\(.*",
        "nothing here is negative",
    ),
    Equal(BATCHES, r".* -> .*(axis=|max\(|sum\()-1\b.*", "of two axes, the last is number 1"),
    Equal(
        "relu_if relu_max relu_numpy activation_relu forward_pass",
        r"(.*\bmax(?:imum)?)\((.+), (.+)\)(.*) -> \1\(\3, \2\)\4",
        "the larger of two, in either order",
    ),
    Equal(
        "relu_if relu_max relu_numpy normalize layer_dense shift_rows activation_softmax forward_pass",
        r"(.*?= |return |return \[|.*?\()(.+) ([+*]) (.+?)((?: for .*|\).*)?) -> \1\4 \3 \2\5",
        "a sum or product of numbers, in either order",
    ),
    Equal("relu_if relu_max relu_numpy", r".*[<>] 0.* -> .*[<>]= 0.*", "0 becomes 0 by either branch"),
    Equal("relu_if", r"output\.append\(0\) -> output\.append\(.+\)", "still 0"),
    Equal("relu_if", r"while i < (.*): -> while i != \1:", "i counts up to the length in steps of 1"),
    Equal(
        "relu_if relu_numpy normalize softmax_batch activation_softmax",
        r"for (.*) in (.*): -> for \1 in list\(\2\)\[::-1\]:",
        "each round fills a place of its own, in any order",
    ),
    Equal(
        "relu_if normalize softmax_batch",
        r"for (.*)(inputs|exp_values)(.*): -> for \1output\3:",
        "the output is as long as the input",
    ),
    Equal(
        "relu_if",
        r"for (.*) in enumerate\(output\): -> for \1 in enumerate\(inputs\):",
        "the copy holds the same numbers where it is not changed yet",
    ),
    Equal(
        "relu_numpy",
        r"output\[output < 0\] = 0 -> output\[inputs < 0\] = 0",
        "the copy holds the same numbers where it is not changed yet",
    ),
    Equal(
        "relu_numpy activation_relu forward_pass",
        r".*np\.maximum(.*) -> .*np\.fmax\1",
        "they differ for nan only",
    ),
    Equal(
        "layer_dense",
        r"self\.weights = .* -> .*self\.weights = .*",
        "random, fresh and of the right shape: scale and distribution are the student's choice",
    ),
    Equal(
        "layer_dense",
        r"self\.biases = (.*) -> self\.biases = (-|abs\()?\1(\)|\.astype\(int\)|\[::-1\])?",
        "still zeros in a row",
    ),
    Equal(
        "forward_pass",
        r"self\.(weights|biases) = .*",
        "the layers that come in have got other weights and biases; how they start is judged in lesson 03",
    ),
    Equal(
        "forward_pass",
        r"(.*) = (.*) -> type\(self\)\.output = \2",
        "each output is used before another object stores its own",
    ),
    Equal(
        "forward_pass",
        r".* -> (inputs|values)\[:\] = .*",
        "a layer's output is overwritten after it was used; X is not",
    ),
    Equal(
        "forward_pass",
        r"(return|self\.output =) (.*) -> \1 (list|tuple)?\(?\2\)?(\.tolist\(\))?",
        "the next step makes an array of it again",
    ),
    Equal(
        "forward_pass",
        r"(return|self\.output =) (.*) -> \1 \(\2\)\[::-1\]",
        "both layers turn the order of the samples round, so it is as it was",
    ),
    Equal("forward_pass", r"nothing -> \w+\.forward\(.*\)", "the same once more"),
    Equal("predictions", r"return (.*) -> return \1\.astype\(int\)", "whole numbers stay as they are"),
    Equal(
        "predictions",
        r".*\[np\.argmax\(row\) for .* -> .*\[(round|int)\(.*",
        "whole numbers stay as they are",
    ),
    Equal(
        "predictions confidences",
        r"(.*), axis=1(.*) -> \1\2",
        "sorting takes the last axis unless told otherwise",
    ),
    Equal("predictions", r"(.*) == (.*) -> \1 >= \2", "nothing is above the largest"),
    Equal("predictions", r"(.*)\[1\] -> \1\[-1\]", "of two indices, the last is number 1"),
    Equal("exponentiate", r".* -> .*\b2\.7182818\b.*", "eight digits of e are enough"),
    Equal(
        "softmax_vector softmax_batch",
        r"exp_values = np\.exp\(layer_outputs - .* -> exp_values = np\.exp\(.*",
        "what is subtracted from a whole row cancels, and moderate values do not overflow",
    ),
    Equal("softmax_vector", r"(.*)math\.exp(.*) -> \1-math\.exp\2", "the sign cancels in the quotient"),
    Equal(
        "softmax_vector predictions confidences",
        r"return (.*) -> return \(?\1\)?\.T",
        "one axis has nothing to be exchanged with",
    ),
    Equal("row_sums", r".*reshape\(-1, 1\) -> .*reshape\(-2, 1\)", "any negative size means what is left"),
    Equal(
        "softmax_batch",
        r"output = np\.zeros_like(.*) -> output = np\.ones_like\1",
        "every place is overwritten",
    ),
    Equal(
        "normalize",
        r"norm_values = \[\] -> norm_values = \[\], deeper or less deep",
        "the list is made anew before anything is put into it",
    ),
    Equal("normalize", r"for value in (.*): -> for value in list\(\1\)\[::-1\]:", "a sum, in any order"),
    Equal("softmax_batch", r"total = .* -> total = .*list\(inputs\[i\]\)\[::-1\].*", "a sum, in any order"),
    Equal(
        "softmax_batch",
        r"total = .*, deeper or less deep|for j .*, deeper or less deep",
        "the same sum, computed more often",
    ),
)

# Rewriting

OPERATORS = {"+": "- * /", "-": "+ * /", "*": "+ / ** @", "/": "* - //", "//": "/", "**": "* +", "@": "* +"}
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
NAMES = (
    "max min sum mean",
    "maximum minimum fmax add",
    "exp exp2 expm1 log",
    "argmax argmin argsort max",
    "zeros ones",
    "zeros_like ones_like",
    "append insert extend remove",
    "dot outer multiply",
    "randn rand",
    "abs float",
    "len sum",
    "copy view",
    "clip round",
)
EXCHANGES = {
    name: [n for group in map(str.split, NAMES) if name in group for n in group if n != name]
    for name in " ".join(NAMES).split()
}
SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Pow: "**",
    ast.MatMult: "@",
}
E_DIGITS = ("2", "2.7", "2.71", "2.718", "2.71828", "2.7182818", "10")
RESULTS = (
    "-({})",
    "({}) + 1",
    "abs({})",
    "round({}, 3)",
    "int({})",
    "({}).astype(int)",
    "({}).tolist()",
    "list({})",
    "tuple({})",
    "np.array({})",
    "({}).T",
    "({})[0]",
    "({})[::-1]",
    "[{}]",
    "print({})",
)
ELEMENTS = ("-({})", "({}) + 1", "abs({})", "round({}, 3)", "int({})", "[{}]")
LOOPS = ("list({})[1:]", "list({})[:-1]", "list({})[::-1]")
RANDOM = (
    "np.zeros(({}))",
    "np.ones(({}))",
    "np.random.randn(({}))",
    "np.random.default_rng(0).normal(size=({}))",
    "np.zeros(({})) + np.random.randn(n_inputs, 1)",
    "np.zeros(({})) + np.random.randn(n_neurons)",
)


def text(node: ast.AST) -> str:
    return ast.unparse(node)


def expressions(node: ast.expr, names: list[str]) -> Iterator[str]:
    """What might stand in the place of an expression. `names` are those of the function around it."""
    match node:
        case ast.BinOp(left=a, op=op, right=b):
            a, b, sign = f"({text(a)})", f"({text(b)})", SIGNS[type(op)]
            yield from (f"{a} {other} {b}" for other in OPERATORS[sign].split())
            yield from (a, b, f"{b} {sign} {a}")
        case ast.UnaryOp(operand=a):
            yield text(a)
        case ast.Compare(left=a, comparators=[b]):
            yield from (f"({text(a)}) {sign} ({text(b)})" for sign in COMPARISONS)
        case ast.Constant(value=bool(value)):
            yield str(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield from map(str, (value + 1, value - 1, value + 0.5, -value, 0, 1, None))
            yield from (str(round(value, n)) for n in range(8) if isinstance(value, float))
        case ast.Attribute(value=ast.Name(id="math" | "np"), attr="e"):
            yield from E_DIGITS
        case ast.Attribute(value=a, attr=name):
            yield from (f"({text(a)}).{other}" for other in EXCHANGES.get(name, ()))
            if name in ("T", "shape"):
                yield text(a)
        case ast.Name(id=name):
            yield from (n for n in (names if name in names else EXCHANGES.get(name, ())) if n != name)
        case ast.IfExp(test=test, body=a, orelse=b):
            yield from (text(a), text(b), f"({text(b)}) if ({text(test)}) else ({text(a)})")
        case ast.Subscript(value=a, slice=index):
            yield text(a)
            if text(index) == "(:, None)":
                yield f"({text(a)})[None, :]"
        case ast.ListComp(elt=a, generators=[loop]):
            yield from (f"({text(node)[1:-1]})", f"{{{text(node)[1:-1]}}}", f"[{text(loop.iter)}]")
        case ast.Call(func=f, args=args, keywords=keywords):
            yield from map(text, args)
            yield from (
                f"{text(f)}({', '.join(map(text, (*args, *some)))})"
                for some in itertools.combinations(keywords, max(0, len(keywords) - 1))
                if keywords
            )
            if len(args) > 1:
                yield f"{text(f)}({', '.join(map(text, args[::-1] + keywords))})"
                yield f"{text(f)}({', '.join(map(text, args[:-1] + keywords))})"
            if isinstance(f, ast.Attribute) and text(f.value) not in ("np", "math", "np.random", "self"):
                yield text(f.value)
            if text(f) == "np.random.randn":
                yield from (form.format(", ".join(map(text, args))) for form in RANDOM)


def statements(node: ast.stmt, parameters: list[str]) -> Iterator[str]:
    """What might stand in the place of a statement: nothing, its parts, work on the caller's data."""
    yield "pass"
    match node:
        case ast.Return(value=ast.expr() as value):
            yield text(value)
            for name in parameters:
                yield f"return {name}"
                yield f"{name}[:] = {text(value)}\nreturn {name}"
                if isinstance(value, ast.BinOp) and text(value.left) == name:
                    yield f"{name} {SIGNS[type(value.op)]}= {text(value.right)}\nreturn {name}"
            for name in attributes(value):
                yield f"{name} = {text(value)}\nreturn {name}"
        case ast.Assign(targets=[target], value=value):
            for name in parameters:
                yield f"{name}[:] = {text(value)}\n{text(target)} = {name}"
                yield f"{name} -= {text(value)}\n{text(target)} = {name}"
            for name in attributes(value):
                yield f"{name} = {text(value)}\n{text(target)} = {name}"
            if isinstance(target, ast.Attribute):
                name = target.attr
                yield f"return {text(value)}"
                for stored in (name, f"self.{name}s", f"type(self).{name}"):
                    yield f"{stored} = {text(value)}"
                yield f"self.{name} += {text(value)}"
        case ast.AugAssign(target=target, op=op, value=value):
            yield f"{text(target)} = {text(value)}"
            for other in OPERATORS[SIGNS[type(op)]].split():
                yield f"{text(target)} {other}= {text(value)}"
        case ast.Expr():
            yield f"{text(node)}\n{text(node)}"
        case ast.If(test=test, body=body, orelse=orelse):
            otherwise = f"\nelse:\n{indented(orelse)}" if orelse else ""
            yield f"if not ({text(test)}):\n{indented(body)}{otherwise}"
            yield "\n".join(map(text, body))
            if orelse:
                yield "\n".join(map(text, orelse))
                yield f"if {text(test)}:\n{indented(body)}"
                yield f"if {text(test)}:\n{indented(body)}\n" + "\n".join(map(text, orelse))
        case ast.For(target=target, iter=values, body=body):
            yield f"for {text(target)} in {text(values)}:\n{indented(body)}\n    break"


def attributes(value: ast.expr) -> list[str]:
    """The attributes of objects from which an expression is computed: `self.weights`."""
    return [
        text(node)
        for node in ast.walk(value)
        if isinstance(node, ast.Attribute)
        and node.attr in ("weights", "biases", "output")
        and node is not value
    ]


def indented(body: list[ast.stmt]) -> str:
    return textwrap.indent("\n".join(map(text, body)), "    ")


def wrappings(owner: ast.AST, name: str) -> tuple[str, ...]:
    """What may be wrapped around an expression, from where it stands."""
    match owner, name:
        case (ast.Return(), "value") | (ast.Assign(targets=[ast.Attribute()]), "value"):
            return RESULTS
        case (ast.ListComp(), "elt") | (ast.Call(func=ast.Attribute(attr="append")), "args"):
            return ELEMENTS
        case (_, "iter"):
            return LOOPS
    return ()


def replacements(owner: ast.AST, name: str, node: ast.AST, names: list[str], parameters: list[str]):
    """The texts that might stand in the place of `node`, which is `name` of `owner`."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    ):
        return
    if isinstance(node, ast.stmt):
        yield from statements(node, parameters)
    elif isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        yield from expressions(node, names)
        yield from (form.format(text(node)) for form in wrappings(owner, name))


def places(owner: ast.AST, names=(), parameters=()) -> Iterator[tuple]:
    """Every place inside a tree: the container and key that hold it, and all texts that fit there."""
    if isinstance(owner, ast.FunctionDef):
        parameters = [a.arg for a in owner.args.args if a.arg != "self"]
        stored = [n.id for n in ast.walk(owner) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        names = list(dict.fromkeys(parameters + stored))
    for name, value in ast.iter_fields(owner):
        inside = enumerate(value) if isinstance(value, list) else [(name, value)]
        for key, node in inside:
            if isinstance(node, ast.AST):
                holder = value if isinstance(value, list) else vars(owner)
                yield holder, key, node, [*replacements(owner, name, node, names, parameters)]
                yield from places(node, names, parameters)
    body = getattr(owner, "body", [])
    for i, node in enumerate(body if isinstance(body, list) else []):
        if isinstance(node, ast.For):
            before, loop, after = map(text, (body[max(0, i - 1)], node, body[min(i + 1, len(body) - 1)]))
            head, _, rest = loop.partition("\n")
            if i > 0:
                yield body, slice(i - 1, i + 1), None, [f"{head}\n{textwrap.indent(before, '    ')}\n{rest}"]
            if i + 1 < len(body):
                yield body, slice(i, i + 2), None, [f"{loop}\n{textwrap.indent(after, '    ')}"]


def mutants(source: str) -> Iterator[str]:
    """The source, changed in one place, for every place and change."""
    tree = ast.parse(source)
    for holder, key, node, new_texts in list(places(tree)):
        old = holder[key]
        for new_text in new_texts:
            with contextlib.suppress(SyntaxError):
                new = ast.parse(new_text).body
                if isinstance(key, slice) or isinstance(node, ast.stmt):
                    at = key if isinstance(key, slice) else slice(key, key + 1)
                    kept = list(holder)
                    holder[at] = new
                    yield text(tree)
                    holder[:] = kept
                else:
                    holder[key] = new[0].value
                    yield text(tree)
                    holder[key] = old


def change(old: str, new: str) -> str:
    """The lines in which two sources differ, as one line."""
    lines, parts = (old.splitlines(), new.splitlines()), ([], [])
    for tag, a, b, c, d in difflib.SequenceMatcher(None, *lines, autojunk=False).get_opcodes():
        if tag != "equal":
            parts[0].extend(line.strip() for line in lines[0][a:b])
            parts[1].extend(line.strip() for line in lines[1][c:d])
    before, after = ("; ".join(part) or "nothing" for part in parts)
    return f"{before} -> {after}{', deeper or less deep' if before == after else ''}"


def reference_source(name: str) -> str:
    """The text of an exercise's reference, with the functions it calls."""
    code = EXERCISES[name]._reference
    called = inspect.getclosurevars(code).globals.values() if inspect.isfunction(code) else ()
    tree = ast.parse("\n".join(inspect.getsource(c) for c in (*called, code) if not inspect.ismodule(c)))
    for node in tree.body:
        node.decorator_list = []
    return text(tree)


def functions(source: str) -> frozenset[str]:
    """The texts of all functions of a source."""
    return frozenset(part.strip() for part in re.split(r"^(?= *(?:def|class) )", source, flags=re.MULTILINE))


@lru_cache
def mutants_of(name: str) -> dict[str, str]:
    """The mutants of an exercise: {text: what is changed}. A function spoilt in the same way counts once."""
    right = [reference_source(name), *(text(ast.parse(IDIOMS[name][s])) for s in SPELLINGS[name])]
    found, seen = {}, {frozenset()}
    kept = frozenset().union(*map(functions, right))
    for source in right:
        for mutant in mutants(source):
            spoilt = functions(mutant) - kept
            if spoilt not in seen:
                seen.add(spoilt)
                found[mutant] = change(source, mutant)
    return found


# Judging


def define(source: str) -> dict:
    """What a notebook holds after a cell of this text. Loops are counted, and stop after TURNS."""
    turns = itertools.count()

    def _turn():
        if next(turns) > TURNS:
            raise RuntimeError("a loop without end")

    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.For, ast.While)):
            node.body.insert(0, ast.parse("_turn()").body[0])
    names = {"__name__": "__main__", "np": np, "math": math, "_turn": _turn}
    with contextlib.suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(ast.fix_missing_locations(tree), "<answer>", "exec"), names)
    return names


plan = lru_cache(maxsize=None)(lambda name, seed: make_plan(EXERCISES[name], seed, SECONDS))


without_misconceptions = lru_cache(maxsize=None)(lambda name: replace(EXERCISES[name], misconceptions=[]))


def verdict_on(name: str, source: str, seeds: int, cards: bool = True) -> Verdict:
    """The first verdict with less than full points, else the last.

    Without `cards` no misconceptions are tried: the points are the same, and it is faster.
    """
    exercise = EXERCISES[name] if cards else without_misconceptions(name)
    for seed in range(seeds):
        np.random.seed(seed)
        verdict = judge(exercise, seed, run(plan(name, seed), define(source)))
        if verdict.points < verdict.max_points:
            break
    return verdict


def is_explained(verdict: Verdict) -> bool:
    """Whether the card names a cause, and not only that the numbers are not the expected ones."""
    finding = verdict.findings[0]
    general = describe_values(EXERCISES[verdict.exercise], None, None)[1]
    return bool(finding.why) and finding.why != general


# The oracle: the contract once more, with inputs, results and comparison of its own


def number_list(rng) -> list:
    kinds = (0, 0.0, -0.5, 1, -3, 250, 1e-6, -1e-6, -4e4)
    return [
        kinds[rng.integers(9)] if rng.random() < 0.5 else float(rng.uniform(-9, 9))
        for _ in range(rng.integers(0, 9))
    ]


def array(rng) -> np.ndarray:
    values = rng.uniform(-9, 9, rng.integers(1, 5, rng.integers(1, 5))) * 10.0 ** rng.integers(-4, 5)
    values[rng.random(values.shape) < 0.1] = 0
    return np.trunc(values).astype(int) if rng.random() < 0.2 else values


def batch(rng, spread=6.0) -> np.ndarray:
    return rng.uniform(-spread, spread, rng.integers(1, 7, 2))


def extreme_batch(rng) -> np.ndarray:
    values = batch(rng, 10.0 ** rng.integers(0, 5))
    return values + rng.choice([0, 0, 900, -900, 3e4, -3e4], (len(values), 1))


def probabilities(rng) -> np.ndarray:
    return rng.dirichlet(np.ones(rng.integers(2, 8)), rng.integers(1, 8))


def of_rows(function: Callable) -> Callable:
    return lambda values: np.array([function(row) for row in values.tolist()])


def softmax(values: np.ndarray) -> np.ndarray:
    return scipy.special.softmax(values, axis=-1)


def relu_list(values: list) -> list:
    return [value if value > 0 else 0 for value in values]


def relu(values: np.ndarray) -> np.ndarray:
    return np.array(relu_list(values.ravel().tolist())).reshape(values.shape)


DRAW_AND_RIGHT = {  # exercise: how to draw an argument, and the right result of it
    "relu_if": (number_list, relu_list),
    "relu_max": (number_list, relu_list),
    "relu_numpy": (array, relu),
    "activation_relu": (array, relu),
    "exponentiate": (
        lambda rng: rng.uniform(-9, 9, rng.integers(1, 9)).tolist(),
        lambda values: [math.exp(value) for value in values],
    ),
    "normalize": (
        lambda rng: np.exp(rng.integers(-5, 5, rng.integers(1, 9))).tolist(),
        lambda values: [value / math.fsum(values) for value in values],
    ),
    "softmax_vector": (lambda rng: rng.uniform(-9, 9, rng.integers(1, 9)), softmax),
    "row_sums": (batch, of_rows(lambda row: [math.fsum(row)])),
    "softmax_batch": (batch, softmax),
    "shift_rows": (extreme_batch, of_rows(lambda row: [value - max(row) for value in row])),
    "activation_softmax": (extreme_batch, softmax),
    "predictions": (probabilities, of_rows(lambda row: row.index(max(row)))),
    "confidences": (probabilities, of_rows(max)),
}


def same(got, right) -> bool:
    """Whether a result has the form and the numbers of the right one."""
    if not isinstance(got, type(right)):
        return False
    got, right = np.asarray(got), np.asarray(right)
    if got.shape != right.shape or got.dtype.kind not in "iuf":
        return False
    limit = 1e-10 * np.max(np.abs(right), initial=0)
    return bool(np.allclose(got.astype(float), right, rtol=1e-7, atol=limit))


def function_is_right(name: str, names: dict, rng) -> bool:
    draw, right = DRAW_AND_RIGHT[name]
    argument = draw(rng)
    before = copy.deepcopy(argument)
    got = names[name](argument)
    is_index = name != "predictions" or got.dtype.kind in "iu"
    return same(got, right(before)) and is_index and same(argument, before)


def activation_is_right(name: str, names: dict, rng) -> bool:
    draw, right = DRAW_AND_RIGHT[name]
    inputs = [draw(rng) for _ in range(3)]
    before = copy.deepcopy(inputs)
    first, second = (names[EXERCISES[name].object_name]() for _ in range(2))
    first.forward(inputs[0])
    second.forward(inputs[1])
    outputs = [first.output, second.output]
    first.forward(inputs[2])
    outputs.append(first.output)
    return all(map(same, outputs, map(right, before))) and all(map(same, inputs, before))


def layer_is_right(name: str, names: dict, rng) -> bool:
    n, n_inputs, n_neurons = map(int, rng.integers(2, 8, 3))
    shape = n_inputs, n_neurons
    layers = [names["Layer_Dense"](*shape) for _ in range(2)]
    names["Layer_Dense"](n_neurons, n_inputs + 1)
    weights = [layer.weights for layer in layers]
    random = all(
        w.shape == shape and np.isfinite(w).all() and np.ptp(w, 0).any() and np.ptp(w, 1).any()
        for w in weights
    )
    random = random and not np.array_equal(*weights)
    zeros = all(same(layer.biases, np.zeros((1, n_neurons))) for layer in layers)
    inputs = [rng.normal(size=(n, n_inputs)) for _ in layers]
    return random and zeros and forward_is_right(layers, inputs, rng)


def forward_is_right(layers: list, inputs: list, rng) -> bool:
    """Whether layers compute from the weights and biases that they have, and leave all else as it is."""
    for _ in range(2):
        before = [copy.deepcopy((x, layer.weights, layer.biases)) for x, layer in zip(inputs, layers)]
        for x, layer in zip(inputs, layers):
            layer.forward(x)
        after = [(x, layer.weights, layer.biases) for x, layer in zip(inputs, layers)]
        if not all(same(layer.output, x @ w + b) for layer, (x, w, b) in zip(layers, before)) or not all(
            map(same, sum(after, ()), sum(before, ()))
        ):
            return False
        for layer in layers:
            layer.weights = rng.normal(size=layer.weights.shape)
            layer.biases = rng.normal(size=layer.biases.shape)
    return True


def pass_is_right(name: str, names: dict, rng) -> bool:
    n, n_inputs, n_neurons, n_classes = map(int, rng.integers(1, 7, 4))
    make = names.get("Layer_Dense", Layer_Dense)
    dense1, dense2 = make(n_inputs, n_neurons), make(n_neurons, n_classes)
    scale = rng.choice([1, 60])
    for layer, shape in ((dense1, (n_inputs, n_neurons)), (dense2, (n_neurons, n_classes))):
        layer.weights, layer.biases = scale * rng.normal(size=shape), rng.normal(size=(1, shape[1]))
    held = [copy.deepcopy((layer.weights, layer.biases)) for layer in (dense1, dense2)]
    X = rng.normal(size=(n, n_inputs))
    before = X.copy()
    right = softmax(relu(X @ held[0][0] + held[0][1]) @ held[1][0] + held[1][1])
    got = names["forward_pass"](X, dense1, dense2)
    kept = all(map(same, (dense1.weights, dense1.biases, dense2.weights, dense2.biases), sum(held, ())))
    return same(got, right) and same(X, before) and kept


ORACLES = {
    "activation_relu": activation_is_right,
    "activation_softmax": activation_is_right,
    "layer_dense": layer_is_right,
    "forward_pass": pass_is_right,
}


def keeps_the_contract(name: str, names: dict, rounds: int = 15) -> bool:
    """What the oracle says of the answer in a notebook that has defined `names`."""
    rng, is_right = np.random.default_rng(12345), ORACLES.get(name, function_is_right)
    np.random.seed(12345)
    with warnings.catch_warnings(), contextlib.redirect_stdout(None):
        warnings.simplefilter("ignore")
        try:
            return all(is_right(name, names, rng) for _ in range(rounds))
        except Exception:
            return False


# The run


@dataclass
class Outcome:
    """What became of the mutants of one exercise; the lists hold what was changed."""

    exercise: str
    mutants: int = 0
    caught: int = 0
    explained: int = 0
    """Caught mutants whose card names a cause."""

    equal: list[str] = field(default_factory=list)
    survivors: list[str] = field(default_factory=list)
    """Full points, and no entry of EQUAL, or the oracle says that the contract is broken."""

    refused: list[str] = field(default_factory=list)
    """Points lost, though the oracle says that the contract is kept."""

    stale: list[str] = field(default_factory=list)
    """Entries of EQUAL that no survivor needs."""


def examine(name: str, seeds: int = 2, cards: bool = True) -> Outcome:
    """Judge all mutants of one exercise."""
    outcome, unused = Outcome(name), {entry for entry in EQUAL if name in entry.exercises.split()}
    known = tuple(unused)
    for source, changed in mutants_of(name).items():
        verdict, kept = verdict_on(name, source, seeds, cards), keeps_the_contract(name, define(source))
        outcome.mutants += 1
        if verdict.points < verdict.max_points:
            outcome.caught += 1
            outcome.explained += is_explained(verdict)
            outcome.refused += [changed] if kept else []
            continue
        reasons = {entry for entry in known if re.fullmatch(entry.change, changed)}
        unused -= reasons
        (outcome.equal if reasons and kept else outcome.survivors).append(changed)
    outcome.stale = [f"{entry.change}: {entry.why}" for entry in unused]
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("exercises", nargs="*", choices=[[], *EXERCISES], default=[], metavar="EXERCISE")
    parser.add_argument("--seeds", type=int, default=2, help="how often a survivor is judged (2)")
    asked = parser.parse_args()
    outcomes = []
    print(f"{'exercise':20}{'mutants':>8}{'caught':>8}{'a cause named':>15}{'equal':>8}{'survivors':>11}")
    for name in asked.exercises or EXERCISES:
        outcomes.append(outcome := examine(name, asked.seeds))
        print(row(name, [outcome]), flush=True)
    print(row("all", outcomes))
    for title, attribute in (
        ("Survivors", "survivors"),
        ("Right, and refused", "refused"),
        ("In EQUAL, and caught", "stale"),
    ):
        found = [(o.exercise, changed) for o in outcomes for changed in getattr(o, attribute)]
        if found:
            print(f"\n{title}")
            print(*(f"  {name}: {changed}" for name, changed in found), sep="\n")
    print("\nEqual, and why")
    for entry in EQUAL:
        count = sum(
            bool(re.fullmatch(entry.change, changed))
            for o in outcomes
            for changed in o.equal
            if o.exercise in entry.exercises.split()
        )
        if count:
            print(f"{count:5}  {entry.why} [{entry.exercises}]")
    return int(any(o.survivors or o.refused or o.stale for o in outcomes))


def row(title: str, outcomes: list[Outcome]) -> str:
    mutants, caught, explained = (
        sum(getattr(o, a) for o in outcomes) for a in ("mutants", "caught", "explained")
    )
    equal, survivors = (sum(len(getattr(o, a)) for o in outcomes) for a in ("equal", "survivors"))
    return f"{title:20}{mutants:8}{caught:8}{explained / max(1, caught):15.0%}{equal:8}{survivors:11}"


if __name__ == "__main__":
    sys.exit(main())
