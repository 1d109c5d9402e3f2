"""Student output, made fit to be shown in an instructor's browser.

Feedback pages and the formgrader put outputs into HTML as they are. So only kinds that cannot run
anything are kept: text, checked pictures, and HTML stripped to harmless tags.
"""

from __future__ import annotations

import base64
import binascii
from itertools import accumulate

from ..intake.text import fit
from .html import clean_html

PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
MAX_OUTPUTS, MAX_ERRORS, MAX_LINES = 2_000, 5, 900
LEFT_OUT = "... the rest of the output was left out\n"


def clean_outputs(outputs: list, limit: int) -> list[dict]:
    """The outputs of a student's cell without anything that a browser would run.

    `outputs` is whatever a kernel sent. `limit` is how many characters are kept; what is left out is
    said. A cell's last errors are always kept.
    """
    kept, size, lines, full = [], 0, 0, False
    outputs = coalesce(outputs, 2 * limit)
    errors = [i for i, output in enumerate(outputs) if output.get("output_type") == "error"]
    for i, output in enumerate(outputs):
        if full and i not in errors[-MAX_ERRORS:]:
            continue
        cleaned, used = clean_output(output, max(limit - size, 500))
        size += used
        if cleaned["output_type"] == "stream":
            cleaned["text"] = first_lines(cleaned["text"], MAX_LINES - lines)
            lines += cleaned["text"].count("\n") + 1
        kept.append(cleaned)
        if (size >= limit or lines > MAX_LINES) and not full:
            full = True
            kept.append(stream("stdout", LEFT_OUT))
    return kept


def coalesce(outputs: list, limit: int) -> list[dict]:
    """The outputs with what was printed in one piece, errors' stream behind it, as nbclient does it.

    (nbclient's own way takes time with the square of a line's length.)
    """
    pieces: dict[str, list[str]] = {"stdout": [], "stderr": []}
    rest, place, room = [], None, limit
    for output in outputs:
        if isinstance(output, dict) and output.get("output_type") == "stream":
            place = len(rest) if place is None else place
            text = fit(output.get("text"), room, colours=True)
            pieces["stderr" if output.get("name") == "stderr" else "stdout"].append(text)
            room -= len(text)
        elif isinstance(output, dict) and len(rest) < MAX_OUTPUTS:
            rest.append(output)
    streams = [stream(name, "".join(parts)) for name, parts in pieces.items() if any(parts)]
    return [*rest[:place], *streams, *rest[place or 0 :]] if streams else rest


def clean_output(output: dict, room: int) -> tuple[dict, int]:
    """One output, rebuilt from what is known to be harmless, and how many characters it takes."""
    kind = output.get("output_type")
    if kind == "stream":
        text = written_over(output["text"][:room])  # text already, of `coalesce`
        return stream(output["name"], text), len(text)
    if kind == "error":
        traceback = output.get("traceback")
        lines = traceback[:60] if isinstance(traceback, list) else []
        lines = last_lines([fit(line, 2_000, colours=True) for line in lines], room)
        return {
            "output_type": "error",
            "ename": fit(output.get("ename"), 200),
            "evalue": fit(output.get("evalue"), 2_000),
            "traceback": lines,
        }, sum(map(len, lines))
    data = output.get("data")
    clean = {
        "output_type": "display_data",
        "metadata": {},
        "data": clean_bundle(data if isinstance(data, dict) else {}, room),
    }
    if kind == "execute_result":
        count = output.get("execution_count")
        clean |= {"output_type": kind, "execution_count": count if type(count) is int else None}
    return clean, sum(len(value) for value in clean["data"].values())


def stream(name: str, text: str) -> dict:
    return {"output_type": "stream", "name": name, "text": text}


def size_of(outputs: list[dict]) -> int:
    """How many characters cleaned outputs have together."""
    return sum(
        len(output.get("text", ""))
        + sum(map(len, (*output.get("data", {}).values(), *output.get("traceback", []))))
        for output in outputs
    )


def last_lines(lines: list[str], room: int) -> list[str]:
    """As many of a traceback's last lines as have room, and the last one in any case."""
    sizes = accumulate(map(len, reversed(lines)))
    return lines[-max(1, sum(size <= room for size in sizes)) :]


def first_lines(text: str, count: int) -> str:
    """As many lines, with their ends; nbgrader itself would cut at 1,000."""
    return "".join(text.splitlines(keepends=True)[: max(count, 0)])


def written_over(text: str) -> str:
    """What a terminal would show of it: a carriage return writes over the line, as progress bars do."""
    if "\r" not in text:
        return text
    lines = (line.rstrip("\r") for line in text.split("\n"))
    return "\n".join(line[line.rfind("\r") + 1 :] for line in lines)


def clean_bundle(data: dict, room: int) -> dict[str, str]:
    """Of a MIME bundle: plain text, a picture that is one, and HTML of harmless tags."""
    clean = {}
    if "text/plain" in data:
        clean["text/plain"] = fit(data["text/plain"], room, colours=True)
    for mime, magic in PICTURES.items():
        picture = fit(data.get(mime), 4 * room + 1)
        if picture and len(picture) <= 4 * room and is_picture(picture, magic):
            clean[mime] = "".join(picture.split())
    if "text/html" in data and not clean.keys() & PICTURES.keys():
        clean["text/html"] = clean_html(fit(data["text/html"], room), room)
    return clean or {"text/plain": "(an output of a kind that is not shown here)"}


def is_picture(text: str, magic: bytes) -> bool:
    try:
        return base64.b64decode("".join(text.split()), validate=True).startswith(magic)
    except (binascii.Error, ValueError):
        return False
