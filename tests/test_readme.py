"""What README and CONTRIBUTING say is so: commands, tables, links, the card, and what gets installed."""

import ast
import json
import re
import shlex
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest
import yaml
from conftest import MASTERS, ROOT, checked_text, define, judged, judged_text
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from traitlets.config.loader import PyFileConfigLoader

from grader.__main__ import make_parser
from grader.authoring import master
from grader.authoring.readme import write_lessons
from grader.course import CHAPTER, EXERCISES
from grader.course.chapter import Chapter
from grader.judging.cards import card_text
from tools.bench_page import BEGIN_SPEED, END_SPEED, as_sentence, spread
from tools.bench_scale import as_scale


def read(path: str | Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


PAGES = [*(path.name for path in ROOT.glob("*.md")), "tests/classroom/README.md"]
README, CONTRIBUTING, MAKEFILE = read("README.md"), read("CONTRIBUTING.md"), read("Makefile")
WORKFLOW = read(".github/workflows/tests.yml")
PROJECT = tomllib.loads(read("pyproject.toml"))["project"]
GRADING = "".join(
    read(path)
    for room in ("grading", "reporting", "exchange")
    for path in (ROOT / "grader" / room).rglob("*.py")
)

every_page = pytest.mark.parametrize("page", PAGES)


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a language, without their indentation."""
    found = re.findall(rf"^( *)(`{{3,}}){language}\n(.*?)\n\1\2$", text, re.S | re.M)
    return [textwrap.dedent(block) for _, _, block in found]


def code_in(text: str) -> list[str]:
    """What stands in back-quotes within the prose, and the lines of shell blocks."""
    prose = re.sub(r"^ *(`{3,}).*?^ *\1$", "", text, flags=re.S | re.M)
    return re.findall(r"`([^`\n]+)`", prose) + [
        line for b in blocks(text, "(?:sh|powershell)") for line in b.split("\n")
    ]


def table_under(heading: str, text: str = README) -> list[list[str]]:
    """The cells of the first table after a heading or a line, without its first two rows."""
    rows = re.search(r"^\|.*?(?=\n\n|\Z)", text[text.index(heading) :], re.S | re.M)[0].split("\n")
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


# Commands


@every_page
def test_every_make_target_that_is_named_exists(page):
    text = read(page)
    named = {target for code in code_in(text) for target in re.findall(r"^make ([\w-]+)", code)}
    targets = set(re.findall(r"^([\w-]+):", MAKEFILE, re.M))
    assert named <= targets


def test_readme_names_every_task_of_the_makefile():
    tasks = re.search(r"^\.PHONY: (.*)", MAKEFILE, re.M)[1].split()
    assert [
        task
        for task in tasks
        if f"`make {task}" not in README + CONTRIBUTING and f"make {task} " not in README and task != "clean"
    ] == []


@pytest.mark.parametrize(
    "line", [line for line in code_in(README + CONTRIBUTING) if "python -m grader " in line]
)
def test_every_command_of_the_grader_that_is_shown_can_be_parsed(line):
    arguments = line.partition("python -m grader ")[2]
    assert make_parser().parse_args(shlex.split(arguments)).run


def test_the_table_of_options_is_that_of_the_grade_command():
    (commands,) = (action.choices for action in make_parser()._actions if action.choices)
    options = {
        name
        for action in commands["grade"]._actions
        for name in action.option_strings
        if name.startswith("--")
    } - {"--help"}
    shown = {row[0].strip("`").split()[0] for row in table_under("### Grade a class")}
    assert shown == options


def test_the_pytest_commands_shown_are_those_of_make_test():
    recipe = re.search(r"^test:.*\n((?:\t.*\n)+)", MAKEFILE, re.M)[1]
    shown = next(block for block in blocks(README, "sh") if "--nbval-lax" in block)
    assert shown.split("\n") == re.findall(r"\$\(BIN\)/(python .*)", recipe)


@pytest.mark.parametrize("command", ["generate_assignment", "autograde", "generate_feedback"])
def test_plain_nbgrader_takes_the_assignment_as_its_argument(command):
    assert f"`nbgrader {command} CHAPTER`" in README
    config = nbgrader_config()
    assert "assignment_id" not in config.CourseDirectory, "nbgrader refuses it in both places"


def test_the_validate_button_runs_in_the_students_own_kernel():
    assert "kernel_name" not in nbgrader_config().Execute, "nbgrader's Validator reads this too"


def nbgrader_config():
    return PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()


# Tables


def test_the_table_of_attacks_is_the_summary_of_the_page_that_they_write():
    page = read("docs/attacks.md")
    assert table_under("### What is promised, and what is not") == table_under("# Attacks", page)


def test_the_speed_that_is_named_is_what_was_measured():
    machines = json.loads(read("docs/speed.json"))
    assert f"{BEGIN_SPEED}\n{as_sentence(machines)}{END_SPEED}" in README
    if "writer" in machines[-1]:
        assert read("docs/scale.md") == as_scale(machines[-1])
    last, page = machines[-1], read("docs/speed.md")
    assert f"Made by `make bench` on {last['date']}: {last['machine']}." in page
    assert f"takes **{spread(last['ratio'])} times** as long" in page


def test_the_lessons_and_their_totals_are_those_that_the_build_writes(tmp_path):
    page = tmp_path / "README.md"
    page.write_text(README.replace("| minutes |", "| hours |"), encoding="utf-8")
    write_lessons(page, map(master.read_header, MASTERS))
    assert page.read_text(encoding="utf-8") == README


@pytest.mark.parametrize("reason", [row[0].strip("`") for row in table_under("| reason | mend |")])
def test_the_reasons_shown_are_given_by_the_code(reason):
    text = GRADING.replace("{chapter}", "CHAPTER")
    assert reason in text


@pytest.mark.parametrize("name", [row[0].strip("`/") for row in table_under("| file | what it is |")])
def test_the_files_that_grading_writes_are_named_in_its_code(name):
    assert re.search(rf"(?<![\w-]){re.escape(name)}\b", GRADING)


# Links, paths and the picture


@every_page
def test_every_relative_link_and_picture_exists(page):
    text = read(page)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        linked = (ROOT / page).parent / path if path else ROOT / page
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(read(linked)), target


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_page
def test_every_path_of_the_repository_that_is_named_exists(page):
    text = read(page)
    words = [word for code in code_in(text) for word in code.split()]
    paths = [
        word for word in words if re.match(r"(grader|notebooks|solutions|tests|tools|docs|\.github)/", word)
    ]
    assert [path for path in paths if "NN_" not in path and not (ROOT / path).exists()] == []


def test_the_picture_is_a_png_with_alternative_text():
    alt, path = re.search(r"!\[(.+?)\]\((.+?)\)", README, re.S).groups()
    assert len(alt) > 50
    assert (ROOT / path).read_bytes().startswith(b"\x89PNG")


# Code


def test_the_card_shown_is_what_the_answer_shown_gets():
    (answer,) = blocks(README, "python")
    (card,) = (block for block in blocks(README, "text") if "softmax_batch" in block)
    seed = int(re.search(r"seed=(\d+)", card)[1])
    assert card == card_text(checked_text("softmax_batch", answer, seed))


@pytest.fixture
def documented(monkeypatch):
    """The exercise that CONTRIBUTING takes as its example, among the chapter's own."""
    (code,) = blocks(CONTRIBUTING, "python")
    names = define(code)
    monkeypatch.setitem(EXERCISES, "leaky_relu", names["EXERCISE"])
    return names["EXERCISE"]


def test_the_documented_exercise_accepts_its_reference(documented):
    assert judged("leaky_relu", documented.namespace()).status == "right"


def test_the_documented_misconception_is_caught_and_explained(documented):
    (misconception,) = documented.misconceptions
    verdict = judged_text("leaky_relu", "def leaky_relu(inputs):\n    return inputs * (inputs > 0)")
    (finding,) = verdict.findings
    assert (verdict.points, finding.title, finding.why) == (0, misconception.title, misconception.why)


def test_the_documented_cells_and_front_matter_make_a_lesson(documented, monkeypatch, tmp_path):
    chapter = Chapter(CHAPTER, "", (documented,))
    monkeypatch.setattr(master, "EXERCISES", {"leaky_relu": documented})
    monkeypatch.setattr(master, "CHAPTERS", {chapter.name: chapter})
    (front,), (cells,) = blocks(CONTRIBUTING, "yaml"), blocks(CONTRIBUTING, "markdown")
    path = tmp_path / chapter.name / "02_relu_numpy.md"
    path.parent.mkdir()
    path.write_text(f"{front}\n\n# 2. Leaky\n\n{cells}\n", encoding="utf-8")
    cells = [c for c in master.read_master(path).cells if "nbgrader" in c.metadata]
    assert [cell.metadata.nbgrader.grade_id for cell in cells] == ["leaky_relu-answer", "leaky_relu"]


# What gets installed, and where it is tested


def test_conda_installs_what_pip_installs():
    environment = yaml.safe_load(read("environment.yml"))
    python, pip, packages = environment["dependencies"]
    assert pip == "pip"
    assert packages == {"pip": ["-r requirements-student.txt", "-e ."]}
    assert SpecifierSet(PROJECT["requires-python"]).contains(python.removeprefix("python="))


EXTRAS = PROJECT["optional-dependencies"]
PINNED = {  # the extras, outermost first, whose packages each file pins
    "requirements-student.txt": ["student"],
    "requirements-grade.txt": ["grade", "student"],
    "requirements-site.txt": ["site", "author", "grade", "student"],
    "requirements.txt": ["test", "site", "author", "grade", "student"],
}


def pins(file: str) -> dict[str, list[str]]:
    """The versions of each package in a file of pins; some differ by Python's version."""
    versions: dict[str, list[str]] = {}
    for line in read(file).split("\n"):
        match = re.match(r"([\w.-]+)==([^\s;]+)", line)
        if match:
            versions.setdefault(canonicalize_name(match[1]), []).append(match[2])
    return versions


def needed(extras: list[str]) -> list[Requirement]:
    """What pyproject.toml asks for, without the package itself."""
    lists = [PROJECT["dependencies"], *(EXTRAS[extra] for extra in extras)]
    asked = [Requirement(text) for texts in lists for text in texts]
    return [requirement for requirement in asked if requirement.name != "grader"]


@pytest.mark.parametrize(
    ("file", "requirement"),
    [(file, requirement) for file, extras in PINNED.items() for requirement in needed(extras)],
    ids=str,
)
def test_every_dependency_is_pinned_to_a_version_that_it_allows(file, requirement):
    versions = pins(file).get(canonicalize_name(requirement.name))
    assert versions
    assert all(requirement.specifier.contains(version) for version in versions)


def test_students_and_graders_get_the_versions_that_are_tested():
    tested = pins("requirements.txt")
    for file in PINNED:
        assert pins(file).items() <= tested.items(), file


def test_a_student_needs_nothing_of_grading_or_testing():
    assert (
        not {"nbgrader", "scipy", "sqlalchemy", "pytest", "ruff", "uv"}
        & pins("requirements-student.txt").keys()
    )


@pytest.mark.parametrize("package", sorted({r.name for r in needed(PINNED["requirements.txt"])}))
def test_every_package_used_is_named_in_the_readme(package):
    names = README.partition("## Packages used")[2].lower()
    assert re.sub(r"\W|\d", " ", package) in re.sub(r"\W|\d", " ", names)


IMPORTED_AS = {"pyzmq": "zmq", "ipython": "IPython", "pillow": "PIL", "pyyaml": "yaml"}


def test_every_package_that_is_imported_is_asked_for():
    asked = {
        IMPORTED_AS.get(r.name, r.name.replace("-", "_"))
        for r in needed(["author", "grade", "student", "xlsx", "cluster"])
    }
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "grader").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    ours = {"grader", "__main__", "apart", "alone"}  # the last three are what lies beside parent.py inside
    imported = {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - ours
    assert imported <= asked


def test_the_versions_of_python_named_are_those_that_are_allowed():
    allowed = SpecifierSet(PROJECT["requires-python"])
    named = set(re.findall(r"\b3\.\d\d\b", re.search(r"^On Linux with.*$", README, re.M)[0]))
    assert named == set(allowed.filter(f"3.{minor}" for minor in range(30)))
    assert set(re.findall(r'"(3\.\d+)"', WORKFLOW)) <= named


def test_the_workflow_runs_what_the_readme_says_it_does():
    jobs = yaml.safe_load(WORKFLOW)["jobs"]
    commands = {name: " ".join(step.get("run", "") for step in job["steps"]) for name, job in jobs.items()}
    assert "make test" in commands["everything"]
    files = re.findall(r"tests/\w+\.py", commands["lessons"])
    assert files
    assert [file for file in files if not (ROOT / file).exists() or f"`{file}`" not in README] == []


# What no file may hold

FORBIDDEN = re.compile(
    rb"/home/(?!student\b)[a-z]\w*|/Users/\w+|\b[A-Z]:\\{1,2}Users\\|\bpypi\.org|pythonhosted\.org|anaconda\.org|"
    rb"\bconda\.io|npmjs\.(?:org|com)|registry\.\w+\.\w+|deb\.debian\.org|crates\.io"
)


def test_no_file_names_somebodys_home_or_a_registrys_host():
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    files = [ROOT / name for name in listed.split("\0") if name]
    assert len(files) > 50
    found = {
        str(path.relative_to(ROOT)): match[0]
        for path in files
        if path.is_file() and (match := FORBIDDEN.search(path.read_bytes()))
    }
    assert found == {}
