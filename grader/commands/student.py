"""What a student does: open the lessons, have them checked, hand them in; and the instructor's desk."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


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


def run_lab(options: argparse.Namespace) -> int:
    from ..lab.lab import open_lab, prepare

    for sentence in prepare(options.folder):
        print(sentence)
    return open_lab(options.folder, options.rest)


def run_desk(options: argparse.Namespace) -> int:
    from ..grading.recording.owner import look_whose
    from ..grading.recording.storage import storage
    from ..grading.records import ClassError
    from ..lab.lab import open_desk

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
    from ..lab.report import tell

    desks = find_desks(options)
    if options.watch and len(desks) != 1:
        print("say by --chapter which one to watch", file=sys.stderr)
        return 2
    for chapter, desk in desks:
        tell(chapter, desk, options.watch)
    return 0 if desks else 2


def run_pack(options: argparse.Namespace) -> int:
    from ..desk.pack import pack
    from ..desk.progress import Progress, read

    desks = find_desks(options)
    for chapter, desk in desks:
        packed = pack(chapter, desk, options.to)
        print(packed.as_text(Progress(chapter, read(chapter, desk))))
    return 0 if desks else 2


def find_desks(options: argparse.Namespace) -> list:
    """The chapters in the folder that was named, each with its place; says so where there is none."""
    from ..course import CHAPTERS
    from ..desk.progress import desk_of

    chosen = [c for name, c in CHAPTERS.items() if options.chapter in ("", name)]
    desks = [(chapter, desk) for chapter in chosen if (desk := desk_of(chapter, options.folder))]
    if not desks:
        print(f"no lesson lies in {options.folder}: name the folder with the notebooks", file=sys.stderr)
    return desks
