"""What Python's and NumPy's error messages say, for someone new to both.

A hint says what the message proves and no more: the same exception has many causes, so the rest is a
question that leads to the line. `line` patterns let a hint speak of what stands in the student's line.
"""

from __future__ import annotations

import re

from .reading import READING
from .running import RUNNING
from .surroundings import SURROUNDINGS
from .table import Hint

__all__ = ["HINTS", "Hint", "error_hint"]

HINTS = [*RUNNING, *SURROUNDINGS, *READING]  # the first that fits counts


def error_hint(kind: str, message: str, line: str = "") -> tuple[str, str]:
    """Meaning of an exception and a question; both empty where the message must speak for itself.

    `line` is the student's line that led to it, where it is known.
    """
    for hint in HINTS:
        if kind in hint.kinds.split("|") and re.search(hint.line, line):
            match = re.search(hint.message, message)
            if match:
                return hint.meaning.format(*match.groups()), hint.question.format(*match.groups())
    return "", ""
