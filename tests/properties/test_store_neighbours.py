"""Which texts become one release or one story does not depend on who comes first, and with whom.

Here with the real judgement: texts that are alike, views of one page, what a feed cut off, siblings
of a template and a translation, each found by its own kind of mark.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.keywords import compile_topics
from domain.source import SourceId
from scheduler.ingest import Ingest, read
from storage.neighbourhood import Neighbourhood, marked
from storage.store import Store
from tests.builders import NOW, a_feed, a_fetched, a_release, a_source, a_visit, an_entry
from tests.properties.test_store_properties import grouped
from tests.unit.analysis.test_translations import ENGLISH, FRENCH
from tests.unit.analysis.texts import STATEMENT

ECONOMY = a_feed()
FOREIGN = a_feed(source_id=SourceId("yy_foreign"), url="https://foreign.example/feed")
KEYWORDS = compile_topics([])
CONGRATULATION = (
    "The minister congratulates the people of {country} on the peaceful vote of {day} March, and "
    "looks forward to working with the new parliament on trade, visas, energy and the security of "
    "the region, as both governments have done for many years now."
)
OWN_WORDS = "Our government aligns itself with the statement that was published today:"


def brought(feed, path, text, **changes):
    """What one entry of a feed brought."""
    url = f"https://{feed.source_id}.example/{path}"
    release = a_release(source_id=feed.source_id, url=url, text=text, **changes)
    entry = an_entry(url=url, title=release.title, summary=text)
    return feed, a_fetched(release, entry=entry)


BROUGHT = (
    brought(ECONOMY, "en/1", STATEMENT),
    brought(ECONOMY, "en/1?print=1", f"Home > News\n\n{STATEMENT}"),
    brought(ECONOMY, "amp/en/1", f"{' '.join(STATEMENT.split()[:24])} …"),
    brought(ECONOMY, "en/9", STATEMENT.replace("international", "internatonal")),
    brought(ECONOMY, "en/10", f"{STATEMENT} The ambassador was summoned at noon."),
    brought(FOREIGN, "a", f"{OWN_WORDS}\n{STATEMENT}", title="We align ourselves"),
    brought(ECONOMY, "c/1", CONGRATULATION.format(country="Senegal", day="24"), title="Senegal"),
    brought(ECONOMY, "c/2", CONGRATULATION.format(country="Slovakia", day="23"), title="Slovakia"),
    brought(FOREIGN, "c", CONGRATULATION.format(country="Senegal", day="24"), title="Senegal"),
    brought(FOREIGN, "en/5", ENGLISH, title="Belgium"),
    brought(FOREIGN, "fr/5", FRENCH, title="Belgique", language="fr"),
)
RELEASES = {
    frozenset({"en/1", "en/1?print=1", "amp/en/1", "en/9", "en/10"}),
    *map(frozenset, ({"a"}, {"c/1"}, {"c/2"}, {"c"}, {"en/5"}, {"fr/5"})),
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A database that knows the sources; making one takes longer than copying it."""
    path = tmp_path_factory.mktemp("made") / "empty.db"
    with Store.open(f"sqlite:///{path}", now=NOW) as store:
        feeds = (ECONOMY, FOREIGN)
        store.remember_sources([a_source(id=f.source_id, feeds=(f,)) for f in feeds], now=NOW)
    return path


@contextmanager
def a_copy(empty: Path) -> Iterator[Store]:
    with TemporaryDirectory() as folder:
        path = shutil.copy(empty, f"{folder}/x.db")
        with Store.open(f"sqlite:///{path}", now=NOW) as store:
            yield store


def save(store: Store, items: Sequence[tuple], *, at_once: int) -> None:
    """Save what feeds brought in their order, so many in a visit where one feed brought them."""
    for start in range(0, len(items), at_once):
        for feed in (ECONOMY, FOREIGN):
            fetched = [one for of, one in items[start : start + at_once] if of is feed]
            visit = a_visit(*fetched, feed=feed, finished_at=NOW + timedelta(minutes=start))
            readings = {one.entry.key: read(one.release, KEYWORDS) for one in fetched}
            store.save_visit(
                visit, readings=readings, next_poll_at=NOW, judge=Ingest(), host_is_done=True
            )


def paths(groups):
    return {frozenset(url.split(".example/")[1] for url in group) for group in groups}


def test_all_of_them_fall_into_the_releases_and_stories_that_they_are(empty):
    with a_copy(empty) as store:
        save(store, BROUGHT, at_once=1)
        assert paths(grouped(store, "release")) == RELEASES
        assert frozenset({"en/5", "fr/5"}) in paths(grouped(store, "story"))


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_who_comes_first_and_with_whom_does_not_matter(empty, data):
    some = data.draw(st.lists(st.sampled_from(BROUGHT), min_size=2, unique_by=id))
    shuffled = data.draw(st.permutations(some))
    with a_copy(empty) as one, a_copy(empty) as other:
        save(one, some, at_once=1)
        save(other, shuffled, at_once=data.draw(st.integers(1, 4)))
        assert grouped(one, "release") == grouped(other, "release")
        assert grouped(one, "story") == grouped(other, "story")


VIEWS = ["en/1", "en/1?print=1", "amp/en/1", "en/1/", "fr/1"]


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.integers(10, 60), views=st.permutations(VIEWS[:4]), is_first=st.booleans())
def test_what_a_feed_cut_off_is_found_by_its_address(empty, words, views, is_first):
    page = brought(ECONOMY, views[0], STATEMENT)
    summary = brought(ECONOMY, views[1], f"{' '.join(STATEMENT.split()[:words])} …")
    with a_copy(empty) as store:
        save(store, [summary, page] if is_first else [page, summary], at_once=1)
        assert len(grouped(store, "release")) == 1


@given(
    views=st.permutations(VIEWS),
    texts=st.lists(st.sampled_from([*STATEMENT.split(), "", "Nein."]), min_size=2, max_size=2),
    days=st.integers(0, 9000),
)
def test_texts_at_one_document_are_near_whatever_they_say_and_whenever(views, texts, days):
    one, other = (
        a_marked(view, text, published_at=NOW + timedelta(days=after))
        for view, text, after in zip(views[:2], texts, (0, days), strict=True)
    )
    assert Neighbourhood([one]).near(other) == (one.key,)


def a_marked(path, text, **changes):
    release = a_release(url=f"https://xx_economy.example/{path}", text=text, **changes)
    reading = read(release, KEYWORDS)
    return marked(reading.text, reading.marks, seen_at=NOW)
