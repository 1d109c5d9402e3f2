"""A list's ReLU, with max."""

from hypothesis import strategies as st

from .arguments import floats, number_list
from .equal import A_LIST_COPIED, A_SUM_OF_TWO, NOTHING_NEGATIVE, THE_LARGER_OF_TWO, ZERO_IS_ZERO
from .evidence import Evidence
from .oracle import of_function, relu_list
from .relus import LIST_RELU

EVIDENCE = Evidence(
    lesson="01_relu_loop",
    number=2,
    points=1,
    right={name: text.replace("relu", "relu_max") for name, text in LIST_RELU.items()},
    is_right=of_function("relu_max", number_list, relu_list),
    mutated=("loop with max", "comprehension with not", "half of |x| + x"),
    equal=(A_LIST_COPIED, NOTHING_NEGATIVE, THE_LARGER_OF_TWO, A_SUM_OF_TWO, ZERO_IS_ZERO),
)


@EVIDENCE.holds(st.lists(st.one_of(st.integers(-(10**6), 10**6), floats(1e6))))
def relu_of_a_list_is_the_number_or_0(relu_max, inputs):
    before = list(inputs)
    assert relu_max(inputs) == [number if number > 0 else 0 for number in inputs]
    assert inputs == before
