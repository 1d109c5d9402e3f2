"""Warm kernels: each is as fresh as a new one, and whatever it does costs its own lesson only."""

import base64
import contextlib
import copy
import io
import json
import os
import time
from pathlib import Path

import numpy as np
import pytest

sandbox = pytest.importorskip("grader.grading.sandbox", reason="sandboxes are Linux only")
warm = pytest.importorskip("grader.grading.running.warm")
warm_lesson = pytest.importorskip("grader.grading.running.warm_lesson")

from grader.course import EXERCISES  # noqa: E402
from grader.judging.judge import judge, make_plan  # noqa: E402


@pytest.fixture(scope="module", params=["bubblewrap", "landlock"])
def parent(request):
    chosen = sandbox.named(request.param)
    try:
        chosen.probe()
    except sandbox.NoSandbox as reason:
        pytest.skip(str(reason).splitlines()[0])
    with warm.WarmParent(chosen) as parent:
        yield parent


def outputs(kernel, code, seconds=60):
    return kernel.run(seconds, code=code)[0]["outputs"]


def shown(kernel, code):
    """The text of the cell's last output."""
    last = outputs(kernel, code)[-1]
    return last.get("text") or last.get("evalue") or last["data"]["text/plain"]


def test_output_is_that_of_a_notebook_in_order(parent):
    with parent.kernel() as kernel:
        made = outputs(kernel, "import sys\nprint(1)\nprint('e', file=sys.stderr)\ndisplay(2)\nprint(3)\n4")
    assert [(o["output_type"], o.get("text") or o["data"]["text/plain"]) for o in made] == [
        ("stream", "1\n"),
        ("stream", "e\n"),
        ("display_data", "2"),
        ("stream", "3\n"),
        ("execute_result", "4"),
    ]


def test_what_goes_past_python_is_shown_too(parent):
    with parent.kernel() as kernel:
        assert shown(kernel, "import os\n_ = os.write(1, b'raw')") == "raw"


def test_display_is_updated_and_cleared_within_its_cell(parent):
    with parent.kernel() as kernel:
        assert shown(kernel, "shown = display(1, display_id=True)\nshown.update(2)") == "2"
        code = "from IPython.display import clear_output\nprint(1)\nclear_output(True)\nprint(2)"
        assert shown(kernel, code) == "2\n"


def test_figure_of_a_student_is_a_picture_without_any_magic(parent):
    with parent.kernel() as kernel:
        made = outputs(kernel, "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    assert [list(o["data"]) for o in made] == [["text/plain", "image/png"]]


DRAWN = {
    "within its canvas": "plt.plot([1, 2], label='a'); plt.title('A'); plt.legend();",
    "beyond it": "plt.plot([1, 2], label='a'); plt.legend(bbox_to_anchor=(1.3, 1));",
    "laid out first": "plt.subplots(2, layout='constrained')[1][0].plot([1, 2]);",
}
TWICE = """import matplotlib.pyplot as plt
{}
import base64, io
file = io.BytesIO()
plt.gcf().savefig(file, bbox_inches="tight", facecolor=plt.gcf().get_facecolor())
base64.b64encode(file.getvalue()).decode()"""


def pixels(text):
    from PIL import Image

    with Image.open(io.BytesIO(base64.b64decode(text))) as picture:
        return picture.convert("L")


@pytest.mark.parametrize("what", DRAWN)
def test_a_picture_that_is_drawn_once_is_that_which_is_drawn_twice(parent, what):
    with parent.kernel() as kernel:
        twice, once = outputs(kernel, TWICE.format(DRAWN[what]))
    ours, theirs = pixels(once["data"]["image/png"]), pixels(twice["data"]["text/plain"].strip("'"))
    assert all(abs(a - b) <= 1 for a, b in zip(ours.size, theirs.size))
    small = [np.asarray(picture.resize((64, 48)), dtype=float) for picture in (ours, theirs)]
    assert np.abs(small[0] - small[1]).mean() < 2 and small[0].std() > 3


def test_input_is_refused_as_in_every_graded_notebook(parent):
    with parent.kernel() as kernel:
        assert "does not support input requests" in shown(kernel, "input('name? ')")


@pytest.mark.parametrize(
    "leave, look",
    [
        ("x = 1", "'x' in dir()"),
        ("open('f', 'w').close()", "import os; os.path.exists('f')"),
        (
            "import os; os.makedirs(os.path.expanduser('~/a/b'))",
            "import os; os.path.exists(os.path.expanduser('~/a'))",
        ),
        ("import os; os.chdir('/')", "import os; os.getcwd() == '/'"),
        (
            "import numpy as np; np.add = np.dot = None",
            "import numpy as np; np.add is None or np.dot is None",
        ),
        ("import nnfs; nnfs.init()", "import numpy as np; np.zeros(1).itemsize == 4"),
        ("import os; os.environ['LEFT'] = '1'", "import os; 'LEFT' in os.environ"),
        (
            "import matplotlib as m; m.rcParams['lines.linewidth'] = 9",
            "import matplotlib as m; m.rcParams['lines.linewidth'] == 9",
        ),
    ],
)
def test_nothing_is_left_for_the_next_kernel(parent, leave, look):
    with parent.kernel() as kernel:
        outputs(kernel, leave)
        assert shown(kernel, look) == "True"
    with parent.kernel() as kernel:
        assert shown(kernel, look) == "False"


def test_first_cell_finds_nothing_of_what_warmed_the_parent_up(parent):
    with parent.kernel() as kernel:
        assert shown(kernel, "import sys; Out, len(In), '_' in dir(), hasattr(sys, 'last_value')") == (
            "({}, 2, False, False)"
        )


def test_picture_that_warmed_the_parent_up_is_read_and_not_seen(parent):
    with parent.kernel() as kernel:
        code = "import sys\nfrom matplotlib.pyplot import get_fignums"
        assert shown(kernel, f"{code}\nget_fignums(), 'PIL.PpmImagePlugin' in sys.modules") == "([], True)"


def test_ways_around_slow_tracebacks_still_go_where_they_should(parent):
    """IPython's insides are not promised to stay: this fails when they have moved."""
    counts = (
        "import stack_data; from pygments.formatters import terminal256\n[list(f.cache_info()[:2]) "
        "for f in (stack_data.style_with_executing_node, terminal256.Terminal256Formatter)]"
    )
    with parent.kernel() as kernel:
        before = json.loads(shown(kernel, counts))
        outputs(kernel, "max(0, [1])")
        after = json.loads(shown(kernel, counts))
        assert all(now[0] > then[0] and now[1] == then[1] for now, then in zip(after, before))
        assert shown(kernel, "get_ipython().history_manager.exceptions") == "{2: {}}"
        assert shown(kernel, "import inspect; inspect.getmodule(inspect.currentframe()).__name__") == (
            "'__main__'"
        )


@pytest.mark.parametrize(
    "code, says",
    [
        ("x = %time 2\nx", "2"),
        ("%precision 2\n3.14159", "3.14"),
        ("text = '%d %s' % (1, 'a')\ntext", "'1 a'"),
        (">>> x = 2\n>>> x + 1", "3"),
        ("    x = 2\n    x + 2", "4"),
        (",print a b", "a b\n"),
        ("/max 1 2", "2"),
        ("!ls", "! commands do not run while notebooks are graded: ls\n"),
        ("x = '''\nprint?\n'''\nlen(x)", "8"),
        ("%nothing", "UsageError: Line magic function `%nothing` not found.\n"),
    ],
)
def test_what_ipython_reads_in_its_own_way_is_read_so(parent, code, says):
    with parent.kernel() as kernel:
        assert shown(kernel, code) == says


def test_random_numbers_differ_from_kernel_to_kernel(parent):
    drawn = set()
    for _ in range(3):
        with parent.kernel() as kernel:
            drawn.add(shown(kernel, "import random, numpy as np; random.random(), np.random.rand()"))
    assert len(drawn) == 3


def test_endless_loop_is_interrupted_and_the_kernel_goes_on(parent):
    with parent.kernel() as kernel:
        reply, late = kernel.run(1, code="x = 1\nwhile True: pass")
        assert late and reply["outputs"][-1]["ename"] == "KeyboardInterrupt"
        assert shown(kernel, "x") == "1"


@pytest.mark.parametrize(
    "code, why",
    [
        ("import os; os._exit(0)", "died"),
        ("import ctypes; ctypes.string_at(0)", "died"),
        ("import signal; signal.signal(2, signal.SIG_IGN)\nwhile True: pass", "stuck"),
        (
            "import os\nfor n in range(3, 32):\n    try: os.write(n, b'noise\\n')\n    except OSError: pass",
            "garbled",
        ),
        (
            "import os\nfor n in range(3, 32):\n    try:\n        while True: os.write(n, bytes(2**20))\n"
            "    except OSError: pass",
            "garbled",
        ),
    ],
)
def test_kernel_that_is_lost_says_why_and_the_next_one_works(parent, monkeypatch, code, why):
    monkeypatch.setattr(warm, "GRACE_SECONDS", 1)
    with parent.kernel() as kernel, pytest.raises(warm.KernelLost) as lost:
        kernel.run(1 if why == "stuck" else 60, code=code)
    assert lost.value.why == why
    with parent.kernel() as kernel:
        assert shown(kernel, "1 + 1") == "2"


def test_parent_that_was_killed_is_started_again(parent):
    before = parent.confined
    before.kill()
    with parent.kernel() as kernel:
        assert shown(kernel, "1 + 1") == "2"
    assert parent.confined is not before


def test_disk_is_limited_also_where_no_file_system_does_it(parent):
    with parent.kernel() as kernel:
        text = (
            "import os, time\ntry:\n    for n in range(40):\n        with open(f'f{n}', 'wb') as file:\n"
            "            file.write(os.urandom(2**20) * 32)\nexcept OSError as error:\n    print(error)\n"
            "time.sleep(30)"
        )
        started = time.monotonic()
        try:
            reply, _ = kernel.run(5, code=text)
            assert "space" in reply["outputs"][0]["text"]
        except warm.KernelLost as lost:
            assert lost.why == "died"
        assert time.monotonic() - started < 25
    with parent.kernel() as kernel:
        assert shown(kernel, "import os; os.listdir('.')") == "[]"


def test_probe_answers_as_in_the_lesson(parent):
    exercise = EXERCISES["relu_if"]
    with parent.kernel() as kernel:
        outputs(kernel, "def relu_if(inputs):\n    return [max(0, i) for i in inputs]")
        record = kernel.run(60, plan=make_plan(exercise, 1))[0]["record"]
    assert judge(exercise, 1, record).status == "right"


def test_lesson_whose_kernel_dies_is_tried_again_in_a_new_parent(parent):
    first = []

    class Lesson(warm_lesson.WarmLesson):
        def begin(self, cells):
            super().begin(cells)
            first.append(self.parent.confined)

    cell = {"cell_type": "code", "id": "added-1", "metadata": {}, "source": "import os; os._exit(0)"}
    with parent.kernel():
        pass
    before = parent.confined
    Lesson(parent, 1).execute({"cells": [cell], "metadata": {}})
    assert first == [before, None] and parent.confined not in (None, before)


def test_parent_that_lends_a_dead_kernel_is_replaced(parent, monkeypatch):
    with parent.kernel():
        pass
    before, seen, true_send = parent.confined, [], warm.socket.send_fds

    def lose(control, messages, fds):
        if seen:
            return true_send(control, messages, fds)
        seen.append(True)
        parent.confined.kill()

    monkeypatch.setattr(warm.socket, "send_fds", lose)
    with parent.kernel() as kernel:
        assert shown(kernel, "1 + 1") == "2"
    assert parent.confined is not before and parent.replaced


def test_nothing_can_be_marked_that_outlives_a_lesson(parent):
    code = """
import ctypes, fcntl, os
libc = ctypes.CDLL(None)
for top in (os.path.expanduser("~"), "/tmp"):
    try:
        os.setxattr(top, "user.mark", b"1")
    except OSError:
        pass
seen = []
file = os.open(os.path.expanduser("~/f"), os.O_CREAT | os.O_RDWR)
for call in (lambda: fcntl.fcntl(file, 1024, 1), lambda: fcntl.ioctl(file, 0x40086602, bytes(8))):
    try:
        call()
    except PermissionError:
        seen.append("refused")
top = os.path.expanduser("~")
seen, "user.mark" in os.listxattr(top), libc.semget(0, 1, 0o1600), libc.msgget(0, 0o1600)
"""
    with parent.kernel() as kernel:
        assert shown(kernel, code) == "(['refused', 'refused'], False, -1, -1)"


def zombies():
    """Children of this process that have ended and wait to be waited for."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, above = path.read_text().rpartition(")")[2].split()[:2]
            if state == "Z" and int(above) == os.getpid():
                found.append(path.parent.name)
    return found


@pytest.mark.parametrize("how", ["close", "kill"])
def test_parent_that_ends_leaves_no_zombie(parent, how):
    sandbox.base.adopt_orphans()
    before = zombies()
    with warm.WarmParent(parent.sandbox) as another, another.kernel():
        if how == "kill":
            another.confined.kill()
    assert zombies() == before


def test_disk_is_looked_at_while_a_kernel_lets_output_trickle(parent):
    """Also at what it has deleted, and keeps open."""
    if parent.sandbox.name == "bubblewrap":
        pytest.skip("a file system of its own limits it")
    code = """
import os, stat, tempfile, threading, time
def is_socket(fd):
    try: return stat.S_ISSOCK(os.fstat(fd).st_mode)
    except OSError: return False
channel = next(fd for fd in range(3, 64) if is_socket(fd))
def trickle():
    while True:
        os.write(channel, b" ")
        time.sleep(0.05)
threading.Thread(target=trickle, daemon=True).start()
files = []
for n in range(20):
    files.append(tempfile.TemporaryFile(buffering=0))
    files[-1].write(bytes(2**20) * 32)
time.sleep(60)
"""
    with parent.kernel() as kernel, pytest.raises(warm.KernelLost) as lost:
        kernel.run(60, code=code)
    assert lost.value.why == "died"


@pytest.mark.parametrize(
    "code",
    [
        "'x' * 12_000_000",
        "raise ValueError('x' * 12_000_000)",
        "print('\\U0001f600' * 3_000_000)",
        "display({'text/plain': 'a page', 'text/html': 'x' * 12_000_000}, raw=True)",
        "for n in range(20): display({'text/plain': 'a page', 'image/png': 'x' * 999_999}, raw=True)",
    ],
)
def test_output_of_any_size_costs_no_lesson(parent, code):
    with parent.kernel() as kernel:
        assert outputs(kernel, code)
        assert shown(kernel, "1 + 1") == "2"


@pytest.mark.parametrize(
    "code, says",
    [
        (
            "from multiprocessing.dummy import Pool\nwith Pool(3) as pool: r = pool.map(abs, [-1, 2])\nr",
            "[1, 2]",
        ),
        ("from multiprocessing.pool import ThreadPool\nThreadPool(3).map(abs, [-1, 2])", "[1, 2]"),
        (
            "import multiprocessing as mp\nlock = mp.RLock()\nwith lock, lock: r = mp.Value('i', 3).value\nr",
            "3",
        ),
        (
            "import multiprocessing as mp\nlock = mp.Lock()\nlock.acquire(), lock.acquire(False)",
            "(True, False)",
        ),
        ("import multiprocessing as mp\nmp.Lock().release()", "semaphore or lock released too many times"),
        (
            "import multiprocessing as mp\nmp.RLock().release()",
            "attempt to release recursive lock not owned by thread",
        ),
        (
            "from concurrent.futures import ThreadPoolExecutor\n"
            "with ThreadPoolExecutor() as pool: r = list(pool.map(abs, [-1, 2]))\nr",
            "[1, 2]",
        ),
    ],
)
def test_pools_of_threads_work(parent, code, says):
    with parent.kernel() as kernel:
        assert shown(kernel, code) == says


@pytest.mark.parametrize(
    "code",
    [
        "from multiprocessing import Pool\nPool(2)",
        "import multiprocessing as mp\nmp.get_context('spawn').Process(target=print).start()",
        "from concurrent.futures import ProcessPoolExecutor\nlist(ProcessPoolExecutor(2).map(abs, [1]))",
        "import subprocess\nsubprocess.run(['ls'])",
        "import os\nos.system('ls')",
        "import os\nos.execlp('ls', 'ls')",
    ],
)
def test_who_starts_a_process_reads_why_there_is_none(parent, code):
    with parent.kernel() as kernel:
        assert "no other process can be started while notebooks are graded" in shown(kernel, code)


@pytest.mark.parametrize("code", ["exit", "exit()", "quit"])
def test_who_leaves_stays(parent, code):
    with parent.kernel() as kernel:
        assert shown(kernel, code) == "exit and quit do nothing while notebooks are graded\n"
        assert shown(kernel, "1 + 1") == "2"


# A lesson's first cells, run once for all kernels that are forked after them

FIRST = ("import numpy as np\nlesson = [1, 2]", "print(len(lesson))\nlesson", "1 / 0", "lesson.append(_[0])")


def without_time(output):
    return {name: value for name, value in output.items() if name != "traceback"}


def test_kernel_after_the_first_cells_is_as_one_that_has_run_them(parent):
    look = "import sys, os\nlesson, len(In), Out, _, sys.path.count(''), os.listdir('.'), np.__name__"
    with parent.kernel() as kernel:
        replies = [kernel.run(60, code=code)[0] for code in FIRST]
        expected = shown(kernel, look)
    for _ in range(2):
        with parent.kernel(FIRST) as kernel:
            assert [reply["count"] for reply in kernel.begun] == [reply["count"] for reply in replies]
            for ours, theirs in zip(kernel.begun, replies, strict=True):
                assert list(map(without_time, ours["outputs"])) == list(map(without_time, theirs["outputs"]))
            assert shown(kernel, look) == expected
            outputs(kernel, "lesson.append(9); np.exp = None; open('left', 'w').close()")


@pytest.mark.parametrize("draw", ["random.random()", "np.random.random()"])
def test_random_numbers_are_each_kernel_s_own_unless_the_first_cells_set_them(parent, draw):
    imports = "import random\nimport numpy as np"
    seed = f"{imports}\n{draw.replace('random()', 'seed(7)')}"

    def drawn(first):
        with parent.kernel(first) as kernel:
            return shown(kernel, draw)

    assert len({drawn((imports,)) for _ in range(3)}) == 3
    with parent.kernel() as kernel:
        outputs(kernel, seed)
        expected = shown(kernel, draw)
    assert {drawn((seed,)) for _ in range(3)} == {expected}


@pytest.mark.parametrize(
    "leaves",
    [
        "open('left', 'w').close()",
        "file = open('/dev/null')",
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()",
        "import os\nos._exit(1)",
    ],
)
def test_cells_that_leave_more_than_names_run_in_each_kernel(parent, leaves):
    for _ in range(2):
        with parent.kernel((leaves,)) as kernel:
            assert not kernel.begun
            assert shown(kernel, "__import__('os').listdir('.')") == "[]"
    assert parent.branches[leaves,] is None


def test_a_parent_keeps_no_more_branches_than_it_has_room_for(parent):
    for number in range(warm.MAX_BRANCHES + 3):
        with parent.kernel((f"x = {number}",)) as kernel:
            assert shown(kernel, "x") == str(number)
    assert len(parent.branches) == warm.MAX_BRANCHES


def test_lesson_is_the_same_where_its_first_cells_have_run_and_where_they_run(parent):
    own = [cell("x = 1\nprint(x)"), cell("x += 1"), cell("x += 1\nx", solution=True)]
    seen = []
    for files in ({}, {"data.csv": b"1"}):  # with files beside it a lesson runs as a whole
        notebook = {"cells": copy.deepcopy(own), "metadata": {}}
        lesson = warm_lesson.WarmLesson(parent, 1, files=files)
        lesson.execute(notebook)
        seen.append(notebook["cells"])
        assert bool(lesson.first_cells()) != bool(files)
    assert seen[0] == seen[1]
    assert seen[0][-1]["outputs"][0]["data"]["text/plain"] == "3"


def cell(source, solution=False):
    metadata = {"nbgrader": {"grade_id": "a", "solution": True, "grade": False}} if solution else {}
    return {"cell_type": "code", "id": source, "metadata": metadata, "source": source}
