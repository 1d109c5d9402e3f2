"""Which version nbgrader's tables have, without importing it."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path


def newest_version() -> str:
    """Of nbgrader's tables: the migration that no other follows."""
    made, followed = versions()
    (newest,) = made - followed
    return newest


def wrong_version(found: list[tuple]) -> str:
    """What is wrong with tables in which these versions stand; empty where nothing is."""
    if found == [(newest_version(),)]:
        return ""
    newer = found and found[0][0] not in versions()[0]
    return "a newer nbgrader made it" if newer else "no such table as this nbgrader's"


def versions() -> tuple[set[str], set[str]]:
    """All there are, and those that others follow. Their package is found, not imported."""
    folder = Path(find_spec("nbgrader").submodule_search_locations[0], "alembic", "versions")
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.py")]
    made, followed = (
        {match for text in texts for match in re.findall(rf"^{name} = '(\w+)'", text, re.M)}
        for name in ("revision", "down_revision")
    )
    return made, followed
