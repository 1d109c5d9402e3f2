"""Moodle's grading worksheet in whatever language it is: known by its columns, which keep their order.

Identifier, full name, what else tells people apart, status, grade, most points, whether it can be changed,
when it was handed in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

IDENTIFIER = re.compile(r"\D+\d+")
"""`Participant 1001`; `Teilnehmer/in1001`."""

NUMBER = re.compile(r"\d+(?:[.,]\d+)?")

KNOWN = {"Identifier", "id", "Student", "First name", "SIS Login ID"}
"""Headings of tables that are read by their names."""


def in_english(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The headings as Moodle has them in English, where this is its worksheet; otherwise as they are."""
    names, columns = list(head), [[cell.strip() for cell in column] for column in zip(*rows)]
    if KNOWN & set(head) or len(columns) < len(names) or not all(map(IDENTIFIER.fullmatch, columns[0])):
        return names
    most = next((n for n in range(3, len(names)) if len({*columns[n]}) == 1 and is_number(columns[n][0])), 0)
    if not most or not all(not cell or is_number(cell) for cell in columns[most - 1]):
        return names
    email = next((n for n in range(2, most - 1) if any("@" in cell for cell in columns[n])), 0)
    number = next((n for n in range(2, email) if all(columns[n]) and len({*columns[n]}) == len(rows)), 0)
    places = {0: "Identifier", 1: "Full name", most - 1: "Grade", most: "Maximum grade"}
    places |= {number: "ID number"} if number else {}
    places |= {email: "Email address"} if email else {}
    places |= {most + 2: "Last modified (submission)"} if most + 2 < len(names) else {}
    return [places.get(n, name) for n, name in enumerate(names)]


def is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text))
