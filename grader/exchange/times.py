"""When something was handed in, as Moodle writes it for people: with the names of months in its language.

They are those of Unicode's CLDR (by Babel), as in Moodle. Where a name is that of two months, such as
`listopada`, October in Croatian and November in Polish, the day of the week tells which; without one it is
refused.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, datetime
from functools import lru_cache
from itertools import product

from ..grading.intake import times

LANGUAGES = (
    "en",
    "de",
    "de_AT",
    "nl",
    "fr",
    "es",
    "it",
    "pt",
    "da",
    "sv",
    "nb",
    "fi",
    "et",
    "lv",
    "lt",
    "pl",
    "cs",
)
LANGUAGES += ("sk", "sl", "hr", "ro", "tr", "ru", "uk", "bg", "el", "id")
"""Those that write the day before its month, or the month in letters."""

TIME = re.compile(
    r"(\D*?)(?:(\d{1,2})\.?\s+(?:de\s+)?([^\W\d_]{3,})|([^\W\d_]{3,})\.?\s+(\d{1,2}))\.?,?\s+(?:de\s+)?(\d{4})"
    r"\D+(\d{1,2})[:.h]\s?(\d{2})(?:\s*([AP])M)?\W*",
    re.I,
)
"""`Sonntag, 15. November 2026, 21:00`; `Sunday, 15 November 2026, 9:00 PM`; `Nov 15, 2026, 9:00 PM`."""

EAST_ASIAN = re.compile(
    r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]"
    r"[\s,(（]*(?:[月火水木金土日]曜日|[月火水木金土日]|(?:星期|週|周)[一二三四五六日天]|[월화수목금토일]요일)?[\s,)）]*"
    r"(?:(午前|上午|오전)|(午後|下午|오후))?\s*(\d{1,2})[:時时]\s?(\d{2})\W*"
)
"""`2026年 11月 15日(日曜日) 21:00`; `2026年11月15日 星期日 下午9:00`; `2026년 11월 15일 일요일 오후 9:00`."""


def read_moment(text: str) -> datetime | None:
    """In this machine's time zone; None for what is not understood."""
    try:
        if match := TIME.fullmatch(text):
            before, day, name, first_name, first_day, year, hour, minute, half = match.groups()
            month = month_of(name or first_name, before, int(year), int(day or first_day))
            return moment(year, month, day or first_day, hour, minute, half)
        if match := EAST_ASIAN.fullmatch(text):
            year, month, day, before, after, hour, minute = match.groups()
            return moment(year, month, day, hour, minute, (before and "A") or (after and "P"))
        return times.read_moment(text).astimezone()
    except ValueError:
        return None


def moment(year: str, month: object, day: str, hour: str, minute: str, half: str | None) -> datetime:
    """`half` is that of a clock of twelve hours: A or P. Raises ValueError."""
    return times.read_moment(f"{year}-{month}-{day} {hour}:{minute}" + (f" {half}m" if half else ""))


def month_of(name: str, before: str, year: int, day: int) -> int:
    """Of a name, or the beginning of one, in a date before which a day of the week may stand.

    Raises ValueError where it is none, or that of several.
    """
    name, known = name.casefold(), named("month")
    found = known.get(name) or {number for full in known if full.startswith(name) for number in known[full]}
    if len(found) > 1:
        words = re.findall(r"[^\W\d_]+", before.casefold())
        weekdays = set().union(*(named("day").get(word, ()) for word in words))
        found = {month for month in found if date(year, month, day).weekday() in weekdays}
    (month,) = found
    return month


@lru_cache
def named(kind: str) -> dict[str, set[int]]:
    """The numbers of each `month` or `day` by its names: alone and in a date, in full and in short."""
    from babel import dates

    names_in, found = getattr(dates, f"get_{kind}_names"), defaultdict(set)
    for language, *form in product(LANGUAGES, ("wide", "abbreviated"), ("format", "stand-alone")):
        for number, name in names_in(*form, language).items():
            found[name.casefold().rstrip(".")].add(number)
    return dict(found)
