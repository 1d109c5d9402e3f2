"""Moments as people and programs write them: read as they are meant, or not at all.

What can be taken for two moments is refused, since a wrong one costs points and nobody notices: a day and
month that may stand the other way round, a date alone, names of zones that several countries use, an hour
that the clocks show twice, or never, in the night in which they are changed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from .files import Refused
from .tables import decode

SUCH_AS = "it holds no date and time such as 2026-11-15 23:59:00 UTC"

SUCH_AS_OFFSET = "2026-11-30T23:59+01:00"

MOMENT = re.compile(
    r"""(?: (\d{4}) ([-/]) (\d\d?) \2 (\d\d?) | (\d{4}) (\d\d) (\d\d) )
    (?: [T ] | ,\  )
    (?: (\d\d?) : (\d\d) (?: : (\d\d) (?: [.,] (\d+) )? )? | (\d\d) (\d\d) (\d\d)? )
    (?: \ ? ([ap]) \.? m\b \.? )?
    (?: \ ? (\S.*) )?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d\d?)(?::?(\d\d))?(?: \([\w -]+\))?", re.ASCII)

HOURS = {"Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3}
HOURS |= {"EST": -5, "EDT": -4, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
"""Names of offsets that mean one only: CST, IST and BST do not."""


class NoOneHour(ValueError):
    """A time that the clocks of its zone show twice, or never."""


def read_moment(text: str, otherwise: tzinfo | None = None) -> datetime:
    """A whole date and a time, with a zone; without one it is `otherwise`, or this machine's.

    Raises ValueError for everything else, NoOneHour for an hour of the night in which clocks are changed.
    """
    match = MOMENT.fullmatch(" ".join(text.split()))
    if not match:
        raise ValueError(f"{text!r} is no date and time")
    parts = iter(match.groups())
    year, _, month, day, *compact_date = (next(parts) for _ in range(7))
    hour, minute, second, fraction, *compact_time = (next(parts) for _ in range(7))
    half, zone = parts
    whole = [part for part in (*compact_date, *compact_time) if part is not None]
    date = (year, month, day) if year else whole[:3]
    clock = (hour, minute, second) if hour else (*compact_time,)
    hours, *rest = (int(part or 0) for part in clock)
    if half and hours > 12:
        raise ValueError(f"{text!r} has no such hour on a clock of twelve")
    hours = hours % 12 + 12 * (half in "pP") if half else hours
    micro = int((fraction or "")[:6].ljust(6, "0"))
    try:
        moment = datetime(*map(int, date), hours, *rest, micro, zone_of(zone) if zone else otherwise)
        if moment.astimezone(UTC) != moment.replace(fold=1).astimezone(UTC):
            raise NoOneHour(
                f"{text!r} is in the hour in which clocks are changed: say how far from UTC, as in "
                f"{SUCH_AS_OFFSET}"
            )
        moment = moment if moment.tzinfo else moment.astimezone()
        moment.astimezone(UTC), moment.astimezone()  # as it is kept and shown
    except OverflowError as error:
        raise ValueError(f"{text!r} lies too far away") from error
    return moment


def zone_of(text: str) -> tzinfo:
    """Raises ValueError for what is no zone, or may be several."""
    if text.upper() in HOURS:
        return timezone(timedelta(hours=HOURS[text.upper()]))
    if match := OFFSET.fullmatch(text):
        hours, minutes = int(match[2]), int(match[3] or 0)
        if hours <= 14 and minutes < 60:
            return timezone((1 if match[1] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
    if re.fullmatch(r"[A-Za-z]+(?:/[\w+-]+)+", text, re.ASCII):
        try:
            return ZoneInfo(text)
        except (KeyError, OSError):
            pass
    raise ValueError(f"{text} is no time zone")


def read_timestamp(content: bytes) -> datetime:
    """The moment of a timestamp.txt, in UTC; without a zone it is UTC, as nbgrader takes it. Raises Refused.

    nbgrader reads the third of three words as a zone, so that +0100 becomes a hundred seconds, and PM
    nothing; a date alone becomes the first minute of that day.
    """
    try:
        return read_moment(decode(content[:400]), UTC).astimezone(UTC)
    except ValueError as error:
        raise Refused(SUCH_AS) from error
