"""How do rows leave for a spreadsheet? As CSV that calculates nothing by itself."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from itertools import chain

COLUMNS = (
    *("id", "release", "story", "source", "institution", "country", "lang", "url", "title", "text"),
    *("published", "first_seen", "relevant", "score", "revisions"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula, or skips before one."""


def csv_lines(rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """A heading, and a line for each row as RFC 4180 has it; text keeps its line breaks."""
    line = StringIO(newline="")
    sheet = csv.writer(line)
    cells = ([_cell(row[name]) for name in COLUMNS] for row in rows)
    for written in chain([COLUMNS], cells):
        sheet.writerow(written)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _cell(value: object) -> object:
    """A value as a cell that shows it; an apostrophe in front makes words of a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
