"""The class as a table on the screen: students, points, and what went wrong."""

from __future__ import annotations

import json
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..grading.intake.text import printable
from ..grading.records import Outcome

MAX_LINES = 5  # of what went wrong, for one student
NARROW = 60  # columns; a table would show nothing but its lines


def what_went_wrong(outcome: Outcome) -> list[str]:
    """One line for each thing an instructor would want to know: mends first, what is missing last."""
    if outcome.reason:
        return [outcome.reason, *outcome.notes]
    return [*about_the_run(outcome), *about_the_answers(outcome), *missing(outcome)]


def about_the_run(outcome: Outcome) -> list[str]:
    """What asks for something to be done."""
    return [
        *([outcome.penalty_error] if outcome.penalty_error else []),
        *outcome.notes,
        *(
            f"{name} unreadable: {' '.join(lesson.notes)}"
            for name, lesson in outcome.lessons.items()
            if lesson.state == "unreadable"
        ),
        *([f"to be reviewed: {', '.join(outcome.review)}"] if outcome.review else []),
        *(f"{name}: {points:g} by hand" for name, points in outcome.by_hand.items()),
    ]


def about_the_answers(outcome: Outcome) -> list[str]:
    graded = [lesson for lesson in outcome.lessons.values() if lesson.state == "graded"]
    verdicts = [verdict for lesson in graded for verdict in lesson.verdicts]
    unwritten = [verdict.exercise for verdict in verdicts if verdict.status == "unwritten"]
    return [
        *([f"not written: {', '.join(unwritten)}"] if unwritten else []),
        *(
            f"{verdict.exercise}: {verdict.findings[0].title}"
            for verdict in verdicts
            if verdict.status in ("wrong", "partial")
        ),
        *(note for lesson in graded for note in lesson.notes),
    ]


def missing(outcome: Outcome) -> list[str]:
    """Lessons that were not handed in, in one line, as long as some were."""
    lacking = [name for name, lesson in outcome.lessons.items() if lesson.state == "missing"]
    return [f"missing: {', '.join(lacking)}"] if lacking else []


def shown(outcome: Outcome) -> list[str]:
    """What fits into the table: the last line is always there."""
    lines, last = what_went_wrong(outcome), missing(outcome)
    if len(lines) <= MAX_LINES:
        return lines
    first = lines[: MAX_LINES - 1 - len(last)]
    return [*first, f"... and {len(lines) - len(first) - len(last)} more", *last]


def late(seconds: float) -> str:
    """ "2 d 3 h", or "" for a submission in time."""
    if seconds <= 0:
        return ""
    days, rest = divmod(int(seconds), 86400)
    hours, minutes = rest // 3600, rest % 3600 // 60
    parts = [f"{n} {unit}" for n, unit in ((days, "d"), (hours, "h"), (minutes, "min")) if n]
    return " ".join(parts[:2]) or "1 min"


def lateness(outcome: Outcome) -> str:
    """How late it is, with a star where that is what its own timestamp.txt says, and what that costs."""
    if outcome.reason:
        return ""
    if not outcome.due:
        return "no due date"
    if not outcome.submitted:
        return "no time known"
    star = " *" if outcome.claimed_time else ""
    return (late(outcome.seconds_late) or "in time") + star + points_off(outcome)


def points_off(outcome: Outcome) -> str:
    """What lateness took; empty where it took nothing."""
    return f", {outcome.late_penalty:g} off" if outcome.late_penalty else ""


def on_one_line(text: str) -> str:
    """`text` fit for a cell of the table: some of it comes from students."""
    return printable(" ".join(text.split()))


def class_table(outcomes: list[Outcome]) -> Table:
    several = len(chapters_of(outcomes)) > 1
    head = ["Student", *(["Chapter"] if several else [])]
    table = Table(*head, "Points", "Late", "What went wrong", show_lines=True)
    table.columns[len(head)].justify = "right"
    for outcome in outcomes:
        student, chapter, *facts, lines = row_of(outcome)
        chapter = [chapter] if several else []
        table.add_row(Text(student), *chapter, *facts, Text("\n".join(lines)))
    return table


def row_of(outcome: Outcome) -> tuple[str, str, str, str, list[str]]:
    """Student, chapter, points, lateness, and what went wrong."""
    points = "-" if outcome.reason else f"{outcome.points:g} / {outcome.max_points:g}"
    lines = [on_one_line(line) for line in shown(outcome)] or ["all right"]
    return on_one_line(outcome.student), outcome.chapter, points, lateness(outcome), lines


def print_table(outcomes: list[Outcome], console: Console) -> None:
    if console.width >= NARROW:
        console.print(class_table(outcomes))
    else:
        for *facts, lines in map(row_of, outcomes):
            say("\n  ".join([", ".join(filter(None, facts)), *lines]), console)
    if any(outcome.claimed_time for outcome in outcomes):
        say(
            "* by the submission's own timestamp.txt, which its author can write; times in "
            "CLASSDIR/collected.csv count instead",
            console,
        )
    chapters = chapters_of(outcomes)
    for chapter in chapters:
        print_mean(
            [outcome for outcome in outcomes if outcome.chapter == chapter], len(chapters) > 1, console
        )


def chapters_of(outcomes: list[Outcome]) -> list[str]:
    return list(dict.fromkeys(outcome.chapter for outcome in outcomes))


def print_mean(outcomes: list[Outcome], several: bool, console: Console) -> None:
    """Of one chapter, which is named where there are several."""
    marked = [outcome for outcome in outcomes if not outcome.reason]
    if marked:
        mean = sum(outcome.points for outcome in marked) / len(marked)
        say(
            f"{outcomes[0].chapter + ': ' if several else ''}"
            f"{len(marked)} of {len(outcomes)} submissions have marks; "
            f"the mean is {mean:.1f} of {marked[0].max_points:g} points.",
            console,
        )


def say(text: str, console: Console) -> None:
    """As it stands, however narrow the console is."""
    console.print(Text(text), soft_wrap=True)


def as_json(outcomes: list[Outcome], **about) -> str:
    """All outcomes as one JSON object, for scripts; `about` is said of the run as a whole."""
    return json.dumps({**about, "students": [asdict(outcome) for outcome in outcomes]}, indent=1)
