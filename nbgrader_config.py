"""nbgrader reads this where it is started: the repository is a course.

`nbgrader generate_assignment CHAPTER`, `autograde`, `generate_feedback`, `export`, the formgrader
and the Validate button then work as their documentation says; autograding goes through our intake
and judge.
"""

from pathlib import Path

from grader.authoring.generate import authoring_config
from grader.course.places import put_tools_on_path
from grader.grading.nbgrader.config import grading_config

put_tools_on_path()
c = get_config()  # noqa: F821 - provided by traitlets
c.merge(authoring_config(course=Path.cwd()))
c.merge(grading_config(Path.cwd()))
