"""What is written out: CSV that a spreadsheet can take, text that any console can show."""

import csv
import io
import os
import subprocess
import sys

import pytest
from class_runs import Here, Run, answered, gradebook, submit
from conftest import ROOT
from damaged import RIGHT

from grader.__main__ import main
from grader.course import CHAPTER


def test_csv_is_valid_whatever_a_name_holds_and_no_cell_is_a_formula(late_class):
    with gradebook(late_class) as book:
        book.update_or_create_student(
            "ada", last_name='Lovelace, "Countess"\nof', first_name="=1+1", email="@SUM(A1)"
        )
        book.update_or_create_student("bob", last_name="-2+3", first_name="+4", email="\t=5")
    Run(late_class, executor=Here())
    text = (late_class / "grades.csv").read_bytes().decode("utf-8")
    ada, bob = csv.DictReader(io.StringIO(text, newline=""))
    assert ada["last_name"] == 'Lovelace, "Countess"\nof'
    assert [ada["first_name"], ada["email"]] == ["'=1+1", "'@SUM(A1)"]
    assert [bob["last_name"], bob["first_name"], bob["email"]] == ["'-2+3", "'+4", "'\t=5"]
    assert [float(row["score"]) for row in (ada, bob)] == [0, 1]


@pytest.mark.parametrize(
    "encoding, columns", [("ascii", "120"), ("cp1252", "20"), ("utf-8", "0"), ("utf-8", "120")]
)
def test_console_of_any_encoding_and_width_shows_the_table_and_never_fails(late_class, encoding, columns):
    submit(late_class, "李雷", answered(relu_if=RIGHT))
    Run(late_class, executor=Here())
    result = subprocess.run(
        [sys.executable, "-m", "grader", "grade", late_class],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": encoding, "COLUMNS": columns},
        capture_output=True,
        timeout=300,
    )
    assert result.returncode == 0, result.stderr
    text = result.stdout.decode(encoding)
    assert "ada" in text and ("李雷" in text or r"\u674e\u96f7" in text)


@pytest.mark.parametrize("end", ["| true", "2>&1 | true", "2>&1 | head -1"])
def test_reader_who_leaves_costs_no_marks_and_is_no_failure(late_class, end):
    submit(late_class, "cyd", answered(relu_if=RIGHT))
    command = f'set -o pipefail; "{sys.executable}" -m grader grade "{late_class}" {end}'
    result = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert result.returncode == 0 and "Traceback" not in result.stderr
    with gradebook(late_class) as book:
        assert book.find_submission(CHAPTER, "cyd").score == 1


@pytest.mark.parametrize(
    "end, status, said",
    [
        (">/dev/full", 1, "All marks are written, but not what was to be printed: No space left on device."),
        ("--json >/dev/full", 1, "All marks are written, but not what was to be printed: No space"),
        (">&-", 0, "report: "),
        ("<&- >&-", 0, "report: "),
        ("2>/dev/full", 0, ""),
        ("2>&-", 0, ""),
    ],
)
def test_output_that_nobody_can_have_costs_no_marks_and_is_told_as_it_is(late_class, end, status, said):
    submit(late_class, "cyd", answered(relu_if=RIGHT))
    command = f'"{sys.executable}" -m grader grade "{late_class}" {end}'
    result = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert result.returncode == status, result.stderr
    assert said in result.stderr and "Traceback" not in result.stderr and "Exception" not in result.stderr
    with gradebook(late_class) as book:
        assert book.find_submission(CHAPTER, "cyd").score == 1


def test_report_that_cannot_be_written_takes_neither_marks_nor_the_table(late_class, capsys):
    (late_class / "report").write_text("")
    assert main(["grade", str(late_class)]) == 1
    out, err = capsys.readouterr()
    assert "All marks are written, but not the report: " in err and "2 of 2 submissions have marks" in out


def test_messages_are_shown_as_they_stand(tmp_path, capsys):
    submit(tmp_path, "ada")
    lines = ["student,time", *(f"s{i},2026-11-15T23:59+00:00" for i in range(98)), "ada;[/bold]"]
    (tmp_path / "collected.csv").write_text("\n".join(lines))
    assert main(["grade", str(tmp_path)]) == 2
    assert "collected.csv:100: this line is not" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["grade", str(tmp_path), "--due", "[/bold]"])
