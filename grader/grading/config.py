"""nbgrader, set up so that each of its ways to autograde goes through intake and judge."""

from __future__ import annotations

from pathlib import Path

from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute
from traitlets.config import Config

from ..authoring.course import ROOT, course_config
from .exporter import IntakeExporter
from .judged import JudgedExecute

AUTOGRADE_STEPS = [
    JudgedExecute if step is Execute else step for step in Autograde.autograde_preprocessors.default()
]


def grading_config(course: Path | None = None, root: Path = ROOT) -> Config:
    """The configuration for grading the class directory `course` with the chapter in `root`."""
    config = course_config(root, course)
    config.Autograde.exporter_class = IntakeExporter
    config.Autograde.autograde_preprocessors = AUTOGRADE_STEPS
    return config
