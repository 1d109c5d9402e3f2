"""Where nbgrader reads a submitted notebook: through the intake, instead of as it lies there."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbconvert.exporters import NotebookExporter
from traitlets import Unicode

from ...course.places import ROOT
from ..intake.rebuild import take_in
from .execute import JudgedExecute


class IntakeExporter(NotebookExporter):
    """Rebuilds a submission from the release in nbgrader's first pass, and reads on in its second.

    nbgrader's Autograde converts twice with one exporter: from submitted/ to autograded/ with the
    sanitising steps, then within autograded/ with those that run and mark. Set as
    `c.Autograde.exporter_class`.
    """

    release_directory = Unicode(
        str(ROOT / "notebooks"), help="Where the released notebooks lie, a folder for each chapter."
    ).tag(config=True)

    def from_filename(self, filename, resources=None, **kw):
        if any(isinstance(step, JudgedExecute) for step in self._preprocessors):
            return super().from_filename(filename, resources=resources, **kw)
        submitted = Path(filename)  # submitted/<student>/<chapter>/<lesson>.ipynb
        handed_out = Path(self.release_directory) / submitted.parent.name / submitted.name
        intake = take_in(submitted, nbformat.read(handed_out, as_version=4))
        if intake.unclear:  # nbgrader then leaves the marks that there are
            raise intake.unclear
        intake.notebook.metadata.grader = {"notes": intake.notes, "readable": intake.readable}
        return self.from_notebook_node(intake.notebook, resources=resources, **kw)
