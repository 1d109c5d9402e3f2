"""A list's ReLU, with a loop and if."""

from hypothesis import strategies as st

from .arguments import floats, number_list
from .equal import (
    A_LIST_COPIED,
    A_SUM_OF_TWO,
    AS_LONG_AS_THE_INPUT,
    NOTHING_NEGATIVE,
    ROUNDS_IN_ANY_ORDER,
    THE_LARGER_OF_TWO,
    ZERO_IS_ZERO,
)
from .evidence import Equal, Evidence
from .oracle import of_function, relu_list
from .relus import LIST_RELU

EVIDENCE = Evidence(
    lesson="01_relu_loop",
    number=1,
    points=1,
    right={name: text.replace("relu", "relu_if") for name, text in LIST_RELU.items()},
    is_right=of_function("relu_if", number_list, relu_list),
    mutated=("loop over positions", "while", "a copy, changed"),
    equal=(
        A_LIST_COPIED,
        NOTHING_NEGATIVE,
        THE_LARGER_OF_TWO,
        A_SUM_OF_TWO,
        ZERO_IS_ZERO,
        ROUNDS_IN_ANY_ORDER,
        AS_LONG_AS_THE_INPUT,
        Equal(r"output\.append\(0\) -> output\.append\(.+\)", "still 0"),
        Equal(r"while i < (.*): -> while i != \1:", "i counts up to the length in steps of 1"),
        Equal(
            r"for (.*) in enumerate\(output\): -> for \1 in enumerate\(inputs\):",
            "the copy holds the same numbers where it is not changed yet",
        ),
    ),
)


@EVIDENCE.holds(st.lists(st.one_of(st.integers(-(10**6), 10**6), floats(1e6))))
def relu_of_a_list_is_the_number_or_0(relu_if, inputs):
    before = list(inputs)
    assert relu_if(inputs) == [number if number > 0 else 0 for number in inputs]
    assert inputs == before
