"""A stranger's HTML, reduced to harmless tags in one pass: no tree is built, and nothing is read twice.

Python's own html.parser and those of bleach take time with the square of what is never closed: minutes
for 100 kB. What is written here is only ever a tag of a list, or text that is escaped.
"""

from __future__ import annotations

import html
import re

# fmt: off
PAIRED = {
    "b", "caption", "code", "div", "em", "h1", "h2", "h3", "h4", "i", "li", "ol", "p", "pre", "small",
    "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}
# fmt: on
SINGLE = {"br", "hr"}
UNSEEN = {"script", "style", "title", "template", "iframe", "object", "svg", "math", "textarea", "noscript"}
"""With all that is in them."""

MAX_DEPTH = 40
MAX_SPAN = 100
TOKEN = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})(?![\w-])([^<>]*)>|<!--|<|[^<]+")
NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
"""A reference to a character by a number that none has; Python's own reading fails at thousands of digits."""

SPAN = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?(\d{1,3})\b", re.IGNORECASE)


def clean_html(text: str, most: int) -> str:
    """`text` with nothing but harmless tags, each closed; it ends after about `most` characters."""
    made: list[str] = []
    size, place, waiting = 0, 0, []
    while place < len(text) and size < most:
        token = TOKEN.match(text, place)
        place = token.end()
        closes, name, rest = token[1], (token[2] or "").lower(), token[3] or ""
        if token[0] == "<!--":
            place = after("-->", text, place)
            continue
        if name in UNSEEN and not closes:
            place = after(f"</{name}", text, place)
            continue
        part = tag(closes, name, rest, waiting) if name else plain(token[0])
        size += len(part)
        made.append(part)
    return "".join(made) + "".join(f"</{name}>" for name in reversed(waiting))


def plain(text: str) -> str:
    """Text between tags, with its characters as they are."""
    return html.escape(html.unescape(NO_CHARACTER.sub("\ufffd", text)))


def after(end: str, text: str, place: int) -> int:
    """The place behind the next `end`, a tag's its own; the end of the text where there is none."""
    found = re.compile(f"{end}[^<>]*>?" if end[0] == "<" else end, re.IGNORECASE).search(text, place)
    return found.end() if found else len(text)


def tag(closes: str, name: str, rest: str, waiting: list[str]) -> str:
    """What is written for a tag; `waiting` are those that are to be closed, innermost last."""
    if name in SINGLE:
        return f"<{name}>"
    if name not in PAIRED:
        return ""
    if not closes:
        if len(waiting) >= MAX_DEPTH:
            return ""
        waiting.append(name)
        return f"<{name}{spans(rest) if name in ('td', 'th') else ''}>"
    if name not in waiting:
        return ""
    made = ""
    while not made.endswith(f"</{name}>"):
        made += f"</{waiting.pop()}>"
    return made


def spans(rest: str) -> str:
    """Over how many columns and rows a table's cell goes."""
    found = {name.lower(): min(int(number), MAX_SPAN) for name, number in SPAN.findall(rest[:500])}
    return "".join(f' {name}="{number}"' for name, number in found.items())
