"""Errors of what is around an answer: packages, time, memory, files, network, windows."""

from __future__ import annotations

from ...course.packages import PACKAGES
from .table import Hint

SURROUNDINGS = [
    Hint(
        "ModuleNotFoundError",
        r"No module named '([\w.]+)'",
        f"{{0}} is not in the lessons' environment. That is {', '.join(PACKAGES)} and what comes with "
        "Python: no other package is there when an answer is graded.",
        "Which of your lines needs it, and can NumPy do the same?",
    ),
    Hint(
        "TimeLimit",
        r"^([\d.]+)$",
        "All cases together may take {0} seconds; then it is stopped.",
        "Which loop does not end there, or what does that line wait for?",
    ),
    Hint(
        "MemoryLimit",
        r"^([\d.]+)$",
        "It had taken more than {0} MB of memory, and was stopped before there was none left.",
        "Which list or array grows there, and what would end that?",
    ),
    Hint(
        "MemoryError",
        r"",
        "There is not as much memory as was asked for.",
        "Which size in that line is much larger than you meant?",
    ),
    Hint(
        "TimeLimit",
        r"",
        "It ran for too long and was stopped.",
        "Which loop does not end there, or what does that line wait for?",
    ),
    Hint(
        "PermissionError|BlockingIOError",
        r"Operation not permitted|no other process",
        "Where an answer is graded the system allows less: no other program or process can be started.",
        "Which of your lines needs that, and can the answer do without it?",
    ),
    Hint(
        "URLError|gaierror|OSError|ConnectionRefusedError",
        r"urlopen error|name resolution|Name or service|Operation not supported|Network is unreachable",
        "There is no network where an answer is graded.",
        "Which of your lines asks for it, and can the answer do without it?",
    ),
    Hint(
        "OSError|PermissionError",
        r"Read-only file system|Permission denied",
        "Where an answer is graded, a file can be written only beside the notebook.",
        "Which of your lines writes one, and where to?",
    ),
    Hint(
        "StdinNotImplementedError|EOFError",
        r"",
        "Nobody is there to type something while an answer is graded.",
        "Which value does the line ask for, and where else could it come from?",
    ),
    Hint(
        "TclError",
        r"",
        "No window can be opened where an answer is graded.",
        "Which of your lines opens one, and can the answer do without it?",
    ),
    Hint("SystemExit", r"", "The code asked Python to quit.", "Which line does that? It is not needed."),
]
