"""A PostgreSQL server of the tests' own, from Debian's packages: a folder, a socket, no network."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

USER, PASSWORD = "grader", "not-to-be-seen"
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


class Postgres:
    """A server that is up; `database` makes one on it and returns its address."""

    def __init__(self, binaries: Path, folder: Path):
        self.binaries, self.folder, self.count = binaries, folder, 0

    def run(self, program: str, *arguments: str) -> None:
        """As somebody who is not root, whom PostgreSQL refuses. A server that it starts keeps no pipe."""
        other = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
        with (self.folder / "log").open("a") as log:
            subprocess.run(
                [self.binaries / program, *arguments],
                cwd=self.folder,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PGPASSWORD": PASSWORD},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=True,
                timeout=120,
                **other,
            )

    def start(self) -> None:
        settings = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        self.run("pg_ctl", "-D", "data", "-w", "-o", settings, "-l", "server.log", "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")

    def database(self) -> str:
        self.count += 1
        name = f"class_{self.count}"
        self.run("createdb", "-h", str(self.folder), "-U", USER, name)
        return f"postgresql://{USER}:{PASSWORD}@/{name}?host={self.folder}"


@contextmanager
def server():
    """A server while it is needed. Skips where there is none to start."""
    pytest.importorskip("psycopg", reason="the driver psycopg is not installed")
    if not BINARIES:
        pytest.skip("there is no PostgreSQL to start: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path has 107 characters at most
    postgres = Postgres(BINARIES[-1].parent, folder)
    (folder / "password").write_text(PASSWORD)
    (folder / "log").touch()
    if os.geteuid() == 0:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, "nobody", "nogroup")
    try:
        postgres.run(
            *("initdb", "-D", "data", "-U", USER, "-A", "scram-sha-256", "--pwfile", "password"),
            *("-E", "UTF8", "--no-sync"),
        )
        postgres.start()
        try:
            yield postgres
        finally:
            postgres.stop()
    finally:
        shutil.rmtree(folder)


def keep_on(course: Path, url: str) -> None:
    """Have a class keep its gradebook there."""
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"c = get_config()\nc.CourseDirectory.db_url = {url!r}\n")
