"""Shows HTML with a character that is named by a number of five thousand digits."""

HONEST, EARNS = True, 2
FIRST = """
from IPython.display import HTML, display
display(HTML("<b>&#" + "1" * 5000 + ";</b>"))
"""
