"""A lesson's cells, run one by one with the judge outside the kernel.

Student cells run in the kernel. A check cell never enters it: the probe is sent instead, what it saw
comes back as text, and the judge here turns it into the outputs that nbgrader reads and shows.
Whatever the kernel is, Jupyter's (`judged.py`) or a warm one (`warm_lesson.py`), what counts is here.
"""

from __future__ import annotations

import math
import random
import re
import time
from dataclasses import replace
from functools import partial

from ...course import EXERCISES
from ...course.exercise import Exercise
from ...judging.cards import card_html
from ...judging.judge import judge, make_plan
from ...judging.look import Asked
from ...judging.newer import newer_syntax
from ...judging.verdict import Finding, Verdict
from ..intake.text import fit_all
from .needless import is_students, names, names_of_students, needless
from .outputs import clean_outputs, size_of

VERDICT_MIME = "application/vnd.grader.verdict+json"
"""The verdict as data, stored beside the card in the graded notebook."""

MAX_LESSON_OUTPUT = 2_500_000
"""Characters that all cells of a lesson put out, pictures included: a page holds them twice, and travels."""

LOST = {
    "died": (
        "the notebook's kernel died while an earlier cell ran",
        "KernelDied",
        "the kernel died in this cell: it ended itself, or used up its memory",
    ),
    "stuck": ("an earlier cell did not end, and could not be interrupted", "TimeLimit", ""),
    "garbled": (
        "an earlier cell made the kernel send messages that cannot be read",
        "KernelLost",
        "its kernel sent messages that cannot be read",
    ),
}
"""Why a kernel is lost: what later checks are told, and the error of the cell that lost it."""


class JudgedCells:
    """Runs cells within limits that cost one lesson at most. For a kernel, write `run` and `probe`.

    timeout         seconds a student's cell may run
    lesson_seconds  seconds all cells of a lesson may run
    ends            when all lessons of a student have to be over, by time.monotonic
    max_output      characters of output kept from one cell
    """

    timeout: int = 10
    lesson_seconds: int = 120
    ends: float = math.inf
    max_output: int = 200_000
    seed: int | None = None
    """Of the random cases; drawn for each check where it is not given."""

    student: str = ""
    """Whose cells they are, where it is known."""

    def run(self, cell: dict, index: int) -> None:
        """Run a student's cell and fill in its outputs; on losing the kernel call `lose`."""
        raise NotImplementedError

    def probe(self, cell: dict, index: int, plan: str) -> str | None:
        """The probe's record for a plan; None where none came back; on losing the kernel call `lose`."""
        raise NotImplementedError

    def begin(self, cells: list[dict]) -> None:
        """A new lesson, with a kernel that has run nothing."""
        self.left_out, self.room = needless(cells), MAX_LESSON_OUTPUT
        self.lost = ""
        self.cells = cells
        self.wrong: list[tuple[dict, int, Exercise, int, str, Verdict]] = []
        self.answer = ""  # the text of the last answer cell
        self.last_error = ""  # of the answer cell and what a student added, since the last check
        self.deadline = min(time.monotonic() + self.lesson_seconds, self.ends)

    def take(self, cell: dict, index: int) -> None:
        """Run or judge one cell."""
        if cell["cell_type"] != "code":
            return
        metadata = cell["metadata"].get("nbgrader", {})
        if metadata.get("grade"):
            self.judge_cell(cell, index, metadata["grade_id"])
            return
        cell["outputs"], cell["execution_count"] = [], None
        if not self.lost and index not in self.left_out:
            self.run(cell, index)
            self.look_at_the_clock()
        cell["outputs"] = clean_outputs(cell["outputs"], min(self.max_output, self.room))
        self.room = max(0, self.room - size_of(cell["outputs"]))
        if metadata.get("solution"):
            self.answer = cell["source"]
        if is_students(cell):
            self.last_error = error_of(cell) or self.last_error

    def look_at_the_clock(self) -> None:
        if not self.lost and time.monotonic() > self.deadline:
            over = self.deadline == self.ends
            self.lost = (
                "all lessons together took too long"
                if over
                else f"all cells together took more than {self.lesson_seconds} s"
            )

    def lose(self, cell: dict, why: str) -> None:
        """The kernel cannot go on; say so in the cell that lost it."""
        self.lost, ename, evalue = LOST[why]
        cell["outputs"].append(error_output(ename, evalue or time_limit_text(self.timeout)))

    def judge_cell(self, cell: dict, index: int, name: str) -> None:
        """Give the cell the card and the points as outputs."""
        exercise = EXERCISES[name]
        seed = new_seed() if self.seed is None else self.seed
        was_lost, record = self.lost, None
        if not self.lost:
            record = self.probe(cell, index, make_plan(exercise, seed, seconds=0.8 * self.timeout))
            self.look_at_the_clock()
        if record is not None:
            verdict = judge(exercise, seed, record, self.last_error, answer=self.answer)
            if verdict.status != "right":
                self.wrong.append((cell, index, exercise, seed, record, verdict))
        elif self.lost:
            where = was_lost or self.lost.replace("an earlier cell", "it")
            verdict = no_answer(exercise, seed, f"It could not be called: {where}.")
        else:
            verdict = no_answer(exercise, seed, "Calling it gave no answer that could be read.")
        self.last_error = ""
        cell["execution_count"] = None
        cell["outputs"] = verdict_outputs(verdict)

    def look_closely(self) -> None:
        """Once all cells have run: see whether what was wrong is right by now, else search for its repair.

        First all points are settled, then repairs are searched for: what a candidate does to the kernel can
        cost no check, and what the kernel learns from candidates, one of which is right, can earn nothing.
        """
        lost = self.lost
        for wrong in [wrong for wrong in self.wrong if not self.is_settled(*wrong)]:
            if self.lost or time.monotonic() > self.deadline:
                break
            self.search(*wrong)
        self.lost = lost

    def is_settled(
        self, cell: dict, index: int, exercise: Exercise, seed: int, record: str, verdict: Verdict
    ) -> bool:
        """Ask a check again whose answer needs what stands below it. Whether there is nothing more to say: a
        change would be tried on something else than was checked."""
        if self.lost or time.monotonic() > self.deadline:
            return True
        if not depends_on_later(self.cells, index, exercise.object_name):
            return False
        again = self.ask_again(cell, index, exercise, seed)
        better = again is not None and again.points > verdict.points
        if again and better:
            verdict = replace(again, findings=(below(exercise), *again.findings))
        cell["execution_count"], cell["outputs"] = None, verdict_outputs(verdict)
        return better or not (again and titles(again) == titles(verdict))

    def search(
        self, cell: dict, index: int, exercise: Exercise, seed: int, record: str, verdict: Verdict
    ) -> None:
        """Look for the change that makes an answer right, as long as there is time for that."""
        if not any(finding.code for finding in verdict.findings) or not SEARCHED.less_than(*BRIEFLY):
            return
        briefly = not SEARCHED.less_than(*THOROUGHLY)
        with SEARCHED:
            ask = Asked(partial(self.probe, cell, index), self.student, briefly)
            verdict = judge(exercise, seed, record, ask=ask)
        cell["execution_count"], cell["outputs"] = None, verdict_outputs(verdict)

    def ask_again(self, cell: dict, index: int, exercise: Exercise, seed: int) -> Verdict | None:
        """What the judge says now; None where nothing can be asked any more."""
        record = self.probe(cell, index, make_plan(exercise, seed, seconds=0.8 * self.timeout))
        return judge(exercise, seed, record) if record is not None else None


THOROUGHLY, BRIEFLY = (1.0, 0.05), (20.0, 0.3)
"""How long a process may search: so many seconds, and a share of the time that it has been at work. Beyond
the first it tries the likeliest changes only, among which are most of those that can be found; beyond the
second none, so that a large class in which all wrong answers differ takes little longer than one in which
they are alike."""


class Searched:
    """For how long this process has searched since it began.

    A kernel that is slow to answer costs nobody else their search: more than so many times what was reckoned
    here meanwhile does not count.
    """

    WAITING = 5

    def __init__(self) -> None:
        self.began, self.spent = time.monotonic(), 0.0

    def less_than(self, seconds: float, share: float) -> bool:
        """Whether it was less than these seconds and this share of the time that it has been at work."""
        return self.spent < seconds + share * (time.monotonic() - self.began)

    def __enter__(self) -> None:
        self.start = time.monotonic(), time.process_time()

    def __exit__(self, *error: object) -> None:
        by_the_clock, of_work = time.monotonic() - self.start[0], time.process_time() - self.start[1]
        self.spent += min(by_the_clock, self.WAITING * of_work)


SEARCHED = Searched()


def depends_on_later(cells: list[dict], index: int, wanted: str) -> bool:
    """Whether a student's cell below a check makes a name that the answer may need: at home it had run when
    the check was run again. The lesson's own imports, which most people write again, make nothing new."""
    own = [[names(cell) for cell in some if runs(cell)] for some in (cells[:index], cells[index + 1 :])]
    needed = {wanted}.union(*(read for _, read in own[0]))
    made = needed.intersection(name for made, _ in own[1] for name in made)
    return bool(made) and not made.isdisjoint(names_of_students(cells))


def runs(cell: dict) -> bool:
    return cell["cell_type"] == "code" and is_students(cell)


def titles(verdict: Verdict) -> list[str]:
    return [finding.title for finding in verdict.findings]


def below(exercise: Exercise) -> Finding:
    return Finding(
        "order",
        f"{exercise.object_name} needs a cell that stands below its check.",
        "Run from top to bottom, the check came too early. It was asked again after all cells had run, and "
        "that counts.",
        "Move what it needs above the check.",
    )


def new_seed() -> int:
    """A seed that no student can know beforehand; nine digits, to be typed at home."""
    return random.SystemRandom().randrange(10**9)


def time_limit_text(seconds: int) -> str:
    return f"stopped after {seconds} s: does this loop end?"


def error_output(ename: str, evalue: str) -> dict:
    return {"output_type": "error", "ename": ename, "evalue": evalue, "traceback": [f"{ename}: {evalue}"]}


def error_of(cell: dict) -> str:
    """The error with which a cell stopped, as "Type: message", or ""; a cell has no file to name.

    That there is no such magic is printed, not raised.
    """
    printed = "".join(o["text"] for o in cell["outputs"] if o.get("name") == "stderr").split("\n")
    errors = [line[:300] for line in printed if line.startswith("UsageError: ")]
    errors += [f"{o['ename']}: {o['evalue']}"[:300] for o in cell["outputs"] if o["output_type"] == "error"]
    if not errors:
        return ""
    *_, last = errors
    if place := re.search(r" ?\(\S+, line (\d+)\)$", last):
        line = cell["source"].split("\n")[int(place[1]) - 1 :][:1]
        said = last[: place.start()]
        if newer := last.startswith("SyntaxError: ") and newer_syntax("".join(line)):
            said = f"SyntaxError: {newer}"
        return f"{said} (line {place[1]})"
    return last


def no_answer(exercise, seed: int, why: str) -> Verdict:
    finding = Finding(
        "kernel-lost",
        f"{exercise.object_name} could not be checked.",
        why,
        "Restart the kernel, run all cells, and look for the cell that stops or never ends.",
    )
    return Verdict(exercise.name, 0, exercise.points, "wrong", (finding,), seed=seed)


def verdict_outputs(verdict: Verdict) -> list[dict]:
    """The points as nbgrader reads them, a result's plain text; the card as people see it, its HTML.

    What a stranger's exception says stands in the words of a verdict."""
    verdict = Verdict.from_dict(fit_all(verdict.to_dict()))
    data = {
        "text/plain": repr(float(verdict.points)),
        "text/html": card_html(verdict),
        VERDICT_MIME: verdict.to_dict(),
    }
    return [{"output_type": "execute_result", "metadata": {}, "data": data, "execution_count": None}]
