"""Rosters and the names of files: who is in a class, whose a file is, and which notebook it is."""

import csv
import os
import re
import unicodedata

import pytest
from class_runs import gradebook
from classes import graded, write_class
from downloads import write_zip, zipped
from test_exchange import CANVAS_GRADEBOOK, LESSONS, MOODLE_WORKSHEET, NBGRADER, ONE, TWO, held, roster

from grader.course import CHAPTER
from grader.exchange import archive
from grader.exchange.enter import enter_download, enter_roster
from grader.exchange.filling import Sheet
from grader.exchange.intake import take_in_class
from grader.exchange.marks import People
from grader.exchange.names import Owner, canvas_owner, lesson_of, moodle_owner, pack_owner
from grader.exchange.roster import Roster, Student, read_roster
from grader.exchange.times import read_moment
from grader.grading.records import ClassError

# --- rosters

SHORT = """ID,Vollständiger Name,E-Mail,Status,Bewertung,Bestwertung,Änderbar
Teilnehmer/in1,A B,a@x,Ja,-,"22,0",Ja
"""


@pytest.mark.parametrize(
    "text, ids",
    [
        (NBGRADER, ["ada", "emile"]),
        (NBGRADER.replace(",", ";"), ["ada", "emile"]),
        (MOODLE_WORKSHEET, ["ada", "emile", "ada2", "bob"]),
        (CANVAS_GRADEBOOK, ["ada", "emile"]),
        ("First name,Surname,ID number,Email address\nAda,Lovelace,,ada@example.org\n", ["ada@example.org"]),
        (
            "First name,Last name,Email address,Roles\nAda,Lovelace,ada@example.org,Student\n",
            ["ada@example.org"],
        ),
        ("Vorname;Nachname;E-Mail-Adresse\nÄda;von Lovelace;ada@x.org\n", ["ada@x.org"]),
        (
            "Prénom,Nom,Numéro,Adresse de courriel,Groupes\nAda,L,m1,ada@x.org,A\nZoé,Z,m2,z@x.org,A\n",
            ["m1", "m2"],
        ),
        (
            "Nombre,Apellido(s),Departamento,Correo\nAda,L,Física,ada@x.org\nZ,Z,Física,z@x.org\n",
            ["ada@x.org", "z@x.org"],
        ),
        (
            "name,canvas_user_id,user_id,login_id,sections,group_name,canvas_group_id,group_id\n"
            "Ada Lovelace,501,S1,ada,A,Team Rocket,7,\nBob Noyce,502,S2,,A,,,\n",
            ["ada", "502"],
        ),
        (
            "Identifier,Status,Grade,Maximum grade,Grade can be changed,Last modified (submission)\n"
            "Participant 1001,Submitted,,22.00,Yes,-\n",
            ["participant 1001"],
        ),
        ("ID,First_Name,Last_Name\nada,Ada,L\n", ["ada"]),
        ("Vorname;Nachname;E-Mail-Adresse\nAda2;M;ada@x.org\nBob;Noyce;\n", ["ada@x.org", "Bob Noyce"]),
        ('Student;ID;SIS Login ID;A (7)\n"Lovelace, Ada";501;ada;"7,5"\n"student, Test";9;x;\n', ["ada"]),
        (SHORT + 'Teilnehmer/in2,C D,c@x,Ja,"7,5","22,0",Nein\n', ["a@x", "c@x"]),
        (SHORT.replace(",-,", ',"22,0",'), ["a@x"]),
        (
            'ID,Status,Bewertung,Bestwertung,Änderbar\nTeilnehmer/in1001,Abgegeben,,"22,00",Ja\n',
            ["participant 1001"],
        ),
    ],
)
def test_roster_is_read_from_what_nbgrader_moodle_and_canvas_write(tmp_path, text, ids):
    assert [student.id for student in roster(tmp_path, text).students] == ids


TEAMS = """\
Identifier,Full name,ID number,Email address,Status,Group,Grade,Maximum Grade,Grade can be changed
Participant 12,Ada Lovelace,ada,ada@example.org,Submitted,Team Rocket!,,22.00,Yes
Participant 13,Émile Zola,emile,zola@example.org,Submitted,Team Rocket!,,22.00,Yes
Participant 14,Bob Noyce,bob,bob@example.org,Submitted,,,22.00,Yes
"""


@pytest.mark.parametrize(
    "kind, path, people",
    [
        ("moodle", "Team Rocket_14_assignsubmission_file", TEAMS),  # a group's number, which is Bob's too
        (
            "moodle",
            "Team Rocket_14_assignsubmission_file",
            TEAMS.replace("Identifier,Full name", "ID,Vollständiger Name")
            .replace("Group,Grade,Maximum Grade", "Gruppe,Bewertung,Bestwertung")
            .replace("Participant ", "Teilnehmer/in"),
        ),
        (
            "canvas",
            "teamrocket_501_9001",
            "name,canvas_user_id,login_id,group_name\nAda Lovelace,501,ada,Team Rocket\n"
            "Émile Zola,502,emile,Team Rocket\nBob Noyce,503,bob,\n",
        ),
        (
            "pack",
            "team rocket",
            "id,first_name,last_name,group\nada,,,Team Rocket\nemile,,,Team Rocket\nbob,,,\n",
        ),
    ],
    ids=["moodle", "german", "canvas", "pack"],
)
def test_a_group_s_submission_is_that_of_all_its_members(tmp_path, kind, path, people):
    name = f"{path}_{ONE}" if kind == "canvas" else f"{path}/{ONE}"
    other = {"moodle": f"Bob Noyce_77_assignsubmission_file/{TWO}", "canvas": f"noycebob_503_1_{TWO}"}
    source = write_zip(tmp_path / "a.zip", {name: b"ours", other.get(kind, f"bob/{TWO}"): b"his"})
    taken = take_in_class(tmp_path / "class", kind, source, roster(tmp_path, people))
    assert held(tmp_path / "class") == {"ada": {ONE: b"ours"}, "bob": {TWO: b"his"}, "emile": {ONE: b"ours"}}
    numbers = {one.student.id: one.student.lms for one in taken}
    with (tmp_path / "class" / "intake.csv").open(newline="", encoding="utf-8") as file:
        noted = {row["student"]: row["lms"] for row in csv.DictReader(file)}
    assert {who: noted[who] for who in ("ada", "emile")} == {who: numbers[who] for who in ("ada", "emile")}


def test_a_group_s_number_is_not_taken_for_a_student_s(tmp_path):
    files = {
        f"Team Rocket_14_assignsubmission_file/{ONE}": b"1",
        f"Bob Noyce_9_assignsubmission_file/{ONE}": b"2",
    }
    people = (
        TEAMS.replace(",Group,", ",").replace(",Team Rocket!,", ",").replace("Submitted,,,", "Submitted,,")
    )
    taken = take_in_class(
        tmp_path / "class", "moodle", write_zip(tmp_path / "a.zip", files), roster(tmp_path, people)
    )
    assert held(tmp_path / "class") == {"bob": {ONE: b"2"}}
    assert [one.owner.name for one in taken if one.unmapped] == ["Team Rocket"]


def test_where_moodle_hides_names_the_number_alone_tells(tmp_path):
    files = {f"Teilnehmerin_{n}_assignsubmission_file/{ONE}": str(n).encode() for n in (12, 13)}
    take_in_class(tmp_path / "class", "moodle", write_zip(tmp_path / "a.zip", files), roster(tmp_path, TEAMS))
    assert held(tmp_path / "class") == {"ada": {ONE: b"12"}, "emile": {ONE: b"13"}}


def test_whom_canvas_hides_is_taken_in_by_the_name_that_it_gives(tmp_path):
    files = {f"anon_h3K9a_9001_{ONE}": b"1", f"LATE_anon_Zz1_9002_{ONE}": b"2"}
    source = write_zip(tmp_path / "a.zip", files)
    taken = take_in_class(tmp_path / "class", "canvas", source, roster(tmp_path, CANVAS_GRADEBOOK))
    assert held(tmp_path / "class") == {"anon_Zz1": {ONE: b"2"}, "anon_h3K9a": {ONE: b"1"}}
    assert all("hides the name" in one.notes[0] for one in taken)
    assert [one.notes[1:] != [] for one in taken] == [one.owner.name == "anon_Zz1" for one in taken]


@pytest.mark.parametrize(
    "head",
    ["Nachname;Vorname", "Surname;First name", "Nom;Prénom", "Apellido(s);Nombre", "姓;名", "Фамилия;Имя"],
)
def test_last_names_may_come_first(tmp_path, head):
    (ada,) = roster(tmp_path, f"{head};E-Mail\nLovelace;Ada;ada@example.org\n").students
    assert (ada.first_name, ada.last_name) == ("Ada", "Lovelace")


def test_letters_that_may_be_wrong_are_said(tmp_path):
    path = tmp_path / "people.csv"
    for letters, doubtful in (("cp1250", True), ("utf-8", False), ("utf-16", False)):
        path.write_text("id,last_name\nada,Łęcka\n", encoding=letters)
        doubt = read_roster(path).doubt
        assert bool(doubt) == doubtful
    path.write_text("id,last_name\nada,Lovelace\n", encoding="cp1250")
    assert not read_roster(path).doubt
    path.write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(ClassError, match="is a workbook"):
        read_roster(path)


def test_names_and_numbers_are_those_of_the_line(tmp_path):
    ada = roster(tmp_path, CANVAS_GRADEBOOK).students[0]
    assert (ada.first_name, ada.last_name, ada.lms) == ("Ada", "Lovelace", "501")
    ada = roster(tmp_path, MOODLE_WORKSHEET).students[0]
    assert (ada.name, ada.email, ada.lms) == ("Ada Lovelace", "ada@example.org", "1001")


@pytest.mark.parametrize(
    "text, said",
    [
        ("a,b\n1,2\n", "names no student"),
        ("", "names no student"),
        ("id\nada\nada\n", "two lines"),
        ("id\n../ada\n", "cannot be a student's id"),
    ],
)
def test_roster_that_cannot_be_used_is_refused_with_the_reason(tmp_path, text, said):
    with pytest.raises(ClassError, match=said):
        roster(tmp_path, text)


def test_who_is_there_twice_is_nobody_unless_the_number_tells():
    two = Roster([Student("a", "Ada", "Lovelace", lms="1"), Student("b", "Ada", "Lovelace", lms="2")])
    assert two.find("Ada Lovelace") is None
    assert two.find("Ada Lovelace", "2").id == "b"
    assert two.find("adalovelace", "3") is None


# --- names of files


@pytest.mark.parametrize(
    "path, name, lms, file",
    [
        ("Ada Lovelace_1001_assignsubmission_file_/01.ipynb", "Ada Lovelace", "1001", "01.ipynb"),
        ("Ada Lovelace_1001_assignsubmission_file_01_a.ipynb", "Ada Lovelace", "1001", "01_a.ipynb"),
        ("Class 7/Ada_1001_assignsubmission_file/sub/01.ipynb", "Ada", "1001", "01.ipynb"),
        ("Participant_1001_assignsubmission_file_/01.ipynb", "Participant", "1001", "01.ipynb"),
    ],
)
def test_moodle_says_whose_it_is(path, name, lms, file):
    found = moodle_owner(archive.PurePosixPath(path))
    assert (found.owner.name, found.owner.lms, found.name) == (name, lms, file)


def test_online_text_of_moodle_is_no_file_but_somebodys(tmp_path):
    source = write_zip(
        tmp_path / "moodle.zip", {"Ada_1_assignsubmission_onlinetext_/onlinetext.html": b"<p>Here it is.</p>"}
    )
    (taken,) = take_in_class(tmp_path / "class", "moodle", source, Roster())
    assert (taken.student.id, taken.notebooks) == ("Ada", [])
    assert taken.notes == ["there is no notebook among its files"]


GERMAN = """ID,Vollständiger Name,Matrikelnummer,E-Mail-Adresse,Status,Bewertung,Bestwertung,\
Bewertung kann geändert werden,Zuletzt geändert (Abgabe),Feedback als Kommentar
Teilnehmer/in1001,Ada Lovelace,m1,ada@example.org,Abgegeben,,"22,00",Ja,"Sonntag, 15. November",
Teilnehmer/in1002,Émile Ångström,m2,emile@example.org,Keine Abgabe,,"22,00",Ja,-,
"""
SPANISH = """Identificador,"Nombre completo","Dirección de correo",Estado,Calificación,"Calificación máxima",\
"La calificación puede ser cambiada","Última modificación (entrega)"
Participante 1001,"Ada Lovelace",m1,Enviado,"10,00","22,00",Sí,"2026-11-15 21:00"
Participante 1002,"Émile Ångström",m2,"No entregado",,"22,00",Sí,-
"""


@pytest.mark.parametrize(
    "text, ids, late",
    [
        (GERMAN, ["m1", "m2"], "Sonntag, 15. November"),
        (
            GERMAN.replace("Matrikelnummer,", "").replace(",m1", "").replace(",m2", ""),
            None,
            "Sonntag, 15. November",
        ),
        (
            SPANISH.replace("m1", "ada@example.org").replace("m2", "emile@example.org"),
            None,
            "2026-11-15 21:00",
        ),
    ],
)
def test_moodles_worksheet_is_known_in_any_language(tmp_path, text, ids, late):
    ada, emile = roster(tmp_path, text).students
    assert [ada.id, emile.id] == (ids or ["ada@example.org", "emile@example.org"])
    assert (ada.name, ada.lms, emile.lms, ada.submitted) == ("Ada Lovelace", "1001", "1002", late)


def test_moodles_worksheet_is_filled_in_any_language_and_keeps_its_headings(tmp_path):
    path = tmp_path / "worksheet.csv"
    path.write_text(GERMAN, encoding="utf-8")
    sheet = Sheet.read(path, "Grade")
    sheet.fill({"m1": 7.5}, lambda line: line["ID number"], "22,00", 22)
    assert sheet.rows[0] == next(csv.reader(GERMAN.split("\n")))
    assert [row[5] for row in sheet.rows] == ["Bewertung", "7,5", ""] and not sheet.notes


@pytest.mark.parametrize(
    "text, read",
    [
        ("Sonntag, 15. November 2026, 21:00", "11-15 21:00"),
        ("Tuesday, 10 November 2026, 11:27 PM", "11-10 23:27"),
        ("Tuesday, 10 November 2026, 12:05 AM", "11-10 00:05"),
        ("dimanche 1 février 2026, 08:05", "02-01 08:05"),
        ("lunes, 2 de marzo de 2026, 09:30", "03-02 09:30"),
        ("domenica, 3 maggio 2026, 21:07", "05-03 21:07"),
        ("zondag, 1 maart 2026, 21:07", "03-01 21:07"),
        ("2026-11-15 21:00", "11-15 21:00"),
        ("Sun, 15 Nov 2026, 9:00 PM", "11-15 21:00"),
        ("Nov 15, 2026, 9:00 PM", "11-15 21:00"),
        ("Sunnuntai 15. marraskuuta 2026, 21:00", "11-15 21:00"),
        ("воскресенье, 15 ноября 2026, 21:00", "11-15 21:00"),
        ("czwartek, 15 października 2026, 21:00", "10-15 21:00"),
        ("15 Ağustos 2026, Cumartesi, 21:00", "08-15 21:00"),
        ("15. Jänner 2026, 21:00", "01-15 21:00"),
        ("Κυριακή, 15 Νοεμβρίου 2026, 21:00", "11-15 21:00"),
        ("2026年 11月 15日(日曜日) 21:00", "11-15 21:00"),
        ("2026年11月15日 星期日 下午9:05", "11-15 21:05"),
        ("2026년 11월 15일 일요일, 오전 12:05", "11-15 00:05"),
        ("2026年11月15日 星期日 晚上9:05", None),
        ("niedziela, 15 listopada 2026, 21:00", "11-15 21:00"),
        ("nedjelja, 15. studenoga 2026, 21:00", "11-15 21:00"),
        ("niedz., 15 lis 2026, 21:00", "11-15 21:00"),
        ("četvrtak, 15. listopada 2026, 21:00", "10-15 21:00"),
        ("15 listopada 2026, 21:00", None),
        ("poniedziałek, 15 listopada 2026, 21:00", None),
        ("niedziela, 31 listopada 2026, 21:00", None),
        ("15 jui 2026, 21:00", None),
        ("11/12/2026 21:00", None),
        ("15 Nov 2026, 21:00 PM", None),
        ("Sonntag, 35. November 2026, 21:00", None),
        ("", None),
    ],
)
def test_moodles_times_are_read_in_its_larger_languages(text, read):
    moment = read_moment(text)
    assert (moment and f"{moment:%m-%d %H:%M}") == read


def test_a_time_that_is_not_understood_is_said(tmp_path):
    people = roster(tmp_path, GERMAN)
    source = write_zip(tmp_path / "m.zip", {"Ada_1001_assignsubmission_file_/01_relu_loop.ipynb": b"{}"})
    (taken,) = take_in_class(tmp_path / "class", "moodle", source, people)
    assert "the time Sonntag, 15. November is not understood; give it in collected.csv" in taken.notes


def test_archives_in_an_archive_are_opened_up_to_a_limit(tmp_path):
    lesson = f"{LESSONS[0]}.ipynb"
    hand_in = zipped({"all/work.zip": zipped({f"deep/{lesson}": b"{}"})})
    many = zipped({f"{n}.zip": zipped({f"{m}.zip": zipped({}) for m in range(150)}) for n in range(150)})
    source = write_zip(
        tmp_path / "moodle.zip",
        {
            "Ada_1_assignsubmission_file_/hand in.zip": hand_in,
            "李 雷_2_assignsubmission_file_many.zip": many,
            "李 雷_3_assignsubmission_file_" + lesson: b"{}",
        },
    )
    taken = {one.owner.lms: one for one in take_in_class(tmp_path / "class", "moodle", source, Roster())}
    assert taken["1"].notebooks == [lesson] and not taken["1"].notes
    assert not taken["2"].notebooks and "more than 20 archives" in " ".join(taken["2"].notes)
    assert [taken[number].student.id for number in "23"] == ["李 雷 2", "李 雷 3"]


def test_a_folder_whose_name_is_no_text_or_holds_orders_to_a_terminal_costs_nobody_else(tmp_path):
    names = [b"\xff\xfe", b"\x1b[2J\n!", "e\u0301ve".encode(), "\u00e9ve".encode(), b"ada"]
    for name in names:
        folder = os.fsencode(tmp_path / "download") + b"/" + name
        os.makedirs(folder)
        with open(folder + f"/{LESSONS[0]}.ipynb".encode(), "wb") as file:
            file.write(b"{}")
    lines = list(enter_download(tmp_path / "class", "pack", str(tmp_path / "download"), Roster(), CHAPTER))
    assert all(line.isprintable() for line in lines)
    assert {path.name for path in (tmp_path / "class" / "submitted").iterdir()} >= {"ada", "\u00e9ve"}
    assert {"ada", "\u00e9ve"} <= People(tmp_path / "class", CHAPTER).owners.keys()


def test_however_many_files_are_not_taken_the_marks_find_their_way_back(tmp_path):
    """A table of notes that cannot be read any more would keep everybody's marks from Moodle."""
    folder = "Ada_1_assignsubmission_file_/"
    many = {
        f"{folder}{n}.zip": zipped({f"{n}-{m}-{'x' * 70}.zip": b"none" for m in range(190)})
        for n in range(19)
    }
    source = write_zip(tmp_path / "moodle.zip", {**many, f"{folder}{LESSONS[0]}.ipynb": b"{}"})
    for _ in range(2):  # the second reads what the first has written
        (taken,) = take_in_class(tmp_path / "class", "moodle", source, Roster())
    assert len(taken.notes) < 30 and taken.notebooks
    assert People(tmp_path / "class", CHAPTER).owners["Ada"].lms == "1"


@pytest.mark.parametrize(
    "path, lms, file, late",
    [
        ("lovelaceada_501_9001_01_relu_loop-1.ipynb", "501", "01_relu_loop-1.ipynb", False),
        ("lovelaceada_LATE_501_9001_01_relu_loop.ipynb", "501", "01_relu_loop.ipynb", True),
        ("submissions/lovelaceada_late_501_9001_a b.zip", "501", "a b.zip", True),
        ("lovelaceada_501_9001_2026_11_x.ipynb", "501", "2026_11_x.ipynb", False),
        ("lovelaceada_LATE_501_text.html", "501", "", True),
        ("lovelaceada_501_link.html", "501", "", False),
    ],
)
def test_canvas_says_whose_it_is(path, lms, file, late):
    found = canvas_owner(archive.PurePosixPath(path))
    assert found.owner == Owner("lovelaceada", lms)
    assert (found.name, found.is_late) == (file, late)


@pytest.mark.parametrize(
    "name, attempt",
    [
        (ONE, 0),
        (ONE.replace(".ipynb", "-3.ipynb"), 3),
        (ONE.replace(".ipynb", " (2).ipynb"), 2),
        (ONE.replace(".ipynb", "-Copy1.ipynb"), 1),
        (ONE.replace(".ipynb", " (1)-2.ipynb"), 3),
        (ONE.upper(), 0),
        (ONE.replace("_", " "), 0),
        (ONE + ".json", 0),
    ],
)
def test_a_notebook_is_known_by_what_is_left_of_its_name(name, attempt):
    assert lesson_of(name, LESSONS) == (LESSONS[0], attempt)


@pytest.mark.parametrize("name", ["notes.ipynb", ".ipynb", LESSONS[0], LESSONS[0] + ".py", "-1.ipynb", ""])
def test_other_files_are_no_lesson(name):
    assert lesson_of(name, LESSONS) == ("", 0)


@pytest.mark.parametrize(
    "path, name",
    [
        ("ada.zip", "ada"),
        ("week 3/ada.zip", "ada"),
        (f"ada/{CHAPTER}.zip", "ada"),
        (f"ada/{CHAPTER} (1).zip", "ada"),
        (f"ada_{CHAPTER}.zip", "ada"),
        (f"{CHAPTER}-ada-2.zip", "ada"),
        (f"ada/{CHAPTER}/{ONE}", "ada"),
        ("inactivations.zip", "inactivations"),
    ],
)
def test_an_archive_of_pack_is_the_student_s_whose_name_it_or_its_folder_has(path, name):
    assert pack_owner(archive.PurePosixPath(path)).owner.name == name


def test_an_archive_that_only_the_chapter_names_is_nobody_s():
    assert pack_owner(archive.PurePosixPath(f"{CHAPTER}.zip")) is None


@pytest.mark.parametrize("name", ["Jürgen Müller", "Ju\u0308rgen Mu\u0308ller", "Zoë O'Brien, Ph.D", "李 雷"])
def test_names_of_an_archive_are_read_whatever_has_written_it(tmp_path, name):
    """macOS writes UTF-8 without saying so; of Windows' own letters those of Western Europe are read."""
    path, names = f"{name}_1_assignsubmission_file_/{ONE}", {}
    for flagged in (True, False):
        data = bytearray(zipped({path: b"1"}))
        if not flagged:
            for mark, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
                data[data.index(mark) + offset] &= ~0x08
        (tmp_path / "a.zip").write_bytes(data)
        with archive.opened(tmp_path / "a.zip") as (entry,):
            names[flagged] = moodle_owner(entry.path).owner.name
    assert names[True] == names[False] == unicodedata.normalize("NFC", name)


def test_who_is_not_on_the_next_roster_leaves_the_class_but_for_those_with_marks(tmp_path):
    write_class(tmp_path, [graded("ada", {})])
    source = tmp_path / "class.csv"
    source.write_text("id,first_name\nada,Ada\nbob,Bob\nzoe,Z\0\x1boe\n")
    assert enter_roster(tmp_path, source).notes == []
    with gradebook(tmp_path) as book:
        assert book.find_student("zoe").first_name == "Z\ufffd\ufffdoe"
    source.write_text("id,first_name\nbob,Robert\n")
    assert enter_roster(tmp_path, source).notes == [
        "ada is not on the roster any more; there are marks, and they stay.",
        "zoe is not on the roster any more, and is left out.",
    ]
    with gradebook(tmp_path) as book:
        assert [(s.id, s.first_name) for s in book.students] == [("ada", "Ada"), ("bob", "Robert")]


@pytest.mark.parametrize(
    "lines, said",
    [
        ("id\nada\nbob\n\nada\n", "class.csv:5: two lines have the id ada, this one and line 2"),
        ("id\nada\n../eve\n", "class.csv:3: '../eve' cannot be a student's id"),
    ],
)
def test_a_line_of_a_roster_that_cannot_be_used_is_named(tmp_path, lines, said):
    source = tmp_path / "class.csv"
    source.write_text(lines)
    with pytest.raises(ClassError, match=re.escape(said)):
        enter_roster(tmp_path, source)
