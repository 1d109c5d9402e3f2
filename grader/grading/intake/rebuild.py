"""Intake: what a student handed in, read as bytes from a stranger.

A file is opened without following links, only if it is a regular one of reasonable size, and the
notebook that is graded is rebuilt from the release. Of the student's file only text is taken: that
of the answer cells, and that of cells the student added or changed. It runs in the order in which
it stood there. Whatever was odd is said in `Intake.notes`. Nothing here raises for anything a file
may hold."""

from __future__ import annotations

import copy
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate

from ...course import EXERCISES, RENAMED
from .definitions import answers, parsed
from .files import Refused, Unclear
from .notebook import (
    Cell,
    dict_or_empty,
    escape_markdown,
    kept_within,
    parse_notebook,
    plain,
    quote,
    read_cell,
    read_cells,
    text_or_empty,
)

MAX_EXTRA_CELLS, MAX_EXTRA_TEXT = 200, 300_000
"""Added or changed cells of a lesson, and their characters together."""

MAX_COMPARED = 1_000_000
"""Characters of a notebook's cells in which an answer is sought: a long cell takes long to compare."""

BUILT = re.compile(r"(?!added-)[a-z0-9]+(?:-[a-z0-9]+)*-\d+")
"""An id that the build made of a heading."""

FENCED = re.compile(r"\s*```\w*\n(.*)\n```\s*", re.S)

SETTINGS = ("grade", "locked", "points", "solution", "task")


plain_release = lru_cache(maxsize=1024)(plain)
"""`plain` of a lesson's own text: the same for every student."""


@dataclass
class Intake:
    """A notebook fit to be graded, and what was odd about the file it came from.

    It is made as the release was: of plain dicts, or of nbformat's, whose import takes two seconds.
    `readable` is False where the file gave nothing: the notebook is then the untouched release. `unclear`
    says that it is because nobody knows whose the file is.
    """

    notebook: dict
    notes: list[str] = field(default_factory=list)
    readable: bool = True
    unclear: Unclear | None = None


def take_in(read: Callable[[], bytes], release: dict) -> Intake:
    """Rebuild the notebook that `read` gives, or raises Refused for, from `release`."""
    notes: list[str] = []
    try:
        submitted = parse_notebook(read(), notes)
        cells = read_cells(submitted, notes)
    except Refused as reason:
        notes.append(f"This file could not be read: {reason}.")
        unclear = reason if isinstance(reason, Unclear) else None
        return Intake(with_notes(copy.deepcopy(release), notes), notes, readable=False, unclear=unclear)
    note_language(submitted, notes)
    notebook = rebuild(release, cells, notes, names=names_handed_out(submitted))
    return Intake(with_notes(notebook, notes), notes)


def note_language(submitted: dict, notes: list[str]) -> None:
    metadata = dict_or_empty(submitted.get("metadata"))
    language = (
        dict_or_empty(metadata.get("kernelspec")).get("language")
        or dict_or_empty(metadata.get("language_info")).get("name")
        or "python"
    )
    if text_or_empty(language).lower() not in ("python", "ipython"):
        notes.append(f"The file asks for a kernel of the language {quote(language)}; Python was used.")


def rebuild(
    release: dict, cells: list[Cell], notes: list[str], added=None, names: frozenset[str] = frozenset()
) -> dict:
    """The release's cells in its order, with the student's answers, and added cells where they stood.

    `added` makes a cell of one that was added; unless given, it is `own_cell`. `names` are those of the
    checks that were handed out, where they are known.
    """
    notebook, cells = copy.deepcopy(release), cells if names else recognised(release, cells)
    homes = find_homes(release, cells)
    note_other_lessons(release, cells, notes)
    note_earlier_release(release, cells, notes)
    note_lost_ids(release, cells, homes, notes)
    note_moves(release, cells, homes, notes)
    answers, later = set(), set()
    of_this_lesson = any(
        cell["metadata"].get("nbgrader", {}).get("grade_id") in names for cell in release["cells"]
    )
    for home, cell in enumerate(notebook["cells"]):
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "").removesuffix("-answer")
        if name and home not in homes and of_this_lesson and name not in names:
            later.add(name)
        elif is_answer(cell):
            answers.add(fill_answer(cell, home, cells, homes, notes))
        elif name:
            note_check(cell, home, cells, homes, notes)
    if later:
        notes.append(f"Added to the lesson after it was handed out: {', '.join(sorted(later))}.")
    insert_added_cells(notebook, release, cells, homes, answers, notes, added or own_cell)
    return notebook


def is_answer(cell: dict) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("solution"))


def find_homes(release: dict, cells: list[Cell]) -> list[int]:
    """For each of the student's cells the place in the release of the cell that it is; -1: an added one.

    A cell is known by its grade id, else by its text (some editors drop every id), else by its id.
    Each of these only finds what those before it did not.
    """
    released = [read_cell(cell, Counter()) for cell in release["cells"]]
    homes = [-1] * len(cells)
    for mark in (
        lambda cell: cell.grade_id,
        lambda cell: cell.id and (cell.id, cell.plain),
        lambda cell: cell.plain,
        lambda cell: cell.id,
    ):
        places = {mark(cell): i for i, cell in enumerate(released) if mark(cell) and i not in homes}
        homes = [places.get(mark(cell), -1) if home < 0 else home for cell, home in zip(cells, homes)]
    return homes


def recognised(release: dict, cells: list[Cell]) -> list[Cell]:
    """The cells of a notebook from a release that did not yet write into it what it was: all its checks are
    others, and what is not the student's is known by the ids that the build gives."""
    marks = ((cell["metadata"].get("nbgrader", {}), cell["source"]) for cell in release["cells"])
    texts = {mark["grade_id"]: plain_release(source) for mark, source in marks if mark.get("grade")}
    checks = [cell for cell in cells if cell.grade_id in texts]
    if not checks or any(cell.plain == texts[cell.grade_id] for cell in checks):
        return cells
    return [
        replace(cell, untouched=True, points=cell.nbgrader.get("points"))
        if cell.grade_id in texts or (cell.kind == "markdown" and BUILT.fullmatch(cell.id))
        else cell
        for cell in cells
    ]


def names_handed_out(submitted: dict) -> frozenset[str]:
    """Of the checks that a notebook had when it was handed out, by their present names; none if unknown."""
    names = dict_or_empty(kept_within(submitted).get("points"))
    return frozenset(RENAMED.get(name, name) for name in names)


def note_moves(release: dict, cells: list[Cell], homes: list[int], notes: list[str]) -> None:
    """Say that cells stood in another order. What has only the id of a cell may be another: ids count."""
    texts = [plain_release(cell["source"]) for cell in release["cells"]]
    known = (
        home for cell, home in zip(cells, homes) if home >= 0 and (cell.grade_id or cell.plain == texts[home])
    )
    if (order := [*dict.fromkeys(known)]) != sorted(order):
        notes.append("Cells had been moved; the lesson's own order was used.")


def note_other_lessons(release: dict, cells: list[Cell], notes: list[str]) -> None:
    own = {
        cell["metadata"]["nbgrader"]["grade_id"]
        for cell in release["cells"]
        if "nbgrader" in cell["metadata"]
    }
    names = {cell.grade_id.removesuffix("-answer") for cell in cells if cell.grade_id not in own}
    if lessons := sorted({EXERCISES[name].lesson for name in names & EXERCISES.keys()}):
        notes.append(f"The file holds exercises of another lesson ({', '.join(lessons)}).")


def note_earlier_release(release: dict, cells: list[Cell], notes: list[str]) -> None:
    """What differs from the release without the student's doing is no fault of theirs."""
    marks = [cell["metadata"].get("nbgrader", {}) for cell in release["cells"]]
    points = {mark["grade_id"]: mark["points"] for mark in marks if mark.get("grade")}
    texts = {plain_release(cell["source"]) for cell in release["cells"]}
    if any(
        (cell.untouched and cell.plain not in texts)
        or (cell.points is not None and points.get(cell.grade_id) != cell.points)
        for cell in cells
    ):
        notes.append("It was handed out in an earlier release of the lesson; the present one was used.")


def note_lost_ids(release: dict, cells: list[Cell], homes: list[int], notes: list[str]) -> None:
    released = [cell["metadata"].get("nbgrader", {}).get("grade_id", "") for cell in release["cells"]]
    if any(released[home] not in ("", cell.grade_id) for cell, home in zip(cells, homes) if home >= 0):
        notes.append("Cells of exercises had lost nbgrader's ids or got others; they were found anyway.")


def fill_answer(answer: dict, home: int, cells: list[Cell], homes: list[int], notes: list[str]):
    """Give the answer cell its text; return the place of the cell it is from, None where there is none."""
    name = answer["metadata"]["nbgrader"]["grade_id"].removesuffix("-answer")
    wanted = EXERCISES[name].object_name
    mine = [i for i, place in enumerate(homes) if place == home]
    note_settings(answer, [cells[i] for i in mine], notes)
    if len(mine) > 1:
        notes.append(
            f"The answer cell of {name} is there {len(mine)} times; the last one with an answer "
            "counts, and what else was written in them runs as well."
        )
    chosen = choose_answer(answer, home, wanted, cells, homes)
    if chosen is None:
        notes.append(f"The answer cell of {name} is missing.")
        return None
    if not mine:
        notes.append(
            f"The answer cell of {name} was not found by its id; the cell that defines {wanted} "
            "was taken for it."
        )
        homes[chosen] = home if homes[chosen] < 0 else homes[chosen]
    elif chosen not in mine:
        notes.append(f"The answer cell of {name} holds no answer; the cell that defines {wanted} counts.")
        if mine[-1] < chosen < check_place(home, cells, homes) and homes[chosen] < 0:
            return mine[-1]  # it runs where it stands
    if cells[chosen].kind != "code":
        notes.append(
            f"The answer cell of {name} had been turned into a {cells[chosen].kind} cell; it was run as code."
        )
    if not cells[chosen].untouched and cells[chosen].plain != plain_release(answer["source"]):
        answer["source"] = cells[chosen].source
    else:
        note_answer_that_is_no_code(wanted, plain(answer["source"]), cells, notes)
    return chosen


def note_answer_that_is_no_code(wanted: str, stub: str, cells: list[Cell], notes: list[str]) -> None:
    """Say where an answer stands that nothing runs, as when a cell was turned into prose by a key."""
    for cell in cells:
        if cell.kind != "code" and not cell.untouched:
            fenced = FENCED.fullmatch(cell.source)
            if answers(fenced[1] if fenced else cell.source, wanted, stub):
                notes.append(f"A {cell.kind} cell holds {wanted}; only what stands in code cells is run.")


def choose_answer(answer: dict, home: int, wanted: str, cells: list[Cell], homes: list[int]):
    """Which cell holds the answer: the last copy of the answer cell that defines what is asked for.

    One that Python cannot read only does where no other does. If none does, another code cell stands in for
    it: the last one above the check, as in a run from top to bottom, or else the last one below. If there is
    none either: the last copy with something written in it, the last copy, None.
    """
    stub, check = plain_release(answer["source"]), check_place(home, cells, homes)
    copies = [i for i, place in enumerate(homes) if place == home]
    written = [i for i, cell in enumerate(cells) if cell.plain not in ("", stub) and not cell.untouched]
    defining = [i for i in last_ones(written, cells) if answers(cells[i].source, wanted, stub)]
    readable = [i for i in defining if parsed(cells[i].source)]
    ranked = []
    for some in (readable, defining):
        others = [i for i in some if cells[i].kind == "code"]
        ranked += [[i for i in some if homes[i] == home], [i for i in others if i < check], others]
    ranked += [[i for i in written if homes[i] == home], copies]
    return max(next(filter(None, ranked), []), default=None)


def last_ones(places: list[int], cells: list[Cell]) -> list[int]:
    """The last of these cells, as many as have no more than MAX_COMPARED characters together."""
    sizes = accumulate(len(cells[i].source) for i in reversed(places))
    return places[len(places) - sum(size <= MAX_COMPARED for size in sizes) :]


def check_place(home: int, cells: list[Cell], homes: list[int]) -> int:
    """Where the student's file checks the answer: the check is the release's cell after the answer's."""
    return max((i for i, place in enumerate(homes) if place == home + 1), default=len(cells))


def note_check(check: dict, home: int, cells: list[Cell], homes: list[int], notes: list[str]) -> None:
    """Say what was done to a check cell; the release's is used whatever was done."""
    name = check["metadata"]["nbgrader"]["grade_id"]
    mine = [cell for cell, place in zip(cells, homes) if place == home]
    note_settings(check, mine, notes)
    if not mine:
        notes.append(f"The check cell of {name} was missing; it was put back.")
    elif len(mine) > 1:
        notes.append(f"The check cell of {name} is there {len(mine)} times; the original was used once.")
    if any(cell.plain != plain_release(check["source"]) and not cell.untouched for cell in mine):
        notes.append(f"The check cell of {name} had been changed; the original was used.")
    if any(cell.kind != "code" for cell in mine):
        notes.append(f"The check cell of {name} had been turned into another kind of cell.")


def note_settings(released: dict, mine: list[Cell], notes: list[str]) -> None:
    original = released["metadata"]["nbgrader"]
    changed = [
        key
        for key in SETTINGS
        if any(
            cell.nbgrader.get(key, original.get(key)) != original.get(key)
            and not (key == "points" and cell.nbgrader[key] == cell.points)
            for cell in mine
        )
    ]
    if changed:
        notes.append(
            f"nbgrader's settings of the cell {original['grade_id']} had been changed "
            f"({', '.join(changed)}); the original ones count."
        )


def insert_added_cells(notebook, release, cells, homes, answers, notes, make_cell) -> None:
    """Put what the student added or changed behind the release's cell that it followed.

    The first sight of a release's cell says where one is. A copy of an answer cell that is not the
    answer runs before it; copies further down do not lead back up.
    """
    released = {plain_release(cell["source"]) for cell in release["cells"]} | {""}
    added: dict[int, list[dict]] = defaultdict(list)
    after, seen, count, kept, room = -1, set(), 0, 0, MAX_EXTRA_TEXT
    for i, (cell, home) in enumerate(zip(cells, homes)):
        if home >= 0:
            place = home - 1 if is_answer(release["cells"][home]) and i not in answers else home
            after = max(after, place) if home in seen else place
            seen.add(home)
        if (
            cell.plain in released
            or cell.untouched
            or (home >= 0 and cell.source == notebook["cells"][home]["source"])
        ):
            continue
        count, room = count + 1, room - len(cell.source)
        if make_cell is not own_cell or (room >= 0 and count <= MAX_EXTRA_CELLS):  # at home all are kept
            kept = count
            added[after].append(make_cell(cell, count, type(notebook)))
    if count > kept:
        notes.append(f"Only the first {kept} of {count} added or changed cells were kept.")
    originals = notebook["cells"]
    notebook["cells"] = added[-1]
    for place, cell in enumerate(originals):
        notebook["cells"] += [cell, *added[place]]


def own_cell(cell: Cell, number: int, make: type) -> dict:
    """A fresh cell with nothing of the student's but kind and text.

    Prose is shown as it was typed: rendered, its HTML, links and formulas would be live in the
    instructor's browser.
    """
    if cell.kind == "code":
        return new_cell("code", cell.source, f"added-{number}", make)
    fence = "`" * (2 + max(map(len, re.findall("`+", cell.source)), default=1))
    return new_cell("markdown", f"{fence}text\n{cell.source}\n{fence}", f"added-{number}", make)


def new_cell(kind: str, source: str, name: str, make: type) -> dict:
    cell = make(cell_type=kind, id=name, metadata=make(), source=source)
    if kind == "code":
        cell.update(outputs=[], execution_count=None)
    return cell


def with_notes(notebook: dict, notes: list[str]) -> dict:
    """Tell the student at the top of the notebook what was odd."""
    if notes:
        text = "**Notes on this file**\n\n" + "\n".join(f"- {escape_markdown(note)}" for note in notes)
        notebook["cells"].insert(0, new_cell("markdown", text, "intake-notes", type(notebook)))
    return notebook
