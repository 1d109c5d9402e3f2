"""Report and student's page as people open them: on a phone, in dark, on paper, looked at by axe."""

from dataclasses import replace

import pytest
from browsing import axe_findings, needs_chromium
from class_runs import Here, Run, answered, gradebook, submit
from classes import graded, write_class

from grader.course import CHAPTER, EXERCISES
from grader.grading.records import LessonOutcome, Outcome, outcome_path
from grader.reporting.attention import KINDS
from grader.reporting.report import Options
from grader.reporting.writing import write_reports
from tools.screenshot import ask, browser

pytestmark = needs_chromium

LESSON = "05_softmax_batch"
PHONE, DESK, PAPER = 390, 1280, 718  # A4 less its margins, in CSS pixels

CUT_OFF = """
return [document.documentElement, ...document.querySelectorAll('.wide')]
  .filter(e => e.scrollWidth > e.clientWidth).map(e => e.outerHTML.slice(0, 100));
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory, confined):
    """Reports of a class in which each mistake was made by somebody with a long name; a student's page."""
    course, small = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("small")
    every = [(e.name, m.id) for e in EXERCISES.values() for m in e.misconceptions[:2]]
    people = [
        graded(f"somebody-called-{n:02}@students.example.org", dict([one])) for n, one in enumerate(every)
    ]
    write_class(course, [*people, graded("gone", {}, handed_in=[])])
    make_trouble(course)
    wrong = answered(LESSON, row_sums="def row_sums(b):\n    return b.sum(axis=1)")
    submit(small, "ada", wrong, lesson=LESSON)
    Run(small, executor=Here())
    return {
        "report": write_reports(course)[0],
        "anonymous": write_reports(course, options=Options(anonymous=True))[0],
        "student": small / "feedback" / "ada" / CHAPTER / "index.html",
        "notebook": small / "feedback" / "ada" / CHAPTER / f"{LESSON}.html",
    }


TROUBLE = {
    "failed": {"failed": True, "reason": "grading failed: MemoryError"},
    "no marks": {"reason": f"there is no folder {CHAPTER}/ in it"},
    "unreadable": {"lessons": {LESSON: LessonOutcome("unreadable", 0, ["This file could not be read."])}},
    "penalty": {"penalty_error": "no late penalty could be reckoned: late.py:6: ZeroDivisionError"},
    "review": {"review": list(EXERCISES)},
    "by hand": {"by_hand": dict.fromkeys(EXERCISES, 0.25)},
    "late": {"seconds_late": 1e6, "late_penalty": 3.5, "claimed_time": True},
    "no time": {"due": "2026-11-15T12:00:00+00:00"},
    "odd": {"notes": [f"{'long_' * 40}.ipynb was not used: it is a link."]},
}


def make_trouble(course):
    """One student of each kind that needs a person, and one on the roster without a folder."""
    write_class(course, [graded(f"one {kind}", {}) for kind in TROUBLE])
    for kind, change in TROUBLE.items():
        path = outcome_path(course, CHAPTER, f"one {kind}")
        replace(Outcome.load(path), **change).save(path)
    with gradebook(course) as book:
        book.add_student("absent", first_name="Ab", last_name="Sent")


@pytest.fixture(scope="module")
def window():
    with browser() as session:
        yield session


def opened(window, page, width, *, printed=False, scheme="light"):
    """Open a page with all its folds open."""
    assert page.is_file()
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width == PHONE}
    media = {
        "media": "print" if printed else "screen",
        "features": [{"name": "prefers-color-scheme", "value": scheme}],
    }
    for command, parameters in (("setDeviceMetricsOverride", metrics), ("setEmulatedMedia", media)):
        ask(f"{window}/goog/cdp/execute", {"cmd": f"Emulation.{command}", "params": parameters})
    ask(f"{window}/url", {"url": page.as_uri()})
    run(window, "document.querySelectorAll('details').forEach(fold => fold.open = true)")


def run(window, body):
    return ask(f"{window}/execute/sync", {"script": body, "args": []})


@pytest.mark.parametrize("name", ["report", "anonymous", "student", "notebook"])
@pytest.mark.parametrize("width, scheme", [(PHONE, "light"), (DESK, "light"), (DESK, "dark")])
def test_axe_finds_nothing_and_a_page_fits_its_window(pages, window, name, width, scheme):
    opened(window, pages[name], width, scheme=scheme)
    assert run(window, "return document.documentElement.scrollWidth - innerWidth") <= 0
    assert axe_findings(window) == []


def test_the_class_that_is_looked_at_has_every_kind_of_problem(pages):
    text = pages["report"].read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f'aria-label="{KINDS[kind]}"' not in text] == []


@pytest.mark.parametrize("name", ["report", "anonymous", "student"])
def test_nothing_is_cut_off_on_paper(pages, window, name):
    opened(window, pages[name], PAPER, printed=True)
    assert run(window, CUT_OFF) == []
