"""Says on the command line how far a folder's lessons are."""

from __future__ import annotations

from pathlib import Path

from ..course.chapter import Chapter
from ..desk.progress import Progress
from .rerun import changed, rerun


def tell(chapter: Chapter, desk: Path, watch: bool) -> None:
    """Run the lessons and print the cards of what is not right yet, and the points; again on `watch`."""
    points: dict[str, float] = {}
    for lessons in changed(desk, chapter):
        for lesson in lessons:
            points |= tell_lesson(desk / f"{lesson}.ipynb")
        print(Progress(chapter, points).as_text(), flush=True)
        if not watch:
            return


def tell_lesson(path: Path) -> dict[str, float]:
    """The points of each exercise of a lesson; its cards are printed."""
    try:
        found = rerun(path)
    except Exception as error:  # nbformat, nbclient and the kernel each have their own
        print(f"{path.name} cannot be run: {error}\n")
        return {}
    for card in (card for _, card in found.values() if card and not card.startswith(("✓", "○"))):
        print(f"{path.name}\n{card}\n")
    return {name: points for name, (points, _) in found.items()}
