"""Shows HTML with thousands of open tags, comments and quotes, over which parsers take minutes."""

HONEST, EARNS = True, 2
LAST = """
from IPython.display import HTML, display
for part in ("<div>", "<!--", "<a ", "</", "<b><i>", "<td colspan='", "<svg><style>", "&#"):
    display(HTML(part * (200_000 // len(part))))
"""
