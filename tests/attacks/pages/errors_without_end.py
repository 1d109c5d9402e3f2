"""Shows a hundred errors of a hundred thousand lines: what always has to be shown."""

HONEST, EARNS = True, 2
LAST = """
get_ipython().showtraceback = lambda *a, **k: None
from IPython.core.interactiveshell import InteractiveShell
for n in range(100):
    get_ipython().display_pub.session.send(
        None, "error", {"ename": "E" * 10**4, "evalue": "v" * 10**4, "traceback": ["x" * 10**3] * 100})
"""
