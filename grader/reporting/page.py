"""The class report as one HTML page that needs nothing else."""

from __future__ import annotations

from pathlib import Path

import jinja2
from markupsafe import Markup

from ..grading.recording.pages import environment
from . import attention, figures
from .items import ENOUGH
from .report import MOST_SHOWN, Report

TEMPLATES = Path(__file__).parent / "templates"


def report_environment() -> jinja2.Environment:
    """The report's template, with what it says of numbers."""
    made = environment(TEMPLATES)
    made.filters["percent"] = lambda share: f"{100 * share:.0f} %"
    made.filters["number"] = lambda value: "–" if value is None else f"{value:.2f}"
    made.filters["identity"] = id
    return made


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
        report_environment()
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
