"""What an exercise is: its contract, its cases, its reference and its misconceptions.

Everything here is plain Python: nothing in this module runs a student's code.
"""

from __future__ import annotations

import builtins
import inspect
import itertools
import keyword
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, TypeVar

import numpy as np

Kind = Literal["function", "class"]
CallMode = Literal["", "values", "whole", "places"]
GetMode = Literal["values", "fresh", "kept"]

Trait = Literal["rows are probabilities", "sums to 1"]
"""What is true of every right result, and may be said of a wrong one that lacks it."""

FaultKind = Literal["values", "constant", "counted", "repeated", "lost", "whole"]
"""The faults that an exercise may have words of its own for."""


@dataclass(frozen=True)
class Advice:
    """What is said of a fault for which no misconception is known: the exercise's own words."""

    title: str
    why: str
    hint: str
    part: str = ""
    """The part of the exercise's points that it is about, where not all."""


@dataclass(frozen=True)
class Ref:
    """An argument that is not data but something an earlier step of the case made."""

    name: str


@dataclass(frozen=True)
class Call:
    """Call `path`, a name of the student's or a method of something made before.

    `compare` is "" (what comes back is not judged: a constructor's result is only kept under `to`
    for later steps, and what a `forward` returns is nobody's business), "values" (equal to the
    reference's) or "whole" (that, and of an integer dtype)
    or "places" (of its shape, whatever the numbers).
    """

    path: str
    args: tuple[Any, ...] = ()
    to: str = "result"
    compare: CallMode = ""


@dataclass(frozen=True)
class Set:
    """Assign `value` to the attribute `path`."""

    path: str
    value: Any


@dataclass(frozen=True)
class Get:
    """Read the attribute `path`.

    `compare` is "values" (equal to the reference's), "fresh" (the reference's shape, and random
    numbers that no other `Get` of the case has seen) or "kept" (numbers that one has seen).
    """

    path: str
    compare: GetMode = "values"


@dataclass(frozen=True)
class Lend:
    """For the rest of the case, what these classes of the notebook compute: {name: expression}.

    The expression reads `self`, `inputs` and `np`, and its value is what `forward` stores. So it shows
    whether objects are joined as asked for, whatever each of them gets wrong.
    """

    classes: Mapping[str, str]


Step = Call | Set | Get | Lend

Code = Callable[..., Any] | type
"""An answer as it stands in a notebook: a function or a class."""


@dataclass(frozen=True)
class Case:
    """One call to the student's object, spelt out as steps. `part` names what its points are for."""

    steps: tuple[Step, ...]
    part: str = ""
    is_random: bool = False
    is_edge: bool = False
    """Whether it is odd: it is shown only where no other readable case fails."""

    @property
    def given(self) -> list[Any]:
        """What the student's object is handed: all arguments, and what is set on it."""
        values = [a for s in self.steps for a in (s.args if isinstance(s, Call) else [])]
        values += [s.value for s in self.steps if isinstance(s, Set)]
        return [value for value in values if not isinstance(value, Ref)]

    @property
    def size(self) -> int:
        """How many numbers a reader has to look at; the smallest failing case is the one shown."""
        return sum(int(np.size(value)) for value in self.given)


@dataclass(frozen=True)
class Part:
    """A share of an exercise's points that is earned as a whole.

    `needs` names a part without which this one earns nothing.
    """

    name: str
    points: float
    needs: str = ""


@dataclass(frozen=True)
class Share:
    """Another exercise's object that is written again here: judged as it is there, for so many points."""

    exercise: Exercise
    points: float


@dataclass(frozen=True)
class Misconception:
    """A wrong implementation that people really write, with the explanation that helps."""

    id: str
    title: str
    why: str
    hint: str
    code: Code
    only_where: str = ""
    """A pattern that an answer's text has to hold: other code may behave alike for another reason."""

    @cached_property
    def claims(self) -> frozenset[str]:
        """Words of Python and NumPy that its code uses and its explanation names: an answer has to hold them.

        Worked out when it is asked for: to look up a class's text takes as long as to judge an answer.
        """
        return claimed(f"{self.title} {self.why}", self.code)

    @classmethod
    def from_docstring(cls, code: Code) -> Misconception:
        """Read title, reason and hint from the docstring: first line, body, and `Try:` paragraph.

        A paragraph `Only where:` holds a pattern of text without which the answer is not explained so.

        Raises ValueError where one of the three is missing: no mistake goes unexplained.
        """
        paragraphs = re.split(r"\n\s*\n", inspect.getdoc(code) or "")
        title, *body = (" ".join(p.split()) for p in paragraphs)
        where = [p.removeprefix("Only where:").strip() for p in body if p.startswith("Only where:")]
        why = [p for p in body if not p.startswith(("Try:", "Only where:"))]
        hints = [p.removeprefix("Try:").strip() for p in body if p.startswith("Try:")]
        if not (title and why and len(hints) == 1):
            raise ValueError(
                f"{code.__module__}.{code.__qualname__}: its docstring needs a title line, "
                "a paragraph that says why, and one paragraph that begins with 'Try:'"
            )
        return cls(code.__name__, title, " ".join(why), hints[0], code, "".join(where))


@dataclass(frozen=True)
class SecondWay:
    """Another right answer, for whoever has one: its code, and why it comes to the same."""

    code: Code
    why: str

    @classmethod
    def from_docstring(cls, code: Code) -> SecondWay:
        """Read the reason from the docstring. Raises ValueError where there is none."""
        why = " ".join((code.__doc__ or "").split())
        if not why:
            raise ValueError(f"{code.__module__}: the docstring of a second way says why it is the same")
        return cls(code, why)


KNOWN = {*dir(builtins), *dir(np), *keyword.kwlist} - {"for", "in", "if", "e", "i"}
"""Words that mean the same in every answer, other than names which each chooses."""

QUOTED = re.compile(r"`[^`]+`|\bnp\.\w+")


def claimed(told: str, code: Code) -> frozenset[str]:
    """The words of Python and NumPy that an explanation quotes and the explained code uses."""
    words = {word for quoted in QUOTED.findall(told) for word in re.findall(r"\w+", quoted)}
    return frozenset(words & KNOWN & set(re.findall(r"\w+", source_of(code))))


def source_of(code: Code) -> str:
    """The text of our own code, without what it is explained with; "" where there is none."""
    written = getattr(code, "written", code)
    try:
        return inspect.getsource(written).split('"""')[-1]
    except (OSError, TypeError):
        return ""


SmallCases = Callable[[], Iterable[Case]]
RandomCases = Callable[[np.random.Generator], Iterable[Case]]
AnyCode = TypeVar("AnyCode", bound=Code)


@dataclass
class Exercise:
    """One thing the student writes, with a name, points and a contract."""

    name: str
    lesson: str
    kind: Kind
    parts: tuple[Part, ...]
    reward: str
    signature: str
    """How the object is called, for messages: `relu_if(inputs)`."""

    object_name: str = ""
    """The name the student defines, where it differs from the exercise's: `Activation_ReLU`."""

    number: int = 1
    """Its place within the lesson; no two of a lesson have the same."""

    formerly: tuple[str, ...] = ()
    """Names that it had when it was handed out before: their answers and marks are its own."""

    advice: dict[FaultKind, Advice | tuple[Advice, ...]] = field(default_factory=dict)
    """Words of its own for faults. A case that asks for "fresh", "kept" or "whole" needs some."""

    traits: frozenset[Trait] = frozenset()

    stand_ins: tuple[type, ...] = ()
    """Classes by whose names the cases call, for a notebook that defines none of them."""

    shares: tuple[Share, ...] = ()
    """What else is written in the same answer; what is left of the points is for the object itself."""

    remark: Callable[[Sequence[Any]], str] | None = None
    """What is worth a word, and never a point, about the random arrays of a right answer; "" for nothing."""

    misconceptions: list[Misconception] = field(default_factory=list)
    second: SecondWay | None = None
    _reference: Code | None = None
    _small: SmallCases | None = None
    _random: RandomCases | None = None
    _lent: RandomCases | None = None
    remembered: dict[int, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What the judge has reckoned for it, by seed."""

    def __post_init__(self) -> None:
        self.object_name = self.object_name or self.name

    @property
    def points(self) -> float:
        points = sum(part.points for part in self.parts) + sum(share.points for share in self.shares)
        return int(points) if points == int(points) else points

    @property
    def file(self) -> str:
        """Where its reference is written."""
        return str(sys.modules[self._reference.__module__].__file__)

    def reference(self, code: AnyCode) -> AnyCode:
        """Decorator: this is the right answer the judge compares with."""
        self._reference = code
        return code

    def misconception(self, code: AnyCode) -> AnyCode:
        """Decorator: this is a wrong answer people write, explained in its docstring."""
        self.misconceptions.append(Misconception.from_docstring(code))
        return code

    def second_way(self, code: AnyCode) -> AnyCode:
        """Decorator: this is right as well, and its docstring says why."""
        self.second = SecondWay.from_docstring(code)
        return code

    @property
    def second_text(self) -> str:
        """The second way as it would stand in an answer cell; "" where there is none."""
        if self.second is None:
            return ""
        head = f"class {self.object_name}" if self.kind == "class" else f"def {self.signature}"
        return f"{head}:\n{source_of(self.second.code).strip(chr(10))}".rstrip()

    def small_cases(self, make: SmallCases) -> SmallCases:
        """Decorator: the cases a person can check in the head, in the order they should be met."""
        self._small = make
        return make

    def random_cases(self, make: RandomCases) -> RandomCases:
        """Decorator: a generator of cases from a `numpy.random.Generator`."""
        self._random = make
        return make

    def lent_cases(self, make: RandomCases) -> RandomCases:
        """Decorator: a generator of cases with lent classes. Who is right there is right."""
        self._lent = make
        return make

    def cases(self, seed: int) -> list[Case]:
        """All cases of one judgement: the readable ones, then the random ones of this seed."""
        assert self._small and self._random  # or it would not be in the course
        rng = np.random.default_rng(seed)
        drawn = (replace(c, is_random=True) for c in self._random(rng))
        return [*self._small(), *drawn]

    def abridged(self, each: int = 3) -> Exercise:
        """The same with one of so many random cases: where it is a share, others are judged as well."""

        def random(rng: np.random.Generator) -> Iterator[Case]:
            assert self._random  # or it would not be in the course
            return itertools.islice(self._random(rng), 0, None, each)

        return replace(self, _random=random)

    def lent(self, seed: int) -> list[Case]:
        """The cases with lent classes, all random."""
        drawn = self._lent(np.random.default_rng(seed)) if self._lent else ()
        return [replace(case, is_random=True) for case in drawn]

    def case(self, *args: Any, part: str = "", compare: CallMode = "values", is_edge: bool = False) -> Case:
        """The case that calls the student's function with `args`; its result is judged."""
        return Case((Call(self.object_name, args, compare=compare),), part, is_edge=is_edge)

    def forward_case(self, *batches: Any, part: str = "", is_edge: bool = False) -> Case:
        """One object, `forward` called on each batch in turn, `output` judged after each."""
        steps: list[Step] = [Call(self.object_name, (), to="layer")]
        for batch in batches:
            steps += [Call("layer.forward", (batch,)), Get("layer.output")]
        return Case(tuple(steps), part, is_edge=is_edge)

    def two_objects_case(self, first: Any, second: Any, part: str = "") -> Case:
        """Two objects, each with a batch of its own: the first must keep its output."""
        steps = (
            Call(self.object_name, (), to="first"),
            Call(self.object_name, (), to="second"),
            Call("first.forward", (first,)),
            Call("second.forward", (second,)),
            Get("first.output"),
            Get("second.output"),
        )
        return Case(steps, part)

    def namespace(self, code: Code | None = None) -> dict[str, Any]:
        """What a notebook that answers with `code` (the reference, unless given) has defined."""
        theirs = {share.exercise.object_name: share.exercise._reference for share in self.shares}
        return {**theirs, self.object_name: code or self._reference}


def one_part(points: float) -> tuple[Part, ...]:
    """An exercise whose points are earned together."""
    return (Part("", points),)
