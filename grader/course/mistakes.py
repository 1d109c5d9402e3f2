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

from .deriving import (
    Derive,
    Fits,
    Function,
    Result,
    Results,
    a_class,
    arrays,
    batches,
    fractions,
    function,
    like_the_input,
    lists,
    made_of_inputs,
    made_of_nothing,
    no_palindromes,
    not_sorted,
    of_arguments,
    of_forward,
    of_result,
    several,
    without_self,
    written_into,
)
from .exercise import AnyCode, Call, Exercise, Misconception, Ref


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
    """What the reference gives for the small cases: as a function, or what forward stores."""
    reference, small = exercise._reference, exercise._small
    calls = [step for case in small() for step in case.steps if isinstance(step, Call)] if small else []
    if reference is None or any(isinstance(arg, Ref) for call in calls for arg in call.args):
        return []
    if exercise.kind == "class":
        reference = forward_as_function(reference)
        if any(call.args for call in calls if call.path == exercise.object_name):
            return []  # an object that is made of something: its forward alone says little
        calls = [call for call in calls if call.path.endswith(".forward")]
    return [Result(call.args, reference(*copy.deepcopy(call.args))) for call in calls]


def forward_as_function(reference: Any) -> Function:
    def function(inputs: Any) -> Any:
        layer = reference()
        layer.forward(inputs)
        return layer.output

    return function


def enter(name: str, text: str, derive: Derive, fits: Fits) -> None:
    LIBRARY[name] = Recurring(name, text, derive, fits)


ROUNDED = """The numbers are rounded.

Whoever goes on calculating with them needs all digits, also those nobody prints.

Try: leave out round; round only what you print.
"""


def rounded_to(digits: int) -> Derive:
    def change(result: Any) -> Any:
        return [round(x, digits) for x in result] if isinstance(result, list) else np.round(result, digits)

    return of_result(change)


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

    Only where: \\b(for|while)\\b
    """,
    of_result(lambda result: result[0] if len(result) else result),
    several,
)
enter(
    "last_alone",
    """Only the last result came out.

    Each round of the loop overwrites what the round before has made.

    Try: collect the results: append each of them to a list, or write it to its own place.

    Only where: \\b(for|while)\\b
    """,
    of_result(lambda result: result[-1] if len(result) else result),
    several,
)
enter(
    "without_the_last",
    """The last result is missing.

    range(len(...) - 1) and [:-1] stop one too early: range ends before its last number anyway.

    Try: count how often the loop runs for three numbers.
    """,
    of_result(lambda result: result[:-1]),
    several,
)
enter(
    "without_the_first",
    """The first result is missing.

    range(1, ...) and [1:] start at the second place: the first has the number 0.

    Try: print the position in the first round of the loop.
    """,
    of_result(lambda result: result[1:]),
    several,
)
enter(
    "back_to_front",
    """The results stand in the reverse order.

    insert(0, ...) puts each in front of those before it, and [::-1] turns them round.

    Try: append, which puts each behind those before it.
    """,
    of_result(lambda result: result[::-1]),
    no_palindromes,
)
enter(
    "in_order_of_size",
    """The results are sorted.

    Then nobody knows any more which result belongs to which input.

    Try: leave out sort and sorted.
    """,
    of_result(lambda result: sorted(result) if isinstance(result, list) else np.sort(result, axis=-1)),
    not_sorted,
)
enter(
    "in_a_tuple",
    """The result is a tuple that holds what is asked for.

    A comma at the end of a line makes a tuple of what stands before it.

    Try: look at the end of the line that gives the result.
    """,
    of_result(lambda result: (result,)),
    several,
)
enter(
    "one_axis_too_many",
    """The result has one pair of brackets too many.

    Brackets around a result make a list, or an axis, with that result in it.

    Try: compare the shape, or the number of brackets, with what is asked for.
    """,
    of_result(lambda result: [result] if isinstance(result, list) else result[None]),
    several,
)
enter(
    "all_added_up",
    """One number came out for all of them.

    sum without an axis takes everything together, and a loop that adds up gives only its total.

    Try: ask of each line whether it works on one number, on a row, or on everything.
    """,
    of_result(np.sum),
    several,
)
enter(
    "as_it_came",
    """The result is the input, unchanged.

    What was computed went into a variable that is used nowhere after.

    Try: follow the result from the line that makes it to the end.
    """,
    of_arguments(lambda inputs, right: inputs),
    like_the_input,
)


enter(
    "written_into_the_input",
    """The results are written into the input.

    A list or an array is handed over as it is, not as a copy, so the caller's own data changes.

    Try: put the results into a new list or array.
    """,
    of_arguments(written_into),
    like_the_input,
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

    An array of whole numbers has no room for a fraction, and int and astype(int) cut it off.

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

    Only where: (?m)\\A(?![\\s\\S]*\\bglobal\\b)[\\s\\S]*^\\s*output\\s*=
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


enter(
    "made_of_inputs",
    """The object wants its inputs when it is made.

    It is made once, without any, and then forward is called with one batch after the other.

    Try: give the inputs to forward, and leave __init__ without them, or out.
    """,
    made_of_inputs,
    made_of_nothing,
)


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
