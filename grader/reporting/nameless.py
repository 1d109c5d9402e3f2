"""Takes names out of what students wrote, for a report that names nobody: ids and names may stand in it."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from ..course import CHAPTERS
from ..judging.verdict import Finding

WORD = re.compile(r"[^\W_]+")
HIDDEN = "…"

STRING = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")

CODE_FIELDS = ("line", "before", "after")
FIELDS = ("title", "why", "hint", "code", "expected", "got", *CODE_FIELDS)
"""What a report shows of a finding; the first three are the student's own lines."""

SHORTEST = 3
"""Letters of a name that tells somebody: fewer are initials, and names of variables."""


def nameless(people: Iterable[str]) -> Callable[[str], str]:
    """What takes every word of these ids and names out of a text, but for words of the language.

    Somebody may be called Max, whose name cannot be told from the function's.
    """
    words = {word.casefold() for text in people for word in WORD.findall(text) if len(word) >= SHORTEST}
    names = words - words_of_the_language()

    def hide(match: re.Match) -> str:
        return HIDDEN if match[0].casefold() in names else match[0]

    return lambda text: WORD.sub(hide, text)


def nameless_finding(people: Iterable[str]) -> Callable[[Finding], Finding]:
    """The same for all that a report shows of a finding.

    In strings of the student's own lines no word is left but those of the language: a roster without names
    does not tell which of them is one.
    """
    hide, known = nameless(people), words_of_the_language()

    def hide_strings(text: str) -> str:
        return STRING.sub(lambda found: WORD.sub(lambda w: unless_known(w[0], known), found[0]), text)

    def shown(finding: Finding) -> Finding:
        texts = {name: hide(getattr(finding, name)) for name in FIELDS}
        return replace(finding, **texts | {name: hide_strings(texts[name]) for name in CODE_FIELDS})

    return shown


def unless_known(word: str, known: set[str]) -> str:
    return word if word.casefold() in known or word.isdigit() else HIDDEN


def words_of_the_language() -> set[str]:
    """Words of Python, NumPy and the exercises."""
    exercises = [exercise for chapter in CHAPTERS.values() for exercise in chapter.exercises]
    ours = [text for e in exercises for text in (e.name, e.object_name, e.signature)]
    texts = [*keyword.kwlist, *dir(builtins), *dir(np), *ours]
    return {word.casefold() for text in texts for word in WORD.findall(text)}
