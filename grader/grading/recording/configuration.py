"""The class directory's own nbgrader_config.py: read as nbgrader does, what fails in it named by its place.

It is the instructor's, so it is run.
"""

from __future__ import annotations

import contextlib
import re
import sys
import traceback
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from traitlets.config import Config, Configurable, PyFileConfigLoader

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


def unread_settings(config: Config, course: Path, classes: Iterable[type[Configurable]]) -> list[str]:
    """A line for each setting that none of these classes reads, though it looks as if it were meant for one:
    traitlets passes over what is misspelt."""
    known = {one.__name__: [*one.class_traits(config=True)] for one in classes}
    notes = []
    for section, settings in config.items():
        if section not in known and (near := get_close_matches(section, known, 1, 0.8)):
            notes.append(f"{line_of(course, section)}: nothing reads c.{section}; is {near[0]} meant?")
        for name in settings if section in known else ():
            if name not in known[section]:
                near = get_close_matches(name, known[section], 1)
                meant = f"; is {near[0]} meant?" if near else f": it reads {', '.join(known[section])}."
                notes.append(f"{line_of(course, name)}: nothing reads c.{section}.{name}{meant}")
    return notes


def line_of(course: Path, word: str) -> str:
    """The configuration, with the line in which a setting stands, if it stands there."""
    config = course / CONFIG
    lines = config.read_text(encoding="utf-8", errors="replace").split("\n")
    found = (number for number, line in enumerate(lines, 1) if f".{word}" in line)
    return ":".join([str(config), *map(str, [*found][:1])])


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
    trait = re.search(r"The '(\w+)' trait", str(error))
    return line_of(course, trait[1]) if trait else str(course / CONFIG)
