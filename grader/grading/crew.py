"""The workers: who grades which submission, and what becomes of it when one of them is killed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from pathlib import Path

from .intake.submissions import Submission
from .interrupt import Interrupt, held_back
from .records import ClassError, Graded, Settings
from .sandbox.base import Folder
from .sandbox.confinement import choose_sandbox
from .worker import grade_submission, prepare, ungraded


class Crew:
    """The workers: an executor given, or processes of our own, which are replaced when one is killed."""

    def __init__(self, executor: Executor | None, workers: int | None, settings: Settings):
        self.workers, self.settings = workers or os.cpu_count() or 1, settings
        self.own = executor is None
        self.interrupt = Interrupt()
        self.pool = executor or Processes(self.workers, settings)

    def grade(self, todo: list[Submission]) -> Iterator[tuple[Submission, Graded]]:
        """Each submission as soon as it is graded.

        Few are handed out at a time, so that the death of a worker concerns few. Those are graded once
        more, one by one; what then kills its worker again is the cause, and fails.
        """
        suspects: list[Submission] = []
        for submission, graded in self.share_out(todo):
            if graded is None:
                suspects.append(submission)
            else:
                yield submission, graded
        for suspect in suspects:
            for submission, graded in self.share_out([suspect]):
                yield submission, graded or killed(submission)

    @property
    def many(self) -> int:
        """How many are handed out at a time: a cluster says how many it has a place for."""
        return 2 * getattr(self.pool, "places", self.workers)

    def share_out(self, todo: list[Submission]) -> Iterator[tuple[Submission, Graded | None]]:
        """Graded submissions; None for one whose worker was killed before it was done."""
        waiting, running = iter(todo), {}
        while True:
            many = self.many
            for submission in waiting:
                running[self.submit(grade_submission, self.settings, submission)] = submission
                if len(running) >= many:
                    break
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            self.interrupt.check()
            for future in done:
                submission = running.pop(future)
                try:
                    yield submission, future.result()
                except BrokenExecutor:
                    yield submission, None
                except ClassError:
                    raise
                except Exception as error:  # the executor's own
                    yield submission, failure(submission, f"grading failed: {type(error).__name__}: {error}")

    def submit(self, task: Callable, *arguments) -> Future:
        try:
            return self.pool.submit(task, *arguments)
        except BrokenExecutor:
            self.pool.shutdown(wait=False)
            self.own, self.pool = True, Processes(self.workers, self.settings)
            return self.pool.submit(task, *arguments)

    def __enter__(self):
        self.interrupt.__enter__()
        return self

    def __exit__(self, kind, *error):
        try:
            self.end(kind, *error)
        finally:
            self.interrupt.__exit__(kind, *error)

    def end(self, kind, *error) -> None:
        if self.own:
            self.pool.__exit__(kind, *error)


class Processes(Executor):
    """Worker processes of our own, which are replaced when one is killed; they may outlive a run."""

    def __init__(self, workers: int | None, settings: Settings):
        self.places, self.settings = workers or os.cpu_count() or 1, settings
        self.others = set(active_children())
        self.known = Folder()
        self.pool = self.new_pool()

    def new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.places,
            mp_context=get_context("spawn"),
            initializer=prepare,
            initargs=(self.settings, str(self.known.path)),
        )

    def submit(self, task: Callable, /, *arguments) -> Future:
        with held_back():  # this may start a process
            try:
                return self.pool.submit(task, *arguments)
            except BrokenExecutor:
                self.pool.shutdown(wait=False)
                self.pool = self.new_pool()
                return self.pool.submit(task, *arguments)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.pool.shutdown(wait=wait, cancel_futures=cancel_futures)
        self.known.close()

    def __exit__(self, kind, *error):
        if kind is not None:  # what is stopped is not waited for: nothing of it is kept
            for worker in set(active_children()) - self.others:
                worker.kill()
        self.shutdown(wait=kind is None, cancel_futures=True)


def killed(submission: Submission) -> Graded:
    return failure(submission, "the process that graded it was killed twice; is there enough memory?")


def failure(submission: Submission, reason: str) -> Graded:
    outcome = ungraded(submission)
    outcome.failed, outcome.reason = True, reason
    return Graded(outcome)


@contextmanager
def standing(course: Path, usual: dict) -> Iterator[dict]:
    """Arguments of `grade_class` for many runs in a row: one sandbox, found once, and one set of workers.

    Raises ClassError where there is no sandbox.
    """
    try:
        sandbox, line = usual.get("confine", choose_sandbox)(usual["unsafe"])
    except RuntimeError as error:
        raise ClassError(str(error)) from error
    said = {""}

    def announce_once(text: str) -> None:
        if text not in said:
            said.add(text)
            usual["announce"](text)

    announce_once(line)
    again = usual | {"confine": lambda unsafe: (sandbox, ""), "announce": announce_once}
    if "executor" in usual:
        yield again
        return
    settings = Settings(course.resolve(), 0, sandbox, usual["seconds"])
    with Processes(usual["workers"], settings) as processes:
        yield again | {"executor": processes}
