"""A lesson in a warm kernel: what `judged.py` does with a Jupyter kernel, without Jupyter's time."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Mapping

from .cells import LOST, JudgedCells, error_output, time_limit_text
from .needless import is_check, is_students
from .warm import KernelLost, WarmKernel, WarmParent


class WarmLesson(JudgedCells):
    """Runs notebooks as plain dicts, each in a fresh kernel of `parent`."""

    def __init__(
        self,
        parent: WarmParent,
        seed: int,
        timeout: int = JudgedCells.timeout,
        files: Mapping[str, bytes] | None = None,
        student: str = "",
        ends: float = math.inf,
    ):
        """`files` lie in the working directory before anything of the notebook runs."""
        self.parent, self.seed, self.timeout = parent, seed, timeout
        self.student, self.ends = student, ends
        self.files = {name: b64encode(content).decode() for name, content in (files or {}).items()}

    def execute(self, notebook: dict) -> None:
        """Run all cells and fill in their outputs. Raises RuntimeError where no kernel can be had.

        A lesson whose kernel dies is run once more, in a new parent: it may have been the machine, or
        a parent that an earlier lesson has spoilt.
        """
        for attempt in range(2):
            if attempt:
                self.parent.close()
            self.begin(notebook["cells"])
            with self.parent.kernel(self.first_cells()) as self.kernel:
                if self.files:
                    self.ask({"outputs": []}, files=self.files)
                for index, cell in enumerate(notebook["cells"]):
                    self.take(cell, index)
                self.look_closely()
            if self.lost != LOST["died"][0]:
                break
        notebook["metadata"]["language_info"] = {"name": "python"}

    kernel: WarmKernel

    def first_cells(self) -> tuple[str, ...]:
        """The lesson's own cells that run before anything of the student does: the same ones in each copy of
        the lesson; none where files lie beside it, which these could read."""
        end = next((i for i, cell in enumerate(self.cells) if is_students(cell) or is_check(cell)), 0)
        own = (
            cell
            for i, cell in enumerate(self.cells[:end])
            if cell["cell_type"] == "code" and i not in self.left_out
        )
        return () if self.files else tuple(cell["source"] for cell in own if cell["source"].strip())

    def run(self, cell, index):
        if not cell["source"].strip():
            return
        reply = self.begun(cell) or self.ask(cell, code=cell["source"])
        if reply is not None:
            count = reply.get("count")
            cell["execution_count"] = count if type(count) is int else None

    def begun(self, cell) -> dict | None:
        """What the cell did where it has run before the kernel was forked, its outputs put into the cell."""
        if not self.kernel.begun:
            return None
        reply = self.kernel.begun.pop(0)
        cell["outputs"] = reply["outputs"]
        return reply

    def probe(self, cell, index, plan):
        cell["outputs"] = []
        if self.lost:
            return None
        reply = self.ask(cell, plan=plan)
        record = reply and reply.get("record")
        return record if isinstance(record, str) else None

    def ask(self, cell: dict, **request) -> dict | None:
        """The kernel's reply, its outputs put into the cell; None when it is lost."""
        try:
            reply, late = self.kernel.run(self.timeout, **request)
        except KernelLost as lost:
            self.lose(cell, lost.why)
            return None
        cell["outputs"] = reply["outputs"]
        if late:
            cell["outputs"].append(error_output("TimeLimit", time_limit_text(self.timeout)))
        return reply
