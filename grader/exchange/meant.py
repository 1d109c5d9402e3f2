"""Whom the owners of a download are: students of the roster, all of a group, or nobody, with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..grading.intake.submissions import is_student_id
from .names import Owner
from .roster import Roster, Student, plain

MAX_NAME = 200
"""Bytes of a name that is made here: file systems take 255, and a Chinese sign is three."""


@dataclass(frozen=True)
class Meant:
    """The students whom an owner is; where there are none, `reason` says why, and the mend."""

    students: list[Student] = field(default_factory=list)
    reason: str = ""


def students_meant(owners: list[Owner], roster: Roster, kind: str) -> dict[Owner, Meant]:
    """Who each owner is. Without a roster it is called by its name, with its number where another has the
    same name.

    Two owners that are one student are both nobody: nothing says whose files count.
    """
    names = [owner.name for owner in owners]
    found = {
        owner: of_roster(owner, roster, names if kind == "moodle" else [])
        if roster and not owner.anonymous
        else of_its_name(owner, names)
        for owner in owners
    }
    ids = [student.id for meant in found.values() for student in meant.students]
    return {owner: once(meant, ids) for owner, meant in found.items()}


def once(meant: Meant, ids: list[str]) -> Meant:
    """Without those whose id another owner has as well."""
    twice = [student.id for student in meant.students if ids.count(student.id) > 1]
    if not twice:
        return meant
    mend = f"put those that count into submitted/{twice[0]}/ by hand"
    reason = f"files under another name are {', '.join(twice)}'s as well; {mend}"
    return Meant([student for student in meant.students if student.id not in twice], reason)


def of_its_name(owner: Owner, names: list[str]) -> Meant:
    """A student who is called as the download does."""
    called = owner.name if names.count(owner.name) == 1 else f"{owner.name} {owner.lms}"
    name = re.sub(r"[^\w.@+ -]", "", called).strip()[:100]
    name = name.encode()[:MAX_NAME].decode(errors="ignore").strip()
    if is_student_id(name):
        return Meant([Student(name, lms=owner.lms)])
    return Meant(reason="this cannot be a student's id; name a --roster")


def of_roster(owner: Owner, roster: Roster, names: list[str]) -> Meant:
    """The student, or the members of the group, whom the roster has.

    Moodle's number may be a group's. So among several `names` of its, which are all the same where it hides
    them, part of the student's own is to be found in the owner's. Of other systems there are none.
    """
    if members := roster.members(owner.name):
        return Meant(members)
    names_of_one = behind_groups(owner.name) if names else [owner.name]
    found = next(filter(None, (roster.candidates(name, owner.lms) for name in names_of_one)), [])
    if len(found) > 1:
        ids = ", ".join(sorted(student.id for student in found))
        return Meant(
            reason=f"the roster has several of this name: {ids}; it has to tell their numbers as well"
        )
    others = len({*names}) > 1 and found and found[0].name
    if others and not any(plain(part) in plain(owner.name) for part in found[0].name.split()):
        found = []
    return Meant(found, "" if found else UNKNOWN)


UNKNOWN = (
    "nobody in the roster has this name or number, and no group has; complete the roster, and take the "
    "download in again"
)


def behind_groups(name: str) -> list[str]:
    """What a name may be: all of it, or what stands behind that of a group, as in `Mon-10-Ada Lovelace`."""
    return [name, *(name[match.end() :] for match in re.finditer("-", name))]
