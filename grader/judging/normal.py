"""An answer's text without what no change of it depends on.

How it is spaced, comments, texts that nobody reads, and the print of a name on the way to a result: people
whose answers differ in no more than that need the same change, each of their own text.
"""

from __future__ import annotations

import ast
from functools import lru_cache

BLOCKS = ("body", "orelse", "finalbody")


@lru_cache(maxsize=1024)
def normal_form(text: str) -> str:
    """The form of a text; the text itself where Python cannot read it."""
    try:
        return ast.unparse(Plain().visit(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text


class Plain(ast.NodeTransformer):
    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in BLOCKS:
            if isinstance(block := getattr(node, name, None), list) and block:
                setattr(node, name, [*(line for line in block[:-1] if not is_idle(line)), block[-1]])
        return node


def is_idle(statement: ast.stmt) -> bool:
    """Whether it is a text, or prints names. The last of a block is kept: it may stand for its result."""
    value = getattr(statement, "value", None)
    if not isinstance(statement, ast.Expr):
        return False
    if isinstance(value, ast.Call):
        prints = isinstance(value.func, ast.Name) and value.func.id == "print" and not value.keywords
        return prints and all(isinstance(arg, ast.Name) for arg in value.args)
    return isinstance(value, ast.Constant) and isinstance(value.value, str)
