"""Builds the chapter: Markdown -> solved, executed notebook -> student notebook."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory

from ..course import CHAPTERS
from ..course.places import ROOT, START, put_tools_on_path, sources
from ..course.questions import FILE, Question, write_questions
from .generate import authoring_config
from .master import MasterError, parse_master, read_header, read_master
from .pictures import keep_pictures
from .questions import take_questions
from .readme import write_lessons
from .start import write_start

SECONDS_A_CELL = 120

# What differs from run to run in an output, and what stands for it.
UNSTABLE = [(re.compile(r"[^\s\"]*ipykernel_\d+[/\\]\d+\.py"), "<cell>")]


def build(root: Path = ROOT, progress: Callable[[str], None] = lambda message: None) -> None:
    """Build all notebooks below `root`, enter the chapters into its gradebook, list them in its README.

    Nothing is written before every master has been read and executed. Raises MasterError for a
    master that cannot be built or whose cells fail.
    """
    paths = [path for chapter in CHAPTERS for path in find_masters(sources(chapter, root))]
    masters = {path: read_master(path) for path in paths}
    headers = [read_header(path) for path in paths]
    questions = collect_questions(masters)
    solved = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, notebook in zip(masters, pool.map(execute, masters, masters.values())):
            solved[path.with_suffix(".ipynb")] = notebook
            progress(f"{len(solved)} of {len(masters)} lessons run")
    for path, notebook in solved.items():
        keep_pictures(notebook, path)
        nbformat.write(notebook, path)
    for chapter, found in questions.items():
        write_questions(root / "grader" / "course" / chapter / FILE, found)
    progress("making the students' notebooks")
    for chapter in CHAPTERS:
        generate(root, chapter)
    write_lessons(root / "README.md", headers)
    write_start(root / "notebooks" / START, headers)


def collect_questions(masters: dict[Path, NotebookNode]) -> dict[str, list[Question]]:
    """The predictions of each chapter. Raises MasterError for a name that is there twice."""
    found: dict[str, list[Question]] = {chapter: [] for chapter in CHAPTERS}
    seen: set[str] = set()
    for path, notebook in masters.items():
        for question in take_questions(notebook.cells):
            if question.name in seen:
                raise MasterError(
                    path, 1, f"there are two predictions {question.name}.", "Rename one of them."
                )
            seen.add(question.name)
            found[path.parent.name].append(question)
    return found


def find_masters(source: Path) -> list[Path]:
    """The masters in a chapter's folder, one for every lesson, in order.

    Raises MasterError where one is missing.
    """
    for lesson in CHAPTERS[source.name].lessons:
        path = source / f"{lesson}.md"
        if not path.is_file():
            raise MasterError(
                path,
                1,
                "exercises belong to this lesson, but there is no such file.",
                "Write the lesson, or give its exercises to another one.",
            )
    return sorted(source.glob("*.md"))


def execute(path: Path, notebook: NotebookNode) -> NotebookNode:
    """Run a solved notebook and keep its outputs, without what changes from run to run.

    Raises MasterError for a cell that fails, does not end, or ends the kernel.
    """
    begun = [0]
    client = NotebookClient(
        notebook,
        timeout=SECONDS_A_CELL,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_start=lambda cell, cell_index: begun.append(cell_index),
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise MasterError(path, parse_master(path)[1][begun[-1]], *why(error)) from error
    notebook.metadata.language_info = NotebookNode(name="python")
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            stabilise(output)
    return notebook


def why(error: CellExecutionError | CellTimeoutError | DeadKernelError) -> tuple[str, str]:
    """What is wrong with a cell, and the mend."""
    if isinstance(error, CellTimeoutError):
        return f"this cell does not end within {SECONDS_A_CELL} s.", "Does it loop, or wait for somebody?"
    if isinstance(error, DeadKernelError):
        return "this cell ends the kernel.", "Does it exit, or use up the memory?"
    return (
        f"this cell fails: {error.ename}: {error.evalue}.",
        "Mend it, or tag it `raises-exception` if it is to fail.",
    )


def stabilise(output: NotebookNode) -> None:
    for pattern, replacement in UNSTABLE:
        if "text" in output:
            output.text = pattern.sub(replacement, output.text)
        if "traceback" in output:
            output.traceback = [pattern.sub(replacement, line) for line in output.traceback]


def generate(root: Path, chapter: str) -> None:
    """nbgrader's generate step: the student's notebooks, and the chapter in the gradebook of `root`."""
    put_tools_on_path()
    config = authoring_config(root)
    log = logging.getLogger("grader.nbgrader")
    log.setLevel(logging.ERROR)
    directory = CourseDirectory(config=config, assignment_id=chapter)
    GenerateAssignment(coursedir=directory, config=config, log=log).start()
