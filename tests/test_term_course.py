"""A course that changes during a term: its gradebook follows, and what was given by hand is kept."""

import sqlite3
from contextlib import closing

import pytest
from class_runs import ONE, Here, Run, answered, gradebook, submit
from damaged import RIGHT, RIGHT_MAX
from term import agreed, rows

from grader.course import CHAPTER, CHAPTERS, EXERCISES, RENAMED
from grader.course.chapter import exercises_by_name
from grader.course.definition import DefinitionError
from grader.grading.records import ClassError


@pytest.fixture
def graded(tmp_path, confined):
    """Ada has both answers right, and a mark by hand on each."""
    submit(tmp_path, "ada", answered(relu_if=RIGHT, relu_max=RIGHT_MAX))
    Run(tmp_path, executor=Here())
    with gradebook(tmp_path) as book:
        for name, points in (("relu_if", 0.5), ("relu_max", 0.25)):
            book.find_grade(name, ONE, CHAPTER, "ada").manual_score = points
        book.db.commit()
    return tmp_path


def edit(course, *queries):
    with closing(sqlite3.connect(course / "gradebook.db")) as book, book:
        for query in queries:
            book.execute(query)


def followed(course):
    """Another run: its points, after seeing that all places agree, what was said, and Ada's outcome."""
    run = Run(course, executor=Here())
    points = agreed(course, run, "ada")
    assert [float(row["max_score"]) for row in rows(course)] == [run.outcomes["ada"].max_points]
    return points, run.announced[1:], run.outcomes["ada"]


KEPT = "any more: the gradebook with those marks is kept as gradebook-before-1.db."

ADD_LESSON = """INSERT INTO notebook (id, name, assignment_id, kernelspec)
                SELECT 'former', '00_former', id, '{}' FROM assignment"""
HANDED_IN = """INSERT INTO submitted_notebook (id, assignment_id, notebook_id, flagged)
               SELECT 'hers', id, 'former', 0 FROM submitted_assignment"""
FORMER_CELL = """INSERT INTO base_cell (id, name, type, notebook_id)
                 VALUES ('cell', 'tanh', 'GradeCell', 'former');
                 INSERT INTO grade_cells (id, max_score, cell_type) VALUES ('cell', 5, 'code');
                 INSERT INTO grade (id, cell_id, notebook_id, auto_score, manual_score, needs_manual_grade)
                 VALUES ('mark', 'cell', 'hers', 5, NULL, 0)"""


def test_lesson_that_was_removed_leaves_the_totals_and_its_marks_are_kept(graded):
    edit(graded, ADD_LESSON, HANDED_IN, *FORMER_CELL.split(";"))
    points, said, _ = followed(graded)
    assert points == 0.75
    assert said == [f"{CHAPTER} has no 00_former {KEPT}"]
    with closing(sqlite3.connect(graded / "gradebook-before-1.db")) as book:
        assert book.execute("SELECT auto_score FROM grade WHERE id = 'mark'").fetchall() == [(5,)]
    assert followed(graded)[:2] == (0.75, [])


def test_lesson_that_was_added_has_its_place_and_its_marks(graded):
    lesson = "02_relu_numpy"
    lessons = f"(SELECT id FROM notebook WHERE name = '{lesson}')"
    hers = f"(SELECT id FROM submitted_notebook WHERE notebook_id IN {lessons})"
    edit(
        graded,
        *(f"DELETE FROM {table} WHERE notebook_id IN {hers}" for table in ("grade", "comment")),
        *(
            f"DELETE FROM {table} WHERE notebook_id IN {lessons}"
            for table in ("submitted_notebook", "base_cell")
        ),
        f"DELETE FROM notebook WHERE name = '{lesson}'",
    )
    assert followed(graded)[:2] == (0.75, [])
    submit(graded, "ada", lesson=lesson)
    assert Run(graded, executor=Here()).outcomes["ada"].points == 3.75
    assert [float(row["score"]) for row in rows(graded)] == [3.75]


def test_exercise_that_was_added_to_a_lesson_with_marks_has_its_own(graded):
    cells = "(SELECT id FROM base_cell WHERE name LIKE 'relu_max%')"
    edit(
        graded,
        *(f"DELETE FROM {table} WHERE cell_id IN {cells}" for table in ("grade", "comment")),
        *(f"DELETE FROM {t} WHERE id IN {cells}" for t in ("grade_cells", "solution_cells")),
        *(f"DELETE FROM {t} WHERE name LIKE 'relu_max%'" for t in ("base_cell", "source_cell")),
    )
    assert followed(graded)[:2] == (0.5, [])
    submit(graded, "ada", answered(relu_max=RIGHT_MAX))
    assert followed(graded)[0] == 1.5


def test_exercise_that_was_removed_leaves_the_totals_and_its_marks_are_kept(graded):
    edit(graded, "UPDATE base_cell SET name = replace(name, 'relu_max', 'tanh')")
    points, said, ada = followed(graded)
    assert points == 0.5 and ada.by_hand == {"relu_if": 0.5}
    assert said == [f"{CHAPTER} has no tanh {KEPT}"]


def test_exercise_that_was_renamed_keeps_its_answers_and_marks_by_hand(graded, monkeypatch):
    monkeypatch.setattr(EXERCISES["relu_max"], "formerly", ("relu_old", "relu_oldest"))
    monkeypatch.setitem(RENAMED, "relu_oldest", "relu_max")
    renamed = "SET name = replace(name, 'relu_max', 'relu_oldest')"
    edit(graded, f"UPDATE base_cell {renamed}", f"UPDATE source_cell {renamed}")
    points, said, ada = followed(graded)
    assert (points, said, ada.by_hand) == (0.75, [], {"relu_if": 0.5, "relu_max": 0.25})
    notebook = answered(relu_max=RIGHT_MAX)
    for cell in notebook["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if about.get("grade_id", "").startswith("relu_max"):
            about["grade_id"] = about["grade_id"].replace("relu_max", "relu_oldest")
            cell["id"] = about["grade_id"].replace("_", "-")
    submit(graded, "bob", notebook)
    bob = Run(graded, executor=Here()).outcomes["bob"]
    assert (bob.points, bob.lessons[ONE].notes) == (1, [])


def test_name_that_an_exercise_had_may_not_be_another_s(monkeypatch):
    monkeypatch.setattr(EXERCISES["relu_max"], "formerly", ("relu_if",))
    with pytest.raises(DefinitionError, match="relu_max was formerly relu_if, which is there again"):
        exercises_by_name(CHAPTERS.values())


@pytest.mark.parametrize(
    "spoil, said",
    [
        ("UPDATE alembic_version SET version_num = '167914646830'", "run `nbgrader db upgrade`"),
        ("DROP TABLE alembic_version", "run `nbgrader db upgrade`"),
        ("UPDATE alembic_version SET version_num = 'ffffffffffff'", "newer nbgrader.*Install that"),
        ("ALTER TABLE assignment RENAME TO cookies", "no gradebook. Put a copy of it back, or move it away"),
    ],
)
def test_gradebook_of_another_nbgrader_is_named_before_anything_is_overwritten(graded, spoil, said):
    edit(graded, spoil)
    submit(graded, "ada", answered(relu_if=RIGHT))
    before = (graded / "autograded" / "ada" / CHAPTER / f"{ONE}.ipynb").stat().st_mtime_ns
    with pytest.raises(ClassError, match=rf"gradebook\.db: .*{said}"):
        Run(graded, executor=Here())
    assert (graded / "autograded" / "ada" / CHAPTER / f"{ONE}.ipynb").stat().st_mtime_ns == before
