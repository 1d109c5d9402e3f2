"""What students get, in a folder of its own: a clone of the repository holds the solutions, this does not."""

from __future__ import annotations

import fnmatch
import json
import shutil
from pathlib import Path

from ..course import CHAPTERS
from ..course.places import NOT_FOR_STUDENTS, ROOT, START, release
from .wheel import write_student_wheel

README = """\
# {titles}

Once, in this folder, with Python 3.11 to 3.13 (on Windows with `py` for `python3` and `.venv\\Scripts`
for `.venv/bin`):

```sh
python3 -m venv .venv
.venv/bin/python -m pip install -r requirements.txt
```

Then, each time:

```sh
.venv/bin/jupyter lab {start}
```

Write each answer where it says `# YOUR CODE HERE`, and run the check below it. To hand in, save your lessons
and run the cell under *Hand in* of `{start}`: it makes {archives}, the file to hand in.
"""

CONTAINER = {
    "name": "Neural networks from scratch",
    "image": "mcr.microsoft.com/devcontainers/python:3.12",
    "postCreateCommand": "python -m pip install -r requirements.txt",
    "customizations": {"vscode": {"extensions": ["ms-python.python", "ms-toolsai.jupyter"]}},
}
"""For VS Code and GitHub Codespaces: a container with what the lessons need."""

ELSEWHERE = {
    "runtime.txt": "python-3.12\n",  # Binder's Python; it installs what requirements.txt names
    ".devcontainer/devcontainer.json": json.dumps(CONTAINER, indent=2) + "\n",
}


class ReleaseError(Exception):
    """A folder that cannot be released to; the message says why."""


def release_to(folder: Path) -> list[Path]:
    """Write the chapters, the student's wheel and requirements, and how to start; return what was written.

    What lies there under other names stays, such as a Git repository's own; an older wheel goes. Raises
    ReleaseError for a folder in which the course itself lies, or that cannot be written.
    """
    if (folder := folder.resolve()).is_relative_to(ROOT / "solutions") or folder == ROOT:
        raise ReleaseError(f"{folder} holds the solutions: release into a folder of its own.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("grader-*.whl"):
            old.unlink()
        wheel = write_student_wheel(folder)
        pins = (ROOT / "requirements-student.txt").read_text(encoding="utf-8")
        written = [wheel, folder / "requirements.txt", folder / "README.md"]
        written[1].write_text(f"{pins}./{wheel.name}\n", encoding="utf-8")
        written[2].write_text(readme(), encoding="utf-8")
        for name, text in ELSEWHERE.items():
            written.append(folder / name)
            written[-1].parent.mkdir(exist_ok=True)
            written[-1].write_text(text, encoding="utf-8")
        written.append(Path(shutil.copyfile(ROOT / "notebooks" / START, folder / START)))
        return written + [path for name in CHAPTERS for path in copy_chapter(name, folder / name)]
    except OSError as error:
        raise ReleaseError(f"{error.filename or folder}: {error.strerror or error}.") from error


def readme() -> str:
    return README.format(
        titles=", ".join(chapter.title for chapter in CHAPTERS.values()),
        start=START,
        archives=" and ".join(f"`{name}/{name}.zip`" for name in CHAPTERS),
    )


def copy_chapter(name: str, folder: Path) -> list[Path]:
    """The notebooks as they are handed out, and what lies with them for students."""
    folder.mkdir(exist_ok=True)
    found = [path for path in sorted(release(name).iterdir()) if path.is_file()]
    meant = [path for path in found if not any(fnmatch.fnmatch(path.name, p) for p in NOT_FOR_STUDENTS)]
    return [Path(shutil.copyfile(path, folder / path.name)) for path in meant]
