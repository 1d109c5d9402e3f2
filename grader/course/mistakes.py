"""Mistakes that people make in every exercise, derived from its reference.

`recurring(EXERCISE)` at the end of an exercise's file adds all that fit what it asks for; a new
exercise so starts with a score of them. Those which it explains in better words of its own, or which
are none in it, are left out by name: `recurring(EXERCISE, without=("transposed",))`. With `only` it
adds no others than those. One of its own by the same name is kept.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .exercise import AnyCode, Call, Code, Exercise, Misconception, Ref

Function = Callable[..., Any]
Results = list[Any]
Derive = Callable[[Any], Code]
Fits = Callable[[str, Results], bool]


def storing(function: Function) -> type:
    """The class whose `forward` stores what `function` gives, explained in the same words."""

    def forward(self: Any, inputs: Any) -> None:
        self.output = function(inputs)

    explanation = (function.__doc__ or "").replace("layer_outputs", "inputs")
    return type(function.__name__, (), {"forward": forward, "__doc__": explanation, "written": function})


def also_wrong_in(*exercises: Exercise) -> Callable[[AnyCode], AnyCode]:
    """Decorator: people get these exercises wrong in this way too, in a class's forward as well."""

    def add(code: AnyCode) -> AnyCode:
        for exercise in exercises:
            is_method = exercise.kind == "class" and not isinstance(code, type)
            exercise.misconception(storing(code) if is_method else code)
        return code

    return add


@dataclass(frozen=True)
class Recurring:
    """A mistake of the library: what it makes of a reference, and of which results it is one."""

    name: str
    text: str
    derive: Derive
    fits: Fits
    """Sees the exercise's kind and the results of the reference on the small cases."""

    def of(self, exercise: Exercise) -> Misconception:
        """The mistake in this exercise."""
        code = self.derive(exercise._reference)
        code.__name__, code.__doc__ = self.name, self.text
        return Misconception.from_docstring(code)


LIBRARY: dict[str, Recurring] = {}


def recurring(exercise: Exercise, *, only: Iterable[str] = (), without: Iterable[str] = ()) -> None:
    """Add the library's mistakes to an exercise that has its reference and its small cases.

    Raises KeyError for a name that the library does not know, ValueError where it is called too early.
    """
    if exercise._reference is None or exercise._small is None:
        raise ValueError(
            f"{exercise.name}: recurring(EXERCISE) needs its reference and its small cases.\n"
            "Mend: write it as the last line of the file."
        )
    chosen = [LIBRARY[name] for name in only] if only else list(LIBRARY.values())
    left_out = {LIBRARY[name].name for name in without} | {own.id for own in exercise.misconceptions}
    results = results_of(exercise) if not only else []
    for mistake in chosen:
        if mistake.name not in left_out and (only or mistake.fits(exercise.kind, results)):
            exercise.misconceptions.append(mistake.of(exercise))


def results_of(exercise: Exercise) -> Results:
    """What a reference that is a function gives for the small cases."""
    reference, small = exercise._reference, exercise._small
    if reference is None or small is None or exercise.kind == "class":
        return []
    calls = [step for case in small() for step in case.steps if isinstance(step, Call)]
    if any(isinstance(arg, Ref) for call in calls for arg in call.args):
        return []
    return [reference(*copy.deepcopy(call.args)) for call in calls]


def of_result(change: Function) -> Derive:
    """What makes a function that spoils a right result by `change`."""

    def derive(reference: Any) -> Code:
        return lambda *arguments: change(reference(*arguments))

    return derive


def of_forward(change: Function) -> Derive:
    """What makes a class whose forward does with the right output what `change(self, output)` does."""

    def derive(reference: Any) -> Code:
        def forward(self: Any, inputs: Any) -> Any:
            reference.forward(self, inputs)
            return change(self, self.__dict__.pop("output"))

        return type(reference.__name__, (reference,), {"forward": forward})

    return derive


# When a mistake is one


def function(kind: str, results: Results) -> bool:
    return kind == "function"


def a_class(kind: str, results: Results) -> bool:
    return kind == "class"


def lists(kind: str, results: Results) -> bool:
    return bool(results) and all(isinstance(result, list) for result in results)


def arrays(kind: str, results: Results) -> bool:
    return bool(results) and all(isinstance(result, np.ndarray) for result in results)


def batches(kind: str, results: Results) -> bool:
    return arrays(kind, results) and all(result.ndim == 2 for result in results)


def fractions(kind: str, results: Results) -> bool:
    return any(np.any(np.asarray(result) % 1 != 0) for result in results)


def enter(name: str, text: str, derive: Derive, fits: Fits) -> None:
    LIBRARY[name] = Recurring(name, text, derive, fits)


ROUNDED = """The numbers are rounded.

Whoever goes on calculating with them needs all digits, also those nobody prints.

Try: leave out round; round only what you print.
"""


def rounded_to(digits: int) -> Derive:
    def change(result: Any) -> Any:
        return [round(x, digits) for x in result] if isinstance(result, list) else np.round(result, digits)

    def derive(reference: Any) -> Code:
        spoilt = of_result(change)
        return spoilt(reference) if not isinstance(reference, type) else rounded_output(reference, change)

    return derive


def rounded_output(reference: Any, change: Function) -> type:
    def forward(self: Any, inputs: Any) -> None:
        reference.forward(self, inputs)
        self.output = change(self.output)

    return type(reference.__name__, (reference,), {"forward": forward})


for _digits in (1, 2, 3, 4):
    enter(f"rounded_to_{_digits}", ROUNDED, rounded_to(_digits), fractions)

enter(
    "nothing_returned",
    """The result is lost: the function returns None.

    print shows a value to a person; only return hands it to the code that called.

    Try: end the function with return.
    """,
    of_result(lambda result: None),
    function,
)
enter(
    "array_for_a_list",
    """The result is an array; a list is asked for.

    The numbers are right, but code that goes on with a list relies on one.

    Try: result.tolist(), or collect the numbers with append.
    """,
    of_result(np.array),
    lists,
)
enter(
    "list_for_an_array",
    """The result is a list; an array is asked for.

    The numbers are right, but a list has no shape and no axes.

    Try: np.array(...) around the finished list.
    """,
    of_result(lambda result: result.tolist()),
    arrays,
)
enter(
    "first_alone",
    """Only the first result came out.

    A return inside the loop ends the function in the first round.

    Try: indent the return like the for, so that it runs once, after the loop.
    """,
    of_result(lambda result: result[0] if len(result) else result),
    lambda kind, results: lists(kind, results) or arrays(kind, results),
)
enter(
    "transposed",
    """Rows and columns of the result are exchanged.

    Each sample is a row, going in and coming out.

    Try: look for a .T, or for two swapped sizes.
    """,
    of_result(lambda result: result.T),
    batches,
)
enter(
    "flattened",
    """The numbers are right, but they stand in one flat row.

    ravel, flatten, or a loop over all elements gives one axis, whatever the array had.

    Try: keep the shape, or reshape the result.
    """,
    of_result(np.ravel),
    batches,
)
enter(
    "cut_to_integers",
    """The fractions are cut off.

    The result was put into an array of whole numbers, or made whole with int or astype(int).

    Try: let NumPy choose the type.
    """,
    of_result(lambda result: np.asarray(result).astype(int)),
    lambda kind, results: arrays(kind, results) and fractions(kind, results),
)
enter(
    "returned_not_stored",
    """forward returns the result, but does not store it.

    Layers hand their results on through the attribute `output`.

    Try: self.output = ... instead of return.
    """,
    of_forward(lambda self, output: output),
    a_class,
)
enter(
    "local_variable",
    """The result is lost when forward ends.

    `output = ...` makes a variable that lives only inside the method.

    Try: store it on the object: self.output = ...
    """,
    of_forward(lambda self, output: None),
    a_class,
)
enter(
    "shared_by_all_objects",
    """The output is stored on the class, so all objects share it.

    The second object's result overwrites the first one's.

    Try: self.output = ..., which belongs to one object.
    """,
    of_forward(lambda self, output: setattr(type(self), "output", output)),
    a_class,
)


def without_self(reference: Any) -> type:
    def forward(inputs: Any) -> None:
        return None

    return type(reference.__name__, (reference,), {"forward": forward})


enter(
    "no_self",
    """forward has no room for the object itself.

    Python hands every method the object as its first argument, which is called self by
    convention.

    Try: def forward(self, inputs):

    Only where: def forward[(](?! *self)
    """,
    without_self,
    a_class,
)
