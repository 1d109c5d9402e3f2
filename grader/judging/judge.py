"""The judge: compares what the probe saw with the reference, outside the student's interpreter.

`make_plan` says what to call; `judge` reads the record that comes back. Between the two lies
whatever runs the student's code, and only text crosses: a record is data from a stranger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ..course.exercise import Call, Case, Exercise, Get, Misconception, Step
from .compare import Fault, alike, as_numbers, compare_case, shape_of
from .explain import (
    explain_absence,
    explain_fault,
    explain_outdated,
    explain_repair,
    explain_unreadable,
)
from .facts import IN_NUMBERS
from .look import Ask, Look, look_at
from .memory import Memory, memory_of
from .notes import notes_on
from .probe import Unacceptable, numpy_as_it_comes, python_as_it_comes, random_state_kept
from .reading import read_record
from .record import CaseRecord, Found, Observation, Raised, Record
from .verdict import Finding, Verdict

if TYPE_CHECKING:
    from .repair import Repair

SECONDS = 5
"""How long all cases of one exercise may take together, unless the caller says otherwise."""


NEARLY_ALL = 0.95
"""The share of all cases on which a misconception has to do what the answer does to be named."""


def make_plan(exercise: Exercise, seed: int, seconds: float | None = SECONDS) -> str:
    """The probe's instructions, as JSON: names, steps and arguments, and nothing that is expected."""
    return memory_of(exercise, seed).plan(seconds)


@random_state_kept()
@python_as_it_comes()
@numpy_as_it_comes()
def judge(
    exercise: Exercise,
    seed: int,
    record_text: str,
    cell_error: str = "",
    ask: Ask | None = None,
    outdated: bool = False,
    answer: str = "",
) -> Verdict:
    """Give points and findings for one answer.

    `record_text` is the probe's answer to `make_plan(exercise, seed)`; `cell_error` is the error
    with which the student's answer cell stopped, where that is known. `ask` sends a further plan to
    the probe: with it a wrong answer is searched for the change that makes it right. That is about
    words: the points are given before. `outdated` says that the cell's error came before its
    definition: what the probe saw is an older one, and is not judged. `answer` is that cell's text,
    where it is known.
    """
    if outdated:
        finding = explain_outdated(exercise.object_name, cell_error)
        return Verdict(exercise.name, 0, exercise.points, "wrong", (finding,), seed=seed)
    try:
        record = read_record(record_text, memory_of(exercise, seed).all_cases)
    except Unacceptable as error:
        return Verdict(exercise.name, 0, exercise.points, "wrong", (explain_unreadable(error),), seed=seed)
    if exercise.shares:
        return judge_together(exercise, seed, record, About(cell_error, answer), ask)
    return judge_alone(exercise, seed, record, About(cell_error, answer), ask)


def judge_alone(
    exercise: Exercise, seed: int, record: Record, cell: About, ask: Ask | None = None
) -> Verdict:
    """The verdict on an exercise's own object, whatever else belongs to the answer."""
    cases, worth = memory_of(exercise, seed).cases, sum(part.points for part in exercise.parts)

    def verdict(points: float, status: str, *findings: Finding) -> Verdict:
        reward = exercise.reward if status == "right" else ""
        return Verdict(exercise.name, points, worth, status, findings, reward, seed)

    absence = explain_absence(exercise, cases, record, cell.error, cell.text)
    faults = find_faults(exercise, seed, record)
    if absence and (faults or absence.id != "wrong-kind"):  # what does all that is asked is of no wrong kind
        status = "unwritten" if absence.id in ("unwritten", "missing") else "wrong"
        return verdict(0, status, absence)
    if not faults:
        return verdict(worth, "right", *notes_on(exercise, cases, record))
    points = earned(exercise, cases, faults)
    finding = explain_wrong(exercise, seed, record, faults, ask, cell.right)
    return verdict(points, "partial" if points else "wrong", finding)


def explain_wrong(
    exercise: Exercise,
    seed: int,
    record: Record,
    faults: dict[int, Fault],
    ask: Ask | None,
    right: frozenset[str] = frozenset(),
) -> Finding:
    """The finding for the case that tells most; with `ask`, what was seen of the answer from near by."""
    cases = memory_of(exercise, seed).cases
    reached = {i: fault for i, fault in faults.items() if i < len(record.cases)}
    shown = smallest(cases, reached or faults)
    look, repair, heading = Look(), None, ""
    if ask is not None and shown < len(record.cases):
        case = up_to(cases[shown], faults[shown].step)
        look = look_at(exercise, seed, case, ask)
        look = replace(look, right=right, walk=walk_shown(case, record.cases[shown], look))
    cause = likely_misconception(exercise, seed, record, faults, shown, look.text)
    if look.definitions and not look.late and ask is not None:
        from .repair import find_repair  # half of this package: in a browser it takes a while to load

        single = record.found.single or look.single
        repair = find_repair(exercise, seed, look, faults, shown, single, ask, cause)
    if repair and cause and len(repair.edits) > 1 and not repair.tells:
        repair = None  # two changes that say little: the misconception says more
    if repair and not repair.agrees:
        cause, heading = None, heading_beside(repair, cause, faults[shown])
    finding = explain_fault(exercise, cases, faults, record, shown, cause)
    if heading:
        finding = replace(finding, title=heading)
    given = {code.__name__ for code in exercise.stand_ins}
    classes = [s.exercise.object_name for s in exercise.shares if s.exercise.object_name not in given]
    return explain_repair(finding, repair, cause, look, classes) if ask else finding


def heading_beside(repair: Repair, cause: Misconception | None, fault: Fault) -> str:
    """What a misconception that behaves like the answer calls its result, beside a change that it does not
    speak of: so much is true in any case. "" where the change says more, or nothing came out."""
    says_more = repair.tells > 1 or fault.kind not in IN_NUMBERS
    return "" if says_more or cause is None else cause.title


def up_to(case: Case, step: int) -> Case:
    """A case without what comes after one of its steps."""
    return replace(case, steps=case.steps[: step + 1])


def walk_shown(case: Case, entry: CaseRecord, look: Look) -> tuple[tuple[int, str, str], ...]:
    """The walk where it came to what the check saw: what earlier calls have left is not there again."""
    seen, walked = entry.seen[: len(case.steps)], look.walked.seen if look.walked else ()
    if same_behaviour(case, seen, walked) and all(alike(a.value, b.value) for a, b in zip(seen, walked)):
        return look.walk
    if look.walk and "random" in look.text:
        return (0, "(random numbers are drawn anew)", ""), *look.walk
    return ()


@dataclass(frozen=True)
class About:
    """What is known of the answer's cell: the error with which it stopped, and its text."""

    error: str = ""
    text: str = ""
    right: frozenset[str] = frozenset()
    """Names of its objects that are as they should be: no change of them is a cause."""


@dataclass(frozen=True)
class Piece:
    """One object of an answer of several: what the probe saw of it, and what it is worth here."""

    exercise: Exercise
    record: Record
    verdict: Verdict
    worth: float
    right: bool
    form_only: bool = False

    @property
    def points(self) -> float:
        """All of its worth, or half where only the form is wrong: a share is earned as a whole."""
        return self.worth if self.right else self.worth / 2 if self.form_only else 0.0


def judge_together(exercise: Exercise, seed: int, record: Record, cell: About, ask: Ask | None) -> Verdict:
    """The verdict on an answer of several objects: each earns its share, whatever the others get wrong."""
    own, *others = pieces = pieces_of(exercise, seed, record, cell)
    points = sum(piece.points for piece in pieces)
    failing = [p for p in (*others, own) if not p.right and p.verdict.status != "unwritten"]
    findings = own.verdict.findings
    if failing:
        first, *rest = failing
        right = frozenset(p.exercise.object_name for p in pieces if p.right)
        explained = judge_alone(first.exercise, seed, first.record, replace(cell, right=right), ask)
        findings = (*explained.findings, *map(also_wrong, rest))
    elif own.right and points < exercise.points:  # what is lacking is not there at all
        findings = next(piece.verdict.findings for piece in others if not piece.right)
    status = "partial" if points else "wrong" if failing else "unwritten"
    status = "right" if all(piece.right for piece in pieces) else status
    reward = exercise.reward if status == "right" else ""
    shares = tuple((p.exercise.object_name, p.points, p.worth) for p in pieces)
    return Verdict(exercise.name, points, exercise.points, status, findings, reward, seed, shares)


def pieces_of(exercise: Exercise, seed: int, record: Record, cell: About) -> list[Piece]:
    """The exercise's own object, and that of each share.

    An object that is not there is right where the whole is without one lent in its place: an answer may do
    without it. The own one is right, too, where only the others are wrong: with lent ones in their place all
    is as it should be.
    """
    memory = memory_of(exercise, seed)
    mine, lent, *theirs = divided(record, [memory.cases, memory.lent, *(s.cases for s in memory.shares)])
    own = judge_alone(exercise, seed, mine, cell)
    whole, when_lent = own.status == "right", right_when_lent(memory, lent)
    done = [set[str](), *when_lent] if whole else when_lent
    others = []
    for share, part in zip(exercise.shares, theirs):
        part = replace(part, found=found_as(share.exercise, part.found))
        verdict = judge_alone(share.exercise, seed, part, cell)
        name, missing = share.exercise.object_name, part.found.kind == "missing"
        right = verdict.status == "right" or (missing and any(name not in lent for lent in done))
        form_only = verdict.status == "partial" and only_in_form(share.exercise, seed, part)
        others.append(Piece(share.exercise, part, verdict, share.points, right, form_only))
    alone_in_being_wrong = all(piece.right for piece in others)
    right = whole or (not alone_in_being_wrong and bool(when_lent))
    form_only = own.status == "partial" and only_in_form(exercise, seed, mine)
    return [Piece(exercise, mine, own, own.max_points, right, form_only), *others]


def only_in_form(exercise: Exercise, seed: int, record: Record) -> bool:
    """Whether all numbers are right, in the wrong form."""
    return all(fault.form_only for fault in find_faults(exercise, seed, record).values())


def divided(record: Record, portions: Iterable[Sequence[Case]]) -> Iterator[Record]:
    """A record in portions, one after the other."""
    start = 0
    for cases in portions:
        yield replace(record, cases=record.cases[start : start + len(cases)])
        start += len(cases)


def found_as(exercise: Exercise, found: Found) -> Found:
    """What stands under the name of another exercise's object, as far as it is known."""
    kind = exercise.kind if exercise.object_name in found.names else "missing"
    return replace(found, kind=kind, empty=False, stub=False)


def right_when_lent(memory: Memory, record: Record) -> list[set[str]]:
    """The classes with which, when they are lent, all is right."""
    if len(record.cases) < len(memory.lent):
        return []
    wrong = {
        case.part
        for case, expected, own in zip(memory.lent, memory.expected_of_lent, record.cases)
        if compare_case(case, expected.seen, own.seen, record.found.single)
    }
    return [set(part.split(" and ")) for part in {case.part: 0 for case in memory.lent} if part not in wrong]


def also_wrong(piece: Piece) -> Finding:
    """What is said of an object that is wrong besides another, which comes first."""
    name = piece.exercise.object_name
    return Finding(
        "also-wrong",
        f"{name} is not right yet either.",
        "That is so whatever the other objects of this answer do.",
        "Mend what stands above first, then run this check again: it will say more.",
    )


def find_faults(exercise: Exercise, seed: int, record: Record) -> dict[int, Fault]:
    """The faulty cases by number. A case that was never reached for lack of time is one too."""
    memory = memory_of(exercise, seed)
    faults = {}
    for i, (case, expected, own) in enumerate(zip(memory.cases, memory.expected, record.cases)):
        if fault := compare_case(case, expected.seen, own.seen, record.found.single):
            faults[i] = fault
    for i in range(len(record.cases), len(memory.cases)):
        faults[i] = Fault("error", got=Raised("TimeLimit"))
    return faults


def earned(exercise: Exercise, cases: Sequence[Case], faults: Mapping[int, Fault]) -> float:
    """Points: each part as a whole, half of it where all numbers are right in the wrong form."""
    total = 0.0
    failed: set[str] = set()
    for part in exercise.parts:
        mine = [fault for i, fault in faults.items() if cases[i].part == part.name]
        if part.needs in failed:
            continue
        if not mine:
            total += part.points
        elif all(fault.form_only for fault in mine):
            total += part.points / 2
        else:
            failed.add(part.name)
    return total


def smallest(cases: Sequence[Case], faults: Mapping[int, Fault]) -> int:
    """The failing case to show: wrong numbers before wrong form, readable before random, small.

    An empty or odd input, and one for which nan came out or something was divided by 0, tell little where
    another case fails as well.
    """

    def order(i: int) -> tuple[bool, bool, bool, bool, int, int]:
        fault, case = faults[i], cases[i]
        is_odd = case.is_edge or case.size == 0
        return fault.form_only, case.is_random, is_odd, holds_nan(fault.got), case.size, i

    return min(faults, key=order)


def holds_nan(value: Any) -> bool:
    """Whether there is nan in it: Python's own numbers raise an error in its place."""
    if isinstance(value, Raised):
        return value.type == "ZeroDivisionError"
    numbers = as_numbers(value)
    return numbers is not None and bool(np.isnan(numbers.astype(float)).any())


def likely_misconception(
    exercise: Exercise,
    seed: int,
    record: Record,
    faults: Mapping[int, Fault],
    shown: int,
    text: str = "",
) -> Misconception | None:
    """The misconception that behaves exactly like the answer, or None.

    It has to agree on every readable case and on nearly all random ones, the right ones too. Where
    two of different text fit equally well, it is not known which it is, and none is named. One that
    speaks of what does not stand in the answer's `text`, where that is known, is not meant.
    """
    if shown >= len(record.cases):
        return None
    memory = memory_of(exercise, seed)
    cases, single = memory.cases, record.found.single
    mine = [entry.seen for entry in record.cases]
    readable = {i for i in range(len(mine)) if not cases[i].is_random}
    best: list[Misconception] = []
    best_score = 0
    for number, misconception in enumerate(exercise.misconceptions):
        theirs = memory.first_look(number, shown).seen
        if not same_behaviour(cases[shown], mine[shown], theirs, single):
            continue
        fault = compare_case(cases[shown], memory.expected[shown].seen, theirs)
        if not fault or fault.kind != faults[shown].kind:
            continue
        agrees = {
            i
            for i, (entry, own) in enumerate(zip(memory.all_of(number), mine))
            if same_behaviour(cases[i], own, entry.seen, single)
        }
        fits = readable <= agrees and len(agrees) >= NEARLY_ALL * len(mine) and len(agrees) >= best_score
        if fits and (not text or may_be_meant(misconception, text)):
            best = [misconception, *(best if len(agrees) == best_score else [])]
            best_score = len(agrees)
    texts = {(misconception.title, misconception.why) for misconception in best}
    return best[-1] if len(texts) == 1 else None


TO_LEAVE_OUT = re.compile(r"leave out `?(?:np\.)?(\w+)`?(?=[;.,:]|$)")


def may_be_meant(misconception: Misconception, text: str) -> bool:
    """Whether an answer's text holds what the misconception speaks of, and what it says to leave out."""
    words = {*TO_LEAVE_OUT.findall(misconception.hint), *misconception.claims}
    return words <= set(re.findall(r"\w+", text)) and bool(re.search(misconception.only_where, text))


def same_behaviour(
    case: Case, mine: Sequence[Observation], theirs: Sequence[Observation], single: bool = False
) -> bool:
    """Whether two observations of a case agree: judged values, changed inputs, kinds of error."""
    if len(mine) != len(theirs):
        return False
    return all(same_step(step, a, b, single) for step, a, b in zip(case.steps, mine, theirs))


def same_step(step: Step, a: Observation, b: Observation, single: bool = False) -> bool:
    if a.raised or b.raised:
        return a.raised is not None and b.raised is not None and same_error(a.raised, b.raised)
    if a.changed.keys() != b.changed.keys():
        return False
    if not all(alike(value, b.changed[i], single) for i, value in a.changed.items()):
        return False
    mode = step.compare if isinstance(step, (Call, Get)) else ""
    if mode in ("fresh", "kept"):
        return shape_of(a.value) == shape_of(b.value)
    if not mode:  # what forward returns is not judged, but returning instead of storing shows in it
        return (a.value is None) == (b.value is None)
    return alike(a.value, b.value, single)


TYPES = {"'int'": "number", "'float'": "number", "'list'": "list", "'NoneType'": "None"}
"""What an error names and what tells one from another: types of values, and no names that were chosen."""


def named_type(found: re.Match[str]) -> str:
    return TYPES.get(found[0], "function" if "function" in found[0] else "#")


def same_error(a: Raised, b: Raised) -> bool:
    """The same type and, names and numbers aside, the same message."""

    def shape(message: str) -> str:
        if "could not be broadcast" in message:  # which shapes, is all that it says
            return " ".join(sorted(re.findall(r"[(][\d,]*[)]", message)))
        if re.search(r"not aligned|matmul", message):
            return "shapes"  # np.dot and @ say the same thing in different words
        if "required positional argument" in message:  # how many, and how they are called, is chosen
            return "missing"
        if "keyword" in message:  # which one, and whose, is all that it says
            return message
        return re.sub(r"[\w.<>]+\(\)|'[^']*'|\d+(\.\d+)?", named_type, message)

    return a.type == b.type and shape(a.message) == shape(b.message) and bool(a.has) == bool(b.has)
