"""Late penalties: what the class directory's own nbgrader_config.py says, and the plug-in that it names.

The plug-in is loaded before anything is graded, since what fails there would fail for everyone.
"""

from __future__ import annotations

import inspect
import math
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.config import Configurable

from ..nbgrader.late import DailyPenalty
from .configuration import at_home, own_config, unread_settings, where
from .database import quiet


class PenaltyError(Exception):
    """Instructor's code that fails; the message has file, line and error."""


class LatePenalties:
    """What lateness costs in a class."""

    def __init__(self, course: Path):
        """Read the configuration, if there is one, and load the plug-in. Raises PenaltyError.

        `notes` are on settings that nothing reads.
        """
        quiet()
        self.course = course
        try:
            with at_home(course):
                config = own_config(course)
                step = AssignLatePenalties(config=config)
                step.init_plugin()
                self.plugin = step.plugin_inst
                inspect.signature(self.plugin.late_submission_penalty).bind("ada", 1.0, 60.0)
        except (Exception, SystemExit) as error:  # whatever the instructor's code raises
            place = where(error, course, getattr(self, "plugin", None))
            raise PenaltyError(f"{place}. Mend that and start again.") from error
        bases = [one for one in type(self.plugin).__mro__ if issubclass(one, Configurable)]
        classes = (CourseDirectory, AssignLatePenalties, LateSubmissionPlugin, DailyPenalty, *bases)
        self.notes = unread_settings(config, course, classes)

    def of(self, student: str, score: float, late: float) -> float | None:
        """Points taken off one notebook, between none and all; None where nothing is asked for.

        `late` is in seconds. Raises PenaltyError where the plug-in fails for this student.
        """
        if late <= 0:
            return None
        try:
            with at_home(self.course):
                asked = self.plugin.late_submission_penalty(student, score, late)
            if asked is None:
                return None
            if math.isnan(asked := float(asked)):
                raise ValueError("it asks for nan points")
            return min(max(asked, 0.0), max(score, 0.0))
        except (Exception, SystemExit) as error:
            raise PenaltyError(
                f"no late penalty could be reckoned: {where(error, self.course, self.plugin)}"
            ) from error
