"""Small changes of a student's own text, each with the words that explain it: see `table`."""

from . import (
    calls,
    constants,
    copies,
    functions,
    keywords,
    lines,
    lists,
    loops,
    loops_rounds,
    methods,
    modules,
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
    modules,
    operators,
    constants,
    values,
    objects,
    methods,
    results,
    lists,
    lines,
    copies,
    loops,
    loops_rounds,
)
