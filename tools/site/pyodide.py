"""Python in the browser: which Pyodide, and the hashes of every file of it that a site uses.

`pyodide.json` is written by `python -m tools.site.pyodide FOLDER` from the npm package of that version,
unpacked in FOLDER. A site takes these files from the CDN, or from a folder whose files have those hashes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path

PINS = Path(__file__).with_name("pyodide.json")
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
COMPILED = ("numpy", "matplotlib", "pillow", "contourpy", "kiwisolver", "micropip")
"""The packages taken from Pyodide: those that are compiled, and the one that installs others."""


class PyodideError(Exception):
    """A folder that does not hold the Pyodide that is pinned."""


def read_pins() -> dict:
    """`version`, `info`, `runtime` (file: hash) and `packages` (name: entry of pyodide-lock.json)."""
    return json.loads(PINS.read_text(encoding="utf-8"))


def cdn() -> str:
    """Where Pyodide publishes that version."""
    return f"https://cdn.jsdelivr.net/pyodide/v{read_pins()['version']}/full/"


def files_and_hashes() -> dict[str, str]:
    """All files that a site uses of Pyodide, with their SHA-256."""
    pins = read_pins()
    return pins["runtime"] | {entry["file_name"]: entry["sha256"] for entry in pins["packages"].values()}


def check_files(folder: Path) -> None:
    """Raise PyodideError where one of them is missing in `folder`, or is another."""
    for name, expected in files_and_hashes().items():
        if not (folder / name).is_file() or sha256(folder / name) != expected:
            raise PyodideError(f"{folder / name} is missing, or not that of Pyodide {read_pins()['version']}")


def copy_files(source: Path, folder: Path) -> None:
    """Copy them."""
    for name in files_and_hashes():
        shutil.copy2(source / name, folder / name)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_pins(folder: Path) -> None:
    """Pin the Pyodide in `folder`, an unpacked npm package."""
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    pins = {
        "version": version,
        "info": lock["info"],
        "runtime": {name: sha256(folder / name) for name in RUNTIME},
        "packages": {name: lock["packages"][name] for name in COMPILED},
    }
    PINS.write_text(json.dumps(pins, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_pins(Path(sys.argv[1]))
