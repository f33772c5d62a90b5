"""What a crawl brings home from a town of press offices."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from domain.errors import StorageError
from domain.poll import Code, Fate, FeedMemory, Outcome, Validators, Visit
from domain.release import EntryKey, Witness
from domain.source import Feed, ReleaseRecipe
from pollwatch.demo.town import Answer, Town, dated, page
from tests.builders import a_feed, an_entry, an_owed
from tests.integration.crawler.offices import (
    NAME,
    RSS,
    a_feed_of,
    a_release_page,
    an_office,
    feed_text,
    item,
    release_text,
)
from tests.integration.crawler.visitors import (
    Crawl,
    FakeRecall,
    a_batch,
    a_policy,
    paths,
    problems,
)

LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


def the_feed(town: Town, **changes: object) -> Feed:
    return a_feed(url=f"http://{NAME}:{town.port}/feed", **changes)


def fates(visit: Visit) -> list[tuple[str, Fate]]:
    return [(str(key), fate) for key, fate in visit.fates]


def test_a_feed_is_listed_and_its_release_fetched(crawl: Crawl) -> None:
    with Town({NAME: an_office(1)}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    (fetched,) = visit.fetched
    assert visit.outcome is Outcome.NEWS
    assert visit.problems == ()
    assert fates(visit) == [("id-1", Fate.FETCHED)]
    assert fetched.release.title == "Release 1"
    assert fetched.release.text == (
        "The ministry does not recognise the vote that was held on the occupied territory.\n"
        "It was neither free nor fair, and its result number 1 has no effect whatsoever."
    )
    assert fetched.release.published_at == datetime(2024, 3, 18, 9, 0, tzinfo=UTC)
    assert fetched.release.url == f"http://{NAME}:{town.port}/news/1"
    assert fetched.release.language == "en"
    assert fetched.release.witnesses["text"] is Witness.EXTRACTOR


def test_the_original_is_kept_as_it_came(crawl: Crawl) -> None:
    with Town({NAME: an_office(1)}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    original = visit.fetched[0].release.original
    assert zlib.decompress(original.body) == release_text(1).encode()
    assert original.checksum == sha256(release_text(1).encode()).hexdigest()
    assert ("Content-Type", "text/html; charset=utf-8") in original.headers


def test_a_cookie_is_neither_kept_nor_sent(crawl: Crawl) -> None:
    cookie = (("Set-Cookie", "visitor=1"), ("Content-Type", "text/html"))
    first = Answer(headers=cookie, body=release_text(1).encode())
    office = an_office(1, 2) | {"/news/1": first}
    with Town({NAME: office}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    sent = [note.headers for note in town.book]
    assert "set-cookie" not in {
        name.lower() for name, _ in visit.fetched[0].release.original.headers
    }
    assert [headers.get("cookie") for headers in sent] == [None, None, None, None]


def test_what_was_fetched_before_is_known_and_not_asked_for(crawl: Crawl) -> None:
    with Town({NAME: an_office(1, 2)}) as town:
        feed = the_feed(town)
        (first,) = crawl(a_batch(feed), town)
        marks = {fetched.entry.key: fetched.entry.mark for fetched in first.fetched}
        town.clear_book()
        (second,) = crawl(a_batch(feed), town, recall=FakeRecall(known=marks))
    assert paths(town) == ["/robots.txt", "/feed"]
    assert fates(second) == [("id-1", Fate.KNOWN), ("id-2", Fate.KNOWN)]


def test_an_unchanged_feed_is_not_read_and_nobody_is_asked_what_is_known(crawl: Crawl) -> None:
    recall = FakeRecall()
    office = {"/feed": dated(feed_text([item(1)]).encode(), at=LONG_AGO, content_type=RSS)}
    with Town({NAME: office | {"/news/1": a_release_page(1)}}) as town:
        (first,) = crawl(a_batch(the_feed(town)), town)
        memory = FeedMemory(validators=first.validators)
        town.clear_book()
        (second,) = crawl(a_batch(the_feed(town), memory=memory), town, recall=recall)
    assert [note.status for note in town.book] == [404, 304]
    assert second.outcome is Outcome.UNCHANGED
    assert second.validators == first.validators
    assert (second.listed, second.taken_up, second.fates) == (0, 0, ())
    assert recall.asked == []


def test_validators_come_back_exactly_as_received(crawl: Crawl) -> None:
    memory = FeedMemory(
        validators=Validators(etag='W/"a b"', last_modified="Mon, 18 March 2024 10:00 CET")
    )
    with Town({NAME: an_office(1)}) as town:
        crawl(a_batch(the_feed(town), memory=memory), town)
    asked = next(note.headers for note in town.book if note.path == "/feed")
    assert asked["if-none-match"] == 'W/"a b"'
    assert asked["if-modified-since"] == "Mon, 18 March 2024 10:00 CET"


def test_the_same_bytes_again_are_unchanged(crawl: Crawl) -> None:
    recall = FakeRecall()
    with Town({NAME: an_office(1)}) as town:
        (first,) = crawl(a_batch(the_feed(town)), town)
        memory = FeedMemory(validators=first.validators)
        (second,) = crawl(a_batch(the_feed(town), memory=memory), town, recall=recall)
    assert second.outcome is Outcome.UNCHANGED
    assert recall.asked == []


def test_what_does_not_fit_is_owed_and_fetched_although_the_feed_stays_unchanged(
    crawl: Crawl,
) -> None:
    with Town({NAME: an_office(1, 2, 3)}) as town:
        feed, one = the_feed(town), a_policy(hosts=town.hosts, releases_per_run=1)
        (first,) = crawl(a_batch(feed), town, policy=one)
        memory = FeedMemory(validators=first.validators, owed=first.owed)
        (second,) = crawl(a_batch(feed, memory=memory), town, policy=one)
        memory = FeedMemory(validators=second.validators, owed=second.owed)
        (third,) = crawl(a_batch(feed, memory=memory), town, policy=one)
    assert fates(first) == [
        ("id-1", Fate.FETCHED),
        ("id-2", Fate.DEFERRED),
        ("id-3", Fate.DEFERRED),
    ]
    assert [owed.attempts for owed in first.owed] == [0, 0]
    assert fates(second) == [("id-2", Fate.FETCHED), ("id-3", Fate.DEFERRED)]
    assert (second.listed, second.taken_up) == (0, 2)
    assert fates(third) == [("id-3", Fate.FETCHED)]
    assert third.owed == ()


def test_a_budget_of_nothing_only_lists(crawl: Crawl) -> None:
    with Town({NAME: an_office(1, 2)}) as town:
        policy = a_policy(hosts=town.hosts, releases_per_run=0)
        (visit,) = crawl(a_batch(the_feed(town)), town, policy=policy)
    assert paths(town) == ["/robots.txt", "/feed"]
    assert fates(visit) == [("id-1", Fate.DEFERRED), ("id-2", Fate.DEFERRED)]
    assert [owed.entry.key for owed in visit.owed] == ["id-1", "id-2"]


def test_repeated_entries_and_entries_without_address_have_fates_too(crawl: Crawl) -> None:
    listed = [item(1), item(1), item(2, link=""), item(3, link="mailto:press@economy.example")]
    office = {
        "/feed": page(feed_text(listed), content_type=RSS),
        "/news/1": a_release_page(1),
    }
    with Town({NAME: office}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert (visit.listed, visit.taken_up) == (4, 0)
    assert sorted(fates(visit)) == [
        ("id-1", Fate.FETCHED),
        ("id-1", Fate.KNOWN),
        ("id-2", Fate.SKIPPED),
        ("id-3", Fate.SKIPPED),
    ]
    assert problems(visit) == [Code.ENTRY_WITHOUT_ADDRESS]


def test_addresses_that_the_source_file_skips_are_not_asked_for(crawl: Crawl) -> None:
    with Town({NAME: an_office(1)}) as town:
        feed = the_feed(town, release=ReleaseRecipe(skip=("/news/",)))
        (visit,) = crawl(a_batch(feed), town)
    assert paths(town) == ["/robots.txt", "/feed"]
    assert fates(visit) == [("id-1", Fate.SKIPPED)]


def test_a_page_that_is_gone_costs_itself_and_is_tried_again_later(crawl: Crawl) -> None:
    office = {"/feed": a_feed_of(1, 2), "/news/2": a_release_page(2)}
    with Town({NAME: office}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    (owed,) = visit.owed
    assert fates(visit) == [("id-1", Fate.FAILED), ("id-2", Fate.FETCHED)]
    assert visit.outcome is Outcome.NEWS
    assert owed.attempts == 1
    assert owed.reason == f"http://{NAME}:{town.port}/news/1 answers 404 Not Found"
    assert owed.not_before_at - visit.finished_at > timedelta(minutes=59)
    assert visit.problems == ()


def test_the_fifth_attempt_is_the_last_and_says_so(crawl: Crawl) -> None:
    with Town({NAME: {"/feed": a_feed_of(2), "/news/2": a_release_page(2)}}) as town:
        lost = an_entry(key=EntryKey("id-1"), url=f"http://{NAME}:{town.port}/news/1")
        memory = FeedMemory(owed=(an_owed(lost, attempts=4, not_before_at=LONG_AGO),))
        (visit,) = crawl(a_batch(the_feed(town), memory=memory), town)
    (problem,) = visit.problems
    assert fates(visit) == [("id-1", Fate.FAILED), ("id-2", Fate.FETCHED)]
    assert (visit.listed, visit.taken_up) == (1, 1)
    assert visit.given_up == (lost,)
    assert visit.owed == ()
    assert problem.code is Code.ENTRY_GIVEN_UP
    assert problem.place == lost.url
    assert problem.detail.startswith("given up after 5 attempts: ")


def test_an_owed_entry_waits_for_its_time(crawl: Crawl) -> None:
    with Town({NAME: an_office(1)}) as town:
        later = datetime.now(UTC) + timedelta(hours=1)
        waiting = an_owed(an_entry(key=EntryKey("id-9")), attempts=2, not_before_at=later)
        (visit,) = crawl(a_batch(the_feed(town), memory=FeedMemory(owed=(waiting,))), town)
    assert fates(visit) == [("id-1", Fate.FETCHED), ("id-9", Fate.DEFERRED)]
    assert visit.owed == (waiting,)


def test_a_page_without_text_is_a_problem(crawl: Crawl) -> None:
    empty = page("<html><head><title>Release 1</title></head><body></body></html>")
    with Town({NAME: {"/feed": a_feed_of(1), "/news/1": empty}}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert fates(visit) == [("id-1", Fate.FAILED)]
    assert problems(visit) == [Code.RELEASE_WITHOUT_TEXT]
    assert visit.problems[0].place == f"http://{NAME}:{town.port}/news/1"


def test_a_release_without_a_date_is_brought_home_with_a_problem(crawl: Crawl) -> None:
    undated = page(feed_text(["<item><title>On the vote</title><link>/news/1</link></item>"]))
    with Town({NAME: {"/feed": undated, "/news/1": a_release_page(1)}}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert visit.fetched[0].release.published_at is None
    assert problems(visit) == [Code.RELEASE_WITHOUT_DATE]


def test_a_date_to_come_is_kept_as_the_source_states_it(crawl: Crawl) -> None:
    future = page(
        "<html><head><meta property='article:published_time' content='2099-01-02T03:04:05Z'>"
        "</head><body><main><h1>Release 1</h1><p>The ministry announces a vote that will be"
        " held on the occupied territory in a far away year.</p></main></body></html>"
    )
    with Town({NAME: {"/feed": a_feed_of(1), "/news/1": future}}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert visit.fetched[0].release.published_at == datetime(2099, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert problems(visit) == [Code.DATE_IN_FUTURE]


def test_something_that_is_no_feed_fails_the_feed(crawl: Crawl) -> None:
    with Town({NAME: {"/feed": page("<html><body>Welcome to our new site</body></html>")}}) as town:
        owed = (an_owed(),)
        (visit,) = crawl(a_batch(the_feed(town), memory=FeedMemory(owed=owed)), town)
    assert visit.outcome is Outcome.FAILED
    assert problems(visit) == [Code.FEED_NOT_A_FEED]
    assert visit.problems[0].place == "xx_economy/news"
    assert (visit.listed, visit.taken_up, visit.fates) == (0, 0, ())
    assert visit.owed == owed
    assert visit.validators == Validators()


def test_an_empty_feed_is_a_problem_and_looked_at_again_next_time(crawl: Crawl) -> None:
    with Town({NAME: {"/feed": a_feed_of()}}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert visit.outcome is Outcome.NEWS
    assert problems(visit) == [Code.LISTING_EMPTY]
    assert visit.validators == Validators()


def test_a_fault_of_ours_costs_one_feed_and_names_its_line(crawl: Crawl) -> None:
    class Forgetful(FakeRecall):
        async def marks(self, feed_id: object, keys: object) -> dict[EntryKey, str]:
            known: dict[str, dict[EntryKey, str]] = {"xx_economy/speeches": {}}
            return known[str(feed_id)]

    with Town({NAME: an_office(1)}) as town:
        first, second = the_feed(town), the_feed(town, name="speeches")
        broken, good = crawl(a_batch(first, second), town, recall=Forgetful())
    assert broken.outcome is Outcome.FAILED
    assert problems(broken) == [Code.UNEXPECTED]
    assert broken.problems[0].detail.startswith("KeyError: 'xx_economy/news', in marks, line ")
    assert good.outcome is Outcome.NEWS


def test_a_store_that_is_lost_ends_the_crawl_and_costs_no_entry_an_attempt(crawl: Crawl) -> None:
    class Lost(FakeRecall):
        async def marks(self, feed_id: object, keys: object) -> dict[EntryKey, str]:
            raise StorageError("the database is gone")

    with Town({NAME: an_office(1)}) as town, pytest.raises(StorageError, match="is gone"):
        crawl(a_batch(the_feed(town)), town, recall=Lost())
