"""Downloads in the many forms in which Moodle and Canvas give them, and people repack them: each is mapped,
or it is said what could not be mapped, with the mend."""

import io
import zipfile
from pathlib import PurePosixPath

import pytest
from downloads import write_zip, zipped
from test_exchange import LESSONS, ONE, TWO, held, roster

from grader.course import CHAPTER
from grader.exchange.enter import enter_download
from grader.exchange.intake import take_in_class
from grader.exchange.platforms import OWNERS
from grader.exchange.roster import Roster
from grader.grading.records import ClassError

WORKSHEET = """\
Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,Grade can be changed
Participant 1001,Ada Lovelace,ada,ada@example.org,Submitted,,22.00,Yes
Participant 1002,Émile Zola-Müller,emile,zola@example.org,Submitted,,22.00,Yes
Participant 1003,李 雷,lilei,li@example.org,Submitted,,22.00,Yes
Participant 1004,Luis_Ramon Perez,luis,luis@example.org,Submitted,,22.00,Yes
"""

PEOPLE = """\
First name,Last name,ID number,Email address,Groups
Ada,Lovelace,ada,ada@example.org,
Émile,Zola-Müller,emile,zola@example.org,
李,雷,lilei,li@example.org,
Luis_Ramon,Perez,luis,luis@example.org,
"""

HIDDEN = """\
Identifier,Status,Grade,Maximum Grade,Grade can be changed
Participant 1001,Submitted,,22.00,Yes
Participant 1002,Submitted,,22.00,Yes
"""

GRADEBOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,Activations (777)
    Points Possible,,,,,22
"Lovelace, Ada",501,S1,ada,A,
"Zola-Müller, Émile",502,S2,emile,A,
"de la Cruz, Ana María",503,S3,ana,A,
"雷, 李",504,S4,lilei,A,
"""

FILE = "_assignsubmission_file_"
ADA = f"Ada Lovelace_1001{FILE}"
MAC = {f"{CHAPTER}/{ONE}": b"1", f"__MACOSX/{CHAPTER}/._{ONE}": b"x", f"{CHAPTER}/.DS_Store": b"x"}

MAPPED = [
    ("moodle", "folder", {f"{ADA}/{ONE}": b"1"}, WORKSHEET, "ada"),
    ("moodle", "flat", {f"{ADA}{ONE}": b"1"}, WORKSHEET, "ada"),
    ("moodle", "folder without a last sign", {f"{ADA[:-1]}/{ONE}": b"1"}, WORKSHEET, "ada"),
    ("moodle", "within other folders", {f"Week 3/{ADA}/mine/{ONE}": b"1"}, WORKSHEET, "ada"),
    ("moodle", "a group, by number", {f"Group A-{ADA}/{ONE}": b"1"}, WORKSHEET, "ada"),
    ("moodle", "a group, by name", {f"Group A-{ADA}/{ONE}": b"1"}, PEOPLE, "ada"),
    ("moodle", "hyphens", {f"Mon-10-Émile Zola-Müller_7{FILE}/{ONE}": b"1"}, PEOPLE, "emile"),
    ("moodle", "hidden names", {f"Participant_1001{FILE}/{ONE}": b"1"}, HIDDEN, "participant 1001"),
    ("moodle", "hidden, with a space", {f"Participant 1002{FILE}{ONE}": b"1"}, HIDDEN, "participant 1002"),
    ("moodle", "hidden, in a group", {f"A-Participant_1001{FILE}/{ONE}": b"1"}, WORKSHEET, "ada"),
    ("moodle", "underscores", {f"Luis_Ramon Perez_1004{FILE}/{ONE}": b"1"}, WORKSHEET, "luis"),
    ("moodle", "underscores made spaces", {f"Luis Ramon Perez_9{FILE}/{ONE}": b"1"}, PEOPLE, "luis"),
    ("moodle", "other letters", {f"李 雷_1003{FILE}/{ONE}": b"1"}, WORKSHEET, "lilei"),
    ("moodle", "other letters, by name", {f"李 雷_5{FILE}/{ONE}": b"1"}, PEOPLE, "lilei"),
    ("moodle", "archive of a Mac", {f"{ADA}/{CHAPTER}.zip": zipped(MAC)}, WORKSHEET, "ada"),
    ("moodle", "archive in one", {f"{ADA}/a.zip": zipped({"b.zip": zipped({ONE: b"1"})})}, WORKSHEET, "ada"),
    (
        "moodle",
        "repacked on a Mac",
        {f"a/{ADA}/{ONE}": b"1", f"__MACOSX/a/{ADA}/._{ONE}": b"x"},
        PEOPLE,
        "ada",
    ),
    ("moodle", "repacked on Windows", {f"a\\{ADA}\\{ONE}": b"1"}, WORKSHEET, "ada"),
    (
        "moodle",
        "typed text beside",
        {f"{ADA}/{ONE}": b"1", f"{ADA.replace('file', 'onlinetext')}/onlinetext.html": b"<p>"},
        WORKSHEET,
        "ada",
    ),
    (
        "moodle",
        "typed text beside, flat",
        {f"{ADA}{ONE}": b"1", f"{ADA.replace('file', 'onlinetext')}onlinetext.html": b"<p>"},
        WORKSHEET,
        "ada",
    ),
    (
        "moodle",
        "several attempts",
        {f"{ADA}/{ONE}": b"0", f"{ADA}/{LESSONS[0]} (2).ipynb": b"1", f"{ADA}/{LESSONS[0]} (1).ipynb": b"0"},
        WORKSHEET,
        "ada",
    ),
    ("canvas", "as it is", {f"lovelaceada_501_9001_{ONE}": b"1"}, GRADEBOOK, "ada"),
    ("canvas", "late", {f"lovelaceada_LATE_501_9001_{ONE}": b"1"}, GRADEBOOK, "ada"),
    ("canvas", "again", {f"lovelaceada_501_9001_{LESSONS[0]}-2.ipynb": b"1"}, GRADEBOOK, "ada"),
    ("canvas", "both", {f"x_501_1_{ONE}": b"0", f"x_501_2_{LESSONS[0]}-1.ipynb": b"1"}, GRADEBOOK, "ada"),
    ("canvas", "underscores", {f"de_la_cruzana_503_9001_{ONE}": b"1"}, GRADEBOOK, "ana"),
    ("canvas", "hyphen and accents", {f"zola-mülleremile_502_9001_{ONE}": b"1"}, GRADEBOOK, "emile"),
    ("canvas", "other letters", {f"雷李_504_9001_{ONE}": b"1"}, GRADEBOOK, "lilei"),
    ("canvas", "archive", {"lovelaceada_501_9001_a.zip": zipped({ONE: b"1"})}, GRADEBOOK, "ada"),
    ("canvas", "typed text beside", {f"x_501_9_{ONE}": b"1", "x_501_text.html": b"<p>"}, GRADEBOOK, "ada"),
    ("canvas", "names hidden", {f"anon_h3K9a_9001_{ONE}": b"1"}, GRADEBOOK, "anon_h3K9a"),
    ("canvas", "names hidden, late", {f"anon_h3K9a_LATE_9001_{ONE}": b"1"}, GRADEBOOK, "anon_h3K9a"),
    ("pack", "by address", {"ada@example.org.zip": zipped({f"{CHAPTER}/{ONE}": b"1"})}, WORKSHEET, "ada"),
    ("pack", "nbgrader's folders", {f"submitted/ada/{CHAPTER}/{ONE}": b"1"}, WORKSHEET, "ada"),
]


SAKAI = "Week 3/Lovelace, Ada(ada)"
EXPORT = b"""---
submission_77:
  :submitters:
  - :name: Ada Lovelace
    :sid: 007
    :email: ada@example.org
  :created_at: 2026-11-15 21:00:00.000000000 -08:00
  :score:
"""
MAPPED += [
    ("blackboard", "file", {f"Week 3_ada_attempt_2026-11-15-21-00-00_{ONE}": b"1"}, WORKSHEET, "ada"),
    (
        "blackboard",
        "two attempts and receipts",
        {
            f"W_1_ada_attempt_2026-11-15-21-00-00_{ONE}": b"1",
            f"W_1_ada_attempt_2026-11-09-21-00-00_{LESSONS[0]}(1).ipynb": b"0",
            "W_1_ada_attempt_2026-11-15-21-00-00.txt": b"Name: Ada",
        },
        WORKSHEET,
        "ada",
    ),
    (
        "brightspace",
        "folders",
        {f"12-678 - Ada Lovelace - 15 November, 2026 2100/{ONE}": b"1", "index.html": b""},
        WORKSHEET,
        "ada",
    ),
    ("brightspace", "flat", {f"12-678 - Ada Lovelace - Nov 15, 2026 900 PM - {ONE}": b"1"}, WORKSHEET, "ada"),
    (
        "brightspace",
        "an id",
        {f"12-678 - N007 - Lady - Nov 15, 2026 900 PM - {ONE}": b"1"},
        "id\nn007\n",
        "n007",
    ),
    (
        "sakai",
        "folders",
        {
            f"{SAKAI}/Submission attachment(s)/{ONE}": b"1",
            f"{SAKAI}/Feedback Attachment(s)/{ONE}": b"0",
            f"{SAKAI}/timestamp.txt": b"20261115210000000",
            f"{SAKAI}/ada_submissionText.html": b"",
            "Week 3/grades.csv": b"",
        },
        WORKSHEET,
        "ada",
    ),
    ("sakai", "flat", {f"{SAKAI}_Submission attachment(s)_{ONE}": b"1"}, WORKSHEET, "ada"),
    (
        "ilias",
        "folders",
        {f"W/Abgaben/Lovelace_Ada_ada_12/{ONE}": b"1", "status.xlsx": b""},
        WORKSHEET,
        "ada",
    ),
    (
        "ilias",
        "teams and times",
        {
            f"Team 7/Lovelace_Ada_ada_12/20261115210000_{ONE}": b"1",
            f"Team 7/Lovelace_Ada_ada_12/20261114210000_{ONE}": b"0",
        },
        WORKSHEET,
        "ada",
    ),
    (
        "teams",
        "versions",
        {f"Submitted files/Ada Lovelace/Week 3/Version {n}/{ONE}": b"%d" % (n == 10) for n in (9, 10)},
        WORKSHEET,
        "ada",
    ),
    (
        "gradescope",
        "export",
        {
            f"assignment_1_export/submission_77/{ONE}": b"1",
            "assignment_1_export/submission_metadata.yml": EXPORT,
        },
        "id\n007\n",
        "007",
    ),
]


def test_a_gradescope_export_of_a_group_is_each_members(tmp_path):
    table = EXPORT + b"submission_78:\n  :submitters:\n  - :email: b@x.org\n    :sid:\n  - :name: Cem Can\n"
    files = {"submission_metadata.yml": table, f"submission_77/{ONE}": b"1", f"submission_78/{ONE}": b"2"}
    take_in_class(tmp_path / "class", "gradescope", write_zip(tmp_path / "a.zip", files), Roster())
    assert held(tmp_path / "class") == {"007": {ONE: b"1"}, "b@x.org": {ONE: b"2"}, "Cem Can": {ONE: b"2"}}


@pytest.mark.parametrize("table", [b"", b"- 1", b"a: b", b"a:\n  :submitters: x", b"\xff", b"{", b"a: !x {"])
def test_a_gradescope_export_whose_table_is_another_is_refused(tmp_path, table):
    files = {"submission_metadata.yml": table, f"submission_77/{ONE}": b"1"}
    with pytest.raises(ClassError, match="Take the whole export"):
        take_in_class(tmp_path / "class", "gradescope", write_zip(tmp_path / "a.zip", files), Roster())


@pytest.mark.parametrize(
    "kind, files, people, student",
    [pytest.param(k, f, p, s, id=f"{k}: {what}") for k, what, f, p, s in MAPPED],
)
def test_a_download_is_mapped_to_the_student_who_is_meant(tmp_path, kind, files, people, student):
    taken = take_in_class(
        tmp_path / "class", kind, write_zip(tmp_path / "a.zip", files), roster(tmp_path, people)
    )
    assert held(tmp_path / "class") == {student: {ONE: b"1"}}
    assert [one.student.id for one in taken] == [student]


def test_names_in_the_letters_of_an_old_windows_are_read(tmp_path):
    name = f"Émile Zola-Müller_1002{FILE}/{ONE}".encode("cp437")
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("X" * len(name), b"1")
    source = tmp_path / "a.zip"
    source.write_bytes(memory.getvalue().replace(b"X" * len(name), name))
    take_in_class(tmp_path / "class", "moodle", source, roster(tmp_path, PEOPLE))
    assert held(tmp_path / "class") == {"emile": {ONE: b"1"}}


@pytest.mark.parametrize(
    "kind, files, people, said",
    [
        ("moodle", {f"Nemo_9{FILE}/{ONE}": b""}, WORKSHEET, "NOT MAPPED: Nemo 9: nobody in the roster"),
        (
            "moodle",
            {f"Ada Lovelace_9{FILE}/{ONE}": b""},
            PEOPLE + "Ada,Lovelace,ada2,a2@example.org,\n",
            "NOT MAPPED: Ada Lovelace 9: the roster has several of this name: ada, ada2",
        ),
        (
            "moodle",
            {f"{ADA}/{ONE}": b"", f"Ada Lovelace_9{FILE}/{TWO}": b""},
            PEOPLE,
            "files under another name are ada's as well; put those that count into submitted/ada/ by hand",
        ),
        (
            "moodle",
            {f"{ADA}/{ONE}": b"", "a.txt": b"", "b/c.ipynb": b""},
            WORKSHEET,
            "NOT MAPPED: files whose names do not say whose they are: a.txt, b/c.ipynb; put what counts into",
        ),
    ],
    ids=["nobody", "several", "twice", "strangers"],
)
def test_what_is_not_mapped_is_said_with_the_mend(tmp_path, kind, files, people, said):
    source = write_zip(tmp_path / "a.zip", files)
    lines = [*enter_download(tmp_path / "class", kind, str(source), roster(tmp_path, people), "")]
    assert any(said in line for line in lines), lines


BLACK = "attempt_2026-11-15-21-00-00"


@pytest.mark.parametrize(
    "kind, name",
    [
        ("moodle", f"{ADA}Luis Ramon Perez_1004{FILE}{ONE}"),
        ("moodle", f"{ADA}/Luis Ramon Perez_1004{FILE}/{ONE}"),
        ("canvas", f"lovelaceada_501_9001_perezluis_504_9002_{ONE}"),
        ("blackboard", f"Week 3_ada_{BLACK}_luis_{BLACK}_{ONE}"),
        ("blackboard", f"ada_{BLACK}_luis_{BLACK}_{ONE}"),
        ("brightspace", f"1-2 - Ada Lovelace - 15 November, 2026 2100/1-3 - Luis - 15 November/{ONE}"),
        ("brightspace", f"1-2 - Ada Lovelace - 15 November, 2026 2100 - 1-3 - Luis - 15 November - {ONE}"),
        ("sakai", f"Lovelace, Ada(ada)/Submission attachment(s)/Perez, Luis(luis)/{ONE}"),
        ("sakai", f"Lovelace, Ada(ada)_Submission attachment(s)_P(luis)_Submission attachment(s)_{ONE}"),
        ("ilias", f"Lovelace_Ada_ada_12/Perez_Luis_luis_14/{ONE}"),
        ("teams", f"Submitted files/ada/Week 3/Version 1/luis/Week 3/Version 2/{ONE}"),
        ("gradescope", f"submission_1/submission_2/{ONE}"),
    ],
)
def test_what_a_student_calls_a_file_or_a_folder_makes_it_nobody_elses(kind, name):
    found = OWNERS[kind](PurePosixPath(name))
    assert found is None or {found.owner.name, found.owner.lms}.isdisjoint(
        {"luis", "Luis", "Luis Ramon Perez", "perezluis", "1004", "504", "3", "14", "2"}
    )


@pytest.mark.parametrize("name", [f"luis/{ONE}", "luis.zip", f"luis/{CHAPTER}.zip"])
def test_what_lies_in_a_students_folder_is_that_students(tmp_path, name):
    """Also where the folder lies in that of a section, which is nobody."""
    own = b"1" if name.endswith(ONE) else zipped({ONE: b"1"})
    files = {f"monday/ada/{name}": own, f"monday/luis/{ONE}": b"2"}
    source = write_zip(tmp_path / "a.zip", files)
    take_in_class(tmp_path / "class", "pack", source, roster(tmp_path, WORKSHEET))
    assert held(tmp_path / "class") == {"ada": {ONE: b"1"}, "luis": {ONE: b"2"}}


def test_an_archive_that_is_not_read_is_handed_on_so_that_the_class_run_says_so(tmp_path):
    source = write_zip(tmp_path / "a.zip", {f"{ADA}/work.rar": b"Rar!"})
    (taken,) = take_in_class(tmp_path / "class", "moodle", source, roster(tmp_path, WORKSHEET))
    assert held(tmp_path / "class") == {"ada": {"work.rar": b"Rar!"}}
    assert taken.notes == ["there is no notebook among its files"]


@pytest.mark.parametrize(
    "kind, name, said",
    [
        ("moodle", f"lovelaceada_501_9001_{ONE}", "say --from canvas"),
        ("canvas", f"{ADA}/{ONE}", "say --from moodle"),
        ("moodle", f"12345-678901 - Ada Lovelace - 15 November, 2026 2100/{ONE}", "--from brightspace"),
        ("canvas", f"Week 3_ada_attempt_2026-11-15-21-00-00_{ONE}", "--from blackboard"),
        ("canvas", ONE, "Take what `Download Submissions` gives"),
        (
            "moodle",
            ONE,
            "as in Google Classroom's and OpenOlat's downloads, put each student's files",
        ),
        ("sakai", f"Submitted files/Ada Lovelace/Week 3/Version 1/{ONE}", "--from teams"),
        ("gradescope", f"submission_1/{ONE}", "stands in submission_metadata.yml, which is not there"),
    ],
)
def test_another_systems_download_is_refused_by_its_name(tmp_path, kind, name, said):
    source = write_zip(tmp_path / "a.zip", {name: b"{}"})
    with pytest.raises(ClassError, match=said):
        take_in_class(tmp_path / "class", kind, source, roster(tmp_path, WORKSHEET))


def damaged(how: str) -> bytes:
    """An archive with a notebook, over whose bytes Python's zipfile stumbles in one of its ways."""
    name, memory = "01_relu_loop-é.ipynb", io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_LZMA if how == "lzma" else zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"{}" * 500)
    data = bytearray(memory.getvalue())
    at = data.index(b"PK\x01\x02")  # the list of what is in it
    if how == "lzma":
        data[30 + len(name.encode()) + 4] = 0xFF  # how it was packed, behind its own head and LZMA's
    elif how == "a name that is no text":
        data[at + 46 + name.encode().index(b"\xc3")] = 0xFF
    elif how == "a version to come":
        data[at + 6] = 255
    else:  # no name at all: what stands there is a remark
        data[at + 28 : at + 34] = bytes([0, 0, 0, 0, len(name.encode()), 0])
    return bytes(data)


@pytest.mark.parametrize("how", ["lzma", "a name that is no text", "a version to come", "no name"])
def test_an_archive_that_is_damaged_in_any_way_concerns_its_author_alone(tmp_path, how):
    other = f"Émile Zola-Müller_1002{FILE}/{ONE}"
    source = write_zip(tmp_path / "a.zip", {f"{ADA}/mine.zip": damaged(how), other: b"1"})
    everyone = take_in_class(tmp_path / "c", "moodle", source, roster(tmp_path, WORKSHEET))
    taken = {one.student.id: one for one in everyone}
    assert held(tmp_path / "c")["emile"] == {ONE: b"1"}
    assert "there is no notebook among its files" in taken["ada"].notes
    assert any("was not taken: it is" in note for note in taken["ada"].notes)
    whole = tmp_path / "whole.zip"
    whole.write_bytes(damaged(how))
    with pytest.raises(ClassError, match=r"whole\.zip"):
        take_in_class(tmp_path / "d", "moodle", whole, roster(tmp_path, WORKSHEET))


@pytest.mark.parametrize(
    "name", [f"Émile Zola-Müller_1002{FILE}_1001{FILE}/{ONE}", f"Émile_1002{FILE}_1001{FILE}{ONE}"]
)
def test_who_is_called_as_anothers_folder_is_puts_nothing_into_it(tmp_path, name):
    other = f"Émile Zola-Müller_1002{FILE}/{ONE}"
    source = write_zip(tmp_path / "a.zip", {name: b"hostile", other: b"1", f"{ADA}/{ONE}": b"2"})
    lines = [*enter_download(tmp_path / "c", "moodle", str(source), roster(tmp_path, WORKSHEET), "")]
    assert held(tmp_path / "c") == {"ada": {ONE: b"2"}, "emile": {ONE: b"1"}}
    assert any("files whose names do not say whose they are" in line for line in lines)
