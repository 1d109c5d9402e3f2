"""CSV as Excel and others write it is read, whatever encoding and separator it has."""

import codecs
import re
from datetime import UTC, datetime

import pytest

from grader.course import CHAPTER
from grader.exchange.roster import read_roster
from grader.grading.intake.collected import read_collected
from grader.grading.intake.tables import MAX_CELL, TableError, add_rows, as_it_was, harmless, read_rows
from grader.grading.recording.comments import read_comments

WHEN = "2026-11-15T23:59+00:00"

FORMS = {
    "UTF-8": ("{0},{1}", "utf-8"),
    "UTF-8 with a mark and semicolons": ("{0};{1}", "utf-8-sig"),
    "Windows": ("{0};{1}", "cp1252"),
    "Unicode text": ("{0}\t{1}", "utf-16"),
    "UTF-16 without a mark": ("{0},{1}", "utf-16-le"),
    "quoted": ('"{0}";"{1}"', "cp1252"),
}


def written(path, form, *rows):
    line, encoding = FORMS[form]
    path.write_bytes("".join(f"{line.format(*row)}\r\n" for row in rows).encode(encoding))
    return path


@pytest.mark.parametrize("form", FORMS)
def test_tables_of_all_kinds_are_read_in_every_form(tmp_path, form):
    written(tmp_path / "collected.csv", form, ("Student", "Time"), ("Jörg", WHEN))
    times = read_collected(tmp_path)
    assert times.of("Jörg", CHAPTER) == datetime(2026, 11, 15, 23, 59, tzinfo=UTC)
    roster = read_roster(written(tmp_path / "roster.csv", form, ("id", "last_name"), ("Jörg", "Müller")))
    assert [(student.id, student.last_name) for student in roster.students] == [("Jörg", "Müller")]
    groups = written(tmp_path / "groups.csv", form, ("group", "comment"), ("g1", "Größer?"))
    assert read_comments(groups) == [("g1", "Größer?")]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_added_to_a_table_that_a_spreadsheet_has_saved_joins_the_rest(tmp_path, form):
    table = written(tmp_path / "comments.csv", form, ("comment", "group"), ("Größer?", "g1"))
    add_rows(table, ["group", "comment"], [["g2", "a, b; c"]])
    assert read_comments(table) == [("g1", "Größer?"), ("g2", "a, b; c")]


@pytest.mark.parametrize(
    "text, rows",
    [
        ("sep=;\na,b;c\n", [(2, ["a,b", "c"])]),
        ("\n;;\n\nada;x\n", [(4, ["ada", "x"])]),
        ('a,"b\nc"\nd,e\n', [(1, ["a", "b\nc"]), (3, ["d", "e"])]),
        ("a,b\rc,d\r", [(1, ["a", "b"]), (2, ["c", "d"])]),
        ("", []),
    ],
)
def test_rows_have_the_numbers_of_their_lines(tmp_path, text, rows):
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode())
    assert read_rows(path) == rows


@pytest.mark.parametrize(
    "data, said",
    [
        (codecs.BOM_UTF16_LE + b"a", "cannot be read: .* Save it as CSV in UTF-8"),
        (b"\x81,\xff", "cannot be read: .* Save it as CSV in UTF-8"),
        (b"ada,b\n" + b"x" * (MAX_CELL + 1), "table.csv:2: this line is no CSV: field larger"),
    ],
)
def test_table_that_cannot_be_read_is_named_with_the_mend(tmp_path, data, said):
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    with pytest.raises(TableError, match=said):
        read_rows(path)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@a",
        "\t=1",
        "\n=1",
        "\uff1d1",
        "x;=HYPERLINK(1)",
        "a\n=1",
        "a;-1;+2",
        "a\r\n@b",
        "- a\n- b",
    ],
)
def test_no_part_of_a_cell_begins_as_a_formula_whatever_parts_the_cells_where_it_is_opened(text):
    shown = harmless(text)
    parts = re.split("[;\r\n]", shown)
    assert not any(part.startswith(("=", "+", "-", "@", "\t", "\uff1d")) for part in parts)
    assert as_it_was(shown) == text


@pytest.mark.parametrize("text", ["", "a - b", "f(x, -1)", "a; b", "one\n\ntwo", "it's; 'so'", "1e-3"])
def test_what_is_no_formula_stays_as_it_is(text):
    assert harmless(text) == text == as_it_was(text)
