"""The report's figures: Matplotlib, as SVG that stands in the page and takes its colour of text."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping, Sequence

import matplotlib
import numpy as np
from matplotlib.figure import Figure

INK = "#12345f"
"""Stands for the page's own colour of text, light or dark, until the SVG is written."""

STYLE = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 0.6,
}

# Colour (Okabe & Ito 2008, told apart by colour-blind people) and hatch of each status.
STATUS_LOOK = {
    "right": ("#009E73", ""),
    "partial": ("#E69F00", "//"),
    "wrong": ("#D55E00", "xx"),
    "unwritten": ("#56B4E9", "\\\\"),
    "missing": ("#999999", ""),
}
STATUS_WORDS = {
    "right": "right",
    "partial": "partly right",
    "wrong": "wrong",
    "unwritten": "not written",
    "missing": "not handed in",
}

MOST_LABELLED = 60
"""Rows of a heat map up to which each student is named beside it."""

MOST_LETTERS = 36

MOST_ROWS = 600
"""Rows of a heat map's picture; of a larger class each stands for the mean of several neighbours."""


def svg_of(figure: Figure, name: str) -> str:
    """A figure as an <svg> element; `name` keeps its ids apart from those of other figures."""
    file = io.BytesIO()
    with matplotlib.rc_context({**STYLE, "svg.hashsalt": name}), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the font lacks some names' letters; they stand in the tables
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = file.getvalue().decode()
    text = text[text.index("<svg") :].replace(INK, "currentColor")
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.S)
    text = re.sub(r' id="(?!\w*[0-9a-f]{10}")[\w.]+"', "", text)  # names of groups: twice in a page
    return text.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def new_figure(width: float, height: float) -> tuple[Figure, object]:
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def draw_distribution(totals: np.ndarray, most: float) -> str:
    """How many students have how many points."""
    with matplotlib.rc_context(STYLE):
        figure, axes = new_figure(7, 2.6)
        edges = np.arange(0, np.ceil(most) + 2) - 0.5
        axes.hist(np.minimum(totals, most), edges, color="#0072B2", edgecolor="white", linewidth=0.5)
        axes.axvline(float(np.median(totals)), color="#D55E00", linestyle="--", linewidth=1.5)
        axes.set(xlabel="points", ylabel="students", xlim=(-0.7, most + 0.7))
        axes.yaxis.get_major_locator().set_params(integer=True)
        tidy(axes)
        return svg_of(figure, "distribution")


def draw_heat_map(shares: np.ndarray, exercises: Sequence[str], labels: Sequence[str]) -> str:
    """Shares of the points, shape (students, exercises), best student on top; dark is little."""
    with matplotlib.rc_context(STYLE):
        named = len(labels) <= MOST_LABELLED
        figure, axes = new_figure(8, (0.24 * len(labels) if named else 6) + 1.9)
        image = axes.imshow(
            thinned(shares), cmap="cividis", vmin=0, vmax=1, aspect="auto", interpolation="none"
        )
        axes.set_xticks(range(len(exercises)), exercises, rotation=55, ha="right", rotation_mode="anchor")
        axes.set_yticks(range(len(labels)) if named else [], [*map(shortened, labels)] if named else [])
        if not named:
            axes.set_ylabel(f"{len(labels)} students, the most points on top")
        axes.spines[:].set_visible(False)
        bar = figure.colorbar(
            image, ax=axes, shrink=min(1, 3 / figure.get_figheight()), label="share of the points"
        )
        bar.outline.set_visible(False)
        return svg_of(figure, "heat-map")


def shortened(label: str) -> str:
    """A name beside a figure; all of it would leave no room for what is drawn."""
    return label if len(label) <= MOST_LETTERS else f"{label[: MOST_LETTERS - 1]}…"


def thinned(shares: np.ndarray) -> np.ndarray:
    """At most `MOST_ROWS` rows, each the mean of neighbours."""
    if len(shares) <= MOST_ROWS:
        return shares
    return np.array([rows.mean(axis=0) for rows in np.array_split(shares, MOST_ROWS)])


def draw_statuses(counts: Mapping[str, Mapping[str, int]]) -> str:
    """Of each exercise, how many answers are right, partly right, wrong, not written, not handed in."""
    with matplotlib.rc_context(STYLE):
        figure, axes = new_figure(8, 0.32 * len(counts) + 1.1)
        names, left = list(counts), np.zeros(len(counts))
        for status, (colour, hatch) in STATUS_LOOK.items():
            widths = np.array([counts[name][status] for name in names], float)
            style = {"color": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0.5}
            axes.barh(names, widths, left=left, label=STATUS_WORDS[status], **style)
            left += widths
        axes.invert_yaxis()
        axes.set_xlabel("students")
        axes.margins(x=0.01, y=0.02)
        axes.xaxis.get_major_locator().set_params(integer=True)
        figure.legend(loc="outside upper center", ncols=len(STATUS_LOOK), frameon=False, fontsize=9)
        tidy(axes)
        return svg_of(figure, "statuses")


def tidy(axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)
