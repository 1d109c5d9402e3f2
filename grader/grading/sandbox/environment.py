"""The student's environment: one directory with the packages of the lessons and nothing else.

    student-<key>/site-packages/   ipykernel, NumPy, nnfs, matplotlib, what these need, and a `grader`
                                   that does nothing: no reference, no nbgrader, no pytest to import
                  base/            the base Python, where root's own cannot be read by other users
                  launch.py  apart.py  alone.py  parent.py  probe.py  trials.py  fonts/  empty/

Files are linked or copied from the grader's own environment, compiled once (a sandbox cannot
write `__pycache__`) and kept in a cache, under a key that changes with every package.
"""

from __future__ import annotations

import fcntl
import hashlib
import inspect
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from ...course.packages import PACKAGES
from ...judging import probe, trials

ROOTS = ("ipykernel", *PACKAGES)
LEFT_OUT = {"debugpy", "jedi", "parso"}  # ipykernel and IPython do without: they debug and complete
UNUSED = {"site-packages", "dist-packages", "test", "pkgconfig", "idlelib", "ensurepip", "lib2to3"}
HERE = Path(__file__).parent
PROGRAMS = (
    *(HERE / name for name in ("launch.py", "apart.py", "alone.py", "parent.py")),
    Path(inspect.getsourcefile(probe)),
    Path(inspect.getsourcefile(trials)),
)
"""What runs inside besides Python; none of it knows an expected result."""

LIST_FONTS = """
import matplotlib.font_manager as fonts
find = fonts.findSystemFonts
fonts.findSystemFonts = lambda paths=None, fontext="ttf": find(paths, fontext) if paths else []
name = f"fontlist-v{fonts.FontManager.__version__}.json"
fonts.json_dump(fonts.FontManager(), sys.argv[2] + "/" + name)
"""  # the fonts of matplotlib alone: others are not there inside, and looking for them takes a second


class Student:
    """The built environment: where its parts lie, and which paths of the host Python needs."""

    def __init__(self, home: Path, own_base: bool | None = None):
        self.home, self.site, self.launcher = home, home / "site-packages", home / "launch.py"
        self.fonts, self.empty = home / "fonts", home / "empty"
        self.own_base = (home / "base").exists() if own_base is None else own_base
        self.base = home / "base" if self.own_base else base_prefix()
        self.python = self.base / base_python().relative_to(base_prefix())

    def moved(self, home: str) -> Student:
        """The same environment as it is seen where it is mounted elsewhere."""
        return Student(Path(home), self.own_base)

    def libraries(self) -> list[Path]:
        """The base Python and the C libraries: all that may be read besides the environment."""
        system = [Path(p) for p in ("/usr/lib", "/usr/lib64", "/lib", "/lib64")]
        return [self.python, self.base / "lib", self.base / "lib64", *system]

    def hidden(self) -> list[Path]:
        """Packages of the base Python, which would otherwise come along with its library."""
        return [
            found
            for lib in self.libraries()[1:5]
            if not lib.is_symlink()
            for pattern in ("python3*/site-packages", "python3*/dist-packages")
            for found in lib.glob(pattern)
        ]

    def variables(self, home: str, tmp: str) -> dict[str, str]:
        """All environment variables there are inside: no token, no name that tells of grading."""
        moved = self.own_base or (self.base / "conda-meta").exists()  # libraries are sought where they were
        return ({"LD_LIBRARY_PATH": str(self.base / "lib")} if moved else {}) | {
            "PATH": "/usr/bin:/bin",
            "HOME": home,
            "USER": "student",
            "LOGNAME": "student",
            "TMPDIR": tmp,
            "LANG": "C.UTF-8",
            "TERM": "dumb",
            "MPLCONFIGDIR": f"{home}/.config/matplotlib",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            # One thread each: the cores belong to the other students; a forking parent needs it too.
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
            "MALLOC_ARENA_MAX": "2",  # each arena reserves 64 MiB of the address space that is limited
        }


def base_prefix() -> Path:
    return Path(sys.base_prefix).resolve()


def base_python() -> Path:
    return Path(getattr(sys, "_base_executable", sys.executable)).resolve()


@cache
def student(packages: tuple[str, ...] = ()) -> Student:
    """The environment with these packages besides the usual ones; built if it is not in the cache."""
    dists = closure((*ROOTS, *packages))
    stamps = [f"{d.name} {d.version} {d.locate_file('')}" for d in dists]
    sources = [path.read_text() for path in (HERE / "environment.py", HERE / "stub.py", *PROGRAMS)]
    key = hashlib.sha256("\n".join([sys.version, sys.base_prefix, *stamps, *sources]).encode())
    home = cache_dir() / f"student-{key.hexdigest()[:16]}"
    with open(cache_dir() / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several graders may start at once
        if not home.exists():
            draft = Path(tempfile.mkdtemp(dir=cache_dir()))
            try:
                build(draft, dists)
                draft.rename(home)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
    return Student(home)


def cache_dir() -> Path:
    """Ours alone to write, and for root readable by the users that it becomes."""
    if os.getuid() == 0:
        path = Path("/var/cache/grader")
    else:
        path = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "grader"
    path.mkdir(mode=0o755, parents=True, exist_ok=True)
    if path.stat().st_uid != os.getuid():
        raise PermissionError(f"{path} belongs to somebody else")
    return path


def closure(roots: tuple[str, ...]) -> list[Distribution]:
    """The distributions behind these names, and all that they require here. Raises RuntimeError."""
    found, waiting = {}, list(roots)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in found or name in LEFT_OUT:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            if name in roots:
                raise RuntimeError(
                    f"The lessons' package {name} is not installed: pip install {name}."
                ) from None
            continue  # a requirement that this environment does without
        for text in found[name].requires or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return [found[name] for name in sorted(found)]


def build(draft: Path, dists: list[Distribution]):
    draft.chmod(0o755)
    built = Student(draft)
    for folder in (built.site / "grader", built.fonts, built.empty):
        folder.mkdir(parents=True)
    for dist in dists:
        for file in files(dist):
            place(Path(dist.locate_file(file)), built.site / file)
    shutil.copy(HERE / "stub.py", built.site / "grader" / "__init__.py")
    for program in PROGRAMS:
        shutil.copy(program, draft)
    run = [base_python(), "-I", "-S", "-B"]
    subprocess.run(
        [*run, "-m", "compileall", "-q", "-j0", "--invalidation-mode", "unchecked-hash", built.site],
        stdout=subprocess.DEVNULL,
    )  # templates that are no Python do not compile
    subprocess.run(
        [*run, "-c", f"import sys; sys.path.append(sys.argv[1])\n{LIST_FONTS}", built.site, built.fonts],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    if os.getuid() == 0 and not open_to_all(base_python()):
        copy_base(draft / "base")
    for folder, _, names in os.walk(draft):
        os.chmod(folder, 0o755)
        for name in names:
            if not os.stat(path := os.path.join(folder, name)).st_mode & stat.S_IROTH:
                os.chmod(path, 0o755)


def files(dist: Distribution):
    """The importable files of a distribution; its scripts and its own tests stay behind."""
    listed = dist.files
    if not listed:  # a distribution package: it knows its top-level names only
        tops = (dist.read_text("top_level.txt") or dist.name).split()
        root = Path(dist.locate_file(""))
        listed = [
            p.relative_to(root)
            for top in tops
            for p in (*root.glob(f"{top}/**/*"), root / f"{top}.py")
            if p.is_file()
        ]
    return [
        f
        for f in listed
        if ".." not in f.parts and not f.is_absolute() and not {"tests", "__pycache__"} & set(f.parts)
    ]


def place(source: Path, target: Path):
    """Link a file where that is possible and hides nothing, copy it otherwise."""
    if not source.is_file():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        if not source.stat().st_mode & stat.S_IROTH:
            raise PermissionError
        os.link(source.resolve(), target)
    except FileExistsError:
        pass
    except OSError:
        shutil.copy2(source, target)  # with its time, by which Python trusts a compiled file


def open_to_all(path: Path) -> bool:
    """Whether any user can reach this file: root's own Python often lies in /root, which nobody can."""
    return all(p.stat().st_mode & stat.S_IXOTH for p in (path, *path.parents))


def copy_base(target: Path):
    base, python = base_prefix(), base_python()
    place(python, target / python.relative_to(base))
    (target / python.relative_to(base)).chmod(0o755)
    for folder, inner, names in os.walk(base / "lib"):
        inner[:] = [n for n in inner if n not in UNUSED and not n.startswith("config-")]
        for name in names:
            place(Path(folder, name), target / Path(folder, name).relative_to(base))
