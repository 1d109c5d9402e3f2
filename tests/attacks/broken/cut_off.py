"""A file that was cut off in the middle."""

import json


def damage(it):
    return json.dumps(it.notebook).encode()[:5000]
