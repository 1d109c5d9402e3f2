"""Opens JupyterLab: a student's with nothing of an instructor's in it, or an instructor's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import zmq

from ..course import CHAPTERS
from ..course.places import ROOT, START, release
from .updates import copy_whole, update

CONFIG = Path(__file__).with_name("config")
"""Switches nbgrader's buttons off, where nbgrader is installed beside it, and JupyterLab's news."""


AS_ROOT = (
    "Jupyter does not start for root, whose code may do anything. Work as an ordinary user; in a container "
    "that is yours alone say: {command} --allow-root"
)


def prepare(work: Path, root: Path = ROOT) -> list[str]:
    """Bring all chapters and the start page into the folder `work`; say what is new or has changed."""
    said = []
    for chapter in CHAPTERS:
        said += update(release(chapter, root), work / chapter)
    if (root / "notebooks" / START).is_file():
        copy_whole(root / "notebooks" / START, work / START)
    return said


def open_lab(work: Path, arguments: Sequence[str] = ()) -> int:
    """A student's JupyterLab in the folder `work`; the exit status."""
    start = f"--LabApp.default_url=/lab/tree/{START}"
    settings = os.pathsep.join(filter(None, (str(CONFIG), os.environ.get("JUPYTER_CONFIG_PATH", ""))))
    return jupyter_lab(work, [start, *encrypted(), *arguments], JUPYTER_CONFIG_PATH=settings)


def encrypted() -> list[str]:
    """What has JupyterLab talk to kernels in code, where ZeroMQ can: each kernel warns of anything else."""
    return ["--KernelManager.transport_encryption=auto"] if zmq.has("curve") else []


def open_desk(classdir: Path, arguments: Sequence[str] = ()) -> int:
    """An instructor's JupyterLab, with the formgrader, in a class directory; the exit status."""
    if not (classdir / "nbgrader_config.py").exists():
        shutil.copy(ROOT / "nbgrader_config.py", classdir)
    return jupyter_lab(classdir, arguments)


def jupyter_lab(folder: Path, arguments: Sequence[str], **settings: str) -> int:
    if is_root() and "--allow-root" not in arguments:
        print(AS_ROOT.format(command=" ".join(["python -m grader", *sys.argv[1:]])), file=sys.stderr)
        return 1
    command = [sys.executable, "-m", "jupyterlab", "--ServerApp.root_dir=.", *arguments]
    return become(command, folder, {**os.environ, **settings})


def become(command: list[str], folder: Path, env: dict[str, str]) -> int:
    """Go on as another program, so that whoever ends this process ends that one; on Windows as its parent."""
    if os.name != "posix":
        return subprocess.call(command, cwd=folder, env=env)
    sys.stdout.flush()
    os.chdir(folder)
    os.execve(command[0], command, env)


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
