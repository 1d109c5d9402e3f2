"""The class of each sample."""

from .arguments import batches, probabilities
from .equal import AN_ARRAY_COPIED, NOTHING_NEGATIVE, ONE_AXIS, SORTED_BY_THE_LAST_AXIS, TWO_AXES
from .evidence import Equal, Evidence
from .oracle import of_function, of_rows
from .writing import returning

PREDICTIONS = {
    "argmax": "np.argmax(probabilities, axis=1)",
    "axis -1": "np.argmax(probabilities, axis=-1)",
    "by place": "np.argmax(probabilities, 1)",
    "method": "probabilities.argmax(axis=1)",
    "row by row": "np.array([np.argmax(row) for row in probabilities])",
    "list.index": "np.array([list(row).index(max(row)) for row in probabilities])",
    "argsort": "np.argsort(probabilities, axis=1)[:, -1]",
    "argmin of the negative": "np.argmin(-probabilities, axis=1)",
    "apply_along_axis": "np.apply_along_axis(np.argmax, 1, probabilities)",
    "transposed": "np.argmax(probabilities.T, axis=0)",
    "keepdims and ravel": "np.argmax(probabilities, axis=1, keepdims=True).ravel()",
    "of a comparison": "np.argmax(probabilities == probabilities.max(axis=1, keepdims=True), axis=1)",
    "int32": "np.argmax(probabilities, axis=1).astype(np.int32)",
}

EVIDENCE = Evidence(
    lesson="07_forward_pass",
    number=2,
    points=1,
    right=returning("predictions(probabilities)", PREDICTIONS),
    is_right=of_function("predictions", probabilities, of_rows(lambda row: row.index(max(row))), kinds="iu"),
    mutated=("row by row", "argsort", "of a comparison"),
    equal=(
        AN_ARRAY_COPIED,
        NOTHING_NEGATIVE,
        TWO_AXES,
        ONE_AXIS,
        SORTED_BY_THE_LAST_AXIS,
        Equal(r"return (.*) -> return \1\.astype\(int\)", "whole numbers stay as they are"),
        Equal(
            r".*\[np\.argmax\(row\) for .* -> .*\[(round|int)\(.*",
            "whole numbers stay as they are",
        ),
        Equal(r"(.*) == (.*) -> \1 >= \2", "nothing is above the largest"),
    ),
)


@EVIDENCE.holds(batches(1.0))
def a_prediction_is_the_place_of_the_rows_maximum(predictions, probabilities):
    rows = [list(row) for row in probabilities]
    assert predictions(probabilities).tolist() == [row.index(max(row)) for row in rows]
