"""What tests with Chromium share: whether it is there, and what axe finds on a page."""

import shutil
from importlib.resources import files

import pytest

from tools.screenshot import ask

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
