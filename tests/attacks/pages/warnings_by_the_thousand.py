"""Hands in text that Python warns of in a thousand lines, whoever parses it."""

HONEST, EARNS = True, 2
LAST = "\n".join(f'text_{number} = "\\d \\w {number}" is "\\q"' for number in range(1000))
