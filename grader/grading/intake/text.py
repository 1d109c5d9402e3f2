"""A stranger's text, made fit to be stored, encoded and printed: everything of theirs goes through here."""

from __future__ import annotations

import re

UNFIT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no notebook's text holds: controls, halves of characters. No tool downstream is sure to take it."""

UNFIT_AMONG_COLOURS = re.compile(
    "\x1b(?!\\[[0-9;]{0,20}m)|[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)
"""The same for what a cell puts out: a traceback's colours are kept, no other order to a terminal is."""

TO_A_TERMINAL = re.compile("\x1b\\[[^@-~]*[@-~]")

MOST = 100_000


def fit(value, most: int = MOST, colours: bool = False) -> str:
    """The text of a string, a list of strings or a number, `most` characters of it; else nothing."""
    if isinstance(value, list):
        value = "".join(part for part in value[:most] if isinstance(part, str))
    elif type(value) in (int, float, bool):
        value = repr(value)
    text = value[:most] if isinstance(value, str) else ""
    return (UNFIT_AMONG_COLOURS if colours else UNFIT).sub("\ufffd", text)


def fit_all(data):
    """Plain data with all text in it made fit."""
    if isinstance(data, str):
        return fit(data)
    if isinstance(data, dict):
        return {fit_all(key): fit_all(value) for key, value in data.items()}
    return [fit_all(item) for item in data] if isinstance(data, (list, tuple)) else data


def without_colours(text: str) -> str:
    """Text without what orders a terminal to do anything."""
    return TO_A_TERMINAL.sub("", text)


MOST_SAID = 5_000
"""Characters of a line that is told of one thing or one student."""


def printable(text: str, most: int = 1_000) -> str:
    """In one line, without what a terminal obeys or cannot show; what joins letters is a part of words."""
    return "".join(c if c.isprintable() or c in "\u200c\u200d" else "?" for c in text[:most])
