"""Takes the README's pictures: a lesson in JupyterLab, with a wrong answer and what the check says to it;
and in the dark theme a prediction that was made, and a figure.

    python -m tools.screenshot [FOLDER]

JupyterLab runs from this environment on a copy of the students' folder; headless Chromium opens the
lesson, runs its cells and takes the picture. Needs `chromium` and `chromedriver`; those speak
WebDriver, which is JSON over HTTP. FOLDER is docs/ unless given.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat

from grader.course import CHAPTER
from grader.course.places import ROOT, release
from grader.lab import lab

from .processes import of_group

PICTURES = ROOT / "docs"
LESSON, EXERCISE, QUESTION = "05_softmax_batch", "softmax_batch", "square-batch"
WRONG = """\
def softmax_batch(layer_outputs):
    \"\"\"Return the probabilities of each sample: array of shape (n, k) -> array of shape (n, k).\"\"\"
    exp_values = np.exp(layer_outputs)
    return exp_values / np.sum(exp_values)
"""
WIDTH, HEIGHT, SCALE = 1000, 784, 1.5
PATIENCE = 300  # seconds, for a slow machine
GRACE = 20  # seconds in which a server that is ended has to go

QUIET = {  # no question about news, no pane beside the lesson, a light page
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/apputils-extension:themes": {"theme": "JupyterLab Light", "adaptive-theme": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}

RUN_ALL = """
const [grade_id, done] = arguments;
const rest = () => new Promise(ready => setTimeout(ready, 1000));
(async () => {
  const app = window.jupyterapp;
  await app.restored;
  if (!app.shell.leftCollapsed) await app.commands.execute('application:toggle-left-area');
  const panel = app.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  await app.commands.execute('notebook:run-all-cells');
  do await rest(); while (panel.sessionContext.session.kernel.status !== 'idle');
  await panel.context.save();
  const cells = panel.content.widgets;
  const at = cells.findIndex(cell => (cell.model.getMetadata('nbgrader') || {}).grade_id === grade_id);
  panel.content.activeCellIndex = cells.length - 1;  // its tool bar is not to cover what is looked at
  await rest();
  cells[at - 1].node.scrollIntoView({block: 'start'});
  panel.content.outerNode.scrollTop -= 36;
  await rest();
  return cells[at].node.innerText;
})().then(done, error => done('failed: ' + error));
"""

PREDICT_IN_THE_DARK = """
const [question, done] = arguments;
const rest = () => new Promise(ready => setTimeout(ready, 1000));
(async () => {
  const app = window.jupyterapp, panel = app.shell.currentWidget;
  await app.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'});
  const cell = panel.content.widgets.find(cell => cell.model.sharedModel.source.includes(question));
  const buttons = cell.node.querySelectorAll('.widget-button');
  buttons[buttons.length - 1].focus();
  buttons[buttons.length - 1].click();
  do await rest(); while (!cell.node.innerText.includes('You predicted'));
  cell.node.scrollIntoView({block: 'start'});
  await rest();
  return cell.node.innerText;
})().then(done, error => done('failed: ' + error));
"""


def main(folder_of_pictures: Path = PICTURES) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lessons = copy_lessons(Path(folder))
        as_students_have_it = {"JUPYTER_CONFIG_PATH": str(lab.CONFIG)}
        with jupyter_lab(Path(folder), lessons, **as_students_have_it) as address, browser() as session:
            text = visit(session, address)
            if "not right yet" not in text:
                sys.exit(f"the check has not answered; there is: {text!r}")
            take(session, folder_of_pictures / "lesson.png")
            ask(f"{session}/window/rect", {"width": WIDTH, "height": 1080})
            ask(f"{session}/execute/async", {"script": PREDICT_IN_THE_DARK, "args": [QUESTION]})
            take(session, folder_of_pictures / "dark.png")


def take(session: str, picture: Path) -> None:
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(photograph(session, "#jp-main-dock-panel"))
    print(f"{picture}: {picture.stat().st_size // 1000} kB")


def copy_lessons(folder: Path) -> Path:
    """The students' folder, with the wrong answer in the lesson that is photographed."""
    lessons = folder / CHAPTER
    shutil.copytree(release(CHAPTER), lessons)
    path = lessons / f"{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == f"{EXERCISE}-answer":
            cell.source = WRONG.rstrip()
    nbformat.write(notebook, path)
    return lessons


@contextlib.contextmanager
def jupyter_lab(
    folder: Path, lessons: Path, opened: str = f"{LESSON}.ipynb", **variables: str
) -> Iterator[str]:
    """A server of its own, with settings of its own; gives the address of the lesson, or what is `opened`."""
    settings = folder / "settings"
    for plugin, values in QUIET.items():
        path = settings / f"{plugin.replace(':', '/')}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    port, token = free_port(), secrets.token_hex(16)
    own = {
        "JUPYTERLAB_SETTINGS_DIR": settings,
        "JUPYTERLAB_WORKSPACES_DIR": folder / "workspaces",
        "JUPYTER_CONFIG_DIR": folder / "config",
        "IPYTHONDIR": folder / "ipython",
    }
    server = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--expose-app-in-browser",
        "--allow-root",
        f"--ServerApp.root_dir={lessons}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}",
    ]
    own_as_text = {name: str(path) for name, path in own.items()}
    with running(server, folder, os.environ | own_as_text | variables):
        wait_for(f"http://127.0.0.1:{port}/api/status?token={token}")
        yield f"http://127.0.0.1:{port}/lab/tree/{opened}?token={token}"


@contextlib.contextmanager
def browser() -> Iterator[str]:
    """Headless Chromium with a profile of its own; gives the address of its WebDriver session."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, running([find("chromedriver"), f"--port={port}"], folder):
        driver = f"http://127.0.0.1:{port}"
        wait_for(f"{driver}/status")
        arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--force-device-scale-factor={SCALE}",
            f"--window-size={WIDTH},{HEIGHT}",
            f"--user-data-dir={folder}",
        ]
        options = {"binary": find("chromium", "google-chrome", "chrome"), "args": arguments}
        wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
        session = f"{driver}/session/{ask(f'{driver}/session', wanted)['sessionId']}"
        try:
            # as if somebody sat in front of it: JupyterLab follows the focus, which no screen gives here
            focus = {"cmd": "Emulation.setFocusEmulationEnabled", "params": {"enabled": True}}
            ask(f"{session}/goog/cdp/execute", focus)
            yield session
        finally:
            ask(session, method="DELETE")


def visit(session: str, address: str) -> str:
    """Open the lesson, run all of it, and bring the exercise into view; returns what its check says."""
    ask(f"{session}/timeouts", {"script": PATIENCE * 1000, "pageLoad": PATIENCE * 1000})
    ask(f"{session}/url", {"url": address})
    ready = "return !!(window.jupyterapp && window.jupyterapp.shell.currentWidget?.sessionContext)"
    deadline = time.monotonic() + PATIENCE
    while not ask(f"{session}/execute/sync", {"script": ready, "args": []}):
        if time.monotonic() > deadline:
            sys.exit("JupyterLab has not opened the lesson")
        time.sleep(0.5)
    return ask(f"{session}/execute/async", {"script": RUN_ALL, "args": [EXERCISE]})


def photograph(session: str, selector: str) -> bytes:
    """The PNG of one element of the page, cut out of the window."""
    found = ask(f"{session}/element", {"using": "css selector", "value": selector})
    (element,) = found.values()
    return base64.b64decode(ask(f"{session}/element/{element}/screenshot"))


@contextlib.contextmanager
def running(command: list[str], folder: str | Path, variables: dict | None = None) -> Iterator[None]:
    """A program that is ended when the block is left, with what it started; its output is shown if the
    block fails."""
    log = Path(folder) / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, cwd=folder, env=variables, start_new_session=True
        )
    try:
        yield
    except BaseException:
        sys.stderr.write(log.read_text(errors="replace")[-3000:])
        raise
    finally:
        end_group(process)


def end_group(process: subprocess.Popen) -> None:
    """End a program and all of its group: what becomes somebody else to run a server leaves the server."""
    os.killpg(process.pid, signal.SIGTERM)
    process.wait()
    deadline = time.monotonic() + GRACE
    while of_group(process.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def wait_for(address: str) -> None:
    """Wait until a server answers there."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return urllib.request.urlopen(address, timeout=10).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


def ask(address: str, body: dict | None = None, method: str | None = None):
    """One WebDriver command: its answer's value. Exits with the driver's own words where it refuses."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE + 30) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        sys.exit(json.load(error)["value"]["message"])


def find(*names: str) -> str:
    """The first of these programs that is installed."""
    for name in names:
        if path := shutil.which(name):
            return path
    sys.exit(f"{names[0]} is not installed (Debian and Ubuntu: apt install chromium chromium-driver)")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
