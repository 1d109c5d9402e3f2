"""Grade a class, once or as submissions arrive."""

from __future__ import annotations

import argparse
import contextlib
import time
from itertools import chain
from pathlib import Path

from .common import (
    add_report_options,
    after_the_marks,
    at_least_one,
    console_that_lasts,
    print_error,
    progress_bar,
    read_time,
    say,
)
from .report import report


def add_grade(commands) -> None:
    grade = commands.add_parser(
        "grade",
        help="grade a class into nbgrader's gradebook",
        description="Grade CLASSDIR/submitted/<student>/<chapter>/*.ipynb. Writes gradebook.db, "
        "autograded/, feedback/, outcomes/ and grades.csv there. What has not changed since the last "
        "run is not graded again. The exit status is 0 when every submission has marks or a stated reason.",
    )
    grade.add_argument("classdir", metavar="CLASSDIR", type=Path)
    grade.add_argument("--chapter", default="", metavar="NAME", help="grade this chapter only")
    grade.add_argument(
        "--student",
        action="extend",
        nargs="+",
        default=[],
        metavar="ID",
        help="grade these students only",
    )
    grade.add_argument("--force", action="store_true", help="grade all submissions again")
    grade.add_argument(
        "--watch",
        action="store_true",
        help="stay, and grade what arrives or changes in submitted/, until Ctrl-C",
    )
    grade.add_argument(
        "--due",
        type=read_time,
        metavar="TIME",
        help="the due date, such as 2026-11-30T23:59+01:00; kept in the gradebook",
    )
    grade.add_argument(
        "--unsafe",
        action="store_true",
        help="grade without a sandbox where none works: only if you trust every submission",
    )
    grade.add_argument(
        "--workers", type=at_least_one, metavar="N", help="processes (default: one for each core)"
    )
    grade.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="grade on the workers of this Dask scheduler, which need not see CLASSDIR: tcp://10.0.0.1:8786",
    )
    grade.add_argument(
        "--seconds",
        type=at_least_one,
        default=10,
        metavar="N",
        help="how long one cell of a student may run (default: 10)",
    )
    grade.add_argument(
        "--json", action="store_true", help="print all outcomes as one JSON object instead of the table"
    )
    grade.add_argument(
        "--comments",
        type=Path,
        metavar="FILE",
        help="a report's groups.csv or report.json with comments filled in: they reach all of a group",
    )
    grade.add_argument(
        "--from",
        nargs=2,
        dest="download",
        metavar=("SYSTEM", "DOWNLOAD"),
        help="first take in what `moodle` or `canvas` downloads (or blackboard, brightspace, sakai, ilias, "
        "teams, gradescope), or `pack` archives: a zip or a folder",
    )
    grade.add_argument(
        "--roster",
        type=Path,
        metavar="FILE",
        help="who is in the class, as CSV: nbgrader's columns, or as Moodle and Canvas download it",
    )
    add_report_options(grade)
    grade.set_defaults(run=run_grade)


def run_grade(options: argparse.Namespace) -> int:
    from ..grading.classroom import grade_class
    from ..grading.records import ClassError

    console = console_that_lasts(stderr=True)
    started = time.monotonic()
    told: list[str] = []
    if options.watch and (options.force or options.json):
        say("--watch grades what is new: leave out --force and --json", console, style="red")
        return 2

    def announce(line: str) -> None:
        told.append(line)
        say(line, console)

    if options.due:
        console.print(f"due {options.due:%A, %Y-%m-%d %H:%M:%S} (UTC{options.due:%z})", highlight=False)
    with progress_bar(console) as (begin, advance):
        try:
            take_in(options, console)
            if options.comments:
                from ..grading.recording.comments import add_comments

                console.print(f"comments for groups: {add_comments(options.classdir, options.comments)}")
            with where(options) as elsewhere:
                usual = {
                    "chapter": options.chapter,
                    "due": options.due,
                    "unsafe": options.unsafe,
                    "seconds": options.seconds,
                    "lessons": options.lessons,
                    "workers": options.workers,
                    "announce": announce,
                    **elsewhere,
                }
                if options.watch:
                    keep_graded(options, usual, console)
                    return 0
                outcomes = grade_class(
                    options.classdir,
                    students=options.student,
                    force=options.force,
                    begin=begin,
                    advance=advance,
                    **usual,
                )
        except ClassError as error:
            print_error(error, console)
            return 2
    lost: list[str] = []
    with after_the_marks("the report", console, lost):
        report(options, console)
    with after_the_marks("what was to be printed", console, lost):
        if options.json:
            from ..reporting.table import as_json

            print(as_json(outcomes, sandbox=told[0], seconds=time.monotonic() - started))
        else:
            from ..reporting.table import print_table

            print_table(outcomes, console_that_lasts(stderr=False))
    return 1 if lost or any(outcome.failed or outcome.penalty_error for outcome in outcomes) else 0


def keep_graded(options: argparse.Namespace, usual: dict, console) -> None:
    """Grade what arrives until Ctrl-C, or until the system ends this process. Raises ClassError."""
    from ..grading.classroom import grade_class, students_waiting
    from ..grading.crew import standing
    from ..grading.interrupt import Interrupt, ignore_endings
    from ..grading.watch import watch

    def rest() -> None:
        with after_the_marks("the report", console, []):
            report(options, console)

    with (
        contextlib.suppress(KeyboardInterrupt),
        Interrupt() as end,
        standing(options.classdir, usual) as settled,
    ):
        say(f"watching {options.classdir / 'submitted'}; Ctrl-C ends it", console)
        watch(
            options.classdir,
            waiting=lambda: students_waiting(options.classdir, options.chapter),
            grade=lambda students: grade_class(options.classdir, students=students, **settled),
            say=lambda line: say(line, console),
            rest=rest,
            stopped=lambda: bool(end.pressed),
            only=set(options.student) or None,
        )
    ignore_endings()
    say("stopped; what has marks is kept, and the next start goes on from here", console)


@contextlib.contextmanager
def where(options: argparse.Namespace):
    """What `grade_class` is told of a cluster, if there is one. Raises ClassError."""
    if not options.scheduler:
        yield {}
        return
    from ..grading.cluster import Cluster

    with Cluster(options.scheduler) as cluster:
        yield {"executor": cluster, "confine": cluster.choose_sandbox}


def take_in(options: argparse.Namespace, console) -> None:
    """Put a download and a roster into the class directory; say what could not be mapped.

    Raises ClassError.
    """
    if not (options.download or options.roster):
        return
    from ..exchange.enter import enter_download, enter_roster

    roster = enter_roster(options.classdir, options.roster)
    lines = [*roster.notes, *([roster.doubt] if options.roster and roster.doubt else [])]
    if options.download:
        lines = chain(lines, enter_download(options.classdir, *options.download, roster, options.chapter))
    for line in lines:
        say(line, console)
