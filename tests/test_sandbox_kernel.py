"""A lesson's kernel inside a sandbox: it runs, is interrupted, is noticed when dead, is killed."""

import contextlib
import os
import tempfile
import time
from pathlib import Path

import pytest
from inside import SECRET
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook

from grader.grading.nbgrader import provisioner
from grader.grading.sandbox import Limits, base
from grader.grading.sandbox.base import ROOM


@pytest.fixture
def room(monkeypatch):
    """A place of this test's own for what a kernel needs on the host's disk."""
    with tempfile.TemporaryDirectory(dir=ROOM, prefix="lab-") as folder:
        os.chmod(folder, 0o711)
        monkeypatch.setattr(base, "ROOM", folder)
        yield Path(folder)


@pytest.fixture
def execute(confining, room, monkeypatch):
    monkeypatch.setattr(provisioner, "choose", lambda *choice: confining)
    monkeypatch.setenv("JUPYTER_PATH", "")
    monkeypatch.setenv("NBGRADER_TOKEN", SECRET)
    name = provisioner.use_student_kernel()

    def run(*cells, **options):
        notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
        client = NotebookClient(notebook, kernel_name=name, allow_errors=True, **{"timeout": 30} | options)
        with contextlib.suppress(DeadKernelError):
            client.execute()
        return [cell.outputs for cell in notebook.cells]

    return run


def text(outputs):
    return "".join(
        o.get("text", "") or o.get("data", {}).get("text/plain", "") or o.get("ename", "") for o in outputs
    )


def test_a_kernel_runs_a_lesson(execute, room):
    first, plot, command, secret, large, after = execute(
        "!pip install nnfs\nfrom grader import check, show\nimport numpy as np",
        "import matplotlib.pyplot as plt\nplt.plot(np.maximum(0, [-1, 2]))\nplt.show()",
        "check('relu_if')\nfiles = !ls\nfiles",
        "import os\n'NBGRADER_TOKEN' in os.environ",
        "np.ones(10**9)",
        "int(np.sum(np.arange(5)))",
    )
    assert "do not run" in text(first) and not any(o.output_type == "error" for o in first)
    assert "image/png" in plot[0].data
    assert "[]" in text(command)
    assert text(secret) == "False"
    assert text(large).endswith("MemoryError")
    assert text(after) == "10"
    assert list(room.iterdir()) == []


def test_an_endless_loop_is_interrupted(execute):
    loop, after = execute("while True: pass", "'still here'", timeout=2, interrupt_on_timeout=True)
    assert text(loop) == "KeyboardInterrupt"
    assert "still here" in text(after)


def test_a_dead_kernel_is_noticed(execute):
    started = time.monotonic()
    first, dead, after = execute("'alive'", "import os; os._exit(3)", "'too late'")
    assert "alive" in text(first) and not dead and not after
    assert time.monotonic() < started + 15


def test_a_kernel_that_ignores_everything_is_killed(execute, confining):
    async def run():
        manager = AsyncKernelManager(kernel_name=provisioner.KERNEL)
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=30)
        client.execute("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass")
        await asyncio.sleep(0.5)
        process, folder = manager.provisioner.process, manager.provisioner.folder
        started = time.monotonic()
        await manager.shutdown_kernel()
        client.stop_channels()
        return time.monotonic() - started, process.poll(), folder

    import asyncio

    seconds, status, folder = asyncio.run(run())
    assert seconds < 2 and status is not None and not folder.exists()


def test_a_message_that_is_too_large_is_not_read(execute, monkeypatch):
    monkeypatch.setattr(provisioner, "Limits", lambda **fields: Limits(**{"message": 1 << 20} | fields))
    small, large = execute("print('x' * 1000)", "print('x' * 3_000_000)", iopub_timeout=1)
    assert len(text(small)) == 1001 and text(large) == ""
