"""What a change changes: which lines, which names, and whether a misconception's words speak of it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import lru_cache

from ..course.exercise import Misconception
from .answer import Answer
from .edits import TOKEN, Candidate

CODE = re.compile(r"`[^`]+`|\b(?:np|math|self)\.\w+|\b\w+\([^()]*\)|\b\w+=\w+|\b\w*_\w*\b")
"""What stands in prose as code."""


def speaks_of(answer: Answer, candidate: Candidate, cause: Misconception | None) -> bool:
    """Whether a misconception's words name what the change brings in or takes out.

    Names that the student has chosen, as `number`, are also common words: these count where they are code.
    """
    if cause is None:
        return False
    quoted, told = words_of(f"{cause.title} {cause.why} {cause.hint}")
    chosen = {n for function in answer.all_of(ast.FunctionDef) for n in answer.locals(function)}
    changed = identifiers_changed(answer, candidate)
    return bool(changed & quoted or (changed - chosen) & told)


@lru_cache(maxsize=256)
def words_of(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """What stands in prose as code, and all of it."""
    quoted = frozenset(word for code in CODE.findall(text) for word in TOKEN.findall(code))
    return quoted, frozenset(TOKEN.findall(text))


def agrees(answer: Answer, candidate: Candidate, cause: Misconception | None) -> bool:
    """Whether a misconception's words may stand beside a change: they speak of it, or it has no words."""
    return cause is not None and (
        speaks_of(answer, candidate, cause) or not identifiers_changed(answer, candidate)
    )


def identifiers_changed(answer: Answer, candidate: Candidate) -> set[str]:
    before, after = (Counter(TOKEN.findall(text)) for text in (answer.text, candidate.text))
    return {t for t in before | after if before[t] != after[t] and t.isidentifier()}


def difference(old: str, new: str) -> tuple[int, list[str], list[str]]:
    """Where two texts begin to differ, from 1, and the lines of each that differ."""
    a, b = old.splitlines(), new.splitlines()
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    stop = 0
    while stop < min(len(a), len(b)) - start and a[-1 - stop] == b[-1 - stop]:
        stop += 1
    before, after = a[start : len(a) - stop], b[start : len(b) - stop]
    if not before and start:  # a new line: shown below the one it follows
        before, after, start = [a[start - 1]], [a[start - 1], *after], start - 1
    return start + 1, before, after
