"""What a dump says: enough to compare two databases."""

from __future__ import annotations

from tests.builders import URL, a_fetched, a_release, a_visit, an_entry
from tests.integration.storage.saving import after, save


def test_a_dump_has_a_record_for_each_appearance(store):
    again = a_release(url="https://press.economy.example/en/1")
    save(store, a_visit(a_release(), again))
    first, second = store.dump()
    assert [first["url"], second["url"]] == [URL, "https://press.economy.example/en/1"]
    assert first["release"] == second["release"]
    assert first["story"] == second["story"]


def test_a_record_says_what_is_known_of_an_appearance(store):
    save(store, a_visit(a_release(title="Statement", text="We do not recognise it.")))
    (record,) = store.dump()
    assert {name: record[name] for name in record if name not in {"release", "story"}} == {
        "source": "xx_economy",
        "origin": f"xx_economy/news {URL}",
        "url": URL,
        "title": "Statement",
        "text": "We do not recognise it.",
        "published": "2024-03-18T09:00:00+00:00",
        "matches": [["elections", 1.0, True]],
        "revisions": [["Statement", "We do not recognise it."]],
    }


def test_a_corrected_appearance_is_one_record_with_its_last_words(store):
    save(store, a_visit(a_release(text="Before.")))
    entry = an_entry(title="Corrected")
    corrected = a_fetched(a_release(text="After."), entry=entry)
    save(store, a_visit(corrected, finished_at=after(hours=1)))
    (record,) = store.dump()
    assert record["text"] == "After."
    assert [text for _, text in record["revisions"]] == ["Before.", "After."]


def test_a_release_without_a_date_has_none_in_the_dump(store):
    save(store, a_visit(a_release(published_at=None)))
    (record,) = store.dump()
    assert record["published"] is None
