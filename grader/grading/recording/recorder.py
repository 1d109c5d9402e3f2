"""Writes what the workers return: gradebook, outcomes, feedback pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, wait
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Thread

from ..records import ClassError, Graded, Outcome, Page, outcome_path

Submit = Callable[..., Future]
"""How a page is given to a worker to be written."""

SECONDS_A_COMMIT = 1.0
"""What may have to be graded again after the power fails."""


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
            from ..nbgrader import fast_imports  # noqa: F401
            from .gradebook import ClassGradebook

            ClassGradebook(self.course, self.due).close()

    def open(self) -> None:
        """Raises ClassError."""
        if self.opening:
            self.opening.join()
        from ..nbgrader import fast_imports  # noqa: F401
        from .gradebook import ClassGradebook, GradebookError

        try:
            self.gradebook = ClassGradebook(self.course, self.due)
        except GradebookError as error:
            raise ClassError(str(error)) from error

    def take(self, graded: Graded, collected: datetime | None, submit: Submit) -> None:
        """Keep one result; write when the gradebook is open and a while has passed."""
        if self.opening is None:
            self.opening = Thread(target=self.prepare)
            self.opening.start()
        if graded.outcome.reason:
            graded.outcome.save(outcome_path(self.course, graded.outcome.student))
            return
        self.waiting.append((graded, collected))
        if not self.opening.is_alive() and time.monotonic() - self.committed > SECONDS_A_COMMIT:
            self.write(submit)

    def write(self, submit: Submit) -> None:
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
            self.feedback[submit(write_feedback, self.course, outcome.student, page)] = outcome, page
        self.save(submit, timeout=0)
        self.committed = time.monotonic()

    def save(self, submit: Submit, timeout: float | None = None) -> None:
        """Save the outcomes whose feedback is written; wait for all of it unless there is a timeout."""
        done, _ = wait(self.feedback, timeout)
        for future in done:
            outcome, page = self.feedback.pop(future)
            error = future.exception()
            if isinstance(error, BrokenExecutor) and page:  # once more, in a new worker
                future = submit(write_feedback, self.course, outcome.student, page)
                self.feedback[future] = outcome, None
                continue
            if error:
                outcome.failed = True
                outcome.notes.append(f"no feedback could be written: {type(error).__name__}: {error}")
            outcome.save(outcome_path(self.course, outcome.student))
        if self.feedback and timeout is None:
            self.save(submit)

    def finish(self, submit: Submit, outcomes: dict[str, Outcome]) -> None:
        """Write the rest, wait for the pages, read all marks again and export them.

        Points given by hand and a new due date need no grading, so marks are read afresh.
        """
        self.write(submit)
        self.save(submit)
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
    from ..nbgrader import fast_imports  # noqa: F401
    from .feedback import write_feedback

    write_feedback(course, student, pages)
