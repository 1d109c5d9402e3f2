"""Grades a class: every submission gets an outcome, and none can stop the others."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from ..course import CHAPTERS
from ..course.places import release
from .crew import Crew
from .intake.collected import FILE as COLLECTED
from .intake.collected import Collected, read_collected
from .intake.submissions import Submission, chapter_fingerprint, find_submissions, fingerprint, normal
from .intake.tables import TableError
from .intake.text import printable
from .recording.extensions import FILE as EXTENSIONS
from .recording.extensions import extend
from .recording.recorder import Recorder
from .recording.storage import Storage, storage
from .records import Busy, ClassError, Gone, Outcome, Settings, outcome_path
from .running.cells import JudgedCells, new_seed
from .sandbox.confinement import choose_sandbox

Key = tuple[str, str]
"""What an outcome is found by: chapter and student."""


def grade_class(
    course: Path,
    *,
    chapter: str = "",
    students: Iterable[str] = (),
    force: bool = False,
    due: datetime | None = None,
    unsafe: bool = False,
    seconds: int = JudgedCells.timeout,
    lessons: str = "",
    workers: int | None = None,
    executor: Executor | None = None,
    confine: Callable[[bool], tuple[str, str]] = choose_sandbox,
    announce: Callable[[str], None] = lambda sandbox: None,
    begin: Callable[[int, int], None] = lambda new, known: None,
    advance: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Grade every submission in `course`/submitted that is new or changed; return all outcomes.

    Writes gradebook.db, autograded/, feedback/, outcomes/ and grades.csv into `course`. It takes all
    chapters for which anybody has a folder, or one `chapter`; all `students`, or those named. `force`
    grades all again; `due` (with a time zone) sets the chapter's due date in the gradebook; `unsafe`
    goes on where student code cannot be confined; `seconds` is how long one cell may run; `lessons` is
    the address of the folder in which students read them, for links on their pages; the work is shared out
    to `workers` processes (default: one for each core), or to an `executor` that works on twice as many
    submissions at once and shares the directory, or takes files there and back, as a `Cluster` does.
    `confine` finds the sandbox where student code runs, `announce` hears of it, of processes that it did not
    keep as they were, and of what in the gradebook followed a changed course, `begin` how many submissions
    are to be graded and how many need not be, `advance` each outcome as it comes. Whenever it is stopped,
    the next run goes on from there.
    Raises ClassError where there is nothing to grade, no sandbox, or a gradebook that cannot be written.
    """
    course = course.resolve()
    if (names := sys.getfilesystemencoding()) != "utf-8":
        raise ClassError(f"Names of files are read as {names} here. Set PYTHONUTF8=1, and start again.")
    with alone(course), clear_disk_errors(course):
        everyone, students = read_class(course, chapter), {normal(student) for student in students}
        submissions = choose(everyone, students, course)
        chapters = list(dict.fromkeys(submission.chapter for submission in everyone))
        collected, sandbox = prepare_run(course, lambda: confine(unsafe), announce)
        recorder = Recorder(course, chapters, due_dates(chapters, due), lessons)
        current = digests(chapters)
        settings = Settings(course, new_seed(), sandbox, seconds)
        known, todo = (
            ({}, submissions) if force else known_outcomes(recorder.place, course, submissions, current)
        )
        begin(len(todo), len(known))
        outcomes, replaced = dict(known), []
        with Crew(executor, workers, settings) as crew, recorder:
            for submission, graded in crew.grade(todo):
                outcome = outcomes[key_of(submission)] = graded.outcome
                outcome.fingerprint = current(submission, outcome.fingerprint)
                replaced += graded.replaced
                moment = collected.of(submission.student, submission.chapter)
                recorder.take(graded, moment, crew.submit)
                advance(outcome)
            if replaced:
                announce(replaced_text(replaced))
            recorder.write(crew.submit)
            roll = {key_of(o): o for o in call_the_roll(recorder, chapters, everyone, outcomes.values())}
            marked = [outcome for outcome in (known | roll).values() if not outcome.reason]
            times = (collected.of(outcome.student, outcome.chapter) for outcome in marked)
            recorder.finish(crew.submit, zip(marked, times))
            outcomes |= {key: roll[key] for key in roll if not students or key[1] in students}
        for note in [*recorder.notes, *lines_for_nobody(everyone, recorder, collected)]:
            announce(note)
    return [outcomes[key] for key in sorted(outcomes, key=lambda key: (chapters.index(key[0]), key[1]))]


def digests(chapters: Iterable[str]) -> Callable[[Submission, str], str]:
    """What tells of a submission, given the digest of its files, whether it, or what it is graded against,
    has changed."""
    releases = {name: chapter_fingerprint(release(name)) for name in chapters}
    return lambda submission, files: fingerprint(submission, releases[submission.chapter], files)


def lines_for_nobody(everyone: list[Submission], recorder: Recorder, collected: Collected) -> Iterator[str]:
    """What an instructor has written down for somebody who is neither in the class nor on its roster."""
    there = {submission.student for submission in everyone} | {*map(normal, roster(recorder.place))}
    for file, keys in ((COLLECTED, collected), (EXTENSIONS, recorder.extensions.until)):
        names = {name for key in keys for name in key} - {*CHAPTERS, "", *there}
        for name in sorted(names):
            alike = get_close_matches(name.casefold(), {one.casefold() for one in there}, 1)
            meant = next((f"; is {one} meant?" for one in sorted(there) if one.casefold() in alike), ".")
            yield printable(f"{file} has a line for {name}, and nobody in the class is called so{meant}")


def students_waiting(course: Path, chapter: str = "") -> set[str]:
    """Who has a submission that is new or has changed since it was graded. Raises ClassError."""
    course = course.resolve()
    everyone = read_class(course, chapter)
    current = digests({submission.chapter for submission in everyone})
    return {s.student for s in known_outcomes(storage(course), course, everyone, current)[1]}


def replaced_text(words: list[str]) -> str:
    return (
        f"{len(words)} times a process that lends itself to lessons was not what it had been. It was "
        f"replaced, and no lesson ran in it any more. It said: {'; '.join(dict.fromkeys(words))[:300]}"
    )


@contextmanager
def alone(course: Path) -> Iterator[None]:
    """While no other run grades this class. Raises ClassError where one does."""
    with ExitStack() as stack:
        with suppress(ImportError, OSError):  # no such locks here: it goes without
            import fcntl

            folder = os.open(course, os.O_RDONLY)
            stack.callback(os.close, folder)
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy(
                    f"Another run is grading {course}. Start again when it has ended; it loses nothing."
                ) from None
        yield


def prepare_run(
    course: Path, confine: Callable[[], tuple[str, str]], announce: Callable[[str], None]
) -> tuple[Collected, str]:
    """When everything was collected, and how student code is confined. Raises ClassError."""
    try:
        collected = read_collected(course)
        sandbox, line = confine()
    except (TableError, RuntimeError) as error:
        raise ClassError(str(error)) from error
    announce(line)
    return collected, sandbox


@contextmanager
def clear_disk_errors(course: Path) -> Iterator[None]:
    """Say what a failing disk means. Raises ClassError."""
    try:
        yield
    except OSError as error:
        raise ClassError(
            f"{error.filename or course}: {error.strerror or error}. Mend that and start again; "
            "nothing that was graded before is lost."
        ) from error


def key_of(submission: Submission | Outcome) -> Key:
    return submission.chapter, submission.student


def call_the_roll(
    recorder: Recorder, chapters: Iterable[str], everyone: list[Submission], outcomes: Iterable[Outcome]
) -> Iterator[Outcome]:
    """Of whom nothing could be graded, chapter by chapter. Raises ClassError."""
    unmarked = [outcome for outcome in outcomes if outcome.reason]
    for name in chapters:
        present = [submission.student for submission in everyone if submission.chapter == name]
        yield from recorder.call_the_roll(name, present, [o for o in unmarked if o.chapter == name])


def read_class(course: Path, chapter: str = "") -> list[Submission]:
    """The submissions of a class directory. Raises ClassError where there are none."""
    submitted, name = course / "submitted", chapter or "|".join(CHAPTERS)
    if chapter and chapter not in CHAPTERS:
        raise ClassError(f"There is no chapter {chapter}; there is {', '.join(CHAPTERS)}.")
    if not submitted.is_dir():
        raise Gone(
            f"{submitted} is not there. Put the notebooks into submitted/<student>/{name}/ below {course}."
        )
    found = list(find_submissions(submitted, [chapter] if chapter else ()))
    if not found:
        raise Gone(f"{submitted} is empty. Put the notebooks into <student>/{name}/ there.")
    return found


def extend_class(course: Path, chapter: str, students: list[str], until: datetime | None) -> None:
    """Set a due date of their own for these students, or take it back. Raises ClassError."""
    names = [chapter] if chapter else list(CHAPTERS)
    if len(names) > 1 or names[0] not in CHAPTERS:
        raise ClassError(f"Say by --chapter which is meant: {', '.join(CHAPTERS)}.")
    folders = {normal(path.name) for path in (course / "submitted").glob("*")}
    wanted = [normal(student) for student in students]
    if unknown := sorted({*wanted} - folders - roster(storage(course))):
        raise ClassError(f"Nobody in {course} is called {', '.join(unknown)}.")
    extend(course, names[0], wanted, until)


def choose(everyone: list[Submission], students: set[str], course: Path) -> list[Submission]:
    """Those of the named `students`, or all. Raises ClassError for somebody unknown."""
    unknown = students - {submission.student for submission in everyone}
    if unknown := sorted(unknown and unknown - roster(storage(course))):
        raise Gone(f"There is no folder in {course / 'submitted'} for {', '.join(unknown)}.")
    return [submission for submission in everyone if not students or submission.student in students]


def due_dates(chapters: list[str], due: datetime | None) -> dict[str, datetime]:
    """The new due date by chapter. Raises ClassError where it is not clear which chapter's it is."""
    if due and len(chapters) > 1:
        raise ClassError(
            f"A due date is that of one chapter, and there are {', '.join(chapters)}: say which by --chapter."
        )
    return {chapter: due for chapter in chapters if due}


def known_outcomes(
    place: Storage, course: Path, submissions: list[Submission], current: Callable[[Submission, str], str]
) -> tuple[dict[Key, Outcome], list[Submission]]:
    """The outcomes that still hold, and the submissions to be graded."""
    outcomes, todo, entered = {}, [], submissions_entered(place)
    for submission in submissions:
        key = key_of(submission)
        known = Outcome.load(outcome_path(course, *key))
        lasting = known and not known.failed and (known.reason or key in entered)
        if lasting and known.fingerprint == current(submission, submission.read().digest):
            outcomes[key] = known
        else:
            todo.append(submission)
    return outcomes, todo


def submissions_entered(place: Storage) -> set[Key]:
    """Who has marks for which chapter in a gradebook, which may have been moved away or put back since."""
    query = """SELECT a.name, s.student_id FROM submitted_assignment s
               JOIN assignment a ON s.assignment_id = a.id"""
    return set(place.look_up(query))


def roster(place: Storage) -> set[str]:
    """The students that a gradebook knows."""
    return {student for (student,) in place.look_up("SELECT id FROM student")}
