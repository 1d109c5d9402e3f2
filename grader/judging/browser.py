"""What a lesson needs in the browser, where Python runs in JupyterLite on Pyodide."""

from __future__ import annotations

import sys
from typing import Any, TextIO


def in_browser() -> bool:
    """Whether this is Python in a browser."""
    return sys.platform == "emscripten"


def let_expected_errors_pass(kernel: Any, stream: TextIO) -> None:
    """Have a cell that fails on purpose, as its tag says, not cancel the cells after it.

    JupyterLab asks for that with each such cell (`stop_on_error`), but JupyterLite cancels what was
    to run after any error that `kernel` reports. So these are written to `stream` instead.
    """
    run = kernel.run

    async def run_and_go_on(code: str) -> Any:
        answer = await run(code)
        request = kernel._parent_header["content"]
        if answer["status"] == "error" and not request.get("stop_on_error", True):
            stream.write("\n".join(answer["traceback"]) + "\n")
            return {"status": "ok", "payload": answer["payload"]}
        return answer

    kernel.run = run_and_go_on
