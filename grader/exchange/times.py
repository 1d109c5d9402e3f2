"""When something was handed in, as Moodle writes it for people: with the names of months in its language."""

from __future__ import annotations

import re
from datetime import datetime

from ..grading.intake import times

NAMES = """
january januar januari janvier enero gennaio janeiro jänner
february februar februari février febrero febbraio fevereiro
march märz maart mars marzo marzo março
april april april avril abril aprile abril
may mai mei mayo maggio maio maj
june juni juin junio giugno junho
july juli juillet julio luglio julho
august augustus août agosto agosto augusti
september septembre septiembre settembre setembro
october oktober octobre octubre ottobre outubro
november novembre noviembre novembro
december dezember décembre diciembre dicembre dezembro
"""
MONTHS = {name: number for number, line in enumerate(NAMES.split("\n")) for name in line.split()}
"""In English, German, Dutch, French, Spanish, Italian, Portuguese, and Scandinavian where it is another."""

TIME = re.compile(
    r"\D*?(?:(\d{1,2})\.?\s+(?:de\s+)?([^\W\d_]{3,})|([^\W\d_]{3,})\.?\s+(\d{1,2}))\.?,?\s+(?:de\s+)?(\d{4})"
    r"\D+(\d{1,2})[:.h]\s?(\d{2})(?:\s*([AP])M)?\W*",
    re.I,
)
"""`Sonntag, 15. November 2026, 21:00`; `Sunday, 15 November 2026, 9:00 PM`; `Nov 15, 2026, 9:00 PM`."""


def read_moment(text: str) -> datetime | None:
    """In this machine's time zone; None for what is not understood."""
    match = TIME.fullmatch(text)
    try:
        if not match:
            return times.read_moment(text).astimezone()
        day, name, first_name, first_day, year, hour, minute, half = match.groups()
        half = f" {half}m" if half else ""
        month = month_of((name or first_name).lower())
        return times.read_moment(f"{year}-{month}-{day or first_day} {hour}:{minute}{half}")
    except ValueError:
        return None


def month_of(name: str) -> int:
    """Of a name, or the beginning of one. Raises ValueError where it is none, or that of several."""
    found = {MONTHS[name]} if name in MONTHS else {n for full, n in MONTHS.items() if full.startswith(name)}
    (month,) = found
    return month
