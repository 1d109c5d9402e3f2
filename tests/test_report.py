"""The class report: its numbers, what it says the class got wrong, and the page itself."""

import csv
import json
import re
import sqlite3
import time
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from bs4 import BeautifulSoup
from classes import graded, verdict_on, write_class, write_groups
from scipy.stats import pearsonr

from grader.__main__ import main
from grader.course import CHAPTER, CHAPTERS, EXERCISES
from grader.grading.recording.comments import add_comments
from grader.grading.records import outcome_path
from grader.judging.alike import code_only, group_of, line_of
from grader.judging.verdict import Finding, Verdict
from grader.reporting import items
from grader.reporting.data import read_class
from grader.reporting.figures import draw_heat_map
from grader.reporting.nameless import nameless_finding
from grader.reporting.report import MOST_SHOWN, Options, Report
from grader.reporting.writing import write_reports

LESSONS = CHAPTERS[CHAPTER].lessons

# Who holds which mistake: what the report has to find again.
HELD = {
    "ada": {},
    "ben": {"relu_if": "drops_zeros"},
    "cem": {"relu_if": "drops_zeros", "row_sums": "down_the_columns"},
    "dia": {"relu_if": "drops_zeros", "relu_max": "appended_twice"},
    "eva": {"relu_if": "changes_the_input", "relu_max": "changes_the_input"},
    "fay": {"confidences": "unwritten", "predictions": "unwritten"},
}
STOPPED_EARLY = "gil"  # handed in lessons 1 and 2 only


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = tmp_path_factory.mktemp("class")
    ungraded = graded("zoe", {})
    ungraded.outcome.reason = "the notebooks lie in submitted/zoe/: move them"
    late = graded("hal <script>alert(1)<script>", {"relu_if": "drops_zeros"})
    late.outcome.notes = ["hal_secret.ipynb is no notebook of the chapter."]
    everybody = [graded(name, mistakes) for name, mistakes in HELD.items()]
    write_class(course, [*everybody, graded(STOPPED_EARLY, {}, LESSONS[:2]), late, ungraded])
    return course


@pytest.fixture(scope="module")
def report(course):
    return Report(read_class(course, CHAPTER))


@pytest.fixture(scope="module")
def pages(course):
    """The page with names, the page without, as text."""
    return [
        write_reports(course, options=Options(anonymous=anonymous))[0].read_text(encoding="utf-8")
        for anonymous in (False, True)
    ]


# --- item analysis


def test_difficulty_is_the_mean_share_of_the_points():
    assert items.difficulty(np.array([0.0, 1.5, 3.0, 3.0]), 3) == 7.5 / 12


def test_discrimination_leaves_the_item_itself_out():
    scores = np.random.default_rng(1).integers(0, 3, (40, 5)).astype(float)
    rest = np.delete(scores, 2, axis=1).sum(axis=1)
    assert items.discrimination(scores, 2) == pytest.approx(pearsonr(scores[:, 2], rest).statistic)
    assert items.discrimination(scores, 2) < pearsonr(scores[:, 2], scores.sum(axis=1)).statistic


def test_upper_lower_compares_the_tails_and_no_order_of_rows_decides():
    totals = np.arange(100.0)
    item = (totals >= 50).astype(float)
    scores = np.column_stack([item, totals])
    assert items.upper_lower(scores, 0, 1) == 1.0
    tied = np.random.default_rng(2).integers(0, 2, (31, 4)).astype(float)
    shuffled = tied[np.random.default_rng(3).permutation(31)]
    assert items.upper_lower(tied, 1, 1) == pytest.approx(items.upper_lower(shuffled, 1, 1))


@pytest.mark.parametrize("totals", [np.arange(10.0), np.zeros(10), np.array([3.0, 3, 3, 1, 1, 1, 1, 0])])
def test_tails_hold_exactly_their_share(totals):
    weights = items.tail_weights(totals, items.TAIL * len(totals))
    assert weights.sum() == pytest.approx(items.TAIL * len(totals))
    assert np.all((weights >= 0) & (weights <= 1))


def test_alpha_is_one_for_equal_items_and_about_nothing_for_unrelated_ones():
    column = np.random.default_rng(4).normal(size=(500, 1))
    assert items.alpha(np.repeat(column, 4, axis=1)) == pytest.approx(1)
    assert abs(items.alpha(np.random.default_rng(5).normal(size=(2000, 4)))) < 0.15


@pytest.mark.parametrize("scores", [np.zeros((0, 3)), np.zeros((1, 3)), np.ones((50, 3))])
def test_numbers_that_cannot_be_computed_are_none_and_warn_of_nothing(scores, recwarn):
    exercises = CHAPTERS[CHAPTER].exercises[:3]
    found = items.analyse(scores, exercises)
    assert [item.discrimination for item in found] == [None] * 3
    assert items.alpha(scores) is None
    assert not recwarn


# --- what the class got wrong


def causes_of(report):
    return {(cause.exercise, cause.id): cause for cause in report.causes}


def test_causes_are_counted_as_the_answers_really_were(report):
    expected = {}
    everybody = {**HELD, "hal": {"relu_if": "drops_zeros"}}
    for mistakes in everybody.values():
        for exercise, mistake in mistakes.items():
            if mistake != "unwritten":
                key = exercise, verdict_on(exercise, mistake).findings[0].id
                expected[key] = expected.get(key, 0) + 1
    assert {key: cause.count for key, cause in causes_of(report).items()} == expected
    assert max(expected.values()) == report.causes[0].count == 4


def test_share_is_of_those_who_wrote_it(report):
    cause = causes_of(report)["relu_if", "relu_if.drops_zeros"]
    assert cause.wrote == 8  # all but zoe, who has no marks
    assert causes_of(report)["row_sums", "row_sums.down_the_columns"].wrote == 7  # and but gil


def test_same_cause_in_several_exercises_is_one_topic(report):
    topics = {topic.finding.id: topic for topic in report.topics}
    both = topics["relu_if.changes_the_input"]
    assert [cause.exercise for cause in both.causes] == ["relu_if", "relu_max"]
    assert both.count == 1


def test_who_stopped_at_the_same_place_is_found(report):
    stops = {stop.next: [report.label(row) for row in stop.rows] for stop in report.stops}
    second = next(e.name for e in EXERCISES.values() if e.lesson == LESSONS[2])
    assert stops == {second: [STOPPED_EARLY], "predictions": ["fay"]}


def test_like_answers_are_one_group_whatever_the_seed_and_others_are_not():
    one, other = (
        group_of(
            Verdict("f", 0, 1, "wrong", (Finding("values", "t", code="f(1)", expected="1", got=got),), seed=s)
        )
        for s, got in ((1, "2\nin your line: a = 2"), (2, "2\nin your line: b = 2"))
    )
    assert one == other
    different = Verdict("f", 0, 1, "wrong", (Finding("values", "t", code="f(1)", expected="1", got="3"),))
    assert group_of(different) != one
    assert group_of(verdict_on("relu_if")) == group_of(verdict_on("relu_if", "unwritten")) == ""


@pytest.mark.parametrize(
    "line, code",
    [
        ("x = 1  # Ada Lovelace", "x = 1"),
        ("x = '#'  # Ada", "x = '#'"),
        ('print("it\'s # one")', 'print("it\'s # one")'),
        ("# Ada", ""),
        ("# Ada\nx = 1  # by Ada\n\ny = 2", "x = 1\ny = 2"),
        ('"""Ada\'s # own"""', '"""Ada\'s # own"""'),
        ("Ada's # own", "Ada"),
        ("it's mine", "it's mine"),
    ],
)
def test_example_line_has_no_comment_which_may_hold_a_name(line, code):
    assert code_only(line) == line_of(Finding("f.wrong", "t", before=line)) == code
    first = line.split("\n")[0]
    assert line_of(Finding("error", "t", got=f"ValueError: no\nin your line: {first}")) == code_only(first)


def test_points_are_what_the_gradebook_says_now(course, tmp_path):
    for part in ("gradebook.db", "outcomes", "submitted"):
        (tmp_path / part).symlink_to(course / part)
    (tmp_path / "gradebook.db").unlink()
    (tmp_path / "gradebook.db").write_bytes((course / "gradebook.db").read_bytes())
    with sqlite3.connect(tmp_path / "gradebook.db") as book:
        book.execute(
            """UPDATE grade SET manual_score = 0.25, extra_credit = 0.5 WHERE cell_id IN (SELECT id FROM
            base_cell WHERE name = 'relu_if') AND notebook_id IN (SELECT n.id FROM submitted_notebook n JOIN
            submitted_assignment s ON n.assignment_id = s.id WHERE s.student_id = 'ada')"""
        )
        book.execute("UPDATE student SET first_name = 'Ada', last_name = 'Lovelace' WHERE id = 'ada'")
    book.close()
    data = read_class(tmp_path, CHAPTER)
    row = [outcome.student for outcome in data.outcomes].index("ada")
    assert data.scores[row, 0] == 0.75
    assert data.totals[row] == 21.75
    assert Report(data).label(row) == "Ada Lovelace (ada)"


# --- the page, JSON and CSV


def test_page_needs_nothing_else_and_every_link_of_it_leads_somewhere(pages, course):
    folder = course / "report" / CHAPTER
    for page, place in zip(pages, (folder, course / "report-anonymous" / CHAPTER)):
        soup = BeautifulSoup(page, "html.parser")
        ids = [tag["id"] for tag in soup.find_all(id=True)]
        assert len(ids) == len(set(ids))
        assert not soup.find_all(["script", "link", "iframe", "object"])
        for tag in soup.find_all(["a", "img"]):
            address = tag.get("href") or tag.get("src")
            assert address[1:] in ids if address[0] == "#" else (place / address).is_file()
        outside = [tag for tag in soup.find_all(src=True) if not tag["src"].startswith("data:")]
        assert not outside and "url(http" not in page


def test_page_can_be_read_without_seeing_it(pages):
    soup = BeautifulSoup(pages[0], "html.parser")
    assert soup.html["lang"] == "en" and soup.find("main") and soup.title.text
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile(r"^h[1-6]$"))]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))
    for figure in soup.find_all("figure"):
        assert figure.svg["aria-hidden"] == "true" and figure["tabindex"] == "0"  # scrolled on a phone
        caption = soup.find(id=figure["aria-labelledby"])
        assert len(caption.get_text(" ", strip=True)) > 40
    for table in soup.find_all("table"):
        assert all(head.get("scope") in ("row", "col") for head in table.find_all("th"))
        assert table.parent["tabindex"] == "0" and table.parent["aria-label"]  # scrolled by keyboard


def test_names_of_students_are_text_and_never_markup(pages):
    assert "<script>alert" not in pages[0]
    assert "hal &lt;script&gt;" in pages[0]


def test_anonymous_report_names_nobody_in_any_file(course, pages):
    everybody = [*HELD, STOPPED_EARLY, "zoe", "hal"]
    files = sorted((course / "report-anonymous").rglob("*.*"))
    assert len(files) == 7
    for path in files:
        words = set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
        assert not words & set(everybody), path.name
        assert "hal_secret" not in words


OWN_WORDS = Finding(
    "edit.comparison",
    "There is no relu_if, but there is ivo_relu.",
    "`Zola` is made outside.",
    got="ValueError: made by Ivo",
    before='    raise ValueError("made by Ivo")  # Ivo Zola',
    after="    return ivo_s(max(0, number))  # Ivo Zola",
    edits=("comparison",),
)


def test_what_students_wrote_names_nobody_in_an_anonymous_report(tmp_path):
    ivo = graded("ivo.7", {"relu_if": "drops_zeros"})
    lesson = ivo.outcome.lessons[LESSONS[0]]
    lesson.verdicts[0] = replace(lesson.verdicts[0], findings=(OWN_WORDS,))
    write_class(tmp_path, [ivo, graded("max", {})])
    with sqlite3.connect(tmp_path / "gradebook.db") as book:
        book.execute("UPDATE student SET first_name = 'Ivo', last_name = 'Zola' WHERE id = 'ivo.7'")
    book.close()
    add_comments(tmp_path, write_groups(tmp_path, "Ivo, look at zero.", group_of(lesson.verdicts[0])))
    write_reports(tmp_path, options=Options(anonymous=True))
    files = [*(tmp_path / "report-anonymous").rglob("*.*")]
    texts = {path.name: path.read_text(encoding="utf-8") for path in files}
    for name, text in texts.items():
        assert not re.search("ivo|zola", text, re.I), name
        assert str(tmp_path) not in text and "../" not in text, name
    assert "return …_s(max(0, number))" in texts["groups.csv"]
    assert "…, look at zero." in texts["groups.csv"]


@pytest.mark.parametrize(
    "line, shown",
    [
        ("print('by Anna Schmidt', output)", "print('… … …', output)"),
        ('return f"{max(inputs)} (Anna)"', 'return f"{max(inputs)} (…)"'),
        ("x = inputs['a']  # it's mine", "x = inputs['…']  # it's mine"),
        ("axis = 'max', 1", "axis = 'max', 1"),
    ],
)
def test_strings_of_an_anonymous_example_hold_words_of_the_language_only(line, shown):
    hide = nameless_finding(["m123456"])
    finding = hide(Finding("edit.name", "t", line=line, before=line, after=line))
    assert finding.line == finding.before == finding.after == shown


def test_a_cause_is_called_proven_where_a_change_mends_the_very_same_answer(tmp_path):
    proven, fits = (verdict_on("row_sums", "without_keepdims") for _ in range(2))
    (finding,) = proven.findings
    held = {
        "ann": replace(proven, findings=(replace(finding, edits=("keepdims",), after="x"),)),
        "bob": replace(fits, findings=(replace(finding, edits=()),)),
    }
    submissions = [graded(name, {}) for name in held]
    for one in submissions:
        verdicts = one.outcome.lessons[EXERCISES["row_sums"].lesson].verdicts
        verdicts[0] = held[one.outcome.student]
    write_class(tmp_path, submissions)
    (cause,) = Report(read_class(tmp_path, CHAPTER)).causes
    assert (cause.id, cause.count, len(cause.groups)) == (finding.id, 2, 2)
    assert cause.basis.startswith("proven for 1 of 2")
    assert {group.edit for group in cause.groups} == {"keepdims", ""}


def test_numbers_of_an_anonymous_report_follow_no_order(course):
    orders = {tuple(Report(read_class(course, CHAPTER), Options(True)).labels.items()) for _ in range(5)}
    assert len(orders) > 1


def test_json_and_csv_say_what_the_page_says(course, pages, report):
    folder = course / "report" / CHAPTER
    data = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    with (folder / "students.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["student"] for row in rows] == [row["student"] for row in data["students"]]
    assert data["mean"] == np.mean([float(row["points"]) for row in rows])
    table = BeautifulSoup(pages[0], "html.parser").find(
        attrs={"aria-label": "Points by student and exercise"}
    )
    shown = [float(row.find("td").text) for row in table.tbody.find_all("tr")]
    assert shown == [row["points"] for row in data["students"]]
    assert {group["group"] for group in data["groups"]} == {group.name for group in report.groups}


def test_what_needs_a_person_is_listed_with_its_reason(pages):
    soup = BeautifulSoup(pages[0], "html.parser")
    without = soup.find("div", attrs={"aria-label": "no marks"})
    assert "zoe" in without.text and "move them" in without.text
    assert "hal_secret.ipynb" in soup.find("div", attrs={"aria-label": "odd"}).text
    kinds = [fold.summary.text for fold in soup.find(id="person").parent.find_all("details")]
    assert kinds == ["No marks: 1", "Odd: 1"]  # the most urgent first


def test_who_handed_nothing_in_is_named_and_has_no_marks(tmp_path):
    write_class(tmp_path, [graded("ada", {}), graded("ben", {"relu_if": "drops_zeros"})])
    with sqlite3.connect(tmp_path / "gradebook.db") as book:
        book.execute("INSERT INTO student (id, first_name, last_name) VALUES ('cem', 'Cem', 'Kaya')")
    book.close()
    for options, who in ((Options(), "Cem Kaya (cem)"), (Options(anonymous=True), None)):
        report = Report(read_class(tmp_path, CHAPTER), options)
        (need,) = [need for need in report.needs if need.kind == "absent"]
        assert need.student == (who or report.labels["cem"])
        assert (report.summary["with_marks"], report.summary["nothing_handed_in"]) == (2, 1)
    assert need.student.startswith("student ")


def test_a_topic_says_of_each_exercise_what_is_true_of_it(tmp_path):
    wrong = {"row_sums": "down_the_columns", "predictions": "down_the_columns"}
    write_class(tmp_path, [graded("ada", wrong), graded("ben", wrong)])
    (topic,) = Report(read_class(tmp_path, CHAPTER)).topics
    said = {wording.causes[0].exercise: wording.title for wording in topic.wordings}
    assert said == {name: verdict_on(name, mistake).findings[0].title for name, mistake in wrong.items()}
    (page,) = write_reports(tmp_path)
    item = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find(id="discuss").parent.li
    assert all(title in item.get_text() for title in said.values())


def test_large_class_is_a_page_that_opens(tmp_path):
    write_class(tmp_path, [graded("one", {"relu_if": "drops_zeros"})])
    template = outcome_path(tmp_path, CHAPTER, "one").read_text(encoding="utf-8")
    for number in range(1000):
        name = f"s{number:04}"
        (tmp_path / "submitted" / name).mkdir()
        outcome_path(tmp_path, CHAPTER, name).write_text(template.replace('"one"', f'"{name}"'))
    began = time.monotonic()
    (page,) = write_reports(tmp_path)
    assert time.monotonic() - began < 60
    assert page.stat().st_size < 1_500_000
    assert f"The first {MOST_SHOWN} of 1001" in page.read_text(encoding="utf-8")


def test_names_without_end_leave_room_for_the_figure(recwarn):
    drawn = draw_heat_map(np.ones((2, 3)), ["a", "b", "c"], ["Ada Lovelace (ada)", "x" * 230])
    assert not recwarn.list
    assert "Ada Lovelace (ada)<" in drawn and "x" * 35 + "…" in drawn and "x" * 36 not in drawn


def test_class_without_outcomes_is_told_what_to_do(tmp_path, capsys):
    assert main(["report", str(tmp_path)]) == 2
    assert "run `grade`" in " ".join(capsys.readouterr().err.split())


def test_command_writes_the_page_and_says_where(course, capsys):
    assert main(["report", str(course), "--anonymous", "--lessons", "https://example.org/lessons/"]) == 0
    page = course / "report-anonymous" / CHAPTER / "index.html"
    assert str(page) in capsys.readouterr().err
    assert f'href="https://example.org/lessons/{LESSONS[0]}.ipynb"' in page.read_text(encoding="utf-8")
