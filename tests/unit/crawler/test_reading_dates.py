from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.dates import read_date

MIDNIGHT = datetime(2024, 3, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("2024-03-18", ()),
        ("2024/03/18", ()),
        ("2024.03.18", ()),
        ("2024-3-18", ()),
        ("20240318", ()),
        ("18.03.2024", ()),
        ("18. 3. 2024", ("cs",)),
        ("18.03.24", ("de",)),
        ("18/03/2024", ()),
        ("03/18/2024", ()),
        ("18-03-2024", ()),
        ("18 March 2024", ("en",)),
        ("March 18, 2024", ("en",)),
        ("Monday, 18th of March 2024", ("en",)),
        ("Mar. 18th, 2024", ("en",)),
        ("18. März 2024", ("de",)),
        ("lundi 18 mars 2024", ("fr",)),
        ("18 de marzo de 2024", ("es",)),
        ("18 de março de 2024", ("pt",)),
        ("18 marzo 2024", ("it",)),
        ("18 marca 2024 r.", ("pl",)),
        ("18 березня 2024 року", ("uk",)),
        ("18 марта 2024 г.", ("ru",)),
        ("18. března 2024", ("cs",)),
        ("18 mars 2024", ("sv",)),
        ("18 maart 2024", ("nl",)),
        ("2024 m. kovo 18 d.", ("lt",)),
        ("2024. gada 18. martā", ("lv",)),
        ("2024. március 18.", ("hu",)),
        ("18. maaliskuuta 2024", ("fi",)),
        ("18 Μαρτίου 2024", ("el",)),
        ("18 Mart 2024", ("tr",)),
        ("18 მარტი 2024", ("ka",)),
        ("18 במרץ 2024", ("he",)),
        ("2024年3月18日", ("ja",)),
        ("２０２４年３月１８日（月）", ("ja",)),
        ("令和6年3月18日", ("ja",)),
        ("2024년 3월 18일", ("ko",)),
        ("18 مارس 2024", ("ar",)),
        ("١٨ آذار ٢٠٢٤", ("ar",)),
        ("Published: 18 March 2024", ("en",)),
        ("15–18 March 2024", ("en",)),
        ("18 MARCA 2024", ("pl",)),
        ("18 marca 2024", ()),
    ],
)
def test_a_day_is_its_midnight(text: str, languages: tuple[str, ...]) -> None:
    assert read_date(text, zone="UTC", languages=languages) == MIDNIGHT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, 18 Mar 2024 10:30:15 GMT+9", datetime(2024, 3, 18, 1, 30, 15, tzinfo=UTC)),
        ("Mon, 18 Mar 2024 10:30:15 +0100", datetime(2024, 3, 18, 9, 30, 15, tzinfo=UTC)),
        ("Mon, 18 Mar 2024 10:30:15 GMT", datetime(2024, 3, 18, 10, 30, 15, tzinfo=UTC)),
        ("Mon, 18 Mar 2024 10:30 EDT", datetime(2024, 3, 18, 14, 30, tzinfo=UTC)),
        ("2024-03-18T10:30:15Z", datetime(2024, 3, 18, 10, 30, 15, tzinfo=UTC)),
        ("2024-03-18T10:30:15.123456-05:00", datetime(2024, 3, 18, 15, 30, 15, tzinfo=UTC)),
        ("2024-03-18 10:30:15 +0900", datetime(2024, 3, 18, 1, 30, 15, tzinfo=UTC)),
        ("18.03.2024, 10:30 Uhr", datetime(2024, 3, 18, 9, 30, tzinfo=UTC)),
        ("18.03.2024 - 10:30", datetime(2024, 3, 18, 9, 30, tzinfo=UTC)),
        ("10:30, 18 marca 2024", datetime(2024, 3, 18, 9, 30, tzinfo=UTC)),
        ("18 mars 2024 à 10h30", datetime(2024, 3, 18, 9, 30, tzinfo=UTC)),
        ("March 18, 2024 10:30 p.m.", datetime(2024, 3, 18, 21, 30, tzinfo=UTC)),
        ("March 18, 2024 12:30 am", datetime(2024, 3, 17, 23, 30, tzinfo=UTC)),
        ("18.07.2024 10:30", datetime(2024, 7, 18, 8, 30, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_the_sources_own(text: str, expected: datetime) -> None:
    assert read_date(text, zone="Europe/Warsaw") == expected


def test_what_could_be_two_days_is_decided_by_the_language() -> None:
    assert read_date("03/04/2024", zone="UTC", languages=("fr",)) == datetime(
        2024, 4, 3, tzinfo=UTC
    )
    assert read_date("03/04/2024", zone="UTC", languages=("en",)) is None
    assert read_date("03/04/2024", zone="UTC", languages=("fr", "en")) is None
    assert read_date("03/04/2024", zone="UTC") is None


def test_a_month_that_two_languages_name_alike_is_decided_by_the_language() -> None:
    november = datetime(2024, 11, 18, tzinfo=UTC)
    october = datetime(2024, 10, 18, tzinfo=UTC)
    assert read_date("18 listopada 2024", zone="UTC", languages=("pl",)) == november
    assert read_date("18 listopada 2024", zone="UTC", languages=("hr",)) == october
    assert read_date("18 listopada 2024", zone="UTC") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2 hours ago",
        "31.02.2024",
        "18.13.2024",
        "2024",
        "March 2024",
        "18 marketing 2024",
        "version 1.2.3.2024",
        "0000-00-00",
        "18 มีนาคม 2567",
        "18 March 2024 is one of several days in a text too long to be a mere date. " * 2,
    ],
)
def test_what_names_no_day_is_none(text: str) -> None:
    assert read_date(text, zone="UTC", languages=("en",)) is None


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    found = read_date(text, zone="Asia/Tokyo")
    assert found is None or found.tzinfo is UTC


@given(st.integers(min_value=86_400, max_value=4_000_000_000))
def test_iso_dates_are_read_as_they_were_written(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    assert read_date(moment.isoformat(), zone="Asia/Tokyo") == moment
