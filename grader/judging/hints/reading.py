"""Errors of a cell that could not be read."""

from __future__ import annotations

from .table import Hint

READING = [
    Hint(
        "SyntaxError",
        r"cannot assign to function call",
        "Round brackets call a function, and nothing can be stored in a call. A place of a list or an array "
        "is written with square brackets.",
        "Is the name before the brackets that of a function, or of a list?",
    ),
    Hint(
        "UsageError",
        r"(`%{1,2}[^`]*`) not found",
        "The kernel knows no magic {0}, and stopped there: nothing below it in the cell was run.",
        "Is it spelt right, and is it needed?",
    ),
    Hint(
        "SyntaxError",
        r"needs Python ([\d.]+)",
        "Python {0} and later read it. The Python that grades is older, and could not read the cell.",
        "How is the same written without it?",
    ),
    Hint(
        "SyntaxError",
        r"expected ':'",
        "Python writes `elif` for what `else if` says elsewhere.",
        "How is it spelt in one word?",
        line=r"^else\s+if\b",
    ),
    Hint(
        "SyntaxError",
        r"invalid syntax",
        "Python writes `elif` for what other languages call `elseif` or `elsif`.",
        "Which condition belongs there, or is it for everything that is left?",
        line=r"^els(e|)if\b",
    ),
    Hint(
        "SyntaxError",
        r"expected ':'",
        "`else` has no condition of its own: it is for everything that is left.",
        "What may stand between `else` and the colon?",
        line=r"^else\s+[^:\s]",
    ),
    Hint(
        "SyntaxError",
        r"expected ':'",
        "A line that begins a block, as `def`, `class`, `for`, `if` and `else` do, ends with a colon.",
        "Which line has none?",
    ),
    Hint(
        "SyntaxError",
        r"invalid syntax",
        "Python has no `?`: between two values it chooses with words, or with `if` and `else`.",
        "How does the lesson choose between two values?",
        line=r"\?",
    ),
    Hint(
        "SyntaxError",
        r"invalid syntax",
        "`&&` and `||` are written with words in Python: `and`, `or`.",
        "Which of the two words is meant there?",
        line=r"&&|\|\|",
    ),
    Hint(
        "SyntaxError",
        r"invalid syntax",
        "What other languages write with a `!` before a condition is the word `not` in Python.",
        "Which condition is turned round there?",
        line=r"!(?!=)",
    ),
    Hint(
        "SyntaxError",
        r"invalid syntax",
        "Python's own words, as `class`, `def`, `for` and `return`, begin with a small letter.",
        "Which word of that line begins with a capital one?",
        line=r"^(Class|Def|For|If|Else|While|Return|Import|From)\b",
    ),
    Hint(
        "SyntaxError",
        r"invalid syntax",
        "`else` and `elif` stand exactly as deep as the `if` that they belong to, and here there is none.",
        "Under which `if` should that line stand?",
        line=r"^(else|elif)\b",
    ),
    Hint(
        "SyntaxError",
        r"'(.)' was never closed",
        "A `{0}` is opened in that line, and nothing closes it.",
        "Count the brackets of the line: how many open, how many close?",
    ),
    Hint(
        "SyntaxError",
        r"Maybe you meant '=='",
        "A single `=` gives a name a value; a comparison is written `==`.",
        "Does that line ask something, or store something?",
        line=r"^(if|elif|while)\b",
    ),
    Hint(
        "IndentationError",
        r"expected an indented block",
        "The lines that belong to that line have to stand deeper than it does.",
        "Which lines belong to it, and how deep do they stand?",
    ),
    Hint(
        "IndentationError",
        r"unindent does not match|unexpected indent",
        "The line begins at a depth at which no line before it began.",
        "With which of the lines above should it line up?",
    ),
    Hint(
        "SyntaxError|IndentationError|TabError",
        r"",
        "Python could not read the cell, so nothing in it was defined.",
        "What is odd in the line it names, or in the one before: brackets, colons, indentation?",
    ),
]
