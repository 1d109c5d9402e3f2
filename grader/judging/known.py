"""What was found for a wrong text: remembered by its process, and shared with others that judge beside it.

In a class the same mistakes come again and again; a search for a repair takes longer than all the rest of
judging. Only our own processes see the folder in which they share: no student's code does.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Hashable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Generic, TypeVar

MOST = 1_000  # texts that a process remembers, and that it tells the others

Found = TypeVar("Found")


class Known(Generic[Found]):
    """By a key whose `repr` is the same in each process: what was found, or who has searched in vain.

    Those are texts: a student's name, or nothing where it is known to be always the same.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` is there, and shared; without it a process keeps to itself."""
        self.own: dict[str, list[Found | str]] = {}
        self.folder, self.told = folder, 0

    def of(self, key: Hashable) -> list[Found | str]:
        """What is known of it, here or elsewhere."""
        name = digest(key)
        mine = self.own.get(name, [])
        if found_in(mine) or self.folder is None:
            return mine
        with suppress(OSError):  # nobody has told of it
            theirs: list[Found | str] = pickle.loads((self.folder / name).read_bytes())
            return max(mine, theirs, key=lambda known: (bool(found_in(known)), len(known)))
        return mine

    def keep(self, key: Hashable, found: list[Found | str]) -> None:
        while len(self.own) >= MOST:
            self.own.pop(next(iter(self.own)))
        name = digest(key)
        self.own[name] = found
        if self.folder is not None and self.told < MOST:
            self.told += 1
            with suppress(OSError):  # a full disk: the others search for themselves
                draft = self.folder / f"{os.getpid()}"
                draft.write_bytes(pickle.dumps(found))
                draft.replace(self.folder / name)


def found_in(known: Sequence[Found | str]) -> Found | None:
    """What was found; None where all have searched in vain."""
    return next((found for found in known if not isinstance(found, str)), None)


def searches_in_vain(known: Sequence[object]) -> int:
    """How many there were; those of one student count as one, whatever that student's kernel has said."""
    names = [name for name in known if isinstance(name, str)]
    return names.count("") + len({*names} - {""})


def digest(key: Hashable) -> str:
    """What stands for a key, so that a stranger's texts are not kept."""
    return sha256(repr(key).encode("utf-8", "replace")).hexdigest()
