"""Writes what the workers return: gradebook, outcomes, feedback pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import BrokenExecutor, Future, wait
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from threading import Thread

from ..intake.text import printable
from ..limits import PAGES, in_words, limited
from ..records import ClassError, Feedback, Graded, Outcome, digest_of, outcome_path
from .comments import GroupComments
from .extensions import Extensions
from .owner import look_whose
from .storage import storage

Submit = Callable[..., Future]
"""How a page is given to a worker to be written."""

SECONDS_A_COMMIT = 1.0
"""What may have to be graded again after the power fails."""


class Recorder:
    """Writes what the workers return: gradebook, outcomes, feedback pages.

    nbgrader is imported in the background and after the first result, since that takes seconds in which
    submissions can be graded; before it only where the class has a configuration, which may fail. An
    outcome is saved after its marks: a run that is killed in between grades the submission again.
    """

    def __init__(self, course: Path, chapters: Iterable[str], due: Mapping[str, datetime], lessons: str = ""):
        """`lessons` is where students read them. Raises ClassError where the class's own plug-in
        fails, a table of its own cannot be read, or its gradebook will fail."""
        self.course, self.chapters, self.due = course, tuple(chapters), due
        self.place = storage(course)
        self.place.look_over()
        look_whose(course, self.place)
        self.lessons = lessons.rstrip("/")
        self.penalties, self.extensions = own_penalties(course), Extensions(course)
        self.comments = GroupComments(course)
        self.gradebook = None
        self.waiting: list[tuple[Graded, datetime | None]] = []
        self.feedback: dict[Future, tuple[Outcome, Feedback | None]] = {}
        self.committed = time.monotonic()
        self.opening: Thread | None = None
        self.notes: list[str] = self.penalties.notes if self.penalties else []
        """What an instructor is to know of the configuration, and of changes of the course."""

    def prepare(self) -> None:
        """In the background: import nbgrader and make the gradebook what it should be."""
        with suppress(Exception):  # told where it is opened, in the thread that uses it
            self.new_gradebook().close()

    def new_gradebook(self):
        from ..nbgrader import fast_imports  # noqa: F401
        from .gradebook import ClassGradebook

        gradebook = ClassGradebook(
            self.course,
            self.chapters,
            self.due,
            self.penalties,
            self.extensions,
            self.comments,
            self.place,
        )
        self.notes += gradebook.notes
        return gradebook

    def open(self) -> None:
        """Raises ClassError."""
        if self.opening:
            self.opening.join()
        from ..nbgrader import fast_imports  # noqa: F401
        from .database import GradebookError

        try:
            self.gradebook = self.gradebook or self.new_gradebook()
        except GradebookError as error:
            raise ClassError(str(error)) from error

    def take(self, graded: Graded, collected: datetime | None, submit: Submit) -> None:
        """Keep one result; write when the gradebook is open and a while has passed."""
        if self.opening is None:
            self.opening = Thread(target=self.prepare, daemon=True)
            self.opening.start()
        if graded.outcome.reason:  # the roll tells whether there are marks from before
            return
        self.waiting.append((graded, collected))
        if not self.opening.is_alive() and time.monotonic() - self.committed > SECONDS_A_COMMIT:
            self.write(submit)

    def write(self, submit: Submit) -> None:
        """Write all that waits, in one transaction. Raises ClassError."""
        self.open()
        from .database import GradebookError

        try:
            written = [(graded.outcome, self.gradebook.write(graded, time)) for graded, time in self.waiting]
            self.gradebook.commit()
        except GradebookError as error:
            raise ClassError(str(error)) from error
        self.waiting.clear()
        for outcome, feedback in written:
            self.hand_out(outcome, feedback, submit)
        self.save(submit, timeout=0)
        self.committed = time.monotonic()

    def hand_out(self, outcome: Outcome, feedback: Feedback, submit: Submit) -> None:
        """Have an outcome's pages written."""
        feedback.lessons = self.lessons
        outcome.pages = digest_of(feedback)
        task = (write_feedback, self.course, outcome.chapter, outcome.student, feedback)
        self.feedback[submit(*task)] = outcome, feedback

    def save(self, submit: Submit, timeout: float | None = None) -> None:
        """Save the outcomes whose feedback is written; wait for all of it unless there is a timeout."""
        done, _ = wait(self.feedback, timeout)
        for future in done:
            outcome, feedback = self.feedback.pop(future)
            error = future.exception()
            if isinstance(error, BrokenExecutor) and feedback:  # once more, in a new worker
                task = (write_feedback, self.course, outcome.chapter, outcome.student, feedback)
                self.feedback[submit(*task)] = outcome, None
                continue
            if error:
                outcome.failed = True
                why = in_words(error) or f"{type(error).__name__}: {error}"
                outcome.notes.append(printable(f"no feedback could be written: {why}"))
            self.keep(outcome)
        if self.feedback and timeout is None:
            self.save(submit)

    def keep(self, outcome: Outcome) -> None:
        """One that cannot be kept is graded again by the next run, and stops nobody else's."""
        path = outcome_path(self.course, outcome.chapter, outcome.student)
        try:
            outcome.save(path)
        except (PermissionError, IsADirectoryError, NotADirectoryError) as error:
            outcome.failed = True
            outcome.notes.append(printable(f"its outcome could not be kept: {path}: {error.strerror}"))

    def follow(self, known: Iterable[tuple[Outcome, datetime | None]], submit: Submit) -> None:
        """Bring outcomes and pages of earlier runs to what the gradebook says now. Raises ClassError.

        Marks and comments by hand, due dates, extensions and late penalties need no grading.
        """
        self.open()
        from .database import GradebookError

        try:
            for outcome, collected in known:
                before = asdict(outcome)
                feedback = self.gradebook.follow(outcome, collected)
                feedback.lessons = self.lessons
                stale = outcome.pages != digest_of(feedback) or not self.has_pages(outcome, feedback)
                missing = stale and self.missing(outcome, feedback)
                if missing:
                    outcome.notes.append(f"its pages say what they said before: {missing}/ is gone.")
                if stale and not missing:
                    self.hand_out(outcome, feedback, submit)
                elif asdict(outcome) != before:
                    self.keep(outcome)
            self.gradebook.commit()
        except GradebookError as error:
            raise ClassError(str(error)) from error

    def has_pages(self, outcome: Outcome, feedback: Feedback) -> bool:
        """Whether the feedback still lies where it was put."""
        folder = self.course / "feedback" / outcome.student / outcome.chapter
        return all((folder / f"{lesson}.html").is_file() for lesson in (*feedback.pages, "index"))

    def missing(self, outcome: Outcome, feedback: Feedback) -> str:
        """The folder from which pages would be made, where what was graded is not there any more, and cannot
        be graded again; then they stay as they are."""
        folder = Path("autograded", outcome.student, outcome.chapter)
        there = all((self.course / folder / f"{name}.ipynb").is_file() for name in feedback.pages)
        return "" if there or not outcome.kept else str(folder)

    def finish(self, submit: Submit, known: Iterable[tuple[Outcome, datetime | None]]) -> None:
        """After `write`: let the `known` outcomes follow, wait for the pages, and export all marks."""
        self.follow(known, submit)
        self.save(submit)
        self.gradebook.export()

    def call_the_roll(
        self, chapter: str, present: Iterable[str], unmarked: Iterable[Outcome]
    ) -> list[Outcome]:
        """After `write`: save and return outcomes of those on the roster who have no folder, and of the
        `unmarked`, whose folders could not be graded; forget those of whoever is neither there nor on it
        any more. Raises ClassError."""
        from .database import GradebookError

        try:
            outcomes = self.gradebook.without_marks(chapter, present, unmarked)
        except GradebookError as error:
            raise ClassError(str(error)) from error
        kept = {outcome_path(self.course, chapter, student) for student in present}
        for outcome in outcomes:
            self.keep(outcome)
            kept.add(outcome_path(self.course, chapter, outcome.student))
        for path in outcome_path(self.course, chapter, "").parent.glob("*.json"):
            if path not in kept:
                path.unlink()
        return outcomes

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.gradebook is not None:
            self.gradebook.close()


def own_penalties(course: Path):
    """The class's late penalties where it has a configuration of its own. Raises ClassError."""
    if not (course / "nbgrader_config.py").is_file():
        return None
    from ..nbgrader import fast_imports  # noqa: F401
    from .penalties import LatePenalties, PenaltyError

    try:
        return LatePenalties(course)
    except PenaltyError as error:
        raise ClassError(str(error)) from error


def write_feedback(course: Path, chapter: str, student: str, feedback: Feedback) -> None:
    """In a worker; nbconvert is imported there when the first page is written."""
    from ..nbgrader import fast_imports  # noqa: F401
    from .feedback import write_feedback

    with limited(PAGES):
        write_feedback(course, chapter, student, feedback)
