"""Sends records with millions of values, far more than any answer holds."""

FIRST = """
shell = get_ipython()
publish = shell.display_pub.publish
MIME = "application/vnd.grader.record+json"

def forged(data, *args, **kwargs):
    if MIME in data:
        many = '{"seen": [{"value": {"list": [%s0]}, "changed": {}}], "printed": "", "warnings": []}' % ("0," * 300_000)
        data = {MIME: {"record": '{"found": {"kind": "function", "type": "f", "empty": false, "stub": false, '
                '"names": []}, "timed_out": false, "cases": [%s]}' % ", ".join([many] * 29)}}
    return publish(data, *args, **kwargs)

shell.display_pub.publish = forged
"""  # noqa: E501
ANSWERS = {"relu_if": "relu_if = lambda inputs: [7]", "relu_max": "relu_max = lambda inputs: [7]"}
