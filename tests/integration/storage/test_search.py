"""Stored releases are found by their words, the same ones in both databases."""

from __future__ import annotations

import pytest

from analysis.keywords import compile_topics
from analysis.searching import VERSION, typed
from domain.search import Scope
from scheduler.ingest import fold, read
from storage.search import EMPTY
from storage.store import Store
from tests.builders import NOW, a_fetched, a_release, a_visit, an_entry
from tests.integration.storage.saving import OTHER_FEED, SOURCES, after, opened, rows, save

KEYWORDS = compile_topics([])
ANYWHERE = Scope()
OTHER_HOST = "https://foreign.example"


def keep(store, *releases, **changes):
    """Save a visit with releases that were really read."""
    visit = a_visit(*releases, **changes)
    read_in = {item.entry.key: read(item.release, KEYWORDS) for item in visit.fetched}
    save(store, visit, readings=read_in)


def on(number, **changes):
    """A release at an address of its own, with a title and a text of its own."""
    values = {
        "url": f"https://press.economy.example/news/{number}",
        "title": f"Title {number}",
        "text": f"The vote of day {number}.",
    }
    return a_release(**values | changes)


def titles(store, words, *, scope=ANYWHERE, at_most=10):
    return [one.title for one in store.find(typed(words), scope=scope, at_most=at_most)]


@pytest.mark.parametrize(
    ("words", "text", "language"),
    [
        ("elections", "ELECTIONS were held", "en"),
        ("elect* ukrai*", "Elections in occupied Ukraine", "en"),
        ('"free and fair"', "neither free and fair nor secret", "en"),
        ("prasident", "Der Präsident", "de"),
        ("izbori", "Председнички избори", "sr"),
        ("选举", "總統選舉", "zh"),
        ("選", "大統領選挙", "ja"),
        ("大統領選挙", "大統領選挙の実施", "ja"),
        ("الانتخابات", "نتائج الإنتخابات", "ar"),
        ("เลือกตั้ง", "การเลือกตั้งทั่วไป", "th"),
        ("snake_case", "Of snake_case only", "en"),
        ("12 3", "On 12.3", "en"),
    ],
)
def test_releases_are_found_in_every_script(store, words, text, language):
    keep(store, on(1, text=text, language=language), on(2, text="Something else entirely."))

    assert titles(store, words) == ["Title 1"]


@pytest.mark.parametrize(
    "words",
    [
        "' OR 1=1 --",
        '" OR ""',
        "vote NOT held AND (",
        "NEAR(vote, 2)",
        "vote:* & | ! <->",
        "words:vote",
        "\\' \\",
        "vote\0held",
        "vote\ud800",
        "x" * 5_000,
        "words " * 400,
        "^vote + - {}",
        "NOT",
    ],
)
def test_no_query_disturbs_the_database(store, words):
    keep(store, on(1))

    assert titles(store, words) in ([], ["Title 1"])


def test_the_order_of_words_is_looked_at_where_it_matters(store):
    keep(store, on(1, text="fair and free"), on(2, text="free and fair"))

    assert titles(store, '"free and fair"') == ["Title 2"]


def test_a_phrase_is_found_in_the_tail_of_a_long_text(store):
    text = "the vote of the people " * 700 + "in the end"
    keep(store, on(1, text=text))

    assert titles(store, '"people in the end"') == ["Title 1"]


def test_the_newest_stand_first_and_no_more_than_asked_for(store):
    dates = {1: after(days=-3), 2: after(days=-1), 3: after(days=-2)}
    keep(store, *(on(number, published_at=at) for number, at in dates.items()))

    assert titles(store, "vote", at_most=2) == ["Title 2", "Title 3"]


def test_a_date_in_the_future_is_not_believed(store):
    keep(store, on(1, published_at=after(days=400)), finished_at=after(hours=1))
    keep(store, on(2, published_at=after(hours=2)), finished_at=after(hours=3))

    assert titles(store, "vote") == ["Title 2", "Title 1"]


def test_what_states_no_date_counts_from_when_it_was_seen(store):
    keep(store, on(1, published_at=None), on(2, published_at=after(days=-1)))

    assert titles(store, "vote", scope=Scope(since=NOW)) == ["Title 1"]


@pytest.mark.parametrize("scope", [Scope(source_id="yy_foreign"), Scope(country="PL")])
def test_a_search_can_be_narrowed_to_a_source_or_a_country(store, scope):
    keep(store, on(1, text="One vote."))
    abroad = a_release(
        source_id="yy_foreign", url=f"{OTHER_HOST}/1", title="Abroad", text="A vote abroad."
    )
    keep(store, abroad, feed=OTHER_FEED)

    assert titles(store, "vote", scope=scope) == ["Abroad"]


def test_a_release_is_found_once_and_by_words_that_were_taken_back(store):
    keep(store, on(1, text="We condemn the vote."))
    corrected = a_fetched(on(1, text="We note the vote."), entry=an_entry(title="Corrected"))
    keep(store, corrected, finished_at=after(hours=1))
    (found,) = store.find(typed("condemn"), scope=ANYWHERE, at_most=10)

    assert found.text == "We note the vote."
    assert titles(store, "vote") == ["Title 1"]


def test_nothing_is_found_in_an_empty_store(store):
    assert titles(store, "vote") == []


def test_texts_that_nobody_folded_are_folded_on_demand(store, database_url):
    keep(store, on(1), on(2, text="Something else entirely."))
    unfold(database_url)

    assert titles(store, "vote") == []
    assert list(store.fold_rest(fold, version=VERSION)) == [2]
    assert titles(store, "vote") == ["Title 1"]
    assert list(store.fold_rest(fold, version=VERSION)) == []
    assert store.check() == ()


def test_many_texts_are_folded_in_portions(store, database_url):
    keep(store, *(on(number) for number in range(501)))
    unfold(database_url)

    assert list(store.fold_rest(fold, version=VERSION)) == [501, 1]
    assert store.check() == ()


def test_a_release_without_words_is_stored_and_found_by_none(store):
    keep(store, on(1, title="", text=""), on(2, title="…", text="!!!"))

    assert titles(store, "vote") == []
    assert store.check() == ()


def test_texts_of_an_older_folding_are_folded_anew(store, database_url):
    keep(store, on(1))
    change(database_url, "UPDATE folded SET version = 0")

    assert list(store.fold_rest(fold, version=VERSION)) == [1]
    assert rows(database_url, "SELECT version FROM folded") == [(VERSION,)]
    assert store.check() == ()


def test_a_text_that_the_index_lacks_is_reported(store, database_url):
    keep(store, on(1))
    empty_index(database_url)

    assert store.check() == ("1 texts are not found by their words; report this line",)


def test_a_database_without_its_index_is_reported(database_url):
    with Store.open(database_url, now=NOW) as store:
        store.remember_sources(SOURCES, now=NOW)
        change(database_url, "DROP TABLE findable")

        assert store.check()[0].startswith("The tables lack the table findable;")


def change(url, statement):
    with opened(url) as connection:
        connection.exec_driver_sql(statement)


def empty_index(url):
    with opened(url) as connection:
        connection.execute(EMPTY[connection.dialect.name])


def unfold(url):
    """As if the texts had been stored by a program that could not search."""
    empty_index(url)
    change(url, "DELETE FROM folded")
