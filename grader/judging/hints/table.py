"""What a hint is: an error's meaning, and a question that leads to the line."""

from __future__ import annotations

from typing import NamedTuple


class Hint(NamedTuple):
    """What an exception means and what to ask; `{0}` and so on are the groups of `message`."""

    kinds: str
    """The exception's type; several separated by `|`."""

    message: str
    meaning: str
    question: str
    line: str = ""
    """A pattern that the student's line has to hold, too."""
