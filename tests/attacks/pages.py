"""What is live in a page: what a browser would run, fetch or follow into a script.

Read by the HTML parser that bleach brings along, which builds the tree that a browser builds.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from bleach._vendor import html5lib

ACTIVE = {
    "script",
    "iframe",
    "frame",
    "object",
    "embed",
    "applet",
    "form",
    "base",
    "portal",
    "audio",
    "video",
}
ADDRESSES = {
    "href",
    "src",
    "srcset",
    "action",
    "formaction",
    "data",
    "xlink:href",
    "poster",
    "background",
    "ping",
}
PICTURE = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]*")
FORMULA = re.compile(r"\\href\s*\{\s*\S*script:|\\(unicode|style|require|cssId|class)\b", re.I)
NO_FORMULAS = {"script", "style", "noscript", "textarea", "pre", "code", "title"}


def live(path: Path) -> Counter[str]:
    """The live things of a page, as short texts."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parse(path.read_text(encoding="utf-8"), scripting=True)
    found: Counter[str] = Counter()
    waiting = [root]  # no recursion: a stranger's page may be nested thousands deep
    while waiting:
        waiting += look_at(waiting.pop(), found)
    return found


def look_at(element, found: Counter[str]) -> list:
    """Count what is live about one element; returns its children that are to be looked at."""
    tag = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
    if tag in ACTIVE:
        found[f"<{tag}> {sorted(element.attrib.items())} {(element.text or '').strip()}"[:300]] += 1
    if tag == "style":
        found[f"<style> {(element.text or '')[:300]}"] += 1
    for name, value in element.attrib.items():
        name, value = str(name).lower(), str(value)
        plain = re.sub(r"[\s\x00-\x20]", "", value).lower()
        if name.startswith("on") or name == "srcdoc" or (tag == "meta" and name == "http-equiv"):
            found[f"{tag} {name}={value}"[:300]] += 1
        elif name == "style" and re.search(r"url\(|expression|@import", plain):
            found[f"{tag} style={value}"[:300]] += 1
        elif name.rpartition("}")[2] in ADDRESSES and tag not in ACTIVE:
            shown = tag == "img" and PICTURE.fullmatch(value)  # two strokes may stand in it by chance
            fetches = tag in ("img", "link", "image", "use", "input") and "//" in plain and not shown
            runs = plain.startswith(("javascript:", "vbscript:", "data:"))
            if fetches or (runs and not shown):
                found[f"{tag} {name}={value}"[:300]] += 1
    if tag not in NO_FORMULAS:
        for text in (element.text, *(child.tail for child in element)):
            for match in FORMULA.finditer(text or ""):
                found[f"formula {match[0]}"] += 1
        return list(element)
    return list(element) if tag in ("pre", "code") else []
