"""Pictures whose data close the attribute they stand in."""

HONEST, EARNS = True, 2
LAST = r"""
import base64
break_out = '"><script>alert("attack")</script><img src="'
real = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 30).decode()
for kind in ("image/png", "image/jpeg", "image/gif", "image/svg+xml"):
    for data in (break_out, real + break_out, "iVBORw0KGgo" + break_out, [real, break_out]):
        display({kind: data}, raw=True)
"""
