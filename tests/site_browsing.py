"""The site, served on this machine, and a window of Chromium with a lesson in it."""

import functools
import http.server
import json
import threading
import time
from contextlib import contextmanager

import pytest
from browsing import IS_THERE
from conftest import ROOT

from tools.screenshot import ask, browser
from tools.site.fetch import fetch
from tools.site.pyodide import PyodideError
from tools.site.site import build_site

PATIENCE = 240  # seconds, for a slow machine


class Server(http.server.ThreadingHTTPServer):
    """Serves a folder below a prefix, as a static host does, and notes what was asked for."""

    daemon_threads = True

    def __init__(self, folder):
        self.asked = []
        super().__init__(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}/some/prefix"


class Handler(http.server.SimpleHTTPRequestHandler):
    def send_response(self, code, message=None):
        self.server.asked.append((int(code), self.path))
        super().send_response(code, message)

    def end_headers(self):
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The folder that a static host would serve, with the site in it, below a prefix."""
    if not IS_THERE:
        pytest.skip("chromium and chromedriver are not installed")
    try:
        fetch(ROOT / "build" / "pyodide")
    except PyodideError as error:
        pytest.skip(f"Pyodide cannot be had here: {error}")
    folder = tmp_path_factory.mktemp("host")
    build_site(folder / "some" / "prefix", str(ROOT / "build" / "pyodide"))
    return folder


@pytest.fixture(scope="module")
def server(served):
    server = Server(served)
    yield server
    server.shutdown()


class Page:
    """A browser's window with a lesson in it."""

    def __init__(self, session, address):
        self.session, self.address = session, address
        ask(f"{session}/timeouts", {"script": PATIENCE * 1000, "pageLoad": PATIENCE * 1000})

    def open(self, path):
        ask(f"{self.session}/url", {"url": f"{self.address}/{path}"})

    def lesson(self, lesson, app="notebooks"):
        self.open(f"{app}/index.html?path={lesson}.ipynb")
        self.wait("return app?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'")

    def js(self, body):
        script = f"const app = window.jupyterapp, panel = app?.shell?.currentWidget; {body}"
        return ask(f"{self.session}/execute/sync", {"script": script, "args": []})

    def wait(self, body, seconds=PATIENCE):
        end = time.monotonic() + seconds
        while not (found := self.js(body)):
            assert time.monotonic() < end, (
                f"waited in vain for: {body}\n{self.js('return document.body.innerText')}"
            )
            time.sleep(0.3)
        return found

    def do(self, body, *args):
        """Run JavaScript that may wait; `cells` are the notebook's, `idle` waits for the kernel."""
        script = f"""
            const [args, done] = arguments, app = window.jupyterapp, panel = app.shell.currentWidget;
            const pause = ms => new Promise(ready => setTimeout(ready, ms));
            const idle = async () => {{
              do await pause(300); while (panel.sessionContext.session.kernel.status !== 'idle');
            }};
            (async () => {{
              await panel.context.ready;
              const cells = panel.content.widgets;
              const cellOf = id => cells.findIndex(c => c.model.getMetadata('nbgrader')?.grade_id === id);
              {body}
            }})().then(done, error => done('failed: ' + error));"""
        return ask(f"{self.session}/execute/async", {"script": script, "args": [[*args]]})

    def run_all(self):
        """The notebook's code cells, as they are stored after all were run."""
        return json.loads(
            self.do(
                "await app.commands.execute('notebook:run-all-cells'); await idle();"
                "return JSON.stringify(cells.map(c => c.model.toJSON()).filter(c => c.cell_type === 'code'))"
            )
        )

    def run(self, source):
        """The outputs of a cell that is added at the end."""
        return json.loads(
            self.do(
                "panel.content.activeCellIndex = cells.length - 1;"
                "await app.commands.execute('notebook:insert-cell-below');"
                "const cell = panel.content.activeCell; cell.model.sharedModel.setSource(args[0]);"
                "await app.commands.execute('notebook:run-cell'); await idle();"
                "return JSON.stringify(cell.model.outputs.toJSON())",
                source,
            )
        )

    def text(self, source):
        """What a cell that is added at the end says."""
        outputs = self.run(source)
        return "".join(o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs)

    def start(self, source):
        """Run a cell that is added at the end, and wait for nothing."""
        self.do(
            "panel.content.activeCellIndex = cells.length - 1;"
            "await app.commands.execute('notebook:insert-cell-below');"
            "panel.content.activeCell.model.sharedModel.setSource(args[0]);"
            "void app.commands.execute('notebook:run-cell'); return 'started'",
            source,
        )

    def answer(self, exercise, source):
        self.do("cells[cellOf(args[0])].model.sharedModel.setSource(args[1])", f"{exercise}-answer", source)


@contextmanager
def window(server):
    with browser() as session:
        yield Page(session, server.address)


@pytest.fixture(scope="module")
def page(server):
    with window(server) as page:
        yield page
