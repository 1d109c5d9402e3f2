"""What a worker process does with one submission: intake, run, judge, and the graded notebooks.

It imports neither nbgrader nor nbformat, which take seconds; notebooks are plain dicts here. What it
returns goes into the gradebook by `gradebook.py`, in the one process that writes there."""

from __future__ import annotations

import ctypes
import fnmatch
import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache, partial
from multiprocessing import parent_process
from multiprocessing.util import Finalize
from pathlib import Path

from ..course import CHAPTERS
from ..course.places import NOT_FOR_STUDENTS, release, sources
from ..judging import repair
from ..judging.verdict import Verdict
from .intake.beside import Beside
from .intake.handed_in import HandedIn
from .intake.names import NOTEBOOK, is_data
from .intake.notebook import read_notebook
from .intake.rebuild import Intake, take_in
from .intake.submissions import Submission
from .intake.text import printable
from .interrupt import leave_to_the_run
from .limits import GRADING, LESSONS, in_words, limit_memory, limited
from .parcel import remove
from .records import Graded, LessonOutcome, Outcome, Settings
from .running.cells import VERDICT_MIME

PR_SET_PDEATHSIG = 1
LAST = -1_000  # of what is to be done when a worker ends


def grade_submission(settings: Settings, submission: Submission, handed_in: HandedIn | None = None) -> Graded:
    """Grade one submission and write its graded notebooks. Raises nothing that it provokes.

    What it `handed_in` is read here unless it is given. The outcome's fingerprint is that of its files.
    """
    outcome, began = ungraded(submission), time.monotonic()
    graded = Graded(outcome)
    try:
        with limited(GRADING):
            grade_files(settings, submission, handed_in or submission.read(), graded)
    except Exception as error:  # whatever a submission provoked, the class goes on
        outcome.failed = True
        outcome.reason = printable(f"grading failed: {in_words(error) or f'{type(error).__name__}: {error}'}")
    outcome.took = time.monotonic() - began
    return graded


def grade_files(settings: Settings, submission: Submission, handed_in: HandedIn, graded: Graded) -> None:
    """Grade what was handed in. Raises whatever it provokes."""
    outcome, chapter = graded.outcome, submission.chapter
    outcome.fingerprint = handed_in.digest
    outcome.timestamp = handed_in.timestamp()
    outcome.notes = handed_in.notes
    if submission.reason or not handed_in.notebooks:
        outcome.reason = submission.reason or "no notebook of the chapter in it"
        return
    target = settings.course / "autograded" / submission.student / chapter
    clear(target, {f"{lesson}.ipynb" for lesson in handed_in.unclear})
    data = {name: content for name, content in handed_in.data.items() if is_data(name) and "/" not in name}
    write_files(data | data_of(chapter), target)
    beside = Beside(handed_in.data)
    outcome.notes += beside.notes
    ends = time.monotonic() + LESSONS
    for lesson in submission.lessons:
        path = target / f"{lesson}.ipynb"
        if lesson not in handed_in.notebooks:
            outcome.lessons[lesson] = LessonOutcome("missing")
            continue
        intake = take_in(partial(handed_in.content, lesson), released(chapter, lesson))
        if intake.unclear:
            leave_lesson(lesson, intake, path, outcome)
        else:
            grade_lesson(settings, released(chapter, lesson), lesson, intake, path, graded, beside, ends)


def ungraded(submission: Submission) -> Outcome:
    """What is known of a submission before it is graded."""
    points = CHAPTERS[submission.chapter].points
    return Outcome(submission.student, submission.chapter, max_points=points, reason=submission.reason)


def clear(folder: Path, kept: set[str]) -> None:
    """Make it an empty folder, but for some files."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in kept:
            remove(path)


def leave_lesson(lesson: str, intake: Intake, target: Path, outcome: Outcome) -> None:
    """Leave one notebook as it was graded before, since nobody knows whose the file is that lies there."""
    if not target.exists():
        write_notebook(intake.notebook, target)
    verdicts = verdicts_of(json.loads(target.read_text(encoding="utf-8")))
    outcome.lessons[lesson] = LessonOutcome("unclear", 0.0, intake.notes, verdicts)


def grade_lesson(
    settings: Settings,
    handed_out: dict,
    lesson: str,
    intake: Intake,
    target: Path,
    graded: Graded,
    beside: Beside,
    ends: float,
) -> None:
    """Grade one notebook of a submission, which has until it `ends`, and write it to `target`."""
    notebook = intake.notebook
    notebook["metadata"]["grader"] = {"notes": intake.notes, "readable": intake.readable}
    notebook = execute(settings, notebook, graded, beside.files, ends)
    write_notebook(notebook, target)
    verdicts = verdicts_of(notebook)
    graded.scores[lesson] = {verdict.exercise: float(verdict.points) for verdict in verdicts}
    answers = {cell["id"]: cell["source"] for cell in handed_out["cells"] if grade_id(cell)}
    graded.unanswered[lesson] = [
        grade_id(cell)
        for cell in notebook["cells"]
        if grade_id(cell) and answers[cell["id"]] == cell["source"]
    ]
    graded.outcome.lessons[lesson] = LessonOutcome(
        "graded" if intake.readable else "unreadable",
        sum(graded.scores[lesson].values()),
        intake.notes,
        verdicts,
    )


@lru_cache
def released(chapter: str, lesson: str) -> dict:
    """The notebook as it was handed out, each text in one piece. Not to be changed."""
    return read_notebook(release(chapter) / f"{lesson}.ipynb")


def grade_id(cell: dict) -> str:
    """Which answer cell it is; empty for every other cell."""
    metadata = cell["metadata"].get("nbgrader", {})
    return metadata["grade_id"] if metadata.get("solution") else ""


def execute(settings: Settings, notebook: dict, graded: Graded, files: dict[str, bytes], ends: float) -> dict:
    """The notebook with outputs and verdicts; `files` lie beside it while it runs."""
    if sys.platform == "linux":
        from .running.warm_lesson import WarmLesson

        parent = warm_parent(settings.sandbox)
        student = graded.outcome.student
        WarmLesson(parent, settings.seed, settings.timeout, files, student, ends).execute(notebook)
        graded.replaced += parent.replaced
        parent.replaced.clear()
        return notebook
    import nbformat  # where nothing can be confined, and so no kernel is kept warm

    from .nbgrader.config import grading_config
    from .nbgrader.execute import JudgedExecute

    step = JudgedExecute(config=grading_config(settings.course, unsafe=True), seed=settings.seed)
    return step.preprocess(nbformat.from_dict(notebook), {})[0]


def prepare(settings: Settings, known: str) -> None:
    """In a worker of our own: leave Ctrl-C to the main process, die with it, share what is known of wrong
    answers in the folder `known`, and start the warm parent, so that it gets ready while other work is done.
    """
    repair.FOUND.folder = Path(known)
    leave_to_the_run()
    Finalize(None, leave, exitpriority=LAST)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent_process().pid:  # it has died before that could be asked for
            os._exit(1)
        from .sandbox.base import adopt_orphans

        adopt_orphans()
        warm_parent(settings.sandbox)
        limit_memory()


def leave() -> None:
    """End at once. To take all modules apart takes a third of a second, in which everybody waits."""
    with suppress(OSError):  # nobody reads it any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(0)


@lru_cache
def warm_parent(sandbox: str):
    """This process's own warm parent; it ends with the process."""
    from .running.warm import WarmParent
    from .sandbox import named

    parent = WarmParent(named(sandbox))
    Finalize(None, parent.close, exitpriority=1)  # atexit does not run in workers
    parent.start()
    return parent


def verdicts_of(notebook: dict) -> list[Verdict]:
    outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", []))
    return [
        Verdict.from_dict(output["data"][VERDICT_MIME])
        for output in outputs
        if VERDICT_MIME in output.get("data", {})
    ]


def write_notebook(notebook: dict, path: Path) -> None:
    """Write it as nbformat does; like nbgrader, for nobody to write to."""
    text = json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
    path.chmod(0o444)


@lru_cache
def data_of(chapter: str) -> dict[str, bytes]:
    """What lies beside a chapter's sources and is no notebook, as nbgrader hands it on: its data."""
    return {
        path.name: path.read_bytes()
        for path in sources(chapter).iterdir()
        if path.is_file()
        and not NOTEBOOK.fullmatch(path.name)
        and not any(fnmatch.fnmatch(path.name, pattern) for pattern in NOT_FOR_STUDENTS)
    }


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Put them there, for nobody to write to."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o444)
