"""Fetches Pyodide's files from package registries: python -m tools.site.fetch FOLDER

The runtime is the npm package of the pinned version. The compiled packages lie, with the very hashes of
that version, in a wheel of Open WebUI. Every file is checked against `pyodide.json`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from . import pyodide
from .pyodide import PyodideError

COMPILED_IN = "open-webui==0.12.4"
INSIDE = "open_webui/frontend/pyodide/"


def fetch(folder: Path) -> None:
    """Put Pyodide's files into `folder`, unless they are there. Raises PyodideError where that fails."""
    pins = pyodide.read_pins()
    wanted = [entry["file_name"] for entry in pins["packages"].values()]
    if all((folder / name).is_file() for name in pyodide.files_and_hashes()):
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as downloads:
        run(["npm", "pack", "--silent", f"pyodide@{pins['version']}"], downloads)
        run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", COMPILED_IN], downloads)
        (runtime,), (wheel,) = Path(downloads).glob("*.tgz"), Path(downloads).glob("*.whl")
        with tarfile.open(runtime) as archive:
            for name in pins["runtime"]:
                save(archive.extractfile(f"package/{name}"), folder / name)
        with zipfile.ZipFile(wheel) as archive:
            for name in wanted:
                save(archive.open(INSIDE + name), folder / name)
    pyodide.check_files(folder)


def save(source, path: Path) -> None:
    with source, path.open("wb") as file:
        shutil.copyfileobj(source, file)


def run(command: list[str], folder: str) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise PyodideError(f"{command[0]} is not installed") from error
    if done.returncode:
        raise PyodideError(f"{' '.join(command[:3])} failed: {done.stderr.strip()[-300:]}")


if __name__ == "__main__":
    try:
        fetch(Path(sys.argv[1]))
    except PyodideError as error:
        sys.exit(str(error))
