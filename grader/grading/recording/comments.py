"""Comments for all answers that make the same mistake: written once, kept in the class, given in every run.

`comments.csv` in the class directory has a line `group,comment` for each; the last one of a group counts,
and an empty one takes the comment back. Earlier lines stay: by them a comment that was given is told
from what a person wrote.
"""

from __future__ import annotations

import json
from pathlib import Path

from ...judging.alike import group_of
from ..intake.tables import TableError, add_rows, as_it_was, read_columns
from ..records import ClassError, Outcome

FILE = "comments.csv"
HEAD = ["group", "comment"]


class GroupComments:
    """What is said of groups of answers in a class."""

    def __init__(self, course: Path):
        path = course / FILE
        self.given = read_groups(path) if path.is_file() else []
        self.current = dict(self.given)
        self.texts = sorted({text for _, text in self.given if text}, key=len, reverse=True)

    def __bool__(self) -> bool:
        return bool(self.given)

    def of(self, outcome: Outcome) -> dict[str, str]:
        """By exercise: what is said of its group."""
        verdicts = [verdict for lesson in outcome.lessons.values() for verdict in lesson.verdicts]
        return {verdict.exercise: self.current.get(group_of(verdict), "") for verdict in verdicts}

    def settle(self, comment: str | None, group_comment: str) -> str | None:
        """The comment that an answer is to have; what a person wrote on it stays, the group's follows it."""
        own = comment or ""
        for text in self.texts:
            if own.endswith(text):
                own = own.removesuffix(text).rstrip()
                break
        return "\n\n".join(filter(None, [own, group_comment])) or None


def add_comments(course: Path, source: Path) -> int:
    """Take the filled-in comments of a report's groups.csv or report.json into the class; return how many.

    Raises ClassError where the file cannot be read.
    """
    comments = {group: text.strip() for group, text in read_comments(source) if group}
    known = GroupComments(course)
    new = [item for item in comments.items() if item[1] != known.current.get(item[0], "")]
    try:
        add_rows(course / FILE, HEAD, new)
    except TableError as error:
        raise ClassError(str(error)) from error
    return sum(bool(text) for text in comments.values())


def read_comments(source: Path) -> list[tuple[str, str]]:
    """Groups and comments of a file. Raises ClassError."""
    if source.suffix.lower() == ".json":
        try:
            groups = json.loads(source.read_text(encoding="utf-8"))["groups"]
            return [(str(group["group"]), str(group["comment"] or "")) for group in groups]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ClassError(f"{source}: this is no report.json with groups ({error}).") from error
    return [(group, as_it_was(text)) for group, text in read_groups(source)]


def read_groups(path: Path) -> list[tuple[str, str]]:
    """The columns `group` and `comment` of a CSV file. Raises ClassError."""
    try:
        return [(group, comment) for _, (group, comment) in read_columns(path, HEAD)]
    except TableError as error:
        raise ClassError(str(error)) from error
