"""What nbgrader and nbconvert import and nobody calls here is left for the day on which somebody does.

Imported first by what imports either. nbgrader brings its server's handlers along, nbconvert's Markdown an
HTML parser, a sanitizer and a kernel's client; jsonschema, which nbformat imports, builds a grammar of
international web addresses when it finds the package rfc3987_syntax, and does without when it does not.
No notebook is checked against it. Together that is seconds of each process.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

SERVER = ("assignment_list", "course_list", "validate_assignment", "formgrader")


class Later(ModuleType):
    """Stands for a module while another takes functions from it: they import it when they are called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **kwargs: getattr(import_module(self.__name__), name)(*args, **kwargs)


@contextmanager
def only(packages: tuple[str, ...] = (), later: tuple[str, ...] = ()) -> Iterator[None]:
    """Import modules of `packages` without running these, and what is taken from `later` when it is called.

    Afterwards whatever was not there before is forgotten: who imports one of them then gets all of it.
    """
    before = set(sys.modules)
    for name in packages:
        if name not in before:
            spec = find_spec(name)
            assert spec is not None  # a requirement of ours
            sys.modules[name] = module_from_spec(spec)
    sys.modules.update({name: Later(name) for name in later if name not in before})
    try:
        yield
    finally:
        for name in set(sys.modules) - before:
            if name in later or name.startswith(packages):
                del sys.modules[name]


with only(later=tuple(f"nbgrader.server_extensions.{name}" for name in SERVER)):
    import nbgrader  # noqa: F401
