"""Where the repository keeps what, and how nbgrader is told."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from . import CHAPTER

ROOT = Path(__file__).resolve().parents[2]
"""The checkout: `solutions/` and `notebooks/` lie beside the package."""


def sources(chapter: str, root: Path = ROOT) -> Path:
    """The folder of a chapter's masters, and of the solved notebooks beside them."""
    return root / "solutions" / chapter


def release(chapter: str, root: Path = ROOT) -> Path:
    """The folder of a chapter's notebooks as they are handed out."""
    return root / "notebooks" / chapter


RELEASE = release(CHAPTER)

START = "start.ipynb"
"""The page that a student's JupyterLab opens with, in `notebooks/`."""

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


def course_directory(root: Path = ROOT, course: Path | None = None) -> dict[str, Any]:
    """nbgrader's `CourseDirectory` settings for the sources in `root` and a class directory `course`.

    `course` holds submitted/, autograded/, feedback/ and gradebook.db; unless given, it is `root`. What is
    released for a class of its own lies in its folder release/: the repository is not written to.
    """
    course = course or root
    apart = course != root
    return {
        "course_id": "grader",
        "root": str(course),
        "source_directory": str(root / "solutions") if apart else "solutions",
        "release_directory": "release" if apart else "notebooks",
        "db_url": f"sqlite:///{quote(str(course / 'gradebook.db'))}",
        "ignore": NOT_FOR_STUDENTS,
    }
