"""Grades a class: every submission gets an outcome, and none can stop the others."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from ..course import CHAPTER
from ..course.places import RELEASE
from .crew import Crew
from .intake.collected import CollectedError, read_collected
from .intake.submissions import Submission, chapter_fingerprint, find_submissions, fingerprint
from .recording.recorder import Recorder
from .records import ClassError, Outcome, Settings, outcome_path
from .running.cells import JudgedCells, new_seed
from .sandbox.confinement import choose_sandbox


def grade_class(
    course: Path,
    *,
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

    Writes gradebook.db, autograded/, feedback/, outcomes/ and grades.csv into `course`. `force`
    grades all again; `due` (with a time zone) sets the chapter's due date in the gradebook; `unsafe`
    goes on where student code cannot be confined; `seconds` is how long one cell may run; the work is
    shared out to `workers` processes (default: one for each core), or to an `executor` that works on
    twice as many submissions at once and shares the directory, such as a cluster's. `announce` hears
    how student code is confined, `begin` how many submissions are to be graded and how many need not
    be, `advance` each outcome as it comes. Whenever it is stopped, the next run goes on from there.
    Raises ClassError where there is nothing to grade, no sandbox, or a gradebook that cannot be written.
    """
    course = course.resolve()
    submissions = read_class(course)
    try:
        collected = read_collected(course)
        sandbox, line = choose_sandbox(unsafe)
        announce(line)
    except (CollectedError, RuntimeError) as error:
        raise ClassError(str(error)) from error
    chapter = chapter_fingerprint(RELEASE)

    def current(submission: Submission) -> str:
        return fingerprint(submission, f"{chapter} {collected.get(submission.student, '')}")

    settings = Settings(course, new_seed(), sandbox, seconds)
    outcomes, todo = ({}, submissions) if force else known_outcomes(course, submissions, current)
    begin(len(todo), len(outcomes))
    try:
        with Crew(executor, workers, settings) as crew, Recorder(course, due) as recorder:
            for submission, graded in crew.grade(todo):
                outcome = outcomes[submission.student] = graded.outcome
                outcome.fingerprint = current(submission)
                recorder.take(graded, collected.get(submission.student), crew.submit)
                advance(outcome)
            recorder.finish(crew.submit, outcomes)
    except OSError as error:
        raise ClassError(
            f"{error.filename or course}: {error.strerror or error}. Mend that and start again; "
            "nothing that was graded before is lost."
        ) from error
    return [outcomes[submission.student] for submission in submissions]


def read_class(course: Path) -> list[Submission]:
    submitted = course / "submitted"
    if not submitted.is_dir():
        raise ClassError(
            f"{submitted} is not there. Put the notebooks into submitted/<student>/{CHAPTER}/ below {course}."
        )
    submissions = list(find_submissions(submitted))
    if not submissions:
        raise ClassError(f"{submitted} is empty. Put the notebooks into <student>/{CHAPTER}/ there.")
    return submissions


def known_outcomes(
    course: Path, submissions: list[Submission], current: Callable[[Submission], str]
) -> tuple[dict[str, Outcome], list[Submission]]:
    """The outcomes that still hold, by student, and the submissions to be graded."""
    outcomes, todo, entered = {}, [], students_entered(course / "gradebook.db")
    for submission in submissions:
        known = Outcome.load(outcome_path(course, submission.student))
        lasting = known and not known.failed and (known.reason or known.student in entered)
        if lasting and known.fingerprint == current(submission):
            outcomes[submission.student] = known
        else:
            todo.append(submission)
    return outcomes, todo


def students_entered(gradebook: Path) -> set[str]:
    """Who has marks for the chapter in a gradebook, which may have been moved away or put back since.

    None where it cannot be read; that is told when it is opened to be written to.
    """
    query = """SELECT s.student_id FROM submitted_assignment s JOIN assignment a ON s.assignment_id = a.id
               WHERE a.name = ?"""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{gradebook.as_uri()}?mode=rw", uri=True)) as book:
        return {student for (student,) in book.execute(query, [CHAPTER])}
    return set()
