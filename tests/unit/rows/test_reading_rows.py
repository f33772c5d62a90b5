"""Rows are read as they come; only a line without object or id is a bad one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pollwatch.rows.reading import MOST_KINDS, Rows, text_of


class Reader:
    """Reads lines, and keeps what was complained of."""

    def __init__(self, *lines: bytes) -> None:
        self.complaints = []
        self.rows = Rows(
            lines,
            expected=("title", "text"),
            complain=lambda number, reason: self.complaints.append((number, reason)),
            zones={"us_state": ZoneInfo("America/New_York")},
        )
        self.records = list(self.rows)


def read(*lines):
    return Reader(*lines)


def read_one(fields):
    (record,) = read(b'{"id": "a1", "title": "T", "text": "W", ' + fields.encode() + b"}").records
    return record


def test_a_row_is_read_with_all_that_it_gives():
    record = read_one(
        '"source": "plmfa", "institution": "Ministry", "country": "PL", "lang": "pl",'
        ' "url": "https://msz.example/1", "published": "2024-03-18T10:00:00Z"'
    )
    assert (record.id, record.source_id, record.institution) == ("a1", "plmfa", "Ministry")
    assert (record.country, record.language, record.url) == ("PL", "pl", "https://msz.example/1")
    assert (record.title, record.text, record.published) == ("T", "W", "2024-03-18T10:00:00Z")


def test_the_line_itself_is_kept():
    line = b'{"id": "a1", "title": "T", "text": "W"}'
    assert read(line + b"\n").records[0].line == line


@pytest.mark.parametrize(
    "line",
    [b"no json", b'["a list"]', b'"words"', b"7", b"{", b"\xff\xfe", b"[" * 100_000, b"\x00"],
)
def test_a_line_that_is_no_object_is_reported_with_its_number_and_the_rest_goes_on(line):
    reader = read(b'{"id": "a1"}', line, b'{"id": "a2"}')
    assert [record.id for record in reader.records] == ["a1", "a2"]
    assert reader.complaints == [(2, "is no JSON object; write one object on each line")]
    assert reader.rows.bad == 1


@pytest.mark.parametrize(
    "fields", ["{}", '{"id": ""}', '{"id": " "}', '{"id": null}', '{"id": true}', '{"id": 1.5}']
)
def test_a_row_without_an_id_is_reported(fields):
    reader = read(fields.encode())
    assert reader.complaints == [(1, 'lacks an id; write "id" with a text or a whole number')]


def test_an_empty_line_is_no_row_and_no_mistake():
    reader = read(b'{"id": "a1"}\n', b"\n", b"  \r\n", b'{"id": "a2"}')
    assert [record.id for record in reader.records] == ["a1", "a2"]
    assert reader.rows.bad == 0


def test_a_number_is_an_id_too():
    (record,) = read(b'{"id": 7}').records
    assert (record.id, record.key) == (7, "7")


def test_a_byte_order_mark_is_no_part_of_a_row():
    assert read(b'\xef\xbb\xbf{"id": "a1"}').records[0].id == "a1"


@pytest.mark.parametrize(
    ("fields", "oddity"),
    [
        ('"extra": 1', "the field 'extra' is none of ours and left out"),
        ('"country": "Q9"', "country 'Q9' is none that we know, and kept as given"),
        ('"lang": "tlh"', "lang 'tlh' is none that we know, and kept as given"),
        ('"published": "soon"', "'published' cannot be read as a date, and counts as not given"),
        ('"url": 5', "'url' is no text, and counts as not given"),
        ('"source": "a\\u0000b"', "'source' is no id, and counts as not given"),
    ],
)
def test_what_is_odd_about_a_row_is_counted(fields, oddity):
    reader = read(b'{"id": "a1", "title": "T", "text": "W", ' + fields.encode() + b"}")
    assert reader.rows.oddities == {oddity: 1}
    assert reader.rows.bad == 0


def test_what_was_expected_and_is_empty_is_counted():
    oddities = read(b'{"id": "a1", "text": ""}', b'{"id": "a2", "title": "T"}').rows.oddities
    assert oddities == {"'title' is empty or not given": 1, "'text' is empty or not given": 2}


def test_a_file_of_something_else_has_no_end_of_oddities_told_apart():
    lines = [b'{"id": 1, "title": "T", "text": "W", "x%d": 1}' % number for number in range(200)]
    oddities = read(*lines).rows.oddities
    assert len(oddities) == MOST_KINDS + 1
    assert oddities["something else is odd"] == 100


def test_an_unknown_country_and_language_stay_as_given():
    record = read_one('"country": "GB-SCT", "lang": "tlh"')
    assert (record.country, record.language) == ("GB-SCT", "tlh")


@pytest.mark.parametrize("written", ['"2024-03"', '"2024"', "2024"])
def test_a_month_or_a_year_is_kept_without_a_moment(written):
    record = read_one(f'"published": {written}')
    assert (record.published, record.published_at) == (written.strip('"'), None)


def test_a_date_that_cannot_be_read_counts_as_not_given():
    record = read_one('"published": "soon"')
    assert (record.published, record.published_at) == ("", None)


@pytest.mark.parametrize("source", ["", '"source": "", ', '"source": null, '])
def test_who_says_nothing_of_its_source_has_one_nonetheless(source):
    assert read_one(source + '"country": "PL"').source_id == "imported"


def test_plain_text_has_its_title_in_the_first_line():
    assert text_of(b" Title \nFirst.\nSecond.") == ("Title", "First.\nSecond.", "")


@pytest.mark.parametrize("content", [b"{not json", b"[1]", b"\xff"])
def test_what_is_no_row_is_plain_text(content):
    assert text_of(content) == (content.decode(errors="replace"), "", "")


def test_half_a_letter_becomes_a_sign_of_the_same_length():
    record = read(b'{"id": "a\\ud800", "title": "T\\udfff!", "text": "\\ud83d\\uddf3"}').records[0]
    assert (record.id, record.title, record.text) == ("a\ufffd", "T\ufffd!", "🗳")


@pytest.mark.parametrize(
    ("source", "at"),
    [
        ("us_state", datetime(2024, 3, 18, 4, 0, tzinfo=UTC)),
        ("elsewhere", datetime(2024, 3, 18, tzinfo=UTC)),
    ],
)
def test_a_day_is_one_of_its_sources_zone_and_of_utc_where_nobody_says_which(source, at):
    record = read_one(f'"source": "{source}", "published": "2024-03-18"')
    assert (record.published, record.published_at) == ("2024-03-18", at)


def test_a_password_in_an_address_is_left_out_and_said():
    line = (
        b'{"id": "https://desk:pw@a.example/1", "url": "https://desk:pw@a.example/1", "text": "W"}'
    )
    reader = Reader(line)
    (record,) = reader.records

    assert (record.id, record.url) == ("https://a.example/1", "https://a.example/1")
    assert json.loads(record.line) == {
        "id": "https://a.example/1",
        "url": "https://a.example/1",
        "text": "W",
    }
    assert (
        reader.rows.oddities["'url' held a name or password before the host, which is left out"]
        == 1
    )


def test_any_other_row_is_kept_to_the_letter():
    line = b'{"id":"a1",  "url":"https://a.example/@desk"}'

    assert Reader(line).records[0].line == line
