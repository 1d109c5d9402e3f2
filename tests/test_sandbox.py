"""Runs real code inside each sandbox that works here and sees what it can reach: nothing."""

import contextlib
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook

from grader.grading import sandbox
from grader.grading.nbgrader import provisioner
from grader.grading.sandbox import Limits, NoSandbox, base, seccomp
from grader.grading.sandbox.base import ROOM
from grader.grading.sandbox.environment import closure

SECRET = secrets.token_hex(8)
HERE = Path(__file__).resolve()


@pytest.fixture(scope="module", params=[sandbox.Bubblewrap, sandbox.Landlock], ids=lambda kind: kind.name)
def confining(request):
    box = request.param()
    try:
        box.probe()
    except NoSandbox as reason:
        pytest.skip(f"{box.name} does not work here: {reason}")
    return box


def inside(box, code, timeout=30, **options):
    """Run code; return what it printed as JSON on its last line, and how it ended."""
    with box.start(
        ["-c", textwrap.dedent(code)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
    ) as confined:
        out, err = confined.process.communicate(timeout=timeout)
    assert not err or confined.process.returncode, err.decode()
    return (json.loads(out.splitlines()[-1]) if out else err.decode()), confined.process.returncode


def attempts(**tries):
    """Code that makes each attempt (an expression) and prints how it ended."""
    return f"""
import ctypes, importlib, json, mmap, os, resource, signal, socket, sys, threading
results = {{}}
for name, attempt in {tries!r}.items():
    try:
        results[name] = repr(eval(attempt))[:200]
    except BaseException as error:
        results[name] = type(error).__name__
print(json.dumps(results))
"""


REFUSED = {"PermissionError", "FileNotFoundError", "OSError", "NotADirectoryError"}


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


@pytest.mark.skipif(os.getuid() != 0, reason="only root has files that it must not lend")
def test_root_gives_up_its_files_and_its_name(confining, tmp_path):
    (tmp_path / "private").write_text(SECRET)
    (tmp_path / "private").chmod(0o600)
    for folder in (tmp_path, *tmp_path.parents[:-2]):
        folder.chmod(folder.stat().st_mode | 0o055)
    results, _ = inside(
        confining,
        attempts(
            read=f"open({str(tmp_path / 'private')!r}).read()",
            uid="os.getuid()",
            root="os.setuid(0)",
            caps="[w for w in open('/proc/self/status')"
            " if w[:6] in ('CapPrm', 'CapEff', 'CapAmb', 'NoNewP')]",
        ),
        extra_read=[tmp_path],
    )
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


# Network and processes


def test_nothing_can_be_connected_to(confining):
    with (
        socket.socket() as tcp,
        socket.socket(socket.AF_UNIX) as abstract,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as datagrams,
        tempfile.TemporaryDirectory() as folder,
        socket.socket(socket.AF_UNIX) as named,
    ):
        os.chmod(folder, 0o755)
        tcp.bind(("127.0.0.1", 0))
        abstract.bind(f"\0{SECRET}")
        datagrams.bind(f"\0{SECRET}d")
        named.bind(f"{folder}/socket")
        os.chmod(f"{folder}/socket", 0o777)
        for listener in (tcp, abstract, named):
            listener.listen()
        local, datagram = "socket.socket(socket.AF_UNIX)", "socket.AF_UNIX, socket.SOCK_DGRAM"
        results, _ = inside(
            confining,
            attempts(
                tcp=f"socket.create_connection(('127.0.0.1', {tcp.getsockname()[1]}), 1)",
                abstract=f"{local}.connect('\\0{SECRET}')",
                named=f"{local}.connect('{folder}/socket')",
                datagram=f"socket.socket({datagram}).sendto(b'x', '\\0{SECRET}d')",
                pair=f"socket.socketpair({datagram})[0].sendto(b'x', '\\0{SECRET}d')",
                udp="socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
                netlink="socket.socket(socket.AF_NETLINK)",
                vsock="socket.socket(40)",
                raw="socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
            ),
        )
    assert set(results.values()) <= REFUSED, results


def test_no_other_process_is_touched(confining):
    with subprocess.Popen(["sleep", "60"]) as other:
        pid = other.pid
        results, _ = inside(
            confining,
            attempts(
                kill=f"os.kill({pid}, 9)",
                grader=f"os.kill({os.getpid()}, 9)",
                everybody="os.kill(-1, 15)",
                group="os.killpg(0, 0) or os.kill(0, 0)",
                queue=f"ctypes.CDLL(None).sigqueue({pid}, 9, 0)",
                cmdline=f"open('/proc/{pid}/cmdline').read()",
                limits=f"resource.prlimit({pid}, resource.RLIMIT_CPU, (1, 1))",
                nice=f"os.setpriority(os.PRIO_PROCESS, {pid}, 19)",
                affinity=f"os.sched_setaffinity({pid}, [0])",
                trace=f"ctypes.CDLL(None).ptrace(16, {pid}, 0, 0)",
                unshare="ctypes.CDLL(None).unshare(0x10000000)",
                own="os.kill(os.getpid(), 0)",
                others="[p for p in os.listdir('/proc') if p.isdigit()]",
            ),
        )
        alive, cores = other.poll() is None, os.sched_getaffinity(pid)
        other.kill()
    assert alive and cores == os.sched_getaffinity(0)
    assert results.pop("own") == "None"
    assert results.pop("others") in ("PermissionError", "['1']", "['1', '2']")  # bwrap's and the student's
    results.pop("affinity")  # seems to succeed, and does not
    if results["everybody"] == "None":  # pid 1 of its own namespace: there is nobody
        results.pop("everybody")
    assert set(results.values()) <= REFUSED | {"ProcessLookupError", "-1"}, results


def test_no_process_can_be_started(confining):
    results, _ = inside(
        confining,
        attempts(
            fork="os.fork()",
            spawn="os.posix_spawn(sys.executable, ['python'], {})",
            system="os.system('true')",
            pool="__import__('subprocess').run([sys.executable, '-c', ''])",
            session="os.setsid()",
        ),
    )
    assert set(results.values()) <= {"PermissionError", "32512", "-1"}, results


def test_a_thread_bomb_ends_at_the_limit(confining):
    results, _ = inside(
        confining,
        """
        import json, threading
        stop, count = threading.Event(), 0
        threading.stack_size(65536)
        try:
            while count < 5000:
                threading.Thread(target=stop.wait, daemon=True).start()
                count += 1
        except RuntimeError:
            pass
        stop.set()
        print(json.dumps(count))
    """,
    )
    assert results < 64 + 64 or (os.getuid() and confining.name == "landlock" and results < 1000)


def test_memory_is_limited(confining):
    results, status = inside(
        confining,
        attempts(
            array="bytearray(3 << 30)",
            shared="mmap.mmap(-1, 3 << 30)",
            memfd="os.memfd_create('x')",
            segment="ctypes.CDLL(None).shmget(0, 1 << 20, 0o1600)",
            raised="resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
        ),
    )
    assert results == {
        "array": "MemoryError",
        "shared": "OSError",
        "memfd": "PermissionError",
        "segment": "-1",
        "raised": "ValueError",
    }
    assert status == 0


def test_the_disk_is_limited(confining):
    limits = Limits(disk=8 << 20, file_size=4 << 20)
    with confining.start(
        [
            "-c",
            textwrap.dedent("""
            import os
            for folder in (".", os.environ["TMPDIR"]):
                try:
                    for i in range(4000):
                        with open(f"{folder}/{i}", "wb") as file:
                            file.write(bytes(1 << 20))
                except OSError:
                    pass
            try:
                open("large", "wb").write(bytes(8 << 20))
            except OSError as error:
                pass
            """),
        ],
        limits=limits,
    ) as confined:
        started = time.monotonic()
        while confined.poll() is None and time.monotonic() < started + 30:
            time.sleep(0.05)
        used = sum(f.stat().st_size for f in confined.run.dir.rglob("*") if f.is_file())
        folder = confined.run.dir
    assert confined.process.poll() is not None
    assert used == 0 or confining.name == "landlock"
    assert not folder.exists()


def test_nothing_but_sockets_can_be_left_beside_the_kernel(confining):
    with tempfile.TemporaryDirectory(dir=ROOM, prefix="lab-") as folder:
        Path(folder, "kernel.json").write_text(SECRET)
        Path(folder, "kernel.json").chmod(0o600)
        ipc = f"{folder}/ipc"
        results, _ = inside(
            confining,
            attempts(
                key=f"open('{folder}/kernel.json').read()",
                forge=f"open('{folder}/kernel.json', 'w')",
                file=f"open('{ipc}/x', 'w')",
                link=f"os.symlink('/etc/passwd', '{ipc}/k-1')",
                folder=f"os.mkdir('{ipc}/d')",
                pipe=f"os.mkfifo('{ipc}/p')",
                beside=f"open('{folder}/y', 'w')",
                socket=f"socket.socket(socket.AF_UNIX).bind('{ipc}/k-1')",
            ),
            connection_dir=folder,
        )
        assert (results.pop("key"), results.pop("socket")) == (repr(SECRET), "None")
        assert set(results.values()) <= REFUSED, results


def test_hiding_files_deep_down_is_noticed(confining):
    code = "import os, time\nfor i in range(40):\n os.mkdir('d' * 250); os.chdir('d' * 250)\ntime.sleep(9)"
    with confining.start(["-c", code]) as confined:
        for _ in range(40 if confining.name == "landlock" else 5):  # in a tmpfs it does not matter
            if confined.poll() is not None:
                break
            time.sleep(0.05)
        assert (confined.process.poll() is not None) == (confining.name == "landlock")


def test_the_processor_is_limited(confining):
    _, status = inside(confining, "while True: pass", limits=Limits(cpu_seconds=1))
    assert status in (-9, 137)


# A parent that forks, over inherited descriptors


def test_a_warm_parent_forks_sealed_children(confining):
    read, write = os.pipe()
    with confining.start(
        [
            "-c",
            textwrap.dedent("""
            import os, sys, time
            out = int(sys.argv[1])
            if os.fork() == 0:
                seal()
                for attempt in (os.fork, os.setsid, lambda: os.kill(os.getppid(), 9)):
                    try:
                        os.write(out, f"{attempt()} ".encode())
                    except (PermissionError, ProcessLookupError):
                        os.write(out, b"refused ")
            os.write(out, b"lives ")
            time.sleep(60)
            """),
            str(write),
        ],
        pass_fds=[write],
        may_fork=True,
    ) as confined:
        os.close(write)
        said = b""
        while said.count(b"lives") < 2:
            part = os.read(read, 1000)
            assert part, said
            said += part
        assert confined.poll() is None
    assert said.count(b"refused") == 3
    os.set_blocking(read, False)
    for _ in range(100):  # the pipe ends when the last process that holds it has ended
        with contextlib.suppress(BlockingIOError):
            assert os.read(read, 1) == b""
            break
        time.sleep(0.02)
    else:
        pytest.fail("a process outlives its sandbox")
    os.close(read)


def test_it_dies_with_the_grader(confining):
    room = tempfile.TemporaryDirectory(dir=ROOM, prefix="lab-")
    os.chmod(room.name, 0o711)
    code = textwrap.dedent(f"""
        import sys, time
        from grader.grading import sandbox
        sandbox.base.ROOM = {room.name!r}
        box = sandbox.{type(confining).__name__}()
        inside = box.start(["-c", "import time; print('up', flush=True); time.sleep(60)"], stdout=1)
        time.sleep(60)
    """)
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=HERE.parents[1]
    ) as grader:
        assert grader.stdout.readline() == b"up\n"
        grader.kill()
        started = time.monotonic()
        assert grader.stdout.read() == b""  # its other holder, inside, has ended
    assert time.monotonic() < started + 5
    room.cleanup()


# The kernel


@pytest.fixture
def room(monkeypatch):
    """A place of this test's own for what a kernel needs on the host's disk."""
    with tempfile.TemporaryDirectory(dir=ROOM, prefix="lab-") as folder:
        os.chmod(folder, 0o711)
        monkeypatch.setattr(base, "ROOM", folder)
        yield Path(folder)


@pytest.fixture
def execute(confining, room, monkeypatch):
    monkeypatch.setattr(provisioner, "choose", lambda *choice: confining)
    monkeypatch.setenv("JUPYTER_PATH", "")
    monkeypatch.setenv("NBGRADER_TOKEN", SECRET)
    name = provisioner.use_student_kernel()

    def run(*cells, **options):
        notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
        client = NotebookClient(notebook, kernel_name=name, allow_errors=True, **{"timeout": 30} | options)
        with contextlib.suppress(DeadKernelError):
            client.execute()
        return [cell.outputs for cell in notebook.cells]

    return run


def text(outputs):
    return "".join(
        o.get("text", "") or o.get("data", {}).get("text/plain", "") or o.get("ename", "") for o in outputs
    )


def test_a_kernel_runs_a_lesson(execute, room):
    first, plot, command, secret, large, after = execute(
        "!pip install nnfs\nfrom grader import check, show\nimport numpy as np",
        "import matplotlib.pyplot as plt\nplt.plot(np.maximum(0, [-1, 2]))\nplt.show()",
        "check('relu_if')\nfiles = !ls\nfiles",
        "import os\n'NBGRADER_TOKEN' in os.environ",
        "np.ones(10**9)",
        "int(np.sum(np.arange(5)))",
    )
    assert "do not run" in text(first) and not any(o.output_type == "error" for o in first)
    assert "image/png" in plot[0].data
    assert "[]" in text(command)
    assert text(secret) == "False"
    assert text(large).endswith("MemoryError")
    assert text(after) == "10"
    assert list(room.iterdir()) == []


def test_an_endless_loop_is_interrupted(execute):
    loop, after = execute("while True: pass", "'still here'", timeout=2, interrupt_on_timeout=True)
    assert text(loop) == "KeyboardInterrupt"
    assert "still here" in text(after)


def test_a_dead_kernel_is_noticed(execute):
    started = time.monotonic()
    first, dead, after = execute("'alive'", "import os; os._exit(3)", "'too late'")
    assert "alive" in text(first) and not dead and not after
    assert time.monotonic() < started + 15


def test_a_kernel_that_ignores_everything_is_killed(execute, confining):
    async def run():
        manager = AsyncKernelManager(kernel_name=provisioner.KERNEL)
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=30)
        client.execute("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass")
        await asyncio.sleep(0.5)
        process, folder = manager.provisioner.process, manager.provisioner.folder
        started = time.monotonic()
        await manager.shutdown_kernel()
        client.stop_channels()
        return time.monotonic() - started, process.poll(), folder

    import asyncio

    seconds, status, folder = asyncio.run(run())
    assert seconds < 2 and status is not None and not folder.exists()


def test_a_message_that_is_too_large_is_not_read(execute, monkeypatch):
    monkeypatch.setattr(provisioner, "Limits", lambda **fields: Limits(**{"message": 1 << 20} | fields))
    small, large = execute("print('x' * 1000)", "print('x' * 3_000_000)", iopub_timeout=1)
    assert len(text(small)) == 1001 and text(large) == ""


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
    used.remove()
    assert not used.path.exists()
