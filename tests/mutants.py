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
import sys
import textwrap
import types
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import scipy.special

from grader.exercises import EXERCISES
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
    "layer_dense": ("product: np.dot", "product: transposed twice", "weights: a list made an array",
                    "three loops"),
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

# Mutants that keep full points, and why they should: {exercise: {what is changed: reason}}
EQUAL: dict[str, dict[str, str]] = {}

# Rewriting

OPERATORS = {"+": "- * /", "-": "+ * /", "*": "+ / ** @", "/": "* - //", "//": "/", "**": "* +", "@": "* +"}
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
NAMES = ("max min sum mean", "maximum minimum fmax add", "exp exp2 expm1 log", "argmax argmin argsort max",
         "zeros ones", "zeros_like ones_like", "append insert extend remove", "dot outer multiply", "randn rand",
         "abs float", "len sum", "copy view", "clip round")
EXCHANGES = {name: [n for group in map(str.split, NAMES) if name in group for n in group if n != name]
             for name in " ".join(NAMES).split()}
SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Pow: "**",
         ast.MatMult: "@"}
E_DIGITS = ("2", "2.7", "2.71", "2.718", "2.71828", "2.7182818", "10")
RESULTS = ("-({})", "({}) + 1", "2 * ({})", "abs({})", "round({}, 3)", "int({})", "({}).astype(int)",
           "({}).tolist()", "list({})", "tuple({})", "np.array({})", "np.round({}, 3)", "sorted({})", "({}).T",
           "({})[0]", "({})[::-1]", "[{}]", "str({})", "print({})", "({} for _ in [0])")
LOOPS = ("list({})[1:]", "list({})[:-1]", "list({})[::-1]", "sorted({})", "set({})", "range(len({}))")
RANDOM = ("np.zeros(({}))", "np.ones(({}))", "np.random.randn(({}))", "np.random.default_rng(0).normal(size=({}))")


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
            yield from (f"{text(f)}({', '.join(map(text, (*args, *some)))})"
                        for some in itertools.combinations(keywords, max(0, len(keywords) - 1)) if keywords)
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
        case ast.Assign(targets=[target], value=value):
            for name in parameters:
                yield f"{name}[:] = {text(value)}\n{text(target)} = {name}"
                yield f"{name} -= {text(value)}\n{text(target)} = {name}"
            if isinstance(target, ast.Attribute):
                name = target.attr
                yield from (f"return {text(value)}", f"{name} = {text(value)}", f"self.{name}s = {text(value)}",
                            f"type(self).{name} = {text(value)}", f"self.{name} += {text(value)}")
        case ast.AugAssign(target=target, op=op, value=value):
            yield f"{text(target)} = {text(value)}"
            yield from (f"{text(target)} {other}= {text(value)}" for other in OPERATORS[SIGNS[type(op)]].split())
        case ast.Expr():
            yield f"{text(node)}\n{text(node)}"
        case ast.If(test=test, body=body, orelse=orelse):
            yield f"if not ({text(test)}):\n{indented(body)}" + (f"\nelse:\n{indented(orelse)}" if orelse else "")
            yield "\n".join(map(text, body))
            if orelse:
                yield "\n".join(map(text, orelse))
                yield f"if {text(test)}:\n{indented(body)}"
                yield f"if {text(test)}:\n{indented(body)}\n" + "\n".join(map(text, orelse))
        case ast.For(target=target, iter=values, body=body):
            yield f"for {text(target)} in {text(values)}:\n{indented(body)}\n    break"


def indented(body: list[ast.stmt]) -> str:
    return textwrap.indent("\n".join(map(text, body)), "    ")


def results(owner: ast.AST, name: str) -> tuple[str, ...]:
    """What may be wrapped around an expression, from where it stands."""
    if (type(owner), name) in ((ast.Return, "value"), (ast.Assign, "value"), (ast.ListComp, "elt")):
        return RESULTS
    return LOOPS if name == "iter" else ()


def replacements(owner: ast.AST, name: str, node: ast.AST, names: list[str], parameters: list[str]):
    """The texts that might stand in the place of `node`, which is `name` of `owner`."""
    if isinstance(node, ast.stmt) and not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        yield from statements(node, parameters)
    elif isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        yield from expressions(node, names)
        yield from (form.format(text(node)) for form in results(owner, name))


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
    pairs = [line.strip() for line in old.splitlines()], [line.strip() for line in new.splitlines()]
    parts = [[], []]
    for tag, a, b, c, d in difflib.SequenceMatcher(None, *pairs, autojunk=False).get_opcodes():
        if tag != "equal":
            parts[0] += pairs[0][a:b]
            parts[1] += pairs[1][c:d]
    return " -> ".join("; ".join(lines) or "nothing" for lines in parts)


def reference_source(name: str) -> str:
    """The text of an exercise's reference, with the functions it calls."""
    code = EXERCISES[name]._reference
    called = inspect.getclosurevars(code).globals.values() if inspect.isfunction(code) else ()
    tree = ast.parse("\n".join(inspect.getsource(c) for c in (*called, code) if not inspect.ismodule(c)))
    for node in tree.body:
        node.decorator_list = []
    return text(tree)


@lru_cache
def mutants_of(name: str) -> dict[str, str]:
    """All mutants of an exercise, each text once: {text: what is changed}."""
    right = [reference_source(name), *(text(ast.parse(IDIOMS[name][s])) for s in SPELLINGS[name])]
    found = {}
    for source in right:
        for mutant in mutants(source):
            found.setdefault(mutant, change(source, mutant))
    return {mutant: label for mutant, label in found.items() if mutant not in right}


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
    with contextlib.suppress(Exception):
        exec(compile(ast.fix_missing_locations(tree), "<answer>", "exec"), names)
    return names


plan = lru_cache(maxsize=None)(lambda name, seed: make_plan(EXERCISES[name], seed, SECONDS))


def verdict_on(name: str, source: str, seeds: int) -> Verdict:
    """The first verdict with less than full points, else the last."""
    for seed in range(seeds):
        np.random.seed(seed)
        verdict = judge(EXERCISES[name], seed, run(plan(name, seed), define(source)))
        if verdict.points < verdict.max_points:
            break
    return verdict


def is_explained(verdict: Verdict) -> bool:
    """Whether the card names a cause, and not only that the numbers are not the expected ones."""
    finding = verdict.findings[0]
    general = describe_values(EXERCISES[verdict.exercise], None, None)[1]
    return bool(finding.why) and finding.why != general
