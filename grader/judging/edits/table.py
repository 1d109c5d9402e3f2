"""The table of edits: small changes of a student's own text, each with the words that explain it.

An edit is a function that looks at an `Answer` and yields every `Change` of its kind. To add one, write
it under `@edit(...)` in the file beside this one that it belongs to: its name, what it costs, a sentence
and a question. `says` is shown only where the change has made the very answer right on all cases; `asks`
comes before the change is shown, so it gives nothing away. `{old}` is what stands there now.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..answer import Answer, Change

MAX_NEW_TOKENS = 18
"""More new words and signs than these would be writing the answer, not mending it."""


@dataclass(frozen=True)
class Edit:
    """A kind of small change: `cost` says how much it changes; the cheapest repair is shown."""

    name: str
    cost: int
    says: str
    asks: str
    make: Callable[[Answer], Iterator[Change]]
    tells: int = 1
    """How much its sentence says: 0 where it is only that something is wrong there, 2 where it says more
    than a misconception that behaves like the answer can."""


Changes = Iterator[Change]
Make = Callable[[Answer], Changes]

TABLE: dict[str, Edit] = {}


def edit(name: str, *, cost: int, says: str, asks: str, tells: int = 1) -> Callable[[Make], Make]:
    """Decorator: enter an edit into the table."""

    def enter(make: Make) -> Make:
        if name in TABLE:
            raise ValueError(f"there are two edits of the name {name!r}")
        TABLE[name] = Edit(name, cost, says, asks, make, tells)
        return make

    return enter


@dataclass(frozen=True)
class Candidate:
    """An answer's text after one edit or two, and what to say of it."""

    text: str
    edits: tuple[Edit, ...]
    olds: tuple[str, ...]
    cost: int
    line: int
    """The first line that is changed, from 1."""

    size: int = 0
    """How many words and signs are new or gone."""

    before: str = ""
    splices: tuple[tuple[int, int, str], ...] = ()
    """The text before the last edit, and what that puts into it."""

    about: int = 0
    """The line that the change is about, where that is another than the first that it changes."""

    @cached_property
    def places(self) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int, str], ...]]:
        """What the last edit replaces, as places in the text before; and what stands there instead, where it
        is part of a line, as places in the new text, and what was there."""
        return places(self.before, self.splices)


FEEDS_ITSELF = re.compile(
    r"\b(\w+)(?:\.(?:append|extend|insert)\([^()]*\b|\s*\+=\s*|\[\w+\]\s*=\s*)\1\b(?!\.|\[)"
)
"""A list that is put into itself, or doubled: NumPy makes an array of it without end, in one line."""

SECOND_NAME = re.compile(r"(?m)^\s*(\w+) = ([^\W\d]\w*)\s*$")

IDLE = re.compile(
    "|".join(
        [
            r"^\s*([\w.]+) = \1[ \t]*$",  # a name that is given to itself
            r"[-+] 0(?![\w.])|(?<![\w.])0 [+]",  # a 0 that is added
            r"\*\* ?\(?1\)?(?![\w./ ])|(?<![\w.])1 ?\* ?(?!\*)|(?<!\*)\* ?1(?![\w.])",  # a factor of 1
            r"[-+*/]= [+-] \w",  # a sign that stands alone
            r"sqrt\([\w.]+(?:\([\w., =]*\))? ?\*\* ?2\)|sqrt\(([\w.]+) ?\* ?\2\)",  # the root of a square
        ]
    ),
    re.M,
)
"""What does nothing, or reads as nobody would write it."""

CHANGES_A_LIST = re.compile(r"append|extend|insert|\+=|\]\s*=")
"""What is in every text in which a list may feed itself, and soon looked for."""


def feeding(text: str) -> int:
    """In how many places a list is put into itself, by its own name or by a second one."""
    if not CHANGES_A_LIST.search(text):
        return 0
    second = sum(
        bool(re.search(rf"\b{b}\.append\([^()]*\b{a}\b", text)) for a, b in SECOND_NAME.findall(text)
    )
    return len(FEEDS_ITSELF.findall(text)) + second


OF_A_RESULT = re.compile(r"^.*[)\]]\.(?=\w+$)")
"""What stands before a method, where it is no name: the method alone says which one is meant."""

TOKEN = re.compile(r"\w+|[^\w\s]")


def candidates(answer: Answer, until: float = math.inf) -> Iterator[Candidate]:
    """Every answer that is one edit away, each text once, the cheapest way to it.

    None where that has taken longer than `until`, by this process's own time: a text of two hundred lines,
    each with a name of its own, has hundreds of thousands.
    """
    found: dict[str, Candidate] = {}
    feeds = feeding(answer.text)
    modules = "|".join(map(re.escape, answer.modules)) or "$^"
    into_a_module = re.compile(rf"(?m)^\s*(?:{modules})\.[\w.]+\s*[-+*/%@]*=(?!=)")
    written, idle = len(into_a_module.findall(answer.text)), len(IDLE.findall(answer.text))
    for kind in TABLE.values():
        for change in kind.make(answer):
            text = answer.changed(change)
            cost = kind.cost + change.extra
            known = found.get(text)
            less = known is None or (cost, -kind.tells) < (known.cost, -known.edits[0].tells)
            if text == answer.text or not less:
                continue
            if time.process_time() > until:
                return
            if feeding(text) > feeds or len(into_a_module.findall(text)) > written:
                continue  # the latter would stay when the candidate is long forgotten
            if len(IDLE.findall(text)) > idle:
                continue
            size = size_of(answer, change)
            if size > MAX_NEW_TOKENS:
                continue
            line = answer.line_of(min(start for start, _, _ in change.splices))
            old = OF_A_RESULT.sub(".", change.old)
            found[text] = Candidate(
                text, (kind,), (old,), cost, line, size, answer.text, change.splices, change.about
            )
    yield from found.values()


def places(
    text: str, splices: tuple[tuple[int, int, str], ...]
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int, str], ...]]:
    """Where splices take something out of a text, and where they have put something in its place."""
    taken, put, moved = [], [], 0
    for start, end, new in sorted(splices):
        old = text[start:end]
        kept = old.find(new) if new else -1
        if kept >= 0:  # what stands around it goes
            around = [(start, start + kept), (start + kept + len(new), end)]
            taken += [(a, b) for a, b in around if a < b]
            moved += len(new) - len(old)
            continue
        head = common(old, new)
        tail = common(old[head:][::-1], new[head:][::-1])
        taken.append((start + head, end - tail))
        if "\n" not in new:
            put.append((start + head + moved, start + len(new) - tail + moved, old[head : len(old) - tail]))
        moved += len(new) - len(old)
    return tuple(taken), tuple(put)


def common(a: str, b: str) -> int:
    """How many characters two texts have in common at their beginning."""
    return next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))


def undoes(first: Candidate, second: Candidate) -> bool:
    """Whether the second of two edits changes what the first one has only just put there."""
    taken, put = second.places[0], first.places[1]
    return any(s < b and a < e and first.text[a:b] not in old for a, b in taken for s, e, old in put)


def size_of(answer: Answer, change: Change) -> int:
    """How many words and signs come in or go out; a line that only moves counts little."""
    total = 0
    for start, end, new in change.splices:
        before, after = TOKEN.findall(answer.text[start:end]), TOKEN.findall(new)
        if sorted(before) == sorted(after):
            total += 1
            continue
        for token in before:
            if token in after:
                after.remove(token)
            else:
                total += token not in "()[],.:"
        total += sum(token not in "()[],.:" for token in after)
    return total
