"""Which answers make the same mistake: one comment serves all of them."""

from __future__ import annotations

import hashlib
import re

from .verdict import Finding, Verdict

OWN_LINE = re.compile(r"\nin your line: (.*)")
"""What a finding's `got` says of the line that stopped."""


def group_of(verdict: Verdict) -> str:
    """A short name of what is wrong with an answer, the same for all that are wrong in this way.

    Answers are alike where the same cause is named, with the same edit where one is proven; where no
    cause is, where the same happened with the same result on the same case. Empty for an answer
    without a mistake, and for one that was not written.
    """
    if verdict.status not in ("wrong", "partial") or not verdict.findings:
        return ""
    text = "\0".join([verdict.exercise, *(part for finding in verdict.findings for part in traits(finding))])
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def traits(finding: Finding) -> list[str]:
    """What a finding shares with those of like answers, and nothing of how the code is spelt."""
    edit = str(getattr(finding, "edit", "") or "")
    if is_cause(finding) or edit:
        return [finding.id, edit]
    return [finding.id, finding.title, finding.code, OWN_LINE.sub("", finding.got)]


def is_cause(finding: Finding) -> bool:
    """Whether it names a misconception; the others say what happened."""
    return "." in finding.id


def line_of(finding: Finding) -> str:
    """The line of the answer that a finding is about, without its comment; empty where none is known."""
    line = getattr(finding, "before", "") or "".join(OWN_LINE.findall(finding.got)[:1])
    return without_comment(str(line))


def without_comment(line: str) -> str:
    """The code of a line: a comment may say whose it is. Quotes are respected as far as one line shows."""
    match = re.match(r"""(?:[^#'"]|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")*""", line)
    return (match[0] if match else line).rstrip()
