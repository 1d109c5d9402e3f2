"""What authors do: build the notebooks, and make what students get."""

from __future__ import annotations

import argparse
from pathlib import Path

from .common import print_error, say


def add_build(commands) -> None:
    build = commands.add_parser("build", help="build solved and student notebooks from the Markdown")
    build.set_defaults(run=run_build)


def add_release(commands) -> None:
    release = commands.add_parser(
        "release",
        help="write what students get, without the solutions",
        description="Write the notebooks, the student's package and requirements, and how to start into DIR.",
    )
    release.add_argument("folder", metavar="DIR", type=Path)
    release.set_defaults(run=run_release)


def run_build(options: argparse.Namespace) -> int:
    from rich.console import Console

    from ..authoring.build import build
    from ..authoring.master import MasterError

    console = Console(stderr=True)
    try:
        with console.status("reading the lessons") as status:
            build(progress=status.update)
    except MasterError as error:
        print_error(error, console)
        return 1
    console.print("built solutions/ and notebooks/")
    return 0


IN_THE_WHEEL = (
    "no solved notebook is among them and nothing of the grading; but the wheel, by which checks explain, "
    "holds each exercise's reference and known mistakes for whoever looks inside"
)


def run_release(options: argparse.Namespace) -> int:
    from rich.console import Console

    from ..authoring.release import ReleaseError, release_to

    console = Console(stderr=True)
    try:
        written = release_to(options.folder)
    except ReleaseError as error:
        print_error(error, console)
        return 2
    for line in (f"files for students in {options.folder}: {len(written)}", IN_THE_WHEEL):
        say(line, console)
    return 0
