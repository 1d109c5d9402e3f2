"""The notebook around a check: its shell, its names, and where a card is shown."""

from __future__ import annotations

import sys
from typing import Any


def ipython_shell() -> Any:
    """The running IPython shell, or None; IPython is not imported for it."""
    module = sys.modules.get("IPython")
    return module.get_ipython() if module else None


def notebook_names() -> dict[str, Any]:
    """The names defined in the notebook, or at the prompt."""
    shell = ipython_shell()
    return shell.user_ns if shell else sys.modules["__main__"].__dict__


def display(bundle: dict[str, str]) -> None:
    """Show a MIME bundle in IPython, its plain text elsewhere."""
    if ipython_shell() is None:
        print(bundle["text/plain"])
        return
    from IPython.display import display as show_bundle

    show_bundle(bundle, raw=True)  # type: ignore[no-untyped-call]  # IPython's has no types
