"""Sends records whose parts are of other types than agreed: lists, texts, numbers, deep nesting."""

LESSON = "05_softmax_batch"
FIRST = """
shell = get_ipython()
publish, turn = shell.display_pub.publish, []
MIME = "application/vnd.grader.record+json"
HEAD = '"found": {"kind": "class", "type": [], "empty": 3, "stub": null, "names": {"a": 1}}, "timed_out": 7'
ODD = ['{%s, "cases": [{"seen": [{"error": {"type": {}, "lineno": 1e400, "has": 5}}]}]}' % HEAD,
       '{%s, "cases": %s1%s}' % (HEAD, "[" * 900, "]" * 900)]

def forged(data, *args, **kwargs):
    if MIME in data:
        turn.append(1)
        data = {MIME: {"record": ODD[len(turn) % 2]}}
    return publish(data, *args, **kwargs)

shell.display_pub.publish = forged
"""
ANSWERS = {"row_sums": "row_sums = lambda batch: 0", "softmax_batch": "softmax_batch = lambda batch: 0"}
