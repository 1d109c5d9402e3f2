"""A master's text before jupytext reads it: what jupytext would pass over in silence is refused here.

Of a code cell whose first line it does not know it makes prose, of one that never ends all that follows.
"""

from __future__ import annotations

import re
from pathlib import Path

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""Controls, and what some tools take for the end of a line and others do not."""

FENCE = re.compile(r"(`{3,}|~{3,})\{(?:code-cell|raw-cell)\}")
PYTHON = re.compile(r"(?: +i?python3?)? *")
NEARLY = re.compile(r"[\s>*+-]*[`~:]{2,}\s*\{?\s*code[-_ ]?cell?\b", re.IGNORECASE)

OPENING = "```{code-cell} ipython3"


class MasterError(ValueError):
    """A master that cannot be built: says file, line, what is wrong and how to mend it."""

    def __init__(self, path: Path, line: int, problem: str, mend: str):
        super().__init__(f"{path}:{line}: {problem} {mend}")


def read_text(path: Path) -> str:
    """The master's text, without a byte order mark and with Unix line ends. Raises MasterError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise MasterError(path, line, "the file is not encoded in UTF-8.", "Save it as UTF-8.") from error
    if odd := UNFIT.search(text):
        raise MasterError(
            path,
            text.count("\n", 0, odd.start()) + 1,
            f"a character stands here that is no part of a text, U+{ord(odd[0]):04X}.",
            "Remove it, or, if there are many, save the file as UTF-8.",
        )
    look_at_fences(path, text)
    return text


def look_at_fences(path: Path, text: str) -> None:
    """See that what looks like a code cell is one, and ends. Raises MasterError."""
    opened, begun = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        fence = FENCE.match(line)
        if opened:
            opened = "" if re.fullmatch(rf" {{0,3}}{opened[0]}{{{len(opened)},}} *", line) else opened
            if opened and re.match(r":tags:(?! *\[.*\] *$)", line):
                raise MasterError(path, number, "the tags are no list.", "Write `:tags: [answer]`.")
        elif fence and (PYTHON.fullmatch(line[fence.end() :]) or "raw" in fence[0]):
            opened, begun = fence[1], number
        elif NEARLY.match(line):
            raise MasterError(
                path,
                number,
                "this line looks like the beginning of a code cell, and is none.",
                f"Write `{OPENING}`, at the start of its line.",
            )
    if opened:
        raise MasterError(path, begun, "this cell is never closed.", f"Add a line `{opened}` where it ends.")
