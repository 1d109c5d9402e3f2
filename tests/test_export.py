"""Marks and pages out: what Moodle and Canvas take back, and the wide table."""

import csv
import subprocess
import sys
import zipfile

import pytest
from classes import graded, write_class
from downloads import write_zip
from test_exchange import CANVAS_GRADEBOOK, MOODLE_WORKSHEET, ONE

from grader.__main__ import main
from grader.course import CHAPTER, CHAPTERS, EXERCISES
from grader.exchange.enter import enter_roster
from grader.exchange.intake import take_in_class
from grader.exchange.roster import Roster

LESSONS = CHAPTERS[CHAPTER].lessons


def rows_of(path):
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file))


@pytest.fixture
def course(tmp_path):
    """Two with marks, one of them 1 point less, and one without."""
    nothing = graded("bob", {})
    nothing.outcome.reason = "no notebook of the chapter in it"
    course = tmp_path / "class"
    course.mkdir()
    write_class(course, [graded("ada", {}), graded("emile", {"relu_if": "drops_zeros"}), nothing])
    return course


def with_roster(course, text):
    source = course.parent / "source.csv"
    source.write_text(text, encoding="utf-8")
    enter_roster(course, source)
    return source


def test_wide_table_has_a_column_for_each_exercise_and_the_reason_of_no_marks(course):
    with_roster(course, MOODLE_WORKSHEET)
    assert main(["export", str(course), "wide"]) == 0
    assert (course / f"marks-{CHAPTER}.csv").read_bytes().startswith(b"\xef\xbb\xbf")  # as Excel reads it
    head, ada, emile, bob = rows_of(course / f"marks-{CHAPTER}.csv")
    line = dict(zip(head, emile))
    assert (line["student_id"], line["last_name"], float(line["points"])) == ("emile", "Zola", 21)
    assert [float(line[name]) for name in EXERCISES] == [0, *(e.points for e in list(EXERCISES.values())[1:])]
    assert sum(float(dict(zip(head, ada))[name]) for name in EXERCISES) == 22
    assert dict(zip(head, bob))["points"] == "" and "no notebook" in bob[-1]


def test_workbook_holds_the_same(course):
    openpyxl = pytest.importorskip("openpyxl")
    target = course / "marks.xlsx"
    assert main(["export", str(course), "wide", "--to", str(target)]) == 0
    main(["export", str(course), "wide"])
    sheet = openpyxl.load_workbook(target).active
    as_text = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    assert as_text[0] == rows_of(course / f"marks-{CHAPTER}.csv")[0]
    assert [row[0] for row in as_text[1:]] == ["ada", "emile", "bob"]
    assert isinstance(sheet["E2"].value, int | float)


def test_moodles_worksheet_is_filled_and_otherwise_as_it_was(course):
    source = with_roster(course, MOODLE_WORKSHEET)
    assert main(["export", str(course), "moodle", "--fill", str(source)]) == 0
    before, after = rows_of(source), rows_of(course / f"moodle-{CHAPTER}.csv")
    grade = before[0].index("Grade")
    assert [row[grade] for row in after] == ["Grade", "22", "21", "", ""]
    assert [[*row[:grade], *row[grade + 1 :]] for row in after] == [
        [*row[:grade], *row[grade + 1 :]] for row in before
    ]


def said_and_written(course, capsys, form, text, *options):
    """What the command says of a table that is filled, and the table."""
    source = course.parent / "given.csv"
    source.write_text(text, encoding="utf-8")
    assert main(["export", str(course), form, "--fill", str(source), *options]) == 0
    return " ".join(capsys.readouterr().err.split()), (course / f"{form}-{CHAPTER}.csv").read_text("utf-8")


def test_marks_are_shares_of_what_moodle_gives_at_most_and_that_is_said(course, capsys):
    with_roster(course, MOODLE_WORKSHEET)
    said, written = said_and_written(course, capsys, "moodle", MOODLE_WORKSHEET.replace("22.00", "100.00"))
    assert f"{CHAPTERS[CHAPTER].points:g} points of the chapter are 100 there" in said
    assert [row[5] for row in csv.reader(written.splitlines())] == ["Grade", "100", "95.4545", "", ""]


def test_what_moodle_has_locked_stays_and_is_named(course, capsys):
    with_roster(course, MOODLE_WORKSHEET)
    before, _, after = MOODLE_WORKSHEET.partition("zola@example.org,Submitted for grading,,22.00,Yes")
    sheet = f"{before}zola@example.org,Submitted for grading,3.00,22.00,No{after}"
    said, written = said_and_written(course, capsys, "moodle", sheet)
    assert "locked in Moodle, where their marks stay: emile" in said and "no line" not in said
    assert [row[5] for row in csv.reader(written.splitlines())] == ["Grade", "22", "3.00", "", ""]


def test_a_worksheet_with_decimal_commas_gets_them_and_a_dash_is_no_grade(course, capsys):
    sheet = (
        "ID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestwertung,Änderbar,Zuletzt geändert\n"
        'Teilnehmer/in1,Ada L,ada,Abgegeben,-,"11,00",Ja,-\n'
        'Teilnehmer/in2,Emile Z,e@x.org,Abgegeben,"7,5","11,00",Ja,-\n'
    )
    with_roster(course, "id,last_name,lms_user_id\nada,L,1\nemile,Z,2\n")
    _, written = said_and_written(course, capsys, "moodle", sheet)
    assert [row[4] for row in csv.reader(written.splitlines())] == ["Bewertung", "11", "10,5"]


def test_a_worksheet_of_an_assignment_without_points_is_refused(course, capsys):
    source = with_roster(course, MOODLE_WORKSHEET.replace("22.00", "Pass"))
    assert main(["export", str(course), "moodle", "--fill", str(source)]) == 2
    assert "give the assignment points in Moodle" in " ".join(capsys.readouterr().err.split())


def test_canvas_table_is_written_with_its_separator_and_its_decimal_comma(course, capsys):
    with_roster(course, CANVAS_GRADEBOOK)
    table = (
        "Student;ID;SIS User ID;SIS Login ID;Section;Homework (7);Activations (777);Final Grade\n"
        ";;;;;Muted;Manual Posting;\n    Points Possible;;;;;10,0;11,0;(read only)\n"
        '"Lovelace, Ada";501;S1;ada;A;9,5;;\n"Zola, Émile";502;S2;emile;A;;3,5;\n"student, Test";599;;;A;;;\n'
    )
    said, written = said_and_written(course, capsys, "canvas", table)
    rows = list(csv.reader(written.splitlines(), delimiter=";"))
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Activations (777)"]
    assert [row[5] for row in rows[1:]] == ["Manual Posting", "11,0", "11", "10,5", ""]
    assert f"{CHAPTERS[CHAPTER].points:g} points of the chapter are 11 there" in said


def test_canvas_gets_the_ids_that_it_needs_and_one_column(course):
    source = with_roster(
        course, CANVAS_GRADEBOOK.replace("Activations (777)", "Homework (7),Activations (777)")
    )
    assert main(["export", str(course), "canvas", "--fill", str(source)]) == 0
    rows = rows_of(course / f"canvas-{CHAPTER}.csv")
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Activations (777)"]
    by_id = {row[1]: row[-1] for row in rows[1:]}
    assert by_id["501"] == "22" and by_id["502"] == "21" and by_id["599"] == ""


def test_column_of_canvas_that_is_not_clear_is_asked_for(course, capsys):
    source = with_roster(course, CANVAS_GRADEBOOK.replace("Activations (777)", "Week 1 (777)"))
    arguments = ["export", str(course), "canvas", "--fill", str(source)]
    assert main(arguments) == 2
    assert "Week 1 (777)" in capsys.readouterr().err
    assert main([*arguments, "--column", "Week 1 (777)"]) == 0


def test_marks_of_students_whom_the_table_does_not_have_are_named(course, capsys):
    source = with_roster(course, "".join(MOODLE_WORKSHEET.splitlines(True)[:2]))
    assert main(["export", str(course), "moodle", "--fill", str(source)]) == 0
    assert "no line" in capsys.readouterr().err


def test_without_a_roster_the_way_back_is_the_way_in(course):
    files = {
        f"Ada Lovelace_1001_assignsubmission_file_/{ONE}": b"1",
        f"Émile Zola_1002_assignsubmission_file_/{ONE}": b"2",
    }
    take_in_class(course, "moodle", write_zip(course.parent / "a.zip", files), Roster())
    write_class(course, [graded("Ada Lovelace", {}), graded("Émile Zola", {"relu_if": "drops_zeros"})])
    source = course.parent / "worksheet.csv"
    source.write_text(MOODLE_WORKSHEET.replace(",ada,", ",,").replace(",emile,", ",,"), encoding="utf-8")
    main(["export", str(course), "moodle", "--fill", str(source)])
    assert [row[5] for row in rows_of(course / f"moodle-{CHAPTER}.csv")][1:3] == ["22", "21"]


def test_archive_of_pages_has_the_names_that_moodle_reads(course):
    with_roster(course, MOODLE_WORKSHEET.replace("Émile Zola", "Émile_Z: Zola"))
    for student in ("ada", "emile", "zoe"):
        folder = course / "feedback" / student / CHAPTER
        folder.mkdir(parents=True)
        (folder / f"{LESSONS[0]}.html").write_text(student)
    (folder.parents[1] / "ada" / CHAPTER / "index.html").write_text("all of it")
    assert main(["export", str(course), "pages"]) == 0
    with zipfile.ZipFile(course / f"pages-{CHAPTER}.zip") as archive:
        held = {name: archive.read(name).decode() for name in archive.namelist()}
    # as Moodle takes a name apart: name, number, kind and kind of a plug-in, file
    parts = {tuple(name.split("_", 4)[1:]): text for name, text in held.items()}
    assert parts == {
        ("1001", "assignsubmission", "file", f"{CHAPTER}.html"): "all of it",
        ("1002", "assignsubmission", "file", f"{LESSONS[0]}.html"): "emile",
    }


def test_pages_without_a_number_are_refused(course, capsys):
    (course / "feedback" / "ada" / CHAPTER).mkdir(parents=True)
    assert main(["export", str(course), "pages"]) == 2
    assert "--from moodle" in " ".join(capsys.readouterr().err.split())


def test_nbgraders_own_export_writes_them_too(course):
    with_roster(course, MOODLE_WORKSHEET)
    nbgrader = [sys.executable, "-m", "nbgrader", "export", f"--CourseDirectory.root={course}"]
    subprocess.run(
        [*nbgrader, "--exporter=grader.exchange.plugins.WideTable", f"--to={course / 'w.csv'}"], check=True
    )
    main(["export", str(course), "wide"])
    assert rows_of(course / "w.csv") == rows_of(course / f"marks-{CHAPTER}.csv")
