"""What a newer Python reads and this one does not: a student's may be newer than the one that grades."""

from __future__ import annotations

import re
import sys

NEWER = (
    (
        (3, 13),
        r"\s*(async\s+)?(def|class|type)\s+\w+\s*\[[^\]=]*=(?!=)",
        "a type parameter with a default",
    ),
    ((3, 12), r"\s*type\s+\w+\s*(\[.*\])?\s*=", "a `type` statement"),
    ((3, 12), r"\s*(async\s+)?(def|class)\s+\w+\s*\[", "a type parameter in brackets"),
    (
        (3, 12),
        r".*\b[rR]?[fF][rR]?(\"[^\"]*\{[^}\"]*\"|'[^']*\{[^}']*')",
        "its own quote in an f-string",
    ),
    (
        (3, 12),
        r".*\b[rR]?[fF][rR]?(\"([^\"{]|\{\{)*\{(?!\{)[^}\"]*[\\#]|'([^'{]|\{\{)*\{(?!\{)[^}']*[\\#])",
        "a backslash or `#` in the braces of an f-string",
    ),
    ((3, 14), r"\s*except\*?\s+[\w.]+\s*,", "`except` with several kinds and no parentheses"),
    ((3, 14), r".*\b([tT][rR]?|[rR][tT])[\"']", "a t-string"),
)
"""Since when, how such a line begins, and what it is."""

MAX_LINE = 500  # characters that are looked at: some of the patterns go through a line again and again


def newer_syntax(line: str, version: tuple[int, int] = sys.version_info[:2]) -> str:
    """What of a line that `version` cannot read a newer Python can, and which; empty for nothing."""
    for since, pattern, what in NEWER:
        if version < since and re.match(pattern, line[:MAX_LINE]):
            return f"{what} needs Python {dotted(since)}, and it was run by Python {dotted(version)}"
    return ""


def dotted(version: tuple[int, int]) -> str:
    return ".".join(map(str, version))
