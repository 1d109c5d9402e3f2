"""The predictions that were made: kept in a small file beside the notebooks, and not marked.

So a lesson that is run again on another day does not ask again.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ..course import CHAPTERS
from .progress import NOT_A_DESK, read_whole, write_whole

FILE = "predictions.json"

ASKS = re.compile(r"""\bpredict\(\s*(["'])(?P<name>[\w-]+)\1""")
CHOSE = "You predicted **{letter})** {option}"
"""What stands below a cell after the choice."""
CHOSEN = re.compile(r"You predicted \*\*(?P<letter>[a-z])\)\*\* ")


def read_choices(here: Path) -> dict[str, str]:
    """The letter of each question that was answered in this folder; what is no such thing is passed over."""
    return {name: letter for name, letter in read_whole(here / FILE).items() if isinstance(letter, str)}


def keep_choice(name: str, letter: str, here: Path) -> None:
    """Note a choice beside the lessons; nothing where none lies in `here`."""
    lessons = (lesson for chapter in CHAPTERS.values() for lesson in chapter.lessons)
    if here.parent.name not in NOT_A_DESK and any((here / f"{lesson}.ipynb").is_file() for lesson in lessons):
        write_whole(here / FILE, read_choices(here) | {name: letter})


def note_choices(desk: Path, choices: dict[str, str]) -> None:
    """Keep choices that were made elsewhere, over those of this folder."""
    if choices:
        write_whole(desk / FILE, read_choices(desk) | choices)


def choices_shown(cells: list[dict[str, Any]]) -> dict[str, str]:
    """The letters that the cells of a notebook show, by question; what is no such thing is passed over."""
    found = {}
    for cell in cells:
        try:
            asked = ASKS.search("".join(cell["source"]))
            shown = "\n".join("".join(o.get("data", {}).get("text/plain", "")) for o in cell["outputs"])
        except (KeyError, TypeError, AttributeError):
            continue
        if asked and (chose := CHOSEN.search(shown)):
            found[asked["name"]] = chose["letter"]
    return found
