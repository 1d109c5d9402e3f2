"""`check` and `show` as a student's notebook uses them."""

import random
import subprocess
import sys

import matplotlib
import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from damaged import cell, released, set_text, text_of
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nbgrader.utils import determine_grade
from traitlets.config import Config

from grader import check, show
from grader.course import EXERCISES
from grader.judging.cells_run import watch
from grader.judging.lesson import Points
from tools.make_classroom import as_saved

RIGHT = "def relu_if(inputs):\n    return [max(0, i) for i in inputs]"
IN_PLACE = "def relu_if(inputs):\n    inputs[:] = [max(0, i) for i in inputs]\n    return inputs"
WRONG = "def relu_if(inputs):\n    return [abs(i) for i in inputs]"

matplotlib.use("Agg")


@pytest.fixture
def shell(tmp_path):
    """A running IPython shell in which a lesson's first cell was run."""
    config = Config(InteractiveShell={"ipython_dir": str(tmp_path)}, HistoryManager={"enabled": False})
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=config)
    shell.run_cell("import numpy as np\nimport math\nfrom grader import check, show").raise_error()
    watch(shell)  # as where `grader` is imported for the first time
    yield shell
    InteractiveShell.clear_instance()


def run_cell(shell, source):
    """The value of a cell, and the MIME bundles it displayed."""
    with capture_output() as captured:
        result = shell.run_cell(source)
    result.raise_error()
    return result.result, [output.data for output in captured.outputs]


def checked(shell, answer, call='check("relu_if")'):
    shell.run_cell(answer).raise_error()
    points, bundles = run_cell(shell, call)
    return points, bundles[0]


# check


@pytest.mark.parametrize(("answer", "points"), [(RIGHT, 1), (IN_PLACE, 0.5), (WRONG, 0)])
def test_a_check_shows_a_card_in_html_and_in_text_and_returns_the_points(shell, answer, points):
    earned, card = checked(shell, answer)
    assert isinstance(earned, float) and earned == points
    assert card["text/html"].startswith("<div role='status'")
    assert card["text/plain"].partition(" ")[2].startswith("relu_if: ")


@pytest.mark.parametrize(("answer", "points"), [(RIGHT, 1), (IN_PLACE, 0.5), (WRONG, 0)])
def test_nbgrader_reads_the_points_partial_credit_included(shell, answer, points):
    earned, card = checked(shell, answer)
    data, _ = shell.display_formatter.format(earned)
    cell = nbformat.v4.new_code_cell(
        'check("relu_if")',
        outputs=[
            nbformat.v4.new_output("display_data", card),
            nbformat.v4.new_output("execute_result", data, execution_count=1),
        ],
    )
    cell.metadata.nbgrader = {
        "grade": True,
        "points": 1,
        "solution": False,
        "task": False,
        "locked": True,
        "grade_id": "relu_if",
    }
    assert determine_grade(cell) == (points, 1)


def test_a_right_answer_is_shown_a_second_way_and_another_is_not(shell):
    second = "return [number if number > 0 else 0 for number in inputs]"
    right, wrong = (checked(shell, answer)[1] for answer in (RIGHT, WRONG))
    for kind in right:
        assert second.replace(">", "&gt;" if kind == "text/html" else ">") in right[kind]
        assert "second way" not in wrong[kind]


@pytest.mark.parametrize(("long", "said"), [(0, True), (1e9, False)])
def test_the_time_of_a_right_answer_is_named_where_it_was_long(shell, monkeypatch, long, said):
    monkeypatch.setattr("grader.judging.lesson.LONG", long)
    card = checked(shell, RIGHT, 'check("relu_if", seconds=60)')[1]["text/plain"]
    assert ("seconds; 60 are allowed" in " ".join(card.split())) is said


def test_points_count_as_a_number_and_show_as_one():
    points = Points(1.5)
    assert points == 1.5 and points + 1 == 2.5
    assert points._repr_mimebundle_()["text/plain"] == "1.5"


def test_a_check_sees_what_the_notebook_defines_at_that_moment(shell):
    assert checked(shell, WRONG)[0] == 0
    assert checked(shell, RIGHT)[0] == 1
    shell.run_cell("del relu_if").raise_error()
    points, (card,) = run_cell(shell, 'check("relu_if")')
    assert points == 0 and "nothing to check yet" in card["text/plain"]


BROKEN = {
    "no colon": ("def relu_if(inputs)\n    return inputs", "SyntaxError: expected ':' (line 1)"),
    "indentation": ("def relu_if(inputs):\nreturn inputs", "IndentationError: expected an indented block"),
    "an error before": ("x = nothing_there\n" + RIGHT, "NameError: name 'nothing_there' is not defined"),
    "a package": ("import nothing_there\n" + RIGHT, "ModuleNotFoundError: No module named 'nothing_there'"),
}


@pytest.mark.parametrize("older", [RIGHT, WRONG, ""])
@pytest.mark.parametrize("slip", BROKEN)
def test_an_older_answer_is_never_judged_in_the_place_of_a_cell_that_stopped(shell, slip, older):
    shell.run_cell(older).raise_error()
    with capture_output():
        shell.run_cell(BROKEN[slip][0])
    points, (card,) = run_cell(shell, 'check("relu_if")')
    assert points == 0 and BROKEN[slip][1] in " ".join(card["text/plain"].split())
    assert ("from an earlier run" in " ".join(card["text/plain"].split())) is bool(older)
    assert checked(shell, RIGHT)[0] == 1


def test_an_error_after_the_definition_does_not_keep_it_from_being_judged(shell):
    with capture_output():
        shell.run_cell(RIGHT + "\nprint(relu_if(nothing_there))")
    assert run_cell(shell, 'check("relu_if")')[0] == 1
    with capture_output():
        shell.run_cell("1 / 0")
    assert run_cell(shell, 'check("relu_if")')[0] == 1


@pytest.mark.parametrize(
    "setting",
    [
        "np.seterr(all='raise')",
        "import warnings; warnings.simplefilter('error')",
        "np.set_printoptions(precision=1, suppress=True)",
        "import builtins; builtins.sum = lambda *_: 7; builtins.max = builtins.sum; builtins.sorted = None",
    ],
)
@pytest.mark.parametrize("answer", [RIGHT, WRONG])
def test_a_check_does_not_run_under_the_students_settings(shell, setting, answer):
    import builtins
    import warnings

    call = 'check("relu_if", seed=3)'
    answer = answer.replace("max(0, i)", "(i if i > 0 else 0)")
    expected = checked(shell, answer, call)
    before = dict(vars(builtins))
    try:
        with warnings.catch_warnings(), np.errstate(), np.printoptions():
            shell.run_cell(setting).raise_error()
            assert run_cell(shell, call) == (expected[0], [expected[1]])
    finally:
        vars(builtins).update(before)


def test_a_seed_repeats_the_check(shell):
    answer = "def relu_if(inputs):\n    return [max(0, i) for i in inputs if len(inputs) not in (5, 6, 7)]"
    cards = [checked(shell, answer, f'check("relu_if", seed={seed})')[1]["text/plain"] for seed in (3, 3, 4)]
    assert cards[0] == cards[1] != cards[2]


def test_an_answers_print_stays_out_of_the_card_and_off_the_screen(shell):
    shell.run_cell(RIGHT.replace("return", "print('!');  return")).raise_error()
    with capture_output() as captured:
        shell.run_cell('check("relu_if")')
    assert "!" not in captured.stdout


def test_an_exception_names_the_line_of_the_students_cell(shell):
    _, card = checked(shell, "def relu_if(inputs):\n    x = 1\n    return inputs.nothing  # here")
    assert "in your line: return inputs.nothing  # here" in card["text/plain"]
    assert "Traceback" not in card["text/plain"]


def test_an_endless_answer_is_stopped_and_the_notebook_goes_on(shell):
    points, card = checked(
        shell, "def relu_if(inputs):\n    while True:\n        pass", 'check("relu_if", seconds=1)'
    )
    assert points == 0 and "did not come to an end" in card["text/plain"]
    assert checked(shell, RIGHT)[0] == 1


def test_quitting_python_in_an_answer_does_not_quit_the_notebook(shell):
    points, card = checked(shell, "import sys\ndef relu_if(inputs):\n    sys.exit()")
    assert points == 0 and "SystemExit" in card["text/plain"]


def test_an_unknown_exercise_is_answered_with_the_nearest_name(capsys):
    assert check("relu_iff") is None
    assert capsys.readouterr().out == "There is no exercise 'relu_iff'. Did you mean check('relu_if')?\n"
    assert check("zzz") is None
    assert capsys.readouterr().out == "There is no exercise 'zzz'.\n"


def test_the_object_itself_stands_for_its_name(shell):
    assert checked(shell, RIGHT, "check(relu_if)")[0] == 1
    shell.run_cell("class Activation_ReLU:\n    pass").raise_error()
    _, (card,) = run_cell(shell, "check(Activation_ReLU)")
    assert "activation_relu: not written yet" in card["text/plain"]


@pytest.mark.parametrize("name", [None, 3, abs, ""])
def test_a_check_of_something_that_is_no_name_does_not_crash(name, capsys):
    assert check(name) is None
    assert "There is no exercise" in capsys.readouterr().out


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda e: e.name)
def test_a_check_leaves_the_random_numbers_of_the_lesson_where_they_were(shell, exercise):
    shell.user_ns.update(exercise.namespace())
    np.random.seed(17)
    random.seed(17)
    expected = np.random.rand(), random.random()
    np.random.seed(17)
    random.seed(17)
    points, _ = run_cell(shell, f'check("{exercise.name}")')
    assert points == exercise.points
    assert (np.random.rand(), random.random()) == expected


def test_a_check_draws_new_cases_each_time_even_after_a_seed(shell):
    shell.run_cell("seen = []\ndef relu_if(inputs):\n    seen.append(tuple(inputs))\n    return []")
    for _ in range(2):
        run_cell(shell, "np.random.seed(0)\nimport random\nrandom.seed(0)")
        run_cell(shell, 'check("relu_if")')
    seen = shell.user_ns["seen"]
    first, second = seen[: len(seen) // 2], seen[len(seen) // 2 :]
    assert first != second


def test_a_check_at_the_python_prompt_prints_the_card():
    code = f"from grader import check\n{RIGHT}\nprint(repr(check('relu_if')))"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.startswith("✓ relu_if: right, 1 of 1 point\n")
    assert done.stdout.endswith("1.0\n")


# show

ALT = 'Bars "before" & <after>'


def test_show_displays_an_image_with_the_alternative_text_escaped(shell):
    shell.user_ns["alt"] = ALT
    _, (bundle,) = run_cell(
        shell, "import matplotlib.pyplot as plt\nfigure, axis = plt.subplots()\nshow(figure, alt)"
    )
    assert '<img src="data:image/png;base64,' in bundle["text/html"]
    assert 'alt="Bars &quot;before&quot; &amp; &lt;after&gt;"' in bundle["text/html"]
    assert bundle["text/plain"] == f"[Figure: {ALT}]"


def test_show_closes_the_figure(shell):
    before = plt.get_fignums()
    show(plt.figure(), "a figure")
    assert plt.get_fignums() == before


@pytest.mark.parametrize("alt", ["", "   ", "\n"])
def test_show_refuses_a_figure_without_words(alt):
    figure = plt.figure()
    with pytest.raises(ValueError, match="say in words"):
        show(figure, alt)
    plt.close(figure)


def test_show_cannot_be_called_without_alternative_text():
    with pytest.raises(TypeError):
        show(None)


def test_show_outside_ipython_prints_what_is_to_be_seen(capsys):
    show(plt.figure(), "one line")
    assert capsys.readouterr().out == "[Figure: one line]\n"


def test_grader_offers_four_names_and_nothing_else():
    import grader

    assert grader.__all__ == ["check", "play", "predict", "show"]
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        grader.chekc  # noqa: B018


# After a restart


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda e: e.name)
def test_a_check_cell_runs_alone_in_a_fresh_kernel(tmp_path, exercise):
    """As after a restart: neither the first cell nor the answer cell has been run."""
    InteractiveShell.clear_instance()
    config = Config(InteractiveShell={"ipython_dir": str(tmp_path)}, HistoryManager={"enabled": False})
    fresh = InteractiveShell.instance(config=config)
    points, (card,) = run_cell(fresh, text_of(cell(released(exercise.lesson), exercise.name)))
    assert points == 0 and "not defined yet" in card["text/plain"]
    InteractiveShell.clear_instance()


@pytest.mark.parametrize(
    ("saved", "before", "said"),
    [
        (RIGHT, "", True),
        ("%precision 3\n" + RIGHT, "def other(x):\n    return x", True),
        (None, "", False),  # as it was handed out
        ("# later", "", False),
        (RIGHT, RIGHT + "\ndel relu_if", False),  # it was run
        (RIGHT, "def relu_iff(inputs):\n    return inputs", True),  # in some other cell
        ("half a note", "", False),
    ],
)
def test_an_answer_that_was_saved_and_not_run_is_not_called_unwritten(
    shell, tmp_path, monkeypatch, saved, before, said
):
    lesson = released("01_relu_loop")
    if saved is not None:
        set_text(cell(lesson, "relu_if-answer"), saved)
    text = as_saved(lesson) if saved != "half a note" else b"half a note"
    (tmp_path / "01_relu_loop.ipynb").write_bytes(text)
    monkeypatch.chdir(tmp_path)
    run_cell(shell, before)
    points, (card,) = run_cell(shell, 'check("relu_if")')
    assert points == 0 and "relu_if: nothing to check yet" in card["text/plain"]
    assert ("has not been run since Python was started" in " ".join(card["text/plain"].split())) is said
    assert not (tmp_path / "progress.json").exists()
