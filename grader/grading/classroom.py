"""Grades a class: every submission gets an outcome, and none can stop the others."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from ..course import CHAPTERS
from ..course.places import release
from .crew import Crew
from .intake.collected import CollectedError, read_collected
from .intake.submissions import Submission, chapter_fingerprint, find_submissions, fingerprint
from .recording.recorder import Recorder
from .records import ClassError, Outcome, Settings, outcome_path
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
    workers: int | None = None,
    executor: Executor | None = None,
    announce: Callable[[str], None] = lambda sandbox: None,
    begin: Callable[[int, int], None] = lambda new, known: None,
    advance: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Grade every submission in `course`/submitted that is new or changed; return all outcomes.

    Writes gradebook.db, autograded/, feedback/, outcomes/ and grades.csv into `course`. It takes all
    chapters for which anybody has a folder, or one `chapter`; all `students`, or those named. `force`
    grades all again; `due` (with a time zone) sets the chapter's due date in the gradebook; `unsafe`
    goes on where student code cannot be confined; `seconds` is how long one cell may run; the work is
    shared out to `workers` processes (default: one for each core), or to an `executor` that works on
    twice as many submissions at once and shares the directory, such as a cluster's. `announce` hears
    how student code is confined, `begin` how many submissions are to be graded and how many need not
    be, `advance` each outcome as it comes. Whenever it is stopped, the next run goes on from there.
    Raises ClassError where there is nothing to grade, no sandbox, or a gradebook that cannot be written.
    """
    course = course.resolve()
    submissions = read_class(course, chapter, students)
    chapters = list(dict.fromkeys(submission.chapter for submission in submissions))
    try:
        collected = read_collected(course)
        sandbox, line = choose_sandbox(unsafe)
        announce(line)
    except (CollectedError, RuntimeError) as error:
        raise ClassError(str(error)) from error
    recorder = Recorder(course, chapters, due_dates(chapters, due))
    releases = {name: chapter_fingerprint(release(name)) for name in chapters}

    def current(submission: Submission) -> str:
        return fingerprint(submission, releases[submission.chapter])

    settings = Settings(course, new_seed(), sandbox, seconds)
    known, todo = ({}, submissions) if force else known_outcomes(course, submissions, current)
    begin(len(todo), len(known))
    outcomes = dict(known)
    try:
        with Crew(executor, workers, settings) as crew, recorder:
            for submission, graded in crew.grade(todo):
                outcome = outcomes[key_of(submission)] = graded.outcome
                outcome.fingerprint = current(submission)
                time = collected.of(submission.student, submission.chapter)
                recorder.take(graded, time, crew.submit)
                advance(outcome)
            marked = [outcome for outcome in known.values() if not outcome.reason]
            times = (collected.of(outcome.student, outcome.chapter) for outcome in marked)
            recorder.finish(crew.submit, zip(marked, times))
    except OSError as error:
        raise ClassError(
            f"{error.filename or course}: {error.strerror or error}. Mend that and start again; "
            "nothing that was graded before is lost."
        ) from error
    return [outcomes[key_of(submission)] for submission in submissions]


def key_of(submission: Submission) -> Key:
    return submission.chapter, submission.student


def read_class(course: Path, chapter: str = "", students: Iterable[str] = ()) -> list[Submission]:
    """The submissions of a class directory. Raises ClassError where there are none."""
    submitted, students = course / "submitted", set(students)
    name = chapter or "|".join(CHAPTERS)
    if chapter and chapter not in CHAPTERS:
        raise ClassError(f"There is no chapter {chapter}; there is {', '.join(CHAPTERS)}.")
    if not submitted.is_dir():
        raise ClassError(
            f"{submitted} is not there. Put the notebooks into submitted/<student>/{name}/ below {course}."
        )
    found = list(find_submissions(submitted, [chapter] if chapter else ()))
    if not found:
        raise ClassError(f"{submitted} is empty. Put the notebooks into <student>/{name}/ there.")
    if unknown := sorted(students - {submission.student for submission in found}):
        raise ClassError(f"There is no folder in {submitted} for {', '.join(unknown)}.")
    return [submission for submission in found if not students or submission.student in students]


def due_dates(chapters: list[str], due: datetime | None) -> dict[str, datetime]:
    """The new due date by chapter. Raises ClassError where it is not clear which chapter's it is."""
    if due and len(chapters) > 1:
        raise ClassError(
            f"A due date is that of one chapter, and there are {', '.join(chapters)}: say which by --chapter."
        )
    return {chapter: due for chapter in chapters if due}


def known_outcomes(
    course: Path, submissions: list[Submission], current: Callable[[Submission], str]
) -> tuple[dict[Key, Outcome], list[Submission]]:
    """The outcomes that still hold, and the submissions to be graded."""
    outcomes, todo, entered = {}, [], submissions_entered(course / "gradebook.db")
    for submission in submissions:
        key = key_of(submission)
        known = Outcome.load(outcome_path(course, *key))
        lasting = known and not known.failed and (known.reason or key in entered)
        if lasting and known.fingerprint == current(submission):
            outcomes[key] = known
        else:
            todo.append(submission)
    return outcomes, todo


def submissions_entered(gradebook: Path) -> set[Key]:
    """Who has marks for which chapter in a gradebook, which may have been moved away or put back since.

    None where it cannot be read; that is told when it is opened to be written to.
    """
    query = """SELECT a.name, s.student_id FROM submitted_assignment s
               JOIN assignment a ON s.assignment_id = a.id"""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{gradebook.as_uri()}?mode=rw", uri=True)) as book:
        return set(book.execute(query))
    return set()
