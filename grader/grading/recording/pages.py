"""What pages for people have in common: templates in which every text is escaped, and a look."""

from __future__ import annotations

from pathlib import Path

import jinja2
from markupsafe import Markup

from ...judging.cards import CODE, format_points

TEMPLATES = Path(__file__).parent / "templates"


def environment(*folders: Path) -> jinja2.Environment:
    """Templates of these folders, and what all pages share."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters["prose"] = prose
    made.filters["points"] = lambda value: f"{round(float(value), 2):g}"
    made.filters["of"] = lambda points, most: format_points(round(points, 2), most)
    made.filters["many"] = many
    return made


def prose(text: str) -> Markup:
    """Text in which code is set as code, as on a card."""
    parts = [
        Markup("<code>{}</code>").format(part.strip("`")) if number % 2 else Markup.escape(part)
        for number, part in enumerate(CODE.split(text))
    ]
    return Markup("").join(parts)


def many(count: int, noun: str) -> str:
    """ "1 student", "2 students"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
