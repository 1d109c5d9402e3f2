"""Sends a record in which one long text stands among very many empty ones."""

FIRST = """
shell = get_ipython()
publish = shell.display_pub.publish
MIME = "application/vnd.grader.record+json"

def forged(data, *args, **kwargs):
    if MIME in data:
        one = '{"seen": [{"value": {"list": ["%s"%s]}, "changed": {}}], "printed": "", "warnings": []}' % (
            "x" * 50_000, ', ""' * 150_000)
        data = {MIME: {"record": '{"found": {"kind": "function", "type": "f", "empty": false, "stub": false, '
                '"names": []}, "timed_out": false, "cases": [%s]}' % ", ".join([one] * 29)}}
    return publish(data, *args, **kwargs)

shell.display_pub.publish = forged
"""
ANSWERS = {"relu_if": "relu_if = lambda inputs: [7]", "relu_max": "relu_max = lambda inputs: [7]"}
