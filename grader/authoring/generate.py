"""nbgrader's generate step, with a stub that is indented as the solution was."""

from __future__ import annotations

import re
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor
from traitlets.config import Config

from ..course.handed_out import KEY, handed_out
from ..course.places import ROOT, course_directory
from .master import BEGIN, CHECK_NEEDS

STUB = "# YOUR CODE HERE\npass"
"""What stands in place of a solution: it runs, does nothing, and fits wherever a block is needed."""


SO_FAR = f"# your points so far, and what is next\n{CHECK_NEEDS}\ncheck.progress()"


class ClearIndentedSolutions(ClearSolutions):
    """Clears a region whose markers stand at the margin, as nbgrader does, then indents the stub.

    nbgrader indents it as the marker is; our markers are never indented (an indented one is easily
    taken for part of the solution), so the first line of the solution says how deep it belongs.
    """

    def _replace_solution_region(self, cell, language):
        lines = cell.source.split("\n")
        if cell.cell_type == "code" and BEGIN in lines:
            at = lines.index(BEGIN)
            solution = next((line for line in lines[at + 1 :] if line.strip()), "")
            lines[at] = re.match(r"\s*", solution)[0] + BEGIN
            cell.source = "\n".join(lines)
        return super()._replace_solution_region(cell, language)


class EndWithProgress(NbGraderPreprocessor):
    """Has a lesson end with the points so far and what is next: nobody need go back to the start page."""

    def preprocess(self, nb, resources):
        nb.cells.append(new_code_cell(SO_FAR, id="progress-1"))
        return nb, resources


class NoteHandedOut(NbGraderPreprocessor):
    """Has the notebook say what it was when it was handed out."""

    def preprocess(self, nb, resources):
        nb.metadata.grader = NotebookNode({KEY: handed_out(nb.cells)})
        return nb, resources


PREPROCESSORS = [
    ClearIndentedSolutions if step is ClearSolutions else step
    for step in GenerateAssignment.preprocessors.default()
] + [EndWithProgress, NoteHandedOut]


def authoring_config(root: Path = ROOT, course: Path | None = None) -> Config:
    """nbgrader's configuration for making the students' notebooks of the sources in `root`."""
    config = Config({"CourseDirectory": course_directory(root, course)})
    config.ClearSolutions.code_stub = {"python": STUB}
    config.GenerateAssignment.preprocessors = PREPROCESSORS
    # In a fresh clone the notebooks are there and no gradebook is: nbgrader would skip the assignment, never
    # enter it, and autograde would not find it. Made again, the notebooks are the same to the byte.
    config.GenerateAssignment.force = True
    return config
