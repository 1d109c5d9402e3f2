"""When something was handed in, as Moodle writes it for people: with the names of months in its language."""

from __future__ import annotations

import re
from datetime import datetime

import dateutil.parser

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
    r"\D*(\d{1,2})\.?\s+(?:de\s+)?([^\W\d_]{3,})\.?\s+(?:de\s+)?(\d{4})\D+(\d{1,2})[:.h]\s?(\d{2})(?:\s*([AP])M)?\W*",
    re.I,
)
"""`Sonntag, 15. November 2026, 21:00`; `Sunday, 15 November 2026, 9:00 PM`."""


def read_moment(text: str) -> datetime | None:
    """In this machine's time zone; None for what is not understood."""
    try:
        match = TIME.fullmatch(text)
        if not match or match[2].lower() not in MONTHS:
            return dateutil.parser.parse(text).astimezone() if text else None
        day, month, year, hour, minute, half = match.groups()
        if half:
            hour = int(hour) % 12 + (12 if half.upper() == "P" else 0)
        return datetime(int(year), MONTHS[month.lower()], int(day), int(hour), int(minute)).astimezone()
    except (ValueError, OverflowError):
        return None
