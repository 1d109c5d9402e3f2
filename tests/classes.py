"""Class directories as `grade` leaves them, made without running student code: for reports and exports."""

import csv
from functools import cache
from pathlib import Path

from conftest import judged, judged_mistake

from grader.course import CHAPTER, CHAPTERS, EXERCISES
from grader.grading.recording.gradebook import ClassGradebook
from grader.grading.records import Graded, LessonOutcome, Outcome, outcome_path
from grader.judging.verdict import Finding, Verdict

SEED = 5


@cache
def verdict_on(exercise: str, mistake: str = "") -> Verdict:
    """What the judge says to one of the misconceptions; to the reference, or to nothing at all."""
    if mistake == "unwritten":
        nothing = Finding("unwritten", f"{exercise} is waiting for your code.")
        return Verdict(exercise, 0.0, EXERCISES[exercise].points, "unwritten", (nothing,), seed=SEED)
    if mistake:
        return judged_mistake(exercise, mistake, SEED)
    return judged(exercise, EXERCISES[exercise].namespace(EXERCISES[exercise]._reference), SEED)


def graded(student: str, mistakes: dict[str, str], handed_in=None, chapter: str = CHAPTER) -> Graded:
    """A submission whose answers are right but for `mistakes`, of the lessons that were `handed_in`."""
    outcome = Outcome(student, chapter, max_points=CHAPTERS[chapter].points)
    result = Graded(outcome)
    for lesson in CHAPTERS[chapter].lessons:
        if handed_in is not None and lesson not in handed_in:
            outcome.lessons[lesson] = LessonOutcome("missing")
            continue
        names = [e.name for e in CHAPTERS[chapter].exercises if e.lesson == lesson]
        verdicts = [verdict_on(name, mistakes.get(name, "")) for name in names]
        result.scores[lesson] = {v.exercise: v.points for v in verdicts}
        result.unanswered[lesson] = [f"{v.exercise}-answer" for v in verdicts if v.status == "unwritten"]
        outcome.lessons[lesson] = LessonOutcome("graded", sum(v.points for v in verdicts), [], verdicts)
    return result


def write_class(course: Path, submissions: list[Graded]) -> None:
    """Their marks in the gradebook, and their outcomes, as a class run would leave them."""
    book = ClassGradebook(course, dict.fromkeys(graded.outcome.chapter for graded in submissions))
    for submission in submissions:
        outcome = submission.outcome
        (course / "submitted" / outcome.student / outcome.chapter).mkdir(parents=True, exist_ok=True)
        if not outcome.reason:
            book.write(submission)
        outcome.save(outcome_path(course, outcome.chapter, outcome.student))
    book.commit()
    book.export()
    book.close()


def write_groups(course: Path, text: str, group: str) -> Path:
    """A report's groups.csv with a comment filled in."""
    source = course / "groups.csv"
    with source.open("w", newline="", encoding="utf-8-sig") as file:  # as a spreadsheet saves it
        csv.writer(file, delimiter=";").writerows([["group", "comment"], [group, text], ["", ""]])
    return source
