"""Replaces what writes arrays as text by something that writes the input, or nothing."""

LESSON = "05_softmax_batch"
FIRST = """
import base64
base64.b64encode = lambda data: b""
base64.b64decode = lambda data, **kwargs: b""
"""
ANSWERS = {
    "row_sums": "row_sums = lambda batch: batch",
    "softmax_batch": "softmax_batch = lambda batch: batch",
}
