"""The corpus of hostile and damaged submissions, and how one is made of an honest notebook.

Each file below this folder is one attack; README.md says what it may hold. `attacks()` reads them
all, `submit(attack, world, student)` writes one into the class directory of a `World`.
"""

from __future__ import annotations

import copy
import json
import os
import runpy
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from grader.authoring.master import BEGIN, END
from grader.course import CHAPTER, EXERCISES
from grader.course.places import RELEASE, ROOT

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Attack:
    """One file of the corpus. `earns` is the most that its honest part is worth."""

    name: str
    kind: str
    tries: str
    lesson: str = "01_relu_loop"
    honest: bool = False
    """Whether the notebook is answered right before it is attacked."""

    earns: float = 0
    answers: dict[str, str] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    markdown: str = ""
    next: str = ""
    """An answer to relu_numpy, handed in with the next lesson: it runs after this one."""

    damage: Callable | None = None
    says: str = ""
    """A pattern for what our outcome or graded notebook says about it."""

    slow: bool = False
    """Whether it runs until a time limit ends it."""

    stock: str = ""
    """Why it is not run against nbgrader as it comes; empty where it is."""


@cache
def attacks() -> tuple[Attack, ...]:
    """All attacks, by kind and name. Raises where a file does not say what it tries."""
    return tuple(read(path) for path in sorted(HERE.glob("*/*.py")))


def read(path: Path) -> Attack:
    names = runpy.run_path(str(path))
    tries = " ".join((names["__doc__"] or "").split())
    if not tries:
        raise ValueError(f"{path} does not say what it tries")
    fields = {key.lower(): value for key, value in names.items() if key.isupper()}
    return Attack(path.stem.replace("_", "-"), path.parent.name, tries, damage=names.get("damage"), **fields)


@dataclass
class World:
    """A class directory, and what lies around it for an attack to find. `secrets` are the canaries by
    the place where they lie; attacks name places as `@COURSE@`, `@PORT@` and so on."""

    course: Path
    home: Path
    port: int = 0
    socket: str = ""
    abstract: str = ""
    secrets: dict[str, str] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)

    def secret(self, place: str) -> str:
        return self.secrets.setdefault(place, f"canary-{place}-{secrets.token_hex(8)}")

    def fill_in(self, text: str, student: str) -> str:
        """The text with the places of this world."""
        for name, value in (
            ("COURSE", self.course),
            ("HOME", self.home),
            ("PORT", self.port),
            ("ROOT", ROOT),
            ("SOCKET", self.socket),
            ("ABSTRACT", self.abstract),
            ("STUDENT", student),
        ):
            text = text.replace(f"@{name}@", str(value))
        return text


@dataclass
class Submission:
    """What `damage(it)` may change: the notebook, or anything in the folder."""

    notebook: dict
    folder: Path
    file: Path
    world: World

    @property
    def neighbour(self) -> Path:
        """The folder of an honest student whose files may get a second name, which marks them as well."""
        return self.linked("a-linked")

    def linked(self, student: str) -> Path:
        """That of another one; each is for one attack."""
        return self.folder.parents[1] / student / CHAPTER

    def place(self, grade_id: str) -> int:
        ids = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in self.notebook["cells"]]
        return ids.index(grade_id)

    def cell(self, grade_id: str) -> dict:
        return self.notebook["cells"][self.place(grade_id)]

    def marks(self, grade_id: str) -> dict:
        """nbgrader's metadata of a cell."""
        return self.cell(grade_id)["metadata"]["nbgrader"]


def submit(attack: Attack, world: World, student: str, release: Callable | None = None) -> Path:
    """Write the attack as a student's submission; return its folder."""
    folder = world.course / "submitted" / student / CHAPTER
    folder.mkdir(parents=True)
    notebook = (release or released)(attack.lesson)
    if attack.honest:
        answer(notebook, attack.lesson)
    it = Submission(notebook, folder, folder / f"{attack.lesson}.ipynb", world)
    for exercise, source in attack.answers.items():
        it.cell(f"{exercise}-answer")["source"] = world.fill_in(source, student)
    cells = notebook["cells"]
    if attack.first:
        cells.insert(0, code(world.fill_in(attack.first, student)))
    if attack.last:
        cells.append(code(world.fill_in(attack.last, student)))
    if attack.markdown:
        cells.append({"cell_type": "markdown", "id": "added-text", "metadata": {}, "source": attack.markdown})
    if attack.next:
        following = released("02_relu_numpy")
        Submission(following, folder, it.file, world).cell("relu_numpy-answer")["source"] = attack.next
        (folder / "02_relu_numpy.ipynb").write_text(json.dumps(following))
    content = attack.damage(it) if attack.damage else None
    if content is None:
        content = json.dumps(it.notebook).encode()
    if content and not os.path.lexists(it.file) and folder.is_dir():
        it.file.write_bytes(content)
    return folder


def submit_honest(world: World, student: str, lessons: list[str], release: Callable | None = None) -> None:
    """A submission with right answers, and a canary in each of its cells with code."""
    folder = world.course / "submitted" / student / CHAPTER
    folder.mkdir(parents=True)
    for lesson in lessons:
        notebook = (release or released)(lesson)
        answer(notebook, lesson, f"# {world.secret(student)}\n")
        (folder / f"{lesson}.ipynb").write_text(json.dumps(notebook))


@cache
def parsed(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def released(lesson: str) -> dict:
    """The untouched notebook of a lesson."""
    return copy.deepcopy(parsed(RELEASE / f"{lesson}.ipynb"))


def answer(notebook: dict, lesson: str, remark: str = "") -> None:
    """Give every answer cell the author's solution."""
    solved = parsed(ROOT / "solutions" / CHAPTER / f"{lesson}.ipynb")
    solutions = {
        cell["metadata"].get("nbgrader", {}).get("grade_id"): "".join(cell["source"])
        for cell in solved["cells"]
    }
    names = {f"{exercise.name}-answer" for exercise in EXERCISES.values()}
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id in names:
            lines = solutions[grade_id].split("\n")
            cell["source"] = remark + "\n".join(line for line in lines if line not in (BEGIN, END))


def code(source: str) -> dict:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": f"added-{len(source)}",
        "metadata": {},
        "outputs": [],
        "source": source,
    }
