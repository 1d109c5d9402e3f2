"""What a student gets back: one page in the order of what helps most, and a small one for each notebook."""

import json
import re
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from class_runs import ONE, WORTH, Here, Run, answered, gradebook, submit
from conftest import ROOT

from grader.course import CHAPTER, CHAPTERS, LESSONS
from grader.grading.recording.feedback import GROUPS, Item, Lesson, in_order
from grader.grading.recording.markdown import to_html
from grader.grading.records import Page
from grader.judging.verdict import Verdict

LESSONS_AT = "https://school.example/lessons"
WRONG = "def row_sums(batch):\n    return np.sum(batch, axis=1)"
NOTE = "Look at the *shape*: $(n, 1)$."


@pytest.fixture(scope="module")
def folder(tmp_path_factory, confined):
    """The pages of a class of one, who has a name, one right answer, one wrong one and a comment on it."""
    course = tmp_path_factory.mktemp("class")
    submit(course, "ada", answered(relu_if="def relu_if(inputs):\n    return [max(0, x) for x in inputs]"))
    submit(course, "ada", answered("05_softmax_batch", row_sums=WRONG), lesson="05_softmax_batch")
    Run(course, executor=Here())
    with gradebook(course) as book:
        book.update_or_create_student("ada", first_name="Ada", last_name="<b>Lovelace</b>")
        comment = book.find_comment("row_sums-answer", "05_softmax_batch", CHAPTER, "ada")
        comment.manual_comment = NOTE
        book.find_grade("relu_max", ONE, CHAPTER, "ada").manual_score = 0.5
        book.db.commit()
    run = Run(course, executor=Here(), lessons=LESSONS_AT)
    assert run.graded == []
    return course / "feedback" / "ada" / CHAPTER


@pytest.fixture(scope="module")
def page(folder):
    return BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "html.parser")


def text_of(node):
    return " ".join(node.get_text(" ").split())


FEW = """
import sys
import grader.grading.recording.feedback, grader.grading.nbgrader.fast_imports
heavy = {"nbclient", "bs4", "bleach", "jupyter_client", "jupyter_server", "nbgrader.api"}
assert not heavy & {*sys.modules}, heavy & {*sys.modules}
from nbconvert.filters.strings import add_anchor
from nbconvert import HTMLExporter
import nbgrader
assert "heading" in add_anchor("<h1>heading</h1>") and HTMLExporter
try:
    nbgrader.load_formgrader(None)
except AttributeError:
    pass
assert "nbgrader.server_extensions.formgrader.formgrader" in sys.modules
"""


def test_what_writes_pages_imports_little_and_whoever_needs_more_gets_all_of_it():
    subprocess.run([sys.executable, "-c", FEW], check=True, cwd=ROOT)


def test_name_id_and_total_stand_at_the_top_and_in_the_title(page):
    assert "Ada <b>Lovelace</b> (ada)" in text_of(page.header) and not page.find("b")
    assert f"2 of {WORTH:g} points" in text_of(page.header)
    assert page.title.text == f"{CHAPTERS[CHAPTER].title}: Ada <b>Lovelace</b> (ada), 2 of {WORTH:g} points"


def test_exercises_have_their_names_and_points_and_come_in_groups(page):
    names = {
        section.h2.text: [text_of(article.h3) for article in section.find_all("article")]
        for section in page.find_all("section")
        if section.find("article")
    }
    assert names == {
        "To look at again": ["row_sums : 0.5 of 1 point"],
        "Not written yet": ["softmax_batch : 0 of 2 points", "relu_max : 0.5 of 1 point"],
        "Done": ["relu_if : 1 of 1 point"],
    }


def test_what_was_not_handed_in_is_named(page):
    missing = page.find(id="absent").parent
    assert "03_dense_layer.ipynb" in missing.text and ONE not in missing.text


def test_a_card_stands_with_its_exercise_and_once(page):
    article = page.find(id="about-row_sums")
    assert "not in a column, (n, 1)" in text_of(article)
    assert str(page).count("not in a column, (n, 1)") == 1


def test_points_by_hand_are_told_from_those_of_the_check(page):
    assert "A person gave these points; the check itself gave 0." in text_of(page.find(id="about-relu_max"))
    assert "A person" not in text_of(page.find(id="about-row_sums"))


def test_a_comment_stands_with_its_exercise_and_its_formula_is_set(page):
    article = page.find(id="about-row_sums")
    assert article.find("em", string="shape") and article.find("math")


def test_links_lead_into_the_lesson_and_to_the_answer_on_the_page(page):
    links = [link["href"] for link in page.find(id="about-row_sums").find_all("a")]
    assert links == [f"{LESSONS_AT}/05_softmax_batch.ipynb", "#row_sums-answer"]
    for link in page.find_all("a", href=re.compile("^#")):
        assert page.find(id=link["href"][1:]), link


def test_notebooks_are_folded_behind_without_the_code_of_drawings(page):
    folds = page.find(id="notebooks").parent.find_all("details", recursive=False)
    assert [fold.summary.text for fold in folds] == [
        "01_relu_loop: 1.5 of 2 points",
        "05_softmax_batch: 0.5 of 3 points",
    ]
    assert not any(fold.has_attr("open") for fold in folds)
    assert "plt.subplots(" not in page.text and "np.sum(small, axis=0)" in page.text


def test_pages_need_nothing_from_elsewhere_and_run_nothing(folder):
    for path in folder.glob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert not page.find_all(["script", "link", "iframe", "object"])
        assert not page.find_all(src=re.compile("^(?!data:)"))
        assert not re.search(r"url\(|@import", page.style.text)


def test_pages_of_a_student_are_small(folder):
    """Some of the notebooks here; all of them are to stay under 300 kB."""
    sizes = [path.stat().st_size for path in folder.glob("0*.html")]
    assert len(sizes) == 2 and max(sizes) < 300_000 / len(LESSONS)


def test_formulas_are_mathml_and_a_broken_one_is_shown_as_it_was_typed():
    good = to_html(r"so $\frac{e^{z_i}}{2}$ holds")
    assert "<math" in good and "<mfrac>" in good and "$" not in good
    assert "<code>\\frac{</code>" in to_html(r"so $\frac{$ holds")


def test_what_a_student_typed_in_a_fence_stays_text():
    html = to_html("```text\n<script>alert(1)</script> $x$ </code></pre>\n```")
    assert "<script" not in html and "$x$" in html and html.count("</pre>") == 1


def test_notes_and_prose_of_a_student_are_not_live(tmp_path, confined):
    notebook = answered()
    notebook["cells"].append(
        {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "<img src=x onerror=alert(1)>"}
    )
    submit(tmp_path, "eve", notebook)
    Run(tmp_path, executor=Here())
    text = (tmp_path / "feedback" / "eve" / CHAPTER / "index.html").read_text(encoding="utf-8")
    assert "&lt;img src=x onerror" in text and not BeautifulSoup(text, "html.parser").find("img")


def item(name, lost, status="wrong"):
    return Item(name, "05", 3 - lost, 3, None, Verdict(name, 3 - lost, 3, status))


def test_the_most_points_to_be_won_come_first_and_of_equals_the_earlier_one():
    items = [item("a", 1), item("b", 3), item("c", 0, "right"), item("d", 3), item("e", 3, "unwritten")]
    order = {
        group: [one.name for one in found]
        for group, found in in_order([Lesson("05", Page(), items, "", [])]).items()
    }
    assert list(order) == list(GROUPS)
    assert order == {"again": ["b", "d", "a"], "unwritten": ["e"], "done": ["c"]}


def test_a_page_that_is_gone_is_written_again_without_grading(folder):
    course = folder.parents[2]
    before = json.loads((course / "outcomes" / CHAPTER / "ada.json").read_text())
    (folder / "index.html").unlink()
    run = Run(course, executor=Here(), lessons=LESSONS_AT)
    assert run.graded == [] and (folder / "index.html").is_file()
    assert json.loads((course / "outcomes" / CHAPTER / "ada.json").read_text()) == before
