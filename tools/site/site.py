"""Puts the site together: JupyterLite, the lessons, the packages for the browser, our own pages."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from html import escape
from importlib import metadata
from pathlib import Path

from grader.authoring.build import find_masters
from grader.authoring.master import read_header
from grader.course import CHAPTERS
from grader.course.places import ROOT, START, release, sources

from . import pyodide
from .wheels import (
    Wheel,
    closure,
    name_only,
    pack_installed,
    pack_student,
    take_wheel,
    without_jedi,
)

PAGES = Path(__file__).with_name("pages")
EXTENSION = "@jupyterlite/pyodide-kernel-extension"
WIDGETS = "@jupyter-widgets/jupyterlab-manager"
APPS = ("lab", "notebooks")
PACKED = ("ipython", "comm", "ipywidgets", "matplotlib", "nnfs")
"""What the lessons and the kernel need of installed packages, before what these need."""

LOADED_AT_ONCE = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython", "grader")
LOADED_AT_ONCE += ("ipywidgets",)
"""What the kernel would otherwise fetch one after the other while it starts, and what each lesson imports."""

NEVER_OPENED = (
    "repl",
    "tree",
    "edit",
    "consoles",
    "doc",
    "build/repl",
    "build/tree",
    "build/edit",
    "build/consoles",
)
OLD_FONTS = re.compile(r"fa-.*\.(svg|eot|ttf|woff)$")
ICONS = ("busy-1", "busy-2", "busy-3", "file", "notebook", "terminal")
"""The names under which the notebook page asks for one."""
NOT_KEPT = re.compile(r"(\.map|third-party-licenses\.json|service-worker\.js|\.log)$|^jupyterlite\.schema")
"""What a browser need not keep for work without a network."""

NARROW = ".jp-OutputArea-output.jp-RenderedHTMLCommon { padding-left: 5px }"
"""In a narrow window an output stands below its number, and its words would touch the bar beside them."""

SAME_TIME = 1_767_225_600
"""The time that all files bear: a site that is built again is the same, and nobody loads it anew."""


def build_site(output: Path, pyodide_from: str = "") -> None:
    """Build the site into `output`, which is replaced.

    `pyodide_from` is the folder from which Pyodide's files are put into the site, or the address
    from which a browser fetches them: Pyodide's CDN unless given. Raises PyodideError.
    """
    inside = bool(pyodide_from) and "://" not in pyodide_from
    address = "" if inside else (pyodide_from or pyodide.cdn())
    if inside:
        pyodide.check_files(Path(pyodide_from))
    with tempfile.TemporaryDirectory() as folder:
        source, built = Path(folder, "source"), Path(folder, "site")
        write_source(source, f"{address or './pyodide/'}pyodide.mjs")
        run_jupyterlite(source, built)
        leave_out(built)
        (built / "pyodide").mkdir()
        if inside:
            pyodide.copy_files(Path(pyodide_from), built / "pyodide")
        write_packages(built / "pyodide", address)
        write_pages(built, address)
        if output.exists():
            shutil.rmtree(output)
        shutil.move(built, output)


def write_source(folder: Path, pyodide_url: str) -> None:
    """What `jupyter lite build` reads: settings, and the lessons and start page as they are handed out."""
    for chapter in CHAPTERS:
        lessons = folder / "lessons" / chapter
        lessons.mkdir(parents=True)
        for path in sorted(release(chapter).glob("*.ipynb")):
            shutil.copy(path, lessons)
    shutil.copy(ROOT / "notebooks" / START, folder / "lessons")
    kernel = {
        "pyodideUrl": pyodide_url,
        "loadPyodideOptions": {"lockFileURL": "./pyodide/pyodide-lock.json", "packages": LOADED_AT_ONCE},
    }
    config = {
        "appName": "Neural networks from scratch",
        "exposeAppInBrowser": True,
        "litePluginSettings": {f"{EXTENSION}:kernel": kernel},
    }
    write_json(
        folder / "jupyter-lite.json", {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}
    )
    shutil.copy(PAGES / "overrides.json", folder)


def write_json(path: Path, data) -> None:
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")


def extension_folder(name: str = EXTENSION) -> Path:
    """Where an extension of JupyterLab is installed: unless named, the Pyodide kernel's."""
    return Path(sys.prefix, "share", "jupyter", "labextensions", name)


def run_jupyterlite(source: Path, built: Path) -> None:
    """`jupyter lite build` with the Pyodide kernel, widgets, and no other extension of this environment."""
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--ignore-sys-prefix", "--no-sourcemaps"]
    command += ["--no-unused-shared-packages", f"--source-date-epoch={SAME_TIME}"]
    for name in (EXTENSION, WIDGETS):
        command += [f"--LiteBuildConfig.federated_extensions={extension_folder(name)}"]
    command += [f"--lite-dir={source}", f"--contents={source / 'lessons'}", f"--output-dir={built}"]
    command += [word for app in APPS for word in ("--apps", app)]
    done = subprocess.run(command, cwd=source, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise RuntimeError(f"jupyter lite build failed:\n{done.stdout[-3000:]}")


def leave_out(built: Path) -> None:
    """Delete what no page of ours asks for."""
    for name in NEVER_OPENED:
        shutil.rmtree(built / name, ignore_errors=True)
    for path in [*built.rglob("*.map"), *built.rglob("widgetsnbextension-*.whl")]:
        path.unlink()
    for path in (built / "build").iterdir():
        if OLD_FONTS.match(path.name):
            path.unlink()


def write_packages(folder: Path, address: str) -> None:
    """Put the wheels into the folder, and the list of packages that Pyodide reads there."""
    pins = pyodide.read_pins()
    wheels: list[Wheel] = [
        pack_installed(name, folder) for name in closure(PACKED) if name not in pins["packages"]
    ]
    wheels += [pack_student(folder), name_only("jedi", folder)]
    for path in sorted((extension_folder() / "static" / "pypi").glob("*.whl")):
        if path.name.startswith("pyodide_kernel"):
            wheels.append(without_jedi(path, folder))
        elif not path.name.startswith("widgets"):
            wheels.append(take_wheel(path, folder))
    entries = {wheel.name: wheel.entry() for wheel in wheels}
    for name, entry in pins["packages"].items():
        entries[name] = entry | {"file_name": address + entry["file_name"]}
    for entry in entries.values():
        entry["depends"] = [name for name in entry["depends"] if name in entries]
    write_json(folder / "pyodide-lock.json", {"info": pins["info"], "packages": entries})


def write_pages(built: Path, address: str) -> None:
    """The start page, what a lesson's page is told, and the service worker that keeps all for later."""
    (built / "service-worker.js").rename(built / "jupyterlite-service-worker.js")
    added = "".join(f'<script src="../{name}"></script>\n' for name in ("offline.js", "lesson.js"))
    added += f'<link rel="icon" href="../icon-120x120.png">\n<style>{NARROW}</style>\n'
    for app in APPS:
        page = built / app / "index.html"
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("</head>", f"{added}</head>", 1), encoding="utf-8")
    write_icons(built)
    start = (PAGES / "start.html").read_text(encoding="utf-8")
    (built / "index.html").write_text(start.replace("{{lessons}}", lessons_as_html()), encoding="utf-8")
    shutil.copy(PAGES / "lesson.js", built)
    offline = (PAGES / "offline.js").read_text(encoding="utf-8")
    version = metadata.version("jupyterlite-core")
    (built / "offline.js").write_text(offline.replace("{{version}}", version), encoding="utf-8")
    write_service_worker(built, address)


def write_icons(built: Path) -> None:
    """One small icon under all names that pages ask for; JupyterLite's own is larger than a lesson."""
    icons = built / "static" / "favicons"
    icons.mkdir(parents=True, exist_ok=True)
    for place in (built / "lab" / "favicon.ico", *(icons / f"favicon-{name}.ico" for name in ICONS)):
        shutil.copy(built / "icon-120x120.png", place)


def write_service_worker(built: Path, address: str) -> None:
    """Name all files that are kept, each with the beginning of its hash."""
    paths = [path for path in sorted(built.rglob("*")) if path.is_file()]
    names = {path.relative_to(built).as_posix(): path for path in paths}
    hashes = {name: pyodide.sha256(path) for name, path in names.items() if not NOT_KEPT.search(name)}
    if address:
        hashes |= {address + name: expected for name, expected in pyodide.files_and_hashes().items()}
    files = json.dumps({name: full[:16] for name, full in hashes.items()})
    text = (PAGES / "service-worker.js").read_text(encoding="utf-8")
    (built / "service-worker.js").write_text(text.replace("{{files}}", files), encoding="utf-8")


def lessons_as_html() -> str:
    """A list of links for each chapter."""
    parts = []
    for name, chapter in CHAPTERS.items():
        parts.append(f"<h2>{escape(chapter.title)}</h2>\n<ol>\n")
        for header in map(read_header, find_masters(sources(name))):
            link = f"notebooks/index.html?path={name}/{header.lesson}.ipynb"
            title = header.title.partition(". ")[2]
            question = re.sub(r"`(.+?)`", r"<code>\1</code>", escape(header.question))
            parts.append(
                f'<li><a href="{link}">{escape(title)}</a> ({header.minutes} minutes)<br>{question}</li>\n'
            )
        parts.append("</ol>\n")
    return "".join(parts)
