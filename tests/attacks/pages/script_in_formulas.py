"""Formulas that make links and markup when MathJax sets them."""

HONEST, EARNS = True, 2
MARKDOWN = r"""
$\href{javascript:alert('attack')}{click}$ $$\style{x:expression(alert('attack'))}{x}$$
$\unicode{<img src=x onerror=alert('attack')>}$ $<img src=x onerror=alert('attack')>$
\begin{equation}</script><script>alert('attack')</script>\end{equation}
"""
