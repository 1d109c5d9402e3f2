"""The probe's second program: looks at a wrong answer, walks through it, and tries candidates.

Its text goes to the probe as part of a plan, and `run` gets the probe's names as `probe`: so this file
is self-contained, too. It knows no expected result. All happens in a copy of the student's names.

    plan    {..., "want": "look", "steps": [step, ...]}
    record  {"definitions": [{"name", "text", "lineno"}], "modules": {}, "classes": [], "functions": [],
             "borrowed": {}, "walk": [{"lineno", "line", "made": [[name, value], ...]}], "walked": what the
             walk's steps gave, "late": False, "single": False}

    plan    {..., "want": "try", "definitions": [text, ...], "candidates": [[number, text], ...],
             "cases": [[step, ...], ...]}
    record  {"seen": [what one candidate did with all cases, ...], "of": [number in seen, ...]}
"""

import ast
import builtins
import collections
import contextlib
import copy
import functools
import json
import linecache
import re
import sys
import types
import warnings
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import numpy as np

Json = dict[str, Any]
Names = dict[str, Any]
Watch = Callable[[types.FrameType, str, Any], None]
Probe = Any  # the names of probe.py, which is no module where this text runs

MAX_LINES = 3_000  # of a candidate in one case: far above any answer, and soon over
MAX_DEFINITIONS = 8
FIRST_STEPS, LAST_STEPS = 20, 8  # of a walk: with what ends it, and the first rounds of its loops
PLACE = "<your answer "


class Enough(BaseException):
    """A candidate went on for too long."""


def run(plan: Json, names: Names, probe: Probe) -> str:
    """Carry out a plan; return the record as JSON text."""
    work = {"look": look, "try": try_all}[plan["want"]]
    before = sys.gettrace()
    try:
        with (
            probe.numpy_as_it_comes(),
            probe.random_state_kept(),
            probe.Watchdog(plan["seconds"]) as watchdog,
        ):
            return json.dumps(work(plan, names, probe, watchdog))
    finally:
        sys.settrace(before)
    return json.dumps({})  # the watchdog fired between two candidates


# Looking


def look(plan: Json, names: Names, probe: Probe, watchdog: Any) -> Json:
    """The definitions behind the answer, what they take from elsewhere, and a walk through one case."""
    definitions = definitions_of(plan["name"], names)
    texts = [d["text"] for d in definitions]
    steps, walked = safe_walk(plan, definitions, names, probe, watchdog)
    return {
        "definitions": definitions,
        "modules": {
            n[:80]: v.__name__[:80] for n, v in list(names.items()) if isinstance(v, types.ModuleType)
        },
        "classes": [n[:80] for n, v in list(names.items()) if isinstance(v, type) and is_students(v, names)],
        "functions": [n[:80] for n, v in list(names.items()) if callable(v) and not isinstance(v, type)],
        "borrowed": borrowed(texts, names),
        "walk": steps,
        "walked": walked,
        "late": bool(watchdog.fired),
        "single": np.zeros(1).itemsize < 8,
    }


def is_students(value: type, names: Names) -> bool:
    return getattr(value, "__module__", None) == names.get("__name__")


def definitions_of(name: str, names: Names) -> list[Json]:
    """The statement that defines `name`, and those of the student's functions and classes it uses."""
    found: dict[str, Json] = {}
    waiting = [name]
    while waiting and len(found) < MAX_DEFINITIONS:
        wanted = waiting.pop(0)
        if wanted in found or wanted not in names:
            continue
        statement = definition(wanted, names[wanted], names)
        if statement is None:
            continue
        found[wanted] = statement
        used = {n.id for n in ast.walk(ast.parse(statement["text"])) if isinstance(n, ast.Name)}
        waiting += [n for n in sorted(used) if n in names and code_of(names[n], names) is not None]
        if wanted == name and "Layer_Dense" in names:
            waiting.append("Layer_Dense")  # the cases of a network make layers
    return list(found.values())


def code_of(value: Any, names: Names) -> types.CodeType | None:
    """The code object that shows where something was defined in the notebook, or None."""
    if isinstance(value, type):
        members = [getattr(m, "__func__", m) for m in vars(value).values()]
        value = next((m for m in members if isinstance(m, types.FunctionType)), None)
    if isinstance(value, types.FunctionType) and value.__globals__ is names:
        return value.__code__
    return None


def definition(name: str, value: Any, names: Names) -> Json | None:
    """The top statement of its cell in which something was defined: its text and its line, or None."""
    code = code_of(value, names)
    if code is None:
        return None
    lines = linecache.getlines(code.co_filename)
    try:
        tree = ast.parse("".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for node in tree.body:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        last = node.end_lineno or first
        if first <= code.co_firstlineno <= last:
            text = "".join(lines[first - 1 : last])
            return {"name": name[:80], "text": text[:20_000], "lineno": first}
    return None


def borrowed(texts: list[str], names: Names) -> dict[str, str]:
    """Data of the notebook that the definitions read, as text: {name: value}."""
    found = {}
    for text in texts:
        tree = ast.parse(text)
        own = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        own |= {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id in names and node.id not in own:
                value = names[node.id]
                if not callable(value) and not isinstance(value, types.ModuleType):
                    found[node.id[:80]] = shortened(value)
    return found


# Candidates


def try_all(plan: Json, names: Names, probe: Probe, watchdog: Any) -> Json:
    """What each candidate does with each case; fewer candidates where the time is over."""
    rest = [compiled_once(text, i) for i, text in enumerate(plan["definitions"])]
    data = data_in(plan["definitions"], names)
    seen: list[Any] = []
    of: list[int] = []
    numbers: dict[str, int] = {}
    for number, text in plan["candidates"]:
        code = compiled(text, number)
        record = (
            "null"
            if code is None
            else json.dumps(try_one(plan, rest, number, code, data, names, probe, watchdog))
        )
        if watchdog.fired:
            break
        if record not in numbers:
            numbers[record] = len(seen)
            seen.append(json.loads(record))
        of.append(numbers[record])
    return {"seen": seen, "of": of}


@functools.lru_cache(MAX_DEFINITIONS)  # the answer as it stands is the same for all that is tried
def compiled_once(text: str, number: int) -> types.CodeType | None:
    return compiled(text, number)


def compiled(text: str, number: int) -> types.CodeType | None:
    try:
        tree: Any = text
        if GROWS.search(text):  # to look through a tree takes longer than all the rest
            tree = bound(ast.parse(text))
        return compile(tree, f"{PLACE}{number}>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


POWERS = ("pow", "power", "factorial", "comb", "perm")
GROWING = (ast.Pow, ast.LShift, ast.Mult)
GROWS = re.compile("|".join([r"\*|\+|<<|append|extend", *POWERS]))  # signs and names that `bound` looks for
MAX_INT = 10**6  # as an exponent, or as a factor of what is no array: nothing can stop 10 ** 10 ** 10
MAX_LENGTH = 10**5  # of a list in a sum or a product: one that is added to itself doubles with each line


def bound(tree: ast.AST) -> ast.AST:
    """The tree, in which no candidate can reckon with whole numbers or lists that grow out of all bounds.

    Where a list grows while a loop runs over it, `10 ** number` is soon a power that never ends, and
    `values += values` a list that fills the memory; it runs within one line, in which Python can neither be
    stopped nor counted.
    """
    for node in every_node(tree):
        if isinstance(node, ast.Call):
            bound_call(node)
        elif isinstance(node, (ast.BinOp, ast.AugAssign)):
            if isinstance(node.op, GROWING):
                side = "right" if isinstance(node, ast.BinOp) else "value"
                setattr(node, side, guarded("__bounded__", getattr(node, side)))
                if isinstance(node.op, ast.Pow):
                    bound_base(node)
            if isinstance(node.op, (ast.Add, ast.Mult)):
                bound_lists(node)
    return tree


def every_node(tree: ast.AST) -> list[ast.AST]:
    """As `ast.walk`, without names, constants and signs, in a fraction of the time: most of the time that a
    candidate takes goes into reading it."""
    found = [tree]
    for node in found:  # which grows on the way
        for name in node._fields:
            value: Any = getattr(node, name, None)
            if type(value) is list:
                found += [item for item in value if type(item) not in LEAVES]
            elif type(value) not in LEAVES:
                found.append(value)
    return found


LEAVES = {
    type(None), str, int, float, complex, bool, bytes, type(...), ast.Name, ast.Constant,
    *ast.expr_context.__subclasses__(), *ast.operator.__subclasses__(), *ast.unaryop.__subclasses__(),
    *ast.cmpop.__subclasses__(), *ast.boolop.__subclasses__(),
}  # fmt: skip
"""What stands in a tree and holds no call and no sum."""


def bound_base(node: ast.BinOp | ast.AugAssign) -> None:
    """What is raised to a power; what a name holds may have grown before."""
    if isinstance(node, ast.BinOp):
        node.left = guarded("__bounded__", node.left)
    elif isinstance(node.target, ast.Name):
        node.value = guarded("__bounded__", node.value, name_like(node.target, node.target.id))


def bound_lists(node: ast.BinOp | ast.AugAssign) -> None:
    """A list on either side of a sum or a product; what a name holds may have grown before."""
    if isinstance(node, ast.BinOp):
        node.left, node.right = guarded("__short__", node.left), guarded("__short__", node.right)
    elif isinstance(node.target, ast.Name):
        node.value = guarded("__short__", node.value, name_like(node.target, node.target.id))
    else:
        node.value = guarded("__short__", node.value)


def bound_call(node: ast.Call) -> None:
    """A power, under its name; and a list that is put into itself, under whatever name: of it NumPy makes an
    array without end."""
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if called in POWERS:
        node.args = [
            arg if isinstance(arg, ast.Starred) else guarded("__bounded__", arg) for arg in node.args
        ]
    owner = getattr(node.func, "value", None)
    if isinstance(owner, ast.Name) and called in ("append", "extend") and node.args:
        node.args[-1] = guarded("__apart__", node.args[-1], owner)


def guarded(guard: str, value: ast.expr, *others: ast.expr) -> ast.expr:
    """A call of a guard in the place of a value."""
    call = ast.Call(name_like(value, guard), [value, *others], [])
    return ast.copy_location(call, value)


def name_like(node: ast.AST, name: str) -> ast.Name:
    """A name that is read in the place of a node."""
    return ast.copy_location(ast.Name(name, ast.Load()), node)


def bounded(value: Any, *others: Any) -> Any:
    for number in (value, *others):
        if type(number) is int and abs(number) > MAX_INT:
            raise Enough
    return value


def short(value: Any, *others: Any) -> Any:
    for each in (value, *others):
        if type(each) in (list, tuple) and len(each) > MAX_LENGTH:
            raise Enough
    return value


def apart(value: Any, owner: Any) -> Any:
    if value is owner:
        raise Enough
    return short(value)


def try_one(
    plan: Json,
    rest: list[Any],
    number: int,
    code: types.CodeType,
    data: list[str],
    names: Names,
    probe: Probe,
    watchdog: Any,
) -> list[Json] | None:
    """The record of one candidate: as many cases as it got through."""
    own = copied(names, data)
    entries = []
    with silence(probe):
        try:
            with Limit(MAX_LINES), probe.errors_as_they_come():
                for i, other in reversed(list(enumerate(rest))):
                    exec(code if i == number else other, own)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt) and not watchdog.fired:
                raise
            return None
        stand_ins = probe.StandIns(own, plan["stand_ins"])
        for steps in plan["cases"]:
            with Limit(MAX_LINES), probe.errors_as_they_come():
                seen = probe.run_steps(steps, stand_ins, watchdog)
            for step in seen:
                if "error" in step:  # where it happened is of no use, and makes many out of one
                    step["error"] = {
                        k: v for k, v in step["error"].items() if k in ("type", "message", "has")
                    }
            entries.append({"seen": seen, "printed": "", "warnings": []})
            if seen and "error" in seen[-1]:
                break
    return entries


@contextlib.contextmanager
def silence(probe: Probe) -> Iterator[None]:
    """Nothing is printed, and no warning is shown."""
    out = probe.Capped()
    with warnings.catch_warnings(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        warnings.simplefilter("ignore")
        yield


class Limit:
    """Stops code of candidates after a number of lines: the same on every machine, and without threads."""

    def __init__(self, lines: int, watch: Watch | None = None) -> None:
        self.left, self.watch = lines, watch

    def __enter__(self) -> None:
        sys.settrace(self.trace)

    def trace(self, frame: types.FrameType, event: str, arg: Any) -> Any:
        if not frame.f_code.co_filename.startswith(PLACE):
            return None
        self.left -= 1
        if self.left < 0:
            raise Enough
        if self.watch:
            self.watch(frame, event, arg)
        return self.trace

    def __exit__(self, *error: object) -> None:
        sys.settrace(None)


def data_in(texts: list[str], names: Names) -> list[str]:
    """Names of data that the definitions mention: what a candidate must not change."""
    return [
        n
        for n in sorted(mentioned("\n".join(texts)))
        if n in names and not callable(names[n]) and not isinstance(names[n], types.ModuleType)
    ]


@functools.lru_cache(1)
def mentioned(text: str) -> set[str]:
    """The names that a text reads or writes."""
    return {n.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name)}


def copied(names: Names, data: list[str]) -> Names:
    """The student's names, data that the answer mentions copied, and nobody is asked for input."""
    own = {**names, "__bounded__": bounded, "__short__": short, "__apart__": apart}
    for name in data:
        try:
            own[name] = copy.deepcopy(names[name])
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
    for name in ("input", "breakpoint", "exit", "quit"):
        if own.get(name, getattr(builtins, name, None)) is getattr(builtins, name, None) or name in (
            "exit",
            "quit",
        ):
            own[name] = refuse
    return own


def refuse(*args: object, **keywords: object) -> NoReturn:
    raise RuntimeError("not while an answer is looked at")


# The walk


def safe_walk(*about: Any) -> tuple[list[Json], Json]:
    """No walk where the definitions cannot be run a second time: they delete a name, or read a file."""
    try:
        return walk(*about)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return [], {}


def walk(
    plan: Json, definitions: list[Json], names: Names, probe: Probe, watchdog: Any
) -> tuple[list[Json], Json]:
    """What each line made when the case was run, the first lines and the last; and what the case gave."""
    texts = [d["text"] for d in definitions]
    own = copied(names, data_in(texts, names))
    with silence(probe), Limit(MAX_LINES):
        for i, text in reversed(list(enumerate(texts))):
            exec(compile(text, f"{PLACE}{i}>", "exec"), own)
    recorder = Recorder(definitions)
    with Limit(MAX_LINES, recorder.watch):
        seen = probe.run_case(plan["steps"], probe.StandIns(own, plan["stand_ins"]), watchdog)
    return recorder.steps(), seen


class Recorder:
    """Writes down each line of the definitions when it is over, with the names whose value is new.

    Of the answer itself, and of functions that it calls; of a class that it uses only what its objects keep.
    """

    def __init__(self, definitions: list[Json]) -> None:
        self.lines = [d["text"].splitlines() for d in definitions]
        self.first = [d["lineno"] for d in definitions]
        self.passed_over = {i for i, lines in enumerate(self.lines) if i and lines[0].startswith("class ")}
        self.head: list[Json] = []
        self.tail: collections.deque[Json] = collections.deque(maxlen=LAST_STEPS)
        self.count = 0
        self.open: dict[types.FrameType, tuple[int | None, dict[str, str]]] = {}
        self.stopped: dict[types.FrameType, list[str]] = {}
        """What was written down of the line that an exception has left: the same frame may catch it."""

    def steps(self) -> list[Json]:
        """What was written down; a step without a number stands for those that are left out."""
        left_out = self.count - len(self.head) - len(self.tail)
        gap = [{"lineno": 0, "line": f"({left_out} more steps)", "made": []}] if left_out else []
        return [*self.head, *gap, *self.tail]

    def watch(self, frame: types.FrameType, event: str, arg: Any) -> None:
        if frame.f_code.co_name.startswith("<") or frame.f_code.co_flags & OWN_LINES != 3:
            return
        if self.number(frame) in self.passed_over:
            return
        if event == "call":
            self.open[frame] = frame.f_code.co_firstlineno, {}
        line, before = self.open[frame]
        if line is None and event == "line":  # caught: it goes on
            self.stopped[frame][0] = "raises"
            self.open[frame] = frame.f_lineno, values_in(frame)
        if line is None:
            return
        if event == "exception":
            self.stopped[frame] = ["stops", f"{arg[0].__name__}: {arg[1]}"[:MAX_SHOWN]]
            self.note(frame, line, [self.stopped[frame]])
            self.open[frame] = None, before
            return
        after = values_in(frame)
        made = [[n, v] for n, v in after.items() if before.get(n) != v]
        if event == "return":
            if self.text(frame, line).lstrip().startswith("return"):
                made.append(["return", shortened(arg)])
            self.note(frame, line, made)
            del self.open[frame]
        else:
            if event == "line":
                self.note(frame, line, made)
            self.open[frame] = (frame.f_lineno, after) if event == "line" else (line, {})

    def number(self, frame: types.FrameType) -> int:
        """Which of the definitions a frame belongs to."""
        return int(frame.f_code.co_filename[len(PLACE) : -1])

    def text(self, frame: types.FrameType, line: int) -> str:
        lines = self.lines[self.number(frame)]
        return lines[line - 1] if 0 < line <= len(lines) else ""

    def note(self, frame: types.FrameType, line: int, made: list[list[str]]) -> None:
        number = self.first[self.number(frame)] + line - 1
        step = {"lineno": number, "line": self.text(frame, line)[:200], "made": made[:6]}
        self.count += 1
        (self.head if len(self.head) < FIRST_STEPS else self.tail).append(step)


MAX_SHOWN = 90
OWN_LINES = 3 | 0x20
"""The flags of a code object that say whether it is a function's lines (3), not run bit by bit (0x20)."""


def values_in(frame: types.FrameType) -> dict[str, str]:
    """What the names of a running function hold, as text, and what objects of the student's classes keep."""
    found: dict[str, str] = {}
    for name, value in list(frame.f_locals.items()):
        if name == "self" or is_students(type(value), frame.f_globals):
            kept = getattr(value, "__dict__", {})
            found.update((f"{name}.{n}"[:80], shortened(v)) for n, v in list(kept.items())[:12])
        elif not name.startswith("."):
            found[name[:80]] = shortened(value)
    return found


def shortened(value: Any) -> str:
    """A value as short text; of what is not plain data only the type."""
    kind = type(value)
    if kind in (bool, int, float, str, type(None)) or isinstance(value, np.generic):
        text = repr(value.item() if isinstance(value, np.generic) else value)
        return f"{value:.6g}" if kind is float else text[:MAX_SHOWN]
    if kind is np.ndarray and value.dtype.kind in "biuf":
        inner = np.array2string(
            value, separator=", ", threshold=12, edgeitems=2, precision=4, max_line_width=10**4
        )
        return f"{' '.join(inner.split())[:MAX_SHOWN]}  shape {value.shape}"
    if kind in (list, tuple):
        inner = ", ".join(shortened(item) for item in value[:6]) + (", ..." if len(value) > 6 else "")
        return (f"[{inner}]" if kind is list else f"({inner})")[:MAX_SHOWN]
    return f"<{kind.__name__[:60]}>"
