"""The command line: python -m grader build | grade CLASSDIR | ..."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return its exit status."""
    for stream in (sys.stdout, sys.stderr):  # a name that a console cannot show must not end a run
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if os.environ.get("COLUMNS") == "0":  # on a console of no width nothing would be said
        del os.environ["COLUMNS"]
    parser = make_parser()
    options, rest = parser.parse_known_args(arguments)
    if rest and not getattr(options, "passes_on", False):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    options.rest = [*(getattr(options, "rest", None) or []), *rest]
    try:
        return options.run(options)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one has nothing left to stop
        print("stopped; start again to go on from here", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever reads what is printed has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:  # a disk, a right, a path; str() names it
        print(str(error), file=sys.stderr)
        return 2


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m grader", description=__doc__.split(":")[0] + ".")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="build solved and student notebooks from the Markdown")
    build.set_defaults(run=run_build)
    release = commands.add_parser(
        "release",
        help="write what students get, without the solutions",
        description="Write the notebooks, the student's package and requirements, and how to start into DIR.",
    )
    release.add_argument("folder", metavar="DIR", type=Path)
    release.set_defaults(run=run_release)
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
        help="first take in what `moodle` or `canvas` downloads, or `pack` archives: a zip or a folder",
    )
    grade.add_argument(
        "--roster",
        type=Path,
        metavar="FILE",
        help="who is in the class, as CSV: nbgrader's columns, or as Moodle and Canvas download it",
    )
    add_report_options(grade)
    grade.set_defaults(run=run_grade)
    add_student_commands(commands)
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
    following = commands.add_parser(
        "next",
        help="begin the next term's class directory from this one",
        description="Make the folder NEW with what is yours: nbgrader_config.py with the modules beside it, "
        "and the comments for groups of like answers. Roster, submissions, marks and dates stay behind.",
    )
    following.add_argument("classdir", metavar="CLASSDIR", type=Path)
    following.add_argument("new", metavar="NEW", type=Path)
    following.set_defaults(run=run_next)
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
    return parser


def add_student_commands(commands) -> None:
    """What a student does: open the lessons, have them checked, hand them in; and the instructor's desk."""
    lab = commands.add_parser(
        "lab",
        help="open the lessons in JupyterLab",
        description="Bring the lessons into DIR, with what has changed in them since, and open JupyterLab "
        "there. What you wrote is kept. Options of `jupyter lab` may follow.",
    )
    lab.set_defaults(run=run_lab, passes_on=True)
    desk = commands.add_parser(
        "desk",
        help="open a class in JupyterLab, with nbgrader's formgrader",
        description="Open JupyterLab in CLASSDIR with nbgrader's configuration. Options of `jupyter lab` may "
        "follow.",
    )
    desk.add_argument("folder", metavar="CLASSDIR", type=Path)
    desk.set_defaults(run=run_desk, passes_on=True)
    check = commands.add_parser(
        "check",
        help="run the lessons of a folder as they are saved, and show points and cards",
        description="Run the lessons in DIR from top to bottom, as they are saved, and show what is not "
        "right yet and the points of each. Nothing is changed or sent.",
    )
    check.add_argument("--watch", action="store_true", help="do it again after every save, until Ctrl-C")
    check.set_defaults(run=run_check)
    pack = commands.add_parser(
        "pack",
        help="make the archive to hand in",
        description="Pack the lessons in DIR into one archive to hand in; say what is in it, what is missing "
        "and how many points were checked.",
    )
    pack.add_argument("--to", type=Path, metavar="FILE", help="the archive (default: DIR/CHAPTER.zip)")
    pack.set_defaults(run=run_pack)
    for command in (lab, desk):
        command.add_argument(
            "--allow-root",
            action="append_const",
            const="--allow-root",
            dest="rest",
            help="start for root too: in a container that is yours alone",
        )
    for command in (lab, check, pack):
        command.add_argument(
            "folder", metavar="DIR", type=Path, nargs="?", default=Path("work"), help="default: work"
        )
    for command in (check, pack):
        command.add_argument("--chapter", default="", metavar="NAME", help="this chapter only")


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
    try:
        moment = datetime.fromisoformat(text)
        if is_date(text):
            moment = moment.replace(hour=23, minute=59, second=59)
        moment = moment if moment.tzinfo else moment.astimezone()
        moment.astimezone(UTC), moment.astimezone()  # as it is kept and shown
        return moment
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no date and time such as 2026-11-30T23:59+01:00"
        ) from None


def is_date(text: str) -> bool:
    """Whether it is a date in ISO 8601 without a time."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def run_build(options: argparse.Namespace) -> int:
    from rich.console import Console

    from .authoring.build import build
    from .authoring.master import MasterError

    console = Console(stderr=True)
    try:
        with console.status("reading the lessons") as status:
            build(progress=status.update)
    except MasterError as error:
        print_error(error, console)
        return 1
    console.print("built solutions/ and notebooks/")
    return 0


def run_lab(options: argparse.Namespace) -> int:
    from .lab.lab import open_lab, prepare

    for sentence in prepare(options.folder):
        print(sentence)
    return open_lab(options.folder, options.rest)


def run_desk(options: argparse.Namespace) -> int:
    from .grading.recording.owner import look_whose
    from .grading.recording.storage import storage
    from .grading.records import ClassError
    from .lab.lab import open_desk

    if not options.folder.is_dir():
        print(f"{options.folder} is no folder: name the one that holds submitted/", file=sys.stderr)
        return 2
    try:
        look_whose(options.folder, storage(options.folder))
    except ClassError as error:
        print(error, file=sys.stderr)
        return 2
    return open_desk(options.folder, options.rest)


def run_check(options: argparse.Namespace) -> int:
    from .lab.report import tell

    desks = find_desks(options)
    if options.watch and len(desks) != 1:
        print("say by --chapter which one to watch", file=sys.stderr)
        return 2
    for chapter, desk in desks:
        tell(chapter, desk, options.watch)
    return 0 if desks else 2


def run_pack(options: argparse.Namespace) -> int:
    from .desk.pack import pack
    from .desk.progress import Progress, read

    desks = find_desks(options)
    for chapter, desk in desks:
        packed = pack(chapter, desk, options.to)
        print(packed.as_text(Progress(chapter, read(chapter, desk))))
    return 0 if desks else 2


def find_desks(options: argparse.Namespace) -> list:
    """The chapters in the folder that was named, each with its place; says so where there is none."""
    from .course import CHAPTERS
    from .desk.progress import desk_of

    chosen = [c for name, c in CHAPTERS.items() if options.chapter in ("", name)]
    desks = [(chapter, desk) for chapter in chosen if (desk := desk_of(chapter, options.folder))]
    if not desks:
        print(f"no lesson lies in {options.folder}: name the folder with the notebooks", file=sys.stderr)
    return desks


IN_THE_WHEEL = (
    "no solved notebook is among them and nothing of the grading; but the wheel, by which checks explain, "
    "holds each exercise's reference and known mistakes for whoever looks inside"
)


def run_release(options: argparse.Namespace) -> int:
    from rich.console import Console

    from .authoring.release import ReleaseError, release_to

    console = Console(stderr=True)
    try:
        written = release_to(options.folder)
    except ReleaseError as error:
        print_error(error, console)
        return 2
    for line in (f"files for students in {options.folder}: {len(written)}", IN_THE_WHEEL):
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    return 0


def run_grade(options: argparse.Namespace) -> int:
    from rich.console import Console

    from .grading.classroom import grade_class
    from .grading.records import ClassError

    console = Console(stderr=True)
    started = time.monotonic()
    told: list[str] = []
    if options.watch and (options.force or options.json):
        console.print("--watch grades what is new: leave out --force and --json", style="red")
        return 2

    def announce(line: str) -> None:
        told.append(line)
        console.print(line, highlight=False, soft_wrap=True, markup=False, emoji=False)

    if options.due:
        console.print(f"due {options.due:%A, %Y-%m-%d %H:%M:%S} (UTC{options.due:%z})", highlight=False)
    with progress_bar(console) as (begin, advance):
        try:
            take_in(options, console)
            if options.comments:
                from .grading.recording.comments import add_comments

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
    report(options, console)
    if options.json:
        from .reporting.table import as_json

        print(as_json(outcomes, sandbox=told[0], seconds=time.monotonic() - started))
    else:
        from .reporting.table import print_table

        print_table(outcomes, Console())
    return 1 if any(outcome.failed or outcome.penalty_error for outcome in outcomes) else 0


def keep_graded(options: argparse.Namespace, usual: dict, console) -> None:
    """Grade what arrives until Ctrl-C, or until the system ends this process. Raises ClassError."""
    from .grading.classroom import grade_class, students_waiting
    from .grading.crew import standing
    from .grading.watch import watch

    def say(line: str) -> None:
        console.print(line, highlight=False, soft_wrap=True, markup=False, emoji=False)

    asked: list[int] = []

    def stop(number: int, frame) -> None:
        asked.append(number)  # where Python may swallow an exception, as in a weak reference's callback
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    with contextlib.suppress(KeyboardInterrupt), standing(options.classdir, usual) as settled:
        say(f"watching {options.classdir / 'submitted'}; Ctrl-C ends it")
        watch(
            options.classdir,
            waiting=lambda: students_waiting(options.classdir, options.chapter),
            grade=lambda students: grade_class(options.classdir, students=students, **settled),
            say=say,
            rest=lambda: report(options, console),
            stopped=lambda: bool(asked),
            only=set(options.student) or None,
        )
    for number in (signal.SIGINT, signal.SIGTERM):  # nothing is left to stop
        signal.signal(number, signal.SIG_IGN)
    say("stopped; what has marks is kept, and the next start goes on from here")


@contextlib.contextmanager
def where(options: argparse.Namespace):
    """What `grade_class` is told of a cluster, if there is one. Raises ClassError."""
    if not options.scheduler:
        yield {}
        return
    from .grading.cluster import Cluster

    with Cluster(options.scheduler) as cluster:
        yield {"executor": cluster, "confine": cluster.choose_sandbox}


def run_extend(options: argparse.Namespace) -> int:
    from rich.console import Console

    from .grading.classroom import extend_class
    from .grading.records import ClassError

    console = Console(stderr=True)
    try:
        extend_class(options.classdir, options.chapter, options.students, options.until)
    except (ClassError, OSError) as error:
        print_error(error, console)
        return 2
    when = (
        f"{options.until:%A, %Y-%m-%d %H:%M:%S} (UTC{options.until:%z})" if options.until else "as everybody"
    )
    console.print(
        f"due {when}: {', '.join(options.students)}; the next `grade` reckons with it", markup=False
    )
    return 0


def run_next(options: argparse.Namespace) -> int:
    from rich.console import Console

    from .grading.recording.next_term import begin_next_term
    from .grading.records import ClassError

    console = Console(stderr=True)
    try:
        said = begin_next_term(options.classdir, options.new)
    except (ClassError, OSError) as error:
        print_error(error, console)
        return 2
    for line in said:
        console.print(line, highlight=False, markup=False, emoji=False, soft_wrap=True)
    return 0


def print_error(error: Exception, console) -> None:
    """As it stands: file names and messages hold what would be markup, emoji or orders to a terminal."""
    from rich.text import Text

    from .grading.intake.text import printable

    lines = "\n".join(printable(line) for line in str(error).split("\n"))
    console.print(Text(lines, style="red"), soft_wrap=True)


def take_in(options: argparse.Namespace, console) -> None:
    """Put a download and a roster into the class directory; say what could not be mapped.

    Raises ClassError.
    """
    if not (options.download or options.roster):
        return
    from .exchange.enter import enter_download, enter_roster

    roster = enter_roster(options.classdir, options.roster)
    if options.download:
        for line in enter_download(options.classdir, *options.download, roster, options.chapter):
            console.print(line, highlight=False, markup=False, emoji=False, soft_wrap=True)


def run_report(options: argparse.Namespace) -> int:
    from rich.console import Console

    return report(options, Console(stderr=True), options.anonymous)


def report(options: argparse.Namespace, console, anonymous: bool = False) -> int:
    """Write the reports of a class and say where; where there is nothing to report, say that."""

    from .grading.records import ClassError
    from .reporting.report import Options, write_reports

    try:
        chapters = [options.chapter] if options.chapter else []
        pages = write_reports(options.classdir, chapters, Options(anonymous, options.lessons))
    except ClassError as error:
        print_error(error, console)
        return 2
    for page in pages:
        console.print(f"report: {page}", highlight=False, markup=False, emoji=False, soft_wrap=True)
    return 0


def run_export(options: argparse.Namespace) -> int:
    from rich.console import Console

    from .exchange.export import export
    from .grading.records import ClassError
    from .reporting.data import the_chapter

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
        console.print(line, highlight=False, markup=False, emoji=False, soft_wrap=True)
    return 0


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


if __name__ == "__main__":
    sys.exit(main())
