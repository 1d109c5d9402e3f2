"""What a lesson holds as it was saved: a check asks it where Python does not know an answer."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ..course.exercise import Exercise
from ..course.handed_out import KEY, digest


def is_written(exercise: Exercise, here: Path) -> bool:
    """Whether the lesson in the folder `here`, as it was saved last, defines what the exercise asks for.

    The text that was handed out is no answer. What cannot be read holds none.
    """
    name = re.escape(exercise.object_name)
    defines = re.compile(rf"^\s*(def|class)\s+{name}\b|^{name}\s*=", re.M)
    try:
        lesson = json.loads((here / f"{exercise.lesson}.ipynb").read_bytes())
        handed_out = lesson["metadata"]["grader"][KEY]["texts"].split()
        texts = ["".join(cell["source"]) for cell in lesson["cells"] if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    return any(defines.search(text) and digest(text) not in handed_out for text in texts)
