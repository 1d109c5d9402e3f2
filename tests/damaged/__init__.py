"""Makes damaged and odd submissions out of a good one, as students, editors and accidents do.

`good(lesson)` is a perfect submission as parsed JSON, `write(path, notebook)` saves one. `ODD` holds
the damages by name: what each makes of a good notebook, what the intake says about it, and which
exercises it costs. `ODD_PLACES` holds what may lie where a notebook should, and is no plain file.
"""

from . import added, cells, editors, files, metadata, texts  # noqa: F401 - each enters its damages in ODD
from .added import answer_in_an_added_cell
from .cells import answers_twice
from .damage import ODD, matches
from .notebook import (
    LESSON,
    RIGHT,
    RIGHT_MAX,
    STUB,
    WRONG,
    cell,
    code,
    good,
    place,
    released,
    set_text,
    text_of,
    without_ids,
    write,
)
from .places import ODD_PLACES

__all__ = [
    "LESSON",
    "ODD",
    "ODD_PLACES",
    "RIGHT",
    "RIGHT_MAX",
    "STUB",
    "WRONG",
    "answer_in_an_added_cell",
    "answers_twice",
    "cell",
    "code",
    "good",
    "matches",
    "place",
    "released",
    "set_text",
    "text_of",
    "without_ids",
    "write",
]
