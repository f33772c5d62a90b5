"""A sheet shows what it holds, and calculates nothing by itself."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from pollwatch.rows.writing import COLUMNS, csv_lines

ROW = dict.fromkeys(COLUMNS) | {"id": "a1", "relevant": True, "score": 1.5, "revisions": 0}


def read_back(**fields):
    written = "".join(csv_lines([ROW | fields]))
    (row,) = csv.DictReader(StringIO(written, newline=""))
    return row


def test_a_sheet_begins_with_a_heading():
    assert next(csv_lines([])) == (
        "id,release,story,source,institution,country,lang,url,title,text,published,"
        "first_seen,relevant,score,revisions\r\n"
    )


def test_what_is_not_given_is_an_empty_cell():
    assert next(line for line in csv_lines([ROW]) if line.startswith("a1")) == (
        "a1,,,,,,,,,,,,true,1.5,0\r\n"
    )


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_formula_becomes_words(sign):
    assert read_back(title=f"{sign}SUM(A1)")["title"] == f"'{sign}SUM(A1)"


@pytest.mark.parametrize("text", ["One.\n\nTwo.", "One.\r\nTwo.", "One.\rTwo.", 'He said "no", so'])
def test_text_keeps_its_line_breaks_and_quotes(text):
    assert read_back(text=text)["text"] == text
