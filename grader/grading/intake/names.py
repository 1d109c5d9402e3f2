"""Which file of a submission is which lesson.

Browsers, Colab and learning platforms rename what they copy, and people pack it or put it into folders.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

NOTEBOOK = re.compile(r"(.+)\.ipynb(?:\.(?:txt|json|ipynb))?", re.IGNORECASE | re.DOTALL)

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".7z", ".rar")

DATA = {".csv", ".tsv", ".txt", ".dat", ".json", ".npy", ".npz", ".png", ".jpg", ".jpeg", ".svg", ".pdf"}

RUBBISH = {
    *("Thumbs.db", "ehthumbs.db", "desktop.ini", "$RECYCLE.BIN", "System Volume Information"),
    *("__MACOSX", "Icon\r", "lost+found", "@eaDir", "#recycle", "__pycache__"),
}

MAX_ENTRIES, MAX_DEPTH = 1000, 5
"""What is looked through for notebooks that lie too deep."""


def is_rubbish(name: str) -> bool:
    """Whether it is what systems and editors leave behind: hidden files, locks, caches."""
    return name.startswith((".", "~$")) or name in RUBBISH


def is_data(name: str) -> bool:
    """Whether it is a file to be read: nothing that Python, Jupyter or nbgrader would run or obey."""
    return Path(name).suffix.lower() in DATA and not (is_rubbish(name) or "config" in name.lower())


def is_archive(name: str) -> bool:
    return name.lower().endswith(ARCHIVES)


def lesson_of(name: str, lessons: Iterable[str]) -> str:
    """The lesson whose name the words of a notebook's name hold; empty where it is none, or not clear."""
    match = NOTEBOOK.fullmatch(name)
    if not match or is_rubbish(name):
        return ""
    words = f" {' '.join(words_of(match[1]))} "
    meant = [lesson for lesson in lessons if f" {' '.join(words_of(lesson))} " in words]
    meant = meant or [lesson for lesson in lessons if holds_title(words, lesson, lessons)]
    return meant[0] if len(meant) == 1 else ""


def holds_title(words: str, lesson: str, lessons: Iterable[str]) -> bool:
    """Whether a lesson's name is there without its number, and no other lesson's number."""
    number, *title = words_of(lesson)
    numbers = {int(word) for word in words.split() if word.isascii() and word.isdigit()}
    others = {int(other[:2]) for other in lessons} - {int(number)}
    return f" {' '.join(title)} " in words and not numbers & others


def may_be(name: str, lesson: str) -> bool:
    """Whether a file that cannot be taken for a lesson may be meant for it: by its number, or its words."""
    number, *title = words_of(lesson)
    return {*title} <= {*words_of(name)} or bool(name.startswith(number) and NOTEBOOK.fullmatch(name))


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def entries_of(folder: Path) -> list[os.DirEntry]:
    """What lies in a folder, by name; nothing where it cannot be listed."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def files_in(entries: Iterable[os.DirEntry]) -> list[str]:
    """The names of regular files, without what systems and editors leave behind."""
    return [e.name for e in entries if e.is_file(follow_symlinks=False) and not is_rubbish(e.name)]


def copies_of(names: Iterable[str], lessons: tuple[str, ...]) -> dict[str, list[str]]:
    """Files that hold a lesson's name among other words, by lesson."""
    copies = defaultdict(list)
    for name in names:
        lesson = lesson_of(name, lessons)
        if lesson and name != f"{lesson}.ipynb":
            copies[lesson].append(name)
    return copies


def find_notebooks(names: Collection[str], lessons: tuple[str, ...]) -> dict[str, str]:
    """The file of each lesson that is there: of that name, or the only one that holds it."""
    copies, found = copies_of(names, lessons), {}
    for lesson in lessons:
        if f"{lesson}.ipynb" in names:
            found[lesson] = f"{lesson}.ipynb"
        elif len(copies[lesson]) == 1:
            found[lesson] = copies[lesson][0]
    return found


def buried(folder: Path, lessons: tuple[str, ...]) -> dict[Path, list[str]]:
    """Folders in it, not too deep, that hold notebooks of these lessons, with the files' names."""
    found = defaultdict(list)
    for path in below(folder):
        if lesson_of(path.name, lessons):
            found[path.parent].append(path.name)
    return {place: sorted(names) for place, names in sorted(found.items()) if place != folder}


def below(folder: Path) -> Iterator[Path]:
    """Regular files in a folder and a few levels below it; through no link, and not too many."""
    waiting, count = [(folder, 0)], 0
    while waiting and count < MAX_ENTRIES:
        place, level = waiting.pop()
        for entry in entries_of(place):
            count += 1
            if is_rubbish(entry.name):
                continue
            if entry.is_file(follow_symlinks=False):
                yield Path(entry.path)
            elif level < MAX_DEPTH and entry.is_dir(follow_symlinks=False):
                waiting.append((Path(entry.path), level + 1))
