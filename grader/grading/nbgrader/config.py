"""nbgrader, set up so that each of its ways to autograde goes through intake and judge."""

from __future__ import annotations

import sys
from pathlib import Path

from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute
from traitlets.config import Config

from ...course.places import ROOT, course_directory
from .execute import JudgedExecute
from .exporter import IntakeExporter

AUTOGRADE_STEPS = [
    JudgedExecute if step is Execute else step for step in Autograde.autograde_preprocessors.default()
]

PLAIN_KERNEL = "python3"

FORMGRADER = "nbgrader.server_extensions.formgrader.base"
"""Where the formgrader's handlers find what answers them; in a Jupyter server, before this is read."""

ENTER_CHAPTER = "grader.grading.recording.gradebook.enter_before_autograde"
"""By name, as nbgrader imports it when it is needed: generate_assignment enters nothing where notebooks/
lie already, as in a fresh clone."""

FEEDBACK_EXPORTER = "grader.grading.recording.exporter.FeedbackExporter"
COMPLETE_FEEDBACK = "grader.grading.recording.exporter.complete_for_exchange"


def grading_config(course: Path | None = None, root: Path = ROOT, unsafe: bool = False) -> Config:
    """The configuration for grading the class directory `course` with the chapter in `root`."""
    config = Config({"CourseDirectory": course_directory(root, course)})
    config.JudgedExecute.kernel_name = PLAIN_KERNEL  # not Execute's: the Validate button reads that
    config.JudgedExecute.unsafe = unsafe
    if sys.platform == "linux":
        from .provisioner import use_student_kernel

        config.JudgedExecute.kernel_name = use_student_kernel()
        config.SandboxProvisioner.unsafe = unsafe
    config.Autograde.exporter_class = IntakeExporter
    config.Autograde.pre_convert_hook = ENTER_CHAPTER
    config.Autograde.autograde_preprocessors = AUTOGRADE_STEPS
    config.GenerateFeedback.exporter_class = FEEDBACK_EXPORTER
    config.GenerateFeedback.post_convert_hook = COMPLETE_FEEDBACK
    if FORMGRADER in sys.modules:
        from .lists import NavigatedGradebook, QuickLists, page_of

        sys.modules[FORMGRADER].NbGraderAPI = QuickLists  # type: ignore[attr-defined]
        sys.modules[FORMGRADER].Gradebook = NavigatedGradebook  # type: ignore[attr-defined]
        sys.modules[FORMGRADER].BaseHandler.render = page_of  # type: ignore[attr-defined]
    return config
