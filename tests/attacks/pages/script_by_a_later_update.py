"""Shows something harmless and replaces it, once it has been looked at, by a script."""

HONEST, EARNS = True, 2
FIRST = """
for i in range(3):
    display({"text/html": "<b>harmless</b>"}, raw=True, display_id=f"later{i}")
"""
LAST = """
from IPython.display import update_display
bad = "<script>alert('attack')</script><img src=x onerror=alert('attack')>"
for i in range(3):
    update_display({"text/html": bad, "text/plain": bad}, raw=True, display_id=f"later{i}")
"""
