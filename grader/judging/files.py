"""Files that leave a lesson's page and come into it, by ipywidgets: also where there is no disk."""

from __future__ import annotations

import base64
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from .interactive import RawBundle, put, somebody_is_there

LINK = "<a download='{name}' href='data:application/zip;base64,{data}'><u>Download {name}</u></a>"


def offer(path: Path) -> None:
    """Show a link that gives the file to whoever clicks it. Does nothing where nobody can."""
    if somebody_is_there():
        import ipywidgets

        data = base64.b64encode(path.read_bytes()).decode("ascii")
        put(ipywidgets.HTML(LINK.format(name=escape(path.name, quote=True), data=data)))


def upload(words: str, then: Callable[[bytes], dict[str, str]]) -> bool:
    """Show a button that hands a file's bytes to `then`, and below it the MIME bundle that this returns.

    False where nobody could press it.
    """
    if not somebody_is_there():
        return False
    import ipywidgets

    button = ipywidgets.FileUpload(accept=".zip", description=words, layout={"width": "max-content"})
    put(button)
    place = put(RawBundle({"text/html": ""}))

    def chosen(change: Any) -> None:
        files = change["new"]
        for file in files.values() if isinstance(files, dict) else files:  # a dict in ipywidgets 7
            place.update(RawBundle(then(bytes(file["content"]))))

    button.observe(chosen, "value")
    return True
