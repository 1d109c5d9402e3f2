"""Takes an archive of `pack` in again: on another computer, or in another browser."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath

from ..course.chapter import Chapter
from .choices import choices_shown, note_choices
from .earlier import set_aside
from .progress import note, read

MAX_BYTES = 50_000_000
"""Of one lesson, unpacked."""


class NotPacked(ValueError):
    """What was given is no archive with lessons of this chapter in it."""


@dataclass(frozen=True)
class Unpacked:
    """What was taken in: a sentence for each lesson."""

    said: list[str]

    def as_bundle(self) -> dict[str, str]:
        """That as HTML and as text."""
        first = "Taken in. A lesson that is open has to be loaded again."
        rows = "".join(f"<li>{escape(row)}</li>" for row in self.said)
        html = f"<div role='status'><p>{first}</p><ul>{rows}</ul></div>"
        return {"text/html": html, "text/plain": "\n".join([first, *self.said])}


def unpack(chapter: Chapter, desk: Path, data: bytes) -> Unpacked:
    """Put the lessons of an archive into the folder `desk`; those that were there are kept in `earlier/`.

    The points so far become those that the lessons' checks showed last, and predictions those that stand
    in the lessons. Raises NotPacked, before anything is changed, and OSError.
    """
    lessons = read_archive(chapter, data)
    said = []
    for lesson, text in lessons.items():
        path = desk / f"{lesson}.ipynb"
        if path.is_file() and path.read_bytes() == text:
            said.append(f"{lesson}: the same as here")
            continue
        kept = f"; what was here is now {set_aside(path)}" if path.is_file() else ""
        path.write_bytes(text)
        said.append(f"{lesson}: taken from the archive{kept}")
    points = {name: got for text in lessons.values() for name, got in points_shown(text).items()}
    note(desk, read(chapter, desk) | {e.name: points[e.name] for e in chapter.exercises if e.name in points})
    shown = (choices_shown(json.loads(text)["cells"]) for text in lessons.values())
    note_choices(desk, {name: letter for chosen in shown for name, letter in chosen.items()})
    return Unpacked(said)


def read_archive(chapter: Chapter, data: bytes) -> dict[str, bytes]:
    """The notebooks of a chapter's lessons in an archive, by lesson, in whatever folder they lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = {PurePosixPath(info.filename).name: info for info in reversed(archive.infolist())}
            wanted = {lesson: inside.get(f"{lesson}.ipynb") for lesson in chapter.lessons}
            for lesson, info in wanted.items():
                if info and info.file_size > MAX_BYTES:
                    raise NotPacked(f"{lesson} in it is larger than {MAX_BYTES / 1e6:g} MB.")
            found = {lesson: archive.read(info) for lesson, info in wanted.items() if info}
    except NotPacked:
        raise
    except Exception as error:  # zipfile and what unpacks for it name no error for what they stumble over
        raise NotPacked("this is no zip archive that can be read.") from error
    if not found:
        raise NotPacked(f"no lesson of {chapter.title!r} is in it. check.pack() writes such an archive.")
    for lesson, text in found.items():
        if not isinstance(cells_of(text), list):
            raise NotPacked(f"{lesson} in it is no notebook.")
    return found


def cells_of(text: bytes) -> object:
    """The cells of a notebook; None where it is none."""
    try:
        return json.loads(text).get("cells")
    except (ValueError, AttributeError, RecursionError):
        return None


def points_shown(text: bytes) -> dict[str, float]:
    """What the checks of a lesson returned last, by exercise; what is no such thing is passed over."""
    found = {}
    for cell in json.loads(text)["cells"]:
        try:
            if cell["metadata"]["nbgrader"]["grade"]:
                (shown,) = (o["data"] for o in cell["outputs"] if o["output_type"] == "execute_result")
                found[cell["metadata"]["nbgrader"]["grade_id"]] = float("".join(shown["text/plain"]))
        except (KeyError, TypeError, ValueError):
            continue
    return found
