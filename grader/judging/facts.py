"""Facts on a card: what is true of wrong results, and of the answer's text. No guess at causes."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from ..course.exercise import Case, Exercise
from .answer import TooMuch, parse
from .compare import Fault, as_numbers
from .look import Look
from .recognised import Wrong, handed_in, layer_of, recognise, what_sets_apart
from .symptoms import read_symptom

Said = TypeVar("Said", str, tuple[str, str])

IN_NUMBERS = ("values", "shape", "type")
"""Kinds of faults where something came that may be looked at."""


# Of the results


def with_what_is_seen(
    exercise: Exercise, cases: Sequence[Case], faults: Mapping[int, Fault], shown: int, why: str, hint: str
) -> tuple[str, str]:
    """Reason and advice for a fault that nothing explains, and what is true of all wrong results."""
    kind = faults[shown].kind

    def symptom(some: Mapping[int, Case]) -> tuple[str, str]:
        pairs = [(f.expected, f.got) for i, f in faults.items() if i in some and f.kind == kind]
        return read_symptom(pairs, exercise.traits)

    def results(some: Mapping[int, Case]) -> str:
        return what_came(some, {i: fault for i, fault in faults.items() if i in some})

    if kind in ("values", "shape"):
        why, hint = for_every_seed(symptom, cases, faults) or (why, hint)
    about = for_every_seed(results, cases, faults)
    apart = for_every_seed(lambda some: what_sets_apart(some, faults, cases[shown].part), cases, faults)
    if about and kind == "type":  # which says more of the numbers
        why = ""
    if kind != "changed":
        why = " ".join(filter(None, (about, why, apart)))
    return why, hint


def for_every_seed(
    of: Callable[[Mapping[int, Case]], Said], cases: Sequence[Case], faults: Mapping[int, Fault]
) -> Said | None:
    """What is so in the readable cases, which no seed draws, where it is so in the drawn ones as well."""
    every = dict(enumerate(cases))
    readable = {i: case for i, case in every.items() if not case.is_random}
    said = of(readable if readable.keys() & faults.keys() else every)
    return said if any(said) and of(every) == said else None


def what_came(cases: Mapping[int, Case], faults: Mapping[int, Fault]) -> str:
    """What the wrong results are, or which of their numbers are wrong; "" where nothing is known of it."""
    seen = {i: fault for i, fault in faults.items() if fault.kind in IN_NUMBERS}
    if any(not cases[i].is_random for i in faults.keys() - seen.keys()):
        return ""
    right = [handed_in(case, len(case.steps) - 1) for i, case in cases.items() if i not in faults]
    fine = [x for x in right if x is not None] if len(seen) == len(faults) else None
    return recognise(numbers_of(cases, seen), fine)


def numbers_of(cases: Mapping[int, Case], faults: Mapping[int, Fault]) -> list[Wrong]:
    """What was handed in, what is right and what came, in numbers; [] where one of these is no number."""
    found = []
    for i, fault in faults.items():
        right, came = as_numbers(fault.expected), as_numbers(fault.got)
        if right is None or came is None or fault.is_random:
            return []
        given, layer = handed_in(cases[i], fault.step), layer_of(cases[i], fault.step)
        found.append(Wrong(given, right.astype(float), came.astype(float), layer))
    return found


# Of the text


def said_of_the_text(look: Look, got: str, classes: Iterable[str]) -> str:
    """What is known of the answer's text and of what is around it. `classes` are those of which it is to make
    objects."""
    said = [f"`{n}` is made outside of your function: there it is {v}." for n, v in look.borrowed.items()]
    said += [known_in_another(look, got), drawn(look), left_out(look, classes)]
    return " ".join(filter(None, said))


def drawn(look: Look) -> str:
    """Which function of the answer draws random numbers, where it is a function; a layer is to draw some."""
    text = look.definitions[0][1] if look.definitions else ""
    for called in re.findall(r"\b\w+(?:\.\w+)+(?=\()", text) if text.startswith("def ") else ():
        module, _, rest = called.partition(".")
        if f"{look.modules.get(module, module)}.{rest}".startswith(("numpy.random.", "random.")):
            return f"`{called}` draws at random: the same call may give something else the next time."
    return ""


def is_read(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Load)


def read_after_its_loop(tree: ast.Module) -> list[str]:
    """The names of what loops run over that are read behind the loop, where no other line makes them."""
    names = [n for n in ast.walk(tree) if isinstance(n, ast.Name)]
    given = {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    found = []
    for loop in (n for n in ast.walk(tree) if isinstance(n, ast.For)):
        own = {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)} - given
        stored = Counter(n.id for n in names if n.id in own and isinstance(n.ctx, ast.Store))
        after = {n.id for n in names if is_read(n) and n.lineno > (loop.end_lineno or 0)}
        found += [name for name in own & after if stored[name] == 1]
    return sorted(dict.fromkeys(found))


def left_out(look: Look, classes: Iterable[str]) -> str:
    """What of the parts of a chain works for nothing, or is not made; "" where nothing is known of it."""
    text = look.definitions[0][1] if look.definitions else ""
    try:
        tree = parse(text)
    except TooMuch:
        return ""
    read = Counter(n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and is_read(n))
    called = Counter(re.findall(r"\b(\w+)\.forward\(", text))
    said = [
        f"`{name}.forward` is called, and no line reads `{name}.output`."
        for name, times in called.items()
        if read[name] == times
    ]
    said += [
        f"`{name}` is read after its loop is over: there it holds what the last round has left."
        for name in read_after_its_loop(tree)
    ]
    used = [name for name in classes if name in text]
    if used and not look.borrowed and not re.search(r"\bnp\.", text):
        said += [
            f"No line of `{look.definitions[0][0]}` makes an object of the class `{c}`."
            for c in classes
            if c not in used
        ]
    return " ".join(said)


def known_in_another(look: Look, got: str) -> str:
    """Which other function of the answer knows a name that is not known where it was read; or ""."""
    unknown = re.match(r"NameError: name '(\w+)' is not defined", got)
    for function in re.finditer(r"def (\w+)\(([^()]*)\)", look.text) if unknown else ():
        if unknown and unknown[1] in re.findall(r"\w+", function[2]):
            return f"It is a parameter of `{function[1]}`, and known in that function alone."
    return ""
