"""The points so far: kept in a small file beside the notebooks, and sent nowhere."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from ..course import CHAPTERS
from ..course.chapter import Chapter
from ..course.exercise import Exercise

FILE = "progress.json"

NOT_A_DESK = ("solutions", "notebooks")
"""The folders of what is built: running a lesson there must leave no trace in them."""


@dataclass(frozen=True)
class Progress:
    """How far a chapter is: the points of each exercise that was checked, and where its lessons lie."""

    chapter: Chapter
    points: Mapping[str, float]
    folder: str = ""
    """Of the lessons, as a link from where it is shown reaches it; empty or with a slash behind it."""

    @property
    def total(self) -> float:
        return sum(self.points.values())

    @property
    def next(self) -> Exercise | None:
        """The first exercise without all its points; None where there is none left."""
        return next((e for e in self.chapter.exercises if self.points.get(e.name, 0) < e.points), None)

    def of(self, lesson: str) -> tuple[float, float]:
        """The points of a lesson, and what it is worth."""
        mine = [e for e in self.chapter.exercises if e.lesson == lesson]
        return sum(self.points.get(e.name, 0) for e in mine), sum(e.points for e in mine)

    @property
    def sentences(self) -> tuple[str, str]:
        """The points so far, and what is next, as text."""
        so_far = f"{self.chapter.title}: {self.total:g} of {self.chapter.points:g} points so far."
        if self.next is None:
            return so_far, "Everything is right. check.pack() makes the archive to hand in."
        return so_far, f"Next: {self.next.name}, in lesson {self.next.lesson}."

    def as_text(self) -> str:
        rows = [f"  {lesson:24}{got:4g} of {most:g}" for lesson, got, most in self.rows()]
        so_far, what_next = self.sentences
        return "\n".join([so_far, *rows, what_next])

    def as_html(self) -> str:
        """A table with a link to each lesson; without script, colours or outside resources."""
        rows = "".join(
            f"<tr style='background:none'><th scope='row' style='text-align:left;font-weight:normal'>"
            f"<a href='{self.folder}{lesson}.ipynb'>{lesson}</a></th>"
            f"<td style='text-align:right'>{got:g} of {most:g} {'✓' if got == most else ''}</td></tr>"
            for lesson, got, most in self.rows()
        )
        so_far, what_next = map(escape, self.sentences)
        if self.next:
            name = self.next.lesson
            what_next = what_next.replace(name, f"<a href='{self.folder}{name}.ipynb'>{name}</a>")
        return (
            f"<div role='status'><p><strong>{so_far}</strong></p>"
            f"<table style='font-size:inherit'><tbody>{rows}</tbody></table><p>{what_next}</p></div>"
        )

    def rows(self) -> list[tuple[str, float, float]]:
        """The name, the points and the worth of each lesson."""
        return [(lesson, *self.of(lesson)) for lesson in self.chapter.lessons]


def read_all(here: Path) -> list[Progress]:
    """The progress in each chapter that lies in the folder `here`, or in a folder of it."""
    found = [(chapter, desk_of(chapter, here)) for chapter in CHAPTERS.values()]
    return [
        Progress(chapter, read(chapter, desk), "" if desk == here else f"{chapter.name}/")
        for chapter, desk in found
        if desk
    ]


def desk_of(chapter: Chapter, here: Path) -> Path | None:
    """Where a chapter's lessons lie, seen from a lesson or from the start page; None for no such place."""
    for folder in (here, here / chapter.name):
        if any((folder / f"{lesson}.ipynb").is_file() for lesson in chapter.lessons):
            return folder
    return None


def read(chapter: Chapter, desk: Path) -> dict[str, float]:
    """The points of each exercise that was checked in this folder; what is no such thing is passed over."""
    kept = read_whole(desk / FILE)
    return {
        e.name: min(max(kept[e.name], 0), e.points)
        for e in chapter.exercises
        if isinstance(kept.get(e.name), (int, float))
    }


def keep(exercise: Exercise, points: float, here: Path) -> None:
    """Note the points of an exercise beside its lesson; nothing where that does not lie in `here`."""
    if here.parent.name in NOT_A_DESK or not (here / f"{exercise.lesson}.ipynb").is_file():
        return
    (chapter,) = (c for c in CHAPTERS.values() if exercise in c.exercises)
    note(here, read(chapter, here) | {exercise.name: points})


def note(desk: Path, points: Mapping[str, float]) -> None:
    """Keep the points so far in a folder."""
    write_whole(desk / FILE, points)


def read_whole(path: Path) -> dict[str, Any]:
    """What `write_whole` wrote; empty for what is no such thing."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def write_whole(path: Path, kept: Mapping[str, object]) -> None:
    """Write a small file: all of it, or what was there before stays."""
    try:
        draft = path.with_name(f".{path.name}")
        draft.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        os.replace(draft, path)
    except OSError:  # a folder that may only be read: it is shown all the same
        return
