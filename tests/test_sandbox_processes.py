"""What code inside a sandbox can reach of the network and other processes, and what it may use up."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import pytest
from conftest import ROOT
from inside import REFUSED, SECRET, attempts, inside

from grader.grading.sandbox import Limits
from grader.grading.sandbox.base import ROOM

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
            pid, place = apart.fork()
            if pid == 0:
                apart.settle(place, {out})
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
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT) as grader:
        assert grader.stdout.readline() == b"up\n"
        grader.kill()
        started = time.monotonic()
        assert grader.stdout.read() == b""  # its other holder, inside, has ended
    assert time.monotonic() < started + 5
    room.cleanup()
