"""Runs a student's notebook with the judge outside the kernel: nbgrader's Execute step, replaced.

Student cells run in the kernel. A check cell never enters it: the probe is sent instead, what it saw
comes back as text, and the judge here turns it into the outputs that nbgrader reads and shows.
"""

from __future__ import annotations

import inspect
import random
import sys
import tempfile
import time

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from traitlets import Bool, Integer, List

from ..exercises import EXERCISES
from ..judging import probe
from ..judging.cards import card_html, card_text
from ..judging.judge import judge, make_plan
from ..judging.verdict import Finding, Verdict
from .clean import clean_outputs

RECORD_MIME = "application/vnd.grader.record+json"
VERDICT_MIME = "application/vnd.grader.verdict+json"
"""The verdict as data, stored beside the card in the graded notebook."""

SEND_PROBE = """
def _run(source, plan, mime):
    names = {{"__name__": "probe"}}
    exec(compile(source, "<probe>", "exec"), names)
    record = names["run"](plan, get_ipython().user_ns)
    get_ipython().display_pub.publish({{mime: {{"record": record}}}})
_run({source!r}, {plan!r}, {mime!r})
"""

NO_SANDBOX_HERE = f"""Student code can be confined on Linux only, and this is {sys.platform}.
Grade in a Linux virtual machine, in a container, or on Windows in WSL; or, only if you trust every
submission, with `python -m grader grade --unsafe`."""


class JudgedExecute(Execute):
    """nbgrader's Execute with judged check cells and limits that cost one lesson at most."""

    unsafe = Bool(False, help="Run student code also where it cannot be confined.").tag(config=True)
    timeout = Integer(10, help="Seconds a student's cell may run.", allow_none=True).tag(config=True)
    lesson_seconds = Integer(120, help="Seconds all cells of a lesson may run.").tag(config=True)
    max_output = Integer(200_000, help="Characters of output kept from one cell.").tag(config=True)
    # An honest kernel on a busy machine may be late with its output; a stuck one is given up after this.
    iopub_timeout = Integer(15)
    shutdown_kernel = "immediate"
    coalesce_streams = True
    extra_arguments = List(["--log-level=ERROR"])

    def preprocess(self, nb, resources=None, km=None):
        if sys.platform != "linux" and not self.unsafe:
            raise RuntimeError(NO_SANDBOX_HERE)
        self.lost = ""
        self.last_error = ""  # of the answer cell and what a student added, since the last check
        self.deadline = time.monotonic() + self.lesson_seconds
        self.error_on_timeout = time_limit_error(self.timeout)
        with tempfile.TemporaryDirectory(prefix="lesson-") as directory:
            resources.setdefault("metadata", {})["path"] = directory
            nb, resources = super().preprocess(nb, resources, km)
        nb.metadata.language_info = NotebookNode(name="python")
        return nb, resources

    def preprocess_cell(self, cell, resources, index):
        if cell.cell_type != "code":
            return cell, resources
        metadata = cell.metadata.get("nbgrader", {})
        if metadata.get("grade"):
            self.judge_cell(cell, index, metadata["grade_id"])
            return cell, resources
        self.run_cell(cell, index)
        cell.outputs = clean_outputs(cell.outputs, self.max_output)
        if metadata.get("solution") or cell.get("id", "").startswith("added-"):
            self.last_error = error_of(cell) or self.last_error
        return cell, resources

    def run_cell(self, cell: NotebookNode, index: int, **options) -> None:
        """Run one cell; a kernel that is lost stays lost, and the cell that lost it says so."""
        if self.lost:
            cell.outputs = []
            return
        try:
            self.execute_cell(cell, index, **options)
        except DeadKernelError:
            self.lost = "the notebook's kernel died while an earlier cell ran"
            cell.outputs.append(error_output(
                "KernelDied", "the kernel died in this cell: it ended itself, or used up its memory"))
        except CellTimeoutError:
            self.lost = "an earlier cell did not end, and could not be interrupted"
            cell.outputs.append(error_output(**self.error_on_timeout))
        except Exception:  # whatever a kernel's malformed messages make of the client
            self.lost = "an earlier cell made the kernel send messages that cannot be read"
            cell.outputs = [error_output("KernelLost", "its kernel sent messages that cannot be read")]
        finally:
            self._display_id_map.clear()  # no later message may rewrite what this cell has put out
        if not self.lost and time.monotonic() > self.deadline:
            self.lost = f"all cells together took more than {self.lesson_seconds} s"

    def judge_cell(self, cell: NotebookNode, index: int, name: str) -> None:
        """Send the probe in place of the check; give the cell the card and the points as outputs."""
        exercise = EXERCISES[name]
        seed = random.SystemRandom().randrange(10**9)
        source = cell.source
        cell.source = SEND_PROBE.format(source=inspect.getsource(probe), mime=RECORD_MIME,
                                        plan=make_plan(exercise, seed, seconds=0.8 * self.timeout))
        try:
            was_lost = self.lost
            self.run_cell(cell, index, store_history=False)
        finally:
            cell.source = source
        record = record_of(cell)
        if record is not None:
            verdict = judge(exercise, seed, record, self.last_error)
        elif self.lost:
            where = self.lost if was_lost else self.lost.replace("an earlier cell", "it")
            verdict = no_answer(exercise, seed, f"It could not be called: {where}.")
        else:
            verdict = no_answer(exercise, seed, "Calling it gave no answer that could be read.")
        self.last_error = ""
        cell.execution_count = None
        cell.outputs = verdict_outputs(verdict)


def time_limit_error(seconds: int) -> dict:
    text = f"stopped after {seconds} s: does this loop end?"
    return {"ename": "TimeLimit", "evalue": text, "traceback": [f"TimeLimit: {text}"]}


def error_output(ename: str, evalue: str, traceback: list[str] | None = None) -> NotebookNode:
    return new_output("error", ename=ename, evalue=evalue, traceback=traceback or [f"{ename}: {evalue}"])


def error_of(cell: NotebookNode) -> str:
    """The error with which a cell stopped, as "Type: message", or ""."""
    errors = [f"{o.ename}: {o.evalue}"[:300] for o in cell.outputs if o.output_type == "error"]
    return errors[-1] if errors else ""


def record_of(cell: NotebookNode) -> str | None:
    """The probe's record among a cell's outputs."""
    for output in cell.outputs:
        bundle = output.get("data", {}).get(RECORD_MIME)
        if isinstance(bundle, dict) and isinstance(bundle.get("record"), str):
            return bundle["record"]
    return None


def no_answer(exercise, seed: int, why: str) -> Verdict:
    finding = Finding("kernel-lost", f"{exercise.object_name} could not be checked.", why,
                      "Restart the kernel, run all cells, and look for the cell that stops or never ends.")
    return Verdict(exercise.name, 0, exercise.points, "wrong", (finding,), seed=seed)


def verdict_outputs(verdict: Verdict) -> list[NotebookNode]:
    card = {"text/html": card_html(verdict), "text/plain": card_text(verdict),
            VERDICT_MIME: verdict.to_dict()}
    points = {"text/plain": repr(float(verdict.points)), "text/html": ""}  # the card says it in words
    return [new_output("display_data", card), new_output("execute_result", points, execution_count=None)]
