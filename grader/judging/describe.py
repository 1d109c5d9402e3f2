"""Puts one fault into words, from the fault alone: what happened, why, what to look at."""

from __future__ import annotations

import difflib
import re

import numpy as np

from ..course import EXERCISES
from ..course.exercise import Exercise
from .compare import Fault, as_numbers, close, family
from .formatting import format_shape, format_value, plural
from .hints import error_hint
from .record import CaseRecord, Raised

LIMITS = ("TimeLimit", "MemoryLimit")
"""The kinds of an error that the probe gives to what it has stopped itself."""

ARTICLES = {
    "array": "a NumPy array",
    "list": "a list",
    "number": "a number",
    "bool": "True or False",
    "tuple": "a tuple",
    "str": "text",
    "NoneType": "None",
}

Words = tuple[str, str, str]
"""Title, reason and advice."""


def describe_fault(exercise: Exercise, fault: Fault, entry: CaseRecord, part: str = "") -> Words:
    """Title, reason and advice for a fault, from the fault alone; the exercise's own come first."""
    for kind, own in exercise.advice.items():
        for advice in own if isinstance(own, tuple) else (own,):
            if kind == fault.kind and advice.part in ("", part):
                return advice.title, advice.why, advice.hint
    return {
        "error": describe_error,
        "attribute": describe_attribute,
        "nothing": describe_nothing,
        "type": describe_type,
        "shape": describe_shape,
        "values": describe_values,
        "changed": describe_changed,
    }[fault.kind](exercise, fault, entry)


def describe_error(exercise: Exercise, fault: Fault, entry: CaseRecord) -> Words:
    raised: Raised = fault.got
    why, hint = error_hint(raised.type, raised.message, raised.line)
    unknown = re.fullmatch(r"name '(\w+)' is not defined", raised.message)
    if unknown and (lesson := written_elsewhere(exercise, unknown[1])):
        why = f"{unknown[1]} is written in lesson {lesson}; a notebook knows only what its own cells define."
        hint = "Which steps does it take, and what does this lesson have for each of them?"
    if raised.type in LIMITS:
        return f"{exercise.object_name} did not come to an end and was stopped.", why, hint
    return (
        f"{exercise.object_name} stopped with {raised.type}.",
        why,
        hint or "Run this case in a cell of its own.",
    )


def written_elsewhere(exercise: Exercise, name: str) -> str:
    """The number of the other lesson in which an exercise of this name is answered, or ""."""
    lessons = {e.lesson for e in EXERCISES.values() if e.object_name == name}
    return "" if not lessons or exercise.lesson in lessons else str(int(min(lessons).partition("_")[0]))


def misnamed(fault: Fault) -> str:
    """The attribute that most likely was meant to be the missing one, or ""."""
    name, own = fault.got.message, {n.lower(): n for n in fault.got.has}
    close = difflib.get_close_matches(name.lower(), own, 1, cutoff=0.6)
    return own[close[0]] if close else ""


def describe_attribute(exercise: Exercise, fault: Fault, entry: CaseRecord) -> Words:
    name, own = fault.got.message, fault.got.has
    if misnamed(fault):
        return (
            f"There is no self.{name}, but there is self.{misnamed(fault)}.",
            "Other layers read it by its exact name.",
            f"Rename it to self.{name}.",
        )
    values = [o.value for o in entry.seen[1:] if not o.raised]
    returned = values[-1] if values and name == "output" else None
    if returned is not None:
        return (
            f"forward returns a result, but does not store it in self.{name}.",
            f"The next layer reads {name} from the object; a returned value is gone.",
            f"Assign it: self.{name} = ...",
        )
    held = f" The object holds {', '.join(own)}." if own else ""
    return (
        f"There is no self.{name} where it is needed.",
        f"Nothing has been assigned to self.{name} by then.{held}",
        f"Which line is to assign self.{name}, and has the method in which it stands been called yet?",
    )


def describe_nothing(exercise: Exercise, fault: Fault, entry: CaseRecord) -> Words:
    if entry.printed.strip():
        return (
            f"{exercise.object_name} prints its result, but returns None.",
            "print shows a value to a person; only return hands it to the code that called.",
            "Which value is to be handed back, and when is all of it there?",
        )
    return (
        "The result is None.",
        "A function without a return that is reached gives None, and so do list.append, list.sort and print.",
        "Which line should hand the result back, and is it reached?",
    )


def describe_type(exercise: Exercise, fault: Fault, entry: CaseRecord) -> Words:
    want, have = ARTICLES[family(fault.expected)], family(fault.got)
    got = ARTICLES.get(have) or with_article(have)
    if " of dtype " in have:
        dtype = have.rpartition(" ")[2]
        return (
            f"The numbers of the result have the dtype {dtype}, and not {np.asarray(fault.expected).dtype}.",
            {
                "object": "An array of dtype object holds Python objects of any kind, and NumPy cannot "
                "calculate with them as with numbers.",
            }.get(dtype, f"Code that goes on with them does not expect {dtype}."),
            "Which line of yours makes them so?",
        )
    if isinstance(fault.got, list) and any(isinstance(item, str) for item in fault.got):
        return "There is text in the result, where numbers are asked for.", "", "Which line puts it there?"
    if fault.form_only and isinstance(fault.got, list) and any(isinstance(item, bool) for item in fault.got):
        return (
            "There is True or False in the result, where numbers are asked for.",
            "Python counts False as 0 and True as 1, so they calculate like numbers. But who looks at the "
            "list finds words in it.",
            "Which line puts True or False there: what does a comparison, or `and`, give?",
        )
    if have == family(fault.expected):
        return (
            f"The result is {got}, but what it holds is not all numbers of one shape.",
            "",
            "Print it, and look at its elements one by one.",
        )
    if have == "generator":
        return (
            f"The result is a generator, but {want} is asked for.",
            "`yield`, and a loop in round brackets, make no list: a generator gives its numbers one by one, "
            "when it is asked for them.",
            "Where is the list in which all results are collected?",
        )
    why = "The numbers in it are right." if fault.form_only else ""
    want_numbers, numbers = as_numbers(fault.expected), as_numbers(fault.got)
    if numbers is None or want_numbers is None or numbers.size < 2 or fault.is_random:
        pass  # then nothing is known of them
    elif not close(want_numbers.ravel(), numbers.ravel()):
        why = "Its numbers are not the expected ones either."
    return (
        f"The result is {got}, but {want} is asked for.",
        why,
        {
            "array": "Which line makes it one, and what would make an array of it?",
            "list": "Which line makes it one, and where is the list in which all results are collected?",
        }.get(family(fault.expected), "Which line makes it one?"),
    )


def with_article(noun: str) -> str:
    if noun.startswith(("a ", "an ", "something")):
        return noun
    return f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"


def describe_shape(exercise: Exercise, fault: Fault, entry: CaseRecord) -> Words:
    want, got = format_shape(fault.expected), format_shape(fault.got)
    if family(fault.expected) == "list":
        title = f"The result has {plural(len(fault.got), 'item')}, not {len(fault.expected)}."
        if len(fault.got) == len(fault.expected):
            title = "The items of the result should be numbers, not lists or arrays of their own."
    else:
        title = f"The result has the shape {got}, but {want} is asked for."
    return title, "", "Which line is the first whose result has not the size that you expect?"


def describe_values(exercise: Exercise, fault: Fault, entry: CaseRecord) -> Words:
    title = "The numbers are not the expected ones."
    return title, "", "Which line is the first whose numbers are not what you expect?"


def describe_changed(exercise: Exercise, fault: Fault, entry: CaseRecord) -> Words:
    return (
        "The result is right, but the input you were given is changed too.",
        "Lists and arrays are handed over as they are, not as a copy: what is written into them is written "
        "into the caller's.",
        "Put the result into a new list or array and leave the input as it is.",
    )


def show_both(fault: Fault) -> tuple[str, str]:
    """Expected and got, as text."""
    if fault.kind == "changed":
        index, after = next(iter(fault.got.items()))
        return f"input still {format_value(fault.expected[index])}", f"input now {format_value(after)}"
    if fault.kind == "attribute":
        return f"a value in {fault.got.message}", "no such attribute"
    if fault.kind == "error":
        raised: Raised = fault.got
        place = f"\nin your line: {raised.line}" if raised.line else ""
        what = "no result" if raised.type in LIMITS else f"{raised.type}: {raised.message}"
        return "" if fault.expected is None else format_value(fault.expected), what + place
    if fault.kind in ("constant", "counted", "repeated") or fault.is_random:
        return f"random numbers, fresh for every layer, shape {format_shape(fault.expected)}", format_value(
            fault.got
        )
    return format_value(fault.expected), format_value(fault.got)
