"""Answers with results far larger than asked for."""

LESSON = "05_softmax_batch"
ANSWERS = {
    "row_sums": "row_sums = lambda batch: np.zeros((10_000, 10_000))",
    "softmax_batch": "softmax_batch = lambda batch: [[0.0] * 1000] * 100_000",
}
