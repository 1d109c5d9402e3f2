"""The command line: python -m grader build | grade CLASSDIR | ..."""

from __future__ import annotations

import argparse
import gc
import io
import os
import signal
import sys

from .commands.common import hush
from .grading.interrupt import Interrupt, ignore_endings


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return its exit status."""
    open_streams()
    if sys.stderr and sys.stderr is sys.__stderr__:
        sys.stderr = that_never_fails(sys.stderr)
    for stream in (sys.stdout, sys.stderr):  # a name that a console cannot show must not end a run
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if os.environ.get("COLUMNS") == "0":  # on a console of no width nothing would be said
        del os.environ["COLUMNS"]
    try:
        with Interrupt():
            options = read_options(arguments)
            status = options.run(options)
            if sys.stdout:
                sys.stdout.flush()  # what fails now can still be told
        return status
    except KeyboardInterrupt as end:
        ignore_endings()
        print("stopped; start again to go on from here", file=sys.stderr)
        return 128 + (end.args[0] if end.args else signal.SIGINT)
    except BrokenPipeError:  # whoever reads what is printed has enough of it
        hush(sys.stdout)
        return 141
    except OSError as error:  # a disk, a right, a path; str() names it
        if not error.filename:
            hush(sys.stdout)
        print(str(error), file=sys.stderr)
        return 2


def read_options(arguments: list[str] | None) -> argparse.Namespace:
    parser = make_parser()
    given = sys.argv[1:] if arguments is None else arguments
    options, rest = parser.parse_known_args([*map(as_path, given)])
    if rest and not getattr(options, "passes_on", False):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    options.rest = [*(getattr(options, "rest", None) or []), *rest]
    return options


def as_path(argument: str) -> str:
    """A folder called `-x` would be taken for options, of which none has one stroke but `-h`."""
    is_folder = argument.startswith("-") and not argument.startswith("--") and os.path.isdir(argument)
    return os.path.join(os.curdir, argument) if is_folder else argument


def open_streams() -> None:
    """Where one was closed, as by `>&-`, have its number lead nowhere: a file of the class would get it, and
    whatever is printed after that."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


class Unfailing(io.FileIO):
    """A file whose full disk, or reader who is gone, ends nothing."""

    def write(self, data) -> int:
        try:
            return super().write(data)
        except OSError:
            return len(data)


def that_never_fails(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    """The same stream, into which one may write whatever lies behind it: the work that it tells of counts."""
    raw = Unfailing(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(raw), stream.encoding, line_buffering=True)


def make_parser() -> argparse.ArgumentParser:
    from .commands import author, grade, report, student, term  # where a Ctrl-C is answered already

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
    ended = main()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing is left to be told of
    gc.freeze()  # what is there goes with the process: to look through it takes a quarter of a second
    sys.exit(ended)
