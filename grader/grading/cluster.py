"""A Dask cluster that grades: its machines have the package, and share no disk with this one.

A submission travels as bytes; its outcome, graded notebooks and pages come back the same way and are
written here. Where a machine is lost, Dask has what it was given done by another one.
"""

from __future__ import annotations

import platform
import re
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from uuid import uuid4

from ..course import CHAPTERS
from ..course.places import release
from .intake.handed_in import HandedIn
from .intake.submissions import Submission, chapter_fingerprint
from .parcel import Parcel, pack, unpack
from .recording.recorder import write_feedback
from .records import ClassError, Feedback, Graded, Settings
from .sandbox.confinement import choose_sandbox
from .worker import grade_submission

PACKAGES = ("distributed", "ipython", "matplotlib", "nbconvert", "nbgrader", "nnfs", "numpy")
"""What has to be the same everywhere, so that marks and pages do not depend on who graded."""

EXCHANGED = ("timestamp.txt", "submission_secret.txt")
"""Of the pages before, what lies beside the pages for nbgrader's exchange."""

ONE_AT_A_TIME = threading.Lock()
"""A warm parent lends one kernel at a time."""


class Cluster(Executor):
    """The executor of a class run whose workers are those of a Dask scheduler, also such as join later."""

    def __init__(self, address: str, seconds: float = 30):
        """Wait up to `seconds` for the scheduler and a worker. Raises ClassError where there is none."""
        self.address = address
        self.client = connect(address, seconds)
        self.plugin = ""

    @property
    def places(self) -> int:
        """How many submissions can be graded at once. Raises ClassError when the scheduler is gone."""
        workers = self.client.scheduler_info().get("workers")
        if workers is None:  # a client that waits for a lost scheduler has forgotten what it was told
            raise self.gone()
        return max(1, len(workers))

    def choose_sandbox(self, unsafe: bool = False) -> tuple[str, str]:
        """How workers confine student code, and a line about it; none that cannot is worked with.

        Raises RuntimeError for a worker that lacks a sandbox, or is not as this machine is.
        """
        self.unsafe, self.plugin = unsafe, f"grader-{uuid4()}"
        try:
            self.client.register_plugin(examiner(identity(), unsafe), name=self.plugin)
            lines = sorted(set(self.client.run(sandbox_line, unsafe).values()))
        except ModuleNotFoundError as error:
            raise RuntimeError(
                f"A worker of {self.address} has no package {error.name}: install there what is here, the "
                "same checkout with requirements-grade.txt and distributed."
            ) from error
        return "of each worker", "\n".join(f"On {self.places} workers. {line}" for line in lines)

    def submit(self, task: Callable, /, *arguments) -> Future:
        """Have one of a run's two tasks done. Raises ClassError when the scheduler is gone."""
        return self.grade(*arguments) if task is grade_submission else self.write_pages(*arguments)

    def grade(self, settings: Settings, submission: Submission) -> Future:
        handed_in, course = submission.read(), settings.course
        if submission.reason or not handed_in.notebooks:
            return done(grade_submission(settings, submission, handed_in))
        graded = place("autograded", submission.chapter, submission.student)
        unclear = {f"{lesson}.ipynb" for lesson in handed_in.unclear}
        kept = {key: content for key, content in pack(course, [graded]).items() if key[1] in unclear}

        def receive(result: tuple[Graded, Parcel]) -> Graded:
            unpack(result[1], course, [graded])
            return result[0]

        return self.send("grade", receive, grade_there, settings, submission, handed_in, kept, self.unsafe)

    def write_pages(self, course: Path, chapter: str, student: str, feedback: Feedback) -> Future:
        graded, pages = place("autograded", chapter, student), place("feedback", chapter, student)
        parcel = {
            (folder, name): content
            for (folder, name), content in pack(course, [graded, pages]).items()
            if folder == graded or name in EXCHANGED
        }

        def receive(result: Parcel) -> None:
            unpack(result, course, [pages])

        return self.send("page", receive, write_pages_there, parcel, chapter, student, feedback)

    def send(self, name: str, receive: Callable, work: Callable, *arguments) -> Future:
        """Have `work` done, and what comes of it received here."""
        ours: Future = Future()
        ours.set_running_or_notify_cancel()
        if self.client.status != "running":
            raise self.gone()
        theirs = self.client.submit(work, *arguments, key=f"{name}-{uuid4()}", pure=False)
        theirs.add_done_callback(lambda theirs: self.deliver(theirs, receive, ours))
        return ours

    def deliver(self, theirs, receive: Callable, ours: Future) -> None:
        from distributed import KilledWorker

        try:
            ours.set_result(receive(theirs.result()))
        except KilledWorker as error:
            ours.set_exception(BrokenExecutor(str(error)))
        except CancelledError:
            ours.set_exception(self.gone())
        except BaseException as error:
            ours.set_exception(error)

    def gone(self) -> ClassError:
        return ClassError(
            f"The scheduler at {self.address} cannot be reached any more. Start again when it is there; what "
            "was entered is kept."
        )

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster as it was; what is unfinished is dropped."""
        if self.plugin and self.client.status == "running":
            self.client.unregister_worker_plugin(self.plugin)
        self.client.close()


def done(result) -> Future:
    future: Future = Future()
    future.set_result(result)
    return future


def place(top: str, chapter: str, student: str) -> str:
    """A folder below the class directory."""
    return f"{top}/{student}/{chapter}"


def connect(address: str, seconds: float):
    """A client of a scheduler that has a worker. Raises ClassError."""
    try:
        from distributed import Client
    except ImportError as error:
        raise ClassError("A cluster takes the package distributed: pip install 'grader[cluster]'.") from error
    if not re.fullmatch(r"(\w+://)?[^\s/]+:\d+\S*", address):  # on which a client hangs for a minute
        raise ClassError(f"{address} is no address of a scheduler, such as tcp://10.0.0.1:8786.")
    try:
        with warnings.catch_warnings():  # versions are compared with more care below
            warnings.simplefilter("ignore")
            client = Client(address, timeout=seconds, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClassError(
            f"There is no scheduler at {address} ({error}). Start one with `dask scheduler`, and give the "
            "address that it prints, such as tcp://10.0.0.1:8786."
        ) from error
    try:
        client.wait_for_workers(1, timeout=seconds)
    except TimeoutError as error:
        client.close()
        raise ClassError(
            f"The scheduler at {address} has no workers. Start some with `dask worker {address} "
            "--nthreads 1 --nworkers auto`."
        ) from error
    return client


# On a worker


@cache
def identity() -> dict[str, str]:
    """What decides how a submission is graded, and what of it this machine has."""
    root = Path(__file__).resolve().parents[1]
    digest = sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    lessons = {name: chapter_fingerprint(release(name)) for name in CHAPTERS}
    own = {"Python": platform.python_version(), "grader": digest.hexdigest()[:12], "lessons": str(lessons)}
    return own | {name: version_of(name) for name in PACKAGES}


def version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def examiner(wanted: dict[str, str], unsafe: bool):
    """What looks at every worker before it is given anything, and sends away one that is not fit."""
    from distributed import WorkerPlugin

    class Examiner(WorkerPlugin):
        def setup(self, worker):
            examine(worker.address, worker.state.nthreads, wanted, unsafe)

    return Examiner()


def examine(address: str, threads: int, wanted: dict[str, str], unsafe: bool) -> None:
    """Raises RuntimeError for a worker that could not grade, or not as this machine would."""
    here = identity()
    other = [
        f"{name} {here[name][:40]} there, {wanted[name][:40]} here"
        for name in wanted
        if here[name] != wanted[name]
    ]
    if other:
        raise RuntimeError(
            f"{address} is not as this machine is: {'; '.join(other)}. Install the same there."
        )
    if threads != 1:
        raise RuntimeError(
            f"{address} has {threads} threads, and a process grades one submission at a time: start its "
            "worker with --nthreads 1 --nworkers auto."
        )
    try:
        choose_sandbox(unsafe)
    except RuntimeError as error:
        raise RuntimeError(f"{address}: {error}") from error


def sandbox_line(unsafe: bool) -> str:
    return choose_sandbox(unsafe)[1]


def grade_there(
    settings: Settings, submission: Submission, handed_in: HandedIn, kept: Parcel, unsafe: bool
) -> tuple[Graded, Parcel]:
    """A submission's outcome and its graded notebooks, of which some are `kept` as they are."""
    folder = place("autograded", submission.chapter, submission.student)
    with ONE_AT_A_TIME, class_directory(kept, folder) as course:
        here = replace(settings, course=course, sandbox=choose_sandbox(unsafe)[0])
        return grade_submission(here, submission, handed_in), pack(course, [folder])


def write_pages_there(parcel: Parcel, chapter: str, student: str, feedback: Feedback) -> Parcel:
    """A student's feedback pages."""
    folders = [place(step, chapter, student) for step in ("autograded", "feedback")]
    with ONE_AT_A_TIME, class_directory(parcel, *folders) as course:
        write_feedback(course, chapter, student, feedback)
        return pack(course, [place("feedback", chapter, student)])


@contextmanager
def class_directory(parcel: Parcel, *folders: str) -> Iterator[Path]:
    """A class directory that holds a parcel, for as long as it is worked on."""
    with tempfile.TemporaryDirectory(prefix="grader-") as name:
        course = Path(name)
        unpack(parcel, course, folders)
        yield course
