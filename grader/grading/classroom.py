"""Grades a class: every submission gets an outcome, and none can stop the others."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

from ..authoring.build import generate
from ..authoring.course import RELEASE, ROOT, put_tools_on_path
from ..exercises import CHAPTER, EXERCISES, LESSONS
from ..judging.verdict import Verdict
from .collected import CollectedCourse, CollectedError, read_collected
from .config import describe_sandbox, grading_config
from .outcome import LessonOutcome, Outcome
from .submissions import (
    STUDENT_ID,
    Submission,
    chapter_fingerprint,
    find_submissions,
    fingerprint,
    is_folder,
    set_aside,
    unknown_files,
)

MAX_POINTS = sum(exercise.points for exercise in EXERCISES.values())


class ClassError(Exception):
    """A class directory that cannot be graded; the message says how to mend it."""


def grade_class(
    course: Path,
    *,
    force: bool = False,
    due: datetime | None = None,
    unsafe: bool = False,
    workers: int | None = None,
    executor: Executor | None = None,
    announce: Callable[[str], None] = lambda sandbox: None,
    begin: Callable[[int, int], None] = lambda new, known: None,
    advance: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Grade every submission in `course`/submitted that is new or changed; return all outcomes.

    Writes gradebook.db, autograded/, feedback/, outcomes/ and grades.csv into `course`. `force`
    grades all again; `due` (with a time zone) sets the chapter's due date in the gradebook; `unsafe`
    goes on where student code cannot be confined; the work is shared out to `executor`, or to `workers`
    processes (default: one for each core). `announce` hears how student code is confined, `begin` how
    many submissions are to be graded and how many need not be, `advance` each outcome as it comes.
    Raises ClassError where there is nothing to grade, or no sandbox.
    """
    course = course.resolve()
    submissions = read_class(course)
    try:
        collected = read_collected(course)
        announce(describe_sandbox(unsafe))
    except (CollectedError, RuntimeError) as error:
        raise ClassError(str(error)) from error
    prepare_gradebook(course, due)
    chapter = chapter_fingerprint(RELEASE)

    def current(submission: Submission) -> str:
        return fingerprint(submission, f"{chapter} {collected.get(submission.student, '')}")

    outcomes, todo = {}, []
    for submission in submissions:
        known = Outcome.load(outcome_path(course, submission.student))
        if known and not force and not known.failed and known.fingerprint == current(submission):
            outcomes[submission.student] = known
        else:
            todo.append(submission)
    begin(len(todo), len(outcomes))
    with executor or process_pool(workers) as pool:
        for submission, outcome in run_all(pool, course, todo, collected, unsafe):
            outcome.fingerprint = current(submission)
            outcome.save(outcome_path(course, outcome.student))
            outcomes[outcome.student] = outcome
            advance(outcome)
    export_grades(course)
    refresh(course, outcomes)
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


def outcome_path(course: Path, student: str) -> Path:
    """Where its outcome is kept; what cannot be a student's id may not do as a file's name either."""
    name = student if STUDENT_ID.fullmatch(student) else sha256(os.fsencode(student)).hexdigest()
    return course / "outcomes" / f"{name}.json"


def prepare_gradebook(course: Path, due: datetime | None) -> None:
    """Make sure that the gradebook knows the chapter as it was released, and its due date."""
    put_tools_on_path()
    from nbgrader.api import Gradebook, MissingEntry

    quiet()
    url = f"sqlite:///{course / 'gradebook.db'}"
    with Gradebook(url) as gradebook:
        try:
            known = {notebook.name for notebook in gradebook.find_assignment(CHAPTER).notebooks}
        except MissingEntry:
            known = set()
    if known != set(LESSONS):
        with tempfile.TemporaryDirectory() as release:
            generate(ROOT, course=course, release=Path(release))
    if due:
        with Gradebook(url) as gradebook:
            gradebook.update_or_create_assignment(CHAPTER, duedate=due.astimezone().isoformat())


def process_pool(workers: int | None) -> Executor:
    return ProcessPoolExecutor(workers or os.cpu_count(), mp_context=get_context("spawn"))


def run_all(
    pool, course: Path, todo: list[Submission], collected: dict[str, datetime], unsafe: bool
) -> Iterator[tuple[Submission, Outcome]]:
    """Outcomes in the order in which they are ready; a worker that dies leaves work for the next run."""
    futures = {pool.submit(grade_submission, course, s, collected.get(s.student), unsafe): s for s in todo}
    for future in as_completed(futures):
        submission = futures[future]
        try:
            outcome = future.result()
        except BrokenProcessPool:
            outcome = Outcome(submission.student, "", failed=True, max_points=MAX_POINTS,
                              reason="the process that graded it was killed; run the command again")
        except Exception as error:  # whatever a submission provoked, the class goes on
            outcome = Outcome(submission.student, "", failed=True, max_points=MAX_POINTS,
                              reason=f"grading failed: {type(error).__name__}: {error}")
        yield submission, outcome


def grade_submission(
    course: Path, submission: Submission, collected: datetime | None, unsafe: bool
) -> Outcome:
    """Grade one submission with nbgrader's own converters; in a worker process."""
    outcome = Outcome(submission.student, "", max_points=MAX_POINTS, reason=submission.reason)
    if not is_folder(submission.folder):
        return outcome
    shelter = course / "set-aside" / submission.student
    outcome.notes = set_aside(submission, shelter) + unknown_files(submission)
    if not submission.notebooks:
        outcome.reason = submission.reason or "no notebook of the chapter could be read"
        return outcome
    quiet()
    try:
        convert(course, submission.student, collected, unsafe)
    except Exception:  # nbgrader reports through many types; the reason stands in its log
        outcome.failed = True
        outcome.reason = "nbgrader stopped: " + traceback.format_exc().strip().splitlines()[-1]
        return outcome
    outcome.claimed_time = collected is None and (submission.folder / "timestamp.txt").is_file()
    collect(course, submission, outcome)
    return outcome


def convert(course: Path, student: str, collected: datetime | None, unsafe: bool) -> None:
    """nbgrader's autograde and feedback steps for one student. Raises what they raise."""
    from nbgrader.converters import Autograde, GenerateFeedback

    put_tools_on_path()
    config = grading_config(course, unsafe=unsafe)
    log = logging.getLogger("grader.nbgrader")
    with contextlib.redirect_stdout(None):
        for converter in (Autograde, GenerateFeedback):
            directory = CollectedCourse(config=config, student_id=student, assignment_id=CHAPTER)
            directory.collected = collected
            converter(coursedir=directory, config=config, force=True, log=log).start()


def collect(course: Path, submission: Submission, outcome: Outcome) -> None:
    """Read marks from the gradebook, verdicts and notes from the graded notebooks."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        graded = gradebook.find_submission(CHAPTER, submission.student)
        outcome.points, outcome.max_points = float(graded.score), float(graded.max_score)
        outcome.seconds_late = float(graded.total_seconds_late)
        scores = {notebook.name: float(notebook.score) for notebook in graded.notebooks}
    for lesson in LESSONS:
        path = course / "autograded" / submission.student / CHAPTER / f"{lesson}.ipynb"
        if lesson not in submission.notebooks or not path.is_file():
            outcome.lessons[lesson] = LessonOutcome("missing", notes=["no file"])
            continue
        outcome.lessons[lesson] = read_lesson(path, scores.get(lesson, 0.0))


def read_lesson(path: Path, points: float) -> LessonOutcome:
    from .judged import VERDICT_MIME

    notebook = json.loads(path.read_text(encoding="utf-8"))
    about = notebook["metadata"].get("grader", {})
    outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", []))
    verdicts = [Verdict.from_dict(output["data"][VERDICT_MIME]) for output in outputs
                if VERDICT_MIME in output.get("data", {})]
    state = "graded" if about.get("readable", True) else "unreadable"
    return LessonOutcome(state, points, about.get("notes", []), verdicts)


def refresh(course: Path, outcomes: dict[str, Outcome]) -> None:
    """Read all marks again: points given by hand and a new due date need no grading."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for graded in gradebook.assignment_submissions(CHAPTER):
            outcome = outcomes.get(graded.student.id)
            if outcome and not outcome.reason:
                outcome.points, outcome.seconds_late = float(graded.score), float(graded.total_seconds_late)


def export_grades(course: Path) -> None:
    """Write grades.csv with nbgrader's own exporter."""
    from nbgrader.api import Gradebook
    from nbgrader.plugins import CsvExportPlugin

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        plugin = CsvExportPlugin()
        plugin.to = str(course / "grades.csv")
        plugin.log = logging.getLogger("grader.nbgrader")
        plugin.export(gradebook)


def quiet() -> None:
    """Keep nbgrader's log and SQLAlchemy's warnings about it off the instructor's screen."""
    logging.getLogger("grader.nbgrader").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="nbgrader")
    with contextlib.suppress(ImportError):
        from sqlalchemy.exc import SAWarning

        warnings.filterwarnings("ignore", category=SAWarning)
