"""Two edits as one change: which of them go together, and of which the words are true as well."""

from __future__ import annotations

import re
from dataclasses import replace

from .agreement import difference
from .edits import Candidate


def said(candidate: Candidate, of_what: bool) -> tuple[str, str]:
    """Which edit it is, and of which text it speaks."""
    return candidate.edits[0].name, candidate.olds[0] if of_what else ""


REWRITING = {
    "exponential is missing",
    "another function",
    "largest of two",
    "function along an axis",
    "function of a module without its name",
}
"""What makes numbers of its own: with a list around them that is another answer."""

ALONE = {
    "column for the largest",
    "function and no method",
    "method of lists",
    "minus sign",
    "one number for each",
    "one of them for all",
    "order of two lines",
    "position for what stands there",
    "shape is lost",
}
"""Edits whose words are true where one of them makes an answer right, and not sure to be beside another."""

RECKONING = {
    "operator", "operand too many", "other side is missing", "more steps than are asked for", "constant",
    "constant below 0", "zero", "another function", "exponential is missing", "base of the power",
    "parentheses",
}  # fmt: skip
"""What changes a formula in one place: two of them make another one, which may be right by luck."""

STANDS = {"nothing is appended", *RECKONING}
"""And what is appended is what was worked out, and nothing else."""

NOT_TOGETHER = (
    {"one of them for all", "whole for a part"},
    {"position or element", "more steps than are asked for"},
    {"one step too many", "another function"},  # one call goes, and a new one comes
    {"one step too many", "another method"},
    {"one step too many", "other side is missing"},
    {"column for the largest", "results on the way"},
    {"added to what was there", "added up"},
    {"argument too many", "argument is missing"},
)
"""Two edits of which the second speaks of what the first has made, in words that are not so before."""


def writes_another(candidate: Candidate) -> bool:
    """Whether two edits write another answer: a function for all numbers, or a list of what it gives; or a
    reckoning that nobody had in mind, and that is right by luck."""
    names = {edit.name for edit in candidate.edits}
    step = "other side is missing" in names and "+ self.biases" not in candidate.text
    equality = "comparison" in names and candidate.cost > sum(edit.cost for edit in candidate.edits)
    limits = {"constant", "constant below 0"}  # of a clip, say
    twice = len(candidate.edits) > 1 and names == {"operator"}
    if (len(names) > 1 and names <= STANDS and names != limits) or twice or step or equality:
        return True
    if names == {"another function"} or (names & ALONE and len(names) > 1):
        return True  # of neither it is known that it is the wrong one
    rewritten = "list or array" in names and bool(names & REWRITING)
    return "largest of two" in names or names in NOT_TOGETHER or rewritten


def brings_back(first: Candidate, second: Candidate) -> bool:
    """Whether one edit puts a name back that the other takes out and speaks of: of the answer as it stands
    its words are not so, then."""
    texts = (first.before, first.text, second.text)
    for name in filter(re.compile(r"[\w.]+").fullmatch, first.olds + second.olds):
        alone = re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w.])")
        before, between, after = (len(alone.findall(text)) for text in texts)
        if after >= before and (between < before or after < between):
            return True
    return False


def both(first: Candidate, second: Candidate) -> Candidate:
    """Two edits, one after the other, as one candidate; it is about the line of the first."""
    return replace(
        second,
        edits=first.edits + second.edits,
        olds=first.olds + second.olds,
        cost=first.cost + second.cost,
        size=first.size + second.size,
        about=first.about or difference(first.before, first.text)[0],
    )


IN_PLACE_OF = {
    "operator", "constant", "constant below 0", "other name", "name after the dot", "another method",
    "another function",
}  # fmt: skip
"""What puts something else in the place of what stands there, and says no more than that."""

MAKING_A_ONE = {"axis", "axis and keepdims", "size of another axis", *IN_PLACE_OF}
"""Edits that may put a 1, as the sum of probabilities is, in the place of a divisor."""

LEAVING_OUT = {"operand too many", "one step too many"}
"""What takes something out, and puts nothing in its place."""


SAYING_LITTLE = {
    "zero", "other side is missing", "argument is missing", "minus sign", *IN_PLACE_OF,
}  # fmt: skip
"""Edits that come after others of the same cost."""


def generic(candidate: Candidate) -> bool:
    """Whether an edit says little more than that something else would help."""
    return any(edit.name in SAYING_LITTLE for edit in candidate.edits)


def left_out_alike(candidate: Candidate, other: Candidate) -> bool:
    """Whether a candidate's last edit leaves out what another's puts something else in the place of."""
    last, theirs = candidate.edits[-1].name, other.edits[-1].name
    if last not in LEAVING_OUT or theirs not in MAKING_A_ONE:
        return False
    is_divisor = last == "operand too many" and candidate.olds[-1] == "/"
    return is_divisor or (theirs in IN_PLACE_OF and takes_out(candidate, other))


def takes_out(candidate: Candidate, other: Candidate) -> bool:
    """Whether what the one takes out of a text holds all that the other replaces there."""
    out, replaced = candidate.places[0], other.places[0]
    return all(any(a <= s and e <= b for a, b in out) for s, e in replaced)
