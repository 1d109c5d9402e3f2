"""Wheels for the browser, packed from the packages that are installed here: versions as at home.

Pure Python only. Tests, compiled files and type stubs of other projects are left out, as a browser
downloads all that is there.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]

BROWSER = default_environment() | {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "wasm32",
    "platform_system": "Emscripten",
    "python_full_version": "3.14.0",
    "python_version": "3.14",
    "sys_platform": "emscripten",
    "extra": "",
}
"""What decides there which requirements apply."""

NOT_NEEDED = {"fonttools", "tzdata"}
"""matplotlib asks for them: for PDF, and for time zones."""

LEFT_OUT = re.compile(
    r"\.(pyc|so|pyd|c|pyx|pxd)$|(^|/)tests?/|^jedi/third_party/(django-stubs|typeshed/stubs)/"
    r"|\.dist-info/(RECORD|INSTALLER|REQUESTED|direct_url\.json|WHEEL)$|^\.\./"
)
SAME_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Wheel:
    """A wheel on disk, and what Pyodide's list of packages says about it."""

    path: Path
    name: str
    version: str
    imports: tuple[str, ...]
    depends: tuple[str, ...]

    def entry(self) -> dict:
        """Its entry in pyodide-lock.json."""
        return {
            "name": self.name,
            "version": self.version,
            "file_name": self.path.name,
            "install_dir": "site",
            "sha256": hashlib.sha256(self.path.read_bytes()).hexdigest(),
            "package_type": "package",
            "imports": [*self.imports],
            "depends": [*self.depends],
            "unvendored_tests": False,
        }


def requirements_of(name: str) -> list[str]:
    """The names of the packages that an installed one needs in the browser."""
    asked = map(Requirement, metadata.requires(name) or [])
    names = {canonicalize_name(r.name) for r in asked if not r.marker or r.marker.evaluate(BROWSER)}
    return sorted(names - NOT_NEEDED)


def closure(names: Iterable[str]) -> list[str]:
    """These installed packages and all that they need in the browser."""
    found, waiting = set(), [*names]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name not in found:
            found.add(name)
            waiting += requirements_of(name)
    return sorted(found)


def pack_installed(name: str, folder: Path) -> Wheel:
    """A wheel of an installed package."""
    package = metadata.distribution(name)
    found = ((file.as_posix(), file.locate()) for file in package.files or [])
    files = {path: Path(place).read_bytes() for path, place in found if not LEFT_OUT.search(path)}
    return write_wheel(folder, package.name, package.version, files, requirements_of(name))


def pack_student(folder: Path) -> Wheel:
    """A wheel of what `from grader import check` needs: the course and the judging, nothing else.

    Pyodide's Python may be newer than those that graders are tested with, so it is not limited above.
    """
    package = metadata.distribution("grader")
    paths = [ROOT / "grader" / "__init__.py"]
    for part in ("course", "judging"):
        paths += sorted((ROOT / "grader" / part).rglob("*.py"))
    paths += sorted((ROOT / "grader" / "course").rglob("questions.json"))
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}
    needs = [Requirement(text).name for text in package.requires or [] if "extra ==" not in text]
    about = f"Metadata-Version: 2.1\nName: grader\nVersion: {package.version}\nRequires-Python: >=3.11\n"
    about += "".join(f"Requires-Dist: {need}\n" for need in needs)
    files[f"grader-{package.version}.dist-info/METADATA"] = about.encode()
    return write_wheel(folder, "grader", package.version, files, needs)


def write_wheel(folder: Path, name: str, version: str, files: dict[str, bytes], needs: list[str]) -> Wheel:
    """Write a pure-Python wheel of these files; the same files give the same bytes."""
    (metadata_path,) = (path for path in files if path.endswith(".dist-info/METADATA"))
    info = metadata_path.partition("/")[0]
    tops = {path.partition("/")[0].removesuffix(".py") for path in files if path.endswith(".py")}
    files[f"{info}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: site\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    lines = [f"{path},sha256={digest(data)},{len(data)}\n" for path, data in files.items()]
    files[f"{info}/RECORD"] = "".join([*lines, f"{info}/RECORD,,\n"]).encode()
    path = folder / f"{info.removesuffix('.dist-info')}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for inside in sorted(files):
            archive.writestr(zipfile.ZipInfo(inside, SAME_TIME), files[inside], zipfile.ZIP_DEFLATED, 9)
    return Wheel(path, canonicalize_name(name), version, tuple(sorted(tops)), tuple(needs))


def digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def take_wheel(source: Path, folder: Path) -> Wheel:
    """A wheel that is there already, such as those of the Pyodide kernel, put into the folder."""
    name, version, *_ = source.stem.split("-")
    path = folder / source.name
    path.write_bytes(source.read_bytes())
    with zipfile.ZipFile(path) as archive:
        tops = {inside.partition("/")[0] for inside in archive.namelist() if inside.endswith(".py")}
    return Wheel(path, canonicalize_name(name), version, tuple(sorted(tops)), ())
