import gzip
from datetime import UTC, date, datetime

import pytest

from pollwatch.demo.answers import Answer, Asked, dated, gzip_bomb, is_unchanged, moved, page

SPRING = datetime(2024, 3, 20, 9, 30, tzinfo=UTC)
NEWS = dated(b"news", at=SPRING)


def asked(**headers: str) -> Asked:
    return Asked(host="office.example", path="/", headers=headers, day=date(2024, 3, 20), port=8080)


def test_a_dated_answer_says_when_it_changed():
    assert NEWS.header("last-modified") == "Wed, 20 Mar 2024 09:30:00 GMT"


def test_dated_answers_with_other_bodies_have_other_etags():
    assert NEWS.header("ETag") != dated(b"other news", at=SPRING).header("ETag")


def test_an_answer_is_unchanged_for_who_shows_its_etag():
    assert is_unchanged(NEWS, asked(**{"if-none-match": NEWS.header("ETag")}))


def test_an_answer_is_unchanged_for_who_shows_its_date():
    assert is_unchanged(NEWS, asked(**{"if-modified-since": "Wed, 20 Mar 2024 09:30:00 GMT"}))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"if-none-match": '"of-another-body"'},
        {"if-modified-since": "Wed, 20 Mar 2024 09:31:00 GMT"},
        {
            "if-none-match": '"of-another-body"',
            "if-modified-since": "Wed, 20 Mar 2024 09:30:00 GMT",
        },
    ],
)
def test_an_answer_is_new_for_who_shows_nothing_or_something_else(headers):
    assert not is_unchanged(NEWS, asked(**headers))


def test_an_answer_without_validators_is_always_new():
    assert not is_unchanged(page("<p>news</p>"), asked(**{"if-none-match": '"x"'}))


def test_a_refusal_is_never_unchanged():
    refusal = Answer(status=403, headers=(("ETag", '"x"'),))
    assert not is_unchanged(refusal, asked(**{"if-none-match": '"x"'}))


def test_a_gzip_bomb_is_small_on_the_line_and_large_in_memory():
    bomb = gzip_bomb(size=2**20)
    assert len(bomb.body) < 2**12
    assert len(gzip.decompress(bomb.body)) == 2**20


def test_a_moved_address_names_the_new_one():
    assert moved("/new", status=308).header("location") == "/new"


def test_an_address_in_the_town_holds_its_port():
    assert asked().address("/news") == "http://office.example:8080/news"


def test_an_address_can_be_one_of_another_office():
    assert asked().address("/", host="other.example") == "http://other.example:8080/"
