"""What a damage is, and all of them by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .notebook import BOTH


@dataclass(frozen=True)
class Damage:
    """What was done to a good notebook, and what it should come to.

    `note` is a pattern for the intake's notes together; empty where there is nothing to say.
    `loses` names the exercises that get no points any more.
    """

    make: Callable
    note: str = ""
    loses: tuple[str, ...] = ()
    readable: bool = True


ODD: dict[str, Damage] = {}

TWICE = "answer cell of relu_if is there 2 times"

IN_AN_ADDED_CELL = "answer cell of relu_if holds no answer; the cell that defines relu_if counts"

LOST_IDS = "had lost nbgrader's ids"

LOST = "answer cell of relu_if was not found by its id.*answer cell of relu_max was not found by its id"


def odd(note: str = "", loses: tuple[str, ...] = (), readable: bool = True):
    """Decorator: a function that turns a good notebook into a damaged one, or into a file's bytes."""

    def register(make):
        ODD[make.__name__] = Damage(make, note, loses, readable)
        return make

    return register


def unreadable(name: str, note: str, make: Callable) -> None:
    ODD[name] = Damage(make, note, BOTH, readable=False)


# What may lie where a notebook should, and is no plain file. Each gets the path and a good file.


def matches(pattern: str, notes: list[str]) -> bool:
    """Whether the notes, one after the other, hold what the pattern asks for; an empty one: nothing."""
    return bool(re.search(pattern, " ".join(notes))) if pattern else not notes
