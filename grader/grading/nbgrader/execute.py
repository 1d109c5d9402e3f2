"""nbgrader's Execute step, replaced: a Jupyter kernel whose check cells are judged outside of it."""

from __future__ import annotations

import inspect
import sys
import tempfile

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute
from traitlets import Bool, Integer, List

from ...judging import probe
from ..running.cells import JudgedCells, error_output, time_limit_text
from ..sandbox.confinement import NO_SANDBOX_HERE

RECORD_MIME = "application/vnd.grader.record+json"

SEND_PROBE = """
def _run(source, plan, mime):
    names = {{"__name__": "probe"}}
    exec(compile(source, "<probe>", "exec"), names)
    record = names["run"](plan, get_ipython().user_ns)
    get_ipython().display_pub.publish({{mime: {{"record": record}}}})
_run({source!r}, {plan!r}, {mime!r})
"""


class JudgedExecute(JudgedCells, Execute):
    """nbgrader's Execute with judged check cells and limits that cost one lesson at most."""

    unsafe = Bool(False, help="Run student code also where it cannot be confined.").tag(config=True)
    timeout = Integer(10, help="Seconds a student's cell may run.", allow_none=True).tag(config=True)
    lesson_seconds = Integer(120, help="Seconds all cells of a lesson may run.").tag(config=True)
    max_output = Integer(200_000, help="Characters of output kept from one cell.").tag(config=True)
    # An honest kernel on a busy machine may be late with its output; a stuck one is given up after this.
    iopub_timeout = Integer(15)
    shutdown_kernel = "immediate"
    coalesce_streams = False  # clean_outputs does it
    record_timing = False
    extra_arguments = List(["--log-level=ERROR"])

    def preprocess(self, nb, resources=None, km=None):
        """Raises RuntimeError where student code cannot be confined and `unsafe` is not set."""
        if sys.platform != "linux" and not self.unsafe:
            raise RuntimeError(NO_SANDBOX_HERE)
        self.begin(nb.cells)
        self.error_on_timeout = dict(error_output("TimeLimit", time_limit_text(self.timeout)))
        del self.error_on_timeout["output_type"]
        with tempfile.TemporaryDirectory(prefix="lesson-") as directory:
            resources.setdefault("metadata", {})["path"] = directory
            nb, resources = super().preprocess(nb, resources, km)
        nb.metadata.language_info = NotebookNode(name="python")
        return nb, resources

    def preprocess_cell(self, cell, resources, index):
        self.take(cell, index)
        filled = [cell]
        if index == len(self.nb.cells) - 1:  # nbclient stops the kernel after this
            self.look_closely()
            filled += [wrong for wrong, *_ in self.wrong]
        for each in filled:
            if "outputs" in each:
                each.outputs = nbformat.from_dict(each.outputs)
        return cell, resources

    def run(self, cell, index, **options):
        try:
            self.execute_cell(cell, index, **options)
        except DeadKernelError:
            self.lose(cell, "died")
        except CellTimeoutError:
            self.lose(cell, "stuck")
        except Exception:  # whatever a kernel's malformed messages make of the client
            cell.outputs = []
            self.lose(cell, "garbled")
        finally:
            self._display_id_map.clear()  # no later message may rewrite what this cell has put out

    def probe(self, cell, index, plan):
        """Sent as a cell's text in place of the check."""
        if self.lost:
            return None
        source, cell.outputs = cell.source, []
        cell.source = SEND_PROBE.format(source=inspect.getsource(probe), mime=RECORD_MIME, plan=plan)
        try:
            self.run(cell, index, store_history=False)
        finally:
            cell.source = source
        return record_of(cell)


def record_of(cell: NotebookNode) -> str | None:
    """The probe's record among a cell's outputs."""
    for output in cell.outputs:
        data = output.get("data")
        bundle = data.get(RECORD_MIME) if isinstance(data, dict) else None
        if isinstance(bundle, dict) and isinstance(bundle.get("record"), str):
            return bundle["record"]
    return None
