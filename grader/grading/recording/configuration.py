"""The class directory's own nbgrader_config.py: read as nbgrader does, what fails in it named by its place.

It is the instructor's, so it is run.
"""

from __future__ import annotations

import contextlib
import re
import sys
import traceback
from pathlib import Path

from traitlets.config import Config, PyFileConfigLoader

CONFIG = "nbgrader_config.py"


@contextlib.contextmanager
def at_home(course: Path):
    """With the class directory as the current one, as nbgrader runs: modules that lie there are found.

    They are forgotten afterwards, since another class may have others of the same names. What they print
    goes where it does not get between the outcomes.
    """
    if not (course / CONFIG).is_file():
        yield
        return
    sys.path.insert(0, str(course))
    try:
        with contextlib.chdir(course), contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        sys.path.remove(str(course))
        for name, module in list(sys.modules.items()):
            if Path(getattr(module, "__file__", None) or "/").parent == course:
                del sys.modules[name]


def own_config(course: Path) -> Config:
    config = Config()
    if (course / CONFIG).is_file():
        config.merge(PyFileConfigLoader(CONFIG, str(course)).load_config())
    return config


def where(error: BaseException, course: Path, plugin: object = None) -> str:
    """File, line and error of instructor's code, in one line; what traitlets hides is behind it."""
    behind, seen = [error], error
    while seen := seen.__cause__ or seen.__context__:
        behind.append(seen)
    places = [(place, one) for one in reversed(behind) if (place := place_of(one, course))]
    place, error = places[0] if places else (place_named(error, course, plugin), error)
    said = re.sub(r"<[\w.]*?(\w+) object at \w+>", r"\1", str(error))
    return " ".join(f"{place}: {type(error).__name__}: {said}".split()).rstrip(".")


def place_of(error: BaseException, course: Path) -> str:
    """File and line in the class directory where it was raised; empty where it was raised elsewhere."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(course)]
    return f"{own[-1].filename}:{own[-1].lineno}" if own else ""


def place_named(error: BaseException, course: Path, plugin: object) -> str:
    """Where the setting stands that is refused, or the method that does not do what it should."""
    method = getattr(type(plugin), "late_submission_penalty", None)
    if code := getattr(method, "__code__", None):
        return f"{code.co_filename}:{code.co_firstlineno}"
    config, trait = course / CONFIG, re.search(r"The '(\w+)' trait", str(error))
    lines = config.read_text(encoding="utf-8", errors="replace").split("\n") if trait else []
    for number, line in enumerate(lines, 1):
        if f".{trait[1]}" in line:
            return f"{config}:{number}"
    return str(config)
