"""Is wrong at once, and loops in C without end when it is looked at for its repair, in four exercises."""

LESSON = "05_softmax_batch"
SLOW = True
ANSWERS = {
    name: f"import sys\n\ndef {name}(batch):\n    if sys.gettrace():\n        sum(iter(int, 1))\n    return batch + 1"
    for name in ("row_sums", "softmax_batch")
}
