"""The student's package as a wheel: what `from grader import check` needs, and nothing of the grading."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from ..course.places import ROOT
from ..course.questions import FILE

PARTS = ("course", "judging")
SAME_TIME = (1980, 1, 1, 0, 0, 0)


def student_needs() -> list[str]:
    """The packages that a check needs."""
    return [Requirement(text).name for text in metadata.requires("grader") or [] if "extra ==" not in text]


def write_student_wheel(folder: Path) -> Path:
    """Write the wheel; return its path.

    A browser's Python may be newer than those that graders are tested with, so it is not limited above.
    """
    version = metadata.version("grader")
    paths = [ROOT / "grader" / "__init__.py"]
    for part in PARTS:
        paths += sorted((ROOT / "grader" / part).rglob("*.py"))
    paths += sorted((ROOT / "grader" / "course").rglob(FILE))
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}
    about = f"Metadata-Version: 2.1\nName: grader\nVersion: {version}\nRequires-Python: >=3.11\n"
    about += "".join(f"Requires-Dist: {need}\n" for need in student_needs())
    files[f"grader-{version}.dist-info/METADATA"] = about.encode()
    return write_wheel(folder, files)


def write_wheel(folder: Path, files: dict[str, bytes]) -> Path:
    """Write a pure-Python wheel of these files; the same files give the same bytes."""
    (metadata_path,) = (path for path in files if path.endswith(".dist-info/METADATA"))
    info = metadata_path.partition("/")[0]
    files[f"{info}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: grader\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    lines = [f"{path},sha256={digest(data)},{len(data)}\n" for path, data in files.items()]
    files[f"{info}/RECORD"] = "".join([*lines, f"{info}/RECORD,,\n"]).encode()
    path = folder / f"{info.removesuffix('.dist-info')}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for inside in sorted(files):
            archive.writestr(zipfile.ZipInfo(inside, SAME_TIME), files[inside], zipfile.ZIP_DEFLATED, 9)
    return path


def digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
