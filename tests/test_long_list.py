"""The formgrader's list of one notebook in Chromium: short as nbgrader shows it, long in parts."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import nbgrader.server_extensions.formgrader as formgrader
import pytest
from browsing import needs_chromium
from jinja2 import Environment, FileSystemLoader

from grader.grading.nbgrader.config import grading_config
from grader.grading.nbgrader.lists import LIST_OF_NOTEBOOK, page_of
from tools.screenshot import ask, browser

FORMGRADER = Path(formgrader.__file__).parent
TEMPLATES = Environment(loader=FileSystemLoader([FORMGRADER / "templates"]))
HANDLER = SimpleNamespace(settings={"nbgrader_jinja2_env": TEMPLATES})
TYPES = {".js": "text/javascript", ".css": "text/css"}
PATIENCE = 120  # seconds, for a slow machine
KINDS = ("score", "code_score", "written_score", "task_score")


def line(number):
    """What nbgrader's API says of a submission; each has other points."""
    points = dict.fromkeys(KINDS, 0.0) | {f"max_{kind}": 0.0 for kind in KINDS}
    points |= {"score": number / 4, "max_score": 900.0}
    names = {"student": f"s{number}", "first_name": f"First{number}", "last_name": f"Last{number}"}
    flags = {"needs_manual_grade": number == 7, "failed_tests": number % 2 == 0, "flagged": number == 850}
    return {"id": f"{number:032x}", "name": "lesson", "index": number, **points, **names, **flags}


class Answers(BaseHTTPRequestHandler):
    """The page, nbgrader's own files, and a class as large as its address says."""

    def do_GET(self):
        *_, count = path = self.path.partition("?")[0].split("/")
        kind = "text/html"
        if "static" in path:
            file = FORMGRADER.joinpath(*path[2:])
            body, kind = file.read_bytes(), TYPES.get(file.suffix, "font/woff2")
        elif "api" in path:
            body, kind = json.dumps([line(n) for n in range(int(count))]).encode(), "application/json"
        else:
            names = {"assignment_id": "chapter", "notebook_id": count, "base_url": ""}
            body = page_of(HANDLER, LIST_OF_NOTEBOOK, **names).encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class List:
    """The list in a browser's window."""

    def __init__(self, session, address):
        self.session, self.address = session, address

    def js(self, body):
        return ask(f"{self.session}/execute/sync", {"script": body, "args": []})

    def of(self, count):
        ask(f"{self.session}/url", {"url": f"{self.address}/page/{count}"})
        end = time.monotonic() + PATIENCE
        while not self.js("return !!(window.$ && models && models.loaded);"):
            assert time.monotonic() < end, self.js("return document.body.innerText")
            time.sleep(0.1)

    def rows(self):
        return self.js(
            "const rows = [...document.querySelectorAll('#main-table tr')];"
            "return rows.map(row => row.innerText.trim().split(/\\s+/));"
        )

    def search(self, words):
        self.js(f"$('input[type=search]').val({words!r}).trigger('input').trigger('keyup');")

    def sort(self, column):
        self.js(f"$('thead th').eq({column}).click();")


@pytest.fixture(scope="module")
def shown():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with browser() as session:
            yield List(session, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


def test_the_configuration_gives_the_formgrader_this_page(tmp_path):
    from nbgrader.server_extensions.formgrader.base import BaseHandler

    grading_config(tmp_path)
    assert BaseHandler.render is page_of
    assert "<script>\n//" not in page_of(HANDLER, "gradebook_assignments.tpl", base_url="")


@needs_chromium
def test_short_list_is_nbgraders(shown):
    shown.of(20)
    assert len(shown.rows()) == 20 and shown.js("return document.querySelector('.pagination');") is None


@needs_chromium
def test_long_list_makes_the_rows_that_are_looked_at_and_sorts_and_finds_all(shown):
    shown.of(900)
    rows = shown.rows()
    assert len(rows) == shown.js("return views.length;") == 100
    assert rows[0][:5] == ["Submission", "#1", "0", "/", "900"]
    assert shown.js("return $('#main-table a').attr('href');") == f"/formgrader/submissions/{0:032x}"
    shown.sort(2)
    shown.sort(2)
    assert shown.rows()[0][:3] == ["Submission", "#900", "224.75"], "the most points are first"
    for words, first, many in [
        ("Last873,", "#874", 1),
        ("needs manual grade", "#8", 1),
        ("flagged", "#851", 1),
        ("tests failed", "#899", 100),
    ]:
        shown.search(words)
        assert shown.rows()[0][1] == first and len(shown.rows()) == many, words


@needs_chromium
def test_names_of_a_long_list_are_shown_on_every_page_or_on_none(shown):
    shown.of(900)
    shown.js("toggleAllNames();")
    assert shown.rows()[0][:2] == ["Last0,", "First0"]
    shown.js("$('.paginate_button.next a, .paginate_button.next').last().click();")
    assert shown.rows()[0][:2] == ["Last100,", "First100"]
    shown.js("document.getElementById('toggle_names').click();")
    assert shown.rows()[0][:2] == ["Submission", "#101"]
    shown.js("$('#main-table .reveal span.name-hidden').first().click();")
    assert [row[0] for row in shown.rows()[:2]] == ["Last100,", "Submission"], "one by itself"
