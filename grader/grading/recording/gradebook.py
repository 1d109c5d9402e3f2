"""nbgrader's gradebook, written by one process for a whole class, many submissions a transaction.

nbgrader opens it nine times for a notebook and commits after each cell. Here rows are written as its
steps would leave them (OverwriteCells, SaveAutoGrades, AssignLatePenalties of nbgrader 0.9.6): a test
grades the same class both ways and compares.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook, new_uuid
from nbgrader.utils import parse_utc
from sqlalchemy import bindparam, insert, select, update

from ...course import CHAPTERS
from ..records import Feedback, Graded, Outcome, Page, outcome_path
from .comments import GroupComments
from .database import clear_errors, open_gradebook
from .entry import ChapterRows, enter_chapter
from .export import export_grades
from .extensions import Extensions
from .penalties import LatePenalties, PenaltyError
from .roster import without_marks
from .storage import Storage, storage


@dataclass
class Mark:
    """One exercise of a submission in the gradebook."""

    id: str
    auto: float | None
    manual: float | None
    extra: float | None
    review: bool

    @property
    def score(self) -> float:
        """As nbgrader reckons it."""
        given = self.auto if self.manual is None else self.manual
        return (given or 0.0) + (self.extra or 0.0)

    @property
    def by_hand(self) -> bool:
        return self.manual is not None or bool(self.extra)


@dataclass
class Remark:
    """What is said of one answer cell."""

    id: str
    auto: str | None
    manual: str | None


@dataclass
class Rows:
    """One notebook of a submission in the gradebook: its marks and remarks by the cell's name."""

    id: str
    penalty: float | None
    marks: dict[str, Mark]
    remarks: dict[str, Remark]


class ClassGradebook:
    """The gradebook of a class directory; `write` takes graded submissions, `commit` makes them last."""

    def __init__(
        self,
        course: Path,
        chapters: Iterable[str] = CHAPTERS,
        due: Mapping[str, datetime] | None = None,
        penalties: LatePenalties | None = None,
        extensions: Extensions | None = None,
        comments: GroupComments | None = None,
        place: Storage | None = None,
    ):
        """Open it, or make it, with the chapters as they were released. Raises GradebookError.

        `due` has new due dates by chapter; `penalties`, `extensions`, `comments` and the `place` of the
        gradebook are the class's own unless given.
        `notes` are what an instructor is to know of changes of the course.
        """
        self.course = course
        self.place = place or storage(course)
        self.chapters, self.notes = {}, []
        with clear_errors(self.place), contextlib.ExitStack() as unless_ready:
            self.gradebook = open_gradebook(course, self.place)
            unless_ready.callback(self.close)  # a lock that is held would be in the next one's way
            self.db = self.gradebook.db
            for name in chapters:
                rows, notes = enter_chapter(self.gradebook, course, name, (due or {}).get(name))
                self.chapters[name] = rows
                self.notes += notes
            unless_ready.pop_all()
        self.penalties = penalties or LatePenalties(course)
        self.extensions = extensions or Extensions(course)
        self.comments = GroupComments(course) if comments is None else comments

    def write(self, graded: Graded, collected: datetime | None = None) -> Feedback:
        """Write one submission's marks; complete its outcome; return what its feedback pages show."""
        outcome = graded.outcome
        with clear_errors(self.place):
            submission = self.submission(outcome, collected)
            lessons = self.rows(outcome.chapter, submission.id)
            for name, rows in lessons.items():
                if outcome.state_of(name) == "unclear":
                    self.have_reviewed(rows)
                    continue
                self.write_marks(rows, graded.scores.get(name))
                if name in graded.scores:
                    self.write_remarks(rows, graded.unanswered[name])
            return self.settle(outcome, submission, lessons)

    def follow(self, outcome: Outcome, collected: datetime | None = None) -> Feedback:
        """Bring a known outcome to what the gradebook says now; return what its pages show.

        Late penalties are reckoned anew: due date, extension, plug-in and marks may be others.
        """
        with clear_errors(self.place):
            submission = self.submission(outcome, collected)
            return self.settle(outcome, submission, self.rows(outcome.chapter, submission.id))

    def submission(self, outcome: Outcome, collected: datetime | None) -> Any:
        """Its id, time, extension and whose it is; made, with all rows that belong to it, if it is new."""
        chapter = self.chapters[outcome.chapter]
        timestamp = read_time(collected or outcome.timestamp or None)
        outcome.claimed_time = collected is None and bool(outcome.timestamp)
        query = (
            select(
                SubmittedAssignment.id,
                SubmittedAssignment.timestamp,
                SubmittedAssignment.extension,
                Student.first_name,
                Student.last_name,
            )
            .join(Student, SubmittedAssignment.student_id == Student.id)
            .where(
                SubmittedAssignment.assignment_id == chapter.id,
                SubmittedAssignment.student_id == outcome.student,
            )
        )
        found = self.db.execute(query).one_or_none()
        if not found:
            self.new_submission(chapter, outcome.student, timestamp)
            found = self.db.execute(query).one()
        values = self.moment(outcome, timestamp, found.timestamp)
        outcome.collected = in_words(read_time(collected))
        values |= self.extension(outcome, chapter, found.extension)
        if not values:
            return found
        self.db.execute(
            update(SubmittedAssignment).where(SubmittedAssignment.id == found.id).values(**values)
        )
        return self.db.execute(query).one()

    def moment(self, outcome: Outcome, now: datetime | None, known: datetime | None) -> dict:
        """What is to be written of it; a time that only an earlier run gave is taken back."""
        if now or not known:
            return {} if now == known else {"timestamp": now}
        before = Outcome.load(outcome_path(self.course, outcome.chapter, outcome.student))
        given = [read_time(text) for text in (before.collected, before.timestamp) if text] if before else []
        return {"timestamp": None} if known in given else {}

    def extension(self, outcome: Outcome, chapter: ChapterRows, known: timedelta | None) -> dict:
        """What is to be written of it; nothing where the gradebook says so already, or alone knows."""
        key = outcome.chapter, outcome.student
        if chapter.due is None or key not in self.extensions.until:
            return {}
        until = read_time(self.extensions.until[key])
        wanted = max(until - chapter.due, timedelta()) if until else None
        return {} if wanted == known else {"extension": wanted}

    def new_submission(self, chapter: ChapterRows, student: str, timestamp: datetime | None) -> None:
        if not self.db.execute(select(Student.id).where(Student.id == student)).one_or_none():
            self.db.execute(insert(Student).values(id=student))
        submission_id = new_uuid()
        self.db.execute(
            insert(SubmittedAssignment).values(
                id=submission_id, assignment_id=chapter.id, student_id=student, timestamp=timestamp
            )
        )
        self.complete(chapter, submission_id, {}, set())

    def complete(self, chapter: ChapterRows, submission: str, own: dict[str, str], cells: set[str]) -> None:
        """Make the rows that a submission lacks, of all or of what is new in the chapter.

        It has `own` notebooks, by the chapter's, and rows for these `cells`.
        """
        notebooks, grades, comments = [], [], []
        for lesson in chapter.lessons.values():
            if lesson.id not in own:
                own[lesson.id] = new_uuid()
                notebooks.append(
                    {
                        "id": own[lesson.id],
                        "assignment_id": submission,
                        "notebook_id": lesson.id,
                        "flagged": False,
                    }
                )
            grades += [
                {"id": new_uuid(), "notebook_id": own[lesson.id], "cell_id": cell, "needs_manual_grade": True}
                for cell, _ in lesson.grades.values()
                if cell not in cells
            ]
            comments += [
                {"id": new_uuid(), "notebook_id": own[lesson.id], "cell_id": cell}
                for cell in lesson.answers.values()
                if cell not in cells
            ]
        for table, rows in ((SubmittedNotebook, notebooks), (Grade, grades), (Comment, comments)):
            if rows:
                self.db.execute(insert(table), rows)

    def rows(self, chapter: str, submission_id: str) -> dict[str, Rows]:
        """What the gradebook holds of a submission, by lesson."""
        of_submission = SubmittedNotebook.assignment_id == submission_id
        notebooks = select(
            SubmittedNotebook.id, SubmittedNotebook.notebook_id, SubmittedNotebook.late_submission_penalty
        ).where(of_submission)
        own = {row.notebook_id: row for row in self.db.execute(notebooks)}
        tables = {}
        for table, columns in (
            (Grade, (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade)),
            (Comment, (Comment.auto_comment, Comment.manual_comment)),
        ):
            query = (
                select(table.cell_id, table.id, *columns)
                .join(SubmittedNotebook, table.notebook_id == SubmittedNotebook.id)
                .where(of_submission)
            )
            tables[table] = {row[0]: row[1:] for row in self.db.execute(query)}
        lessons = self.chapters[chapter].lessons
        there = {cell for table in tables.values() for cell in table}
        if not there >= {cell for lesson in lessons.values() for cell in lesson.cells}:
            self.complete(
                self.chapters[chapter], submission_id, {key: row.id for key, row in own.items()}, there
            )
            return self.rows(chapter, submission_id)
        return {
            name: Rows(
                own[lesson.id].id,
                own[lesson.id].late_submission_penalty,
                {cell: Mark(*tables[Grade][row]) for cell, (row, _) in lesson.grades.items()},
                {cell: Remark(*tables[Comment][row]) for cell, row in lesson.answers.items()},
            )
            for name, lesson in lessons.items()
        }

    def write_marks(self, rows: Rows, scores: dict[str, float] | None) -> None:
        """Points of a notebook that was handed in, or none; those given by hand stay, to be looked at."""
        for name, mark in rows.marks.items():
            mark.auto = (scores or {}).get(name, 0.0)
            mark.review = mark.manual is not None and scores is not None
        self.enter(rows)

    def have_reviewed(self, rows: Rows) -> None:
        """Leave the points of a notebook as they are, and ask for a person to look at them."""
        for mark in rows.marks.values():
            mark.review = True
        self.enter(rows)

    def enter(self, rows: Rows) -> None:
        self.db.execute(
            update(Grade.__table__)
            .where(Grade.__table__.c.id == bindparam("row"))
            .values(auto_score=bindparam("auto"), needs_manual_grade=bindparam("review")),
            [{"row": mark.id, "auto": mark.auto, "review": mark.review} for mark in rows.marks.values()],
        )

    def write_remarks(self, rows: Rows, unanswered: list[str]) -> None:
        for name, remark in rows.remarks.items():
            remark.auto = "No response." if name in unanswered else None
        self.db.execute(
            update(Comment.__table__)
            .where(Comment.__table__.c.id == bindparam("row"))
            .values(auto_comment=bindparam("auto")),
            [{"row": remark.id, "auto": remark.auto} for remark in rows.remarks.values()],
        )

    def settle(self, outcome: Outcome, submission: Any, lessons: dict[str, Rows]) -> Feedback:
        """Reckon lateness, penalties and points; write the penalties; tell the outcome and the pages."""
        chapter = self.chapters[outcome.chapter]
        due = chapter.due and chapter.due + (submission.extension or timedelta())
        outcome.due, outcome.submitted = in_words(due), in_words(submission.timestamp)
        late = (submission.timestamp - due).total_seconds() if due and submission.timestamp else 0.0
        outcome.seconds_late = max(0.0, late)
        self.give_comments(outcome, lessons)
        pages = {name: self.page(chapter, name, rows) for name, rows in lessons.items()}
        outcome.penalty_error = ""
        for name, page in pages.items():
            if is_there(outcome, name):
                outcome.lessons[name].points = page.score
            handed_in = is_there(outcome, name) if outcome.lessons else page.score > 0
            self.take_penalty(outcome, page, lessons[name], handed_in)
        marks = {cell: mark for rows in lessons.values() for cell, mark in rows.marks.items()}
        outcome.by_hand = {cell: mark.score for cell, mark in marks.items() if mark.by_hand}
        outcome.review = [cell for cell, mark in marks.items() if mark.review]
        outcome.late_penalty = sum(page.late_penalty for page in pages.values())
        outcome.points = max(0.0, sum(page.score for page in pages.values()))
        outcome.max_points = sum(page.max_score for page in pages.values())
        there = {name: page for name, page in pages.items() if is_there(outcome, name)}
        return Feedback(called(outcome.student, submission), outcome.points, outcome.max_points, there)

    def give_comments(self, outcome: Outcome, lessons: dict[str, Rows]) -> None:
        """Those that are for all answers with the same mistake, after what a person wrote."""
        if not self.comments:
            return
        wanted = self.comments.of(outcome)
        remarks = {name: remark for rows in lessons.values() for name, remark in rows.remarks.items()}
        for name, remark in remarks.items():
            settled = self.comments.settle(remark.manual, wanted.get(name.removesuffix("-answer"), ""))
            if settled != (remark.manual or None):
                remark.manual = settled
                values = {"manual_comment": settled}
                self.db.execute(update(Comment).where(Comment.id == remark.id).values(values))

    def page(self, chapter: ChapterRows, lesson: str, rows: Rows) -> Page:
        scores = {
            cell: (rows.marks[cell].score, most) for cell, (_, most) in chapter.lessons[lesson].grades.items()
        }
        return Page(
            sum(score for score, _ in scores.values()),
            sum(most for _, most in scores.values()),
            scores=scores,
            comments={
                cell: remark.auto if remark.manual is None else remark.manual
                for cell, remark in rows.remarks.items()
            },
        )

    def take_penalty(self, outcome: Outcome, page: Page, rows: Rows, handed_in: bool) -> None:
        """By the course's own plug-in; where that fails, none is taken, and the outcome says so."""
        penalty = None
        try:
            if handed_in:
                penalty = self.penalties.of(outcome.student, page.score, outcome.seconds_late)
        except PenaltyError as error:
            outcome.penalty_error = str(error)
        if penalty != rows.penalty:
            self.db.execute(
                update(SubmittedNotebook)
                .where(SubmittedNotebook.id == rows.id)
                .values(late_submission_penalty=penalty)
            )
        page.late_penalty = penalty or 0.0
        page.score -= page.late_penalty

    def without_marks(
        self, chapter: str, present: Iterable[str], unmarked: Iterable[Outcome]
    ) -> list[Outcome]:
        """Outcomes of those on the roster who have no folder, and of the `unmarked`."""
        with clear_errors(self.place):
            return list(without_marks(self.db, self.course, chapter, present, unmarked))

    def commit(self) -> None:
        with clear_errors(self.place):
            self.db.commit()

    def export(self) -> None:
        """Write grades.csv."""
        with clear_errors(self.place):
            export_grades(self.db, self.course / "grades.csv")

    def close(self) -> None:
        self.gradebook.close()


def enter_before_autograde(assignment: str, student: str, notebooks: list[str]) -> None:
    """Make a chapter known in the course that is the current directory: nbgrader's hook."""
    ClassGradebook(Path.cwd(), [assignment]).close()


def is_there(outcome: Outcome, lesson: str) -> bool:
    """Whether this notebook was handed in."""
    return outcome.state_of(lesson) != "missing"


def called(student: str, row: Any) -> str:
    """The student's name, where the gradebook has it, and id."""
    name = " ".join(filter(None, (row.first_name, row.last_name)))
    return f"{name} ({student})" if name else student


def in_words(time: datetime | None) -> str:
    """ISO 8601 with a zone; empty for no time. The gradebook keeps UTC."""
    return time.replace(tzinfo=UTC).isoformat() if time else ""


def read_time(time: datetime | str | None) -> datetime | None:
    """As nbgrader keeps it: in UTC, without a zone. None for what cannot be one after all."""
    try:
        return parse_utc(time)
    except (ValueError, OverflowError):
        return None
