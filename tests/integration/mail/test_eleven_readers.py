"""Eleven subscribers, and each gets exactly theirs: one store, one pass, a real server."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.source import SourceId
from domain.subscriber import SubscriberId
from storage.store import Store
from tests.builders import NOW, a_feed, a_fetched, a_release, a_source, a_visit
from tests.integration.mail.mailings import Desk, a_reader
from tests.integration.storage.saving import save

JOINT = "The Union does not recognise this vote."
PRESS = (
    ("eu_service", "EU", "en", "Vote: the Union", JOINT),
    ("fr_foreign", "FR", "fr", "Vote : l'Union", JOINT),
    ("pl_foreign", "PL", "pl", "Vote: Unia", JOINT),
    ("de_foreign", "DE", "de", "Vote: Absage", "Berlin erkennt das nicht an."),
    ("jp_foreign", "JP", "ja", "Vote: 談話", "日本政府は認めない。"),
    ("pl_foreign", "PL", "en", "Vote: Warsaw", "Warsaw has a word of its own to say."),
    ("un_general", "UN", "en", "Vote: New York", "The Assembly met."),
)
"""Source, country, language, title, text; in the order in which they were published."""

UNION_IN_ENGLISH, UNION_IN_FRENCH, UNION_IN_POLISH = (row[3] for row in PRESS[:3])
READERS = (
    ("everything", {}),
    ("of_france", {"countries": ("FR",)}),
    ("of_poland", {"countries": ("PL",)}),
    ("of_the_un", {"countries": ("UN",)}),
    ("in_french", {"languages": ("fr",)}),
    ("in_polish", {"languages": ("pl",)}),
    ("in_german", {"languages": ("de",)}),
    ("in_english", {"languages": ("en",)}),
    ("in_both", {"languages": ("pl", "fr")}),
    ("poland_in_polish", {"countries": ("PL",), "languages": ("pl",)}),
    ("japan_in_english", {"countries": ("JP",), "languages": ("en",)}),
)


def publish(store, row, *, published_at):
    name, country, language, title, text = row
    source = a_source(id=SourceId(name), country=country, name=f"Office {name}")
    feed = a_feed(source_id=source.id, url=f"https://{name.replace('_', '-')}.example/feed")
    release = a_release(
        source_id=source.id,
        url=f"https://{name.replace('_', '-')}.example/{language}",
        language=language,
        title=title,
        text=text,
        published_at=published_at,
    )
    save(store, a_visit(a_fetched(release), feed=feed, finished_at=published_at))


@pytest.fixture(scope="module")
def told(tmp_path_factory, post_office):
    """What each reader's mail told on the morning of the day, by his name."""
    file = tmp_path_factory.mktemp("eleven") / "pollwatch.db"
    with Store.open(f"sqlite:///{file}", now=NOW) as store:
        countries = {name: country for name, country, *_ in PRESS}
        sources = tuple(a_source(id=SourceId(name), country=countries[name]) for name in countries)
        store.remember_sources(sources, now=NOW)
        for minute, row in enumerate(PRESS):
            publish(store, row, published_at=NOW + timedelta(minutes=minute - 60))
        desk = Desk(store, post_office())
        desk.readers = [
            a_reader(id=SubscriberId(name), to=(f"{name}@example.org",), **wishes)
            for name, wishes in READERS
        ]
        desk.backlog = timedelta(days=1)
        desk.send()
        return dict(zip(desk.arrived, desk.told, strict=True))


def test_each_of_eleven_gets_one_mail(told):
    assert sorted(told) == sorted(name for name, _ in READERS)


@pytest.mark.parametrize(
    ("reader", "titles"),
    [
        (
            "everything",
            ["Vote: the Union", "Vote: Absage", "Vote: 談話", "Vote: Warsaw", "Vote: New York"],
        ),
        ("of_france", [UNION_IN_ENGLISH]),
        ("of_poland", [UNION_IN_ENGLISH, "Vote: Warsaw"]),
        ("of_the_un", ["Vote: New York"]),
        ("in_french", [UNION_IN_FRENCH]),
        ("in_polish", [UNION_IN_POLISH]),
        ("in_german", ["Vote: Absage"]),
        ("in_english", [UNION_IN_ENGLISH, "Vote: Warsaw", "Vote: New York"]),
        ("in_both", [UNION_IN_FRENCH]),
        ("poland_in_polish", [UNION_IN_POLISH]),
        ("japan_in_english", []),
    ],
)
def test_each_is_told_exactly_what_he_chose_in_his_languages_first(told, reader, titles):
    assert told[reader] == titles
