"""The predictions that were made: kept in a small file beside the notebooks, not marked, and sent nowhere.

So a lesson that is run again on another day does not ask again.
"""

from __future__ import annotations

from pathlib import Path

from ..course import CHAPTERS
from .progress import NOT_A_DESK, read_whole, write_whole

FILE = "predictions.json"


def read_choices(here: Path) -> dict[str, str]:
    """The letter of each question that was answered in this folder; what is no such thing is passed over."""
    return {name: letter for name, letter in read_whole(here / FILE).items() if isinstance(letter, str)}


def keep_choice(name: str, letter: str, here: Path) -> None:
    """Note a choice beside the lessons; nothing where none lies in `here`."""
    lessons = (lesson for chapter in CHAPTERS.values() for lesson in chapter.lessons)
    if here.parent.name not in NOT_A_DESK and any((here / f"{lesson}.ipynb").is_file() for lesson in lessons):
        write_whole(here / FILE, read_choices(here) | {name: letter})
