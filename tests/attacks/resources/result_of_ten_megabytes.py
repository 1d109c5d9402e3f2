"""Shows a result, an error and a page far longer than any message may be; the answers around it are right."""

HONEST, EARNS = True, 2
FIRST = """
display({"text/plain": "a page", "text/html": "x" * 12_000_000}, raw=True)
"x" * 12_000_000
"""
LAST = 'raise ValueError("x" * 12_000_000)'
