"""Answers with arrays of no memory and enormous shapes, by broadcasting."""

LESSON = "05_softmax_batch"
ANSWERS = {
    "row_sums": "row_sums = lambda batch: np.broadcast_to(0.0, (10**6, 10**6))",
    "softmax_batch": "softmax_batch = lambda batch: np.zeros((10**9, 0, 10**9))",
}
