"""What a lesson was when it was handed out, kept in the notebook itself: so a later release tells its own
earlier text and points from what a student has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

KEY = "handed_out"
"""In the notebook's metadata, under `grader`."""


def handed_out(cells: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Of a released notebook: what tells its texts, and the points of its checks by name."""
    marks = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    return {
        "texts": " ".join(digest(cell["source"]) for cell in cells),
        "points": {mark["grade_id"]: mark["points"] for mark in marks if mark.get("grade")},
    }


def digest(text: str) -> str:
    """What tells a text, white space aside: editors change it unasked."""
    return sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()[:12]
