"""The gradebook on PostgreSQL, by nbgrader's `db_url`: marks as in a file, and many write at once."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from class_runs import ONE, Here, Run, answered, gradebook, marks, submit
from classes import graded, write_class
from damaged import RIGHT, RIGHT_MAX
from nbgrader.apps.api import NbGraderAPI
from postgres import PASSWORD, keep_on, server
from sqlalchemy import create_engine, make_url, text
from term import DUE, LATE_BY_A_DAY, agreed

from grader.__main__ import main
from grader.course import CHAPTER, CHAPTERS
from grader.exchange.enter import enter_roster
from grader.grading.nbgrader.config import grading_config
from grader.grading.recording.storage import storage

CLASS = {
    "Ärmel": {"relu_if": "unwritten", "row_sums": "unwritten"},
    "ada": {},
    "Bob": {"normalize": "unwritten"},
    "x" * 100: {},
}
PENALTY = """c = get_config()
c.AssignLatePenalties.plugin_class = "grader.grading.nbgrader.late.DailyPenalty"
c.DailyPenalty.share_a_day = 0.25
"""


@pytest.fixture(scope="module")
def postgres():
    with server() as started:
        yield started


@pytest.fixture
def course(tmp_path, postgres):
    """A class directory that keeps its gradebook on the server, and takes a quarter of the points a day."""
    (tmp_path / "nbgrader_config.py").write_text(PENALTY)
    keep_on(tmp_path, postgres.database())
    return tmp_path


@pytest.fixture(scope="module")
def twins(tmp_path_factory, postgres):
    """The same class twice: with its gradebook in a file, and on the server."""
    file, on_server = tmp_path_factory.mktemp("file"), tmp_path_factory.mktemp("server")
    keep_on(on_server, postgres.database())
    for place in (file, on_server):
        write_class(place, [graded(student, mistakes) for student, mistakes in CLASS.items()])
        assert main(["report", str(place)]) == main(["export", str(place), "wide"]) == 0
    return file, on_server


def two_students(course):
    submit(course, "ada", answered(relu_if=RIGHT, relu_max=RIGHT_MAX))
    submit(course, "bob", answered(relu_if=RIGHT))
    (course / "submitted" / "ada" / CHAPTER / "timestamp.txt").write_text(LATE_BY_A_DAY)


def test_a_class_run_writes_to_the_server_and_all_places_agree(course, confined):
    two_students(course)
    first = Run(course, executor=Here(), due=DUE)
    assert (agreed(course, first, "ada"), agreed(course, first, "bob")) == (1.5, 1)
    assert not (course / "gradebook.db").exists()
    with gradebook(course) as book:
        book.find_grade("relu_max", ONE, CHAPTER, "bob").manual_score = 0.5
        book.db.commit()
    again = Run(course, executor=Here())
    assert again.began == [(0, 2)]
    assert (agreed(course, again, "ada"), agreed(course, again, "bob")) == (1.5, 1.5)
    forced = Run(course, executor=Here(), force=True)
    assert agreed(course, forced, "bob") == 1.5 and forced.outcomes["bob"].review == ["relu_max"]


@pytest.mark.parametrize("file", ["grades.csv", f"report/{CHAPTER}/report.json", f"marks-{CHAPTER}.csv"])
def test_what_is_written_is_the_same_as_with_a_file(twins, file):
    one, other = ((place / file).read_text(encoding="utf-8") for place in twins)
    assert one == other and all(student in one for student in CLASS)


def test_what_the_formgrader_lists_is_the_same_as_with_a_file(twins):
    def lists(place):
        config = grading_config(place)
        config.CourseDirectory.db_url = storage(place).url.render_as_string(hide_password=False)
        with NbGraderAPI(config=config).gradebook as book:
            pages = [
                book.student_dicts(),
                book.submission_dicts(CHAPTER),
                *(book.notebook_submission_dicts(lesson, CHAPTER) for lesson in CHAPTERS[CHAPTER].lessons),
                [
                    {"mean": book.average_assignment_score(CHAPTER)},
                    {"mean": book.average_notebook_code_score(ONE, CHAPTER)},
                ],
            ]
            ids = {"id", "index"}
            return [
                sorted(({k: v for k, v in row.items() if k not in ids} for row in page), key=str)
                for page in pages
            ]

    one, other = map(lists, twins)
    assert one == other and len(one[0]) == len(CLASS)


def test_several_mark_by_hand_while_the_class_is_graded(course, confined):
    two_students(course)
    Run(course, executor=Here())
    submit(course, "bob", answered(relu_if=RIGHT, relu_max=RIGHT_MAX))
    with gradebook(course) as unsaved, ThreadPoolExecutor(4) as others:
        unsaved.find_grade("relu_if", ONE, CHAPTER, "ada").extra_credit = 0.25
        unsaved.db.flush()  # a transaction that stays open, which would lock a file

        def mark(points):
            with gradebook(course) as book:
                book.find_grade("relu_if", ONE, CHAPTER, "bob").extra_credit = points
                book.db.commit()

        marking = [others.submit(mark, points / 8) for points in range(8)]
        assert Run(course, executor=Here()).graded == ["bob"]
        for one in marking:
            one.result()
        unsaved.db.commit()
    assert marks(course, "ada", ONE) == {"relu_if": 1.25, "relu_max": 1}
    assert marks(course, "bob", ONE)["relu_max"] == 1 and marks(course, "bob", ONE)["relu_if"] >= 1


def test_a_course_that_changes_leaves_a_copy_of_the_old_gradebook_in_the_class(course, confined):
    two_students(course)
    Run(course, executor=Here())
    with gradebook(course) as book:
        book.db.execute(text("UPDATE base_cell SET name = 'tanh' WHERE name = 'relu_max'"))
        book.db.commit()
    run = Run(course, executor=Here(), force=True)
    assert "has no tanh any more" in run.announced[1] and marks(course, "ada", ONE)["relu_max"] == 1
    with sqlite3.connect(course / "gradebook-before-1.db") as copy:
        scores = """SELECT g.auto_score FROM grade g JOIN base_cell c ON g.cell_id = c.id
                    WHERE c.name = 'tanh' ORDER BY 1"""
        assert copy.execute(scores).fetchall() == [(0,), (1,)]
        assert copy.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)


@pytest.mark.parametrize(
    "change, said",
    [
        ({"password": "another"}, "Mend user or password"),
        ({"database": "nowhere"}, "Make it there, by `createdb`"),
        ({"query": {"host": "/nowhere"}}, "See that the server runs"),
        ({"drivername": "mysql"}, "SQLite or PostgreSQL"),
        ({"drivername": "postgresql+asyncpg"}, "needs the driver asyncpg"),
    ],
    ids=str,
)
def test_a_server_that_cannot_be_used_is_named_before_anything_is_graded(
    tmp_path, postgres, capsys, change, said
):
    url = make_url(postgres.database()).set(**change)
    keep_on(tmp_path, url.render_as_string(hide_password=False))
    submit(tmp_path, "ada")
    assert main(["grade", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert said in error and "Traceback" not in error
    assert PASSWORD not in error and "another" not in error
    assert not (tmp_path / "autograded").exists() and not (tmp_path / "gradebook.db").exists()


def test_who_may_not_make_tables_is_told_so(tmp_path, postgres, capsys):
    url = postgres.database()
    with create_engine(url).begin() as book:
        book.execute(text("CREATE ROLE guest LOGIN PASSWORD 'guest-password'"))
    guest = make_url(url).set(username="guest", password="guest-password")
    keep_on(tmp_path, guest.render_as_string(hide_password=False))
    submit(tmp_path, "ada")
    assert main(["grade", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert "permission denied" in error and "owned by the user" in error and "guest-password" not in error


@pytest.mark.parametrize("server", [True, False], ids=["server", "file"])
def test_a_second_class_in_the_same_gradebook_is_refused_wherever_it_would_be_used(
    tmp_path, postgres, capsys, confined, server
):
    first, second = tmp_path / "2026", tmp_path / "2027"
    first.mkdir()
    keep_on(first, postgres.database() if server else f"sqlite:///{tmp_path / 'shared.db'}")
    submit(first, "ada", answered(relu_if=RIGHT))
    Run(first, executor=Here())
    assert main(["next", str(first), str(second)]) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "nbgrader_config.py still names the gradebook of" in said and PASSWORD not in said
    submit(second, "ada", answered())
    people = second / "people.csv"
    people.write_text("id\nada\n")
    for command in (["grade"], ["grade", "--roster", str(people)], ["desk"]):
        assert main([command[0], str(second), *command[1:]]) == 2
        said = " ".join(capsys.readouterr().err.split())
        assert f"of another class, that of {first}" in said and PASSWORD not in said, command
    assert not (second / "outcomes").exists() and marks(first, "ada", ONE)["relu_if"] == 1
    first.rename(tmp_path / "moved")  # the same class, elsewhere
    assert Run(tmp_path / "moved", executor=Here()).began == [(0, 1)]


def test_an_address_that_is_none_is_named(tmp_path, capsys):
    keep_on(tmp_path, "my database")
    submit(tmp_path, "ada")
    assert main(["grade", str(tmp_path)]) == 2
    assert "nbgrader_config.py: db_url is no address of a database" in capsys.readouterr().err


def test_a_roster_goes_there_whatever_its_names_are(course):
    long = "Ærø " * 50
    people = course / "people.csv"
    people.write_text(f"id,first_name,last_name,email\nada,{long},Lovelace,ada@x.org\n", encoding="utf-8")
    enter_roster(course, people)
    people.write_text("id,first_name,last_name,email\nada,Ada,,\nbob,Bob,B,\n", encoding="utf-8")
    enter_roster(course, people)
    with gradebook(course) as book:
        known = {s.id: (s.first_name, s.last_name, s.email) for s in book.students}
    assert known == {"ada": ("Ada", "Lovelace", "ada@x.org"), "bob": ("Bob", "B", None)}


def test_a_class_that_moves_to_a_server_takes_its_marks_along(tmp_path, postgres, confined):
    two_students(tmp_path)
    Run(tmp_path, executor=Here(), due=DUE)
    with gradebook(tmp_path) as book:
        book.find_grade("relu_max", ONE, CHAPTER, "bob").manual_score = 0.5
        book.db.commit()
    keep_on(tmp_path, postgres.database())
    moved = Run(tmp_path, executor=Here())
    assert moved.began == [(2, 0)] and moved.outcomes["bob"].review == ["relu_max"]
    assert (agreed(tmp_path, moved, "ada"), agreed(tmp_path, moved, "bob")) == (2, 1.5)
    assert moved.outcomes["ada"].due == DUE.isoformat()
