"""The lessons' predictions: each with its options, which of them is right, and the reason for each.

They stand in the lessons' text and nowhere else; the build writes them into `questions.json` of their
chapter, where `predict` finds them by name.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "questions.json"


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen; text and reason are Markdown."""

    letter: str
    text: str
    reason: str


@dataclass(frozen=True)
class Question:
    """What a prediction offers, and the letter of the right option."""

    name: str
    right: str
    options: tuple[Option, ...]


def write_questions(path: Path, questions: list[Question]) -> None:
    """Keep a chapter's questions in the file `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(question) for question in questions], indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def read_questions() -> dict[str, Question]:
    """The questions of all chapters, by name."""
    files = sorted(Path(__file__).parent.glob(f"*/{FILE}"))
    found = (data for file in files for data in json.loads(file.read_text(encoding="utf-8")))
    return {
        data["name"]: Question(data["name"], data["right"], tuple(Option(**o) for o in data["options"]))
        for data in found
    }
