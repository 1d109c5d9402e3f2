"""Late penalties: the class directory's own nbgrader_config.py, and the plug-in that it names.

Both are the instructor's, so they are run. They are read before anything is graded, since what fails
there would fail for everyone.
"""

from __future__ import annotations

import contextlib
import sys
import traceback
from pathlib import Path

from nbgrader.preprocessors import AssignLatePenalties
from traitlets.config import Config, PyFileConfigLoader

from .database import quiet

CONFIG = "nbgrader_config.py"


class PenaltyError(Exception):
    """Instructor's code that fails; the message has file, line and error."""


class LatePenalties:
    """What lateness costs in a class."""

    def __init__(self, course: Path):
        """Read the configuration, if there is one, and load the plug-in. Raises PenaltyError."""
        quiet()
        self.course = course
        try:
            with at_home(course) if (course / CONFIG).is_file() else contextlib.nullcontext():
                step = AssignLatePenalties(config=own_config(course))
                step.init_plugin()
        except Exception as error:  # whatever the instructor's code raises
            raise PenaltyError(f"{where(error, course)}. Mend that and start again.") from error
        self.plugin = step.plugin_inst

    def of(self, student: str, score: float, late: float) -> float | None:
        """Points taken off one notebook, between none and all; None where nothing is asked for.

        `late` is in seconds. Raises PenaltyError where the plug-in fails for this student.
        """
        if late <= 0:
            return None
        try:
            asked = self.plugin.late_submission_penalty(student, score, late)
            return None if asked is None else min(max(float(asked), 0.0), score)
        except Exception as error:
            raise PenaltyError(f"no late penalty could be reckoned: {where(error, self.course)}") from error


@contextlib.contextmanager
def at_home(course: Path):
    """With the class directory as the current one, as nbgrader runs: modules that lie there are found."""
    if str(course) not in sys.path:
        sys.path.insert(0, str(course))
    with contextlib.chdir(course):
        yield


def own_config(course: Path) -> Config:
    config = Config()
    if (course / CONFIG).is_file():
        config.merge(PyFileConfigLoader(CONFIG, str(course)).load_config())
    return config


def where(error: BaseException, course: Path) -> str:
    """File, line and error of instructor's code, in one line; the file alone where no line is known."""
    if isinstance(error, SyntaxError) and error.filename:
        place = f"{error.filename}:{error.lineno}"
    else:
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if Path(frame.filename).is_relative_to(course)]
        place = f"{own[-1].filename}:{own[-1].lineno}" if own else str(course / CONFIG)
    return " ".join(f"{place}: {type(error).__name__}: {error}".split())
