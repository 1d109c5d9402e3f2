"""A verdict as the card a student sees: in HTML, and the same in plain text."""

from __future__ import annotations

import re
import textwrap
from html import escape

from .verdict import Finding, Verdict

# Symbol, word and colour (Okabe & Ito 2008, told apart by colour-blind people) for each status.
STATUS = {
    "right": ("✓", "right", "#009E73"),
    "partial": ("◐", "partly right", "#E69F00"),
    "wrong": ("✗", "not right yet", "#D55E00"),
    "unwritten": ("○", "not written yet", "#56B4E9"),
}
WIDTH = 88


def format_points(points: float, max_points: float) -> str:
    """ "1.5 of 3 points"."""
    return f"{points:g} of {max_points:g} {'point' if max_points == 1 else 'points'}"


def rows_of(finding: Finding) -> list[tuple[str, str]]:
    """The labelled code of a finding: what was run, what was expected, what came."""
    rows = [("This was run", finding.code), ("Expected", finding.expected), ("Got", finding.got)]
    return [(label, code) for label, code in rows if code]


def sentences_of(finding: Finding) -> list[tuple[str, str]]:
    """The labelled prose of a finding: reason, then advice."""
    label = "Likely cause" if finding.code else "Why"
    return [(name, text) for name, text in ((label, finding.why), ("Try", finding.hint)) if text]


def repeat_line(verdict: Verdict) -> str:
    """How a student meets the very same random cases again; empty where there is nothing to see."""
    if verdict.status in ("right", "unwritten") or not any(f.code for f in verdict.findings):
        return ""
    return f'The same cases again: check("{verdict.exercise}", seed={verdict.seed})'


def card_text(verdict: Verdict) -> str:
    """The card in plain text, for terminals, screen readers and stored outputs."""
    symbol, word, _ = STATUS[verdict.status]
    points = format_points(verdict.points, verdict.max_points)
    lines = [f"{symbol} {verdict.exercise}: {word}, {points}"]
    if verdict.reward:
        lines += textwrap.wrap(verdict.reward, WIDTH, initial_indent="  ", subsequent_indent="  ")
    for finding in verdict.findings:
        lines += textwrap.wrap(finding.title, WIDTH, initial_indent="  ", subsequent_indent="  ")
        for label, code in rows_of(finding):
            lines += [f"  {label}:", textwrap.indent(code, "      ")]
        for label, text in sentences_of(finding):
            lines += textwrap.wrap(f"{label}: {text}", WIDTH, initial_indent="  ", subsequent_indent="    ")
    if repeat_line(verdict):
        lines.append(f"  {repeat_line(verdict)}")
    return "\n".join(lines)


def card_html(verdict: Verdict) -> str:
    """The card as HTML without script or outside resources; every text in it is escaped."""
    symbol, word, colour = STATUS[verdict.status]
    points = format_points(verdict.points, verdict.max_points)
    inner = [
        f"<p style='margin:0'><strong><span style='color:{colour}'>{symbol}</span> "
        f"<code>{escape(verdict.exercise)}</code>: {word}</strong>, {points}</p>"
    ]
    if verdict.reward:
        inner.append(paragraph(verdict.reward))
    for finding in verdict.findings:
        inner.append(paragraph(f"{finding.title}", strong=True))
        if rows_of(finding):
            inner.append("<table style='margin:.4em 0;border-collapse:collapse;font-size:inherit'>")
            inner += [
                f"<tr style='background:none'><th scope='row' style='text-align:left;"
                f"vertical-align:top;padding:.15em 1em .15em 0;font-weight:normal;white-space:nowrap'>"
                f"{label}</th><td style='text-align:left;padding:.15em 0'><pre style='margin:0;"
                f"white-space:pre-wrap'>{escape(code)}</pre></td></tr>"
                for label, code in rows_of(finding)
            ]
            inner.append("</table>")
        inner += [paragraph(text, label) for label, text in sentences_of(finding)]
    if repeat_line(verdict):
        inner.append(
            f"<p style='margin:.5em 0 0;opacity:.75'><small>The same cases again: "
            f"<code>{escape(repeat_line(verdict).partition(': ')[2])}</code></small></p>"
        )
    return (
        f"<div role='status' style='border-left:.35em solid {colour};padding:.5em 1em;margin:.3em 0;"
        f"max-width:52em;line-height:1.45'>{''.join(inner)}</div>"
    )


# What stands in prose as code: `back-quoted`, and what nobody would take for a word.
CODE = re.compile(r"(`[^`]+`|\bnp\.[\w.]+(?:\([^()]*\))?|\bself\.\w+|\bkeepdims=True|\baxis=-?\d)")


def paragraph(text: str, label: str = "", strong: bool = False) -> str:
    """A paragraph in which code is set as code."""
    parts = [
        f"<code>{escape(part.strip('`'))}</code>" if i % 2 else escape(part)
        for i, part in enumerate(CODE.split(text))
    ]
    body = "".join(parts)
    body = f"<strong>{body}</strong>" if strong else body
    lead = f"<em>{label}:</em> " if label else ""
    return f"<p style='margin:.4em 0 0'>{lead}{body}</p>"
