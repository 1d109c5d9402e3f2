"""A student's folder: points so far, the archive to hand in, lessons that change, and what opens it."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile

import pytest
from conftest import MASTERS, ROOT
from damaged import RIGHT, cell, code, released, set_text, text_of

from grader import check
from grader.__main__ import main
from grader.authoring.master import read_header
from grader.authoring.start import write_start
from grader.course import CHAPTER, CHAPTERS, EXERCISES, LESSONS
from grader.course.handed_out import handed_out
from grader.course.places import release
from grader.course.questions import read_questions
from grader.desk import progress
from grader.desk.choices import keep_choice, read_choices
from grader.desk.pack import pack
from grader.desk.progress import read_all
from grader.desk.unpack import NotPacked, unpack
from grader.exchange.intake import take_in_class
from grader.exchange.roster import Roster
from grader.judging.interactive import answered
from grader.lab import lab, rerun
from grader.lab.updates import update
from tools.make_classroom import as_saved

ACTIVATIONS = CHAPTERS[CHAPTER]
ADDED = "# mine\nprint(6 * 7)"
COPIED = "class Activation_ReLU:\n    def forward(self, inputs):\n        self.output = inputs"


@pytest.fixture
def desk(tmp_path):
    """A chapter as a student works in it."""
    update(release(CHAPTER), tmp_path / "work" / CHAPTER)
    return tmp_path / "work" / CHAPTER


def answer(desk, lesson="01_relu_loop", source=RIGHT, name="relu_if"):
    """Answer an exercise, and add a cell and a text."""
    path = desk / f"{lesson}.ipynb"
    notebook = json.loads(path.read_bytes())
    set_text(cell(notebook, f"{name}-answer"), source)
    notebook["cells"] += [code(ADDED), {"cell_type": "markdown", "metadata": {}, "source": ["*My* note"]}]
    path.write_bytes(as_saved(notebook))
    return path


# Points so far


def test_a_check_keeps_its_points_beside_the_lesson(desk, monkeypatch, capsys):
    monkeypatch.chdir(desk)
    monkeypatch.setitem(
        sys.modules["__main__"].__dict__, "relu_if", lambda inputs: [max(0, n) for n in inputs]
    )
    check("relu_if")
    assert json.loads((desk / progress.FILE).read_text()) == {"relu_if": 1}
    monkeypatch.delitem(sys.modules["__main__"].__dict__, "relu_if")
    check("relu_if")  # after a restart, before the answer was run again
    capsys.readouterr()
    check.progress()
    said = capsys.readouterr().out
    assert f"1 of {ACTIVATIONS.points:g} points so far" in said and "Next: relu_max, in lesson 01" in said


@pytest.mark.parametrize("folder", progress.NOT_A_DESK)
def test_what_is_built_keeps_nothing(tmp_path, folder):
    place = tmp_path / folder / CHAPTER
    shutil.copytree(release(CHAPTER), place)
    progress.keep(EXERCISES["relu_if"], 1, place)
    assert not (place / progress.FILE).exists()


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"relu_if": "many", "stranger": 3}', '{"relu_if": 99}'])
def test_a_file_of_junk_gives_no_points_that_do_not_exist(desk, kept):
    (desk / progress.FILE).write_text(kept)
    (found,) = read_all(desk)
    assert found.total == ("99" in kept)


def test_progress_is_found_from_the_start_page_and_says_when_all_is_done(desk):
    (desk / progress.FILE).write_text(json.dumps({e.name: e.points for e in ACTIVATIONS.exercises}))
    (found,) = read_all(desk.parent)
    assert found.next is None and found.total == ACTIVATIONS.points
    assert f"href='{CHAPTER}/{LESSONS[0]}.ipynb'" in found.as_html()


def test_nothing_is_shown_where_there_are_no_lessons(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    check.progress()
    assert "no lesson" in capsys.readouterr().out


# The archive


def test_the_archive_says_what_is_in_it_and_what_is_missing(desk, capsys):
    (desk / "02_relu_numpy.ipynb").unlink()
    (desk / "03_dense_layer.ipynb").write_text("half a note")
    (desk / progress.FILE).write_text('{"relu_if": 1}')
    assert main(["pack", str(desk.parent)]) == 0
    said = capsys.readouterr().out
    assert f"{len(LESSONS) - 2} of {len(LESSONS)} lessons" in said and "1 of 2 points" in said
    assert "02_relu_numpy: missing" in said and "03_dense_layer: missing, or no notebook" in said
    assert zipfile.ZipFile(desk / f"{CHAPTER}.zip").namelist() == [
        f"{lesson}.ipynb" for lesson in LESSONS if not lesson.startswith(("02", "03"))
    ]


@pytest.mark.parametrize("saved", [False, True])
def test_the_archive_says_of_what_was_right_that_it_was_not_saved(desk, capsys, saved):
    if saved:
        path = answer(desk)
        notebook = json.loads(path.read_bytes())
        shown = {"output_type": "execute_result", "data": {"text/plain": ["1.0"]}, "metadata": {}}
        cell(notebook, "relu_if")["outputs"] = [shown | {"execution_count": 1}]
        path.write_bytes(as_saved(notebook))
    (desk / progress.FILE).write_text('{"relu_if": 1, "relu_max": 0}')
    main(["pack", str(desk)])
    said = capsys.readouterr().out
    assert ("relu_if earned 1, and 01_relu_loop as it was saved does not show that" in said) != saved
    assert "relu_max" not in said


def test_pack_says_where_there_is_nothing(tmp_path, capsys):
    assert main(["pack", str(tmp_path)]) == 2
    assert "no lesson lies in" in capsys.readouterr().err


def test_the_instructors_command_takes_the_archive(desk, tmp_path):
    answer(desk)
    (tmp_path / "handed-in").mkdir()
    pack(ACTIVATIONS, desk, tmp_path / "handed-in" / "ada.zip")
    (taken,) = take_in_class(tmp_path / "class", "pack", tmp_path / "handed-in", Roster([]))
    assert (taken.student.id, len(taken.notebooks), taken.notes) == ("ada", len(LESSONS), [])
    there = tmp_path / "class" / "submitted" / "ada" / CHAPTER / "01_relu_loop.ipynb"
    assert there.read_bytes() == (desk / "01_relu_loop.ipynb").read_bytes()


def test_nbgraders_collect_takes_the_archive(desk, tmp_path):
    place = tmp_path / "course" / "downloaded" / CHAPTER / "archive"
    place.mkdir(parents=True)
    pack(ACTIVATIONS, desk, place / "ada.zip")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "nbgrader",
            "zip_collect",
            CHAPTER,
            f"--CourseDirectory.root={tmp_path / 'course'}",
            r"--FileNameCollectorPlugin.named_regexp=.*/(?P<student_id>[^/]+)/(?P<file_id>[^/.]+)\.ipynb",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    there = tmp_path / "course" / "submitted" / "ada" / CHAPTER
    assert sorted(p.stem for p in there.glob("*.ipynb")) == sorted(LESSONS), done.stderr


# The archive, taken in again


def run_as_saved(desk, lesson="01_relu_loop", name="relu_if"):
    """Have the check cell of an answer show a point, as a lesson that was run and saved does."""
    path = desk / f"{lesson}.ipynb"
    notebook = json.loads(path.read_bytes())
    shown = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
    cell(notebook, name)["outputs"] = [shown | {"data": {"text/plain": "1.0"}}]
    path.write_bytes(as_saved(notebook))


def test_an_archive_brings_answers_and_points_to_another_place_and_what_was_there_is_kept(desk, tmp_path):
    answer(desk)
    run_as_saved(desk)
    packed = pack(ACTIVATIONS, desk, tmp_path / "mine.zip").path.read_bytes()
    other = tmp_path / "other" / CHAPTER
    update(release(CHAPTER), other)
    there = (other / "01_relu_loop.ipynb").read_bytes()
    (other / progress.FILE).write_text('{"softmax_batch": 2}')
    said = unpack(ACTIVATIONS, other, packed).said
    assert (other / "01_relu_loop.ipynb").read_bytes() == (desk / "01_relu_loop.ipynb").read_bytes()
    (kept,) = (other / "earlier").iterdir()
    assert kept.read_bytes() == there and kept.name in said[0]
    assert said[1:] == [f"{lesson}: the same as here" for lesson in LESSONS[1:]]
    assert json.loads((other / progress.FILE).read_text()) == {"softmax_batch": 2, "relu_if": 1}


def predicted(name, letter):
    """A cell as it is saved after a choice, and one in which nothing was chosen."""
    shown = {"output_type": "display_data", "metadata": {}}
    choice = answered(read_questions()[name], letter, {"text/plain": "You predicted **z)** nothing"})
    outputs = [shown | {"data": bundle} for bundle in choice]
    return code(f"# a comment\npredict('{name}')") | {"outputs": outputs}


def test_an_archive_brings_predictions_to_another_place(desk, tmp_path):
    names = list(read_questions())[:3]
    path = desk / "01_relu_loop.ipynb"
    notebook = json.loads(path.read_bytes())
    notebook["cells"] += [predicted(names[0], "b"), code(f"predict('{names[1]}')"), {"cell_type": "code"}]
    path.write_bytes(as_saved(notebook))
    other = tmp_path / "other" / CHAPTER
    update(release(CHAPTER), other)
    keep_choice(names[2], "a", other)
    unpack(ACTIVATIONS, other, pack(ACTIVATIONS, desk, tmp_path / "mine.zip").path.read_bytes())
    assert read_choices(other) == {names[0]: "b", names[2]: "a"}


def zipped(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no zip archive"),
        (zipped({"01_relu_loop.ipynb": "{}"})[:40], "no zip archive"),
        (zipped({"holiday.jpg": "x"}), "no lesson of"),
        (zipped({"01_relu_loop.ipynb": "half a note"}), "01_relu_loop in it is no notebook"),
        (zipped({"01_relu_loop.ipynb": '{"cells": 3}'}), "01_relu_loop in it is no notebook"),
    ],
)
def test_what_is_no_archive_changes_nothing(desk, data, reason):
    before = {path: path.read_bytes() for path in desk.glob("*") if path.is_file()}
    with pytest.raises(NotPacked, match=reason):
        unpack(ACTIVATIONS, desk, data)
    assert {path: path.read_bytes() for path in desk.glob("*") if path.is_file()} == before


def test_no_file_outside_of_the_folder_is_written(desk):
    notebook = (desk / "01_relu_loop.ipynb").read_text()
    unpack(ACTIVATIONS, desk, zipped({"../../01_relu_loop.ipynb": notebook + " ", "../x": "y"}))
    assert (desk / "01_relu_loop.ipynb").read_text() == notebook + " "
    assert not (desk.parent / "x").exists() and not (desk.parents[1] / "01_relu_loop.ipynb").exists()


def test_check_unpack_takes_a_named_archive_and_asks_for_its_name_where_no_button_can_be(
    desk, monkeypatch, capsys
):
    answer(desk)
    pack(ACTIVATIONS, desk)
    monkeypatch.chdir(desk)
    check.unpack()
    assert f"check.unpack('{CHAPTER}.zip')" in capsys.readouterr().out
    check.unpack(f"{CHAPTER}.zip")
    assert "01_relu_loop: the same as here" in capsys.readouterr().out
    (desk / "odd.zip").write_text("odd")
    check.unpack("odd.zip")
    assert "Nothing was taken in" in capsys.readouterr().out


# Lessons that change


@pytest.fixture
def newer(tmp_path):
    """The chapter as it is handed out later: its first lesson has another text and another cell."""
    folder = tmp_path / "newer"
    shutil.copytree(release(CHAPTER), folder)
    notebook = released("01_relu_loop")
    notebook["cells"][0]["source"] = ["# A better title"]
    notebook["cells"].insert(2, code("print('a new cell')"))
    (folder / "01_relu_loop.ipynb").write_bytes(as_saved(notebook))
    return folder


def texts(path):
    return [text_of(cell) for cell in json.loads(path.read_bytes())["cells"]]


def test_what_has_not_changed_is_left_alone(desk):
    path = answer(desk)
    before = path.read_bytes()
    assert update(release(CHAPTER), desk) == []
    assert path.read_bytes() == before


def test_a_copy_of_which_nobody_knows_what_it_was_is_left_alone_where_it_is_the_same(desk):
    path = answer(desk)
    shutil.rmtree(desk / ".handed-out")
    before = path.read_bytes()
    assert update(release(CHAPTER), desk) == []
    assert path.read_bytes() == before


def test_a_changed_lesson_takes_the_place_of_one_without_answers(desk, newer):
    (said,) = update(newer, desk)
    assert "nothing was answered" in said
    assert texts(desk / "01_relu_loop.ipynb") == texts(newer / "01_relu_loop.ipynb")
    assert update(newer, desk) == []


def forget(desk, path, *what):
    """Take away what tells the lesson's own cells from a student's: the copy beside it, its own list."""
    if "beside" in what:
        shutil.rmtree(desk / ".handed-out")
    if "inside" in what:
        notebook = json.loads(path.read_bytes())
        notebook["metadata"].pop("grader")
        path.write_bytes(as_saved(notebook))


@pytest.mark.parametrize("forgotten", [(), ("beside",), ("inside",), ("beside", "inside")])
def test_answers_come_into_the_changed_lesson_and_the_old_file_is_kept(desk, newer, forgotten):
    path = answer(desk)
    forget(desk, path, *forgotten)
    before = path.read_bytes()
    said = "\n".join(update(newer, desk))
    (kept,) = (desk / "earlier").iterdir()
    assert kept.read_bytes() == before and kept.name in said
    now = texts(path)
    expected = texts(newer / "01_relu_loop.ipynb")
    expected[next(i for i, text in enumerate(expected) if text.startswith("def relu_if"))] = RIGHT
    assert now == [*expected, *([ADDED, "*My* note"] if len(forgotten) < 2 else [])]


@pytest.mark.parametrize("forgotten", [(), ("beside",), ("inside",)])
def test_what_was_written_into_a_cell_of_the_lessons_survives_an_update(desk, newer, forgotten):
    """As the class of an earlier lesson that is to be copied there."""
    path, place = desk / "03_dense_layer.ipynb", "# copy your Activation_ReLU to here"
    notebook = json.loads(path.read_bytes())
    (at,) = (i for i, cell in enumerate(notebook["cells"]) if text_of(cell) == place)
    set_text(notebook["cells"][at], COPIED)
    path.write_bytes(as_saved(notebook))
    forget(desk, path, *forgotten)
    changed = released("03_dense_layer")
    changed["cells"].insert(at - 1, code("print('a new cell')"))
    (newer / "03_dense_layer.ipynb").write_bytes(as_saved(changed))
    update(newer, desk)
    now = texts(path)
    expected = texts(newer / "03_dense_layer.ipynb")
    assert now == [*expected[: at + 2], COPIED, *expected[at + 2 :]]


def test_an_older_lesson_than_was_brought_here_leaves_nothing_behind_that_is_not_the_students(desk, newer):
    """As one that was taken in from another computer."""
    older = released("01_relu_loop")
    older["cells"].insert(3, code("print('of long ago')"))
    texts_then = [one | {"source": text_of(one)} for one in older["cells"]]
    older["metadata"]["grader"] = {"handed_out": handed_out(texts_then)}
    set_text(cell(older, "relu_if-answer"), RIGHT)
    (desk / "01_relu_loop.ipynb").write_bytes(as_saved(older))
    update(newer, desk)
    now = texts(desk / "01_relu_loop.ipynb")
    assert RIGHT in now and "print('of long ago')" not in now


def test_a_file_that_cannot_be_read_is_left_as_it_is(desk, newer):
    (desk / "01_relu_loop.ipynb").write_text("half a note")
    (said,) = update(newer, desk)
    assert "left as it is" in said
    assert (desk / "01_relu_loop.ipynb").read_text() == "half a note"


# The start page


def test_the_start_page_is_that_of_the_lessons(tmp_path):
    write_start(tmp_path / "start.ipynb", map(read_header, MASTERS))
    assert (ROOT / "notebooks" / "start.ipynb").read_bytes() == (tmp_path / "start.ipynb").read_bytes()


def test_the_start_page_leads_to_every_lesson():
    text = (ROOT / "notebooks" / "start.ipynb").read_text()
    assert re.findall(r"\]\((\S+)\)", text) == [f"{CHAPTER}/{n}.ipynb" for n in LESSONS]


# Checked on the command line


def test_check_runs_a_lesson_as_it_is_saved_and_shows_points_and_cards(desk, capsys):
    for lesson in LESSONS[1:]:
        (desk / f"{lesson}.ipynb").unlink()
    path = answer(desk, source="def relu_if(inputs):\n    return [abs(n) for n in inputs]")
    before = path.read_bytes()
    assert main(["check", str(desk)]) == 0
    said = capsys.readouterr().out
    assert "relu_if: not right yet, 0 of 1 point" in said and "abs(n)" in said
    assert f"0 of {ACTIVATIONS.points:g} points so far" in said
    assert path.read_bytes() == before


def test_a_lesson_without_answers_is_not_run_and_of_one_with_them_no_picture_is_drawn(desk, monkeypatch):
    ran = []
    monkeypatch.setattr(rerun, "run", lambda notebook, folder: ran.append(notebook))
    path = desk / "01_relu_loop.ipynb"
    run_as_saved(desk)  # a point from before its answer was taken out
    assert rerun.rerun(path) == {"relu_if": (0, ""), "relu_max": (0, "")} and ran == []
    answer(desk)
    rerun.rerun(path)
    left = "\n".join(cell.source for cell in ran[0].cells if cell.cell_type == "code")
    assert RIGHT in left and ADDED in left and 'check("relu_max")' in left
    assert "matplotlib" not in left and "draws the picture" not in left


@pytest.mark.parametrize("mine", ["plt.plot([1, 2])", "print(x)"])
def test_what_a_students_cell_needs_of_a_picture_is_run(desk, mine):
    """`x` is made by the first picture of lesson 1."""
    path = answer(desk)
    notebook = json.loads(path.read_bytes())
    notebook["cells"].append(code(mine))
    path.write_bytes(as_saved(notebook))
    seen = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rerun, "run", lambda notebook, folder: seen.append(notebook))
        rerun.rerun(path)
    left = "\n".join(cell.source for cell in seen[0].cells if cell.cell_type == "code")
    assert "import matplotlib.pyplot as plt" in left and ("draws the picture" in left) is ("x" in mine)


def test_watching_sees_each_save_once(desk, monkeypatch):
    monkeypatch.setattr(rerun, "LOOK", 0)
    seen = rerun.changed(desk, ACTIVATIONS)
    assert next(seen) == [*LESSONS]
    path = answer(desk)
    path.touch()
    assert next(seen) == ["01_relu_loop"]


# JupyterLab


@pytest.mark.parametrize("can", [True, False])
def test_kernels_are_talked_to_in_code_where_that_can_be(can, monkeypatch):
    monkeypatch.setattr("zmq.has", lambda what: can)
    assert ["transport_encryption=auto" in flag for flag in lab.encrypted()] == [True] * can


def test_the_lessons_are_brought_into_work_and_opened(tmp_path, monkeypatch, capsys):
    calls = []
    monkeypatch.setattr(lab, "become", lambda *given: calls.append(given) or 0)
    monkeypatch.setattr(lab, "is_root", lambda: False)
    assert main(["lab", str(tmp_path / "work"), "--no-browser"]) == 0
    assert "01_relu_loop.ipynb: new" in capsys.readouterr().out
    ((command, folder, env),) = calls
    assert command[1:3] == ["-m", "jupyterlab"] and "--no-browser" in command
    assert folder == tmp_path / "work" and env["JUPYTER_CONFIG_PATH"].startswith(str(lab.CONFIG))


@pytest.mark.skipif(os.name != "posix", reason="a program cannot be replaced there")
def test_who_ends_the_command_ends_what_it_opened(tmp_path):
    shown = [sys.executable, "-c", "import os; print(os.getpid())"]
    program = f"from grader.lab.lab import become; become({shown}, '.', {{}})"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as started:
        assert int(started.stdout.read()) == started.pid


def test_root_is_told_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(lab, "become", lambda *_: pytest.fail("started for root"))
    monkeypatch.setattr(lab, "is_root", lambda: True)
    assert main(["lab", str(tmp_path / "work")]) == 1
    assert "--allow-root" in capsys.readouterr().err


def test_a_students_jupyterlab_has_nothing_of_an_instructors():
    """All that nbgrader switches on where it is installed is switched off."""
    ours = json.loads((lab.CONFIG / "jupyter_server_config.json").read_text())["ServerApp"][
        "jpserver_extensions"
    ]
    theirs = json.loads((ROOT / sys.prefix / "etc/jupyter/jupyter_server_config.d/nbgrader.json").read_text())
    assert set(ours) == set(theirs["ServerApp"]["jpserver_extensions"]) and not any(ours.values())


def test_an_option_that_no_command_knows_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["check", "--wach"])
    assert "--wach" in capsys.readouterr().err
