"""Wheels for the browser, packed from the packages that are installed here: versions as at home.

Pure Python only. Tests, compiled files and type stubs of other projects are left out, as a browser
downloads all that is there.
"""

from __future__ import annotations

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

from grader.authoring.wheel import student_needs, write_student_wheel, write_wheel

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

NOT_NEEDED = {"fonttools", "tzdata", "widgetsnbextension", "jupyterlab-widgets", "jedi"}
"""matplotlib asks for the first two: for PDF, and for time zones. ipywidgets asks for the next two, which
hold JavaScript only: for the old notebook page, and for JupyterLab, where the site has its own copy of it.
IPython completes without Jedi: by what names stand for, at once, where Jedi takes seconds to load."""

LEXERS = "__init__ _mapping _css_builtins _lilypond_builtins _scheme_builtins css data html javascript jvm"
LEXERS += " lilypond lisp markup perl python ruby shell"
"""The languages that IPython can show in colours, of the hundreds that Pygments knows."""

INTERPRETER = "pyodide_kernel/interpreter.py"

LEFT_OUT = re.compile(
    r"\.(pyc|so|pyd|c|pyx|pxd)$|(^|/)tests?/"
    rf"|^pygments/lexers/(?!({LEXERS.replace(' ', '|')})\.py$)"
    r"|\.dist-info/(RECORD|INSTALLER|REQUESTED|direct_url\.json|WHEEL)$|^\.\./"
)


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
    tops = {path.partition("/")[0].removesuffix(".py") for path in files if path.endswith(".py")}
    path = write_wheel(folder, files)
    known_as, needs = canonicalize_name(package.name), tuple(requirements_of(name))
    return Wheel(path, known_as, package.version, tuple(sorted(tops)), needs)


def pack_student(folder: Path) -> Wheel:
    """The wheel of what `from grader import check` needs."""
    path = write_student_wheel(folder)
    return Wheel(path, "grader", metadata.version("grader"), ("grader",), tuple(student_needs()))


def name_only(name: str, folder: Path) -> Wheel:
    """A wheel with nothing in it, for a package that the kernel asks for and does without."""
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: 0\n"
    path = write_wheel(folder, {f"{name}-0.dist-info/METADATA": about.encode()})
    return Wheel(path, name, "0", (), ())


def without_jedi(source: Path, folder: Path) -> Wheel:
    """The kernel's own wheel, which asks IPython for Jedi, made not to. Raises ValueError if it can't."""
    with zipfile.ZipFile(source) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if not LEFT_OUT.search(name)}
    asking, text = b"Completer.use_jedi = True", files[INTERPRETER]
    if asking not in text:
        raise ValueError(f"{source.name}: {INTERPRETER} does not say {asking.decode()} any more")
    path = write_wheel(folder, files | {INTERPRETER: text.replace(asking, b"Completer.use_jedi = False")})
    return take_wheel(path, folder)


def take_wheel(source: Path, folder: Path) -> Wheel:
    """A wheel that is there already, such as those of the Pyodide kernel, put into the folder."""
    name, version, *_ = source.stem.split("-")
    path = folder / source.name
    path.write_bytes(source.read_bytes())
    with zipfile.ZipFile(path) as archive:
        tops = {inside.partition("/")[0] for inside in archive.namelist() if inside.endswith(".py")}
    return Wheel(path, canonicalize_name(name), version, tuple(sorted(tops)), ())
