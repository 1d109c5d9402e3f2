"""The moment that a timestamp.txt gives, as nbgrader writes them and as people do."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from .files import Refused

SUCH_AS = "it holds no date and time such as 2026-11-15 23:59:00 UTC"


def read_timestamp(content: bytes) -> datetime:
    """The moment, with a zone; without one it is UTC, as nbgrader takes it. Raises Refused.

    nbgrader reads the third of three words as a zone, so that +0100 becomes a hundred seconds, and PM
    nothing; a date alone becomes the first minute of that day.
    """
    import dateutil.parser  # takes a while
    import dateutil.tz

    try:
        text = content[:200].decode("ascii").strip()
        zone = re.fullmatch(r"(\S+ \S+) ([A-Za-z]+(?:/\w+)*)", text)
        named = zone and zone[2].lower() not in ("am", "pm") and dateutil.tz.gettz(zone[2])
        moment = datetime_of(zone[1] if named else text)
        if named and not moment.tzinfo:
            moment = moment.replace(tzinfo=named)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise Refused(SUCH_AS) from error


def datetime_of(text: str) -> datetime:
    """A whole date and a time. Raises ValueError, also for a zone that nobody knows."""
    import dateutil.parser

    def unknown(name, offset):
        if name and offset is None and name.upper() not in ("UTC", "Z", "GMT"):
            raise ValueError(f"{name} is no time zone")
        return offset

    if not re.match(r"\d{4}([-/]?)\d\d?\1\d\d?[T ]+\d\d?:?\d\d", text):
        raise ValueError("day and month could be taken for each other, or there is no time")
    return dateutil.parser.parse(text, tzinfos=unknown)
