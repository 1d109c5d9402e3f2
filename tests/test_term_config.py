"""The instructor's own configuration and plug-in: found from everywhere, and one line where they fail."""

import shutil
import sys

import pytest
from class_runs import Here, Run, rendered, submit
from term import DUE, LATE_BY_A_DAY, LATE_PY, PLUG_IN, ZERO, agreed

from grader.__main__ import main
from grader.course import CHAPTER


@pytest.mark.parametrize(
    "config, late, place, said",
    [
        ("c = get_config(\n", None, "nbgrader_config.py:1", "SyntaxError: '(' was never closed"),
        ("\nimport not_there\n", None, "nbgrader_config.py:2", "No module named 'not_there'"),
        ("import sys\nsys.exit(3)\n", None, "nbgrader_config.py:2", "SystemExit: 3"),
        (ZERO.replace("zero", "most"), None, "nbgrader_config.py:2", "expected any of"),
        (PLUG_IN, None, "nbgrader_config.py:2", "could not be imported"),
        (PLUG_IN, "\nimport not_there\n", "late.py:2", "No module named 'not_there'"),
        (PLUG_IN, "x = (\n", "late.py:1", "SyntaxError"),
        (PLUG_IN, "class SubMarks: pass\n", "nbgrader_config.py:2", "expected a subclass"),
        (PLUG_IN, LATE_PY.replace("self, ", ""), "late.py:5", "TypeError: too many positional arguments"),
        (
            PLUG_IN,
            LATE_PY.replace("def late_s", "def s"),
            "nbgrader_config.py",
            "no attribute 'late_submission_penalty'",
        ),
    ],
)
def test_config_or_plug_in_that_fails_is_one_line_before_anything_is_graded(
    tmp_path, capsys, config, late, place, said
):
    submit(tmp_path, "ada")
    (tmp_path / "nbgrader_config.py").write_text(config)
    if late is not None:
        (tmp_path / "late.py").write_text(late)
    assert main(["grade", str(tmp_path)]) == 2
    *_, last = capsys.readouterr().err.strip().split("\n")
    assert last.startswith(f"{tmp_path}/{place}: ") and said in last
    assert not (tmp_path / "gradebook.db").exists() and not (tmp_path / "autograded").exists()


@pytest.mark.parametrize(
    "setting, meant",
    [
        ("LateSubmissionPlugin.penalty_metod = 'zero'", "penalty_method"),
        ("LateSubmisionPlugin.penalty_method = 'zero'", "LateSubmissionPlugin"),
        ("AssignLatePenalties.plugin_clas = 'late.SubMarks'", "plugin_class"),
        ("DailyPenalties.floor = 0.5", "DailyPenalty"),
        ("CourseDirectory.db_ur = 'sqlite:///marks.db'", "db_url"),
        ("Exchange.root = '/srv/exchange'", ""),
        ("LateSubmissionPlugin.penalty_method = 'zero'", ""),
    ],
)
def test_setting_that_nothing_reads_is_named_with_what_is_meant(late_class, setting, meant):
    (late_class / "nbgrader_config.py").write_text(f"c = get_config()\nc.{setting}\n")
    said = [line for line in Run(late_class, executor=Here()).announced if "nothing reads" in line]
    name = setting.partition(" =")[0]
    name = name if meant[0:1].islower() else name.partition(".")[0]
    place = f"{late_class}/nbgrader_config.py:2"
    assert said == ([f"{place}: nothing reads c.{name}; is {meant} meant?"] if meant else [])


@pytest.mark.parametrize(
    "body, said",
    [
        ("return 1 / (student_id != 'ada')", "late.py:6: ZeroDivisionError: division by zero"),
        ("return 'x' if student_id == 'ada' else 0", "late.py:5: ValueError: could not convert"),
        ("return float('nan') if student_id == 'ada' else 0", "late.py:5: ValueError: it asks for nan"),
        ("import sys; sys.exit(student_id)", "late.py:6: SystemExit: ada"),
    ],
)
def test_plug_in_that_fails_for_one_student_costs_nobody_else(late_class, body, said):
    (late_class / "submitted" / "bob" / CHAPTER / "timestamp.txt").write_text(LATE_BY_A_DAY)
    (late_class / "late.py").write_text(LATE_PY.format(body=body))
    (late_class / "nbgrader_config.py").write_text(PLUG_IN)
    run = Run(late_class, executor=Here())
    assert said in run.outcomes["ada"].penalty_error
    if "exit" not in body:
        assert not run.outcomes["bob"].penalty_error
    assert (agreed(late_class, run, "ada"), run.outcomes["ada"].failed) == (2, False)
    assert said in rendered([run.outcomes["ada"]])


def test_plug_in_is_found_from_whatever_directory_and_its_modules_are_its_class_s_own(
    late_class, tmp_path_factory
):
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(late_class / "submitted", other / "submitted")
    for course, half in ((late_class, 2), (other, 4)):
        (course / "late.py").write_text("import halves\n" + LATE_PY.format(body="return score / halves.HALF"))
        (course / "halves.py").write_text(f"print('loaded')\nHALF = {half}\n")
        (course / "nbgrader_config.py").write_text(PLUG_IN)
    assert Run(late_class, executor=Here()).outcomes["ada"].points == 1
    assert Run(other, executor=Here(), due=DUE).outcomes["ada"].points == 1.5
    assert not {"late", "halves"} & set(sys.modules)
