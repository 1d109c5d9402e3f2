"""What was found for a wrong text: remembered by its process, and shared with others that judge beside it.

In a class the same mistakes come again and again; a search for a repair takes longer than all the rest of
judging. Only our own processes see the folder in which they share: no student's code does.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Hashable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Generic, TypeVar

MOST = 1_000  # texts that a process remembers, and that it tells the others

Found = TypeVar("Found")


class Known(Generic[Found]):
    """By a key whose `repr` is the same in each process: what was found, the latest last."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` is there, and shared; without it a process keeps to itself."""
        self.own: dict[str, list[Found | None]] = {}
        self.folder, self.told = folder, 0

    def of(self, key: Hashable) -> list[Found | None]:
        """What was found for it, here or elsewhere; None for a search that found nothing."""
        name = digest(key)
        mine = self.own.get(name, [])
        if any(mine) or self.folder is None:
            return mine
        with suppress(OSError):  # nobody has told of it
            theirs: list[Found | None] = pickle.loads((self.folder / name).read_bytes())
            return max(mine, theirs, key=lambda found: (any(found), len(found)))
        return mine

    def keep(self, key: Hashable, found: list[Found | None]) -> None:
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


def digest(key: Hashable) -> str:
    """What stands for a key, so that a stranger's texts are not kept."""
    return sha256(repr(key).encode("utf-8", "replace")).hexdigest()
