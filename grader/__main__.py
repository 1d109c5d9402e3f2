"""The command line: python -m grader build | grade CLASSDIR | ..."""

from __future__ import annotations

import argparse
import os
import signal
import sys

from .commands import author, grade, report, student, term


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
    author.add_build(commands)
    author.add_release(commands)
    grade.add_grade(commands)
    student.add_student_commands(commands)
    term.add_extend(commands)
    term.add_next(commands)
    report.add_report(commands)
    report.add_export(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
