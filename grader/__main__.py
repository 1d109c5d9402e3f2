"""The command line: python -m grader build | grade CLASSDIR | ..."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return its exit status."""
    options = make_parser().parse_args(arguments)
    return options.run(options)


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m grader", description=__doc__.split(":")[0] + ".")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="build solved and student notebooks from the Markdown")
    build.set_defaults(run=run_build)
    return parser


def run_build(options: argparse.Namespace) -> int:
    from rich.console import Console

    from .authoring.build import build
    from .authoring.master import MasterError

    console = Console(stderr=True)
    try:
        with console.status("reading the lessons") as status:
            build(progress=status.update)
    except MasterError as error:
        console.print(f"[red]{error}[/red]", highlight=False, soft_wrap=True)
        return 1
    console.print("built solutions/ and notebooks/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
