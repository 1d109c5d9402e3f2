"""What changes in a term, and what begins the next."""

from __future__ import annotations

import argparse
from pathlib import Path

from .common import print_error, read_time, say


def add_extend(commands) -> None:
    extend = commands.add_parser(
        "extend",
        help="give single students a due date of their own",
        description="Kept in CLASSDIR/extensions.csv, also for who has not handed in yet; the next run of "
        "`grade` reckons with it.",
    )
    extend.add_argument("classdir", metavar="CLASSDIR", type=Path)
    extend.add_argument("students", metavar="ID", nargs="+")
    extend.add_argument("--chapter", default="", metavar="NAME", help="of this chapter, if there are several")
    when = extend.add_mutually_exclusive_group(required=True)
    when.add_argument("--until", type=read_time, metavar="TIME", help="such as 2026-12-07T23:59+01:00")
    when.add_argument("--as-everybody", action="store_true", help="take it back")
    extend.set_defaults(run=run_extend)


def add_next(commands) -> None:
    following = commands.add_parser(
        "next",
        help="begin the next term's class directory from this one",
        description="Make the folder NEW with what is yours: nbgrader_config.py with the modules beside it, "
        "and the comments for groups of like answers. Roster, submissions, marks and dates stay behind.",
    )
    following.add_argument("classdir", metavar="CLASSDIR", type=Path)
    following.add_argument("new", metavar="NEW", type=Path)
    following.set_defaults(run=run_next)


def run_extend(options: argparse.Namespace) -> int:
    from rich.console import Console

    from ..grading.classroom import extend_class
    from ..grading.records import ClassError

    console = Console(stderr=True)
    try:
        extend_class(options.classdir, options.chapter, options.students, options.until)
    except (ClassError, OSError) as error:
        print_error(error, console)
        return 2
    when = (
        f"{options.until:%A, %Y-%m-%d %H:%M:%S} (UTC{options.until:%z})" if options.until else "as everybody"
    )
    say(f"due {when}: {', '.join(options.students)}; the next `grade` reckons with it", console)
    return 0


def run_next(options: argparse.Namespace) -> int:
    from rich.console import Console

    from ..grading.recording.next_term import begin_next_term
    from ..grading.records import ClassError

    console = Console(stderr=True)
    try:
        said = begin_next_term(options.classdir, options.new)
    except (ClassError, OSError) as error:
        print_error(error, console)
        return 2
    for line in said:
        say(line, console)
    return 0
