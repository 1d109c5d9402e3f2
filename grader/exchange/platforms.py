"""What file names in downloads say, system by system: whose a file is, and of which attempt.

Those of Moodle, Canvas and `pack` are in `names`; the others call them so:

Blackboard  `Week 3_ada_attempt_2026-11-15-21-00-00_01_relu_loop.ipynb`, and a receipt without a file's name:
            as github.com/kwurst/bb-file-cleanup documents them
Brightspace `1234-567 - Ada Lovelace - 15 November, 2026 2100` as a folder, or before ` - ` and the file's
            name; an id may stand before the name
Sakai       `Lovelace, Ada(ada)/Submission attachment(s)/...`, or the same with `_` for `/`
ILIAS       `Lovelace_Ada_ada_1234/...`, below `Team 7/` where teams hand in: as
            github.com/ilifau/ExerciseStatusFile documents them
Teams       `Submitted files/Ada Lovelace/Week 3/Version 2/...`, as it is synchronised: as
            github.com/lwchkg/teams_assignment_explorer documents it
Gradescope  `submission_1234/...`, and whose that is in `submission_metadata.yml`
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from .names import Found, Owner, canvas_owner, moodle_owner, pack_owner

BLACKBOARD = re.compile(
    r"(?:.+?_)??(?P<user>[^_]+)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<rest>.+)|\.txt)", re.S
)
PART = r"(?:(?! - ).)+"
BRIGHTSPACE = re.compile(
    rf"(?P<lms>\d+)-\d+ - (?:(?P<id>[^\W_]*\d[^\W_]*) - )?(?P<name>{PART}) - {PART}(?: - (?P<rest>.+))?", re.S
)
SAKAI = re.compile(r"[^()]*\((?P<id>[^()]+)\)(?:_Submission attachment\(s\)_(?P<rest>.+))?", re.S)
ATTACHED = "Submission attachment(s)"
ILIAS = re.compile(r".+_(?P<login>[^_]+)_(?P<lms>\d+)")
BEFORE_NAME = re.compile(r"\d{14}_(?=.)")
VERSION = re.compile(r"Vers[^\W\d]+ (?P<number>\d+)|バージョン (?P<again>\d+)")
GRADESCOPE = re.compile(r"submission_(?P<lms>\d+)")


def blackboard_owner(path: PurePosixPath) -> Found | None:
    """The first user named is the system's; behind it stands what the student's file is called."""
    match = BLACKBOARD.fullmatch(path.name)
    return Found(Owner(match["user"]), match["rest"] or "", when=match["time"]) if match else None


def brightspace_owner(path: PurePosixPath) -> Found | None:
    for part in path.parts:
        if match := BRIGHTSPACE.fullmatch(part):
            owner = Owner(match["id"] or match["name"], match["lms"])
            return Found(owner, path.name if part != path.name else match["rest"] or "")
    return None


def sakai_owner(path: PurePosixPath) -> Found | None:
    """Only what was handed in: beside it lie what was given back, and a file that has the time."""
    for number, part in enumerate(path.parts):
        match = SAKAI.fullmatch(part)
        if not match:
            continue
        below = path.parts[number + 1 :]
        if match["rest"] or below:
            handed_in = match["rest"] or (path.name if ATTACHED in below[:-1] else "")
            return Found(Owner(match["id"]), handed_in)
    return None


def ilias_owner(path: PurePosixPath) -> Found | None:
    """Nobody's where two folders are called as a student's is: one may be what a student handed in."""
    matches = [match for part in path.parts[:-1] if (match := ILIAS.fullmatch(part))]
    if len(matches) != 1:
        return None
    time = BEFORE_NAME.match(path.name)
    name = path.name[time.end() :] if time else path.name
    return Found(Owner(matches[0]["login"], matches[0]["lms"]), name, when=time[0] if time else "")


def teams_owner(path: PurePosixPath) -> Found | None:
    for number, part in enumerate(path.parts[:-1]):
        match = VERSION.fullmatch(part)
        if match and number >= 2:
            version = int((match["number"] or match["again"])[:6])
            return Found(Owner(path.parts[number - 2]), path.name, when=f"{version:06}")
    return None


def gradescope_owner(path: PurePosixPath) -> Found | None:
    """Called as its folder is: who that is stands in the table beside it."""
    for part in path.parts[:-1]:
        if match := GRADESCOPE.fullmatch(part):
            return Found(Owner(part, match["lms"]), path.name)
    return None


OWNERS: dict[str, Callable[[PurePosixPath], Found | None]] = {
    "moodle": moodle_owner,
    "canvas": canvas_owner,
    "pack": pack_owner,
    "blackboard": blackboard_owner,
    "brightspace": brightspace_owner,
    "sakai": sakai_owner,
    "ilias": ilias_owner,
    "teams": teams_owner,
    "gradescope": gradescope_owner,
}
"""How the names of files are read, by where they come from."""

EXAMPLES = {
    "moodle": "Take what `Download all submissions` gives: Ada Lovelace_1234567_assignsubmission_file_/...",
    "canvas": "Take what `Download Submissions` gives: lovelaceada_12345_67890_01_relu_loop.ipynb.",
    "pack": "It is to hold an archive of each student, called as the student is: ada.zip.",
    "blackboard": "Take what `Assignment File Download` gives: W3_ada_attempt_2026-11-15-21-00-00_1.ipynb",
    "brightspace": "Take the download of all submissions: 1234-567 - Ada Lovelace - 15 November, 2026 2100/",
    "sakai": "Take what `Download All` gives: Lovelace, Ada(ada)/Submission attachment(s)/",
    "ilias": "Take what `Download all submissions` gives: Lovelace_Ada_ada_1234/",
    "teams": "Take the folder `Submitted files` of the class: Submitted files/Ada Lovelace/Week 3/Version 1/",
    "gradescope": "Take what `Export Submissions` gives: submission_1234/ and submission_metadata.yml",
}

METADATA = "submission_metadata.yml"

TABLES = {
    METADATA,
    "index.html",
    "grades.csv",
    "grades.xls",
    "grades.xlsx",
    "status.csv",
    "status.xlsx",
    "readme.md",
}
"""What systems put beside what was handed in."""


BY_HAND = (
    "Where names do not say whose a file is, as in Google Classroom's and OpenOlat's downloads, put each "
    "student's files into a folder called as the student is, and say --from pack with the folder above."
)


def mend_for(kind: str, paths: Iterable[PurePosixPath]) -> str:
    """What to do with a download to which the `kind` that was said does not fit."""
    for path in paths:
        for system, owner_of in OWNERS.items():
            if system != "pack" and owner_of(path):
                return f"It looks like what {system} gives: say --from {system}."
    return f"{EXAMPLES[kind]} {BY_HAND}"


def submitters(metadata: bytes) -> dict[str, list[Owner]]:
    """Whose each folder of a Gradescope export is, of groups all members; an id is no number.

    Raises ValueError for another table.
    """
    import yaml

    try:
        table = yaml.load(metadata.decode("utf-8"), getattr(yaml, "CBaseLoader", yaml.BaseLoader))
        return {
            str(folder): [
                Owner(str(one.get(":sid") or one.get(":email") or one[":name"]))
                for one in entry[":submitters"]
            ]
            for folder, entry in table.items()
        }
    except (yaml.YAMLError, UnicodeError, AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(str(error).split("\n")[0]) from error
