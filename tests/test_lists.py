"""The formgrader's lists by our queries: the same as by nbgrader's, in as many questions for any class."""

from types import SimpleNamespace

import pytest
from class_runs import ONE, gradebook
from classes import graded, write_class
from nbgrader.api import BaseCell, Grade, Gradebook, GradeCell
from nbgrader.apps.api import NbGraderAPI
from nbgrader.server_extensions.formgrader import base
from nbgrader.server_extensions.formgrader.handlers import SubmissionNavigationHandler
from postgres import keep_on, server
from sqlalchemy import event, update
from sqlalchemy.engine import Engine

from grader.course import CHAPTER, CHAPTERS
from grader.grading.nbgrader.config import grading_config
from grader.grading.nbgrader.lists import NavigatedGradebook, QuickGradebook, QuickLists
from grader.grading.recording.storage import storage

LESSONS = CHAPTERS[CHAPTER].lessons
CLASS = {"Ärmel": {"relu_if": "unwritten"}, "ada": {}, "bob": {"normalize": "rounded_to_3"}, "cem": {}}


def make(course, people=CLASS):
    """A class with marks by hand, flags, extra credit, an essay, and somebody who handed nothing in."""
    write_class(course, [graded(student, mistakes) for student, mistakes in people.items()])
    for student in people:
        folder = course / "autograded" / student / CHAPTER
        folder.mkdir(parents=True)
        (folder / f"{ONE}.ipynb").touch()
    with gradebook(course) as book:
        book.update_or_create_student("zoe", first_name="Zoë", last_name="Z", email="z@example.org")
        book.find_grade("relu_if", ONE, CHAPTER, "ada").manual_score = 0.25
        book.find_grade("relu_max", ONE, CHAPTER, "ada").extra_credit = 1.5
        book.find_grade("relu_max", ONE, CHAPTER, "bob").needs_manual_grade = True
        book.find_submission_notebook(ONE, CHAPTER, "bob").flagged = True
        essay = book.add_task_cell("essay", ONE, CHAPTER, max_score=4, cell_type="markdown")
        notebook = book.find_submission_notebook(ONE, CHAPTER, "ada")
        book.db.add(
            Grade(cell_id=essay.id, notebook_id=notebook.id, manual_score=3, needs_manual_grade=False)
        )
        prose = [cell.id for cell in book.db.query(BaseCell).filter(BaseCell.name == "relu_max")]
        book.db.execute(
            update(GradeCell.__table__)
            .where(GradeCell.__table__.c.id.in_(prose))
            .values(cell_type="markdown")
        )
        book.db.commit()


@pytest.fixture(scope="module", params=["file", "server"])
def course(request, tmp_path_factory):
    place = tmp_path_factory.mktemp("class")
    if request.param == "file":
        make(place)
        yield place
        return
    with server() as postgres:
        keep_on(place, postgres.database())
        make(place)
        yield place


def lists(book):
    pages = [
        book.student_dicts(),
        book.submission_dicts(CHAPTER),
        *(book.notebook_submission_dicts(lesson, CHAPTER) for lesson in LESSONS),
        book.submission_dicts("no such chapter"),
    ]
    return [sorted(page, key=lambda row: row["id"]) for page in pages]


def test_they_are_nbgraders_own(course):
    url = storage(course).url
    with Gradebook(url) as theirs, QuickGradebook(url) as ours:
        expected, found = lists(theirs), lists(ours)
    assert found == expected
    assert [len(page) for page in found[:3]] == [len(CLASS) + 1, len(CLASS), len(CLASS)]
    ada = next(row for row in found[2] if row["student"] == "ada")
    assert (ada["task_score"], ada["written_score"], ada["code_score"]) == (3, 2.5, 0.25)
    assert {type(row["failed_tests"]) for row in found[2]} == {bool}


def api(kind, course):
    config = grading_config(course)
    config.CourseDirectory.db_url = storage(course).url.render_as_string(hide_password=False)
    return kind(config=config)


def test_what_the_formgrader_is_answered_is_the_same(course):
    expected, found = (
        [desk.get_notebook_submissions(CHAPTER, ONE), desk.get_submissions(CHAPTER), desk.get_students()]
        for desk in (api(kind, course) for kind in (NbGraderAPI, QuickLists))
    )
    assert found == expected and len(found[0]) == len(CLASS)


def test_a_larger_class_asks_no_more_questions(tmp_path):
    asked = []
    for size in (4, 9):
        course = tmp_path / str(size)
        course.mkdir()
        make(course, CLASS | {f"s{n}": {} for n in range(size - len(CLASS))})
        desk, count = api(QuickLists, course), []
        note = lambda *event, count=count: count.append(event[2])
        event.listen(Engine, "before_cursor_execute", note)
        assert len(desk.get_notebook_submissions(CHAPTER, ONE)) == size
        event.remove(Engine, "before_cursor_execute", note)
        asked.append(len(count))
    assert asked[0] == asked[1] > 0


def incorrect(course, kind):
    """What `next incorrect` goes through, and how many questions it asks for that."""
    asked, note = [], lambda *event: asked.append(event[2])
    with kind(storage(course).url) as book:
        handler = SimpleNamespace(gradebook=book, api=api(QuickLists, course))
        here = book.find_submission_notebook(ONE, CHAPTER, "ada")
        event.listen(Engine, "before_cursor_execute", note)
        found = SubmissionNavigationHandler._get_incorrect_submission_ids(handler, CHAPTER, ONE, here)
        event.remove(Engine, "before_cursor_execute", note)
        return [book.find_submission_notebook_by_id(one).student.id for one in found], len(asked)


def test_the_next_incorrect_one_is_found_by_as_many_questions_in_a_larger_class(tmp_path):
    asked = []
    for size in (4, 9):
        course = tmp_path / str(size)
        course.mkdir()
        make(course, CLASS | {f"s{n}": {"relu_if": "drops_zeros"} for n in range(size - len(CLASS))})
        expected, _ = incorrect(course, Gradebook)
        found, questions = incorrect(course, NavigatedGradebook)
        assert sorted(found) == sorted(expected) and len(found) == size - 2
        asked.append(questions)
    assert asked[0] == asked[1] > 0


def test_a_jupyter_server_s_formgrader_asks_this_way(tmp_path, monkeypatch):
    monkeypatch.setattr(base, "NbGraderAPI", NbGraderAPI)
    monkeypatch.setattr(base, "Gradebook", Gradebook)
    grading_config(tmp_path)
    assert base.NbGraderAPI is QuickLists and base.Gradebook is NavigatedGradebook
