"""Takes the pictures of the class report in docs/term.md: what the sample class misunderstood.

    python -m tools.screenshot_report [FOLDER]

The class is graded in a copy; headless Chromium opens its report, as at a desk, on a phone and as it is
printed. Needs `chromium` and `chromedriver`. FOLDER is docs/ unless given.
"""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
from pathlib import Path

from .make_classroom import CLASSROOM
from .screenshot import PICTURES, ask, browser

DESK, PHONE, PAPER = (900, 1600), (390, 844), (718, 1016)
"""Widths and heights of windows; of A4 less its margins, in CSS pixels."""

TAKEN = {
    "report-points": (DESK, "figure[aria-labelledby=heat-map-caption]", ""),
    "report-mistake": (DESK, "article.card:has(del)", ""),
    "report-phone": (PHONE, "", ""),
    "report-paper": (PAPER, "", "print"),
}
"""By the picture's name: the window, which part of the page (or what is seen of it first), and the medium."""


def main(folder_of_pictures: Path = PICTURES) -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = report(Path(folder))
        with browser() as session:
            for name, (window, part, medium) in TAKEN.items():
                show(session, page, window, medium)
                picture = base64.b64decode(cut_out(session, part) if part else ask(f"{session}/screenshot"))
                path = folder_of_pictures / f"{name}.png"
                path.write_bytes(picture)
                print(f"{path}: {len(picture) // 1000} kB")


def report(course: Path) -> Path:
    """The report of the sample class, as `grade` writes it."""
    from grader.grading.classroom import grade_class
    from grader.reporting.writing import write_reports

    shutil.copytree(CLASSROOM / "submitted", course / "submitted")
    grade_class(course)
    return write_reports(course)[0]


def cut_out(session: str, part: str) -> str:
    """A part of the page, however long it is, as base64."""
    box = "const b = document.querySelector(arguments[0]).getBoundingClientRect();"
    box += "return {x: b.x + scrollX, y: b.y + scrollY, width: b.width, height: b.height, scale: 1};"
    clip = ask(f"{session}/execute/sync", {"script": box, "args": [part]})
    wanted = {"clip": clip, "captureBeyondViewport": True}
    return ask(f"{session}/goog/cdp/execute", {"cmd": "Page.captureScreenshot", "params": wanted})["data"]


def show(session: str, page: Path, window: tuple[int, int], medium: str) -> None:
    width, height = window
    scale = {"deviceScaleFactor": 1.5 if width > PHONE[0] else 2, "mobile": width == PHONE[0]}
    for command, values in (
        ("setDeviceMetricsOverride", {"width": width, "height": height, **scale}),
        ("setEmulatedMedia", {"media": medium}),
        ("setScrollbarsHidden", {"hidden": True}),
    ):
        ask(f"{session}/goog/cdp/execute", {"cmd": f"Emulation.{command}", "params": values})
    ask(f"{session}/url", {"url": page.as_uri()})


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
