"""nbgrader's feedback pages for a class: its template, one environment a process, nothing rendered twice.

nbgrader takes about half a second a page: it opens the gradebook for every cell, makes a template
environment for every student, renders the same prose and code again and again, and parses each page
once more to describe pictures. Here what the pages show from the gradebook comes with the task.
"""

from __future__ import annotations

import json
import secrets
import shutil
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import nbformat
from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.html import Highlight2HTML, MarkdownWithMath, WidgetsDataTypeFilter
from nbconvert.filters.markdown_mistune import IPythonRenderer
from traitlets.config import Config

from ..intake.files import Refused, read_regular_file
from ..intake.submissions import folder_of
from ..records import Page

MAX_SECRET = 10_000  # bytes


class FeedbackExporter(HTMLExporter):
    """HTMLExporter that remembers what it has rendered: prose and code are the same for everyone."""

    def markdown2html(self, context, source):
        if context.get("cell", {}).get("attachments"):
            return super().markdown2html(context, source)
        return render_markdown(source, self.anchor_link_text)

    markdown2html.jinja_pass_arg = HTMLExporter.markdown2html.jinja_pass_arg

    def _preprocess(self, nb, resources):
        """The one preprocessor on what it needs: the notebook is ours, neither shared nor to be checked."""
        for preprocessor in self._preprocessors:
            nb, resources = preprocessor(nb, resources)
        return nb, resources

    def from_notebook_node(self, nb, resources=None, **kw):
        """A page with pictures goes nbconvert's way, which parses it to describe them."""
        if any("![" in c.source or "<img" in c.source or has_picture(c) for c in nb.cells):
            return super().from_notebook_node(nb, resources, **kw)
        resources = self._init_resources(resources)
        self.register_filter("highlight_code", highlighted)
        self.register_filter(
            "filter_data_type",
            WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources),
        )
        return super(HTMLExporter, self).from_notebook_node(nb, resources, **kw)


def has_picture(cell) -> bool:
    return any(
        mime.startswith("image/") or (mime == "text/html" and "<img" in data)
        for output in cell.get("outputs", [])
        for mime, data in output.get("data", {}).items()
    )


@lru_cache(maxsize=4096)
def render_markdown(source: str, anchor: str) -> str:
    return MarkdownWithMath(renderer=IPythonRenderer(escape=False, anchor_link_text=anchor)).render(source)


def highlighted(source: str, language: str | None = None, metadata=None) -> str:
    return highlight(source, language)


@lru_cache(maxsize=4096)
def highlight(source: str, language: str | None) -> str:
    return Highlight2HTML(pygments_lexer="python")(source, language)


@lru_cache(maxsize=1)
def exporter() -> FeedbackExporter:
    """nbgrader's settings for feedback; its package is found without being imported."""
    formgrader = Path(find_spec("nbgrader").submodule_search_locations[0], "server_extensions", "formgrader")
    config = Config()
    config.Exporter.default_preprocessors = []
    config.HTMLExporter.template_name = "feedback"
    config.HTMLExporter.extra_template_basedirs = [str(formgrader / "templates")]
    config.HTMLExporter.extra_template_paths = [
        str(formgrader / "static" / "node_modules" / "bootstrap" / "dist" / "css")
    ]
    return FeedbackExporter(config=config)  # the template itself brings the colours of code


def write_feedback(course: Path, chapter: str, student: str, pages: dict[str, Page]) -> None:
    """Write one student's feedback pages of a chapter from the graded notebooks."""
    folder = course / "feedback" / student / chapter
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for lesson, page in pages.items():
        graded = course / "autograded" / student / chapter / f"{lesson}.ipynb"
        notebook = nbformat.from_dict(json.loads(graded.read_text(encoding="utf-8")))
        html = render(notebook, chapter, lesson, student, page)
        (folder / f"{lesson}.html").write_text(html, encoding="utf-8")
    write_exchange_files(folder_of(course, student) / chapter, folder)


def write_exchange_files(submitted: Path, folder: Path) -> None:
    """What nbgrader's release_feedback wants beside the pages; it gives up where one student lacks it.

    It names a page after the secret that was handed in with the notebooks, so that only who handed them
    in can fetch it. Who handed in by another way gets a secret that nobody knows.
    """
    for name, otherwise in (("timestamp.txt", ""), ("submission_secret.txt", secrets.token_hex())):
        content = b""
        with suppress(Refused):
            content = read_regular_file(submitted / name, MAX_SECRET)
        (folder / name).write_bytes(content if content.strip() else otherwise.encode())


def render(notebook, chapter: str, lesson: str, student: str, page: Page) -> str:
    """One page. What the template shows of scores and comments stands in the cells' metadata."""
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("solution"):
            about["comment"] = page.comments.get(about["grade_id"])
        if about.get("grade"):
            about["score"], about["points"] = page.scores[about["grade_id"]]
    resources = {
        "unique_key": lesson,
        "nbgrader": {
            "student": student,
            "assignment": chapter,
            "notebook": lesson,
            "score": page.score,
            "max_score": page.max_score,
            "late_penalty": page.late_penalty,
        },
    }
    html, _ = exporter().from_notebook_node(notebook, resources)
    return html
