"""Words and moments on their way into columns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import sqlite

from storage.columns import Moment, checksum_of, storable

DIALECT = sqlite.dialect()


@pytest.mark.parametrize(
    ("words", "stored"),
    [
        ("plain", "plain"),
        ("Zażółć gęślą jaźń 😀", "Zażółć gęślą jaźń 😀"),
        ("a\x00b", "a\ufffdb"),
        ("\ud83d alone, \udcff too", "\ufffd alone, \ufffd too"),
    ],
)
def test_words_keep_their_length(words, stored):
    assert storable(words) == stored


def test_words_that_are_stored_alike_have_one_checksum():
    assert checksum_of("a\x00") == checksum_of("a\ufffd")


def test_a_moment_goes_in_as_utc():
    noon_in_warsaw = datetime(2024, 3, 18, 12, tzinfo=timezone(timedelta(hours=1)))
    assert Moment().process_bind_param(noon_in_warsaw, DIALECT) == datetime(
        2024, 3, 18, 11, tzinfo=UTC
    )


def test_a_moment_comes_out_aware_where_the_database_knows_no_zones():
    stored = datetime(2024, 3, 18, 11)  # noqa: DTZ001 - as SQLite gives it back
    assert Moment().process_result_value(stored, DIALECT) == datetime(2024, 3, 18, 11, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="says no zone"):
        Moment().process_bind_param(datetime(2024, 3, 18), DIALECT)  # noqa: DTZ001
