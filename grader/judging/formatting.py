"""Values and cases as a student would type them, short enough for a card."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..course.exercise import Call, Case, Get, Ref, Set
from .compare import shape_of
from .probe import Other

MAX_CHARACTERS = 600


def format_value(value: Any) -> str:
    """`value` as code where that is short; long arrays are abbreviated in the middle."""
    if isinstance(value, Other):
        return f"<{value.type_name}>"
    if isinstance(value, np.ndarray):
        value = value.astype(float) if value.dtype.kind == "f" else value  # float32 is no name to paste
        with np.printoptions(precision=8, threshold=60, edgeitems=3, linewidth=72, floatmode="maxprec"):
            text = "np." + repr(value).replace("\n", "\n   ")
    elif isinstance(value, np.generic):
        text = repr(value.item())
    elif isinstance(value, list) and len(value) > 24:
        text = f"[{', '.join(map(format_value, value[:12]))}, ... {len(value)} items]"
    elif isinstance(value, (list, tuple)):
        inner = ", ".join(map(format_value, value))
        text = f"[{inner}]" if isinstance(value, list) else f"({inner},)" if value else "()"
    else:
        text = repr(value)
    return text if len(text) <= MAX_CHARACTERS else text[:MAX_CHARACTERS] + " ..."


def format_case(case: Case, last: int) -> str:
    """The case as lines of code, up to and including step number `last`."""
    lines = []
    for step in case.steps[: last + 1]:
        if isinstance(step, Call):
            lines.append(format_call(step))
        elif isinstance(step, Set):
            lines.append(indented(f"{step.path} = ", format_value(step.value)))
        elif isinstance(step, Get):
            lines.append(step.path)
    return "\n".join(lines)


def format_call(step: Call) -> str:
    text = f"{step.path}(" if step.to == "result" else f"{step.to} = {step.path}("
    for i, argument in enumerate(step.args):
        value = argument.name if isinstance(argument, Ref) else format_value(argument)
        text = indented(f"{text}, " if i else text, value)
    return text + ")"


def indented(head: str, value: str) -> str:
    """`value` after `head`, its later lines moved to where its first one starts."""
    column = len(head.rsplit("\n", 1)[-1])
    return head + value.replace("\n", "\n" + " " * column)


def plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def format_shape(value: Any) -> str:
    return str(shape_of(value))
