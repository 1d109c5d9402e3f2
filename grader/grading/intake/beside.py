"""Files handed in beside the notebooks: they lie beside them again while the notebooks run."""

from __future__ import annotations

from pathlib import Path

from .files import Refused, read_regular_file
from .names import NOTEBOOK, entries_of, is_archive, is_rubbish
from .text import printable

MAX_TOTAL, MAX_FILES = 5_000_000, 100
"""What is taken along into each lesson."""

NOT_THEIRS = {"timestamp.txt", "submission_secret.txt", "progress.json"}
"""What nbgrader and the lessons' own checks put there."""


class Beside:
    """A student's own modules and data, with a note for whoever reads the marks."""

    def __init__(self, folder: Path):
        self.files: dict[str, bytes] = {}
        self.left_out: list[str] = []
        room = MAX_TOTAL
        for entry in entries_of(folder):
            name = entry.name
            if name in NOT_THEIRS or NOTEBOOK.fullmatch(name) or is_rubbish(name) or is_archive(name):
                continue
            if entry.is_dir():  # of notebooks, which are named elsewhere
                continue
            try:
                content = read_regular_file(Path(entry.path), room if len(self.files) < MAX_FILES else -1)
            except Refused:
                self.left_out.append(name)
                continue
            self.files[name] = content
            room -= len(content)

    @property
    def notes(self) -> list[str]:
        notes = []
        if self.files:
            notes.append(f"beside the notebooks while they ran: {listed(self.files)}.")
        if self.left_out:
            notes.append(
                f"not there while the notebooks ran: {listed(self.left_out)}; "
                f"files may have {MAX_TOTAL / 1e6:.0f} MB together."
            )
        return notes


def listed(names) -> str:
    some = [printable(name[:80]) for name in names]
    return ", ".join(some[:10]) + (f" and {len(some) - 10} more" if len(some) > 10 else "")
