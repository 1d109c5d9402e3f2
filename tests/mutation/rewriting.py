"""Changes a source in one place, for every place and every change that people might make."""

from __future__ import annotations

import ast
import contextlib
import difflib
import itertools
import textwrap
from collections.abc import Iterator

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
