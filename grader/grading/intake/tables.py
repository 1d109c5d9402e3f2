"""CSV as spreadsheets write it: in whichever of their encodings, with whichever of their separators."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheets begin, today's and Excel's of before 2007."""


MAX_CELL = 10_000_000
"""Characters: a report names all of a group in one cell, and classes are large."""

csv.field_size_limit(MAX_CELL)


class TableError(ValueError):
    """A table that cannot be read; the message says which, where, and the mend."""


def read_rows(path: Path) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, each with the number of its first line. Raises TableError."""
    try:
        data = path.read_bytes()
        if data.startswith(WORKBOOKS):
            raise TableError(f"{path} is a workbook, not CSV: open it and save it as CSV in UTF-8.")
        text = decode(data)
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"{path} cannot be read: {error}. Save it as CSV in UTF-8.") from error
    separator, text = separator_of(text)
    rows, line = [], 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise TableError(f"{path}:{line}: this line is no CSV: {error}; mend or remove it.") from error
    return rows


def read_table(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows by the names in the first one, without space around anything, each with the number of its
    first line. Raises TableError."""
    (_, head), *rows = read_rows(path) or [(0, [])]
    names = [name.strip() for name in head]
    return [
        (line, {name: cell.strip() for name, cell in zip(names, [*row, *[""] * len(names)]) if name})
        for line, row in rows
    ]


def read_columns(path: Path, names: Sequence[str]) -> list[tuple[int, list[str]]]:
    """The cells of these columns below the first row, each row with its line's number. Raises TableError."""
    (number, head), *rows = read_rows(path) or [(1, [])]
    head = [name.strip() for name in head]
    if lacking := [name for name in names if name not in head]:
        raise TableError(
            f"{path}:{number}: there is no column {' and no '.join(lacking)}; the first line is to name "
            f"{','.join(names)}."
        )
    places = [head.index(name) for name in names]
    return [(line, [row[n].strip() if n < len(row) else "" for n in places]) for line, row in rows]


def add_rows(path: Path, names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Add rows to a table that a class keeps, which a spreadsheet may have saved in its own way since.

    It is written anew, with these columns alone. Raises TableError.
    """
    known = [row for _, row in read_columns(path, names)] if path.is_file() else []
    write_rows(path, [names, *known, *rows])


def write_rows(
    path: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8", separator: str = ","
) -> None:
    """Write a table whole or not at all."""
    draft = path.with_name(path.name + ".tmp")
    with draft.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=separator, lineterminator="\n").writerows(rows)
    os.replace(draft, path)


SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20"
BEGINS = rf"(?=[{SIGNS}\t\r\n])", rf"(?=[{SIGNS}])"
FORMULA = re.compile(rf"\A{BEGINS[0]}|(?<=[;\r\n]){BEGINS[1]}")
QUOTED = re.compile(rf"\A'{BEGINS[0]}|(?<=[;\r\n])'{BEGINS[1]}")
"""Where a formula begins: with a cell, and behind what parts cells or lines, since a spreadsheet may take a
semicolon for that (OWASP, CSV injection)."""


def harmless(value) -> object:
    """A text of which a spreadsheet would run some as a formula, with the quotes that make it text."""
    return FORMULA.sub("'", value) if isinstance(value, str) else value


def as_it_was(text: str) -> str:
    """A text without the quotes of `harmless`."""
    return QUOTED.sub("", text)


WESTERN = "cp1252"


def decode(data: bytes) -> str:
    return data.decode(encoding_of(data))


def encoding_of(data: bytes) -> str:
    """What is no UTF-8 is Excel's: UTF-16 with `Unicode text`, else WESTERN, which Windows has in Western
    Europe; its others cannot be told from that."""
    encoding = json.detect_encoding(data)  # by its marks, or by where the zeros are
    if not encoding.startswith("utf-8"):
        return encoding
    try:
        data.decode("utf-8-sig")
        return "utf-8-sig"
    except UnicodeDecodeError:
        return WESTERN


def separator_in(path: Path) -> str:
    """What stands between the cells of a table that can be read."""
    return separator_of(decode(path.read_bytes()))[0]


def separator_of(text: str) -> tuple[str, str]:
    """What stands between the cells, and the text without a first line `sep=;`, as Excel writes it."""
    if said := re.match(r"\"?sep=(.)\"?(?=\r?\n)", text, re.IGNORECASE):
        return said[1], text[said.end() :]
    first = text.lstrip().partition("\n")[0]
    return max(",;\t", key=first.count), text
