"""Whether student code can be confined on this machine, said before anything is graded."""

from __future__ import annotations

import sys

NO_SANDBOX_HERE = f"""Student code can be confined on Linux only, and this is {sys.platform}.
Grade in a Linux virtual machine, in a container, or on Windows in WSL; or, only if you trust every
submission, with `python -m grader grade --unsafe`."""


def choose_sandbox(unsafe: bool = False) -> tuple[str, str]:
    """How student code is confined here: the sandbox's name, and a line for the instructor.

    Prepares it, once and not by each worker. Raises RuntimeError where there is none.
    """
    if sys.platform != "linux":
        if not unsafe:
            raise RuntimeError(NO_SANDBOX_HERE)
        return "none", (
            "Sandbox: none. NOT CONFINED (--unsafe): student code can read your files and use the network."
        )
    from . import choose

    sandbox = choose(unsafe)
    _ = sandbox.student
    return sandbox.name, sandbox.describe()
