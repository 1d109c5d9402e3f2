"""What a student gets back: a page with everything, and one for each notebook, as nbgrader hands them out.

First what helps most to look at again, each exercise with its card; the notebooks are folded behind.
nbgrader's own pages bring 170 kB of styles each, fetch a script to set formulas, and take half a second.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from ...course import CHAPTERS
from ...judging.cards import card_html
from ...judging.verdict import Verdict
from ..intake.files import Refused, read_regular_file
from ..intake.notebook import read_notebook
from ..intake.text import without_colours
from ..parcel import make_anew
from ..records import Feedback, Page
from ..running.cells import VERDICT_MIME
from .markdown import to_html
from .pages import environment

MAX_SECRET = 10_000  # bytes
WHOLE = "index.html"

GROUPS = {"again": "To look at again", "unwritten": "Not written yet", "done": "Done"}
"""What an exercise's place on the page is called, in that order."""


@dataclass(frozen=True)
class Item:
    """One exercise on a page."""

    name: str
    lesson: str
    score: float
    most: float
    comment: str | None
    verdict: Verdict | None

    @property
    def group(self) -> str:
        """By the points that count, which a person may have given."""
        if self.score >= self.most:
            return "done"
        return "unwritten" if self.verdict and self.verdict.status == "unwritten" else "again"

    @property
    def card(self) -> Markup:
        return Markup(card_html(self.verdict)) if self.verdict else Markup("")

    @property
    def by_hand(self) -> bool:
        return self.verdict is not None and self.verdict.points != self.score


@dataclass(frozen=True)
class Lesson:
    """One graded notebook as the pages show it."""

    name: str
    page: Page
    items: list[Item]
    notes: str
    cells: list

    @cached_property
    def body(self) -> Markup:
        """Its cells; cards stand elsewhere on the page, and code that draws a picture is left out."""
        return Markup(templates().get_template("notebook.html").render(cells=self.cells))


def read_lesson(name: str, notebook: dict, page: Page) -> Lesson:
    """Bring a graded notebook and what the gradebook says of it together."""
    cells = notebook["cells"]
    notes = next((cell["source"] for cell in cells if cell.get("id") == "intake-notes"), "")
    checks = [cell for cell in cells if about(cell).get("grade")]
    items = [
        Item(
            exercise,
            name,
            *page.scores[exercise],
            page.comments.get(f"{exercise}-answer"),
            verdict_of(cell),
        )
        for cell in checks
        for exercise in [about(cell)["grade_id"]]
    ]
    return Lesson(name, page, items, notes, [cell for cell in cells if cell.get("id") != "intake-notes"])


def about(cell: dict) -> dict:
    return cell["metadata"].get("nbgrader", {})


def verdict_of(cell: dict) -> Verdict | None:
    """What the judge said in a check cell; None where it could not say anything."""
    bundles = [output.get("data", {}) for output in cell.get("outputs", [])]
    return next((Verdict.from_dict(data[VERDICT_MIME]) for data in bundles if VERDICT_MIME in data), None)


def in_order(lessons: list[Lesson]) -> dict[str, list[Item]]:
    """Exercises by group, the most points to be won first; of equals the one that is met earlier, since
    later ones build on it."""
    items = [item for lesson in lessons for item in lesson.items]
    items.sort(key=lambda item: item.score - item.most)
    return {group: [item for item in items if item.group == group] for group in GROUPS}


@lru_cache(maxsize=1)
def templates() -> jinja2.Environment:
    made = environment()
    made.filters["markdown"] = to_html
    made.filters["drawing"] = lambda cell: cell["metadata"].get("jupyter", {}).get("source_hidden", False)
    made.filters["about"] = about
    made.filters["output"] = shown
    return made


def shown(output: dict) -> dict[str, str]:
    """The one form of an output that a page shows: HTML, a picture (base64, by its type) or text.

    The grader's own outputs were made harmless when the notebook ran.
    """
    if output["output_type"] == "stream":
        return {"text": output["text"]}
    if output["output_type"] == "error":
        return {"text": without_colours("\n".join(output["traceback"]))}
    data = output["data"]
    for mime, form in (("text/html", "html"), ("image/png", "picture"), ("image/jpeg", "picture")):
        if mime in data:
            return {form: data[mime], "mime": mime}
    return {"text": data.get("text/plain", "")}


def render(chapter: str, feedback: Feedback, lessons: list[Lesson], title: str = "") -> str:
    """A page of these lessons; of the whole chapter unless it has a title of its own."""
    absent = [] if title else [name for name in CHAPTERS[chapter].lessons if name not in feedback.pages]
    return (
        templates()
        .get_template("feedback.html")
        .render(
            title=title or CHAPTERS[chapter].title,
            feedback=feedback,
            points=lessons[0].page.score if title else feedback.points,
            most=lessons[0].page.max_score if title else feedback.max_points,
            penalty=sum(lesson.page.late_penalty for lesson in lessons),
            lessons=lessons,
            groups=in_order(lessons),
            words=GROUPS,
            absent=absent,
        )
    )


def write_feedback(course: Path, chapter: str, student: str, feedback: Feedback) -> None:
    """Write one student's feedback pages of a chapter from the graded notebooks."""
    folder, graded = (course / step / student / chapter for step in ("feedback", "autograded"))
    before = exchange_files(folder)
    make_anew(folder)
    lessons = []
    for name, page in feedback.pages.items():
        lessons.append(read_lesson(name, read_notebook(graded / f"{name}.ipynb"), page))
        html = render(chapter, feedback, lessons[-1:], name)
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    (folder / WHOLE).write_text(render(chapter, feedback, lessons), encoding="utf-8")
    write_exchange_files(course, chapter, student, before)


def write_exchange_files(course: Path, chapter: str, student: str, before: dict[str, bytes]) -> None:
    """Beside a student's pages; `before` is what lay there."""
    made_up = {"timestamp.txt": b"", "submission_secret.txt": secrets.token_hex().encode()}
    handed_in = exchange_files(course / "autograded" / student / chapter)
    for name, content in (made_up | before | handed_in).items():
        (course / "feedback" / student / chapter / name).write_bytes(content)


def exchange_files(folder: Path) -> dict[str, bytes]:
    """What nbgrader's release_feedback wants beside the pages; it gives up where one student lacks it.

    It names a page after the secret that was handed in with the notebooks, so that only who handed them
    in can fetch it. Who handed in by another way gets a secret that nobody knows, and keeps it.
    """
    found = {}
    for name in ("timestamp.txt", "submission_secret.txt"):
        with suppress(Refused):
            if (content := read_regular_file(folder / name, MAX_SECRET)).strip():
                found[name] = content
    return found
