"""The README's table of lessons and its totals, written by the build between two lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ..course import CHAPTERS
from .master import Header

BEGIN_LESSONS, END_LESSONS = "<!-- lessons: written by the build -->", "<!-- end of the lessons -->"


def write_lessons(path: Path, headers: Iterable[Header]) -> None:
    """Put the lessons' table into the file `path`, if it is there and has the two lines."""
    if path.is_file():
        replace_region(path, BEGIN_LESSONS, END_LESSONS, lessons_as_markdown(headers))


def replace_region(path: Path, begin: str, end: str, new: str) -> None:
    """Put `new` between the lines `begin` and `end` of a file, where it has them."""
    text = path.read_text(encoding="utf-8")
    region = re.compile(f"(?<={re.escape(begin)}\n).*?(?={re.escape(end)})", re.S)
    path.write_text(region.sub(lambda _: new, text), encoding="utf-8")


def lessons_as_markdown(headers: Iterable[Header]) -> str:
    """A table for each chapter, with its title where there are several, and what they are worth."""
    headers = list(headers)
    parts = []
    for chapter in CHAPTERS.values():
        head = f"### {chapter.title}\n\n" if len(CHAPTERS) > 1 else ""
        rows = "".join(row(header) for header in headers if header.chapter == chapter.name)
        parts.append(
            f"{head}| | lesson | minutes | the question that it answers |\n|---|---|---|---|\n{rows}\n"
            f"{chapter.points:g} points in {len(chapter.exercises)} exercises.\n"
        )
    return "\n" + "\n".join(parts) + "\n"


def row(header: Header) -> str:
    name = header.title.partition(". ")[2]
    link = f"[{name}](notebooks/{header.chapter}/{header.lesson}.ipynb)"
    return f"| {header.number} | {link} | {header.minutes} | {header.question} |\n"
