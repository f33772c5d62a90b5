from datetime import UTC, date, datetime

from tests.unit.demo.demo_builders import a_feed, a_release, an_office

MONDAY = datetime(2024, 3, 18, 10, 30, tzinfo=UTC)
TUESDAY = datetime(2024, 3, 19, 8, 0, tzinfo=UTC)


def test_what_is_published_later_does_not_stand_yet():
    feed = a_feed(a_release(at=TUESDAY))
    assert feed.standing(date(2024, 3, 18)) == ()


def test_the_newest_release_stands_first():
    older, newer = a_release(path="/a", at=MONDAY), a_release(path="/b", at=TUESDAY)
    assert a_feed(older, newer).standing(date(2024, 3, 20)) == (newer, older)


def test_at_one_address_the_last_text_stands():
    first = a_release(at=MONDAY, title="First text")
    second = a_release(at=TUESDAY, title="Second text")
    assert a_feed(first, second).standing(date(2024, 3, 19)) == (second,)


def test_before_the_second_text_the_first_one_stands():
    first = a_release(at=MONDAY, title="First text")
    second = a_release(at=TUESDAY, title="Second text")
    assert a_feed(first, second).standing(date(2024, 3, 18)) == (first,)


def test_a_corrected_release_keeps_the_moment_it_was_first_published_at():
    first, corrected = a_release(at=MONDAY), a_release(at=TUESDAY, is_correction=True)
    assert a_feed(first, corrected).first_at(corrected) == MONDAY


def test_the_next_text_of_a_rolling_address_is_published_when_it_comes():
    first, second = a_release(at=MONDAY), a_release(at=TUESDAY)
    assert a_feed(first, second).first_at(second) == TUESDAY


def test_an_office_writes_dates_with_the_names_of_its_months():
    assert an_office().written_date(MONDAY) == "18 March 2024"


def test_an_office_without_names_of_months_writes_numbers():
    office = an_office(months=(), date_pattern="{at.year}年{month}月{at.day}日")
    assert office.written_date(MONDAY) == "2024年3月18日"
