"""The class report as files: one page, and the same as JSON and CSV."""

from __future__ import annotations

import csv
import json
import os
from dataclasses import fields
from pathlib import Path

from ..grading.recording.comments import GroupComments
from ..grading.recording.export import harmless
from . import causes, items
from .data import chapters_graded, nothing_to_collect, read_class
from .page import render
from .report import Options, Report


@nothing_to_collect()
def write_reports(course: Path, chapters=(), options: Options | None = None) -> list[Path]:
    """Write the report of each chapter (those that were graded, unless named); return the pages.

    Below `course`/report/, or report-anonymous/. Raises ClassError where nothing was graded.
    """
    options = options or Options()
    folder = course / ("report-anonymous" if options.anonymous else "report")
    names = list(chapters) or chapters_graded(course) or [""]
    comments = GroupComments(course).current
    return [
        write_report(Report(read_class(course, name), options, comments), folder / name) for name in names
    ]


def write_report(report: Report, folder: Path) -> Path:
    """Write one report; return its page."""
    folder.mkdir(parents=True, exist_ok=True)
    data = report.as_json()
    write_text(folder / "report.json", a_line_each(data))
    students = [{**row, **row.pop("exercises")} for row in data["students"]]
    names = [exercise.name for exercise in report.data.chapter.exercises]
    write_csv(folder / "students.csv", ["student", "points", "late_penalty", *names], students)
    item_fields = [field.name for field in fields(items.Item)]
    write_csv(folder / "exercises.csv", [*item_fields, *causes.STATUSES], data["exercises"])
    for table, key in (("causes", "causes"), ("groups", "groups"), ("needs_a_person", "needs_a_person")):
        rows = [{name: joined(value) for name, value in row.items()} for row in data[key]]
        write_csv(folder / f"{table}.csv", HEADS[key], rows)
    page = folder / "index.html"
    write_text(page, render(report, folder))
    return page


HEADS = {
    "causes": [
        "exercise",
        "lesson",
        "cause",
        "students",
        "share",
        "basis",
        "title",
        "why",
        "discuss",
        "groups",
    ],
    "groups": [
        "group",
        "comment",
        "answers",
        "exercise",
        "cause",
        "edit",
        "title",
        "line",
        "after",
        "case",
        "expected",
        "got",
        "students",
    ],
    "needs_a_person": ["student", "kind", "note"],
}


def a_line_each(data: dict) -> str:
    """JSON with a line for each entry of a list: quick to write, and to be edited by a person."""
    parts = []
    for name, value in data.items():
        lines = (
            [json.dumps(entry, ensure_ascii=False) for entry in value] if isinstance(value, list) else None
        )
        text = json.dumps(value, ensure_ascii=False) if lines is None else "[\n" + ",\n".join(lines) + "\n]"
        parts.append(f"{json.dumps(name)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def joined(value):
    return "; ".join(value) if isinstance(value, list) else value


def write_csv(path: Path, head: list[str], rows: list[dict]) -> None:
    """A table for a spreadsheet, in which nothing is a formula."""
    draft = path.with_suffix(".tmp")
    with draft.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows([harmless(row[name]) for name in head] for row in rows)
    os.replace(draft, path)


def write_text(path: Path, text: str) -> None:
    draft = path.with_suffix(".tmp")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)
