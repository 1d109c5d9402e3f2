"""What the course can tell is written by hand nowhere: the name of a chapter, and how much is in it."""

import re
from itertools import chain
from pathlib import Path

import pytest
from conftest import ROOT

from grader.authoring.readme import BEGIN_LESSONS, END_LESSONS
from grader.course import CHAPTERS

SUFFIXES = {".py", ".md", ".toml", ".cfg", ".html", ".yml", ".css"}
FOLDERS = ("grader", "tests", "tools", "docs", ".github")
OWN = {  # written by a program, handed in by a student, or about a chapter's exercises
    "docs/attacks.md",
    "docs/scale.md",
    "docs/speed.md",
    "tests/attacks",
    "tests/classroom",
    "tests/exercises",
}

SPELT = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
)  # fmt: skip


def written_by_hand() -> dict[str, str]:
    """The files that may not say it: {path: text}. A chapter's own folders may."""
    inside = chain.from_iterable((ROOT / folder).rglob("*") for folder in FOLDERS)
    texts = {}
    for path in (*ROOT.glob("*"), *inside):
        name = path.relative_to(ROOT)
        own = any(str(part) in OWN for part in (name, *name.parents)) or set(name.parts) & set(CHAPTERS)
        if (path.suffix in SUFFIXES or path.name == "Makefile") and path.is_file() and not own:
            text = path.read_text(encoding="utf-8")
            texts[name.as_posix()] = re.sub(f"{BEGIN_LESSONS}.*?{END_LESSONS}", "", text, flags=re.S)
    return texts


def lines_with(pattern: str) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{name}: {line.strip()}"
        for name, text in written_by_hand().items()
        for line in text.splitlines()
        if found.search(line)
    ]


def numbers(number: float) -> str:
    """A number as digits, and as a word."""
    return f"(?:{number:g}|{SPELT[int(number)] if number < len(SPELT) else number})"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_chapter_is_named(chapter):
    assert lines_with(rf"\b{chapter}\b") == []


@pytest.mark.parametrize("chapter", CHAPTERS.values(), ids=lambda chapter: chapter.name)
def test_how_much_a_chapter_holds_is_not_written(chapter):
    lessons, exercises = len(chapter.lessons), len(chapter.exercises)
    assert lines_with(rf"(?i)\b{numbers(lessons)} (lessons|notebooks)\b|\ball {numbers(lessons)}\b") == []
    assert lines_with(rf"(?i)\b{numbers(exercises)} exercises\b") == []
    assert lines_with(rf"\b{numbers(chapter.points)} points\b|/ {chapter.points:g}\b") == []


def test_what_is_looked_through_holds_code_docs_and_tests():
    looked_through = {Path(name).parts[0] for name in written_by_hand()}
    assert looked_through >= {
        "grader",
        "tests",
        "tools",
        ".github",
        "README.md",
        "CONTRIBUTING.md",
        "Makefile",
    }
