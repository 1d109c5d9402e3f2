"""How a mistake is derived from a reference, and of which results it is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from .exercise import Code

Function = Callable[..., Any]
Derive = Callable[[Any], Code]


class Result(NamedTuple):
    """A call of the reference in a small case, and what it gave."""

    arguments: tuple[Any, ...]
    right: Any


Results = list[Result]
Fits = Callable[[str, Results], bool]


def of_result(change: Function) -> Derive:
    """What spoils a right result by `change`: what a function returns, or what forward stores."""

    def derive(reference: Any) -> Code:
        if isinstance(reference, type):
            return changed_output(reference, lambda inputs, output: change(output))
        return lambda *arguments: change(reference(*arguments))

    return derive


def of_arguments(spoil: Function) -> Derive:
    """What gives `spoil(inputs, right result)`: as a function, or stored by forward."""

    def derive(reference: Any) -> Code:
        if isinstance(reference, type):
            return changed_output(reference, spoil)
        return lambda inputs: spoil(inputs, reference(inputs))

    return derive


def changed_output(reference: Any, spoil: Function) -> type:
    def forward(self: Any, inputs: Any) -> None:
        reference.forward(self, inputs)
        self.output = spoil(inputs, self.output)

    return type(reference.__name__, (reference,), {"forward": forward})


def of_forward(change: Function) -> Derive:
    """What makes a class whose forward does with the right output what `change(self, output)` does."""

    def derive(reference: Any) -> Code:
        def forward(self: Any, inputs: Any) -> Any:
            reference.forward(self, inputs)
            return change(self, self.__dict__.pop("output"))

        return type(reference.__name__, (reference,), {"forward": forward})

    return derive


def written_into(inputs: Any, right: Any) -> Any:
    inputs[:] = right
    return inputs


def made_of_inputs(reference: Any) -> type:
    def __init__(self: Any, inputs: Any) -> None:
        self.inputs = inputs

    return type(reference.__name__, (reference,), {"__init__": __init__})


def without_self(reference: Any) -> type:
    def forward(inputs: Any) -> None:
        return None

    return type(reference.__name__, (reference,), {"forward": forward})


# When a mistake is one


def function(kind: str, results: Results) -> bool:
    return kind == "function"


def a_class(kind: str, results: Results) -> bool:
    return kind == "class"


def lists(kind: str, results: Results) -> bool:
    return bool(results) and all(isinstance(result.right, list) for result in results)


def arrays(kind: str, results: Results) -> bool:
    return bool(results) and all(isinstance(result.right, np.ndarray) for result in results)


def several(kind: str, results: Results) -> bool:
    return lists(kind, results) or arrays(kind, results)


def batches(kind: str, results: Results) -> bool:
    return arrays(kind, results) and all(result.right.ndim == 2 for result in results)


def fractions(kind: str, results: Results) -> bool:
    return any(np.any(np.asarray(result.right) % 1 != 0) for result in results)


def like_the_input(kind: str, results: Results) -> bool:
    """Whether each result has the form of the one argument, and some are not that argument."""
    return (
        several(kind, results)
        and all(len(result.arguments) == 1 for result in results)
        and all(type(result.arguments[0]) is type(result.right) for result in results)
        and all(np.shape(result.arguments[0]) == np.shape(result.right) for result in results)
        and not all(np.array_equal(result.arguments[0], result.right) for result in results)
    )


def not_sorted(kind: str, results: Results) -> bool:
    return several(kind, results) and not all(
        np.array_equal(np.sort(result.right, axis=-1), result.right) for result in results
    )


def no_palindromes(kind: str, results: Results) -> bool:
    return several(kind, results) and not all(
        np.array_equal(result.right[::-1], result.right) for result in results
    )


def made_of_nothing(kind: str, results: Results) -> bool:
    """Whether it is a class whose objects are made without arguments."""
    return kind == "class" and bool(results)
