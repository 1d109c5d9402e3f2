"""The probability of the class of each sample."""

from .arguments import batches, probabilities
from .equal import AN_ARRAY_COPIED, NOTHING_NEGATIVE, ONE_AXIS, SORTED_BY_THE_LAST_AXIS, TWO_AXES
from .evidence import Evidence
from .oracle import of_function, of_rows
from .writing import returning

CONFIDENCES = {
    "max": "np.max(probabilities, axis=1)",
    "axis -1": "np.max(probabilities, axis=-1)",
    "method": "probabilities.max(axis=1)",
    "amax": "np.amax(probabilities, 1)",
    "row by row": "np.array([max(row) for row in probabilities])",
    "both indices": """probabilities[
        np.arange(len(probabilities)), np.argmax(probabilities, axis=1)]""",
    "range as an index": "probabilities[range(len(probabilities)), probabilities.argmax(axis=1)]",
    "take_along_axis": """np.take_along_axis(
        probabilities, np.argmax(probabilities, axis=1)[:, None], axis=1).ravel()""",
    "sorted": "np.sort(probabilities, axis=1)[:, -1]",
    "transposed": "probabilities.T.max(axis=0)",
    "keepdims and flatten": "np.max(probabilities, axis=1, keepdims=True).flatten()",
    "apply_along_axis": "np.apply_along_axis(np.max, 1, probabilities)",
    "maximum.reduce": "np.maximum.reduce(probabilities, axis=1)",
}

EVIDENCE = Evidence(
    lesson="07_forward_pass",
    number=3,
    points=1,
    right=returning("confidences(probabilities)", CONFIDENCES),
    is_right=of_function("confidences", probabilities, of_rows(max)),
    mutated=("row by row", "both indices", "sorted"),
    equal=(AN_ARRAY_COPIED, NOTHING_NEGATIVE, TWO_AXES, ONE_AXIS, SORTED_BY_THE_LAST_AXIS),
)


@EVIDENCE.holds(batches(1.0))
def a_confidence_is_the_value_of_the_rows_maximum(confidences, probabilities):
    rows = [list(row) for row in probabilities]
    assert confidences(probabilities).tolist() == [max(row) for row in rows]
