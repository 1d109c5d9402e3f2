"""Edits of keywords: axis and keepdims, and where they stand."""

from __future__ import annotations

import ast

from ..answer import Answer, Change
from .table import Changes, edit
from .tools import AXIS_QUESTION, REDUCERS, call_text, has_keyword, near, reducing_calls, with_keywords


@edit(
    "keyword of another name",
    cost=1,
    says="{old}.",
    asks="How does the lesson spell the keywords of that function?",
)
def keyword_name(answer: Answer) -> Changes:
    renames = {}
    for node in answer.all_of(ast.Call):
        new = [keyword_as_taught(k) for k in node.keywords]
        if new != [k.arg for k in node.keywords]:
            texts = [f"{n}={answer.of(k.value)}" for n, k in zip(new, node.keywords)]
            renames[node] = call_text(answer, node, keywords=texts)
            yield answer.put(node, renames[node], not_known(answer, node, new))
    flat = [(k, f"{keyword_as_taught(k)}={answer.of(k.value)}") for c in renames for k in c.keywords]
    if len(renames) > 1:
        first = next(iter(renames))
        yield answer.put_all(flat, not_known(answer, first, [keyword_as_taught(k) for k in first.keywords]))


def not_known(answer: Answer, call: ast.Call, taught: list[str]) -> str:
    """Which keywords a call does not know, in words."""
    names = [f"`{k.arg}`" for name, k in zip(taught, call.keywords) if name != k.arg]
    return f"`{answer.of(call.func)}` has no keyword {' and no keyword '.join(names)}"


def keyword_as_taught(keyword: ast.keyword) -> str:
    name = keyword.arg or "**"
    known = {"dim": "axis", "keepdim": "keepdims", "dims": "axis", "ax": "axis", "keep_dims": "keepdims"}
    known |= {"lower": "min", "upper": "max", "low": "min", "high": "max"}  # of clip
    if name in known:
        return known[name]
    close = [k for k in ("axis", "keepdims", "dtype", "size") if near(k, name)]
    return close[0] if close else name


@edit(
    "axis",
    cost=1,
    says="{old}. In a batch axis=0 runs down the columns and axis=1 along the rows; one sample alone has "
    "only axis 0.",
    asks="Which numbers belong together there, and along which axis do they lie?",
)
def axis(answer: Answer) -> Changes:
    yield from other_axis(answer)
    calls = [c for c in reducing_calls(answer) if not any(is_text(k.value) for k in c.keywords)]
    for value in ("1", "0", "-1"):
        there = {value, "1"} if value == "-1" else {value}
        others = [
            c for c in calls if not any(k.arg == "axis" and answer.of(k.value) in there for k in c.keywords)
        ]
        changed = [(c, with_keywords(answer, c, axis=value)) for c in others]
        for call, text in changed:
            yield answer.put(call, text, along(answer, call), 0 if value == "1" else 1)
        if len(changed) > 1:
            old = ", and ".join(dict.fromkeys(along(answer, call) for call in others))
            yield answer.put_all(changed, old, 0 if value == "1" else 1)


def along(answer: Answer, call: ast.Call) -> str:
    """Which axis a call is given, in words."""
    axis = axis_of(answer, call)
    given = f"axis={axis}" if axis else "no axis"
    return f"`{answer.of(call.func)}` is given {given} there"


def other_axis(answer: Answer) -> Changes:
    """The other axis for functions that take no numbers together, as `np.sort`, but work along one."""
    for call in answer.all_of(ast.Call):
        if answer.call_name(call) in (*REDUCERS, *NOT_ALONG):
            continue
        named = [k.value for k in call.keywords if k.arg == "axis"]
        place = {"apply_along_axis": 1, "apply_over_axes": 2}.get(answer.call_name(call))
        by_place = call.args[place : place + 1] if place else []
        for value in (*named, *by_place):
            other = {"0": "1", "1": "0", "-1": "0"}.get(answer.of(value))
            if other:
                old = f"`{answer.of(call.func)}` is given axis={answer.of(value)} there"
                yield answer.put(value, other, old, -len(by_place))


NOT_ALONG = (
    "expand_dims",
    "squeeze",
    "concatenate",
    "stack",
    "append",
    "insert",
    "delete",
    "repeat",
    "split",
)
"""Functions whose `axis` says where something is put, or taken out."""


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@edit(
    "axis and keepdims",
    cost=2,
    says="{old}; each row needs a result of its own, kept as a column beside the rows.",
    asks=AXIS_QUESTION,
)
def axis_and_keepdims(answer: Answer) -> Changes:
    calls = reducing_calls(answer)
    changed = [(c, with_keywords(answer, c, axis="1", keepdims="True")) for c in calls]
    for call, text in changed:
        yield answer.put(call, text, taken_together(answer, call))
    if len(changed) > 1:
        yield answer.put_all(changed, taken_together(answer, calls[0]))


def taken_together(answer: Answer, call: ast.Call) -> str:
    """Which numbers of a batch a call takes together, in words."""
    name, axis = f"`{answer.of(call.func)}`", axis_of(answer, call)
    if axis in ("0", "-2"):
        return f"{name} takes the numbers of a column together"
    if axis in ("1", "-1"):
        return f"{name} gives a flat row of numbers"
    if axis in ("", "None"):
        return f"{name} takes all numbers of the batch together"
    if axis.isdigit():
        return f"{name} is asked for axis {axis}, and the axes of a batch are 0 and 1"
    return f"{name} does not take just the numbers of each row together"


def axis_of(answer: Answer, call: ast.Call) -> str:
    """The axis that a call names, as text; "" where it names none."""
    room = 1 if answer.is_module(getattr(call.func, "value", call), "numpy") else 0
    named = [k.value for k in call.keywords if k.arg == "axis"] + call.args[room : room + 1]
    return answer.of(named[0]) if named else ""


@edit(
    "keepdims",
    cost=1,
    says="Without keepdims=True the result of `{old}` is a flat row of numbers, which NumPy does not lay "
    "beside the rows it came from.",
    asks="Which shape does that result have, and which one would line up with the rows?",
)
def keepdims(answer: Answer) -> Changes:
    calls = [c for c in reducing_calls(answer) if not has_keyword(c, "keepdims") and has_axis(answer, c)]
    changed = [(c, with_keywords(answer, c, keepdims="True")) for c in calls]
    for call, text in changed:
        yield answer.put(call, text, answer.of(call.func))
    if len(changed) > 1:
        yield answer.put_all(changed, answer.of(calls[0].func))


def has_axis(answer: Answer, call: ast.Call) -> bool:
    """Whether a call names an axis, by keyword or by its place."""
    room = 1 if answer.is_module(getattr(call.func, "value", call), "numpy") else 0
    return has_keyword(call, "axis") or len(call.args) > room


@edit(
    "keyword of another value",
    cost=1,
    tells=0,
    says="Another value for a keyword of `{old}` would help.",
    asks="What does each keyword of `{old}` say there?",
)
def keyword_value(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        for k in node.keywords:
            values = {"keepdims": ("True",), "axis": ("1", "-1", "0")}.get(k.arg or "", ())
            for value in values:
                if answer.of(k.value) != value:
                    unlikely = 0 if value in ("1", "True") else 2
                    yield answer.put(k, f"{k.arg}={value}", answer.of(node.func), unlikely)


@edit(
    "keyword too many",
    cost=1,
    says="`{old}` is given a keyword that does not belong there.",
    asks="What does each keyword of `{old}` change?",
)
def keyword_too_many(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        for k in node.keywords:
            if k.arg == "dtype":  # it does belong there: see "numbers without fractions"
                continue
            kept = [answer.of(other) for other in node.keywords if other is not k]
            along = 2 * (k.arg == "axis" and answer.call_name(node) in REDUCERS)
            yield answer.put(node, call_text(answer, node, keywords=kept), answer.of(node.func), along)


@edit(
    "keyword is missing",
    cost=0,
    says="A value in the parentheses of `{old}` stands at the place of another argument: only its keyword "
    "says what it is for.",
    asks="What is each value between the parentheses of `{old}` taken for?",
)
def keyword_by_place(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        room = 1 if answer.is_module(getattr(node.func, "value", node), "numpy") else 0
        if answer.call_name(node) in REDUCERS and len(node.args) == room + 2 and not node.keywords:
            values = [answer.of(a) for a in node.args]
            keywords = [f"axis={values[-2]}", f"keepdims={values[-1]}"]
            yield answer.put(node, call_text(answer, node, values[:room], keywords), answer.of(node.func))


@edit(
    "keyword in the wrong parentheses",
    cost=1,
    says="A keyword stands between the parentheses of `{old}`; it is meant for another function of that "
    "line.",
    asks="For which function is each keyword meant, and where do the parentheses of that one close?",
)
def keyword_moved(answer: Answer) -> Changes:
    for outer in answer.all_of(ast.Call):
        inside = [n for a in outer.args for n in ast.walk(a) if isinstance(n, ast.Call)]
        for inner in inside:
            names = {k.arg for k in outer.keywords} - {k.arg for k in inner.keywords}
            if names:
                at = answer.end(inner) - 1
                moved = "".join(f", {answer.of(k)}" for k in outer.keywords if k.arg in names)
                gone = keywords_gone(answer, outer, names)
                yield Change(((at, at, moved), *gone), answer.of(outer.func))
            for k in inner.keywords if inner is inside[0] else ():
                at = answer.end(outer) - 1
                gone = keywords_gone(answer, inner, {k.arg})
                yield Change(((at, at, f", {answer.of(k)}"), *gone), answer.of(inner.func))


@edit(
    "keyword in the wrong line",
    cost=2,
    says="`{old}` does not know the keywords that it is given; they belong to a function in another place.",
    asks="Which of the functions takes numbers together, and so needs to be told along which axis?",
)
def keyword_in_another_line(answer: Answer) -> Changes:
    for giver in answer.all_of(ast.Call):
        names = {k.arg for k in giver.keywords} & {"axis", "keepdims"}
        for taker in reducing_calls(answer) if names and answer.call_name(giver) not in REDUCERS else ():
            if taker is giver or has_keyword(taker, "axis"):
                continue
            at = answer.end(taker) - 1
            moved = "".join(f", {answer.of(k)}" for k in giver.keywords if k.arg in names)
            yield Change(((at, at, moved), *keywords_gone(answer, giver, names)), answer.of(giver.func))


def keywords_gone(answer: Answer, call: ast.Call, names: set[str | None]) -> list[tuple[int, int, str]]:
    """Splices that take keywords out of a call, the comma before each with them."""
    found = []
    for k in call.keywords:
        if k.arg in names:
            start = answer.text.rindex(",", 0, answer.start(k)) if call.args else answer.start(k)
            found.append((start, answer.end(k), ""))
    return found


@edit(
    "places as numbers with fractions",
    cost=2,
    says="`{old}` makes an array for numbers with fractions; what is put into it are positions, and those "
    "are whole numbers.",
    asks="What kind of numbers does the new array hold, and what kind is asked for?",
)
def dtype_int(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if answer.call_name(node) in ("zeros", "empty", "ones") and not has_keyword(node, "dtype"):
            kept = [answer.of(k) for k in node.keywords]
            yield answer.put(
                node, call_text(answer, node, keywords=[*kept, "dtype=int"]), answer.of(node.func)
            )


FOR_WHOLE = "`{}` makes an array for whole numbers there"
AS_GIVEN = "Of whole numbers `{}` makes an array for whole numbers"


@edit(
    "numbers without fractions",
    cost=2,
    says="{old}, and that has no room for a fraction.",
    asks="What kind of numbers does the new array hold, and what becomes of a fraction that is put into it?",
)
def dtype_float(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        made = answer.call_name(node) in ("zeros", "empty", "ones", "full")
        if made and len(node.args) == 2 and answer.call_name(node) != "full":
            yield answer.put(node.args[1], "float", FOR_WHOLE.format(answer.of(node.func)), -1)
        whole = made and has_keyword(node, "dtype")
        if whole or answer.call_name(node) in (
            "zeros_like",
            "empty_like",
            "array",
            "full_like",
            "ones_like",
        ):
            kept = [answer.of(k) for k in node.keywords if k.arg != "dtype"]
            says = FOR_WHOLE if has_keyword(node, "dtype") else AS_GIVEN
            text = call_text(answer, node, keywords=[*kept, "dtype=float"])
            yield answer.put(node, text, says.format(answer.of(node.func)))
