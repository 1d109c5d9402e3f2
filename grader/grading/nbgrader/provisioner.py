"""A Jupyter kernel in the sandbox, for nbclient, nbconvert and nbgrader: kernel name `grader-student`.

`use_student_kernel()` makes the name known to this process; with `c.Execute.kernel_name =
"grader-student"` every notebook that nbgrader executes runs confined. jupyter_client finds the
provisioner by its entry point, and calls it in this order: pre_launch, launch_kernel, poll ...,
shutdown_requested or kill, cleanup.

Where the network is cut off, TCP is of no use: messages go through named sockets (`ipc`) in a folder
of the kernel's own. Setting `c.KernelManager.transport` would do that for all kernels and with
relative paths; so `pre_launch` sets transport, path and connection file on the very manager that
starts this kernel, before the manager reads them. It works because nbclient asks its
AsyncKernelManager for a client only after the start.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import zmq
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Bool, Dict, List, default

from ..sandbox import Limits, choose
from ..sandbox.base import Folder, last_line
from ..sandbox.environment import cache_dir

KERNEL = "grader-student"
ARGV = [
    "python",
    "-m",
    "ipykernel_launcher",
    "-f",
    "{connection_file}",
    "--HistoryManager.enabled=False",
    "--InteractiveShellApp.extensions=grader",
]  # the stub, which answers `!command`


class SandboxProvisioner(LocalProvisioner):
    """Starts the kernel by `choose(unsafe).start(...)` and ends all of it."""

    unsafe = Bool(False, config=True, help="Run without a sandbox where none works")
    limits = Dict(config=True, help="Fields of grader.grading.sandbox.Limits: {'memory': 2**30}")
    packages = List(config=True, help="Packages for the students besides the usual: ['scipy']")

    room = folder = confined = None
    told = False

    async def pre_launch(self, **kwargs):
        manager = self.parent
        if self.folder is None:  # a restart keeps it
            self.room = Folder()
            self.folder = self.room.path
            (self.folder / "ipc").mkdir(mode=0o700)
            manager.transport, manager.cache_ports = "ipc", False
            manager.connection_file = str(self.folder / "kernel.json")
            manager.ip = str(self.folder / "ipc" / "k")  # the sockets are k-1 ... k-5
            manager.client_factory = capped(manager.client_factory, Limits(**self.limits).message)
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd, cwd=None, **kwargs):
        """Start it; of what the caller passes, only the command's arguments and the directory count,
        not its environment."""
        sandbox = choose(self.unsafe, tuple(self.packages))
        with open(self.folder / "log", "wb") as log:
            self.confined = sandbox.start(
                cmd[1:], workdir=cwd, connection_dir=self.folder, stderr=log, limits=Limits(**self.limits)
            )
        self.told = False
        self.process, self.pid, self.pgid = self.confined.process, self.confined.process.pid, None
        return self.connection_info

    async def poll(self):
        if self.process is None:
            return 0
        status = self.confined.poll()
        if status and not self.told:
            self.told = True
            with open(self.folder / "log", "rb") as log:
                self.log.warning("the student's kernel ended (%s): %s", status, last_line(log.read(10**5)))
        return status

    async def send_signal(self, signum):
        """No signal but the last: interrupts are messages, and a kernel need not agree to its end."""
        if signum and self.confined is not None:
            self.told = True  # no news
            self.confined.kill()

    async def kill(self, restart=False):
        await self.send_signal(9)

    async def terminate(self, restart=False):
        await self.send_signal(9)

    async def shutdown_requested(self, restart=False):
        """At once: a graded kernel has nothing to save, and waiting for it costs 0.4 s."""
        await self.send_signal(9)

    async def cleanup(self, restart=False):
        if self.confined is not None:
            self.confined.close()
        if not restart and self.folder is not None:
            self.room.close()
            self.folder = None


def capped(client_class, size):
    """A client that drops the connection when a message is larger: one of 150 MB takes 600 MB here."""

    class CappedClient(client_class):
        @default("context")
        def _context_default(self):
            context = super()._context_default()
            context.setsockopt(zmq.MAXMSGSIZE, size)  # for every socket made from it
            return context

    return CappedClient


def kernelspec_dir() -> Path:
    """A Jupyter data directory that holds the kernel; made anew where it is missing or differs."""
    data = cache_dir() / "jupyter"
    spec = data / "kernels" / KERNEL / "kernel.json"
    text = json.dumps(
        {
            "argv": ARGV,
            "display_name": "Student (sandbox)",
            "language": "python",
            "interrupt_mode": "message",
            "metadata": {"kernel_provisioner": {"provisioner_name": "grader-sandbox"}},
        },
        indent=1,
    )
    if not spec.exists() or spec.read_text() != text:
        spec.parent.mkdir(parents=True, exist_ok=True)
        draft = spec.with_suffix(f".{os.getpid()}")
        draft.write_text(text)
        draft.replace(spec)
    return data


def use_student_kernel() -> str:
    """Make jupyter_client find the kernel, in this process and those it starts; return its name.

    By JUPYTER_PATH: nbclient makes its KernelSpecManager without our configuration."""
    data, path = str(kernelspec_dir()), os.environ.get("JUPYTER_PATH", "")
    if data not in path.split(os.pathsep):
        os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [data, path]))
    return KERNEL
