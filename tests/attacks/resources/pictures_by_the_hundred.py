"""Shows hundreds of pictures of a megabyte, each of which would do; the answers around them are right."""

HONEST, EARNS = True, 2
FIRST = """
import base64
picture = base64.b64encode(b"\\x89PNG\\r\\n\\x1a\\n" + bytes(540_000)).decode()
for n in range(300):
    display({"text/plain": "a", "image/png": picture}, raw=True)
"""
