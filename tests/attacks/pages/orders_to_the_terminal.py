"""Puts orders to a terminal into outputs, errors, names and text."""

HONEST, EARNS = True, 2
MARKDOWN = "\x1b[2J\x1b]0;title\x07\x9b31m"
LAST = r"""
print("\x1b[2J\x1b]0;title\x07 \x9b31m \x1bc")
raise type("\x1b[2J", (Exception,), {})("\x1b]52;c;Y2FuYXJ5\x07")
"""
