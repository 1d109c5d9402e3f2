"""The class report as one HTML page that needs nothing else."""

from __future__ import annotations

from pathlib import Path

import jinja2
from markupsafe import Markup

from ..judging.cards import CODE
from . import attention, figures
from .items import ENOUGH
from .report import MOST_SHOWN, Report

TEMPLATES = Path(__file__).parent / "templates"


def environment() -> jinja2.Environment:
    """Templates of this folder, in which every text is escaped."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters["prose"] = prose
    made.filters["percent"] = lambda share: f"{100 * share:.0f} %"
    made.filters["number"] = lambda value: "–" if value is None else f"{value:.2f}"
    made.filters["points"] = lambda value: f"{round(float(value), 2):g}"
    made.filters["identity"] = id
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


def render(report: Report, folder: Path) -> str:
    """The page of a report, for the folder that it will lie in."""
    data = report.data
    ranked = report.ranking
    shares = data.scores[ranked] / data.most
    names = [exercise.name for exercise in data.chapter.exercises]
    drawn = {}
    if ranked:
        drawn = {
            "distribution": figures.draw_distribution(data.totals, float(data.most.sum())),
            "heat_map": figures.draw_heat_map(shares, names, [report.label(row) for row in ranked]),
            "statuses": figures.draw_statuses(report.statuses),
        }
    return (
        environment()
        .get_template("report.html")
        .render(
            report=report,
            summary=report.summary,
            exercises=names,
            figures={name: Markup(svg) for name, svg in drawn.items()},
            status_words=figures.STATUS_WORDS,
            shown=ranked[:MOST_SHOWN],
            most_shown=MOST_SHOWN,
            anchors={id(cause): n for n, cause in enumerate(report.known_causes, 1)},
            kinds=attention.KINDS,
            enough=ENOUGH,
            link=lambda lesson: report.lesson_link(lesson, folder),
        )
    )
