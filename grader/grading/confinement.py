"""Whether student code can be confined on this machine, said before anything is graded."""

from __future__ import annotations

import sys

NO_SANDBOX_HERE = f"""Student code can be confined on Linux only, and this is {sys.platform}.
Grade in a Linux virtual machine, in a container, or on Windows in WSL; or, only if you trust every
submission, with `python -m grader grade --unsafe`."""


def describe_sandbox(unsafe: bool = False) -> str:
    """How student code is confined here, in one line; prepares it. Raises RuntimeError where it is not."""
    if sys.platform != "linux":
        if not unsafe:
            raise RuntimeError(NO_SANDBOX_HERE)
        return "Sandbox: none. NOT CONFINED (--unsafe): student code can read your files and use the network."
    from .sandbox import choose

    sandbox = choose(unsafe)
    _ = sandbox.student  # built once, here, and not by each worker
    return sandbox.describe()
