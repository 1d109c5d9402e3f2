"""Whoever is not root grades as well: a lesson's process lives as long as the lesson, in either sandbox."""

import os
import subprocess
import sys

import pytest
from attacks.set_ups import NOBODY, SANDBOXES, reachable
from conftest import ROOT

LESSONS = """
import sys, time
from grader.grading.running.warm import WarmParent
from grader.grading.sandbox import NoSandbox, named
sandbox = named(sys.argv[1])
try:
    sandbox.probe()
except NoSandbox as reason:
    print("none:", str(reason).splitlines()[0])
    raise SystemExit
with WarmParent(sandbox) as parent:
    for lesson in range(3):
        with parent.kernel() as kernel:
            for cell in range(2):
                kernel.run(60, code="1")
                time.sleep(0.3)
    print("lessons", parent.replaced)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("sandbox", SANDBOXES)
def test_lessons_of_an_ordinary_user_live_to_their_end(tmp_path, sandbox):
    os.chown(tmp_path, NOBODY, NOBODY)
    for folder in tmp_path.parents[:3]:
        folder.chmod(0o755)
    becoming = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]
    places = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = subprocess.run(
        [*reachable(), *becoming, sys.executable, "-c", LESSONS, sandbox],
        cwd=ROOT,
        env=os.environ | places,
        capture_output=True,
        text=True,
        timeout=300,
    )
    if done.stdout.startswith("none:"):
        pytest.skip(done.stdout)
    assert done.stdout.strip() == "lessons []", done.stdout + done.stderr[-2000:]
