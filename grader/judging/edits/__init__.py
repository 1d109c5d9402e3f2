"""Small changes of a student's own text, each with the words that explain it: see `table`."""

from . import (
    calls,
    functions,
    keywords,
    lines,
    lists,
    loops,
    names,
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
    values,
    results,
    lists,
    lines,
    loops,
)
