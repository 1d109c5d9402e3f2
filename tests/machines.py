"""A Dask scheduler and workers for tests: processes of their own, which are ended with the test."""

import json
import os
import signal
import subprocess
import sys
import time

from conftest import ROOT


class Machines:
    """A scheduler and workers; `path` is what they import from besides the package."""

    def __init__(self, folder, path=""):
        self.path = f"{ROOT}{os.pathsep}{path}" if path else str(ROOT)
        self.folder, self.file, self.processes = folder, folder / "scheduler.json", []
        self.scheduler = self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        while not (text := self.file.read_text() if self.file.exists() else "").endswith("}"):
            assert self.scheduler.poll() is None
            time.sleep(0.05)
        self.address = json.loads(text)["address"]

    def worker(self, *options, nanny=False):
        local = self.folder / f"worker-{len(self.processes)}"
        local.mkdir()
        return self.start(
            "worker",
            "--nanny" if nanny else "--no-nanny",
            "--no-dashboard",
            "--local-directory",
            local,
            *options,
        )

    def start(self, what, *options):
        line = [sys.executable, "-m", "dask", what, "--scheduler-file", self.file, *options]
        process = subprocess.Popen(
            list(map(str, line)),
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": self.path, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "60s"},
            stdout=subprocess.DEVNULL,
            stderr=open(self.folder / f"{what}-{len(self.processes)}.log", "w"),  # noqa: SIM115
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def end(self):
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
