"""The warm parent: has imported what lessons use, and forks itself into a fresh kernel for each.

Run inside the sandbox with the number of its control socket and the paths of the probe's source and of
the program that it is sent; host side: `running/warm.py`. No student code ever runs in this process, and
one lesson at a time in its child, in a place of its own (apart.py). When a lesson has left anything here,
this process ends itself.

What a lesson's own cells do before the first answer is the same for everybody: a branch, another child of
this process, has run them, and lends itself as this process does. No student code ever runs in it either.

    control, host to parent   b"L" + the child's end of a socket    a lesson begins
                              b"I"                                  interrupt its cell
                              b"E"                                  the lesson is over
                              b"B" + a branch's end of its control  a branch begins
    control, parent to host   b"R" ready for a lesson; gone: start another parent
    a branch's control        first a line of JSON each way for its cells: see `branch`; then as above, and
                              b"X" + why it ends
    the lesson's socket       "ready" before anything of a student runs, then
                              a line of JSON each way for each cell: see `answer`
"""

import base64
import builtins
import contextlib
import ctypes
import gc
import inspect
import io
import json
import os
import pickle
import random
import re
import signal
import socket
import sys
import tempfile
import threading
import zlib
from functools import lru_cache
from pathlib import Path

READY = b"ready\n"
FOR_IPYTHON = re.compile(r"[%!?]|^[^\S\n]*[,;/]", re.MULTILINE)
MAX_TEXT = 500_000  # characters of text that one cell puts out; what is shown is cut further outside
MAX_PICTURES = 4_000_000  # and of everything else: what is longer is left out
PROGRAMS = [Path(path).read_text(encoding="utf-8") for path in sys.argv[2:]]  # the probe, and what it is sent
PROBE = {"__name__": "probe"}  # its names; what it could be sent it has read as well
exec(compile(PROGRAMS[0], "<probe>", "exec"), PROBE)
for text in PROGRAMS[1:]:
    PROBE["program"](text)
apart, alone = globals()["apart"], globals()["alone"]  # of launch.py


def main():
    control = socket.socket(fileno=int(sys.argv[1]))
    shell = preload()
    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE: no child may look into this process
    gc.collect()
    gc.freeze()
    sys.excepthook = sys.__excepthook__  # IPython's would keep this process's last words
    apart.remember()
    serve(control, shell)


def serve(control, shell):
    """Lend a kernel for each lesson that is asked for, until nobody asks any more."""
    while True:
        try:
            control.send(b"R")
        except BrokenPipeError:  # nobody asks for more
            return
        command, fds, _, _ = socket.recv_fds(control, 1, 1)
        if command == b"B":
            if os.fork() == 0:
                control.close()
                branch(shell, socket.socket(fileno=fds[0]))
            os.close(fds[0])
            continue
        if command != b"L":
            return
        pid, place = apart.fork()
        if pid == 0:
            apart.settle(place, {0, 1, 2, *fds})  # the first three are replaced below
            lesson(shell, socket.socket(fileno=fds[0]))
        os.close(fds[0])
        while control.recv(1) == b"I":
            os.kill(pid, signal.SIGINT)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        apart.end(place)


def branch(shell, control):
    """In a child that no student's code has run in: run a lesson's first cells, say what they put out, and
    lend what they have made. A branch whose cells leave more than names ends at once.

    The cells come as {"id", "cells": [code, ...]}; the replies go as {"id", "replies": [reply, ...]}.
    """
    why = ""
    try:
        apart.stay()
        draw_anew()
        with control.makefile("rb") as requests:
            request = json.loads(requests.readline())
        before, threads, random_numbers = apart.traces(), threading.active_count(), random_state()
        as_in_a_notebook()
        replies = [
            json.loads(answer(shell, {"id": request["id"], "code": code}, io.BytesIO()))
            for code in request["cells"]
        ]
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
        if random_state() != random_numbers:
            FIRST_CELLS["random"] = random.getstate()
        gc.collect()
        gc.freeze()
        apart.remember()
        if apart.has_left(before) or threading.active_count() > threads:
            os._exit(1)
        control.sendall(json.dumps({"id": request["id"], "replies": replies}).encode() + b"\n")
        serve(control, shell)
    except (Exception, SystemExit) as error:  # in words of its own: the log is this process's parent's
        why = str(error)
    with contextlib.suppress(OSError):
        control.sendall(b"X" + why.encode()[:1000])
    os._exit(0)


FIRST_CELLS = {"random": None}
"""Of a branch whose cells have set the random numbers: Python's own state after them."""


def draw_anew():
    import numpy

    numpy.random.seed()
    random.seed()


def random_state():
    import numpy

    return pickle.dumps((numpy.random.get_state(), random.getstate()))


def preload():
    """Import what lessons import and make the shell, so that every lesson finds both."""
    import nnfs.datasets  # noqa: F401
    import numpy.random  # noqa: F401
    from ipykernel.compiler import XCachingCompiler
    from ipykernel.zmqshell import ZMQInteractiveShell
    from IPython.core.inputtransformer2 import TransformerManager
    from jupyter_client.session import Session
    from traitlets.config import Config

    class Shell(ZMQInteractiveShell):
        def _format_exception_for_storage(self, *args, **kwargs):
            """Each traceback would be made a second time, for a history that nobody reads."""
            return {}

    class Compiler(XCachingCompiler):
        def get_code_name(self, raw_code, code, number):
            """Tracebacks ask inspect for a cell's module; unless told, it looks through all there are.

            The folder is that of a kernel which is alone, whichever process has run the cell."""
            digest = zlib.crc32(raw_code.encode("utf-8", "replace"))  # a kernel's own takes ten times as long
            name = f"{tempfile.gettempdir()}/ipykernel_1/{digest}.py"
            inspect.modulesbyfile[name] = "__main__"
            return name

    class Transformers(TransformerManager):
        usual = TransformerManager().token_transformers

        def do_token_transforms(self, lines):
            """What holds no sign that IPython reads in its own way is Python: it need not be taken apart
            to see that."""
            if self.token_transformers == self.usual and not FOR_IPYTHON.search("".join(lines)):
                return lines
            return super().do_token_transforms(lines)

    class Recorder(Session):
        """Keeps what a kernel would send: as lists of (kind, content)."""

        def send(self, stream, msg_or_type, content=None, *args, **kwargs):
            if isinstance(msg_or_type, dict):
                kind, content = msg_or_type["header"]["msg_type"], msg_or_type["content"]
            else:
                kind = msg_or_type
            OUTPUTS.add(kind, content)

    without = Config(HistoryAccessor={"enabled": False})  # no database, and so no descriptor of one
    shell = Shell.instance(compiler_class=Compiler, config=without)
    shell.input_transformer_manager = Transformers()
    shell.displayhook.session = shell.display_pub.session = Recorder(key=b"", check_pid=False)
    shell.displayhook.topic = None
    shell.enable_gui = lambda gui=None: None
    shell.kernel = None
    alone.share_nothing()
    draw_once()
    import matplotlib.pyplot  # noqa: F401 - after the shell, for which they look
    import matplotlib_inline.backend_inline  # noqa: F401

    shell.extension_manager.load_extension("storemagic")  # as in every kernel
    shell.extension_manager.load_extension("grader")  # the stub, which answers `!command`
    warm_up(shell)
    return shell


def draw_once():
    """Have a figure drawn once and then cut to its edges. IPython has it drawn twice, the first time to find
    them, which is a third of what a picture costs."""
    from IPython.core import pylabtools

    usual = pylabtools.print_figure

    def print_figure(figure, fmt="png", bbox_inches="tight", base64=False, **kwargs):
        as_usual = fmt == "png" and bbox_inches == "tight" and base64 and not kwargs
        picture = cut_to_edges(figure) if as_usual and (figure.axes or figure.lines) else None
        return picture or usual(figure, fmt, bbox_inches, base64, **kwargs)

    pylabtools.print_figure = print_figure


def cut_to_edges(figure):
    """The figure as a PNG in base64; None where it has to be laid out first, or reaches beyond its canvas."""
    import numpy
    from matplotlib import rcParams
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    if not isinstance(figure.canvas, FigureCanvasAgg) or figure.get_layout_engine() is not None:
        return None
    figure.canvas.draw()
    pixels = numpy.asarray(figure.canvas.buffer_rgba())
    height, width = pixels.shape[:2]
    edges = figure.get_tightbbox(figure.canvas.renderer).padded(rcParams["savefig.pad_inches"])
    left, low, right, high = (round(inches * figure.dpi) for inches in edges.extents)
    if not (0 <= left < right <= width and 0 <= low < high <= height):
        return None
    file = io.BytesIO()
    Image.fromarray(pixels[height - high : height - low, left:right]).save(file, "png", compress_level=1)
    return base64.b64encode(file.getvalue()).decode("ascii")


def warm_up(shell):
    """Do once what the first cell of its kind would do slowly in every kernel, and leave no trace of it.

    A traceback's colours take 4 ms to work out; NumPy's source, which an error in it shows, takes 150 ms
    to read.
    """
    import stack_data
    from pygments.formatters import terminal256

    stack_data.style_with_executing_node = lru_cache(stack_data.style_with_executing_node)
    terminal256.Terminal256Formatter = lru_cache(terminal256.Terminal256Formatter)
    draw_usual_things()
    for code in ("1 / 0", "__import__('numpy').max([1.0], axis=1)", "print(1)\n2"):
        shell.run_cell(code, store_history=False)
    shell.reset()
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        vars(sys).pop(name, None)


def draw_usual_things():
    """A picture of what students draw, for nobody: fonts, ticks, formulas and formats are read then, and
    not again for each picture. By hand, not by pyplot, which would remember it.

    The open fonts are closed: matplotlib does so in every child, which would write to 120 pages of memory
    that it shares."""
    from matplotlib import font_manager
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.plot([0, 1], [0.5, 2], "o--", label="$x^2$")
    axes.scatter([0, 1], [1, 2], c=[0, 1])
    axes.bar([0, 1], [1, 2])
    axes.imshow([[0, 1]])
    axes.set(title="title", xlabel="x", ylabel="y")
    axes.grid()
    axes.legend()
    cut_to_edges(figure)
    font_manager._get_font.cache_clear()


class Outputs:
    """What a cell puts out, in order, up to a size."""

    def __init__(self):
        self.clear()

    def clear(self):
        self.items, self.wait = [], False
        self.room = {"text": MAX_TEXT, "other": MAX_PICTURES}

    def add(self, kind, content):
        if kind == "clear_output":
            self.wait = bool(content.get("wait"))
            if not self.wait:
                self.items = []
            return
        if kind not in ("stream", "display_data", "execute_result", "error", "update_display_data"):
            return
        if self.wait:
            self.items, self.wait = [], False
        content = self.fitting(content)
        display = (content.get("transient") or {}).get("display_id")
        if kind == "update_display_data":
            for item in self.items:
                if item.get("display_id") == display:
                    item["data"] = content["data"]
            return
        item = {
            "output_type": kind,
            **{
                name: content[name]
                for name in ("name", "text", "data", "ename", "evalue", "traceback", "execution_count")
                if name in content
            },
        }
        self.items.append(item | ({"display_id": display} if display else {}))

    def fitting(self, content):
        """What there is room for: a reply that is too long costs the lesson, and a result may well be."""
        fits = {name: self.cut(content[name]) for name in ("ename", "evalue", "traceback") if name in content}
        if isinstance(data := content.get("data"), dict):
            fits["data"] = {
                kind: self.cut(value) if kind == "text/plain" else value
                for kind, value in data.items()
                if kind == "text/plain" or self.take("other", value)
            }
        return content | fits

    def cut(self, value):
        """As much of a text, or of a list of texts, as there is room for."""
        if isinstance(value, list):
            return [self.cut(part) for part in value]
        if not isinstance(value, str):
            return value
        kept = value[: max(0, self.room["text"])]
        self.room["text"] -= len(kept)
        return kept

    def take(self, room, value):
        """Whether there is room for a value as a whole."""
        size = len(value) if isinstance(value, str) else 1000  # what is no text is not shown
        fits = size <= self.room[room]
        self.room[room] -= size if fits else 0
        return fits


OUTPUTS = Outputs()


class Stream:
    """A text stream whose writes become outputs of the running cell."""

    encoding, errors, closed, newlines, line_buffering = "utf-8", "replace", False, None, True

    def __init__(self, name, fd):
        self.name, self._fd = f"<{name}>", fd
        self._stream = name

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        kept = OUTPUTS.cut(text)
        items = OUTPUTS.items
        if items and items[-1].get("name") == self._stream and not OUTPUTS.wait:
            items[-1]["text"].append(kept)
        elif kept:
            OUTPUTS.add("stream", {"name": self._stream, "text": [kept]})
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def fileno(self):
        return self._fd

    def isatty(self):
        return False

    readable = seekable = isatty

    def writable(self):
        return True

    def flush(self):
        pass

    close = detach = flush


def lesson(shell, channel):
    """In the child: become a kernel that has never run anything, and serve until the socket closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # until a cell runs
    if FIRST_CELLS["random"]:
        random.setstate(FIRST_CELLS["random"])  # which each fork draws anew
    else:
        draw_anew()
    log = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - what goes past Python: os.write, C libraries
    null = os.open(os.devnull, os.O_RDONLY)
    for fd, source in ((0, null), (1, log.fileno()), (2, log.fileno())):
        os.dup2(source, fd)
    os.close(null)
    sys.stdin = open(os.devnull)  # noqa: SIM115
    as_in_a_notebook()
    alone.refuse_processes()
    channel.sendall(READY)
    with channel, channel.makefile("rb") as requests:
        for line in requests:
            channel.sendall(answer(shell, json.loads(line), log).encode() + b"\n")
    os._exit(0)


def as_in_a_notebook():
    """What a cell finds in place of a program's streams; and what it writes beside it can be imported."""
    if sys.path[0] != "":
        sys.path.insert(0, "")
    sys.path_importer_cache.pop(os.getcwd(), None)  # the folder is another one in each lesson
    sys.stdout, sys.stderr = Stream("stdout", 1), Stream("stderr", 2)
    builtins.input = refuse_input


def refuse_input(prompt=""):
    from IPython.core.error import StdinNotImplementedError

    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


def answer(shell, request, log):
    """Run a cell {"id", "code"}, or the probe {"id", "plan"}, or put {"id", "files"} there; return the reply
    as JSON text.

    The reply {"id", "outputs", "count", "record"} is whatever student code makes of it: nothing in it
    is trusted outside.
    """
    OUTPUTS.clear()
    record = None
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if "plan" in request:
            record = PROBE["run"](request["plan"], shell.user_ns)
        elif "files" in request:
            put_files(request["files"])
        else:
            shell.run_cell(request["code"], store_history=True)
    except BaseException:  # an interrupt between two lines of ours
        pass
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    outputs = [
        item | {"text": "".join(item["text"])} if item["output_type"] == "stream" else item
        for item in OUTPUTS.items
    ]
    if past := read_log(log):
        outputs.append({"output_type": "stream", "name": "stdout", "text": past})
    reply = {"id": request["id"], "outputs": outputs, "count": shell.execution_count - 1, "record": record}
    try:
        return json.dumps(reply)
    except (TypeError, ValueError, RecursionError):  # data that some object's own formatter made
        reply["outputs"] = json.loads(json.dumps(outputs, default=str, skipkeys=True))
        return json.dumps(reply)


def put_files(files):
    """Copies of what was handed in beside the notebook: this lesson's own, to be written to as at home."""
    for name, content in files.items():
        with contextlib.suppress(OSError):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            with open(name, "xb") as file:
                file.write(base64.b64decode(content))


def read_log(log):
    size = log.tell()
    log.seek(0)
    text = log.read(MAX_TEXT).decode("utf-8", "replace") if size else ""
    log.seek(0)
    log.truncate()
    return text


if __name__ == "__main__":
    main()
    os._exit(0)  # there is nothing to tidy, and Python takes a while over it
