"""Keeps a class graded: looks at submitted/ again and again, and grades what has arrived or changed.

A round is a class run over a few students, by processes that stay warm between rounds. What is known of
arrivals lies in memory only: who has marks for what is there now is asked of the class when it begins.
"""

from __future__ import annotations

import math
import os
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path

from .intake.names import is_rubbish
from .intake.submissions import normal
from .intake.text import printable
from .records import Busy, Gone, Outcome

LOOK_SECONDS = 1.0
LOOK_SHARE = 0.1
"""Of the time, at most, that is spent on looking: a class of 10,000 takes seconds to look through."""

MOST_FILES = 1000  # of one student that are looked at

Files = frozenset[tuple[str, int, int, int]]
"""What lies in a student's folder, as far as it can be told without reading: names, sizes and times."""


class Arrivals:
    """Whose turn it is: those whose files have changed and lie still, who had the fewest turns first.

    quiet   seconds for which files must lie still, so that none is read while it is written
    pause   seconds between two turns of one student, at least
    times   how many times as long as a turn took is waited, so that one student has a small share of the time
    most    students of one round: who comes next waits for no more
    """

    def __init__(self, quiet: float = 2.0, pause: float = 60.0, most: int = 20, times: float = 10.0):
        self.quiet, self.pause, self.most, self.times = quiet, pause, most, times
        self.files: dict[str, tuple[Files, float]] = {}
        """By student: what lies there, and since when."""

        self.done: dict[str, Files] = {}
        self.turns: Counter[str] = Counter()
        self.rests: dict[str, float] = {}
        """Until when a student has no other turn."""

    def look(self, found: dict[str, Files], now: float) -> None:
        """Take note of what lies there now."""
        for student, files in found.items():
            if student not in self.files or self.files[student][0] != files:
                self.files[student] = files, now
        self.files = {student: entry for student, entry in self.files.items() if student in found}

    def next(self, now: float) -> list[str]:
        """Who is graded now."""
        ready = [
            student
            for student, (files, since) in self.files.items()
            if files != self.done.get(student)
            and now - since >= self.quiet
            and now >= self.rests.get(student, -math.inf)
        ]
        return sorted(ready, key=lambda student: (self.turns[student], self.files[student][1], student))[
            : self.most
        ]

    def take(self, students: list[str], now: float, took: Mapping[str, float] | None = None) -> None:
        """They have been graded, and each `took` so many seconds; what came meanwhile has its turn later."""
        for student in students:
            self.done[student] = self.files[student][0]
            self.turns[student] += 1
            self.rests[student] = now + max(self.pause, self.times * (took or {}).get(student, 0.0))

    def known(self, students: set[str]) -> None:
        """What lies there of these students has marks from an earlier run."""
        self.done |= {student: files for student, (files, _) in self.files.items() if student in students}


def watch(
    course: Path,
    *,
    waiting: Callable[[], set[str]],
    grade: Callable[[list[str]], list[Outcome]],
    say: Callable[[str], None],
    rest: Callable[[], None] = lambda: None,
    stopped: Callable[[], bool] = lambda: False,
    only: set[str] | None = None,
    arrivals: Arrivals | None = None,
) -> None:
    """Grade what arrives in `course`/submitted until it is `stopped`, or a KeyboardInterrupt.

    `waiting` tells who has no marks for what is there when it begins, `grade` grades some students, `say`
    hears a line for each of them, `rest` is called when nobody waits any more; `only` these students
    count. Raises ClassError where a run would, but waits where another run is at work.
    """
    arrivals, submitted = arrivals or Arrivals(), course / "submitted"
    tired, told = False, False
    first = look_through(submitted, only)
    arrivals.look(first, time.monotonic())
    if first:
        arrivals.known(set(first) - waiting())
    while not stopped():
        began = time.monotonic()
        found = look_through(submitted, only)
        now = time.monotonic()
        arrivals.look(found, now)
        if students := arrivals.next(now):
            since = {student: arrivals.files[student][1] for student in students}
            try:
                outcomes = grade(students)
            except Busy as busy:
                if not told:
                    say(str(busy))
                told = True
                time.sleep(LOOK_SECONDS)
                continue
            except Gone:  # somebody's folder went away meanwhile; it may be back by now
                time.sleep(LOOK_SECONDS)
                continue
            told, tired, now = False, True, time.monotonic()
            took: dict[str, float] = defaultdict(float)
            for outcome in outcomes:
                took[outcome.student] += outcome.took
            arrivals.take(students, now, took)
            for outcome in outcomes:
                say(f"{as_line(outcome)}, {now - since.get(outcome.student, now):.1f} s after it was seen")
            continue
        if tired:
            rest()
            tired = False
        time.sleep(max(LOOK_SECONDS, (now - began) / LOOK_SHARE))


def as_line(outcome: Outcome) -> str:
    """What became of a submission, in a line."""
    who = f"{time.strftime('%H:%M:%S')} {printable(outcome.student)} {outcome.chapter}:"
    if outcome.reason:
        return f"{who} not graded, {printable(outcome.reason)}"
    return f"{who} {outcome.points:g} of {outcome.max_points:g} points"


def look_through(submitted: Path, only: set[str] | None = None) -> dict[str, Files]:
    """What lies in each student's folder, by id."""
    found: dict[str, Files] = {}
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(submitted) as listing:
        for entry in listing:
            student = normal(entry.name)
            if not is_rubbish(entry.name) and (only is None or student in only):
                found[student] = found.get(student, frozenset()) | frozenset(files_below(entry))
    return found


def files_below(entry: os.DirEntry, depth: int = 4) -> Iterator[tuple[str, int, int, int]]:
    """A file's, or a folder's files', path, size and times; of many only some, those that lie deep last."""
    waiting, room = deque([(entry, depth)]), MOST_FILES
    while waiting:
        entry, depth = waiting.popleft()
        with suppress(OSError):  # it went away, or cannot be read: the run says so
            status = entry.stat(follow_symlinks=False)
            if entry.is_dir(follow_symlinks=False):
                yield entry.path, 0, 0, 0
                with os.scandir(entry.path) as listing:
                    some = list(islice(listing, room if depth else 0))
                room -= len(some)
                waiting += [(below, depth - 1) for below in sorted(some, key=lambda below: below.name)]
            else:
                yield entry.path, status.st_size, status.st_mtime_ns, status.st_ctime_ns
