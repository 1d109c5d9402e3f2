"""What code inside a sandbox can reach of the files, the environment and the packages outside: nothing."""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import pytest
from inside import REFUSED, SECRET, attempts, inside

from grader.grading import sandbox
from grader.grading.sandbox import NoSandbox, base, seccomp
from grader.grading.sandbox.environment import closure

HERE = Path(__file__).resolve()


# Files and environment


def test_no_file_of_ours_can_be_read(confining, tmp_path, monkeypatch):
    monkeypatch.setenv("NBGRADER_TOKEN", SECRET)
    with contextlib.ExitStack() as stack:
        places = [
            tmp_path,
            Path.home(),
            Path(tempfile.gettempdir()),
            HERE.parent,
            Path("/var/tmp"),
            Path("/run"),
        ]
        canaries = [str(HERE), sandbox.__file__, "/etc/passwd", "/etc/shadow"]
        for place in places:
            if os.access(place, os.W_OK):
                file = stack.enter_context(tempfile.NamedTemporaryFile("w", dir=place, prefix="canary"))
                file.write(SECRET)
                file.flush()
                os.chmod(file.name, 0o666)
                canaries.append(file.name)
        tries = {
            f"{how} {name}": f"open({prefix + name!r}, {mode!r}).{act}"
            for name in canaries
            for how, prefix, mode, act in (
                ("read", "", "r", "read()"),
                ("change", "", "r+", "write('x')"),
                ("through root", "/proc/self/root", "r", "read()"),
            )
        }
        tries |= {
            f"list {place}": f"[n for n in os.listdir({str(place)!r}) if 'canary' in n]" for place in places
        }
        results, _ = inside(confining, attempts(**tries))
    assert {k: v for k, v in results.items() if v not in REFUSED and v != "[]"} == {}


def test_the_environment_is_clean(confining, monkeypatch):
    monkeypatch.setenv("NBGRADER_TOKEN", SECRET)
    results, _ = inside(
        confining,
        attempts(
            names="sorted(os.environ)",
            own="open('/proc/self/environ').read()",
            first="open('/proc/1/environ').read()",
            parent=f"open('/proc/{os.getpid()}/environ').read()",
            home="os.environ['HOME']",
        ),
    )
    assert SECRET not in str(results) and "NBGRADER" not in str(results)
    assert str(Path.home()) != results["home"]


def test_nothing_can_be_written_but_the_home(confining):
    places = [
        "/",
        "/dev",
        "/dev/shm",
        "/usr/lib",
        "/etc",
        "/var/tmp",
        sys.base_prefix,
        "/student",
        str(HERE.parent),
    ]
    results, _ = inside(
        confining,
        attempts(
            home="open('x', 'w').write('x')",
            tmp="open(os.environ['TMPDIR'] + '/x', 'w').write('x')",
            **{place: f"open({place + '/x'!r}, 'w')" for place in places},
        ),
    )
    assert (results.pop("home"), results.pop("tmp")) == ("1", "1")
    assert set(results.values()) <= REFUSED, results


def test_what_landlock_does_not_restrict_has_no_effect(confining, tmp_path):
    file = tmp_path / "gradebook.db"
    file.write_text(SECRET)
    file.chmod(0o666)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        with contextlib.suppress(OSError):
            folder.chmod(0o755)
    before = file.stat()
    name = str(file)
    inside(
        confining,
        attempts(
            chmod=f"os.chmod({name!r}, 0)",
            utime=f"os.utime({name!r}, (0, 0))",
            cut=f"os.truncate({name!r}, 0)",
            empty=f"os.open({name!r}, os.O_RDONLY | os.O_TRUNC)",
            xattr=f"os.setxattr({name!r}, 'user.x', b'1')",
            link=f"os.link({name!r}, 'mine')",
            move=f"os.rename({name!r}, 'mine')",
            remove=f"os.remove({name!r})",
        ),
    )
    after = file.stat()
    assert file.read_text() == SECRET
    assert (after.st_mode, after.st_mtime_ns, after.st_nlink) == (before.st_mode, before.st_mtime_ns, 1)


@pytest.fixture
def private(confining):
    """The name, inside, of a file where everything may be read, but for its owner alone."""
    file = confining.student.home / f"private-{os.getpid()}"
    file.write_text(SECRET)
    file.chmod(0o600)
    yield str(confining.inside.home / file.name)
    file.unlink()


@pytest.mark.skipif(os.getuid() != 0, reason="only root has files that it must not lend")
def test_root_gives_up_its_files_and_its_name(confining, private):
    results, _ = inside(
        confining,
        attempts(
            there=f"os.stat({private!r}).st_size > 0",
            read=f"open({private!r}).read()",
            uid="os.getuid()",
            root="os.setuid(0)",
            caps="[w for w in open('/proc/self/status')"
            " if w[:6] in ('CapPrm', 'CapEff', 'CapAmb', 'NoNewP')]",
        ),
    )
    assert results["there"] == "True"
    assert results["read"] == results["root"] == "PermissionError"
    assert int(results["uid"]) > 1000
    assert re.findall(r"\w+:\\t(\d+)", results["caps"]) == ["0" * 16] * 3 + ["1"]


def test_data_files_come_in_as_copies_and_links_do_not(confining, tmp_path):
    work = tmp_path / "work"
    (work / "more").mkdir(parents=True)
    (work / "data.csv").write_text("1,2")
    (work / "more" / "deep.txt").write_text("3")
    for private in ("lesson.ipynb", "gradebook.db", "solution.py", "01.md"):
        (work / private).write_text(SECRET)
    (work / "linked.csv").symlink_to("/etc/passwd")
    os.mkfifo(work / "pipe")
    results, _ = inside(
        confining,
        attempts(
            names="sorted(os.listdir('.'))",
            data="open('data.csv').read()",
            deep="open('more/deep.txt').read()",
            change="open('data.csv', 'w').write('changed')",
        ),
        workdir=work,
    )
    assert results == {"names": "['data.csv', 'more']", "data": "'1,2'", "deep": "'3'", "change": "7"}
    assert (work / "data.csv").read_text() == "1,2"


# The student environment


def test_the_grader_cannot_be_imported(confining):
    paths = [str(HERE.parents[1]), *(p for p in sys.path if "packages" in p)]
    names = [
        "nbgrader",
        "solutions",
        "grader.course",
        "grader.judging.judge",
        "pytest",
        "jupyter_server",
        "nbconvert",
        "nbclient",
        "pip",
    ]
    results, _ = inside(
        confining,
        attempts(
            path=f"sys.path.extend({paths!r})",
            **{name: f"importlib.import_module({name!r})" for name in names},
        ),
    )
    results.pop("path")
    assert set(results.values()) <= {"ModuleNotFoundError", "PermissionError"}, results


def test_lessons_have_what_they_need(confining):
    results, _ = inside(
        confining,
        """
        import json, sys
        from grader import check, show
        import nnfs, numpy as np
        from nnfs.datasets import spiral_data
        import matplotlib.pyplot as plt
        nnfs.init()
        X, y = spiral_data(samples=100, classes=3)
        check("relu_if"), show(plt.figure(), alt="nothing")
        big = np.ones((1500, 1500)) @ np.ones((1500, 1500))
        print(json.dumps([X.shape, str(X.dtype), float(big[0, 0]), plt.get_fignums(), help is not None]))
    """,
    )
    assert results == [[300, 2], "float32", 1500.0, [], True]


def test_the_environment_has_only_what_its_roots_need():
    names = {dist.name.lower() for dist in closure(("ipykernel", "numpy", "nnfs", "matplotlib"))}
    assert {"ipython", "pillow"} <= names
    assert not names & {"nbgrader", "grader", "pytest", "scipy", "jupyter-server", "debugpy"}


# Choosing


def test_the_best_that_works_is_chosen(confining):
    assert sandbox.choose().name in ("bubblewrap", confining.name)
    assert sandbox.choose().describe().startswith("Sandbox: ")


def test_without_a_sandbox_nothing_runs_unless_told_to(monkeypatch):
    def broken(self):
        raise NoSandbox("not here")

    for kind in (sandbox.Bubblewrap, sandbox.Landlock):
        monkeypatch.setattr(kind, "probe", broken)
    sandbox.choose.cache_clear()
    try:
        with pytest.raises(NoSandbox, match=r"(?s)bubblewrap: not here.*install.*AppArmor.*Docker"):
            sandbox.choose()
        box = sandbox.choose(unsafe=True)
        assert "NOT CONFINED" in box.describe()
        results, _ = inside(
            box, attempts(secret="'NBGRADER' in str(os.environ)", memory="bytearray(3 << 30)")
        )
        assert results == {"secret": "False", "memory": "MemoryError"}
    finally:
        sandbox.choose.cache_clear()


def test_the_numbers_of_system_calls_are_those_of_the_headers():
    headers = {
        "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
        "aarch64": Path("/usr/include/asm-generic/unistd.h"),
    }
    for machine, header in headers.items():
        if not header.exists():
            pytest.skip("the kernel's headers are not installed")
        numbers = dict(re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)\s*$", header.read_text(), re.M))
        column = seccomp.MACHINES[machine][0]
        for name, both in seccomp.NUMBERS.items():
            assert both[column] is None or int(numbers[name]) == both[column], name


def test_folders_of_killed_processes_are_removed_and_no_others(monkeypatch, tmp_path):
    monkeypatch.setattr(base, "ROOM", str(tmp_path))
    code = f"""
        from grader.grading.sandbox import base
        base.ROOM = {str(tmp_path)!r}
        print(base.Folder().path)"""
    left = Path(subprocess.check_output([sys.executable, "-c", textwrap.dedent(code)], text=True).strip())
    (left / "home").mkdir()
    others = [tmp_path / "grader-lab-results", tmp_path / "lab-12345678"]
    for folder in others:
        folder.mkdir()
    (tmp_path / "grader-lab-12345678").symlink_to(others[0])
    used = base.Folder()
    base.remove_left_folders()
    assert left.exists()  # too new to be sure
    later = time.time() + 120
    monkeypatch.setattr(base.time, "time", lambda: later)
    base.remove_left_folders()
    assert not left.exists()
    assert used.path.exists() and all(folder.exists() for folder in others)
    used.close()
    assert not used.path.exists()
