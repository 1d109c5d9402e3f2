"""A chapter of the course: what one nbgrader assignment holds."""

from __future__ import annotations

from dataclasses import dataclass

from .exercise import Exercise


@dataclass(frozen=True)
class Chapter:
    """One nbgrader assignment: its name, its title, and its exercises in the order they are met."""

    name: str
    title: str
    exercises: tuple[Exercise, ...]

    @property
    def lessons(self) -> tuple[str, ...]:
        """The names of its lessons, in order."""
        return tuple(dict.fromkeys(exercise.lesson for exercise in self.exercises))

    @property
    def points(self) -> float:
        """What all its exercises are worth together."""
        return sum(exercise.points for exercise in self.exercises)
