"""Edits within a line: names, calls, arguments, operators, constants, parentheses."""

from __future__ import annotations

import ast
import builtins
import difflib
import itertools

from .answer import Answer
from .edits import edit

REDUCERS = ("max", "min", "sum", "mean", "argmax", "argmin", "amax", "amin", "prod", "any", "cumsum", "median")
NUMPY_FUNCTIONS = ("max", "maximum", "sum", "argmax", "exp", "dot", "min", "minimum", "mean", "zeros", "array")
METHODS = ("max", "sum", "argmax", "min", "mean", "copy", "append", "extend", "dot")
BUILT_IN = ("max", "sum", "len", "min", "abs")
SIGNS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.MatMult: "@", ast.BitXor: "^", ast.BitAnd: "&", ast.BitOr: "|",
    ast.LShift: "<<", ast.RShift: ">>",
}  # fmt: skip
COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
TIGHT = (ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.Constant, ast.List, ast.ListComp, ast.Tuple)


def tight(answer: Answer, node) -> str:
    """The text of a node as it can stand anywhere."""
    text = answer.of(node)
    return text if isinstance(node, TIGHT) and not isinstance(node, ast.Tuple) else f"({text})"


def near(a: str, b: str) -> bool:
    """Whether two names are so alike that one may be a slip for the other."""
    a, b = a.lower().replace("_", ""), b.lower().replace("_", "")
    return a == b or difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.75


def names_read(answer: Answer) -> list[ast.Name]:
    """Names that are read as values: no module before a dot."""
    return [
        node
        for node in answer.all_of(ast.Name)
        if isinstance(node.ctx, ast.Load) and node.id not in answer.modules
    ]


def other_names(answer: Answer, node) -> list[str]:
    return [name for name in answer.locals(node) if name != node.id]


def everywhere(answer: Answer, name: ast.Name) -> list[ast.Name]:
    """The same name wherever it is read in the same function."""
    function = answer.function(name)
    return [n for n in names_read(answer) if n.id == name.id and answer.function(n) is function]


# Names


@edit(
    "misspelt name",
    cost=1,
    says="`{old}` is not how the name is spelt where it gets its value.",
    asks="Where does that value come from, and how is its name spelt there?",
)
def misspelt_name(answer):
    known = {"true": "True", "false": "False", "none": "None", "TRUE": "True", "FALSE": "False"}
    for node in names_read(answer):
        if answer.is_local(node) or answer.is_ours(node):
            continue
        same = everywhere(answer, node)
        for name in [known.get(node.id, ""), *other_names(answer, node), *answer.classes, *builtin_names(node)]:
            if name and (near(name, node.id) or node.id in known):
                yield answer.put_all([(n, name) for n in same], node.id)
                if len(same) > 1:
                    yield answer.put(node, name)


def builtin_names(node) -> list[str]:
    wanted = ("append", "range", "len", "max", "sum", "min", "list", "enumerate", "zip", "float")
    return [n for n in wanted if n != node.id]


@edit(
    "built-in name",
    cost=1,
    says="`{old}` is a function that Python brings along, and no value of yours.",
    asks="Which name of your own function should stand in its place?",
)
def built_in_name(answer):
    for node in names_read(answer):
        if hasattr(builtins, node.id) and not answer.is_local(node):
            same = everywhere(answer, node)
            for name in other_names(answer, node):
                yield answer.put_all([(n, name) for n in same], node.id, 0 if near(name, node.id) else 1)
                if len(same) > 1:
                    yield answer.put(node, name, extra=1)


@edit(
    "name from elsewhere",
    cost=1,
    says="`{old}` is not made here: no line of this function gives it a value, and it is no parameter.",
    asks="Which value is needed there, and what is it called inside this function?",
)
def name_from_elsewhere(answer):
    for node in names_read(answer):
        if answer.is_local(node) or answer.is_ours(node):
            continue
        same = everywhere(answer, node)
        for name in other_names(answer, node):
            yield answer.put_all([(n, name) for n in same], node.id)
            if len(same) > 1:
                yield answer.put(node, name, extra=1)


@edit(
    "value that is not made",
    cost=3,
    says="`{old}` is not made here: no line of this function gives it a value, and it is no parameter.",
    asks="From what can the function work out that value itself?",
)
def value_not_made(answer):
    for node in names_read(answer):
        if answer.is_local(node) or answer.is_ours(node):
            continue
        for name, function in itertools.product(other_names(answer, node), ("sum", "len")):
            yield answer.put(node, f"{function}({name})")


@edit(
    "other name",
    cost=2,
    says="`{old}` is not the value that is needed there.",
    asks="What does `{old}` hold at that moment, and what is needed?",
)
def other_name(answer):
    for node in names_read(answer):
        if node.id == "self":
            continue
        for name in other_names(answer, node):
            yield answer.put(node, name)


@edit(
    "result under another name",
    cost=2,
    says="The value is given to `{old}`, and what is read afterwards is another name.",
    asks="Which name does the rest of the function read?",
)
def stored_elsewhere(answer):
    for node in answer.all_of(ast.Name):
        if isinstance(node.ctx, ast.Store):
            for name in other_names(answer, node):
                yield answer.put(node, name)


@edit(
    "parameter under another name",
    cost=1,
    says="The parameter is called `{old}`, and the lines below it read another name.",
    asks="Under which name does your function read what it was given?",
)
def parameter_renamed(answer):
    unknown = [n for n in names_read(answer) if not answer.is_local(n) and not answer.is_ours(n)]
    for name, arg in itertools.product(dict.fromkeys(n.id for n in unknown), answer.all_of(ast.arg)):
        if arg.arg != "self":
            yield answer.put(arg, name)


# self


@edit(
    "self is missing",
    cost=1,
    says="`{old}` alone is a name that lives only while the method runs. What the object keeps is reached "
    "through `self`.",
    asks="Is `{old}` a variable of this method, or something that the object keeps?",
)
def self_missing(answer):
    def on_self(names):
        return [(n, f"self.{n.id}") for n in names]

    for node in answer.all_of(ast.Name):
        if node.id not in answer.own_attributes or not answer.in_class(node):
            continue
        yield answer.put_all(on_self([node]), node.id)
        every = [n for n in answer.all_of(ast.Name) if n.id == node.id]
        yield answer.put_all(on_self(every), node.id)
    loose = [
        n
        for n in names_read(answer)
        if n.id in answer.own_attributes and answer.in_class(n) and not answer.is_local(n)
    ]
    if len({n.id for n in loose}) > 1:
        yield answer.put_all(on_self(loose), "` and `".join(dict.fromkeys(n.id for n in loose)))


@edit(
    "self is too much",
    cost=1,
    says="The object has no `{old}`: that name is a variable of the function, or its parameter.",
    asks="Where does that value come from: from the object, or from this call?",
)
def self_too_much(answer):
    for node in answer.all_of(ast.Attribute):
        if isinstance(node.value, ast.Name) and node.value.id == "self":
            same = [n for n in answer.all_of(ast.Attribute) if answer.of(n) == answer.of(node)]
            if node.attr in answer.locals(node) or not answer.in_class(node) or isinstance(
                answer.parents[node], ast.Call
            ):
                yield answer.put(node, node.attr, node.attr)
                yield answer.put_all([(n, n.attr) for n in same], node.attr)


@edit(
    "no room for self",
    cost=1,
    says="Python hands every method its object as the first argument, and there is no parameter for it.",
    asks="How many things does this method get when it is called, the object included?",
)
def self_parameter(answer):
    for node in answer.all_of(ast.FunctionDef):
        first = answer.parameters[node][:1]
        if answer.in_class(node) and first != ["self"]:
            where = answer.text.index("(", answer.start(node)) + 1
            yield answer.put_lines(1, 0, []).__class__(
                ((where, where, "self, " if first else "self"),), node.name
            )


@edit(
    "self outside a class",
    cost=1,
    says="This is a function and no method: there is no object that Python would hand over as `self`.",
    asks="Which of its parameters does a caller of this function give?",
)
def self_parameter_too_much(answer):
    for node in answer.all_of(ast.arg):
        function = answer.parents[answer.parents[node]]
        if node.arg == "self" and not answer.in_class(function):
            end = answer.end(node)
            rest = answer.text[end : end + 2]
            stop = end + (2 if rest == ", " else 1 if rest[:1] == "," else 0)
            yield answer.put_all([]).__class__(((answer.start(node), stop, ""),), "self")


@edit(
    "name after the dot",
    cost=1,
    says="`{old}` is not what stands under that object: what is needed there has another name.",
    asks="What does the object keep or offer, and how is it spelt in the lesson?",
)
def attribute_name(answer):
    for node in answer.all_of(ast.Attribute):
        if isinstance(node.value, ast.Name) and node.value.id in answer.modules:
            continue
        names = [*answer.own_attributes, *(METHODS if isinstance(answer.parents[node], ast.Call) else ("T", "shape"))]
        same = [n for n in answer.all_of(ast.Attribute) if n.attr == node.attr]
        for name in dict.fromkeys(names):
            if name != node.attr:
                text = [(n, f"{answer.of(n.value)}.{name}") for n in same]
                likely = 0 if near(name, node.attr) else 1
                yield answer.put_all(text[same.index(node) : same.index(node) + 1], node.attr, likely)
                if len(same) > 1:
                    yield answer.put_all(text, node.attr, likely)


@edit(
    "name of the method",
    cost=1,
    says="The method is called `{old}`; whoever uses the class looks for another name.",
    asks="By which name does the exercise call this method? Count the underscores, too.",
)
def method_name(answer):
    for node in answer.all_of(ast.FunctionDef):
        if answer.in_class(node):
            for name in ("__init__", "forward"):
                where = answer.text.index(node.name, answer.start(node))
                if node.name != name:
                    yield answer.put_all([]).__class__(
                        ((where, where + len(node.name), name),), node.name, 0 if near(name, node.name) else 1
                    )


# Calls


@edit(
    "brackets of a call are missing",
    cost=1,
    says="`{old}` without parentheses is the function itself; it is not called there.",
    asks="What turns the name of a function into its result?",
)
def brackets_missing(answer):
    for node in answer.loads():
        parent = answer.parents.get(node)
        if isinstance(parent, ast.Call) and parent.func is node:
            continue
        if isinstance(node, ast.Attribute) and node.attr in (*METHODS, *REDUCERS, "flatten", "tolist"):
            yield answer.put(node, f"{answer.of(node)}()")
            if node.attr in REDUCERS:
                yield answer.put(node, f"{answer.of(node)}(axis=1, keepdims=True)", extra=1)
        elif isinstance(node, ast.Name) and node.id in answer.classes and isinstance(node.ctx, ast.Load):
            yield answer.put(node, f"{node.id}()")
        elif isinstance(node, ast.Attribute) and node.attr == "forward":
            for name in answer.locals(node):
                yield answer.put(node, f"{answer.of(node)}({name})")


@edit(
    "square brackets for a call",
    cost=1,
    says="Square brackets take a part out of a list or an array; `{old}` is a function, and is called with "
    "round ones.",
    asks="Is `{old}` a list, or a function?",
)
def square_for_round(answer):
    for node in answer.all_of(ast.Subscript):
        if isinstance(node.value, (ast.Name, ast.Attribute)):
            yield answer.put(node, f"{answer.of(node.value)}({answer.of(node.slice).strip('()')})", answer.of(node.value))


@edit(
    "round brackets for a part",
    cost=1,
    says="Round brackets call a function; `{old}` is a list or an array, whose parts are taken with square "
    "ones.",
    asks="Is `{old}` a function, or a list?",
)
def round_for_square(answer):
    for node in answer.all_of(ast.Call):
        if isinstance(node.func, (ast.Name, ast.Attribute)) and node.args and not node.keywords:
            inner = ", ".join(answer.of(a) for a in node.args)
            yield answer.put(node, f"{answer.of(node.func)}[{inner}]", answer.of(node.func))


@edit(
    "call too many",
    cost=1,
    says="`{old}` is called there, and it is a value and no function.",
    asks="What does `{old}` hold: a function, or a value?",
)
def call_too_many(answer):
    for node in answer.all_of(ast.Call):
        if isinstance(node.func, (ast.Name, ast.Attribute)) and not node.keywords:
            if not node.args or answer.of(node.func).startswith("self."):
                yield answer.put(node, answer.of(node.func), answer.of(node.func))


def call_text(answer, call, args=None, keywords=None, func=None) -> str:
    """A call, written again with other arguments or keywords."""
    args = [answer.of(a) for a in call.args] if args is None else args
    keywords = [answer.of(k) for k in call.keywords] if keywords is None else keywords
    return f"{func or answer.of(call.func)}({', '.join([*args, *keywords])})"


@edit(
    "argument is missing",
    cost=2,
    says="`{old}` needs one more thing to work with than it is given.",
    asks="Which values does `{old}` work with, and which of them does it not get yet?",
)
def argument_missing(answer):
    for node in answer.all_of(ast.Call):
        if len(node.args) > 1:
            continue
        args, old = [answer.of(a) for a in node.args], answer.of(node.func)
        for name in [*answer.locals(node), "0"]:
            yield answer.put(node, call_text(answer, node, [*args, name]), old)
            if args:
                yield answer.put(node, call_text(answer, node, [name, *args]), old)
        for value in ("self.weights", "self.biases"):
            if args and answer.in_class(node):
                yield answer.put(node, call_text(answer, node, [*args, value]), old, 1)


@edit(
    "argument too many",
    cost=2,
    says="`{old}` is given more than it needs.",
    asks="What does `{old}` do with each of its arguments?",
)
def argument_too_many(answer):
    for node in answer.all_of(ast.Call):
        if len(node.args) > 1 or (node.args and isinstance(node.func, ast.Attribute)):
            for i in range(len(node.args)):
                args = [answer.of(a) for j, a in enumerate(node.args) if j != i]
                yield answer.put(node, call_text(answer, node, args), answer.of(node.func))


@edit(
    "arguments in another order",
    cost=2,
    says="The arguments of `{old}` stand in the wrong order.",
    asks="What does `{old}` expect first, and what second?",
)
def arguments_swapped(answer):
    for node in answer.all_of(ast.Call):
        args = [answer.of(a) for a in node.args]
        if len(args) == 2:
            yield answer.put(node, call_text(answer, node, args[::-1]), answer.of(node.func))
        for i, j in itertools.combinations(range(len(args)), 2) if len(args) == 3 else ():
            other = list(args)
            other[i], other[j] = args[j], args[i]
            yield answer.put(node, call_text(answer, node, other), answer.of(node.func))
    for node in answer.all_of(ast.FunctionDef):
        own = [a for a in node.args.args if a.arg != "self"]
        for first, second in itertools.pairwise(own):
            yield answer.put_all([(first, second.arg), (second, first.arg)], node.name)


@edit(
    "shape in one pair of parentheses",
    cost=1,
    says="`{old}` takes the shape as one thing: its numbers belong together in parentheses of their own.",
    asks="How many arguments does `{old}` get there, and how many does it want?",
)
def tuple_missing(answer):
    for node in answer.all_of(ast.Call):
        if len(node.args) >= 2:
            inner = ", ".join(answer.of(a) for a in node.args)
            yield answer.put(node, call_text(answer, node, [f"({inner})"]), answer.of(node.func))


@edit(
    "shape without parentheses of its own",
    cost=1,
    says="`{old}` takes its numbers one by one, not as one thing in parentheses.",
    asks="How many arguments does `{old}` get there, and how many does it want?",
)
def tuple_too_much(answer):
    for node in answer.all_of(ast.Call):
        if len(node.args) == 1 and isinstance(node.args[0], (ast.Tuple, ast.List)):
            args = [answer.of(a) for a in node.args[0].elts]
            yield answer.put(node, call_text(answer, node, args), answer.of(node.func))


# Keywords


@edit(
    "keyword of another name",
    cost=1,
    says="`{old}` does not know one of the keywords that it is given by that name.",
    asks="How are the keywords of `{old}` spelt in the lesson?",
)
def keyword_name(answer):
    renames = {}
    for node in answer.all_of(ast.Call):
        new = [keyword_as_taught(k) for k in node.keywords]
        if new != [k.arg for k in node.keywords]:
            texts = [f"{n}={answer.of(k.value)}" for n, k in zip(new, node.keywords)]
            renames[node] = call_text(answer, node, keywords=texts)
            yield answer.put(node, renames[node], answer.of(node.func))
    flat = [(k, f"{keyword_as_taught(k)}={answer.of(k.value)}") for c in renames for k in c.keywords]
    if len(renames) > 1:
        yield answer.put_all(flat, answer.of(next(iter(renames)).func))


def keyword_as_taught(keyword) -> str:
    name = keyword.arg or "**"
    known = {"dim": "axis", "keepdim": "keepdims", "dims": "axis", "ax": "axis", "keep_dims": "keepdims"}
    if name in known:
        return known[name]
    close = [k for k in ("axis", "keepdims", "dtype", "size") if near(k, name)]
    return close[0] if close else name


AXIS_QUESTION = "Which numbers belong together there: those of a row, of a column, or all of them?"


def reducing_calls(answer) -> list[ast.Call]:
    return [
        c
        for c in answer.all_of(ast.Call)
        if answer.call_name(c) in REDUCERS and isinstance(c.func, ast.Attribute) and len(c.args) <= 2
    ]


def with_keywords(answer, call, **wanted) -> str:
    """The call with these keywords and its others; an axis given by place makes way."""
    kept = {k.arg: answer.of(k.value) for k in call.keywords if k.arg}
    room = 1 if answer.is_module(call.func.value, "numpy") else 0
    args = [answer.of(a) for a in call.args[:room]]
    if "axis" not in wanted and len(call.args) > room:
        args.append(answer.of(call.args[room]))
    return call_text(answer, call, args, [f"{k}={v}" for k, v in (kept | wanted).items()])


def has_keyword(call, name) -> bool:
    return any(k.arg == name for k in call.keywords)


@edit(
    "axis",
    cost=1,
    says="`{old}` works along the wrong axis there, or along none: axis=0 takes the numbers of a column "
    "together, axis=1 those of a row, and without an axis all numbers are taken together.",
    asks=AXIS_QUESTION,
)
def axis(answer):
    calls = reducing_calls(answer)
    for value in ("1", "0", "-1"):
        changed = [(c, with_keywords(answer, c, axis=value)) for c in calls]
        for call, text in changed:
            yield answer.put(call, text, answer.of(call.func), 0 if value == "1" else 1)
        if len(changed) > 1:
            yield answer.put_all(changed, answer.of(calls[0].func), 0 if value == "1" else 1)


@edit(
    "axis and keepdims",
    cost=2,
    says="`{old}` takes all numbers of the batch together, or those of a column; each row needs a result of "
    "its own, kept as a column beside the rows.",
    asks=AXIS_QUESTION,
)
def axis_and_keepdims(answer):
    calls = reducing_calls(answer)
    changed = [(c, with_keywords(answer, c, axis="1", keepdims="True")) for c in calls]
    for call, text in changed:
        yield answer.put(call, text, answer.of(call.func))
    if len(changed) > 1:
        yield answer.put_all(changed, answer.of(calls[0].func))


@edit(
    "keepdims",
    cost=1,
    says="Without keepdims=True the result of `{old}` is a flat row of numbers, which NumPy does not lay "
    "beside the rows it came from.",
    asks="Which shape does that result have, and which one would line up with the rows?",
)
def keepdims(answer):
    calls = [c for c in reducing_calls(answer) if not has_keyword(c, "keepdims")]
    changed = [(c, with_keywords(answer, c, keepdims="True")) for c in calls]
    for call, text in changed:
        yield answer.put(call, text, answer.of(call.func))
    if len(changed) > 1:
        yield answer.put_all(changed, answer.of(calls[0].func))


@edit(
    "keyword of another value",
    cost=1,
    says="`{old}` gets a keyword with a value that does not do what is needed.",
    asks="What does each keyword of `{old}` say there?",
)
def keyword_value(answer):
    for node in answer.all_of(ast.Call):
        for k in node.keywords:
            values = {"keepdims": ("True",), "axis": ("1", "-1", "0")}.get(k.arg or "", ())
            for value in values:
                if answer.of(k.value) != value:
                    yield answer.put(k, f"{k.arg}={value}", answer.of(node.func))


@edit(
    "keyword too many",
    cost=1,
    says="`{old}` is given a keyword that does not belong there.",
    asks="What does each keyword of `{old}` change?",
)
def keyword_too_many(answer):
    for node in answer.all_of(ast.Call):
        for k in node.keywords:
            kept = [answer.of(other) for other in node.keywords if other is not k]
            yield answer.put(node, call_text(answer, node, keywords=kept), answer.of(node.func))


@edit(
    "keyword in the wrong parentheses",
    cost=1,
    says="A keyword stands between the parentheses of `{old}`; it is meant for another function of that line.",
    asks="For which function is each keyword meant, and where do the parentheses of that one close?",
)
def keyword_moved(answer):
    for outer in answer.all_of(ast.Call):
        inside = [n for a in outer.args for n in ast.walk(a) if isinstance(n, ast.Call)]
        for inner in inside:
            names = {k.arg for k in outer.keywords} - {k.arg for k in inner.keywords}
            if names:
                at = answer.end(inner) - 1
                moved = "".join(f", {answer.of(k)}" for k in outer.keywords if k.arg in names)
                gone = keywords_gone(answer, outer, names)
                yield answer.put_all([]).__class__(((at, at, moved), *gone), answer.of(outer.func))
            for k in inner.keywords if inside.index(inner) == 0 else ():
                at = answer.end(outer) - 1
                gone = keywords_gone(answer, inner, {k.arg})
                yield answer.put_all([]).__class__(((at, at, f", {answer.of(k)}"), *gone), answer.of(inner.func))


def keywords_gone(answer, call, names) -> list:
    """Splices that take keywords out of a call, the comma before each with them."""
    found = []
    for k in call.keywords:
        if k.arg in names:
            start = answer.text.rindex(",", 0, answer.start(k)) if call.args else answer.start(k)
            found.append((start, answer.end(k), ""))
    return found


@edit(
    "numbers without fractions",
    cost=2,
    says="`{old}` makes an array for whole numbers there, and whatever is put into it loses its fraction.",
    asks="What kind of numbers does the new array hold, when a batch of whole numbers comes in?",
)
def dtype_float(answer):
    for node in answer.all_of(ast.Call):
        if answer.call_name(node) in ("zeros_like", "empty_like", "array", "full_like", "ones_like"):
            kept = [answer.of(k) for k in node.keywords if k.arg != "dtype"]
            yield answer.put(node, call_text(answer, node, keywords=[*kept, "dtype=float"]), answer.of(node.func))


# One function for another


@edit(
    "another function",
    cost=2,
    says="`{old}` does something else than what is needed there.",
    asks="What does `{old}` do with the numbers it gets, and what should happen to them?",
)
def another_function(answer):
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
    "misspelt function of a module",
    cost=1,
    says="`{old}` is not how that function is spelt.",
    asks="How is it spelt in the lesson?",
)
def module_function_misspelt(answer):
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
def module_missing(answer):
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
def digits_of_e(answer):
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
def exponential_missing(answer):
    np, math = answer.alias("numpy"), answer.alias("math")
    for node in answer.loads():
        if isinstance(node, (ast.Name, ast.BinOp, ast.Subscript)) and not is_call_target(answer, node):
            if isinstance(node, ast.Name) and not answer.is_local(node):
                continue
            for function in [f"{np}.exp"] * bool(np) + [f"{math}.exp"] * bool(math):
                yield answer.put(node, f"{function}({answer.of(node)})")


def is_call_target(answer, node) -> bool:
    parent = answer.parents.get(node)
    return isinstance(parent, (ast.Attribute, ast.Call)) and answer.fields[node] in ("value", "func")


# Operators


@edit(
    "operator",
    cost=2,
    says="`{old}` is not the operation that is needed there.",
    asks="What should happen to these two values?",
)
def operator(answer):
    for node in answer.all_of(ast.BinOp):
        old = SIGNS[type(node.op)]
        place = answer.text.find(old, answer.end(node.left), answer.start(node.right))
        if place >= 0:
            for new in ("+", "-", "*", "/", "**", "@"):
                if new != old:
                    likely = 0 if {old, new} in ({"^", "**"}, {"*", "@"}, {"*", "**"}, {"//", "/"}) else 1
                    yield change_at(place, place + len(old), new, old, likely - 1)
    for node in answer.all_of(ast.AugAssign):
        old = SIGNS[type(node.op)] + "="
        place = answer.text.find(old, answer.end(node.target))
        for new in ("+=", "-=", "*=", "/="):
            if new != old and place >= 0:
                yield change_at(place, place + len(old), new, old)


def change_at(start, end, new, old="", extra=0):
    from .answer import Change

    return Change(((start, end, new),), old, extra)


@edit(
    "product of matrices",
    cost=2,
    says="`*` multiplies number by number; the sums of products that a layer needs are a matrix product.",
    asks="Which shape should the product have, and which operation gives it?",
)
def dot_for_times(answer):
    for node in answer.all_of(ast.Call):
        if answer.call_name(node) in ("multiply", "outer", "inner", "vdot", "cross", "prod") and len(node.args) == 2:
            np = answer.alias("numpy")
            yield answer.put(node.func, f"{np}.dot")


@edit(
    "comparison",
    cost=1,
    says="`{old}` compares in another way than is needed there.",
    asks="For which numbers is this comparison true? Try a negative one, 0, and a positive one.",
)
def comparison(answer):
    for node in answer.all_of(ast.Compare):
        left = node.left
        for op, right in zip(node.ops, node.comparators):
            old = COMPARISONS.get(type(op))
            place = answer.text.find(old, answer.end(left), answer.start(right)) if old else -1
            for new in COMPARISONS.values() if place >= 0 else ():
                if new != old:
                    yield change_at(place, place + len(old), new, old)
            left = right


@edit(
    "condition the wrong way round",
    cost=1,
    says="The condition is true where it should be false.",
    asks="For which numbers is this condition true, and what should happen to those?",
)
def condition_negated(answer):
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
def branches_of_a_value(answer):
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
    says="There is a minus sign too many there, or one too few.",
    asks="Which sign does the value have at that point, and which one should it have?",
)
def sign(answer):
    for node in answer.loads():
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Invert, ast.UAdd)):
            yield answer.put(node, answer.of(node.operand))
        elif isinstance(node, (ast.Name, ast.Constant)) and isinstance(
            answer.parents.get(node), (ast.Call, ast.Compare, ast.BinOp, ast.Return)
        ):
            number = isinstance(node, ast.Name) or type(node.value) in (int, float)
            if number and answer.fields[node] != "func" and answer.of(node) not in ("0", "0.0"):
                yield answer.put(node, f"-{answer.of(node)}", extra=1)


@edit(
    "constant",
    cost=1,
    says="`{old}` is not the value that is needed there.",
    asks="What does `{old}` do in that line?",
)
def constant(answer):
    for node in answer.all_of(ast.Constant):
        if isinstance(node.value, bool):
            yield answer.put(node, str(not node.value))
        elif isinstance(node.value, (int, float)):
            near_by = {node.value + 1, node.value - 1} if isinstance(node.value, int) else set()
            for value in sorted({0, 1, -1, 2} | near_by):
                if value != node.value:
                    yield answer.put(node, str(value))
            for name in answer.locals(node):
                yield answer.put(node, name, extra=1)
                if isinstance(answer.parents.get(node), ast.Call):
                    yield answer.put(node, f"len({name})", extra=1)
        elif isinstance(node.value, str):
            text = node.value.strip()
            if text and (text.isidentifier() or text.lstrip("-").replace(".", "").isdigit()):
                yield answer.put(node, text)


# More than is needed, and less


@edit(
    "operand too many",
    cost=3,
    says="One side of `{old}` is too much there.",
    asks="What would the line give without each of its two sides?",
)
def operand_gone(answer):
    for node in answer.all_of(ast.BinOp, ast.BoolOp):
        sides = [node.left, node.right] if isinstance(node, ast.BinOp) else node.values
        for side in sides:
            yield answer.put(node, tight(answer, side), SIGNS.get(type(node.op), "and"))


@edit(
    "operands exchanged",
    cost=2,
    says="The two sides of `{old}` are the wrong way round.",
    asks="What is taken from what, or divided by what? Try it with two numbers.",
)
def operands_swapped(answer):
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
def parentheses(answer):
    for node in answer.all_of(ast.BinOp):
        left, right, start, end = node.left, node.right, answer.start(node), answer.end(node)
        if isinstance(right, ast.BinOp) and answer.text[answer.end(left) : answer.start(right)].count("(") == 0:
            between = answer.text[answer.end(right.left) : answer.start(right.right)]
            close = answer.end(right.left) + len(between[: between.find(SIGNS[type(right.op)])].rstrip())
            yield answer.put_all([]).__class__(((start, start, "("), (close, close, ")")))
        if isinstance(left, ast.BinOp):
            between = answer.text[answer.end(left) : answer.start(right)]
            if answer.text[start] == "(" and ")" in between:
                close = answer.end(left) + between.index(")")
                yield answer.put_all([]).__class__(((start, start + 1, ""), (close, close + 1, "")))
            else:
                after = answer.text.find(SIGNS[type(left.op)], answer.end(left.left)) + len(SIGNS[type(left.op)])
                after += len(answer.text[after:]) - len(answer.text[after:].lstrip(" "))
                yield answer.put_all([]).__class__(((after, after, "("), (end, end, ")")))
        if isinstance(right, ast.BinOp):
            between = answer.text[answer.end(left) : answer.start(right)]
            if "(" in between and answer.text[end - 1] == ")":
                opened = answer.end(left) + between.rindex("(")
                yield answer.put_all([]).__class__(((opened, opened + 1, ""), (end - 1, end, "")))


@edit(
    "end of a call",
    cost=1,
    says="The parentheses of `{old}` close at another place than is needed: what stands inside of them is "
    "worked out before `{old}`, what stands outside after it.",
    asks="What should `{old}` be given: all of that, or only a part?",
)
def call_ends_elsewhere(answer):
    for node in answer.all_of(ast.Call):
        if node.args and isinstance(node.args[0], ast.BinOp):
            first, rest = node.args[0], [answer.of(a) for a in node.args[1:]]
            sign = SIGNS[type(first.op)]
            head = call_text(answer, node, [answer.of(first.left), *rest])
            yield answer.put(node, f"{head} {sign} {tight(answer, first.right)}", answer.of(node.func))
            head = call_text(answer, node, [answer.of(first.right), *rest])
            yield answer.put(node, f"{tight(answer, first.left)} {sign} {head}", answer.of(node.func))
    for node in answer.all_of(ast.BinOp):
        sign = SIGNS[type(node.op)]
        if isinstance(node.left, ast.Call) and node.left.args:
            args = [f"{tight(answer, node.left.args[0])} {sign} {tight(answer, node.right)}"]
            args += [answer.of(a) for a in node.left.args[1:]]
            yield answer.put(node, call_text(answer, node.left, args), answer.of(node.left.func))
        if isinstance(node.right, ast.Call) and node.right.args:
            args = [f"{tight(answer, node.left)} {sign} {tight(answer, node.right.args[0])}"]
            args += [answer.of(a) for a in node.right.args[1:]]
            yield answer.put(node, call_text(answer, node.right, args), answer.of(node.right.func))


@edit(
    "one step too many",
    cost=2,
    says="`{old}` is too much there: without it the value is what is needed.",
    asks="What does `{old}` do to the value, and is that asked for?",
)
def wrapper(answer):
    for node in answer.loads():
        if isinstance(node, ast.Call):
            is_method = isinstance(node.func, ast.Attribute) and not (
                isinstance(node.func.value, ast.Name) and node.func.value.id in answer.modules
            )
            old = f".{node.func.attr}" if is_method and isinstance(node.func, ast.Attribute) else answer.of(node.func)
            for arg in node.args[:2]:
                yield answer.put(node, tight(answer, arg), answer.of(node.func))
            if is_method:
                yield answer.put(node, tight(answer, node.func.value), old)
        elif isinstance(node, ast.Attribute) and node.attr in ("T", "shape", "size", "real", "flat"):
            yield answer.put(node, tight(answer, node.value), f".{node.attr}")


@edit(
    "brackets around one thing",
    cost=1,
    says="The brackets make a list or a tuple with one thing in it, where that thing itself is needed.",
    asks="What do the brackets, or the comma, make of the value?",
)
def brackets_around_one(answer):
    for node in answer.all_of(ast.List, ast.Tuple, ast.Set):
        if len(node.elts) == 1 and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            yield answer.put(node, answer.of(node.elts[0]))


@edit(
    "part of it",
    cost=2,
    says="`{old}` takes only a part, where the whole is needed.",
    asks="What stands before the square brackets, and what do they take out of it?",
)
def part_of_it(answer):
    for node in answer.all_of(ast.Subscript):
        if isinstance(node.ctx, ast.Load):
            yield answer.put(node, tight(answer, node.value))


@edit(
    "position or element",
    cost=1,
    says="A loop over the list itself gives its elements one after the other; a loop over range(len(...)) "
    "gives positions. Here one is taken for the other.",
    asks="What does the loop's variable hold in the first round: a position, or an element?",
)
def position_or_element(answer):
    for node in answer.loads():
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name):
            same = [n for n in answer.all_of(ast.Subscript) if answer.of(n) == answer.of(node)]
            yield answer.put(node, node.slice.id)
            if len(same) > 1:
                yield answer.put_all([(n, answer.of(n.slice)) for n in same], answer.of(node))
    loops = [(n.target, n.iter) for n in answer.all_of(ast.For, ast.comprehension)]
    for target, values in loops:
        inner = answer.of(values)
        if isinstance(values, ast.Call) and inner.startswith("range(len(") and values.args[0].args:
            yield answer.put(values, answer.of(values.args[0].args[0]))
        elif isinstance(values, (ast.Name, ast.Attribute)):
            yield answer.put(values, f"range(len({inner}))")
        if isinstance(values, ast.Call) and answer.call_name(values) == "range" and values.args:
            yield answer.put(values.args[-1], f"len({answer.of(values.args[-1])})")
        if isinstance(values, ast.Call) and answer.call_name(values) == "len":
            yield answer.put(values, f"range({inner})")
        if isinstance(target, ast.Name) and isinstance(values, ast.Call) and answer.call_name(values) == "range":
            reads = [n for n in names_read(answer) if n.id == target.id]
            free = [n for n in reads if not isinstance(answer.parents.get(n), ast.Subscript)]
            for name in answer.locals(target):
                if name != target.id:
                    for n in free:
                        yield answer.put(n, f"{name}[{n.id}]")
                    if len(free) > 1:
                        yield answer.put_all([(n, f"{name}[{n.id}]") for n in free], target.id)


@edit(
    "list or array",
    cost=2,
    says="The result has the right numbers, in a list where an array is asked for, or the other way round.",
    asks="What kind of thing is asked for, and what kind of thing is this?",
)
def container(answer):
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Return, ast.Assign):
        value = node.value
        if value is None:
            continue
        if np:
            yield answer.put(value, f"{np}.array({answer.of(value)})")
        yield answer.put(value, f"list({answer.of(value)})")
        yield answer.put(value, f"{tight(answer, value)}.tolist()")
        if isinstance(value, ast.GeneratorExp):
            yield answer.put(value, f"[{answer.of(value)[1:-1]}]")


@edit(
    "transpose",
    cost=2,
    says="`{old}` has its rows where its columns should be: samples are rows, neurons are columns.",
    asks="Which shape does it have there, and which one should it have?",
)
def transpose(answer):
    for node in answer.loads():
        if isinstance(node, (ast.Name, ast.Attribute)) and not is_call_target(answer, node):
            if isinstance(node, ast.Name) and not answer.is_local(node):
                continue
            yield answer.put(node, f"{answer.of(node)}.T")


@edit(
    "a copy that is none",
    cost=1,
    says="`{old}` is no copy: it is the same data under a second name, and whoever gave it sees every change.",
    asks="What makes a new list or array, and what only a new name?",
)
def no_copy(answer):
    for node in answer.all_of(ast.Assign):
        value = node.value
        if isinstance(value, ast.Name) and answer.is_local(value):
            yield answer.put(value, f"{value.id}.copy()")
            yield answer.put(value, f"list({value.id})", extra=1)
        elif isinstance(value, (ast.Subscript, ast.Call)):
            whole = value.value if isinstance(value, ast.Subscript) else value.func
            if isinstance(whole, ast.Attribute):
                whole = whole.value
            arg = value.args[0] if isinstance(value, ast.Call) and value.args else whole
            for source in {answer.of(whole), answer.of(arg)}:
                yield answer.put(value, f"{source}.copy()", extra=1)
