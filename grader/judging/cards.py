"""A verdict as the card a student sees: in HTML, and the same in plain text."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from html import escape

from ..course.exercise import Exercise
from .verdict import Finding, Verdict

# Symbol, word and colour for each status: Okabe & Ito's (2008), which colour-blind people tell apart, two of
# them darker, so that each stands out from white and from the dark theme at 3 to 1.
STATUS = {
    "right": ("✓", "right", "#009E73"),
    "partial": ("◐", "partly right", "#B87700"),
    "wrong": ("✗", "not right yet", "#D55E00"),
    "unwritten": ("○", "not written yet", "#2E8FCB"),
    "unknown": ("○", "nothing to check yet", "#2E8FCB"),
}
QUIET = ("right", "unwritten", "unknown")
"""Of these there is nothing to repeat, and no share to speak of."""

WIDTH = 88

Fold = tuple[str, str, list[tuple[str, str]]]
"""What is shown only when it is opened: a title, a sentence, and labelled code."""


def format_points(points: float, max_points: float) -> str:
    """ "1.5 of 3 points"."""
    return f"{points:g} of {max_points:g} {'point' if max_points == 1 else 'points'}"


def rows_of(finding: Finding) -> list[tuple[str, str]]:
    """The labelled code of a finding: the student's line, what was run, what was expected, what came."""
    line = f"Your line {finding.lineno}" if finding.lineno else "Your line"
    rows = [
        (line, finding.line),
        ("This was run", finding.code),
        ("Expected", finding.expected),
        ("Got", finding.got),
    ]
    return [(label, code) for label, code in rows if code]


def sentences_of(finding: Finding) -> list[tuple[str, str]]:
    """The labelled prose of a finding: the cause, as sure as it is, then a question or advice."""
    named = "." in finding.id and not finding.edits
    cause = "Cause" if finding.edits and finding.telling else "Likely cause" if named else ""
    label = cause or ("What is seen" if finding.code else "Why")
    asks = finding.question or (finding.hint if finding.hint.endswith("?") else "")
    if finding.code and not asks and named:
        asks = "Which of your lines does that, and what should it do?"
    advice = finding.hint if finding.hint != asks and not finding.code else ""
    pairs = [(label, finding.why), ("Think", asks), ("Try", advice)]
    return [(name, text) for name, text in pairs if text]


def second_way(exercise: Exercise, verdict: Verdict) -> list[Fold]:
    """Another right answer, for whoever has one."""
    if verdict.status != "right" or exercise.second is None:
        return []
    return [("A second way", exercise.second.why, [("In code", exercise.second_text)])]


def folds_of(finding: Finding, verdict: Verdict) -> list[Fold]:
    """The change that helps, and the walk; of several objects that are wrong it mends one."""
    folds: list[Fold] = []
    hint = "" if finding.hint.endswith("?") or not finding.code else finding.hint
    if finding.after or finding.before:
        what = "your answer" if len(verdict.findings) == 1 else "this object"
        sure = f"With this change {what} is right in all cases that were tried."
        rows = [("Now", finding.before), ("Changed", finding.after or "(this line is not there)")]
        folds.append(("Show me the change", " ".join(filter(None, (hint, sure))), rows))
    elif hint:
        folds.append(("Show me what would help", hint, []))
    if finding.walk:
        rows = [
            (f"{number or '...'}", f"{line}\n{made}" if made else line)
            for number, line, made in walk_lines(finding)
        ]
        folds.append(("Walk through your lines with this case", "", rows))
    return folds


def walk_lines(finding: Finding) -> list[tuple[int, str, str]]:
    """The steps of a walk, each with what it made set off below it."""
    return [
        (number, line.rstrip(), " " * (len(line) - len(line.lstrip())) + f"-> {made}" if made else "")
        for number, line, made in finding.walk
    ]


def shares_line(verdict: Verdict) -> str:
    """What each object of the answer has earned; empty where there is only one, or all is right."""
    if verdict.status in QUIET:
        return ""
    return " · ".join(f"{name} {points:g} of {worth:g}" for name, points, worth in verdict.shares)


def repeat_line(verdict: Verdict) -> str:
    """How a student meets the very same random cases again; empty where there is nothing to see."""
    if verdict.status in QUIET or not any(f.code for f in verdict.findings):
        return ""
    return f'The same cases again: check("{verdict.exercise}", seed={verdict.seed})'


def card_text(verdict: Verdict, more: Sequence[Fold] = ()) -> str:
    """The card in plain text, for terminals, screen readers and stored outputs; `more` folds at its end."""
    symbol, word, _ = STATUS[verdict.status]
    points = format_points(verdict.points, verdict.max_points)
    lines = [f"{symbol} {verdict.exercise}: {word}, {points}"]
    if verdict.reward:
        lines += textwrap.wrap(verdict.reward, WIDTH, initial_indent="  ", subsequent_indent="  ")
    if shares_line(verdict):
        lines += textwrap.wrap(shares_line(verdict), WIDTH, initial_indent="  ", subsequent_indent="  ")
    for finding in verdict.findings:
        lines += textwrap.wrap(finding.title, WIDTH, initial_indent="  ", subsequent_indent="  ")
        for label, code in rows_of(finding):
            lines += [f"  {label}:", textwrap.indent(code, "      ")]
        for label, text in sentences_of(finding):
            lines += textwrap.wrap(f"{label}: {text}", WIDTH, initial_indent="  ", subsequent_indent="    ")
        lines += [line for fold in folds_of(finding, verdict) for line in fold_text(*fold)]
    if repeat_line(verdict):
        lines.append(f"  {repeat_line(verdict)}")
    lines += [line for fold in more for line in fold_text(*fold)]
    return "\n".join(lines)


def fold_text(title: str, text: str, rows: list[tuple[str, str]]) -> list[str]:
    """A fold as lines of plain text: open."""
    lines = [f"  {title}:"]
    lines += textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="    ")
    for label, code in rows:
        lines += [f"    {label}:", textwrap.indent(code, "        ")]
    return lines


def card_html(verdict: Verdict, more: Sequence[Fold] = ()) -> str:
    """The same as HTML without script or outside resources; every text in it is escaped."""
    symbol, word, colour = STATUS[verdict.status]
    points = format_points(verdict.points, verdict.max_points)
    inner = [
        f"<p style='margin:0'><strong><span style='color:{colour}'>{symbol}</span> "
        f"<code>{escape(verdict.exercise)}</code>: {word}</strong>, {points}</p>"
    ]
    if verdict.reward:
        inner.append(paragraph(verdict.reward))
    if shares_line(verdict):
        inner.append(paragraph(shares_line(verdict)))
    for finding in verdict.findings:
        inner.append(paragraph(f"{finding.title}", strong=True))
        inner += table(rows_of(finding))
        inner += [paragraph(text, label) for label, text in sentences_of(finding)]
        inner += [fold_html(*fold) for fold in folds_of(finding, verdict)]
    if repeat_line(verdict):
        inner.append(
            f"<p style='margin:.5em 0 0;opacity:.75'><small>The same cases again: "
            f"<code>{escape(repeat_line(verdict).partition(': ')[2])}</code></small></p>"
        )
    inner += [fold_html(*fold) for fold in more]
    return (
        f"<div role='status' style='border-left:.35em solid {colour};padding:.5em 1em;margin:.3em 0;"
        f"max-width:52em;line-height:1.45'>{''.join(inner)}</div>"
    )


def fold_html(title: str, text: str, rows: list[tuple[str, str]]) -> str:
    return (
        f"<details style='margin:.5em 0 0'><summary style='cursor:pointer'>{escape(title)}</summary>"
        f"{paragraph(text) if text else ''}{''.join(table(rows))}</details>"
    )


def table(rows: list[tuple[str, str]]) -> list[str]:
    """Labelled code, one below the other."""
    if not rows:
        return []
    cells = [
        f"<tr style='background:none'><th scope='row' style='text-align:left;"
        f"vertical-align:top;padding:.15em 1em .15em 0;font-weight:normal;white-space:nowrap'>"
        f"{escape(label)}</th><td style='text-align:left;padding:.15em 0'><pre style='margin:0;"
        f"white-space:pre-wrap'>{escape(code)}</pre></td></tr>"
        for label, code in rows
    ]
    return ["<table style='margin:.4em 0;border-collapse:collapse;font-size:inherit'>", *cells, "</table>"]


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
