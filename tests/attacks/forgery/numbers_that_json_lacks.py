"""Sends records with NaN, infinities, huge integers, duplicate keys and booleans for numbers."""

FIRST = """
shell = get_ipython()
publish, turn = shell.display_pub.publish, []

def forged(data, *args, **kwargs):
    mime = "application/vnd.grader.record+json"
    if mime in data:
        turn.append(1)
        value = ["NaN", "1" * 4000][len(turn) % 2]
        seen = '{"value": {"list": [%s, true, 1e999, %s]}, "value": {"list": [true]}, "changed": {}}' % (
            value, value)
        data = {mime: {"record": '{"found": {"kind": "function", "type": "f", "empty": false, "stub": false, '
                '"names": []}, "timed_out": false, "cases": [%s]}' % ", ".join(
                    ['{"seen": [%s], "printed": "", "warnings": []}' % seen] * 29)}}
    return publish(data, *args, **kwargs)

shell.display_pub.publish = forged
"""
ANSWERS = {"relu_if": "relu_if = lambda inputs: [7]", "relu_max": "relu_max = lambda inputs: [7]"}
