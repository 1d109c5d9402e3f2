"""What a worker process does with one submission: intake, run, judge, and the graded notebooks.

It imports neither nbgrader nor nbformat, which take seconds; notebooks are plain dicts here. What it
returns goes into the gradebook by `gradebook.py`, in the one process that writes there."""

from __future__ import annotations

import contextlib
import ctypes
import fnmatch
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import lru_cache
from multiprocessing import parent_process
from multiprocessing.util import Finalize
from pathlib import Path

from ..course import CHAPTERS
from ..course.places import NOT_FOR_STUDENTS, release, sources
from ..judging.verdict import Verdict
from .intake.beside import Beside
from .intake.files import MAX_BYTES, Refused, read_regular_file
from .intake.names import NOTEBOOK, is_data
from .intake.rebuild import Intake, take_in
from .intake.submissions import Submission, notes_on_names, set_aside
from .intake.text import printable
from .intake.times import read_timestamp
from .limits import GRADING, in_words, limit_memory, limited
from .records import Graded, LessonOutcome, Outcome, Settings
from .running.cells import VERDICT_MIME

PR_SET_PDEATHSIG = 1


def grade_submission(settings: Settings, submission: Submission) -> Graded:
    """Grade one submission and write its graded notebooks. Raises nothing that it provokes."""
    outcome = ungraded(submission)
    graded = Graded(outcome)
    if not submission.exists:
        return graded
    try:
        with limited(GRADING):
            grade_files(settings, submission, graded)
    except Exception as error:  # whatever a submission provoked, the class goes on
        outcome.failed = True
        outcome.reason = printable(f"grading failed: {in_words(error) or f'{type(error).__name__}: {error}'}")
    return graded


def grade_files(settings: Settings, submission: Submission, graded: Graded) -> None:
    """Grade what lies in a submission's folder. Raises whatever it provokes."""
    outcome = graded.outcome
    chapter = submission.chapter
    outcome.notes = look_through(settings, submission)
    if not submission.notebooks:
        outcome.reason = submission.reason or "no notebook of the chapter could be read"
        return
    intakes = {
        lesson: take_in(path, released(chapter, lesson)) for lesson, path in submission.notebooks.items()
    }
    target = settings.course / "autograded" / submission.student / chapter
    clear(target, {f"{lesson}.ipynb" for lesson, intake in intakes.items() if intake.unclear})
    copy_files(submission.folder, target, is_data)
    copy_files(sources(chapter), target)
    beside = Beside(submission.folder)
    outcome.notes += beside.notes
    for lesson in submission.lessons:
        path = target / f"{lesson}.ipynb"
        if lesson not in intakes:
            outcome.lessons[lesson] = LessonOutcome("missing")
        elif intakes[lesson].unclear:
            leave_lesson(lesson, intakes[lesson], path, outcome)
        else:
            grade_lesson(settings, released(chapter, lesson), lesson, intakes[lesson], path, graded, beside)
    outcome.timestamp = timestamp_of(submission.folder)


def look_through(settings: Settings, submission: Submission) -> list[str]:
    """Set aside what cannot be used; return notes on that and on files of other names."""
    shelter = settings.course / "set-aside" / submission.student / submission.chapter
    return set_aside(submission, shelter) + notes_on_names(submission)


def ungraded(submission: Submission) -> Outcome:
    """What is known of a submission before it is graded."""
    points = CHAPTERS[submission.chapter].points
    return Outcome(submission.student, submission.chapter, max_points=points, reason=submission.reason)


def clear(folder: Path, kept: set[str]) -> None:
    """Make it an empty folder, but for some files."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in kept:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def leave_lesson(lesson: str, intake: Intake, target: Path, outcome: Outcome) -> None:
    """Leave one notebook as it was graded before, since nobody knows whose the file is that lies there."""
    if not target.exists():
        write_notebook(intake.notebook, target)
    verdicts = verdicts_of(json.loads(target.read_text(encoding="utf-8")))
    outcome.lessons[lesson] = LessonOutcome("unclear", 0.0, intake.notes, verdicts)
    outcome.notes.append(printable(f"{lesson}.ipynb was not graded: {intake.unclear.in_words}."))


def grade_lesson(
    settings: Settings,
    handed_out: dict,
    lesson: str,
    intake: Intake,
    target: Path,
    graded: Graded,
    beside: Beside,
) -> None:
    """Grade one notebook of a submission and write it to `target`."""
    notebook = intake.notebook
    notebook["metadata"]["grader"] = {"notes": intake.notes, "readable": intake.readable}
    notebook = execute(settings, notebook, graded, beside.files)
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
    notebook = json.loads((release(chapter) / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def grade_id(cell: dict) -> str:
    """Which answer cell it is; empty for every other cell."""
    metadata = cell["metadata"].get("nbgrader", {})
    return metadata["grade_id"] if metadata.get("solution") else ""


def execute(settings: Settings, notebook: dict, graded: Graded, files: dict[str, bytes]) -> dict:
    """The notebook with outputs and verdicts; `files` lie beside it while it runs."""
    if sys.platform == "linux":
        from .running.warm_lesson import WarmLesson

        parent = warm_parent(settings.sandbox)
        WarmLesson(parent, settings.seed, settings.timeout, files).execute(notebook)
        graded.replaced += parent.replaced
        parent.replaced.clear()
        return notebook
    import nbformat  # where nothing can be confined, and so no kernel is kept warm

    from .nbgrader.config import grading_config
    from .nbgrader.execute import JudgedExecute

    step = JudgedExecute(config=grading_config(settings.course, unsafe=True), seed=settings.seed)
    return step.preprocess(nbformat.from_dict(notebook), {})[0]


def prepare(settings: Settings) -> None:
    """In a worker of our own: leave Ctrl-C to the main process, die with it, and start the warm parent,
    so that it gets ready while other work is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent_process().pid:  # it has died before that could be asked for
            os._exit(1)
        from .sandbox.base import adopt_orphans

        adopt_orphans()
        warm_parent(settings.sandbox)
        limit_memory()


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


def copy_files(source: Path, target: Path, wanted: Callable[[str], bool] = lambda name: True) -> None:
    """Copy what is no notebook and not ignored, as nbgrader does: a lesson's or a student's data.

    Of many large files, those that have room together.
    """
    room = MAX_BYTES
    for path in sorted(source.iterdir()):
        if (
            not wanted(path.name)
            or NOTEBOOK.fullmatch(path.name)
            or any(fnmatch.fnmatch(path.name, pattern) for pattern in NOT_FOR_STUDENTS)
        ):
            continue
        with contextlib.suppress(Refused):
            content = read_regular_file(path, room)
            room -= len(content)
            copy = target / path.name
            if copy.exists():
                os.unlink(copy)
            copy.write_bytes(content)
            copy.chmod(0o444)


def timestamp_of(folder: Path) -> str:
    """The moment that the submission claims, in ISO 8601; empty where there is none."""
    try:
        return read_timestamp(read_regular_file(folder / "timestamp.txt")).isoformat()
    except Refused:
        return ""
