"""What the lessons promise: honest headers, hints, short cells, described figures, the chapter's numbers."""

import ast
import re

import nbformat
import pytest
from conftest import MASTERS, ROOT, SOLVED, STUDENT
from nbgrader.utils import determine_grade

from grader.authoring.master import read_header, read_master
from grader.course import CHAPTER, CHAPTERS, EXERCISES, LESSONS

every_lesson = pytest.mark.parametrize("master", MASTERS, ids=lambda path: path.stem)
every_solved = pytest.mark.parametrize("solved", SOLVED, ids=lambda path: path.stem)


def kind_of(cell):
    """ "text", "answer", "check" or "code"."""
    if cell.cell_type == "markdown":
        return "text"
    data = cell.metadata.get("nbgrader")
    return "code" if data is None else "answer" if data.solution else "check"


def minutes_for(cell):
    """A guess: 150 words a minute to read and predict, 45 s to run a cell, 4 minutes for a point."""
    words = len(re.sub(r"<[^>]*>", " ", cell.source).split())
    points = cell.metadata.get("nbgrader", {}).get("points", 0)
    return {"text": words / 150, "code": 0.75, "answer": 0, "check": 4 * points}[kind_of(cell)]


def minutes_before(cells, found):
    """The minutes until the first cell for which `found` holds."""
    place = next(i for i, cell in enumerate(cells) if found(cell))
    return sum(map(minutes_for, cells[:place]))


# How a lesson is laid out


def test_there_is_one_master_for_each_lesson():
    assert [path.stem for path in MASTERS] == list(LESSONS)


@every_lesson
def test_a_lesson_opens_with_its_number_title_and_objective(master):
    header, first = read_header(master), read_master(master).cells[0].source
    assert header.title.startswith(f"{header.number}. ")
    assert first.startswith(f"# {header.title}\n\n**After this lesson you can** {header.objective}.")
    assert f"about {header.minutes} minutes" in first and header.builds_on in first


def test_every_lesson_answers_a_question_of_its_own():
    questions = [read_header(master).question for master in MASTERS]
    assert len(set(questions)) == len(questions)
    assert all(question.endswith("?") for question in questions)


@every_lesson
def test_a_lesson_closes_with_what_to_remember_and_leads_on(master):
    *_, last = re.split(r"^## ", read_master(master).cells[-1].source, flags=re.M)
    number = read_header(master).number
    assert last.startswith("What to remember\n")
    assert 3 <= len(re.findall(r"^- ", last, re.M)) <= 7
    assert f"lesson {number + 1}" in last or number == len(LESSONS)


@every_lesson
def test_something_is_to_be_done_within_five_minutes_and_written_within_ten(master):
    cells = read_master(master).cells
    assert minutes_before(cells, lambda cell: "<details>" in cell.source) < 5
    assert minutes_before(cells, lambda cell: kind_of(cell) == "answer") < 10


@every_lesson
def test_every_exercise_has_hints_in_steps_before_it(master):
    text = ""
    for cell in read_master(master).cells:
        if kind_of(cell) == "answer":
            hints = re.findall(r"<details><summary>Hint (\d)", text)
            assert hints == [str(i + 1) for i in range(len(hints))] and len(hints) >= 2, cell.id
            assert "## Exercise: " in text
            text = ""
        text += cell.source


@every_lesson
def test_every_fold_is_closed_and_its_markdown_is_rendered(master):
    for cell in read_master(master).cells:
        if cell.cell_type == "markdown":
            opened = re.findall(r"^<details><summary>.+</summary>\n\n", cell.source, re.M)
            closed = re.findall(r"\n\n</details>$", cell.source, re.M)
            assert len(opened) == cell.source.count("<details>") == cell.source.count("<summary>"), cell.id
            assert len(closed) == cell.source.count("</details>") == len(opened), cell.id


@every_lesson
def test_cells_that_a_student_reads_are_short(master):
    long = {
        cell.id: len(lines)
        for cell in read_master(master).cells
        if kind_of(cell) == "code"
        and not cell.metadata.get("jupyter", {}).get("source_hidden")
        and len(lines := [line for line in cell.source.split("\n") if line.strip()]) > 10
    }
    assert long == {}


# Names


def global_names(source):
    """What a cell's code binds in the notebook, its imports left out."""
    tree = ast.parse(source)
    defined = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    own = [node for node in tree.body if not isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    stored = {
        name.id
        for node in own
        for name in ast.walk(node)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    }
    return defined | stored


def own_names(source):
    """What an answer has to make for itself: its parameters, and what it binds."""
    nodes = list(ast.walk(ast.parse(source)))
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return stored | {node.arg for node in nodes if isinstance(node, ast.arg)}


@every_lesson
def test_no_worked_example_leaves_a_name_that_an_answer_has_to_make(master):
    """An answer that forgets such a line would quietly compute with the example's numbers."""
    made = {}
    for cell in read_master(master).cells:
        if kind_of(cell) == "code":
            made |= dict.fromkeys(global_names(cell.source), cell.id)
        elif kind_of(cell) == "answer":
            assert {name: made[name] for name in own_names(cell.source) & set(made)} == {}, cell.id


# Figures


def figures(master):
    """The calls of show(...) in a lesson."""
    for cell in read_master(master).cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "show":
                    yield node


@every_lesson
def test_every_figure_is_described_in_words(master):
    for call in figures(master):
        words = [part.value for part in ast.walk(call.args[1]) if isinstance(part, ast.Constant)]
        assert len("".join(map(str, words))) >= 40


@every_lesson
def test_every_lesson_has_figures_in_colours_that_colour_blind_people_can_tell_apart(master):
    code = [cell.source for cell in read_master(master).cells if cell.cell_type == "code"]
    styled = next(i for i, source in enumerate(code) if 'plt.style.use("tableau-colorblind10")' in source)
    drawn = [i for i, source in enumerate(code) if re.search(r"\bshow\(|plt\.(subplots|figure)", source)]
    assert drawn and styled < drawn[0]


@every_solved
def test_every_stored_picture_has_alternative_text(solved):
    for cell in nbformat.read(solved, as_version=4).cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            assert "image/png" not in data
            for tag in re.findall(r"<img [^>]*>", data.get("text/html", "")):
                assert len(re.search(r'alt="([^"]*)"', tag)[1]) >= 40
                assert data["text/plain"].startswith("[Figure: ")


# Nothing leads outside


@every_lesson
def test_no_lesson_reaches_outside(master):
    for cell in read_master(master).cells:
        assert not re.search(r"https?:|www\.|ftp:", cell.source), cell.id
        if cell.cell_type == "code":
            assert not re.search(r"^\s*[!%]|urlopen|requests|open\(|savefig", cell.source, re.M), cell.id


@every_lesson
def test_links_lead_to_lessons_that_exist(master):
    linked = {
        name
        for cell in read_master(master).cells
        if cell.cell_type == "markdown"
        for name in re.findall(r"\]\(([^)]*)\)", cell.source)
    }
    assert linked <= {path.name for path in STUDENT}


# What is stored


def outputs_of(path):
    """Everything a notebook's cells put out, as text with single spaces."""
    texts = []
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            texts += [output.get("text"), output.get("data", {}).get("text/plain"), output.get("evalue")]
    return " ".join("\n".join(filter(None, texts)).split())


NUMBERS = {
    "01_relu_loop": ["[0, 2, 0, 3.3, 0, 1.1, 2.2, 0] True [0, 2, -1, 3.3, -2.7, 1.1, 2.2, -100]"],
    "02_relu_numpy": [
        "[ 0. 2. -1. 3.3 -2.7 1.1 2.2 -100. ]",
        "[0. 2. 0. 3.3 0. 1.1 2.2 0. ] [0. 2. 0. 3.3 0. 1.1 2.2 0. ] True",
    ],
    "03_dense_layer": [
        "(2, 50) (1, 50) (300, 50)",
        "[-1.19632196e-03 6.53010092e-05 -7.00933711e-04 ...",
        "[-9.05488583e-02 9.48909394e-03",
        "50 of 50 neurons are dead",
        "4 of 50 neurons are dead",
        "1e+14",
    ],
    "04_softmax_sample": [
        "[121.51041751873483, 3.353484652549023, 10.859062664920513]",
        "135.72296483620437",
        "[0.8952826639572619, 0.024708306782099374, 0.0800090292606387]",
        "0.9999999999999999",
        "[0.89528266 0.02470831 0.08000903]",
    ],
    "05_softmax_batch": [
        "7477.06436743819",
        "[7.45757991e+03 6.37764899e+00 1.31068064e+01]",
        "[[ 135.72296484] [7333.35859605] [ 7.98280655]]",
        "18.172 [15.11 0.451 2.611] [8.395 7.29 2.487]",
        "[[8.395] [7.29 ] [2.487]]",
        "[[8.95282664e-01 2.47083068e-02 8.00090293e-02] [9.99811129e-01 2.23163963e-05 1.66554348e-04] "
        "[5.13097164e-01 3.58333899e-01 1.28568936e-01]]",
    ],
    "06_softmax_overflow": [
        "inf",
        "overflow encountered in exp",
        "[nan nan 0.]",
        "[[ 0. -3.59 -2.415] [ 0. -10.71 -8.7 ] [ 0. -0.359 -1.384]]",
        "[0.09003057 0.24472847 0.66524096] [0.09003057 0.24472847 0.66524096]",
    ],
    "07_forward_pass": [
        "[[0. 0. 0. ] [0. 0.00011395 0. ] [0. 0.00031729 0. ] [0. 0.00052666 0. ] [0. 0.00071401 0. ]]",
        "trained: accuracy 0.9",
        "[[0.33333334 0.33333334 0.33333334] [0.3333332 0.3333332 0.33333364] "
        "[0.3333329 0.33333293 0.3333342 ] [0.3333326 0.33333263 0.33333477] "
        "[0.33333233 0.3333324 0.33333528]]",
        "0.22, 0.60, 0.18",
        "0.32, 0.36, 0.32",
    ],
}

INPUTS = {
    "01_relu_loop": ["[0, 2, -1, 3.3, -2.7, 1.1, 2.2, -100]"],
    "02_relu_numpy": ["np.array([0, 2, -1, 3.3, -2.7, 1.1, 2.2, -100])", "np.maximum(0, "],
    "03_dense_layer": ["np.random.seed(17)", "0.10 * np.random.randn(2, 50)"],
    "04_softmax_sample": ["[4.8, 1.21, 2.385]", "math.e **"],
    "05_softmax_batch": ["[4.8, 1.21, 2.385]", "[8.9, -1.81, 0.2]", "[1.41, 1.051, 0.026]", "keepdims=True"],
    "06_softmax_overflow": ["np.exp(1000)", "[1.0, 2.0, 3.0]", "[-2.0, -1.0, 0.0]"],
    "07_forward_pass": [
        "nnfs.init()",
        "spiral_data(samples=100, classes=3)",
        "0.01 * np.random.randn(2, 3)",
        "[0.22, 0.60, 0.18], [0.32, 0.36, 0.32]",
    ],
}


@pytest.mark.parametrize(("lesson", "number"), [(lesson, n) for lesson in NUMBERS for n in NUMBERS[lesson]])
def test_the_chapters_numbers_appear_in_the_outputs(lesson, number):
    assert number in outputs_of(SOLVED[LESSONS.index(lesson)])


@pytest.mark.parametrize(("lesson", "given"), [(lesson, n) for lesson in INPUTS for n in INPUTS[lesson]])
def test_the_chapters_inputs_appear_in_the_code(lesson, given):
    cells = nbformat.read(SOLVED[LESSONS.index(lesson)], as_version=4).cells
    assert any(given in " ".join(cell.source.split()) for cell in cells if cell.cell_type == "code")


@every_solved
def test_only_cells_that_are_meant_to_crash_do(solved):
    for cell in nbformat.read(solved, as_version=4).cells:
        crashed = any(output.output_type == "error" for output in cell.get("outputs", []))
        assert crashed == ("raises-exception" in cell.metadata.get("tags", [])), cell.id


@every_solved
def test_stored_outputs_hold_nothing_of_the_machine_that_made_them(solved):
    text = re.sub(r"base64,[A-Za-z0-9+/=]+", "", solved.read_text(encoding="utf-8"))
    assert not re.search(r"0x[0-9a-f]{6,}|ipykernel_\d|/(home|root|tmp|usr|Users)/|site-packages", text)
    assert str(ROOT) not in text


def test_the_solved_lessons_show_22_of_22_points():
    grades = [
        determine_grade(cell)
        for path in SOLVED
        for cell in nbformat.read(path, as_version=4).cells
        if kind_of(cell) == "check"
    ]
    assert len(grades) == len(EXERCISES) and sum(points for points, _ in grades) == CHAPTERS[CHAPTER].points
    assert all(points == most for points, most in grades)
