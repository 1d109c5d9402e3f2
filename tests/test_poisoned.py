"""What one lesson leaves behind harms no other: whatever it poisons, everybody after it has their marks."""

# ruff: noqa: E501 - a step of a poison is one line

import contextlib
import os

import pytest

sandbox = pytest.importorskip("grader.grading.sandbox", reason="sandboxes are Linux only")
warm = pytest.importorskip("grader.grading.running.warm")

from grader.course import EXERCISES  # noqa: E402
from grader.judging.judge import judge, make_plan  # noqa: E402

MARK = "import os, ctypes, fcntl, signal, socket, struct, tempfile, threading\nlibc = ctypes.CDLL(None)\n"
EVERYWHERE = (
    "for top in ('/', '/tmp', '/dev', '/dev/shm', os.path.expanduser('~'), '..', '../..', os.getcwd()):\n"
)

POISONS = {
    "attributes, until nothing is left": EVERYWHERE
    + "    try:\n        for n in range(10_000): os.setxattr(top, f'user.{n}', bytes(1000))\n"
    "    except OSError: pass",
    "default access lists that shut everybody out": EVERYWHERE
    + "    acl = struct.pack('<I', 2) + b''.join(struct.pack('<HHI', t, 0, 2**32 - 1) for t in (1, 4, 32))\n"
    "    for name in ('system.posix_acl_default', 'system.posix_acl_access'):\n"
    "        try: os.setxattr(top, name, acl)\n"
    "        except OSError: pass",
    "modes of folders": EVERYWHERE + "    try: os.chmod(top, 0)\n    except OSError: pass",
    "flags of files": EVERYWHERE
    + "    try: fcntl.ioctl(os.open(top, os.O_RDONLY), 0x40086602, struct.pack('l', 0x30))\n"
    "    except OSError: pass",
    "files under every name": EVERYWHERE
    + "    for name in ('numpy.py', 'json.py', 'sitecustomize.py', 'usercustomize.py', 'probe.py'):\n"
    "        try: open(os.path.join(top, name), 'w').write('raise SystemExit')\n"
    "        except OSError: pass",
    "configuration of IPython and matplotlib": "for name in ('.ipython/profile_default/startup/a.py', "
    "'.config/matplotlib/matplotlibrc', '.local/lib/python3.12/site-packages/usercustomize.py'):\n"
    "    path = os.path.join(os.path.expanduser('~'), name)\n"
    "    os.makedirs(os.path.dirname(path), exist_ok=True)\n    open(path, 'w').write('raise SystemExit')",
    "a disk without room": "for top in (os.path.expanduser('~'), tempfile.gettempdir()):\n"
    "    try:\n        for n in range(10**5): open(os.path.join(top, str(n)), 'wb').write(bytes(2**20))\n"
    "    except OSError: pass",
    "a disk without entries": "for top in (os.path.expanduser('~'), tempfile.gettempdir()):\n"
    "    try:\n        for n in range(5_000): os.mkdir(os.path.join(top, str(n)))\n    except OSError: pass",
    "a folder too deep to remove": "os.chdir(tempfile.gettempdir())\ntry:\n"
    "    for n in range(1_500):\n        os.mkdir('d')\n        os.chdir('d')\nexcept OSError: pass",
    "folders that nobody may read": "os.umask(0o777)\nos.mkdir('shut')\n"
    "os.mkdir(os.path.join(tempfile.gettempdir(), 'shut'))",
    "deleted files that stay open": "files = []\ntry:\n    for n in range(200):\n"
    "        files.append(tempfile.TemporaryFile())\n        files[-1].write(bytes(2**16))\n"
    "except OSError: pass",
    "offsets and flags of every descriptor": "for fd in range(256):\n"
    "    for act in (lambda: os.lseek(fd, 1000, 0), lambda: os.ftruncate(fd, 0), lambda: os.fchmod(fd, 0),\n"
    "                lambda: fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK | os.O_APPEND)):\n"
    "        try: act()\n        except OSError: pass",
    "locks on all that can be opened": "import sys\nheld = []\n"
    "for module in [*sys.modules.values()]:\n    try:\n        held.append(open(module.__file__))\n"
    "        fcntl.flock(held[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)\n    except Exception: pass",
    "leases on all that can be opened": "import sys\n"
    "for module in [*sys.modules.values()]:\n"
    "    try: fcntl.fcntl(os.open(module.__file__, 0), 1024, 0)\n    except Exception: pass",
    "shared memory, semaphores, queues": "for key in range(200):\n"
    "    libc.shmget(key, 4096, 0o1666), libc.semget(key, 9, 0o1666), libc.msgget(key, 0o1666)\n"
    "    libc.sem_open(f'/{key}'.encode(), 64, 0o666, 1), libc.mq_open(f'/{key}'.encode(), 64, 0o666, None)",
    "signals to everybody else": "for pid in {0, -1, os.getppid(), *range(2, 300)} - {os.getpid()}:\n"
    "    for number in (19, 15, 9):\n        try: os.kill(pid, number)\n        except OSError: pass",
    "memory of the modules that it shares": "import numpy, builtins, json\n"
    "numpy.exp = numpy.maximum = numpy.array = builtins.max = builtins.len = json.dumps = None",
    "priorities and limits": "import resource\nfor what in range(16):\n"
    "    try: resource.prlimit(os.getppid(), what, (0, 0))\n    except OSError: pass\n"
    "try: os.setpriority(os.PRIO_PGRP, 0, 19)\nexcept OSError: pass",
    "a name that listens": "s = socket.socket(socket.AF_UNIX)\ns.bind('\\0graders')\ns.listen()",
    "threads that never end": "[threading.Thread(target=lambda: [0 for _ in iter(int, 1)], daemon=True)"
    ".start() for _ in range(5)]",
    "mounts and namespaces": "for kind in (0x20000, 0x10000000, 0x20000000, 0x8000000): libc.unshare(kind)\n"
    "[libc.mount(b'x', t, b'tmpfs', 0, b'size=4096') for t in (b'/tmp', b'/dev', b'/student', b'/')]\n"
    "[libc.umount2(t, 2) for t in (b'/tmp', b'/proc', b'/home/student')]",
    "modules under every name that is imported late": "import sys\n"
    "for top in [*sys.path, os.getcwd(), os.path.expanduser('~')]:\n"
    "    for name in ('alone', 'apart', 'trials', 'psutil', 'PIL'):\n"
    "        try: open(os.path.join(top, name + '.py'), 'w').write('raise SystemExit')\n"
    "        except OSError: pass",
    "mappings that are shared": "try: lines = open('/proc/self/maps').read().splitlines()\n"
    "except OSError: lines = []\nfor place, rights in (line.split()[:2] for line in lines):\n"
    "    start, end = (int(part, 16) for part in place.split('-'))\n"
    "    if 's' in rights and 'w' in rights: ctypes.memset(start, 255, end - start)",
    "scores and settings of processes": "for name in ('oom_score_adj', 'coredump_filter', 'timerslack_ns', 'comm'):\n"
    "    for pid in ('self', os.getppid(), 1):\n"
    "        for text in ('1000', '-1000'):\n"
    "            try: open(f'/proc/{pid}/{name}', 'w').write(text)\n"
    "            except OSError: pass",
    "settings of the system": "for top in ('/proc/sys', '/sys/fs/cgroup', '/sys/kernel'):\n"
    "    for folder, folders, names in os.walk(top):\n"
    "        for name in names[:100]:\n"
    "            try: os.write(os.open(os.path.join(folder, name), os.O_WRONLY | os.O_NONBLOCK), b'0')\n"
    "            except OSError: pass\n"
    "        if folder.count('/') > 4: folders.clear()",
    "all that prctl sets": "for option in range(1, 80):\n"
    "    for value in (0, 1, 2): libc.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(0), ctypes.c_ulong(0), 0)",
    "timers": "[signal.setitimer(what, 1000, 0.001) for what in (0, 1, 2)]\nids = (ctypes.c_int * 2000)()\n"
    "[libc.timer_create(0, None, ctypes.byref(ids, 4 * n)) for n in range(2000)]",
    "notices of what happens in folders": "watch = libc.inotify_init()\n"
    "for top in ('/', '/tmp', os.getcwd(), '/student'):\n    libc.inotify_add_watch(watch, top.encode(), 0xfff)\n"
    "    for command, value in ((1026, 0x8000003f), (8, os.getppid()), (10, 9)):\n"
    "        try: fcntl.fcntl(os.open(top, os.O_RDONLY), command, value)\n        except OSError: pass",
    "pipes as large as they come": "held = []\ntry:\n    while True:\n        held += os.pipe()\n"
    "        fcntl.fcntl(held[-1], 1031, 2**20)\n        os.set_blocking(held[-1], False)\n"
    "        os.write(held[-1], bytes(2**20))\nexcept OSError: pass",
    "memory that is locked": "libc.mlockall(7)\nblocks = []\ntry:\n"
    "    while True: blocks.append(bytearray(2**24))\nexcept MemoryError: pass",
    "a filter of its own that ends it": "code = ctypes.create_string_buffer(struct.pack('HBBI', 6, 0, 0, 0x80000000))\n"
    "filter = ctypes.create_string_buffer(struct.pack('HxxxxxxP', 1, ctypes.addressof(code)))\nlibc.prctl(22, 2, filter)",
    "descriptors sent through its channel": "for fd in range(3, 64):\n    try:\n"
    "        one = socket.socket(fileno=os.dup(fd))\n        one.setblocking(False)\n"
    "        while True: socket.send_fds(one, [b' '], [os.open('/dev/null', 0)] * 100)\n    except OSError: pass",
    "a channel shut from within": "for fd in range(3, 64):\n"
    "    try: socket.socket(fileno=os.dup(fd)).shutdown(socket.SHUT_RDWR)\n    except OSError: pass",
    "commands to its parent": "for fd in range(3, 64):\n    for word in (b'R', b'E', b'L', b'I', b'ready\\n'):\n"
    "        try: os.write(fd, word * 50)\n        except OSError: pass",
    "its own stop": "threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGSTOP)).start()",
    "folders that are gone": "import shutil\nos.chdir('/')\n"
    "for top in (os.path.expanduser('~'), tempfile.gettempdir()): shutil.rmtree(top, ignore_errors=True)",
    "links and pipes under every name": "makers = (lambda p: os.rename(p, p + '-'), lambda p: os.symlink('/student', p),\n"
    "          lambda p: os.mkfifo(p + 'f'), lambda p: os.link(os.__file__, p + 'l'))\n"
    "for top in (os.path.expanduser('~'), tempfile.gettempdir(), '.'):\n"
    "    for name in ('.config', '.cache', '.ipython', 'lesson', 'numpy', 'x'):\n        for make in makers:\n"
    "            try: make(os.path.join(top, name))\n            except OSError: pass",
    "files that are holes": "for top in (os.path.expanduser('~'), tempfile.gettempdir()):\n"
    "    for n in range(50):\n        try: open(os.path.join(top, str(n)), 'wb').truncate(60 * 2**20)\n"
    "        except OSError: pass",
    "orders to the terminal of whoever started it": "for fd in (0, 1, 2):\n"
    "    try: os.write(fd, b'\\x1b]0;x\\x07' * 10**5)\n    except OSError: pass\nos._exit(0)",
    "the modules that made its place": "import sys\nfor name in ('alone', 'apart'):\n"
    "    for key in [key for key in vars(sys.modules[name]) if key[0] != '_']: setattr(sys.modules[name], key, None)\n"
    "os.fork = os.waitpid = os.kill = os.close = None",
    "its own end": "os._exit(1)",
}
FIRST = ("import math\nimport numpy as np",)
"""A lesson's own cells: its kernels are forks of a branch that has run them."""

HONEST = "def relu_max(inputs):\n    return [max(0, number) for number in inputs]"


@pytest.fixture(scope="module", params=["bubblewrap", "landlock"])
def parent(request):
    chosen = sandbox.named(request.param)
    try:
        chosen.probe()
    except sandbox.NoSandbox as reason:
        pytest.skip(str(reason).splitlines()[0])
    with warm.WarmParent(chosen) as parent:
        yield parent


def marks(parent, first):
    """What an honest answer gets: its points, after writing and reading a file and a figure."""
    with parent.kernel(first) as kernel:
        assert len(kernel.begun) == len(first)
        kernel.run(60, code=HONEST)
        code = (
            "import os, tempfile, numpy as np, matplotlib.pyplot as plt\nopen('mine', 'w').write('1')\n"
            "tempfile.TemporaryFile().write(b'1')\nplt.plot(np.maximum([1, 2], 0)); plt.close()\n"
            "os.listdir('.'), os.listdir(tempfile.gettempdir())"
        )
        seen = kernel.run(60, code=code)[0]["outputs"][-1]
        record = kernel.run(60, plan=make_plan(EXERCISES["relu_max"], 1))[0]["record"]
    return judge(EXERCISES["relu_max"], 1, record).points, seen.get("data", seen).get("text/plain", seen)


@pytest.mark.parametrize("poison", POISONS.values(), ids=POISONS)
def test_what_a_lesson_poisons_costs_nobody_after_it(parent, poison):
    with parent.kernel(FIRST) as kernel, contextlib.suppress(warm.KernelLost):
        kernel.run(20, code=MARK + poison)
    for first in (FIRST, ()):
        assert marks(parent, first) == (1, "(['mine'], [])")


@pytest.mark.parametrize("first", [(), FIRST], ids=["parent", "branch"])
def test_lesson_sees_nothing_of_its_parent(parent, first):
    code = (
        "import os, stat\nkinds = []\nfor fd in range(256):\n"
        "    try: kinds.append(stat.S_IFMT(os.fstat(fd).st_mode))\n    except OSError: pass\n"
        "[kinds.count(kind) for kind in (stat.S_IFSOCK, stat.S_IFDIR)], "
        "get_ipython().history_manager.enabled"
    )
    with parent.kernel(first) as kernel:
        assert kernel.run(60, code=code)[0]["outputs"][-1]["data"]["text/plain"] == "([1, 0], False)"


@pytest.mark.parametrize("first", [(), FIRST], ids=["parent", "branch"])
def test_lessons_see_only_themselves(parent, first):
    code = "import os\n[pid for pid in os.listdir('/proc') if pid.isdigit()], os.getpid(), os.getppid()"
    with parent.kernel(first) as kernel:
        shown = kernel.run(60, code=code)[0]["outputs"][-1]
    if parent.sandbox.name == "bubblewrap":
        assert shown["data"]["text/plain"] == "(['1'], 1, 0)"
    else:
        assert shown["ename"] == "PermissionError"


@pytest.mark.skipif(os.getuid() != 0, reason="looks into the sandbox's folders from outside")
@pytest.mark.parametrize("first", [(), FIRST], ids=["parent", "branch"])
def test_parent_that_is_not_what_it_was_is_replaced(parent, first):
    if parent.sandbox.name == "bubblewrap":
        pytest.skip("its folders are mounted inside only")
    with parent.kernel(first):
        before = parent.confined
        (before.run.dir / "home" / "left").write_text("by nobody's lesson")
    with parent.kernel(first):
        assert parent.confined is not before
    assert parent.replaced[-1] == "a lesson left something in its parent: files, attributes"
