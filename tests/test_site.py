"""The static site: what is in it, and what is not. `test_site_in_browser.py` runs it."""

import ast
import asyncio
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import threading
import zipfile
from datetime import datetime
from html.parser import HTMLParser
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import ROOT, define, judged, judged_text
from packaging.specifiers import SpecifierSet

from grader.course import CHAPTERS, EXERCISES
from grader.course.places import START
from grader.judging.browser import let_expected_errors_pass
from tools.site import pyodide
from tools.site.site import SAME_TIME, build_site, write_service_worker
from tools.site.wheels import INTERPRETER, without_jedi

LESSONS = [f"{name}/{lesson}" for name, chapter in CHAPTERS.items() for lesson in chapter.lessons]
INSIDE = "pyodide/"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site as it is published: Pyodide comes from its CDN."""
    folder = tmp_path_factory.mktemp("published") / "site"
    build_site(folder)
    return folder


@pytest.fixture(scope="module")
def packages(site):
    return json.loads((site / INSIDE / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]


def read(path):
    return path.read_text(encoding="utf-8")


class Addresses(HTMLParser):
    """What a page's own HTML links to or loads."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found += [value for name, value in attributes if name in ("src", "href")]


# Lessons


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_lesson_is_there_as_it_is_handed_out_and_is_linked(site, lesson):
    assert (site / "files" / f"{lesson}.ipynb").read_bytes() == (
        ROOT / "notebooks" / f"{lesson}.ipynb"
    ).read_bytes()
    linked = [urlsplit(link) for link in Addresses(read(site / "index.html")).found]
    assert (f"{lesson}.ipynb", True) in [
        (*parse_qs(link.query).get("path", [""]), (site / link.path).is_file()) for link in linked
    ]


def test_no_solved_lesson_and_no_master_is_there(site):
    notebooks = [
        path.relative_to(site / "files").as_posix() for path in site.rglob("*.ipynb") if "files" in path.parts
    ]
    assert sorted(notebooks) == [*(f"{lesson}.ipynb" for lesson in LESSONS), START]
    assert not [path for path in site.rglob("*") if path.suffix == ".md" or "solutions" in path.parts]


# Addresses


def test_every_address_in_its_pages_is_relative_and_leads_somewhere(site):
    for page in ("index.html", "lab/index.html", "notebooks/index.html"):
        for address in Addresses(read(site / page)).found:
            parts = urlsplit(address)
            assert not parts.scheme and not parts.netloc and not address.startswith("/"), (page, address)
            assert (site / page).parent.joinpath(parts.path).exists(), (page, address)


def test_the_only_other_host_that_its_settings_name_is_the_one_pyodide_comes_from(site):
    settings = (
        read(site / "jupyter-lite.json")
        + read(site / "overrides.json")
        + read(site / INSIDE / "pyodide-lock.json")
    )
    hosts = set(re.findall(r"https?://[^/\"]+/", settings))
    assert [host for host in hosts if not pyodide.cdn().startswith(host)] == []
    assert not re.search(r'Url"?: "/', settings)


def test_a_folder_without_pyodide_is_refused_before_anything_is_replaced(tmp_path):
    with pytest.raises(pyodide.PyodideError, match=r"pyodide\.mjs is missing"):
        build_site(tmp_path / "site", str(tmp_path))
    assert not (tmp_path / "site").exists()


# Packages


def test_every_wheel_has_the_hash_that_is_listed_and_all_that_it_needs(site, packages):
    for entry in packages.values():
        assert set(entry["depends"]) <= packages.keys()
        if "://" not in entry["file_name"]:
            data = (site / INSIDE / entry["file_name"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == entry["sha256"]
    assert {path.name for path in (site / INSIDE).glob("*.whl")} < {e["file_name"] for e in packages.values()}


def test_what_is_compiled_is_pinned_to_the_version_of_pyodide_that_the_kernel_is_made_for(packages):
    from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION

    assert pyodide.read_pins()["version"] == PYODIDE_VERSION
    assert {
        entry["file_name"].partition("://")[0] for name, entry in packages.items() if name in pyodide.COMPILED
    } == {"https"}


@pytest.fixture(scope="module")
def student_wheel(site, packages):
    return zipfile.ZipFile(io.BytesIO((site / INSIDE / packages["grader"]["file_name"]).read_bytes()))


def test_the_students_wheel_holds_course_judging_and_desk_and_nothing_else(student_wheel):
    modules = [name for name in student_wheel.namelist() if ".dist-info/" not in name]
    assert {name.split("/")[1] for name in modules} == {"__init__.py", "course", "judging", "desk"}
    expected = [
        path.relative_to(ROOT).as_posix()
        for part in ("course", "judging", "desk")
        for pattern in ("*.py", "questions.json")
        for path in (ROOT / "grader" / part).rglob(pattern)
    ]
    assert sorted(modules) == sorted(["grader/__init__.py", *expected])


def test_the_students_wheel_imports_numpy_and_ipython_only_and_widgets_where_they_are(student_wheel):
    names = set()
    for path in student_wheel.namelist():
        for node in ast.walk(ast.parse(student_wheel.read(path) if path.endswith(".py") else "")):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add(node.module.partition(".")[0])
    assert names - set(sys.stdlib_module_names) == {"numpy", "IPython", "ipywidgets"}


def test_what_is_left_of_pygments_is_what_ipython_imports(site, tmp_path):
    (wheel,) = (site / INSIDE).glob("pygments-*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path)
    program = "import ipython_pygments_lexers, pygments; print(pygments.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )
    assert done.stdout.startswith(str(tmp_path))


def test_the_kernel_does_without_jedi(site, packages):
    assert packages["jedi"]["imports"] == [] and "parso" not in packages
    (wheel,) = (site / INSIDE).glob("pyodide_kernel-*.whl")
    assert b"use_jedi = False" in zipfile.ZipFile(wheel).read(INTERPRETER)


def test_a_kernel_that_asks_otherwise_stops_the_build(tmp_path):
    with zipfile.ZipFile(tmp_path / "pyodide_kernel-9-py3-none-any.whl", "w") as archive:
        archive.writestr(INTERPRETER, "use_jedi = JEDI_INSTALLED")
    with pytest.raises(ValueError, match="does not say"):
        without_jedi(tmp_path / "pyodide_kernel-9-py3-none-any.whl", tmp_path)


def test_the_students_wheel_may_be_installed_where_pyodide_runs(student_wheel):
    (about,) = (name for name in student_wheel.namelist() if name.endswith("METADATA"))
    allowed = re.search(r"^Requires-Python: (.+)$", student_wheel.read(about).decode(), re.M)[1]
    assert SpecifierSet(allowed).contains(pyodide.read_pins()["info"]["python"])


# What is downloaded and kept


def test_nothing_is_there_that_no_page_asks_for(site):
    assert [path.name for path in site.rglob("*") if path.suffix in (".map", ".eot", ".ttf")] == []
    assert {path.parent.name for path in site.rglob("index.html")} == {
        "site",
        "lab",
        "notebooks",
        "tree",
        "workspaces",
    }


def kept(site):
    """The files that the service worker names, with their hashes."""
    return json.loads(re.search(r"Object\.entries\((\{.*?\})\)", read(site / "service-worker.js"))[1])


def test_what_is_kept_for_work_without_a_network_is_there(site):
    files = kept(site)
    outside = [file for file in files if "://" in file]
    assert [file for file in files if file not in outside and not (site / file).is_file()] == []
    assert outside == [pyodide.cdn() + name for name in pyodide.files_and_hashes()]
    assert {
        "index.html",
        "notebooks/index.html",
        f"files/{LESSONS[0]}.ipynb",
        "pyodide/pyodide-lock.json",
    } <= {*files}


def test_a_file_that_changes_is_kept_under_another_hash(tmp_path):
    hashes = []
    for text in ("1", "2"):
        (tmp_path / "a.js").write_text(text)
        write_service_worker(tmp_path, "")
        hashes.append(kept(tmp_path))
    assert [[*files] for files in hashes] == [["a.js"], ["a.js"]]
    assert hashes[0] != hashes[1]


def test_no_file_bears_the_time_of_the_build_so_that_nobody_loads_it_anew(site):
    times = [
        entry[key]
        for path in (site / "api" / "contents").rglob("all.json")
        for entry in json.loads(read(path))["content"]
        for key in ("created", "last_modified")
    ]
    assert len(times) > 2 * len(LESSONS)
    assert {datetime.fromisoformat(time).timestamp() for time in times} == {SAME_TIME}
    packed = [
        path for path in (site / INSIDE).glob("*.whl") if path.name.startswith(("grader", "ipython", "nnfs"))
    ]
    years = {inside.date_time[0] for path in packed for inside in zipfile.ZipFile(path).infolist()}
    assert (len(packed), years) == (4, {1980})


# Python in a browser


class NoThread(threading.Thread):
    def start(self):
        raise RuntimeError("can't start new thread")


without_threads = pytest.mark.skipif(
    sys.version_info < (3, 12), reason="Python 3.12 brought what stops a loop where there are no threads"
)

ENDLESS = {
    "a loop": "while True: pass",
    "an except without a type": "while True:\n        try: 1\n        except: pass",
    "an except around a loop": "while True:\n        try:\n            while 1: 1\n        except: 0",
    "finally": "try:\n        while True: pass\n    finally:\n        while True: pass",
    "NumPy in a loop": "while True:\n        try: np.sum(inputs)\n        except: pass",
    "a generator": "def ones():\n        while True: yield 1\n    return sum(ones())",
    "a comprehension": "import itertools\n    return [n for n in itertools.count() if n < 0]",
    "calls of itself": "try: return relu_if(inputs)\n    except RecursionError: return relu_if(inputs)",
}


@without_threads
@pytest.mark.parametrize("body", ENDLESS.values(), ids=ENDLESS)
def test_what_never_ends_is_stopped_without_threads(monkeypatch, body):
    monkeypatch.setattr(threading, "Thread", NoThread)
    verdict = judged_text("relu_if", f"def relu_if(inputs):\n    {body}", seconds=0.3)
    assert (verdict.status, verdict.points) == ("wrong", 0)


@without_threads
def test_without_threads_time_is_looked_at_only_while_an_answer_runs(monkeypatch):
    monkeypatch.setattr(threading, "Thread", NoThread)
    names = define(
        "def relu_if(inputs):\n    while True: pass\ndef count():\n    return [n for n in range(9)]"
    )
    judged("relu_if", names, seconds=0.1)
    assert names["count"]() == list(range(9))


@without_threads
@pytest.mark.parametrize("name", EXERCISES)
def test_a_right_answer_is_right_without_threads(monkeypatch, name):
    monkeypatch.setattr(threading, "Thread", NoThread)
    assert judged(name, EXERCISES[name].namespace()).status == "right"


def test_an_answer_that_asks_is_told_that_nobody_answers():
    verdict = judged_text("relu_if", "def relu_if(inputs):\n    return [float(input()) for _ in inputs]")
    (finding,) = verdict.findings
    assert "EOFError" in finding.got + finding.title
    assert define("from builtins import input as ask")["ask"] is input


@pytest.mark.parametrize(("stops", "status"), [(True, "error"), (False, "ok")])
def test_an_error_that_a_cell_is_meant_to_show_is_written_and_does_not_cancel_the_rest(stops, status):
    async def run(code):
        return {"status": "error", "payload": [], "traceback": ["TypeError", "no"]}

    kernel = SimpleNamespace(run=run, _parent_header={"content": {"stop_on_error": stops}})
    stream = io.StringIO()
    let_expected_errors_pass(kernel, stream)
    assert asyncio.run(kernel.run(""))["status"] == status
    assert stream.getvalue() == ("" if stops else "TypeError\nno\n")
