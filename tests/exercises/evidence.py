"""What an exercise's evidence is: where it stands, what is right, and what is no mistake.

It is written by somebody who knows the contract and not the reference: it shares no case, no comparison
and no code with what it is held against.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import strategies as st


@dataclass(frozen=True)
class Equal:
    """A property of an exercise by which right answers, changed in one place, are right still.

    `change` is a regular expression for what is changed: `old lines -> new lines`.
    """

    change: str
    why: str


@dataclass(frozen=True)
class Claim:
    """What holds for a right answer and arguments drawn by a strategy: `check` asserts it."""

    name: str
    arguments: st.SearchStrategy
    check: Callable


@dataclass
class Evidence:
    """What is known of an exercise besides its module. The evidence on `x` is the EVIDENCE of x.py here."""

    lesson: str
    number: int
    """Its place within the lesson."""

    points: float
    right: dict[str, str]
    """Right answers, in the ways people write them: name -> the answer cell's text.

    `np` and `math` are imported in the lessons; what else an answer needs it imports itself.
    """

    is_right: Callable[[dict, object], bool]
    """The contract in other words: sees a notebook's names and a NumPy generator, gives True or False."""

    mutated: tuple[str, ...] = ()
    """Names in `right`: the spellings that are spoilt in one place, besides the reference."""

    equal: tuple[Equal, ...] = ()
    """Why some of those that are spoilt may keep full points."""

    claims: list[Claim] = field(default_factory=list)

    def holds(self, *arguments: st.SearchStrategy) -> Callable:
        """Decorator: the assertions of a function that gets the answer, and arguments drawn."""

        def add(check):
            self.claims.append(Claim(check.__name__, st.tuples(*arguments), check))
            return check

        return add
