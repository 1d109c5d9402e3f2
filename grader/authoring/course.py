"""Where the course lies, and how nbgrader is set up for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..exercises import CHAPTER

if TYPE_CHECKING:
    from traitlets.config import Config

ROOT = Path(__file__).resolve().parents[2]
"""The checkout: `solutions/` and `notebooks/` lie beside the package."""

RELEASE = ROOT / "notebooks" / CHAPTER
"""The students' notebooks as they were handed out."""

STUB = "# YOUR CODE HERE\npass"
"""What stands in place of a solution: it runs, does nothing, and fits wherever a block is needed."""

NOT_FOR_STUDENTS = ["*.md", ".ipynb_checkpoints", "*.pyc", "__pycache__"]
"""nbgrader copies every other file of the source directory to students and graders."""


def put_tools_on_path() -> None:
    """Let nbgrader find alembic, which it calls by name, also where the environment is not activated.

    Without it nbgrader leaves a half-made gradebook behind that it later takes for a whole one.
    """
    tools = str(Path(sys.executable).parent)
    path = os.environ.get("PATH", "")
    if tools not in path.split(os.pathsep):
        os.environ["PATH"] = f"{tools}{os.pathsep}{path}"


def course_config(root: Path = ROOT, course: Path | None = None) -> Config:
    """nbgrader's configuration for the sources in `root` and a class directory `course`.

    `course` holds submitted/, autograded/, feedback/ and gradebook.db; unless given, it is `root`.
    """
    from traitlets.config import Config

    from .generate import PREPROCESSORS

    config = Config()
    course = course or root
    config.CourseDirectory.course_id = "grader"
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.source_directory = str(root / "solutions") if course != root else "solutions"
    config.CourseDirectory.release_directory = str(root / "notebooks") if course != root else "notebooks"
    config.CourseDirectory.db_url = f"sqlite:///{course / 'gradebook.db'}"
    config.CourseDirectory.ignore = NOT_FOR_STUDENTS
    config.ClearSolutions.code_stub = {"python": STUB}
    config.GenerateAssignment.preprocessors = PREPROCESSORS
    return config
