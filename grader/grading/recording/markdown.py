"""Markdown of a notebook as HTML that needs nothing else: browsers set its formulas, which are MathML."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

from latex2mathml.converter import convert
from markupsafe import Markup
from mistune import HTMLRenderer

from ..nbgrader.fast_imports import only

with only(("nbconvert", "nbconvert.filters"), later=("bs4", "nbconvert.filters.strings")):
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath


class PageRenderer(IPythonRenderer):
    """Headings one level down, below the page's own and without ids; code without colours; formulas drawn."""

    def heading(self, text: str, level: int, **attrs: dict[str, Any]) -> str:
        return HTMLRenderer.heading(self, text, min(level + 1, 6))

    def block_code(self, code: str, info: str | None = None) -> str:
        return HTMLRenderer.block_code(self, code)

    def inline_math(self, body: str) -> str:
        return formula(body, "inline")

    def block_math(self, body: str) -> str:
        return formula(body, "block")


def formula(source: str, display: str) -> str:
    """A formula as MathML; as it was typed where it cannot be read."""
    try:
        return convert(source, display=display)
    except Exception:  # whatever a half-typed formula provokes
        return f"<code>{escape(source)}</code>"


@lru_cache(maxsize=512)  # some 300 cells are the lessons' own; what students wrote passes through
def to_html(source: str) -> Markup:
    """HTML in `source` stays: lessons and people who mark write it, students' prose comes in a fence."""
    return Markup(MarkdownWithMath(renderer=PageRenderer(escape=False)).render(source))
