"""Runs the attacks against ours in four set-ups: as root and as an ordinary user, in bubblewrap and in Landlock.

As a user it needs root, who becomes one: whoever is a user already runs two of the four.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from grader.course.places import ROOT

SANDBOXES = ("bubblewrap", "landlock")
NOBODY = 65534


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.attacks.set_ups", description=__doc__)
    parser.add_argument("--only", default="", metavar="PATTERN", help="attacks whose kind/name holds this")
    options = parser.parse_args()
    failed = []
    for user in ("root", "a user") if os.geteuid() == 0 else ("a user",):
        for sandbox in SANDBOXES:
            print(f"\n## As {user}, in {sandbox}\n", flush=True)
            if run(user, ["--ours", "--sandbox", sandbox, "--only", options.only]):
                failed.append(f"as {user}, in {sandbox}")
    print(f"\nNot as it should be: {'; '.join(failed)}" if failed else "\nNothing gained, in no set-up.")
    return len(failed)


def run(user: str, arguments: list[str]) -> int:
    """One run, with a home and a place for temporary files of its own."""
    with tempfile.TemporaryDirectory(prefix="attacks-", dir="/var/tmp") as folder:
        becoming = []
        if user != "root" and os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
            becoming = [*reachable(), "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]
        places = {"HOME": folder, "TMPDIR": folder, "XDG_CACHE_HOME": f"{folder}/cache"}
        line = [*becoming, sys.executable, "-m", "tests.attacks", *arguments]
        return subprocess.run(line, cwd=ROOT, env=os.environ | places).returncode


def reachable() -> list[str]:
    """What lets another user see a Python that lies in root's home: for one command only."""
    places = {Path(sys.base_prefix), Path(sys.prefix), ROOT}
    hidden = sorted(path for path in places if path.is_relative_to(Path.home()))
    if not hidden:
        return []
    above = sorted({top for path in hidden for top in path.parents if top != Path.home()} - {*Path.home().parents})
    folders = [part for path in above for part in ("--perms", "0755", "--dir", str(path))]
    shown = [part for path in hidden for part in ("--ro-bind", str(path), str(path))]
    kept = ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--perms", "0755"]
    return ["bwrap", "--dev-bind", "/", "/", *kept, "--tmpfs", str(Path.home()), *folders, *shown, "--"]


if __name__ == "__main__":
    sys.exit(main())
