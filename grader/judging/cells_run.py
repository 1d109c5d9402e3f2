"""Remembers how each cell of a notebook ended, so that a check never judges what an older run has left."""

from __future__ import annotations

import linecache
import re
from dataclasses import dataclass, replace
from typing import Any

MAX_CELLS = 200  # that are remembered


@dataclass(frozen=True)
class CellRun:
    """A cell's text as it was run last, and the error with which it stopped, as "Type: message"."""

    text: str = ""
    error: str = ""
    guessed: bool = False
    """Whether it is an exercise's only for want of a better: it ran last, and defines something."""


class CellsRun:
    """The last run of each cell, in the order of running. `note` is for IPython's `post_run_cell`."""

    def __init__(self) -> None:
        self.runs: dict[str, CellRun] = {}

    def note(self, result: Any) -> None:
        text = result.info.raw_cell or ""
        key = getattr(result.info, "cell_id", None) or text
        self.runs.pop(key, None)
        self.runs[key] = CellRun(text, in_words(result.error_before_exec or result.error_in_exec))
        while len(self.runs) > MAX_CELLS:
            self.runs.pop(next(iter(self.runs)))

    def last_of(self, exercise: str, name: str) -> CellRun | None:
        """The last run of the cell in which an exercise is answered, known by its id or by its text."""
        defines = re.compile(rf"^\s*(def|class)\s+{re.escape(name)}\b|^\s*{re.escape(name)}\s*=", re.M)
        for key, run in reversed(self.runs.items()):
            if key == f"{exercise.replace('_', '-')}-answer" or defines.search(run.text):
                return run
        latest = next(reversed(self.runs.values()), None)  # the check itself is not over yet
        if latest is None or not re.search(r"^(def|class)\s", latest.text, re.M):
            return None
        return replace(latest, guessed=True)


def in_words(error: BaseException | None) -> str:
    """An error as "Type: message", without the name of a file; "" where there is none."""
    if error is None:
        return ""
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg} (line {error.lineno})"
    return f"{type(error).__name__}: {error}"[:300]


def comes_from(value: Any, text: str) -> bool:
    """Whether a function or class was defined by a cell with this text."""
    members = vars(value).values() if isinstance(value, type) else [value]
    codes = [getattr(getattr(m, "__func__", m), "__code__", None) for m in members]
    files = {code.co_filename for code in codes if code is not None}
    return any("".join(linecache.getlines(file)).strip() == text.strip() for file in files)


def watch(shell: Any) -> CellsRun:
    """Note from now on how the cells of this shell end; once for each shell."""
    if not hasattr(shell, "_cells_run_for_checks"):
        shell._cells_run_for_checks = CellsRun()
        shell.events.register("post_run_cell", shell._cells_run_for_checks.note)
    cells: CellsRun = shell._cells_run_for_checks
    return cells
