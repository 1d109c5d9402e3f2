"""Replaces the card of a wrong answer by a page of its own, after it was judged."""

ANSWERS = {
    "relu_if": """
shown = []

def relu_if(inputs):
    if not shown:
        shown.append(display({"text/html": "x"}, raw=True, display_id="card"))
    return [7]
"""
}
LAST = """
from IPython.display import update_display
bad = "<h1>right, 1 of 1 point</h1><script>alert('attack')</script>"
update_display({"text/html": bad, "text/plain": "1.0"}, raw=True, display_id="card")
"""
