"""Which answers make the same mistake: one comment serves all of them."""

from __future__ import annotations

import hashlib
import re

from .verdict import Finding, Verdict

OWN_LINE = re.compile(r"\nin your line: (.*)")
"""What a finding's `got` says of the line that stopped."""

CODE = re.compile(r"""(?:[^#'"]|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|['"](?=[^#]*$))*""")
"""A line up to its comment; a quote that the line does not close is taken as it is."""


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
    if is_cause(finding):
        return [finding.id, edits_of(finding)]
    return [finding.id, finding.title, finding.code, OWN_LINE.sub("", finding.got)]


def edits_of(finding: Finding) -> str:
    """The proven change, by name; empty where none is known."""
    return " and ".join(finding.edits)


def is_cause(finding: Finding) -> bool:
    """Whether it names a misconception; the others say what happened."""
    return "." in finding.id


def line_of(finding: Finding) -> str:
    """What has to change in the answer, or where it stopped; empty where neither is known."""
    return code_only(finding.before or "".join(OWN_LINE.findall(finding.got)[:1]))


def code_only(text: str) -> str:
    """Lines without their comments, which may say whose they are; none of nothing but a comment.

    Quotes are respected as far as one line shows.
    """
    lines = (CODE.match(line) for line in text.split("\n"))
    return "\n".join(line[0].rstrip() for line in lines if line and line[0].strip())
