"""From master to notebooks: a missing lesson stops the build, and no answer reaches a student."""

import json
import re
import shutil

import nbformat
import pytest
from conftest import MASTERS, ROOT, SOLVED, STUDENT
from one_lesson import MASTER, write

from grader.authoring import build as build_module
from grader.authoring.build import build, execute, find_masters, generate
from grader.authoring.generate import STUB
from grader.authoring.master import BEGIN, END, MasterError, read_master
from grader.course import CHAPTER, EXERCISES, LESSONS


@pytest.fixture
def masters(tmp_path):
    """A copy of the chapter's masters."""
    directory = tmp_path / "solutions" / CHAPTER
    directory.mkdir(parents=True)
    for master in MASTERS:
        shutil.copy(master, directory)
    return directory


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_missing_lesson_stops_the_build(masters, lesson):
    (masters / f"{lesson}.md").unlink()
    with pytest.raises(MasterError, match=re.escape(f"{lesson}.md:1: exercises belong to this lesson")):
        find_masters(masters)


def test_a_build_that_is_stopped_writes_nothing(tmp_path, masters):
    write(masters, MASTER.replace(END, ""))
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(MasterError):
        build(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "code, said",
    [
        ("1 / 0", "this cell fails: ZeroDivisionError: division by zero. Mend it, or tag it"),
        ("import os; os._exit(1)", "this cell ends the kernel. Does it exit"),
        ("while True: pass", "this cell does not end within 3 s. Does it loop"),
    ],
)
def test_a_cell_that_fails_stops_the_build_with_its_line(tmp_path, monkeypatch, code, said):
    monkeypatch.setattr(build_module, "SECONDS_A_CELL", 3)
    path = write(tmp_path, MASTER.replace("from grader import check", code))
    line = path.read_text().split("\n").index("```{code-cell} ipython3") + 1
    with pytest.raises(MasterError, match=re.escape(f"{path}:{line}: {said}")):
        execute(path, read_master(path))


# What is built is what the masters say


@pytest.mark.parametrize("master", MASTERS, ids=lambda path: path.stem)
def test_the_solved_notebook_is_that_of_its_master(master):
    def facts(notebook):
        return [(cell.id, cell.cell_type, cell.source, dict(cell.metadata)) for cell in notebook.cells]

    stored, expected = nbformat.read(master.with_suffix(".ipynb"), as_version=4), read_master(master)
    for ours, theirs in zip(facts(expected), facts(stored)):
        assert theirs == ours
    assert len(stored.cells) == len(expected.cells)
    assert stored.metadata == expected.metadata


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """What nbgrader's generate step makes of the solved notebooks, with a stray file among them."""
    course = tmp_path_factory.mktemp("course")
    source = course / "solutions" / CHAPTER
    shutil.copytree(SOLVED[0].parent, source)
    (source / "notes.md").write_text("the author's notes")
    generate(course, CHAPTER)
    return course / "notebooks" / CHAPTER


def test_student_notebooks_are_those_nbgrader_makes_of_the_solved_ones(generated):
    assert {path.name for path in generated.iterdir()} == {path.name for path in STUDENT}
    for path in STUDENT:
        assert path.read_bytes() == (generated / path.name).read_bytes(), path.name


@pytest.mark.parametrize("path", STUDENT, ids=lambda path: path.stem)
def test_a_student_notebook_has_the_solved_ones_cells_with_a_stub_for_each_solution(path):
    solved = nbformat.read(ROOT / "solutions" / CHAPTER / path.name, as_version=4)
    *cells, last = nbformat.read(path, as_version=4).cells
    assert last.source.endswith("from grader import check\ncheck.progress()")
    for ours, theirs in zip(solved.cells, cells, strict=True):
        assert (theirs.id, theirs.cell_type) == (ours.id, ours.cell_type)
        assert theirs.source == with_stub(ours.source)
        assert not theirs.get("outputs") and theirs.get("execution_count") is None


def with_stub(source):
    """The text of a cell with the stub, as deep as the solution's first line, for the solution."""
    region = re.compile(rf"^{BEGIN}\n(\s*)(.*?)^{END}$", re.S | re.M)
    return region.sub(lambda match: "\n".join(match[1] + line for line in STUB.split("\n")), source)


@pytest.mark.parametrize("path", STUDENT, ids=lambda path: path.stem)
def test_every_cell_of_a_student_notebook_compiles(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            compile(cell.source, cell.id, "exec")


@pytest.mark.parametrize("path", STUDENT, ids=lambda path: path.stem)
def test_a_student_notebook_is_a_valid_assignment(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    graded = [cell.metadata.nbgrader for cell in notebook.cells if "nbgrader" in cell.metadata]
    locked = [data for data in graded if not data.solution]
    assert {data.grade_id: data.points for data in locked if data.grade} == {
        e.name: e.points for e in EXERCISES.values() if e.lesson == path.stem
    }
    assert all(data.locked and data.checksum for data in locked)


# No answer reaches a student


def regions(text):
    return re.findall(rf"^{BEGIN}$.*?^{END}$", text, re.S | re.M)


def all_text(path):
    """Every piece of text in a notebook, wherever it stands."""

    def strings(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, (list, dict)):
            for inside in value.values() if isinstance(value, dict) else value:
                yield from [inside] if isinstance(inside, str) else strings(inside)

    return "\n".join(strings(json.loads(path.read_text(encoding="utf-8"))))


def test_the_students_folder_holds_the_lessons_the_start_page_and_nothing_else():
    files = [
        path
        for path in (ROOT / "notebooks").rglob("*")
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    ]
    assert sorted(files) == [*STUDENT, ROOT / "notebooks" / "start.ipynb"] and [
        path.stem for path in STUDENT
    ] == list(LESSONS)


@pytest.mark.parametrize("path", STUDENT, ids=lambda path: path.stem)
def test_no_line_of_any_solution_stands_in_a_student_notebook(path):
    masters = [master.read_text(encoding="utf-8") for master in MASTERS]
    secret = {line.strip() for text in masters for region in regions(text) for line in region.split("\n")}
    shown = {
        line.strip()
        for text in masters
        for line in re.sub("|".join(re.escape(region) for region in regions(text)), "", text).split("\n")
    }
    secret = {line for line in secret - shown if len(line) > 12}
    assert len(secret) > 50
    lines = all_text(path).split("\n")
    assert [line for line in lines if line.strip() in secret] == []
    assert BEGIN not in lines and END not in lines


@pytest.mark.parametrize("path", STUDENT, ids=lambda path: path.stem)
def test_a_student_notebook_holds_no_output_and_no_trace_of_the_author(path):
    notebook = nbformat.read(path, as_version=4)
    assert set(notebook.metadata) == {"grader", "kernelspec", "language_info"}
    assert str(ROOT) not in path.read_text(encoding="utf-8")


# The whole build


@pytest.mark.slow
def test_building_again_changes_nothing(tmp_path, masters):
    for stored in SOLVED:
        shutil.copy(stored, masters)
    build(tmp_path)
    for stored in SOLVED:
        assert (masters / stored.name).read_bytes() == stored.read_bytes(), stored.name
    for stored in STUDENT:
        assert (tmp_path / "notebooks" / CHAPTER / stored.name).read_bytes() == stored.read_bytes()
    assert (tmp_path / "gradebook.db").is_file()
