"""Student output, made fit to be shown in an instructor's browser.

Feedback pages and the formgrader put outputs into HTML as they are. So only kinds that cannot run
anything are kept: text, checked pictures, and HTML stripped to harmless tags.
"""

from __future__ import annotations

import base64
import binascii

import bleach
from nbformat import NotebookNode
from nbformat.v4 import new_output

TAGS = {"b", "br", "caption", "code", "div", "em", "h1", "h2", "h3", "h4", "hr", "i", "li", "ol", "p", "pre",
        "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
ATTRIBUTES = {"td": ["colspan", "rowspan"], "th": ["colspan", "rowspan", "scope"]}
PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
LEFT_OUT = "... the rest of the output was left out\n"


def clean_outputs(outputs: list[NotebookNode], limit: int) -> list[NotebookNode]:
    """The outputs of a student's cell without anything that a browser would run.

    `limit` is how many characters are kept; what is left out is said. Errors are always kept.
    """
    kept, size, full = [], 0, False
    for output in outputs:
        if full and output.output_type != "error":
            continue
        room = max(limit - size, 500)
        cleaned, used = clean_output(output, room)
        size += used
        kept.append(cleaned)
        if size >= limit and not full:
            full = True
            kept.append(new_output("stream", name="stdout", text=LEFT_OUT))
    return kept


def clean_output(output: NotebookNode, room: int) -> tuple[NotebookNode, int]:
    """One output, rebuilt from what is known to be harmless, and how many characters it takes."""
    if output.output_type == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        text = as_text(output.get("text", ""))[:room]
        return new_output("stream", name=name, text=text), len(text)
    if output.output_type == "error":
        traceback = output.get("traceback")
        lines = [as_text(line)[:2_000] for line in traceback[:60]] if isinstance(traceback, list) else []
        return new_output("error", ename=as_text(output.get("ename", ""))[:200],
                          evalue=as_text(output.get("evalue", ""))[:2_000], traceback=lines), 0
    data = clean_bundle(output.get("data", {}), room)
    kind = output.output_type if output.output_type == "execute_result" else "display_data"
    more = {"execution_count": output.get("execution_count")} if kind == "execute_result" else {}
    return new_output(kind, data, **more), sum(len(value) for value in data.values())


def clean_bundle(data: dict, room: int) -> dict[str, str]:
    """Of a MIME bundle: plain text, a picture that is one, and HTML of harmless tags."""
    clean = {}
    if "text/plain" in data:
        clean["text/plain"] = as_text(data["text/plain"])[:room]
    for mime, magic in PICTURES.items():
        picture = as_text(data.get(mime, ""))
        if picture and len(picture) <= 4 * room and is_picture(picture, magic):
            clean[mime] = "".join(picture.split())
    if "text/html" in data and not clean.keys() & PICTURES.keys():
        clean["text/html"] = bleach.clean(as_text(data["text/html"])[:room], TAGS, ATTRIBUTES, strip=True)
    return clean or {"text/plain": "(an output of a kind that is not shown here)"}


def is_picture(text: str, magic: bytes) -> bool:
    try:
        return base64.b64decode("".join(text.split()), validate=True).startswith(magic)
    except (binascii.Error, ValueError):
        return False


def as_text(value) -> str:
    """A string that can be written as UTF-8, whatever a kernel sent."""
    text = "".join(map(str, value)) if isinstance(value, list) else str(value)
    return text.encode("utf-8", "replace").decode("utf-8")
