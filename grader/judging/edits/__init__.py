"""Small changes of a student's own text, each with the words that explain it: see `table`."""

from . import (
    calls,
    constants,
    functions,
    keywords,
    lines,
    lists,
    loops,
    names,
    objects,
    operators,
    parameters,
    results,
    values,
)
from .table import TABLE, TOKEN, Candidate, Edit, candidates, undoes

__all__ = ["TABLE", "TOKEN", "Candidate", "Edit", "candidates", "undoes"]
FILES = (
    names,
    parameters,
    calls,
    keywords,
    functions,
    operators,
    constants,
    values,
    objects,
    results,
    lists,
    lines,
    loops,
)
