"""Moodle's tables in whatever language they are: known by their columns, which keep their order.

Its grading worksheet has identifier, full name, what else tells people apart, status, group, grade, most
points, whether it can be changed, when it was handed in; without names where they are hidden from graders.
Its list of participants has first name, last name, what else tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

IDENTIFIER = re.compile(r"\D+\d+")
"""`Participant 1001`; `Teilnehmer/in1001`."""

NUMBER = re.compile(r"\d+(?:[.,]\d+)?")

NONE = {"", "-"}
"""What stands for a grade that is not there."""

LAST_NAME = re.compile(
    r"last|sur|nach|famil|nom\b|apell|cogn|sobren|achter|e[ft]tern|nazw|příjm|фам|姓", re.I
)
"""How the heading of last names begins: Surname, Nachname, Nom, Apellido(s), Cognome, Achternaam."""

KNOWN = {"Identifier", "id", "Student", "First name", "SIS Login ID", "canvas_user_id"}
"""Headings of tables that are read by their names."""

LOCKED = re.compile(r"n|ei\b|hay|не|いいえ|否", re.I)
"""How it is said that a grade can not be changed: No, Nein, Non, Nej, Nie, Não, Ei, Hayır, Нет."""

NO_NAME = re.compile(r".*@.*|\d+")

GROUP = re.compile(r"gr[ou]|kelompok|skupin|csoport", re.I)
"""How the column of the group begins: Group, Gruppe, groupe, grupo, groep, grupa."""


def in_english(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The headings as Moodle has them in English, where this is its worksheet or its list of participants;
    otherwise as they are."""
    columns = [[cell.strip() for cell in column] for column in zip(*rows)]
    if KNOWN & set(head) or len(columns) < len(head):
        return list(head)
    places = worksheet_places(head, columns) or participant_places(head, columns)
    return [places.get(n, name) for n, name in enumerate(head)]


def worksheet_places(head: Sequence[str], columns: list[list[str]]) -> dict[int, str]:
    """English headings by column of a grading worksheet; none where it is no such table."""
    if not all(map(IDENTIFIER.fullmatch, columns[0])):
        return {}
    grades = [all(cell in NONE or is_number(cell) for cell in column) for column in columns]
    one = [len({*column}) == 1 and is_number(column[0]) for column in columns]
    most = next((n for n in range(3, len(head)) if one[n] and grades[n - 1]), 0)
    if not most:
        return {}
    places = {0: "Identifier", most - 1: "Grade", most: "Maximum grade"}
    places |= {1: "Full name"} if most > 3 else {}
    places |= identity_places(columns[: most - 1])
    places |= {most - 2: "Group"} if most > 4 and GROUP.match(head[most - 2]) else {}
    behind = ("Grade can be changed", "Last modified (submission)")
    places |= dict(zip(range(most + 1, len(head)), behind))
    return places


def participant_places(head: Sequence[str], columns: list[list[str]]) -> dict[int, str]:
    """English headings by column of a list of participants; none where it is no such table."""
    names = columns[:2]
    if len(columns) < 3 or any(map(NO_NAME.fullmatch, [cell for column in names for cell in column])):
        return {}
    found = identity_places(columns)
    last = 0 if LAST_NAME.match(head[0]) and not LAST_NAME.match(head[1]) else 1
    return {1 - last: "First name", last: "Last name"} | found if found else {}


def identity_places(columns: list[list[str]]) -> dict[int, str]:
    """Behind two columns: the address, and before it a number or name that only one person has."""
    email = next((n for n in range(2, len(columns)) if any("@" in cell for cell in columns[n])), 0)
    number = next((n for n in range(2, email) if tells_apart(columns[n])), 0)
    return {n: name for n, name in ((number, "ID number"), (email, "Email address")) if n}


def tells_apart(column: list[str]) -> bool:
    return all(column) and len({*column}) == len(column)


def is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text))
