"""Who is in a class: from nbgrader's own columns, or from what Moodle and Canvas download."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ..grading.intake.submissions import is_student_id, normal
from ..grading.intake.tables import WESTERN, TableError, encoding_of, read_table
from ..grading.records import ClassError
from .worksheet import in_english

FILE = "roster.csv"
"""Where a class keeps its roster, so that the next download needs none."""


@dataclass(frozen=True)
class Student:
    """One line of a roster. `lms` is the number by which its system names the student's files."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms: str = ""
    submitted: str = ""
    """What Moodle's grading worksheet says of the time of the submission."""

    group: str = ""
    """With whom it is handed in, where groups hand in."""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Roster:
    """The students of a class, found by id, number or name."""

    def __init__(self, students: Iterable[Student] = (), doubt: str = "", is_kept: bool = False):
        """`doubt` is what a person should look at in the file that they are from; `is_kept` whether it is the
        one that the class has kept, whose times may be of an earlier hand-in."""
        self.students, self.doubt, self.is_kept = list(students), doubt, is_kept
        self.notes: list[str] = []
        """On those who are not in it any more."""

        self.by_key: dict[str, list[Student]] = defaultdict(list)
        self.by_group: dict[str, list[Student]] = defaultdict(list)
        for student in self.students:
            self.by_group[plain(student.group)].append(student)
            keys = {student.id, student.email, student.email.partition("@")[0], f"#{student.lms}"}
            keys |= {student.name, f"{student.last_name}{student.first_name}"}
            for key in {plain(key) for key in keys} - {"", "#"}:
                self.by_key[key].append(student)

    def __bool__(self) -> bool:
        return bool(self.students)

    def find(self, name: str, lms: str = "") -> Student | None:
        """The one student with this number, or else of this id, email or name; None for none or several."""
        found = self.candidates(name, lms)
        return found[0] if len(found) == 1 else None

    def candidates(self, name: str, lms: str = "") -> list[Student]:
        """All with this number; where nobody has it, all of this id, email or name."""
        return (lms and self.by_key.get(f"#{plain(lms)}")) or self.by_key.get(plain(name), [])

    def members(self, group: str) -> list[Student]:
        """The students of a group; none where it is no group's name."""
        return self.by_group.get(plain(group), []) if plain(group) else []


def plain(text: str) -> str:
    """A name without case, accents, spaces and signs: file names have lost some of them."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if c.isalnum() or c == "#")


def read_roster(path: Path) -> Roster:
    """Read a CSV file with a line for each student; its columns say where it comes from.

    Raises ClassError where it cannot be read or names nobody, or two lines have one id.
    """
    try:
        table = read_table(path)
    except TableError as error:
        raise ClassError(str(error)) from error
    rows = [row for _, row in table]
    if rows:
        head = in_english(list(rows[0]), [list(row.values()) for row in rows])
        small = [name.casefold() for name in head]
        head = small if {"id", "last_name"} <= {*small} else head  # nbgrader's, with capitals
        rows = [dict(zip(head, row.values())) for row in rows]
    found = [(line, student) for (line, _), row in zip(table, rows) if (student := read_student(row))]
    students = {line: replace(student, id=normal(student.id)) for line, student in found}
    if not students:
        raise ClassError(
            f"{path} names no student. It needs the columns id, first_name, last_name, email of nbgrader, or "
            "is CSV that Moodle downloads (grading worksheet, participants) or Canvas (gradebook, groups)."
        )
    seen: dict[str, int] = {}
    for line, student in students.items():
        if not is_student_id(student.id):
            raise ClassError(
                f"{path}:{line}: {student.id[:80]!r} cannot be a student's id: use letters, digits, . _ - @ "
                "and +."
            )
        if student.id in seen:
            raise ClassError(
                f"{path}:{line}: two lines have the id {student.id}, this one and line {seen[student.id]}: "
                "remove one."
            )
        seen[student.id] = line
    people = [*students.values()]
    return Roster(people, doubt_of(path, people))


def doubt_of(path: Path, students: list[Student]) -> str:
    """That letters may be wrong, of a file in an encoding that cannot be told from others."""
    strange = next((student.name for student in students if not student.name.isascii()), "")
    if not strange or encoding_of(path.read_bytes()) != WESTERN:
        return ""
    return (
        f"{path} is no UTF-8 and was read as Western European, as in {strange}: if that is wrong, save it as "
        "CSV in UTF-8"
    )


def read_student(row: dict[str, str]) -> Student | None:
    """The student of a line; None for a line that is none's, as Canvas' points possible."""
    if "id" in row:  # nbgrader db student import
        names = (row.get("first_name", ""), row.get("last_name", ""))
        about = {
            "email": row.get("email", ""),
            "lms": row.get("lms_user_id", ""),
            "group": row.get("group", ""),
        }
        return Student(row["id"], *names, **about) if row["id"] else None
    if "canvas_user_id" in row:
        return canvas_member(row)
    if "SIS Login ID" in row or ("Student" in row and "ID" in row):
        return canvas_student(row)
    return moodle_student(row)


NOBODY = {"student, test", "test student"}
"""Whom Canvas makes for looking at a course as students do."""


def canvas_student(row: dict[str, str]) -> Student | None:
    """A line of Canvas' gradebook: "Student" is "Last, First", "ID" the number in file names."""
    if not row.get("ID", "").isdigit() or row["Student"].casefold() in NOBODY:
        return None
    last, _, first = row["Student"].partition(", ")
    login = row.get("SIS Login ID") or row.get("SIS User ID") or row["ID"]
    return Student(login, first, last, login if "@" in login else "", row["ID"])


def canvas_member(row: dict[str, str]) -> Student | None:
    """A line of the list of groups that Canvas downloads under People."""
    first, _, last = row.get("name", "").rpartition(" ")
    login = row.get("login_id") or row["canvas_user_id"]
    email = login if "@" in login else ""
    return (
        Student(login, first, last, email, row["canvas_user_id"], group=row.get("group_name", ""))
        if login
        else None
    )


def moodle_student(row: dict[str, str]) -> Student | None:
    """A line of Moodle's participants, or of its grading worksheet, which has numbers and times."""
    email = row.get("Email address", "")
    identity = row.get("ID number") or row.get("Username") or email
    number = re.search(r"(\d+)$", row.get("Identifier", ""))
    if not identity and number:  # without names where they are hidden from graders
        identity = row.get("Full name") or f"participant {number[1]}"
    first, last = row.get("First name", ""), row.get("Last name") or row.get("Surname", "")
    if not (first or last):
        first, _, last = row.get("Full name", "").partition(" ")
    identity = identity or f"{first} {last}".strip()  # who keeps the address to themselves
    if not identity:
        return None
    submitted = row.get("Last modified (submission)", "").strip("- ")
    lms, group = number[1] if number else "", row.get("Group", "")
    return Student(identity, first, last, email, lms, submitted, group)
