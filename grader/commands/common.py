"""What several commands share: kinds of options, errors in one line, a bar of progress."""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import sys
import time
from datetime import datetime


def add_report_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--lessons",
        default="",
        metavar="URL",
        help="the address of the folder in which students read the lessons, for links",
    )


def at_least_one(text: str) -> int:
    """A whole number that is not 0 or less."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 10**6:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def read_time(text: str) -> datetime:
    """A date and time; without a time the end of that day, without a zone local."""
    from ..grading.intake.times import SUCH_AS_OFFSET, NoOneHour, read_moment

    try:
        whole = f"{text} 23:59:59" if re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip(), re.ASCII) else text
        return read_moment(whole)
    except NoOneHour as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date and time such as {SUCH_AS_OFFSET}") from None


def console_that_lasts(stderr: bool):
    """A console whose reader may leave, as `| head` does: what runs goes on, and says no more."""
    from rich.console import Console

    class Lasting(Console):
        def on_broken_pipe(self) -> None:
            self.quiet = True
            hush(self.file)

    return Lasting(stderr=stderr)


def hush(stream) -> None:
    """Let nothing be written there any more, so that what is left to be written does not fail at the end."""
    with contextlib.suppress(OSError):  # one that is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextlib.contextmanager
def after_the_marks(what: str, console, lost: list[str]):
    """While `what` is told: where it cannot be, as on a full disk, it is `lost`, and no marks are: that is
    said."""
    try:
        yield
        if sys.stdout:
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        lost.append(what)
        where = f"{error.filename}: " if error.filename else ""
        print_error(OSError(f"All marks are written, but not {what}: {where}{error.strerror}."), console)
        if not error.filename:
            hush(sys.stdout)


def print_error(error: Exception, console) -> None:
    say(str(error), console, style="red")


def say(text: str, console, style: str = "") -> None:
    """As it stands: file names and messages hold what would be markup, emoji or orders to a terminal."""
    from rich.text import Text

    from ..grading.intake.text import MOST_SAID, printable

    lines = "\n".join(printable(line, MOST_SAID) for line in text.split("\n"))
    console.print(Text(lines, style=style), soft_wrap=True)


@contextlib.contextmanager
def progress_bar(console):
    """What to call when grading begins and after each student; quiet where nobody watches."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[points]:g} points, {task.fields[rate]:.1f} students/s"),
        TimeRemainingColumn(),
    )
    points, started = 0.0, time.monotonic()
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("grading", total=None, points=0, rate=0)

        def begin(new: int, known: int) -> None:
            progress.update(task, total=new)
            console.print(f"{new} submissions to grade, {known} unchanged since the last run", soft_wrap=True)

        def advance(outcome) -> None:
            nonlocal points
            points += sum(lesson.points for lesson in outcome.lessons.values())
            done = progress.tasks[0].completed + 1
            progress.update(task, advance=1, points=points, rate=done / (time.monotonic() - started))

        yield begin, advance
