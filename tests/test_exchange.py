"""Submissions in from learning platforms: whose they are, which notebook, and nothing outside its place."""

import csv
import zipfile

import pytest
from downloads import link_to, write_zip, zipped

from grader.__main__ import main
from grader.course import CHAPTER, CHAPTERS
from grader.exchange import archive, intake
from grader.exchange.enter import enter_download, enter_roster
from grader.exchange.intake import take_in_class
from grader.exchange.marks import People
from grader.exchange.roster import Roster, read_roster
from grader.grading.intake.collected import read_collected
from grader.grading.intake.files import MAX_BYTES, MAX_NOTEBOOK, Refused
from grader.grading.limits import limited

LESSONS = CHAPTERS[CHAPTER].lessons
ONE, TWO = f"{LESSONS[0]}.ipynb", f"{LESSONS[1]}.ipynb"

MOODLE_WORKSHEET = """\
Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,Grade can be changed,\
Last modified (submission),Last modified (grade),Feedback comments
Participant 1001,Ada Lovelace,ada,ada@example.org,Submitted for grading,,22.00,Yes,\
"Tuesday, 10 November 2026, 11:27 PM",-,
Participant 1002,Émile Zola,emile,zola@example.org,Submitted for grading,,22.00,Yes,-,-,
Participant 1003,Ada Lovelace,ada2,ada2@example.org,Submitted for grading,,22.00,Yes,-,-,
Participant 1004,Bob Nobody,bob,bob@example.org,No submission,,22.00,Yes,-,-,
"""

CANVAS_GRADEBOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,Activations (777)
,,,,,Manual Posting
    Points Possible,,,,,22
"Lovelace, Ada",501,S1,ada,A,
"Zola, Émile",502,S2,emile,A,
"Student, Test",599,,abc,A,
"""

NBGRADER = (
    "id,first_name,last_name,email,lms_user_id\nada,Ada,Lovelace,a@example.org,501\nemile,Émile,Zola,,502\n"
)


def roster(tmp_path, text):
    path = tmp_path / "roster-source.csv"
    path.write_text(text, encoding="utf-8-sig")
    return read_roster(path)


def held(course):
    """What lies in submitted/, by student: names and contents of files."""
    return {
        folder.parent.name: {path.name: path.read_bytes() for path in folder.iterdir()}
        for folder in sorted((course / "submitted").glob(f"*/{CHAPTER}"))
    }


def everything_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


# --- taking in


def test_moodle_archive_of_folders_becomes_nbgraders_folders(tmp_path):
    source = write_zip(
        tmp_path / "all.zip",
        {
            f"Ada Lovelace_1001_assignsubmission_file_/{ONE}": b"ada's",
            f"Ada Lovelace_1001_assignsubmission_file_/{TWO}": b"second",
            f"Ada Lovelace_1003_assignsubmission_file_/{ONE}": b"the other ada's",
            f"E\u0301mile Zola_1002_assignsubmission_file_{ONE}": b"flat",
            "Nemo_4444_assignsubmission_file_/x.ipynb": b"nobody's",
            "readme.txt": b"?",
        },
    )
    taken = take_in_class(tmp_path / "class", "moodle", source, roster(tmp_path, MOODLE_WORKSHEET))
    assert held(tmp_path / "class") == {
        "ada": {
            ONE: b"ada's",
            TWO: b"second",
            "timestamp.txt": held(tmp_path / "class")["ada"]["timestamp.txt"],
        },
        "ada2": {ONE: b"the other ada's"},
        "emile": {ONE: b"flat"},
    }
    assert [one.owner.name for one in taken if one.unmapped] == ["Nemo", "readme.txt"]


def test_time_of_moodles_worksheet_is_when_it_was_collected(tmp_path):
    course = tmp_path / "class"
    source = write_zip(tmp_path / "all.zip", {f"Ada Lovelace_1001_assignsubmission_file_/{ONE}": b"1"})
    course.mkdir()
    (course / "collected.csv").write_text(
        f"bob,2026-11-01T00:00+00:00\nada,2026-01-01T00:00+00:00,{CHAPTER}\n"
    )
    for _ in range(2):
        take_in_class(course, "moodle", source, roster(tmp_path, MOODLE_WORKSHEET))
    times = read_collected(course)
    assert times.of("ada", CHAPTER).strftime("%Y-%m-%d %H:%M") == "2026-11-10 23:27"
    assert times.of("bob", CHAPTER) is not None
    assert (course / "collected.csv").read_text().count("ada,") == 1
    assert b"2026-11-" in held(course)["ada"]["timestamp.txt"]


def test_last_attempt_counts_whatever_the_order(tmp_path):
    names = [ONE.replace(".ipynb", "-2.ipynb"), ONE, ONE.replace(".ipynb", "-10.ipynb")]
    files = {f"lovelaceada_501_{9000 + n}_{name}": str(n).encode() for n, name in enumerate(names)}
    source = write_zip(tmp_path / "submissions.zip", {**files, f"zolamile_LATE_502_1_{ONE}": b"late"})
    taken = take_in_class(tmp_path / "class", "canvas", source, roster(tmp_path, CANVAS_GRADEBOOK))
    assert held(tmp_path / "class") == {"ada": {ONE: b"2"}, "emile": {ONE: b"late"}}
    notes = {one.student.id: " ".join(one.notes) for one in taken}
    assert "more than once" in notes["ada"] and "marks it as late" in notes["emile"]


@pytest.mark.parametrize("as_folder", [True, False])
def test_archives_of_students_are_unpacked_from_a_folder_and_from_an_archive(tmp_path, as_folder):
    inner = {
        "ada.zip": zipped(
            {f"{CHAPTER}/{ONE}": b"1", f"{CHAPTER}/data.csv": b"2", "__MACOSX/._x.ipynb": b"3"}
        ),
        f"emile/{CHAPTER}/{ONE}": b"4",
    }
    source = tmp_path / "packs"
    if as_folder:
        for name, content in inner.items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes(content)
    else:
        write_zip(source, inner)
    take_in_class(tmp_path / "class", "pack", source, roster(tmp_path, NBGRADER))
    assert held(tmp_path / "class") == {"ada": {ONE: b"1", "data.csv": b"2"}, "emile": {ONE: b"4"}}


def test_without_a_roster_students_are_called_as_the_download_calls_them(tmp_path):
    names = ["Ada Lovelace_1", "Ada Lovelace_2", "Bob: <Builder>_3"]
    files = {f"{name}_assignsubmission_file_/{ONE}": b"1" for name in names}
    take_in_class(tmp_path / "class", "moodle", write_zip(tmp_path / "a.zip", files), Roster())
    assert set(held(tmp_path / "class")) == {"Ada Lovelace 1", "Ada Lovelace 2", "Bob Builder"}


def test_same_download_again_changes_nothing_and_another_sets_the_earlier_one_aside(tmp_path):
    course, who = tmp_path / "class", roster(tmp_path, NBGRADER)
    source = write_zip(tmp_path / "a.zip", {f"x_501_1_{ONE}": b"1"})
    for _ in range(2):
        take_in_class(course, "canvas", source, who)
    assert not (course / "set-aside").exists()
    write_zip(source, {f"x_501_1_{ONE}": b"2"})
    take_in_class(course, "canvas", source, who)
    assert held(course) == {"ada": {ONE: b"2"}}
    assert [path.read_bytes() for path in (course / "set-aside").rglob("*.ipynb")] == [b"1"]


def test_time_of_a_roster_from_before_is_not_that_of_what_was_handed_in_since(tmp_path):
    course, ada = tmp_path / "class", f"Ada Lovelace_1001_assignsubmission_file_/{ONE}"
    (tmp_path / "sheet.csv").write_text(MOODLE_WORKSHEET, encoding="utf-8")

    def take(content, sheet=None):
        source = write_zip(tmp_path / "all.zip", {ada: content})
        (taken,) = take_in_class(course, "moodle", source, enter_roster(course, sheet))
        return (
            bool(read_collected(course).of("ada", CHAPTER)),
            "timestamp.txt" in held(course)["ada"],
            taken.notes,
        )

    assert take(b"1", tmp_path / "sheet.csv") == (True, True, [])
    assert take(b"1") == (True, True, [])
    for _ in range(2):  # nothing is set aside twice
        known, stamped, notes = take(b"2")
        assert not known and not stamped
    assert notes == [] and len(list((course / "set-aside").rglob(ONE))) == 1
    later = MOODLE_WORKSHEET.replace("10 November", "12 November")
    (tmp_path / "sheet.csv").write_text(later, encoding="utf-8")
    assert take(b"2", tmp_path / "sheet.csv") == (True, True, [])
    assert read_collected(course).of("ada", CHAPTER).day == 12


def test_time_that_a_person_gave_is_kept_where_the_roster_has_none_or_an_older_one(tmp_path):
    course = tmp_path / "class"
    files = {f"{who}_assignsubmission_file_/{ONE}": b"1" for who in ("Ada Lovelace_1001", "Emile Zola_1002")}
    source = write_zip(tmp_path / "all.zip", files)
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(MOODLE_WORKSHEET.replace("22.00,Yes,-,-", "22.00,Yes,vorgestern,-"), encoding="utf-8")
    take_in_class(course, "moodle", source, enter_roster(course, sheet))
    (course / "collected.csv").write_text(
        f"emile,2026-11-15T09:00+00:00,{CHAPTER}\nada,2026-11-16T09:00+00:00\n"
    )
    take_in_class(course, "moodle", source, enter_roster(course, None))
    times = read_collected(course)
    assert [times.of(who, CHAPTER).day for who in ("emile", "ada")] == [15, 16]
    take_in_class(course, "moodle", source, enter_roster(course, sheet))
    times = read_collected(course)
    assert [times.of(who, CHAPTER).day for who in ("emile", "ada")] == [15, 10]


def test_who_is_not_in_a_download_of_some_alone_stays_known(tmp_path):
    course, who = tmp_path / "class", roster(tmp_path, NBGRADER)
    for name in ("x_501", "y_502"):
        source = write_zip(tmp_path / "a.zip", {f"{name}_1_{ONE}": b"1"})
        lines = [*enter_download(course, "canvas", str(source), who, "")]
    assert not [line for line in lines if line.startswith("nothing from")]
    assert list(People(course, CHAPTER).by_number.items()) == [("501", "ada"), ("502", "emile")]
    take_in_class(course, "canvas", write_zip(tmp_path / "a.zip", {f"x_501_2_{ONE}": b"2"}), Roster())
    assert People(course, CHAPTER).by_number == {"501": "x", "502": "emile"}


def test_where_everything_came_from_is_kept_for_the_way_back(tmp_path):
    source = write_zip(tmp_path / "a.zip", {f"=Ada_501_1_{ONE}": b"1", f"x_9_1_{ONE}": b"2"})
    take_in_class(tmp_path / "class", "canvas", source, roster(tmp_path, NBGRADER))
    with (tmp_path / "class" / "intake.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["student"], row["source"], row["lms"]) for row in rows] == [
        ("ada", "'=Ada", "501"),
        ("", "x", "9"),
    ]


# --- what is hostile


HOSTILE = [
    "../../evil.ipynb",
    "/etc/evil.ipynb",
    "..\\..\\evil.ipynb",
    "C:\\evil.ipynb",
    "a/../../../evil.ipynb",
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["outer", "inner"])
def test_no_path_of_an_archive_leads_outside(tmp_path, name, form):
    folder = "Ada_501_assignsubmission_file_"
    inner = {f"{folder}/{name}": b"evil", f"{folder}{name}": b"evil"}
    files = inner if form == "outer" else {f"{folder}/pack.zip": zipped({name: b"evil"})}
    (tmp_path / "room").mkdir()
    source = write_zip(tmp_path / "room" / "a.zip", {**files, f"{folder}/{ONE}": b"1"})
    take_in_class(tmp_path / "room" / "class", "moodle", source, roster(tmp_path, NBGRADER))
    for path in tmp_path.rglob("*evil*"):
        assert path.parent == tmp_path / "room" / "class" / "submitted" / "ada" / CHAPTER
    assert not [path for path in everything_in(tmp_path) if ".." in path.split("/")]


@pytest.mark.parametrize("name", ["../../evil", "..", "x/y", ".hidden"])
def test_no_name_of_an_owner_leads_outside(tmp_path, name):
    source = write_zip(tmp_path / "a.zip", {f"{name}_501_assignsubmission_file_/{ONE}": b"1"})
    take_in_class(tmp_path / "class", "moodle", source, Roster())
    assert {path.split("/")[0] for path in everything_in(tmp_path / "class")} <= {"submitted", "intake.csv"}
    for path in tmp_path.rglob(ONE):
        assert path.parents[3] == tmp_path / "class"


def test_bombs_cost_what_is_read_and_the_others_go_on(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_FILES_OF_STUDENT", 20)
    zeros = bytes(MAX_NOTEBOOK + 1)
    files = {
        f"Ada_501_assignsubmission_file_/{ONE}": zeros,
        f"Ada_501_assignsubmission_file_/{TWO}": b"1",
        "Emile_502_assignsubmission_file_/many.zip": zipped({f"{n}.ipynb": b"" for n in range(21)}),
        f"Emile_502_assignsubmission_file_/{ONE}": b"2",
    }
    taken = take_in_class(
        tmp_path / "class", "moodle", write_zip(tmp_path / "a.zip", files), roster(tmp_path, NBGRADER)
    )
    assert held(tmp_path / "class") == {"ada": {TWO: b"1"}, "emile": {ONE: b"2"}}
    notes = " ".join(note for one in taken for note in one.notes)
    assert "more than the 100 MB" in notes and "21 files" in notes


def test_outputs_count_no_more_in_an_archive_than_in_a_folder(tmp_path, monkeypatch):
    large = bytes(MAX_BYTES + 1)
    source = write_zip(tmp_path / "a.zip", {"ada.zip": zipped({ONE: large, "Copy of x.ipynb.txt": b"1"})})
    for _ in range(2):
        (ada,) = take_in_class(tmp_path / "class", "pack", source, Roster())
        assert (ada.notebooks, ada.notes) == ([ONE, "Copy of x.ipynb.txt"], [])
    assert not (tmp_path / "class" / "set-aside").exists()
    monkeypatch.setattr(intake, "MAX_BYTES_OF_STUDENT", 1000)
    (ada,) = take_in_class(tmp_path / "class", "pack", source, Roster())
    assert ada.notes[0].startswith("ada.zip was not taken: archives of one student may have")


def test_size_that_an_archive_claims_is_not_believed(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "most_of", lambda name: 1000)
    data = bytearray(zipped({"x.ipynb": bytes(5000)}))
    for offset in (data.index(b"PK\x01\x02") + 24, data.index(b"PK\x03\x04") + 22):
        data[offset : offset + 4] = (10).to_bytes(4, "little")
    (entry,) = archive.entries_within(bytes(data))
    with pytest.raises(archive.Refused):
        assert len(entry.read()) <= 10


def test_links_in_an_archive_and_in_a_folder_are_not_followed(tmp_path):
    (tmp_path / "secret.ipynb").write_bytes(b"secret")
    member, target = link_to(str(tmp_path / "secret.ipynb"))
    member.filename = f"x_501_1_{ONE}"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(member, target)
        made.writestr(f"x_501_1_{TWO}", b"1")
    take_in_class(tmp_path / "class", "canvas", tmp_path / "a.zip", roster(tmp_path, NBGRADER))
    assert held(tmp_path / "class") == {"ada": {TWO: b"1"}}
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / f"x_502_1_{ONE}").symlink_to(tmp_path / "secret.ipynb")
    (folder / f"x_502_1_{TWO}").write_bytes(b"2")
    take_in_class(tmp_path / "class", "canvas", folder, roster(tmp_path, NBGRADER))
    assert held(tmp_path / "class")["emile"] == {TWO: b"2"}


def test_archive_that_is_locked_or_damaged_is_a_note(tmp_path):
    good = zipped({ONE: b"1" * 500})
    damaged = bytearray(good)
    damaged[len(ONE) + 32] ^= 0xFF
    locked = bytearray(good)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    files = {"ada.zip": bytes(damaged), "emile.zip": bytes(locked)}
    taken = take_in_class(
        tmp_path / "class", "pack", write_zip(tmp_path / "a.zip", files), roster(tmp_path, NBGRADER)
    )
    notes = {one.student.id: " ".join(one.notes) for one in taken}
    assert "damaged" in notes["ada"] and "password" in notes["emile"]
    assert not (tmp_path / "class" / "submitted").exists()


def test_students_own_timestamp_is_not_taken(tmp_path):
    files = {f"x_501_1_{ONE}": b"1", "x_501_2_timestamp.txt": b"1999-01-01 00:00:00 UTC"}
    take_in_class(
        tmp_path / "class", "canvas", write_zip(tmp_path / "a.zip", files), roster(tmp_path, NBGRADER)
    )
    assert held(tmp_path / "class") == {"ada": {ONE: b"1"}}


# --- the command


def test_roster_goes_into_the_gradebook_and_is_kept(tmp_path):
    (tmp_path / "r.csv").write_text(CANVAS_GRADEBOOK, encoding="utf-8")
    enter_roster(tmp_path / "class", tmp_path / "r.csv")
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{tmp_path / 'class' / 'gradebook.db'}") as gradebook:
        known = {s.id: (s.first_name, s.last_name, s.lms_user_id) for s in gradebook.students}
    assert known == {"ada": ("Ada", "Lovelace", "501"), "emile": ("Émile", "Zola", "502")}
    assert [student.id for student in enter_roster(tmp_path / "class", None).students] == ["ada", "emile"]


def test_what_could_not_be_mapped_is_said_and_who_handed_nothing_in(tmp_path):
    source = write_zip(tmp_path / "a.zip", {f"x_501_1_{ONE}": b"1", f"nemo_9_1_{ONE}": b"2"})
    lines = list(enter_download(tmp_path / "class", "canvas", str(source), roster(tmp_path, NBGRADER), ""))
    assert lines[0] == f"taken in: 1 submissions from {source}"
    assert any(line.startswith("NOT MAPPED: nemo 9") for line in lines)
    assert lines[-1] == "nothing from 1 of the roster: emile"


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--from", "moodle", "none.zip"], "is not there"),
        (["--from", "moodle", "text.zip"], "no zip archive"),
        (["--from", "moodle", "other.zip"], "no file named as moodle"),
        (["--from", "ims", "other.zip"], "not from ims"),
        (["--roster", "text.zip"], "names no student"),
    ],
)
def test_download_that_cannot_be_used_is_exit_status_2_with_the_reason(
    tmp_path, monkeypatch, capsys, arguments, said
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.zip").write_text("text")
    write_zip(tmp_path / "other.zip", {"a.txt": b""})
    assert main(["grade", "class", *arguments]) == 2
    assert said in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    "name",
    ["\u6f22" * 100 + ".csv", "\u6f22" * 90 + ".ipynb", "01_relu_loop" + "-Copy1" * 9_000 + ".ipynb"],
    ids=["data", "a notebook", "copies of copies"],
)
def test_no_name_of_a_file_costs_anybody_anything(tmp_path, name):
    """Of three bytes a sign, or slow to read: the others are taken in, and so is what lies beside it."""
    source = write_zip(
        tmp_path / "d.zip",
        {
            f"Ada Lovelace_1_assignsubmission_file_/{name}": b"1",
            f"Ada Lovelace_1_assignsubmission_file_/{ONE}": b"ada",
            f"Bob Byte_2_assignsubmission_file_/{ONE}": b"bob",
        },
    )
    with limited(60):
        take_in_class(tmp_path / "class", "moodle", source, Roster())
    found = held(tmp_path / "class")
    assert {student: files[ONE] for student, files in found.items()} == {
        "Ada Lovelace": b"ada",
        "Bob Byte": b"bob",
    }


def test_no_name_of_a_student_is_too_long_for_a_folder(tmp_path):
    names = {"\u6f22" * 100: b"1", "Bob Byte": b"2"}
    files = {f"{name}_{n}_assignsubmission_file_/{ONE}": text for n, (name, text) in enumerate(names.items())}
    take_in_class(tmp_path / "class", "moodle", write_zip(tmp_path / "d.zip", files), Roster())
    assert sorted(files[ONE] for files in held(tmp_path / "class").values()) == [b"1", b"2"]


def test_files_of_an_archive_are_counted_before_they_are_listed(monkeypatch):
    """A list of millions would fill the memory of the process that takes a class in."""
    monkeypatch.setattr(archive.zipfile, "ZipFile", None)
    with pytest.raises(Refused, match="it holds 30000 files, more than 200"):
        archive.entries_within(archive.ENTRY * 30_000)
