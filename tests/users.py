"""People with accounts of their own on this machine, each of whom can only do what an account may."""

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
    """An account with a home; what it runs is run as its own. Without a name it is who runs the tests."""

    name: str
    home: Path

    @property
    def becoming(self) -> list[str]:
        """What stands before a command."""
        if not self.name:
            return []
        account = ["setpriv", f"--reuid={self.name}", f"--regid={self.name}", "--init-groups", "--"]
        return [*reachable(), *account]

    @property
    def variables(self) -> dict[str, str]:
        own = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        return own if self.name else dict(os.environ)

    def run(self, *arguments, cwd=None):
        """A module of this Python, as it is typed at home. Raises with its words where it fails."""
        done = subprocess.run(
            [*self.becoming, sys.executable, "-m", *map(str, arguments)],
            cwd=cwd or self.home,
            env=self.variables,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        assert not done.returncode, done.stderr
        return done.stderr

    def nbgrader(self, *arguments, cwd=None):
        return self.run("nbgrader", *arguments, cwd=cwd)

    def grader(self, *arguments):
        return self.run("grader", *arguments)

    def owns(self, path):
        """Have a file that was written for this person be this person's."""
        if self.name:
            shutil.chown(path, self.name, self.name)


@contextmanager
def accounts(folder: Path, *names: str):
    """An account for each name, as long as it is needed. Skips where they cannot be made."""
    if os.geteuid() != 0 or not (shutil.which("useradd") and shutil.which("setpriv")):
        pytest.skip("only root can make accounts")
    if reachable() and not shutil.which("bwrap"):
        pytest.skip("the Python of these tests cannot be used by others")
    with ExitStack() as made_here:
        made = []
        for name in names:
            user = User(f"{name}-{secrets.token_hex(3)}", folder / name)
            user.home.mkdir(mode=0o755)
            subprocess.run(["useradd", "--home-dir", user.home, "--user-group", user.name], check=True)
            made_here.callback(subprocess.run, ["userdel", user.name], capture_output=True)
            user.owns(user.home)
            made.append(user)
        yield made
