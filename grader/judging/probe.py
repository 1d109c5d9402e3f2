"""The probe: calls the student's object inside the student's interpreter, sends plain data back.

This file is self-contained (standard library and NumPy): its text can be sent to an interpreter
that has nothing else of this project. It knows no expected result. `run` takes a plan and returns
a record, both JSON text:

    plan    {"name": "relu_if", "kind": "function", "seconds": 5,
             "stand_ins": {name: source text of a class}, "cases": [[step, ...], ...]}
             the cases are run where what stands under the name can be called, with "anyway": true
             whatever stands there
             with "program", source text, that program's `run` does the work: see `trials.py`
    step    {"call": path, "args": [...], "to": name} | {"set": path, "value": ...} | {"get": path}
             | {"lend": {class name: expression}}
    record  {"found": {...}, "cases": [{"seen": [...], "printed": "", "warnings": [...]}, ...]}

A value crosses as `encode` writes it and as `decode` alone accepts it.
"""

import base64
import builtins
import contextlib
import dis
import functools
import io
import itertools
import json
import linecache
import math
import random
import signal
import sys
import threading
import time
import types
import warnings
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import numpy as np

Json = dict[str, Any]
Names = dict[str, Any]

DTYPES = {
    f"{order}{kind}"
    for order in "<|"
    for kind in (["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"])
}
MAX_ITEMS = 10_000  # numbers in one value: far above any case, far below what hurts
MAX_DEPTH = 12
MAX_TEXT = 2_000
MAX_GROWTH = 250_000_000
"""Bytes that an answer may add; one that doubles a list has four times as much before it can be stopped."""


class Unacceptable(ValueError):
    """A value that may not cross between probe and judge."""


def encode(value: Any) -> Any:
    """Write a value as JSON-ready data. What is not plain data becomes {"other": its type}."""
    try:
        return _encode(value, 0, [MAX_ITEMS])
    except Unacceptable as error:
        return {"other": str(error)}


def _encode(value: Any, depth: int, budget: list[int]) -> Any:
    budget[0] -= 1
    if depth > MAX_DEPTH or budget[0] < 0:
        raise Unacceptable("something too large or too deeply nested")
    if value is None or isinstance(value, (bool, str)):
        return value[:MAX_TEXT] if isinstance(value, str) else value
    if isinstance(value, (np.ndarray, np.generic)):
        return _encode_array(value, budget)
    if isinstance(value, int):
        return int(value) if abs(value) < 2**63 else {"other": "an integer of more than 64 bits"}
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {"float": repr(float(value))}
    if isinstance(value, (list, tuple)):
        items = [_encode(item, depth + 1, budget) for item in value]
        return {"tuple": items} if isinstance(value, tuple) else {"list": items}
    return {"other": type(value).__name__[:80]}


def _encode_array(value: Any, budget: list[int]) -> Json:
    array = np.asarray(value)
    budget[0] -= array.size
    if budget[0] < 0:
        raise Unacceptable("something too large or too deeply nested")
    if array.dtype.kind == "f" and array.itemsize > 8:  # longdouble is float64 itself on some systems
        array = array.astype("<f8")
    if array.dtype.str not in DTYPES:
        array = array.astype(array.dtype.newbyteorder("<"), copy=False)
    if array.dtype.str not in DTYPES:
        return {"other": f"{type(value).__name__} of dtype {str(array.dtype)[:40]}"}
    kind = "array" if isinstance(value, np.ndarray) else "scalar"
    data = base64.b64encode(array.tobytes()).decode("ascii")
    return {kind: data, "dtype": array.dtype.str, "shape": list(np.shape(value))}


class Other:
    """Stands for a value that is not plain data; only its type's name is known."""

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Other) and self.type_name == other.type_name


def decode(data: Any) -> Any:
    """Read what `encode` wrote. Raises Unacceptable for anything else."""
    return _decode(data, 0)


def _decode(data: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise Unacceptable("nested too deeply")
    if data is None or type(data) in (bool, int, float, str):
        return data
    if type(data) is not dict:
        raise Unacceptable("a bare list")
    if len(data) == 3 and "dtype" in data and "shape" in data and ("array" in data or "scalar" in data):
        return _decode_array(data)
    keys = set(data)
    if keys == {"float"} and data["float"] in ("nan", "inf", "-inf"):
        return float(data["float"])
    if keys == {"list"} and type(data["list"]) is list:
        return [_decode(item, depth + 1) for item in data["list"]]
    if keys == {"tuple"} and type(data["tuple"]) is list:
        return tuple(_decode(item, depth + 1) for item in data["tuple"])
    if keys == {"other"} and type(data["other"]) is str:
        return Other(data["other"][:120])
    raise Unacceptable("data of an unknown form")


def _decode_array(data: Json) -> Any:
    kind = "array" if "array" in data else "scalar"
    text, dtype, shape = data[kind], data["dtype"], data["shape"]
    if not (type(text) is str and type(dtype) is str and type(shape) is list and dtype in DTYPES):
        raise Unacceptable("an array of an unknown form")
    if len(shape) > 8:
        raise Unacceptable("an array of an odd shape")
    size = 1
    for n in shape:
        if type(n) is not int or not 0 <= n <= MAX_ITEMS:
            raise Unacceptable("an array of an odd shape")
        size *= n
    if len(text) > 16 * MAX_ITEMS or size > MAX_ITEMS:
        raise Unacceptable("an array that is too large")
    try:
        array = np.frombuffer(base64.b64decode(text, validate=True), dtype).reshape(shape)
    except ValueError as error:
        raise Unacceptable("an array whose bytes do not fit its shape") from error
    return array.copy() if kind == "array" else array[()]


def run(plan_text: str, namespace: Names) -> str:
    """Carry out a plan on the objects in `namespace`; return the record as JSON text."""
    plan = json.loads(plan_text)
    if "program" in plan:  # more of the same project, sent along: what only wrong answers need
        return str(program(plan["program"])["run"](plan, namespace, types.SimpleNamespace(**globals())))
    found = look_up(plan, namespace)
    if found["kind"] not in ("function", "class") and not plan.get("anyway"):
        return json.dumps({"found": found, "cases": [], "timed_out": False})
    names, cases = StandIns(namespace, plan["stand_ins"]), []
    with numpy_as_it_comes(), random_state_kept(), nobody_to_ask(), Watchdog(plan["seconds"]) as watchdog:
        for steps in plan["cases"]:
            cases.append(run_case(steps, names, watchdog))
            if watchdog.fired:
                break
    return json.dumps({"found": found, "cases": cases, "timed_out": bool(watchdog.fired)})


@functools.lru_cache(4)
def program(text: str) -> Names:
    """The names of a program that was sent along."""
    names: Names = {"__name__": "trials"}
    exec(compile(text, "<trials>", "exec"), names)
    return names


def errors_as_they_come() -> contextlib.AbstractContextManager[None]:
    """NumPy's error handling as in a fresh interpreter; it is set for every case, which printing, slow
    to set, is not."""
    return np.errstate(
        divide="warn",
        over="warn",
        under="ignore",
        invalid="warn",
        call=None,  # type: ignore[arg-type]  # NumPy's stub has forgotten it
    )


@contextlib.contextmanager
def numpy_as_it_comes() -> Iterator[None]:
    """NumPy's error handling and printing as in a fresh interpreter, whatever a cell has set.

    An underflow to 0 is no mistake, and nobody is judged by np.seterr(all="raise") of another cell.
    """
    with (
        errors_as_they_come(),
        np.printoptions(
            precision=8,
            threshold=1000,
            edgeitems=3,
            linewidth=75,
            suppress=False,
            nanstr="nan",
            infstr="inf",
            sign="-",
            formatter=None,
            floatmode="maxprec",
            legacy=False,
        ),
    ):
        yield


BUILT_IN = dict(vars(builtins))


@contextlib.contextmanager
def python_as_it_comes() -> Iterator[None]:
    """Python's own functions and no warnings, whatever a cell has put in their place or has set."""
    changed = {n: v for n, v in vars(builtins).items() if n in BUILT_IN and v is not BUILT_IN[n] and n != "_"}
    vars(builtins).update({name: BUILT_IN[name] for name in changed})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        vars(builtins).update(changed)


@contextlib.contextmanager
def random_state_kept() -> Iterator[None]:
    """A check must not move the lesson's random numbers."""
    states = np.random.get_state(), random.getstate()
    try:
        yield
    finally:
        np.random.set_state(states[0])
        random.setstate(states[1])


@contextlib.contextmanager
def nobody_to_ask() -> Iterator[None]:
    """An answer that calls input() fails at once: in a browser it would wait beyond any time limit."""

    def refuse(*_: object) -> NoReturn:
        raise EOFError("input() was called, but nobody can be asked while an answer is checked")

    asks, builtins.input = builtins.input, refuse
    try:
        yield
    finally:
        builtins.input = asks


def look_up(plan: Json, namespace: Names) -> Json:
    """What stands under the exercise's name, and which names a misspelling might hide behind."""
    target = namespace.get(plan["name"])
    if plan["name"] not in namespace:
        kind = "missing"
    elif isinstance(target, type):
        kind = "class"
    elif callable(target):
        kind = "function"
    else:
        kind = "value"
    own = [
        n for n, v in list(namespace.items()) if isinstance(n, str) and not n.startswith("_") and callable(v)
    ]
    return {
        "kind": kind,
        "type": type(target).__name__[:80],
        "empty": is_empty(target),
        "stub": has_stub(target),
        "single": np.zeros(1).itemsize < 8,  # nnfs.init() was called: np.dot rounds to float32
        "names": [name[:80] for name in own[:300]],
    }


def is_empty(target: Any) -> bool:
    """Whether a function, or every method of a class, does nothing: the stub as it was handed out."""
    if isinstance(target, type):
        members = [getattr(m, "__func__", m) for m in vars(target).values()]
        return all(is_empty(m) for m in members if isinstance(m, types.FunctionType))
    code = getattr(target, "__code__", None)
    if code is None or len(code.co_code) > 32:
        return False
    steps = [(step.opname, step.argval) for step in dis.get_instructions(code)]
    return all(
        name in ("RESUME", "NOP", "RETURN_VALUE")
        or (name in ("LOAD_CONST", "RETURN_CONST") and value is None)
        for name, value in steps
    )


def has_stub(target: Any) -> bool:
    """Whether the lines that stand for the student's code are still there, together."""
    code = getattr(target, "__code__", None)
    if code is None:
        return False
    last = max(line or 0 for _, _, line in code.co_lines())
    source = linecache.getlines(code.co_filename)[code.co_firstlineno - 1 : last + 2]
    lines = [line.strip() for line in source]
    return any(a == "# YOUR CODE HERE" and b == "pass" for a, b in itertools.pairwise(lines))


def run_case(steps: list[Json], namespace: "StandIns", watchdog: "Watchdog") -> Json:
    """Carry out the steps of one case; stop at the first that raises."""
    out = Capped()
    with (
        errors_as_they_come(),
        warnings.catch_warnings(record=True) as caught,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
    ):
        warnings.simplefilter("always")
        warnings.simplefilter("ignore", ResourceWarning)  # when rubbish is collected, whoever's it is
        seen = run_steps(steps, namespace, watchdog)
    notes = [f"{w.category.__name__}: {w.message}"[:200] for w in caught[:5]]
    return {"seen": seen, "printed": out.text[:MAX_TEXT], "warnings": notes}


def run_steps(steps: list[Json], namespace: "StandIns", watchdog: "Watchdog") -> list[Json]:
    """What is seen at each step, up to the first that raises."""
    made: Names = {}
    seen: list[Json] = []
    with contextlib.ExitStack() as loans:
        for step in steps:
            try:
                if "lend" in step:
                    loans.enter_context(lent(step["lend"], namespace))
                    seen.append({"value": None, "changed": {}})
                else:
                    seen.append(run_step(step, made, namespace))
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt) and not watchdog.fired:
                    raise
                seen.append({"error": describe(error, namespace, watchdog)})
                break
    return seen


def run_step(step: Json, made: Names, namespace: "StandIns") -> Json:
    if "call" in step:
        args = [made.get(a["ref"]) if is_ref(a) else decode(a) for a in step["args"]]
        result = resolve(step["call"], made, namespace)(*args)
        made[step["to"]] = result
        after = [a if is_ref(a) else encode(arg) for a, arg in zip(step["args"], args)]
        changed = {str(i): new for i, (old, new) in enumerate(zip(step["args"], after)) if old != new}
        return {"value": encode(result), "changed": changed}
    owner, _, attribute = (step["set"] if "set" in step else step["get"]).rpartition(".")
    target = resolve(owner, made, namespace)
    if "set" in step:
        setattr(target, attribute, decode(step["value"]))
        return {"value": None, "changed": {}}
    try:
        return {"value": encode(getattr(target, attribute)), "changed": {}}
    except AttributeError:
        own = [str(n)[:80] for n in getattr(target, "__dict__", {})][:40]
        return {"error": {"type": "NoAttribute", "message": attribute, "has": own}}


@contextlib.contextmanager
def lent(expressions: dict[str, str], namespace: "StandIns") -> Iterator[None]:
    """Have classes of the notebook compute something else for a while, and `namespace` make bare objects.

    What `forward` hands back stays as the student's own has it: nothing, or what it stores.
    """
    before: dict[str, tuple[Any, Any]] = {}
    for name, expression in expressions.items():
        own = namespace.own.get(name)
        kind: Any = own if isinstance(own, type) else type(name, (), {})
        before[name] = kind, vars(kind).get("forward")
        kind.forward = lent_forward(before[name][1], eval(f"lambda self, inputs: {expression}", {"np": np}))
        namespace.loans[name] = functools.partial(bare, kind)
    try:
        yield
    finally:
        namespace.loans.clear()
        for kind, forward in before.values():
            if forward is None:
                del kind.forward
            else:
                kind.forward = forward


def lent_forward(own: Any, compute: Any) -> Any:
    def forward(self: Any, inputs: Any) -> Any:
        given = None
        with contextlib.suppress(Exception):  # what is wrong with it is said elsewhere
            given = own(self, inputs)
        self.output = compute(self, inputs)
        return None if given is None else self.output

    return forward


def bare(kind: Any, *_: Any) -> Any:
    """An object of a class, without its __init__."""
    return kind.__new__(kind)


def is_ref(arg: Any) -> bool:
    """Whether an argument is what an earlier step made, not data."""
    return isinstance(arg, dict) and "ref" in arg


def resolve(path: str, made: Names, namespace: "StandIns") -> Any:
    first, *rest = path.split(".")
    target = made[first] if first in made else namespace[first]
    for name in rest:
        target = getattr(target, name)
    return target


def describe(error: BaseException, namespace: "StandIns", watchdog: "Watchdog") -> Json:
    """An exception as data: its type, its message, and the student's own line that led to it."""
    line = ""
    frame = error.__traceback__
    while frame is not None:
        code = frame.tb_frame.f_code
        if frame.tb_frame.f_globals is namespace.own:
            line = linecache.getline(code.co_filename, frame.tb_lineno).strip()[:200]
        frame = frame.tb_next
    try:
        message = str(error)[:500]
    except BaseException:
        message = ""
    if watchdog.fired:
        return {"type": watchdog.fired, "message": watchdog.limit, "line": line}
    return {"type": type(error).__name__[:80], "message": message, "line": line}


class StandIns:
    """The student's names, and behind them the plan's, as source text: those a notebook may lack."""

    def __init__(self, own: Names, sources: dict[str, str]) -> None:
        self.own, self.sources = own, sources
        self.made: Names = {"np": np}
        self.loans: Names = {}

    def __getitem__(self, name: str) -> Any:
        if name in self.loans:
            return self.loans[name]
        if name in self.own or name not in self.sources:
            return self.own[name]
        if name not in self.made:
            exec(self.sources[name], self.made)
        return self.made[name]


class Capped(io.TextIOBase):
    """A text stream that keeps the first few thousand characters and drops the rest."""

    def __init__(self) -> None:
        self.text = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        self.text += text[: max(0, MAX_TEXT - len(self.text))]
        return len(text)


class Watchdog:
    """Interrupts the main thread after `seconds`, as Ctrl-C would, and again until it has stopped.

    None means no limit. So does memory that grows by more than MAX_GROWTH, where that can be known. Where
    there are no threads (a browser), the code that runs looks at time and memory. Ctrl-C means
    KeyboardInterrupt meanwhile, even where it was ignored: by a cell, or by the shell that started this
    program in the background.
    """

    LOOK = 0.02  # seconds between two looks at the memory: 10 MB of a list that grows

    # Where there is this signal, the main thread itself looks: a thread beside it waits for its turn at each
    # file that it reads, and meanwhile a list that is doubled grows to many times its size.
    SIGNAL = getattr(signal, "SIGVTALRM", None)

    def __init__(self, seconds: float | None) -> None:
        self.seconds, self.fired, self.done = seconds, "", threading.Event()
        self.begun = threading.Event()  # on a busy machine a short time could be over before it begins
        self.thread: threading.Thread | None = None
        self.handlers: dict[int, Any] = {}
        self.in_use: Callable[[], int] | None = None
        self.start = 0
        self.clock = contextlib.ExitStack()

    @property
    def limit(self) -> str:
        """What was exceeded: seconds, or megabytes."""
        return f"{(MAX_GROWTH / 1e6 if self.fired == 'MemoryLimit' else self.seconds):g}"

    def __enter__(self) -> "Watchdog":
        if self.seconds is not None:
            thread = threading.Thread(target=self.watch, daemon=True)
            try:
                thread.start()
                self.thread = thread
            except RuntimeError:  # in a browser; or all that a user may have are somebody else's
                if "monitoring" in vars(sys):  # of Python 3.12; else whoever runs this has a clock
                    self.clock.enter_context(interrupting_after(self.seconds, self))
            self.in_use = memory_in_use()
            self.start = self.in_use() if self.in_use else 0
            with contextlib.suppress(ValueError):  # not the main thread: it is not ours to set
                self.handlers[signal.SIGINT] = signal.signal(signal.SIGINT, self.interrupt)
                if self.SIGNAL:
                    self.handlers[self.SIGNAL] = signal.signal(self.SIGNAL, self.look)
        self.begun.set()
        return self

    def watch(self) -> None:
        self.begun.wait()
        end = time.monotonic() + (self.seconds or 0)
        wait = self.LOOK if self.in_use else self.seconds
        while not self.done.wait(wait):
            if time.monotonic() >= end:
                self.fire()
            if not self.fired and self.in_use:
                signal_main(self.SIGNAL) if self.SIGNAL in self.handlers else self.look_at_memory()
            if self.fired:
                wait = 0.5
                signal_main(signal.SIGINT)

    def look_at_memory(self) -> None:
        if self.in_use and self.in_use() - self.start > MAX_GROWTH:
            self.fired = self.fired or "MemoryLimit"

    def look(self, number: int, frame: types.FrameType | None) -> None:
        """In the main thread, between two of its steps."""
        if not self.fired:
            self.look_at_memory()
            if self.fired:
                self.interrupt(number, frame)

    def interrupt(self, number: int, frame: types.FrameType | None) -> None:
        """Raise KeyboardInterrupt, but no second one while it is written down what the first has stopped."""
        while self.fired and frame and frame.f_code is not run_step.__code__:
            if frame.f_code is run_steps.__code__:
                return
            frame = frame.f_back
        raise KeyboardInterrupt

    def fire(self) -> None:
        self.fired = self.fired or "TimeLimit"

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> bool:
        try:
            self.done.set()
            self.clock.close()
            if self.thread:
                self.thread.join()  # no interrupt of its own comes later
        except KeyboardInterrupt:
            if not self.fired:
                raise
        finally:
            for number, handler in self.handlers.items():
                self.drop_what_is_on_its_way(number)
                if handler is not None:
                    signal.signal(number, handler)
        return bool(self.fired) and kind is KeyboardInterrupt

    def drop_what_is_on_its_way(self, number: int) -> None:
        """A signal that was sent and not delivered yet would stop what comes next; ignored, it is gone."""
        while self.fired:
            try:
                signal.signal(number, signal.SIG_IGN)
                return
            except KeyboardInterrupt:  # it came just now
                continue


def memory_in_use() -> Callable[[], int] | None:
    """What tells the bytes in use: psutil, loaded in a notebook's kernel, or a browser's heap."""
    if "psutil" in sys.modules:
        process = sys.modules["psutil"].Process()
        return lambda: int(process.memory_info().rss)
    if "pyodide_js" in sys.modules:
        heap = sys.modules["pyodide_js"]._module
        return lambda: int(heap.HEAPU8.length)
    return None


def signal_main(number: signal.Signals) -> None:
    """SIGINT is what Ctrl-C sends. A true signal where there are such, as it ends a sleep, too."""
    import _thread

    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        _thread.interrupt_main(number)


@contextlib.contextmanager
def interrupting_after(seconds: float, watchdog: Watchdog) -> Iterator[None]:
    """Raise KeyboardInterrupt in code that was typed, not imported, at each jump and call after `seconds`.

    Every loop jumps back and every recursion calls, and what `except:` has caught is raised again at
    the next. A sleep that would last too long does not begin. A loop inside a function that is written in C
    cannot be left so. `watchdog` is told, and looks at the memory meanwhile.
    """
    monitoring = vars(sys)["monitoring"]
    tool, events = monitoring.PROFILER_ID, monitoring.events
    end = time.monotonic() + seconds
    next_look = 0.0

    def look(*_: object) -> Any:
        nonlocal next_look
        if sys._getframe(1).f_globals.get("__spec__") is not None:
            return monitoring.DISABLE  # imported, this file too: not looked at again
        now = time.monotonic()
        if now > end:
            watchdog.fire()
        elif now > next_look:
            next_look = now + watchdog.LOOK
            watchdog.look_at_memory()
        if watchdog.fired:
            raise KeyboardInterrupt
        return None

    def look_at_a_call(code: object, place: int, called: object, first: object) -> Any:
        if called is not time.sleep:
            return monitoring.DISABLE
        if isinstance(first, (int, float)) and time.monotonic() + first > end:
            watchdog.fire()
            raise KeyboardInterrupt
        return None

    looks = {events.JUMP: look, events.PY_START: look, events.CALL: look_at_a_call}
    monitoring.use_tool_id(tool, "time limit")
    try:
        for event, callback in looks.items():
            monitoring.register_callback(tool, event, callback)
        monitoring.set_events(tool, sum(looks))
        yield
    finally:
        monitoring.set_events(tool, 0)
        for event in looks:
            monitoring.register_callback(tool, event, None)
        monitoring.free_tool_id(tool)
