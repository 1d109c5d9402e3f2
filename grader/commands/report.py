"""What a class misunderstood, and its marks as learning platforms take them."""

from __future__ import annotations

import argparse
from pathlib import Path

from .common import add_report_options, print_error, say


def add_report(commands) -> None:
    report = commands.add_parser(
        "report",
        help="show what a class can do and what it misunderstood",
        description="Write CLASSDIR/report/<chapter>/index.html, and the same as JSON and CSV, from what "
        "`grade` has written. No student code is run.",
    )
    report.add_argument("classdir", metavar="CLASSDIR", type=Path)
    report.add_argument("--chapter", default="", metavar="NAME", help="this chapter only")
    report.add_argument(
        "--anonymous", action="store_true", help="without names, into CLASSDIR/report-anonymous/"
    )
    add_report_options(report)
    report.set_defaults(run=run_report)


def add_export(commands) -> None:
    export = commands.add_parser(
        "export",
        help="write marks and pages as learning platforms take them",
        description="wide: a table with a column for each exercise (.xlsx with openpyxl). moodle: its "
        "grading worksheet, filled. canvas: its gradebook, filled. pages: the archive of feedback pages that "
        "Moodle takes back.",
    )
    export.add_argument("classdir", metavar="CLASSDIR", type=Path)
    export.add_argument("form", choices=("wide", "moodle", "canvas", "pages"))
    export.add_argument("--fill", type=Path, metavar="FILE", help="the table that Moodle or Canvas gave")
    export.add_argument("--column", default="", help="the column of Canvas' table: Name (123)")
    export.add_argument(
        "--chapter", default="", metavar="NAME", help="this chapter; needed if there are several"
    )
    export.add_argument("--to", type=Path, metavar="FILE", help="what to write (default: in CLASSDIR)")
    export.set_defaults(run=run_export)


def run_report(options: argparse.Namespace) -> int:
    from rich.console import Console

    return report(options, Console(stderr=True), options.anonymous)


def report(options: argparse.Namespace, console, anonymous: bool = False) -> int:
    """Write the reports of a class and say where; where there is nothing to report, say that."""

    from ..grading.records import ClassError
    from ..reporting.report import Options
    from ..reporting.writing import write_reports

    try:
        chapters = [options.chapter] if options.chapter else []
        pages = write_reports(options.classdir, chapters, Options(anonymous, options.lessons))
    except ClassError as error:
        print_error(error, console)
        return 2
    for page in pages:
        say(f"report: {page}", console)
    return 0


def run_export(options: argparse.Namespace) -> int:
    from rich.console import Console

    from ..exchange.export import export
    from ..grading.records import ClassError
    from ..reporting.data import the_chapter

    console = Console(stderr=True)
    try:
        chapter = the_chapter(options.classdir, options.chapter)
        path, notes = export(
            options.classdir, options.form, chapter, options.fill, options.to, options.column
        )
    except (ClassError, OSError) as error:
        print_error(error, console)
        return 2
    for line in [f"written: {path}", *notes]:
        say(line, console)
    return 0
