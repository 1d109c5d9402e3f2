"""Grades a class: every submission gets an outcome, and none can stop the others."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import closing, suppress
from datetime import datetime
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from threading import Thread

from ..authoring.course import RELEASE
from ..exercises import CHAPTER
from .cells import JudgedCells, new_seed
from .collected import CollectedError, read_collected
from .confinement import choose_sandbox
from .outcome import Outcome
from .submissions import STUDENT_ID, Submission, chapter_fingerprint, find_submissions, fingerprint
from .worker import MAX_POINTS, Graded, Page, Settings, grade_submission, prepare

SECONDS_A_COMMIT = 1.0
"""What may have to be graded again after the power fails."""


class ClassError(Exception):
    """A class directory that cannot be graded; the message says how to mend it."""


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
                recorder.take(graded, collected.get(submission.student), crew)
                advance(outcome)
            recorder.finish(crew, outcomes)
    except OSError as error:
        raise ClassError(f"{error.filename or course}: {error.strerror or error}. Mend that and start again; "
                         "nothing that was graded before is lost.") from error
    return [outcomes[submission.student] for submission in submissions]


def read_class(course: Path) -> list[Submission]:
    submitted = course / "submitted"
    if not submitted.is_dir():
        raise ClassError(f"{submitted} is not there. Put the notebooks into "
                         f"submitted/<student>/{CHAPTER}/ below {course}.")
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


def outcome_path(course: Path, student: str) -> Path:
    """Where its outcome is kept; what cannot be a student's id may not do as a file's name either."""
    name = student if STUDENT_ID.fullmatch(student) else sha256(os.fsencode(student)).hexdigest()
    return course / "outcomes" / f"{name}.json"


class Crew:
    """The workers: an executor given, or processes of our own, which are replaced when one is killed."""

    def __init__(self, executor: Executor | None, workers: int | None, settings: Settings):
        self.workers, self.settings = workers or os.cpu_count() or 1, settings
        self.own = executor is None
        self.pool = executor or self.new_pool()

    def new_pool(self) -> Executor:
        return ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"), initializer=prepare,
                                   initargs=(self.settings,))

    def grade(self, todo: list[Submission]) -> Iterator[tuple[Submission, Graded]]:
        """Each submission as soon as it is graded.

        Few are handed out at a time, so that the death of a worker concerns few. Those are graded once
        more, one by one; what then kills its worker again is the cause, and fails.
        """
        suspects: list[Submission] = []
        for submission, graded in self.share_out(todo, 2 * self.workers):
            if graded is None:
                suspects.append(submission)
            else:
                yield submission, graded
        for suspect in suspects:
            for submission, graded in self.share_out([suspect], 1):
                yield submission, graded or killed(submission)

    def share_out(self, todo: list[Submission], many: int) -> Iterator[tuple[Submission, Graded | None]]:
        """Graded submissions; None for one whose worker was killed before it was done."""
        waiting, running = iter(todo), {}
        while True:
            for submission in waiting:
                running[self.submit(grade_submission, self.settings, submission)] = submission
                if len(running) >= many:
                    break
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                submission = running.pop(future)
                try:
                    yield submission, future.result()
                except BrokenExecutor:
                    yield submission, None
                except Exception as error:  # the executor's own: a cluster that lost a node
                    yield submission, failure(submission, f"grading failed: {type(error).__name__}: {error}")

    def submit(self, task: Callable, *arguments) -> Future:
        try:
            return self.pool.submit(task, *arguments)
        except BrokenExecutor:
            self.pool.shutdown(wait=False)
            self.own, self.pool = True, self.new_pool()
            return self.pool.submit(task, *arguments)

    def __enter__(self):
        return self

    def __exit__(self, kind, *error):
        if self.own:
            self.pool.shutdown(wait=kind is None, cancel_futures=True)


def killed(submission: Submission) -> Graded:
    return failure(submission, "the process that graded it was killed twice; is there enough memory?")


def failure(submission: Submission, reason: str) -> Graded:
    return Graded(Outcome(submission.student, "", failed=True, max_points=MAX_POINTS, reason=reason))


class Recorder:
    """Writes what the workers return: gradebook, outcomes, feedback pages.

    nbgrader is imported in the background and after the first result, since that takes seconds in which
    submissions can be graded. An outcome is saved after its marks: a run that is killed in between
    grades the submission again.
    """

    def __init__(self, course: Path, due: datetime | None):
        self.course, self.due = course, due
        self.gradebook = None
        self.waiting: list[tuple[Graded, datetime | None]] = []
        self.feedback: dict[Future, tuple[Outcome, dict[str, Page] | None]] = {}
        self.committed = time.monotonic()
        self.opening: Thread | None = None

    def prepare(self) -> None:
        """In the background: import nbgrader and make the gradebook what it should be."""
        with suppress(Exception):  # told where it is opened, in the thread that uses it
            from . import fast_imports  # noqa: F401
            from .gradebook import ClassGradebook

            ClassGradebook(self.course, self.due).close()

    def open(self) -> None:
        """Raises ClassError."""
        if self.opening:
            self.opening.join()
        from . import fast_imports  # noqa: F401
        from .gradebook import ClassGradebook, GradebookError

        try:
            self.gradebook = ClassGradebook(self.course, self.due)
        except GradebookError as error:
            raise ClassError(str(error)) from error

    def take(self, graded: Graded, collected: datetime | None, crew: Crew) -> None:
        """Keep one result; write when the gradebook is open and a while has passed."""
        if self.opening is None:
            self.opening = Thread(target=self.prepare)
            self.opening.start()
        if graded.outcome.reason:
            graded.outcome.save(outcome_path(self.course, graded.outcome.student))
            return
        self.waiting.append((graded, collected))
        if not self.opening.is_alive() and time.monotonic() - self.committed > SECONDS_A_COMMIT:
            self.write(crew)

    def write(self, crew: Crew) -> None:
        """Write all that waits, in one transaction. Raises ClassError."""
        if self.gradebook is None:
            self.open()
        from .gradebook import GradebookError

        try:
            pages = [(graded.outcome, self.gradebook.write(graded, time)) for graded, time in self.waiting]
            self.gradebook.commit()
        except GradebookError as error:
            raise ClassError(str(error)) from error
        self.waiting.clear()
        for outcome, page in pages:
            self.feedback[crew.submit(write_feedback, self.course, outcome.student, page)] = outcome, page
        self.save(crew, timeout=0)
        self.committed = time.monotonic()

    def save(self, crew: Crew, timeout: float | None = None) -> None:
        """Save the outcomes whose feedback is written; wait for all of it unless there is a timeout."""
        done, _ = wait(self.feedback, timeout)
        for future in done:
            outcome, page = self.feedback.pop(future)
            error = future.exception()
            if isinstance(error, BrokenExecutor) and page:  # once more, in a new worker
                future = crew.submit(write_feedback, self.course, outcome.student, page)
                self.feedback[future] = outcome, None
                continue
            if error:
                outcome.failed = True
                outcome.notes.append(f"no feedback could be written: {type(error).__name__}: {error}")
            outcome.save(outcome_path(self.course, outcome.student))
        if self.feedback and timeout is None:
            self.save(crew)

    def finish(self, crew: Crew, outcomes: dict[str, Outcome]) -> None:
        """Write the rest, wait for the pages, read all marks again and export them.

        Points given by hand and a new due date need no grading, so marks are read afresh.
        """
        self.write(crew)
        self.save(crew)
        for student, (points, late) in self.gradebook.marks().items():
            outcome = outcomes.get(student)
            if outcome and not outcome.reason:
                outcome.points, outcome.seconds_late = points, late
        self.gradebook.export()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.gradebook is not None:
            self.gradebook.close()


def write_feedback(course: Path, student: str, pages: dict[str, Page]) -> None:
    """In a worker; nbconvert is imported there when the first page is written."""
    from . import fast_imports  # noqa: F401
    from .feedback import write_feedback

    write_feedback(course, student, pages)
