"""An instructor's desk in a browser: the formgrader, opened by our command; marks are typed."""

import base64
import os
import secrets
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from browsing import IS_THERE
from class_runs import ONE
from conftest import ROOT

from grader.course import CHAPTER
from tools.screenshot import ask, browser, free_port, running, wait_for

PICTURES = os.environ.get("PICTURES", "")
"""The folder for pictures; nothing is photographed unless it is named."""

PATIENCE = 120  # seconds, for a slow machine

ROW = """
const row = [...document.querySelectorAll('tbody tr')].find(row => row.innerHTML.includes(STUDENT));
const link = row && row.querySelector('a[href*="/submissions/"]');
"""


class Desk:
    """The formgrader of a class, in a browser's window."""

    def __init__(self, session, address, token):
        self.session, self.address = session, address
        ask(f"{session}/url", {"url": f"{address}/login?token={token}"})

    def open(self, path):
        ask(f"{self.session}/url", {"url": f"{self.address}/formgrader/{path}"})

    def js(self, body):
        return ask(f"{self.session}/execute/sync", {"script": body, "args": []})

    def wait(self, body):
        """Until this JavaScript returns something; return it."""
        end = time.monotonic() + PATIENCE
        while not (found := self.js(body)):
            assert time.monotonic() < end, f"in vain: {body}\n{self.js('return document.body.innerText')}"
            time.sleep(0.2)
        return found

    def listed(self, student):
        """Open the list of one notebook's submissions, in which the student is called so."""
        self.open(f"gradebook/{CHAPTER}/{ONE}")
        row = ROW.replace("STUDENT", repr(student))
        self.wait(f"{row} return !!link;")

    def mark(self, student, exercise, points):
        """Open a student's notebook from the list, type other points, and see that they are saved."""
        self.listed(student)
        self.js("toggleAllNames();")
        self.photograph("walk-list")
        self.js(f"{ROW.replace('STUDENT', repr(student))} link.click();")
        self.wait(f"return !!document.getElementById({exercise!r});")
        self.wait(f"return !!$('#{exercise}').attr('placeholder');")  # marks have been loaded
        self.js("$(document).ajaxSuccess(() => window.saved = true);")
        field = ask(f"{self.session}/element", {"using": "css selector", "value": f"#{exercise}"})
        (element,) = field.values()
        ask(f"{self.session}/element/{element}/value", {"text": f"{points}\ue004"})  # and Tab
        self.wait("return window.saved;")

    def photograph(self, name, page=None):
        """Write a picture of what is open, or of a page that was written, where pictures are wanted."""
        if PICTURES and page:
            ask(f"{self.session}/url", {"url": page.as_uri()})
        if PICTURES:
            path = f"{self.session}/screenshot"
            Path(PICTURES, f"{name}.png").write_bytes(base64.b64decode(ask(path)))


@contextmanager
def desk(course, instructor):
    """`python -m grader desk`, as an instructor opens it. Skips where there is no browser to drive."""
    if not IS_THERE:
        pytest.skip("chromium and chromedriver are not installed")
    port, token = free_port(), secrets.token_hex(16)
    own = course.parent / f"{course.name}-jupyter"
    own.mkdir(exist_ok=True)
    instructor.owns(own)
    settings = {"JUPYTER_CONFIG_DIR": own, "JUPYTERLAB_WORKSPACES_DIR": own, "JUPYTERLAB_SETTINGS_DIR": own}
    options = [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"]
    options += [] if instructor.name else ["--allow-root"]
    command = [sys.executable, "-m", "grader", "desk", course, "--no-browser", *options]
    server = [*instructor.becoming, *command]
    variables = (
        instructor.variables
        | {"PYTHONPATH": str(ROOT)}
        | {name: str(path) for name, path in settings.items()}
    )
    address = f"http://127.0.0.1:{port}"
    with running(list(map(str, server)), own, variables):
        wait_for(f"{address}/api/status?token={token}")
        with browser() as session:
            yield Desk(session, address, token)
