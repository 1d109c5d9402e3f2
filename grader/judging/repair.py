"""Searches the small change of a wrong answer with which the very same answer is right.

The search makes candidates here and sends them, as data, to where the student's code runs; what they
did with the cases comes back as data and is compared here. Nobody inside ever learns what is expected.
First every candidate runs the case that is shown, then the survivors run more, and the rest all cases.
"""

from __future__ import annotations

import builtins
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from ..course import WORDS_AFTER
from ..course.exercise import Exercise, Misconception
from .agreement import agrees, difference, speaks_of
from .answer import Answer, TooMuch
from .compare import Fault, as_numbers, close, compare_case, family
from .edits import TOKEN, Candidate, candidates, undoes
from .known import Known, found_in, searches_in_vain
from .look import Ask, Asked, Look, read_reply
from .memory import memory_of
from .normal import normal_form
from .pairs import both, brings_back, generic, left_out_alike, said, writes_another
from .probe import Unacceptable
from .reading import read_case

SECONDS, AT_MOST = 1.0, 3.0
"""How long one search may take, in seconds of work and by the clock: beyond it there is no repair."""

CHUNK = 150  # candidates of which the best is chosen
PORTIONS = (0, 10, 30, 60, 100, CHUNK)  # where what is tried at once begins, within a chunk
MAX_SINGLES = 1_400
MAX_SECONDS_EDITS = 1_600
STARTS = 8  # edits that brought the answer nearer, from which a second one is tried

Faults = Mapping[int, Fault]
Distance = tuple[int, float]

Trial = tuple[int, Candidate]
"""The number of a definition, and what it may become."""

Near = tuple[Distance, int, Candidate]


@dataclass(frozen=True)
class Repair:
    """A change with which the answer is right on all cases: a cause that is proven."""

    edits: tuple[str, ...]
    says: str
    asks: str
    before: str
    after: str
    lineno: int
    """Of the line that the change is about, in its cell, from 1."""

    line: str
    """That line, as it is."""

    agrees: bool = False
    """Whether the words of the misconception that was named speak of this change."""

    tells: int = 1
    """How much `says` tells: see `Edit`."""


FOUND: Known[Trial] = Known()
"""What was found for a text and what is around it."""

ENOUGH_SEARCHES = 2


class Search:
    """The search for one wrong answer. `faults` and `shown` are those that the judge has found."""

    def __init__(
        self,
        exercise: Exercise,
        seed: int,
        look: Look,
        faults: Faults,
        shown: int,
        single: bool,
        ask: Ask,
        seconds: float,
    ) -> None:
        self.exercise, self.look, self.ask, self.single = exercise, look, ask, single
        self.memory = memory_of(exercise, seed)
        self.faults, self.shown = faults, shown
        self.ends = time.process_time() + seconds
        self.makes_until = time.process_time() + SECONDS
        self.deadline = time.monotonic() + max(AT_MOST, SECONDS)
        self.tried = 0
        attributes = lesson_attributes(exercise)
        self.answers: list[Answer | None] = []
        for name, text, _ in look.definitions:
            if name in look.right:
                self.answers.append(None)
                continue
            try:
                self.answers.append(Answer(text, look.modules, attributes, look.classes, look.functions))
            except TooMuch:
                self.answers.append(None)

    def find(self, cause: Misconception | None = None) -> Trial | None:
        """The cheapest change that makes the answer right on all cases; None where none is found in time."""
        nearer: list[Near] = []
        found = self.first_right(self.singles[:MAX_SINGLES], cause, nearer) or self.pair(nearer, cause)
        return self.without_what_is_replaced(found) if found else None

    def without_what_is_replaced(self, found: Trial) -> Trial:
        """What a change puts something else in the place of is left out, where that does: then it was too
        much, and what stands there instead does only no harm.

        So it is where that makes a divisor that is always 1, or a difference of what softmax is the same for.
        """
        number, candidate = found
        others = [(n, c) for n, c in self.singles if n == number]
        if len(candidate.edits) > 1:
            begun = [
                c for _, c in others if (c.edits[0], c.olds[0]) == (candidate.edits[0], candidate.olds[0])
            ]
            others = [trial for c in begun[:2] for trial in self.seconds(number, c)]
        return self.right_one([(n, c) for n, c in others if left_out_alike(c, candidate)]) or found

    def as_found(self, found: Trial) -> Trial | None:
        """The change that was found for an answer of the same form, in this one's own text; None where it
        is not right here on all cases."""
        number, theirs = found
        first, *more = (edit.name for edit in theirs.edits)
        mine = [(n, c) for n, c in self.singles if n == number and c.edits[0].name == first]
        for name in more:
            begun = [(n, c) for n, c in mine if c.olds[0] == theirs.olds[0]]
            mine = [t for n, c in begun for t in self.seconds(n, c) if t[1].edits[-1].name == name]
        form = normal_form(theirs.text)
        alike = [trial for trial in mine if normal_form(trial[1].text) == form]
        return alike[0] if alike and self.is_right(alike[0]) else None

    def is_right(self, trial: Trial) -> bool:
        """Whether a change makes the answer right on all cases."""
        return bool(self.survivors([trial], list(range(len(self.memory.cases)))))

    @cached_property
    def singles(self) -> list[Trial]:
        """All single edits, the cheapest first; none where the answer itself cannot be read."""
        if not self.answers or self.answers[0] is None:
            return []
        found = [
            (i, c) for i, answer in enumerate(self.answers) if answer is not None for c in self.taught(answer)
        ]
        return sorted(found, key=self.order)

    @cached_property
    def sayable(self) -> set[tuple[str, str]]:
        """What can be said of the answer as it stands."""
        return {said(candidate, whole) for _, candidate in self.singles for whole in (True, False)}

    def taught(self, answer: Answer) -> Iterator[Candidate]:
        """The candidates that bring in no word of a later lesson."""
        later = WORDS_AFTER.get(self.exercise.lesson, frozenset())
        later = later.difference(TOKEN.findall(answer.text))
        right_kind = self.is_right_kind()
        for candidate in candidates(answer, self.makes_until):
            if right_kind and candidate.edits[0].name == "list or array":
                continue
            there = [word for word in later if word in candidate.text]
            if not there or not set(TOKEN.findall(candidate.text)).intersection(there):
                yield candidate

    def is_right_kind(self) -> bool:
        """Whether what comes out is of the kind asked for: then no word about its kind is true."""
        before = self.faults[self.shown]
        return family(before.got) == family(before.expected)

    def can_be_said(self, second: Candidate) -> bool:
        """Whether what a second edit says is said of the answer as it stands, not of what the first made."""
        return said(second, "{old}" in second.edits[0].says) in self.sayable

    def is_over(self) -> bool:
        """Whether the time is up: work counts, so that a busy machine does not find less."""
        return time.process_time() > self.ends or time.monotonic() > self.deadline

    def order(self, trial: Trial) -> tuple[int, bool, int, int, int]:
        """What tells more comes first, at the same cost."""
        number, candidate = trial
        return candidate.cost, generic(candidate), number, candidate.size, candidate.line

    def first_right(
        self, chosen: list[Trial], cause: Misconception | None, nearer: list[Near] | None = None
    ) -> Trial | None:
        """The best of the first chunk that holds a candidate which is right on all cases.

        The best come first, so that of most chunks only some need be tried.
        """
        for start in range(0, len(chosen), CHUNK):
            chunk = sorted(chosen[start : start + CHUNK], key=lambda trial: self.preference(trial, cause))
            for first, last in pairwise(PORTIONS):
                if right := self.right_one(chunk[first:last], nearer):
                    return right
            if self.is_over():
                return None
        return None

    def preference(self, trial: Trial, cause: Misconception | None) -> tuple[object, ...]:
        number, candidate = trial
        tells_more = cause is not None and all(edit.tells > 1 for edit in candidate.edits)
        return (
            candidate.cost - 1.5 * (tells_more or speaks_of(self.answer(number), candidate, cause)),
            generic(candidate),
            candidate.size,
            self.order(trial),
        )

    def answer(self, number: int) -> Answer:
        """The definition of this number: only what could be read has candidates."""
        answer = self.answers[number]
        assert answer is not None
        return answer

    def right_one(self, chunk: list[Trial], nearer: list[Near] | None = None) -> Trial | None:
        """The first of a chunk that is right on all cases; what is on the case shown goes to `nearer`."""
        begun = self.survivors(chunk, [self.shown], nearer) if chunk else []
        if len(begun) > 1:
            cases = self.memory.cases
            some = sorted(self.faults, key=lambda i: (not cases[i].is_random, cases[i].size))[:3]
            left = self.survivors(begun, sorted({*some, 0}))
        else:
            left = begun
        right = next((trial for trial in left if self.is_right(trial)), None)
        if nearer is not None and right is None:
            nearer += [((0, 0.0), *trial) for trial in begun]
        return right

    def survivors(
        self, chunk: list[Trial], numbers: list[int], nearer: list[Near] | None = None
    ) -> list[Trial]:
        """Those of a chunk that are right on these cases; how near the others came goes to `nearer`."""
        memory = self.memory
        plan = {
            **memory.head,
            "want": "try",
            "definitions": [text for _, text, _ in self.look.definitions],
            "candidates": [[n, c.text] for n, c in chunk],
            "cases": [memory.written[i] for i in numbers],
            "seconds": max(0.2, self.deadline - time.monotonic()),
        }
        record = read_reply(self.ask, plan)
        self.tried += len(chunk)
        try:
            fates = [self.fate(entries, numbers) for entries in record["seen"]]
            of = [fates[i] for i in record["of"] if type(i) is int]
        except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError):
            return []
        kept: list[Trial] = []
        for (number, candidate), fate in zip(chunk, of):
            if fate is None:
                kept.append((number, candidate))
            elif nearer is not None and numbers == [self.shown]:
                nearer.append((fate, number, candidate))
        return kept

    def fate(self, entries: object, numbers: list[int]) -> Distance | None:
        """None where all cases are right, else how far the first wrong one is off: smaller is nearer."""
        if not isinstance(entries, list):
            return FAR
        for i, entry in zip(numbers, entries):
            case = self.memory.cases[i]
            try:
                seen = read_case(entry, case).seen
            except Unacceptable:
                return FAR
            fault = compare_case(case, self.memory.expected[i].seen, seen, self.single)
            if fault:
                return distance(fault, self.faults[self.shown])
        return None if len(entries) == len(numbers) else FAR

    def pair(self, nearer: list[Near], cause: Misconception | None) -> Trial | None:
        """Two edits: the second after those that brought the answer nearest to what is right."""
        own = distance(self.faults[self.shown])
        ordered = sorted(nearer, key=lambda n: (n[0], self.order(n[1:])))
        first: list[Trial] = [(n, c) for far, n, c in ordered if far < own or far == (0, 0.0)][:STARTS]
        first += [(n, c) for far, n, c in ordered if far == own and c.cost <= 2][: 3 * STARTS]
        done = 0
        for number, candidate in first:
            if self.is_over() or done > MAX_SECONDS_EDITS:
                return None
            seconds = self.seconds(number, candidate)
            done += len(seconds)
            found = self.first_right(seconds, cause)
            if found:
                return found
        return None

    def seconds(self, number: int, first: Candidate) -> list[Trial]:
        """All that become of an answer by a second edit after the first, the cheapest first."""
        try:
            answer = replace(self.answer(number), text=first.text)
        except TooMuch:
            return []
        trials = [
            (number, both(first, second))
            for second in self.taught(answer)
            if self.can_be_said(second) and not undoes(first, second) and not brings_back(first, second)
        ]
        return sorted((trial for trial in trials if not writes_another(trial[1])), key=self.order)

    def described(self, trial: Trial, cause: Misconception | None) -> Repair:
        number, candidate = trial
        answer = self.answer(number)
        first, before, after = difference(answer.text, candidate.text)
        kinds = {e.name: e for e in candidate.edits}
        says = [e.says.format(old=old) for e, old in zip(candidate.edits, candidate.olds)]
        asks = [e.asks.format(old=old) for e, old in zip(candidate.edits, candidate.olds)]
        several = len(kinds) > 1 or len(set(says)) > 1
        lines, shown = answer.text.splitlines(), candidate.about or first
        return Repair(
            tuple(kinds),
            " ".join(dict.fromkeys(["Two things have to change.", *says] if several else says)),
            asks[0],
            "\n".join(before),
            "\n".join(after),
            self.look.definitions[number][2] + shown - 1,
            lines[min(shown, len(lines)) - 1].strip(),
            agrees(answer, candidate, cause),
            min(e.tells for e in candidate.edits),
        )


FAR = (9, 0.0)


def distance(fault: Fault, before: Fault | None = None) -> Distance:
    """How far a result is off: an error, a wrong kind, a wrong shape, the share of wrong numbers.

    Another error than `before` is a little nearer than the same: a later line may have stopped.
    """
    if fault.kind in ("error", "attribute"):
        same = before is None or (before.kind == "error" and before.got.message == fault.got.message)
        return (6 if fault.kind == "error" else 5), -float(fault.step) - (0 if same else 0.5)
    if fault.form_only:  # all numbers are right, and what is wrong is their kind, or whose they are
        return 1, 0.0
    if fault.kind == "nothing":
        return 4, 0.0
    want, have = as_numbers(fault.expected), as_numbers(fault.got)
    if want is None or have is None:
        return 4, 1.0
    if fault.kind in ("type", "shape"):
        return 3, 0.0 if fault.form_only else 1.0 if want.ndim == have.ndim else 2.0
    if fault.form_only or fault.kind in ("constant", "counted", "repeated", "lost", "whole"):
        return 1, 0.0
    wrong = sum(not close(w, h) for w, h in zip(want.ravel(), have.ravel())) if want.size < 200 else want.size
    return 2, wrong / max(1, want.size)


def lesson_attributes(exercise: Exercise) -> tuple[str, ...]:
    """What the objects of this exercise's cases hold and can do."""
    if exercise.kind == "class" and exercise.object_name != "Layer_Dense":
        return "output", "forward"
    if exercise.object_name == "Layer_Dense" or exercise.stand_ins:
        return "output", "weights", "biases", "forward"
    return ()


def surroundings(look: Look) -> tuple[object, ...]:
    """What the candidates for an answer depend on, the definitions first: not where these stand, nor the
    functions and modules of the notebook that neither they nor a candidate can speak of."""
    texts = tuple((name, text) for name, text, _ in look.definitions)
    words = {*dir(builtins), *(word for _, text in texts for word in TOKEN.findall(text))}
    modules = {(name, of) for name, of in look.modules.items() if name in words or of in ("numpy", "math")}
    functions = sorted(words.intersection(look.functions))
    return texts, sorted(look.right), look.classes, *functions, *sorted(modules)


def find_repair(
    exercise: Exercise,
    seed: int,
    look: Look,
    faults: Faults,
    shown: int,
    single: bool,
    ask: Ask,
    cause: Misconception | None = None,
) -> Repair | None:
    """A change of the student's own text that makes it right on all cases, or None.

    The same text is searched once: what was found is tried again in its own surroundings, on all cases, as
    it was a stranger's that said so. So is what was found for a text of the same form, made in this one; and
    what was searched for in vain by two is not looked for again.
    """
    asked = ask if isinstance(ask, Asked) else Asked(ask)
    seconds = 0.0 if asked.briefly else SECONDS
    search = Search(exercise, seed, look, faults, shown, single, ask, seconds)
    text, form = (exercise.name, *surroundings(look)), ("form", exercise.name, *surroundings(plain(look)))
    mine = found_in(FOUND.of(text))
    if mine and search.is_right(mine):
        return search.described(mine, cause)
    known = FOUND.of(form)
    theirs = found_in(known)
    trial = search.as_found(theirs) if theirs else None
    if trial is None and searches_in_vain(known) >= ENOUGH_SEARCHES:
        return None
    if trial is None:
        trial = search.find(cause)
        FOUND.keep(form, [trial] if trial else [*known, asked.whose])
    if trial is None:
        return None
    FOUND.keep(text, [trial])
    return search.described(trial, cause)


def plain(look: Look) -> Look:
    """The same with each definition's text in its form."""
    return replace(
        look, definitions=tuple((name, normal_form(t), line) for name, t, line in look.definitions)
    )
