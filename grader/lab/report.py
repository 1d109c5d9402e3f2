"""Says on the command line how far a folder's lessons are."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ..course.chapter import Chapter
from ..desk.progress import Progress
from .rerun import changed, rerun


def tell(chapter: Chapter, desk: Path, watch: bool) -> None:
    """Run the lessons and print the cards of what is not right yet, and the points; again on `watch`."""
    points: dict[str, float] = {}
    with ThreadPoolExecutor(os.cpu_count()) as kernels:
        for lessons in changed(desk, chapter):
            paths = [desk / f"{lesson}.ipynb" for lesson in lessons]
            for path, (said, found) in zip(paths, kernels.map(what_is_said, paths)):
                points |= found
                print("".join(f"{path.name}{text}\n\n" for text in said), end="", flush=True)
            print(Progress(chapter, points).as_text(), flush=True)
            if not watch:
                return


def what_is_said(path: Path) -> tuple[list[str], dict[str, float]]:
    """What is to be said of a lesson, behind its name, and the points of each of its exercises."""
    try:
        found = rerun(path)
    except Exception as error:  # nbformat, nbclient and the kernel each have their own
        return [f" cannot be run: {error}"], {}
    cards = [card for _, card in found.values() if card and not card.startswith(("✓", "○"))]
    return [f"\n{card}" for card in cards], {name: points for name, (points, _) in found.items()}
