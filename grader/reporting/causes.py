"""What a class holds: causes by frequency, answers that are alike, and where students stopped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ..course.chapter import Chapter
from ..judging.alike import code_only, edits_of, group_of, is_cause, line_of
from ..judging.verdict import Finding, Verdict
from .data import ClassData


@dataclass
class Group:
    """Answers that make the same mistake, with one of them as an example."""

    name: str
    """What a comment for all of them is given by."""

    exercise: str
    finding: Finding
    rows: list[int] = field(default_factory=list)

    @property
    def edit(self) -> str:
        """The proven change, by name; empty where none is known."""
        return edits_of(self.finding)

    @property
    def example(self) -> dict[str, str]:
        """Code of one answer without a name: its line, and the change that mends it where one is proven."""
        return {
            "line": line_of(self.finding),
            "after": code_only(self.finding.after),
            "case": self.finding.code,
            "expected": self.finding.expected,
            "got": self.finding.got,
        }


@dataclass
class Cause:
    """One misconception, proven edit or symptom in one exercise, and the groups of answers that have it."""

    exercise: str
    lesson: str
    id: str
    groups: list[Group]
    wrote: int
    """How many wrote an answer to the exercise: what its frequency is a share of."""

    @property
    def finding(self) -> Finding:
        """That of its largest group."""
        return self.groups[0].finding

    @property
    def rows(self) -> list[int]:
        return sorted({row for group in self.groups for row in group.rows})

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def share(self) -> float:
        return self.count / self.wrote

    @property
    def basis(self) -> str:
        """What it rests on, in words."""
        proven = sum(len(group.rows) for group in self.groups if group.edit)
        if proven:
            of = "" if proven == self.count else f" for {proven} of {self.count}"
            return f"proven{of}: with a small change the very same answer is right on all cases"
        if is_cause(self.finding):
            return "behaves as this misconception does on all cases"
        return "what happened; its cause is not known"


@dataclass(frozen=True)
class Wording:
    """How a cause is told in some exercises; in others it may happen to something else."""

    title: str
    why: str
    causes: list[Cause]


@dataclass(frozen=True)
class Topic:
    """What one talk clears up: the same cause in any number of exercises, the most frequent first."""

    causes: list[Cause]

    @property
    def finding(self) -> Finding:
        return self.causes[0].finding

    @property
    def wordings(self) -> list[Wording]:
        """What is said of it, with the exercises of which each is true."""
        said: dict[tuple[str, str], list[Cause]] = defaultdict(list)
        for cause in self.causes:
            said[cause.finding.title, cause.finding.why].append(cause)
        return [Wording(title, why, causes) for (title, why), causes in said.items()]

    @property
    def count(self) -> int:
        """How many students."""
        return len({row for cause in self.causes for row in cause.rows})


@dataclass(frozen=True)
class Stop:
    """Students after whose last written exercise nothing follows."""

    exercise: str
    lesson: str
    next: str
    """The exercise that they did not write."""

    rows: list[int]


def find_groups(
    data: ClassData, shown: Callable[[Finding], Finding] = lambda finding: finding
) -> list[Group]:
    """Answers grouped by what is wrong with them, the largest group first; examples as they are `shown`."""
    groups: dict[str, Group] = {}
    for row, verdict in data.verdicts:
        if name := group_of(verdict):
            if name not in groups:
                groups[name] = Group(name, verdict.exercise, shown(verdict.findings[0]))
            groups[name].rows.append(row)
    order = order_of(data.chapter)
    return sorted(groups.values(), key=lambda group: (-len(group.rows), order[group.exercise], group.name))


def find_causes(data: ClassData, groups: Iterable[Group]) -> list[Cause]:
    """Groups gathered by their cause, the most frequent first, known causes before mere symptoms."""
    gathered: dict[tuple[str, str, str], list[Group]] = defaultdict(list)
    for group in groups:
        symptom = "" if is_cause(group.finding) else group.finding.title
        gathered[group.exercise, group.finding.id, symptom].append(group)
    lessons = {exercise.name: exercise.lesson for exercise in data.chapter.exercises}
    wrote = written_by(data)
    causes = [
        Cause(exercise, lessons[exercise], cause, members, len(wrote[exercise]))
        for (exercise, cause, _), members in gathered.items()
    ]
    order = order_of(data.chapter)
    return sorted(causes, key=lambda cause: (-cause.count, order[cause.exercise], cause.id))


def find_topics(causes: Iterable[Cause]) -> list[Topic]:
    """Causes that can be explained, together where they have one name, or else one reason; those that most
    students have first, then those of most answers."""
    gathered: dict[str, list[Cause]] = defaultdict(list)
    for cause in causes:
        if cause.finding.why:
            kind, _, name = cause.id.rpartition(".")
            gathered[name if kind not in ("", "edit") else cause.finding.why].append(cause)
    topics = map(Topic, gathered.values())
    return sorted(topics, key=lambda topic: (-topic.count, -sum(cause.count for cause in topic.causes)))


def order_of(chapter: Chapter) -> dict[str, int]:
    return {exercise.name: number for number, exercise in enumerate(chapter.exercises)}


def written_by(data: ClassData) -> dict[str, set[int]]:
    """The rows that wrote an answer, by exercise."""
    wrote: dict[str, set[int]] = defaultdict(set)
    for row, verdict in data.verdicts:
        if verdict.status != "unwritten":
            wrote[verdict.exercise].add(row)
    return wrote


def find_stops(data: ClassData) -> list[Stop]:
    """Who stopped at the same place: after the last exercise that each of them wrote, in course order.

    Who wrote the last exercise, or handed in a later lesson that cannot be read, did not stop.
    """
    exercises, wrote = data.chapter.exercises, written_by(data)
    stops: dict[int, list[int]] = defaultdict(list)
    for row, outcome in enumerate(data.outcomes):
        reached = [
            number
            for number, exercise in enumerate(exercises)
            if row in wrote[exercise.name] or outcome.state_of(exercise.lesson) in ("unreadable", "unclear")
        ]
        last = reached[-1] if reached else -1
        if last < len(exercises) - 1:
            stops[last].append(row)
    return [
        Stop(
            exercises[last].name if last >= 0 else "",
            exercises[last].lesson if last >= 0 else "",
            exercises[last + 1].name,
            rows,
        )
        for last, rows in sorted(stops.items())
    ]


def status_counts(data: ClassData) -> dict[str, dict[str, int]]:
    """How many answers to each exercise have which status; those never handed in are "missing"."""
    counts = {exercise.name: dict.fromkeys(STATUSES, 0) for exercise in data.chapter.exercises}
    for _, verdict in data.verdicts:
        counts[verdict.exercise][shown_status(verdict)] += 1
    for of_exercise in counts.values():
        of_exercise["missing"] = len(data.outcomes) - sum(of_exercise.values())
    return counts


STATUSES = ("right", "partial", "wrong", "unwritten", "missing")


def shown_status(verdict: Verdict) -> str:
    return verdict.status if verdict.status in STATUSES else "wrong"
