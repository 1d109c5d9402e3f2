"""Two students with accounts of their own on this machine, each of whom can only do what an account may."""

import os
import secrets
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from attacks.set_ups import reachable

SECONDS = 300


@dataclass
class User:
    """An account with a home; what it runs is run as its own."""

    name: str
    home: Path

    def nbgrader(self, *arguments):
        """nbgrader's command, as this student types it at home. Raises with its words where it fails."""
        account = ["setpriv", f"--reuid={self.name}", f"--regid={self.name}", "--init-groups", "--"]
        done = subprocess.run(
            [*reachable(), *account, sys.executable, "-m", "nbgrader", *arguments],
            cwd=self.home,
            env={"HOME": str(self.home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        assert not done.returncode, done.stderr
        return done.stderr

    def owns(self, path):
        """Have a file that was written for this student be the student's."""
        shutil.chown(path, self.name, self.name)


@contextmanager
def students(folder: Path, *names: str):
    """An account for each name, as long as it is needed. Skips where they cannot be made."""
    if os.geteuid() != 0 or not (shutil.which("useradd") and shutil.which("setpriv")):
        pytest.skip("only root can make the two accounts that hand in")
    if reachable() and not shutil.which("bwrap"):
        pytest.skip("the Python of these tests cannot be used by others")
    with ExitStack() as accounts:
        made = []
        for name in names:
            user = User(f"{name}-{secrets.token_hex(3)}", folder / name)
            user.home.mkdir(mode=0o755)
            subprocess.run(["useradd", "--home-dir", user.home, "--user-group", user.name], check=True)
            accounts.callback(subprocess.run, ["userdel", user.name], capture_output=True)
            user.owns(user.home)
            made.append(user)
        yield made
