"""Files handed in beside the notebooks: they lie beside them again while the notebooks run."""

from __future__ import annotations

from collections.abc import Mapping

from .handed_in import NOT_THEIRS, listed

MAX_TOTAL, MAX_FILES = 5_000_000, 100
"""What is taken along into each lesson."""


class Beside:
    """A student's own modules and data, with a note for whoever reads the marks."""

    def __init__(self, data: Mapping[str, bytes]):
        self.files: dict[str, bytes] = {}
        self.left_out: list[str] = []
        room = MAX_TOTAL
        for name, content in sorted(data.items(), key=lambda item: (item[0].count("/"), item[0])):
            if name in NOT_THEIRS:
                continue
            if len(content) > room or len(self.files) >= MAX_FILES:
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
