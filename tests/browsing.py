"""What tests with Chromium share: whether it is there, and what axe finds on a page."""

import shutil
from importlib.resources import files

import pytest

from tools.screenshot import ask, browser

IS_THERE = bool(shutil.which("chromium") and shutil.which("chromedriver"))
needs_chromium = pytest.mark.skipif(not IS_THERE, reason="chromium and chromedriver are not installed")

LOOK = """
const [within, rules, done] = arguments;
axe.run({include: [[within]]}, {resultTypes: ['violations'], rules}).then(
  found => done(found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200) +
    (n.any[0] ? ' ' + n.any[0].message : '')))),
  error => done(['failed: ' + error]));
"""


def axe_findings(session, within="html", **rules):
    """What axe finds in some elements of the page that is open; `rules` switches rules off, by False."""
    script = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
    ask(f"{session}/execute/sync", {"script": script, "args": []})
    switched = {name: {"enabled": on} for name, on in rules.items()}
    return ask(f"{session}/execute/async", {"script": LOOK, "args": [within, switched]})


def axe_on_pages(*paths):
    """What axe finds on these pages, by page and theme, in a wide window and in a narrow one."""
    found = {}
    with browser() as session:
        ask(f"{session}/timeouts", {"script": 120_000})
        for theme, width in (("light", 1100), ("dark", 600)):
            feature = {"name": "prefers-color-scheme", "value": theme}
            emulated = {"cmd": "Emulation.setEmulatedMedia", "params": {"features": [feature]}}
            ask(f"{session}/goog/cdp/execute", emulated)
            ask(f"{session}/window/rect", {"width": width, "height": 900})
            for path in paths:
                ask(f"{session}/url", {"url": path.as_uri()})
                open_folds = "document.querySelectorAll('details').forEach(fold => fold.open = true)"
                ask(f"{session}/execute/sync", {"script": open_folds, "args": []})
                if violations := axe_findings(session):
                    found[path.name, theme] = violations
    return found
