"""What a student is told about each kind of answer: there, of the right kind, run, typed and shaped."""

import random
import re
import signal
import subprocess
import sys
import threading

import numpy as np
import pytest
from conftest import define, judged, judged_text, only_finding

from grader.course import EXERCISES
from grader.judging.cards import card_text
from grader.judging.judge import judge, make_plan
from grader.judging.probe import MAX_GROWTH, run

# There, and of the right kind?


def test_nothing_defined_is_unwritten():
    verdict = judged_text("relu_if", "x = 1")
    assert (verdict.status, verdict.points, only_finding(verdict).id) == ("unwritten", 0, "missing")
    assert "relu_if is not defined yet" in only_finding(verdict).title


@pytest.mark.parametrize(
    "body",
    [
        "pass",
        "...",
        "return None",
        "return",
        '"""What it does."""',
        '"""What it does."""\n    pass',
        "# YOUR CODE HERE\n    pass",
    ],
)
def test_a_function_that_does_nothing_is_unwritten(body):
    verdict = judged_text("relu_if", f"def relu_if(inputs):\n    {body}")
    assert (verdict.status, verdict.points, only_finding(verdict).id) == ("unwritten", 0, "unwritten")
    assert "waiting for your code" in only_finding(verdict).title


@pytest.mark.parametrize(
    "body",
    [
        "return inputs",
        "return 0",
        "return 'text'",
        "return []",
        "return True",
        "return lambda: 0",
        "print()",
        "raise NotImplementedError",
        "return inputs[0]",
        "inputs.sort()",
    ],
)
def test_a_short_wrong_function_is_wrong_and_not_unwritten(body):
    verdict = judged_text("relu_if", f"def relu_if(inputs):\n    {body}")
    assert (verdict.status, verdict.points) == ("wrong", 0), only_finding(verdict)


def test_a_class_whose_methods_do_nothing_is_unwritten():
    source = "class Activation_ReLU:\n    def forward(self, inputs):\n        pass"
    assert judged_text("activation_relu", source).status == "unwritten"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("relu_if", "def Relu_if(inputs): return []"),
        ("relu_if", "def relu_iff(inputs): return []"),
        ("relu_if", "def reluif(inputs): return []"),
        ("activation_relu", "class Activation_Relu: pass"),
        ("activation_relu", "class ActivationReLU: pass"),
        ("layer_dense", "class LayerDense: pass"),
    ],
)
def test_a_misspelt_name_is_named(name, written):
    verdict = judged_text(name, written)
    typed = re.match(r"(?:def|class) (\w+)", written)[1]
    assert (verdict.points, only_finding(verdict).id) == (0, "misspelt")
    assert typed in only_finding(verdict).title and typed in only_finding(verdict).hint
    assert EXERCISES[name].object_name in only_finding(verdict).hint


@pytest.mark.parametrize(
    ("name", "source", "words"),
    [
        ("relu_if", "class relu_if: pass", "relu_if is a class, not a function"),
        ("activation_relu", "def Activation_ReLU(inputs): return inputs", "is a function, not a class"),
        ("relu_if", "relu_if = [0, 2, 0]", "relu_if is a list, not a function"),
        ("relu_numpy", "relu_numpy = np.maximum(0, np.ones(3))", "relu_numpy is a ndarray, not a function"),
        (
            "activation_relu",
            "class Activation_ReLU:\n    pass\nActivation_ReLU = Activation_ReLU()",
            "not a class",
        ),
    ],
)
def test_the_wrong_kind_of_object_is_named(name, source, words):
    verdict = judged_text(name, source)
    assert (verdict.status, verdict.points, only_finding(verdict).id) == ("wrong", 0, "wrong-kind")
    assert words in only_finding(verdict).title


CALLED = {
    "a class that makes a list": """
class relu_if:
    def __new__(cls, inputs):
        return [x if x > 0 else 0 for x in inputs]
""",
    "a class whose kind is called": """
class Kind(type):
    def __call__(cls, inputs):
        return [x if x > 0 else 0 for x in inputs]

class relu_if(metaclass=Kind):
    pass
""",
    "an object that is called": """
class Relu:
    def __call__(self, inputs):
        return [x if x > 0 else 0 for x in inputs]

relu_if = Relu()
""",
    "a partial function": """
from functools import partial
relu_numpy = partial(np.maximum, 0)
""",
    "a function that calls a method": """
import operator
predictions = operator.methodcaller("argmax", axis=1)
""",
    "a vectorized function": """
relu_numpy = np.vectorize(lambda x: max(x, 0), otypes=[float])
""",
    "a function that was wrapped": """
from functools import wraps

def told(function):
    @wraps(function)
    def wrapped(*args, **more):
        return function(*args, **more)
    return wrapped

@told
def relu_numpy(inputs):
    return np.maximum(0, inputs)
""",
    "a static method": """
class Tools:
    @staticmethod
    def relu(x):
        return np.maximum(0, x)

relu_numpy = Tools.relu
""",
    "a function that makes an object": """
class Relu:
    def forward(self, inputs):
        self.output = np.maximum(0, inputs)

def Activation_ReLU():
    return Relu()
""",
    "a class with what it needs": """
from functools import partial

class Layer:
    def __init__(self, scale, n, m):
        self.weights = scale * np.random.randn(n, m)
        self.biases = np.zeros((1, m))

    def forward(self, inputs):
        self.output = inputs @ self.weights + self.biases

Layer_Dense = partial(Layer, 0.01)
""",
}
"""Right answers that are called as the check calls them, and are neither `def` nor `class` alone."""


@pytest.mark.parametrize("text", CALLED.values(), ids=list(CALLED))
def test_what_does_all_that_is_asked_when_it_is_called_is_right(text):
    (exercise,) = [e for e in EXERCISES.values() if re.search(rf"\b{e.object_name}\b", text)]
    verdict = judged_text(exercise.name, text)
    assert (verdict.status, verdict.points) == ("right", exercise.points)


@pytest.mark.parametrize(
    ("exercise", "text"),
    [
        ("relu_if", "class relu_if:\n    def __new__(cls, inputs):\n        return inputs"),
        ("activation_relu", "def Activation_ReLU():\n    return 5"),
    ],
)
def test_what_is_of_another_kind_and_wrong_is_told_its_kind(exercise, text):
    verdict = judged_text(exercise, text)
    assert (verdict.status, verdict.points, only_finding(verdict).id) == ("wrong", 0, "wrong-kind")


def test_an_error_in_the_cell_is_given_as_the_reason_for_a_missing_name():
    record = run(make_plan(EXERCISES["relu_if"], 0), {})
    finding = only_finding(judge(EXERCISES["relu_if"], 0, record, "SyntaxError: '(' was never closed"))
    assert "SyntaxError: '(' was never closed" in finding.title
    assert "nothing closes it" in finding.why


# Did it run?


def test_an_exception_names_the_students_own_line_and_no_line_of_ours():
    verdict = judged_text(
        "relu_numpy",
        """
def helper(values):
    return values["a"]  # the line

def relu_numpy(inputs):
    return helper(inputs)
""",
    )
    assert only_finding(verdict).id == "error"
    assert 'in your line: return values["a"]  # the line' in only_finding(verdict).got
    assert "IndexError" in card_text(verdict)
    assert not re.search(r"run_step|run_case|resolve|probe\.py|Traceback|grader[/\\.]", card_text(verdict))


def test_an_exception_within_a_library_names_the_students_line_that_called_it():
    verdict = judged_text("relu_numpy", "def relu_numpy(inputs):\n    return np.linalg.inv(inputs.ravel())")
    assert "in your line: return np.linalg.inv(inputs.ravel())" in only_finding(verdict).got
    assert "linalg.py" not in card_text(verdict)


@pytest.mark.parametrize("statement", ["sys.exit(3)", "raise SystemExit", "exit()", "quit()"])
def test_quitting_python_is_a_finding(statement):
    names = define("import sys\n\ndef exit(): raise SystemExit\nquit = exit")
    verdict = judged("relu_if", define(f"def relu_if(inputs):\n    {statement}", names))
    assert (verdict.points, only_finding(verdict).id) == (0, "error")
    assert "SystemExit" in only_finding(verdict).title and "quit" in only_finding(verdict).why


@pytest.mark.parametrize(
    "source",
    [
        "def relu_if(inputs):\n    while True:\n        pass",
        "def relu_if(inputs):\n    while True: pass",
        "def relu_if(inputs):\n    i = 0\n    while i < 10:\n        i = i * 2\n    return []",
        "def relu_if(inputs):\n    import time\n    while True:\n        time.sleep(0.01)",
        "def relu_if(inputs):\n    import time\n    time.sleep(3600)",
    ],
)
def test_an_endless_loop_is_stopped(source):
    verdict = judged_text("relu_if", source, seconds=1)
    assert verdict.points == 0
    assert "did not come to an end" in only_finding(verdict).title
    assert "All cases together may take 1 seconds" in only_finding(verdict).why


def test_an_answer_that_waits_for_somebody_is_told_that_nobody_is_there():
    verdict = judged_text("relu_if", "def relu_if(inputs):\n    return input()")
    assert verdict.points == 0 and "input() was called" in only_finding(verdict).got


@pytest.mark.parametrize(
    "grow", ["output.append(0)", "output += output + [0]", "output = np.append(output, np.ones(1_000_000))"]
)
def test_a_list_that_grows_without_end_is_stopped_before_the_memory_is_gone(grow):
    """In a process of its own: what it has held at most can be read there once it is over."""
    pytest.importorskip("resource")
    answer = f"def relu_if(inputs):\n    output = []\n    while True:\n        {grow}"
    code = (
        "import numpy as np, psutil, resource, sys\nfrom grader import check\n"
        f"exec({answer!r})\nbefore = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "check('relu_if', seconds=60)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "more than 250 MB of memory" in re.sub(r"\s+", " ", done.stdout), done.stdout + done.stderr
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(done.stdout.split()[-1]) * unit < 4 * MAX_GROWTH


def test_the_time_limit_holds_where_ctrl_c_is_ignored():
    """A shell that starts a program in the background has it ignored; so may a cell."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        verdict = judged_text("relu_if", "def relu_if(inputs):\n    while True: pass", seconds=1)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
    assert "did not come to an end" in only_finding(verdict).title


def test_a_loop_that_is_endless_for_some_inputs_keeps_what_was_seen_before():
    verdict = judged_text(
        "relu_if",
        """
def relu_if(inputs):
    while len(inputs) == 0:
        pass
    return [max(0, i) for i in inputs]
""",
        seconds=1,
    )
    assert verdict.points == 0 and "did not come to an end" in only_finding(verdict).title
    assert "relu_if([])" in only_finding(verdict).code


def test_endless_recursion_is_a_finding():
    verdict = judged_text("relu_if", "def relu_if(inputs):\n    return relu_if(inputs)")
    assert "RecursionError" in only_finding(verdict).title
    assert "calls itself" in only_finding(verdict).why


def test_after_an_exception_a_check_leaves_no_trace_in_the_interpreter():
    before = sys.stdout, sys.stderr, np.random.get_state()[1].tolist(), random.getstate()
    judged_text(
        "relu_if",
        """
import random

def relu_if(inputs):
    print(random.random(), np.random.rand())
    raise ValueError
""",
    )
    assert (sys.stdout, sys.stderr, np.random.get_state()[1].tolist(), random.getstate()) == before


def test_an_answer_is_judged_where_no_thread_can_be_started(monkeypatch):
    """All that a user may have can be another program's: who runs the probe has a clock of its own."""

    def refuse(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    text = "def relu_if(inputs):\n    return [i if i > 0 else 0 for i in inputs]"
    assert judged_text("relu_if", text).points == 1
