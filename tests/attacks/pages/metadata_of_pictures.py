"""Width and height of pictures that close the attribute they stand in."""

HONEST, EARNS = True, 2
LAST = r"""
import base64
real = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 30).decode()
bad = '"><script>alert("attack")</script>'
for metadata in ({"image/png": {"width": bad, "height": bad, "alt": bad}}, {"width": bad, "filenames": {"image/png": bad}},
                 {"isolated": True}, {"text/html": {"isolated": True}, "needs_background": '" onclick="alert(1)'}):
    display({"image/png": real, "text/html": "<b>x</b>"}, metadata=metadata, raw=True)
"""  # noqa: E501
