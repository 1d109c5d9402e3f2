"""A chapter of the course: what one nbgrader assignment holds."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType

from .definition import DefinitionError, check_definition
from .exercise import Exercise


@dataclass(frozen=True)
class Chapter:
    """One nbgrader assignment: its name, its title, and its exercises in the order they are met."""

    name: str
    title: str
    exercises: tuple[Exercise, ...]
    number: int = 1
    """Its place in the course; no two have the same."""

    taught: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The words that a lesson teaches, by its name: no lesson before it uses them."""

    def words_after(self, lesson: str) -> frozenset[str]:
        """The words that are taught after a lesson."""
        return frozenset().union(*(words for name, words in self.taught.items() if name > lesson))

    @property
    def lessons(self) -> tuple[str, ...]:
        """The names of its lessons, in order."""
        return tuple(dict.fromkeys(exercise.lesson for exercise in self.exercises))

    @property
    def points(self) -> float:
        """What all its exercises are worth together."""
        return sum(exercise.points for exercise in self.exercises)


def collect_chapter(
    package: str, title: str, number: int = 1, taught: Mapping[str, frozenset[str]] | None = None
) -> Chapter:
    """The chapter of a folder: each module of it that has an `EXERCISE` is one.

    They are met in the order of their lessons, and of their numbers within a lesson. Raises
    DefinitionError where one is not whole, or two have the same place.
    """
    modules = [module for module in modules_of(package) if hasattr(module, "EXERCISE")]
    placed: dict[tuple[str, int], ModuleType] = {}
    for module in modules:
        exercise = module.EXERCISE
        check_definition(exercise, file_of(module))
        other = placed.setdefault((exercise.lesson, exercise.number), module)
        if other is not module:
            raise DefinitionError(
                file_of(module),
                f"{exercise.name} is number {exercise.number} of {exercise.lesson}, as in {other.__file__}.",
                "Give one of them another number=.",
            )
    exercises = tuple(placed[place].EXERCISE for place in sorted(placed))
    return Chapter(package.rpartition(".")[2], title, exercises, number, taught or {})


def file_of(module: ModuleType) -> str:
    return module.__file__ or module.__name__


def modules_of(package: str) -> list[ModuleType]:
    """The modules of a package, imported, in the order of their names."""
    path = import_module(package).__path__
    return [import_module(f"{package}.{found.name}") for found in pkgutil.iter_modules(path)]


def collect_course(package: str) -> dict[str, Chapter]:
    """The chapters of the course by name, in their order: each folder of it that defines a `CHAPTER`.

    Raises DefinitionError where two have the same place.
    """
    placed: dict[int, ModuleType] = {}
    for module in modules_of_folders(package):
        if hasattr(module, "CHAPTER"):
            other = placed.setdefault(module.CHAPTER.number, module)
            if other is not module:
                what = f"it is chapter {module.CHAPTER.number} of the course, as {file_of(other)} is."
                raise DefinitionError(file_of(module), what, "Give one of them another number=.")
    chapters = [placed[number].CHAPTER for number in sorted(placed)]
    return {chapter.name: chapter for chapter in chapters}


def modules_of_folders(package: str) -> list[ModuleType]:
    path = import_module(package).__path__
    folders = [found.name for found in pkgutil.iter_modules(path) if found.ispkg]
    return [import_module(f"{package}.{name}") for name in folders]


def exercises_by_name(chapters: Iterable[Chapter]) -> dict[str, Exercise]:
    """All exercises. Raises DefinitionError where two have one name: `check("name")` knows no chapter."""
    exercises: dict[str, Exercise] = {}
    for exercise in (exercise for chapter in chapters for exercise in chapter.exercises):
        other = exercises.setdefault(exercise.name, exercise)
        if other is not exercise:
            raise DefinitionError(
                exercise.file, f"{exercise.name} is defined in {other.file} too.", "Rename one of the two."
            )
    for exercise in exercises.values():
        if taken := exercises.keys() & set(exercise.formerly):
            raise DefinitionError(
                exercise.file,
                f"{exercise.name} was formerly {', '.join(sorted(taken))}, which is there again.",
                "Take the name out of formerly=, or rename the other.",
            )
    return exercises
