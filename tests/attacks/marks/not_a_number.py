"""Answers with nan, which some comparisons take for equal and nbgrader's scores take for full."""

LESSON = "05_softmax_batch"
ANSWERS = {
    "row_sums": "row_sums = lambda batch: np.full((len(batch), 1), np.nan)",
    "softmax_batch": "softmax_batch = lambda batch: np.full(batch.shape, np.nan)",
}
