"""Keeps a file that another takes the place of: nothing of a student's is ever lost."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

EARLIER = "earlier"


def set_aside(path: Path) -> Path:
    """Keep a file under the time of now; give its place below the student's folder."""
    folder = path.parent / EARLIER
    folder.mkdir(exist_ok=True)
    target = folder / f"{path.stem} {datetime.now():%Y-%m-%d %H.%M.%S.%f}{path.suffix}"
    shutil.copy2(path, target)
    return target.relative_to(path.parent)
