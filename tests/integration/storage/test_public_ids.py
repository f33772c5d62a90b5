"""Public ids: short, stable, never given twice."""

from __future__ import annotations

import pytest

from storage.public_ids import new_ids, spelled
from storage.schema import AliasRow, ReleaseRow, StoryRow
from storage.writing import add
from tests.builders import a_text
from tests.integration.storage.saving import opened

KEY = a_text().key
OTHER = a_text(canonical_url="https://press.economy.example/other").key
SIGNS = spelled("release", KEY)


def test_an_id_is_the_same_in_every_database(store, database_url):
    with opened(database_url) as connection:
        assert new_ids(connection, "release", [KEY]) == [SIGNS[:8]]


def test_each_text_gets_an_id_of_its_own(store, database_url):
    with opened(database_url) as connection:
        assert len(set(new_ids(connection, "release", [KEY, OTHER]))) == 2


def test_no_texts_get_no_ids(store, database_url):
    with opened(database_url) as connection:
        assert new_ids(connection, "release", []) == []


@pytest.mark.parametrize("table", [StoryRow, ReleaseRow, AliasRow])
def test_a_taken_id_is_spelled_longer(store, database_url, table):
    taken = {
        StoryRow: [(StoryRow, {"public_id": SIGNS[:8]})],
        ReleaseRow: [
            (StoryRow, {"id": 1, "public_id": "story"}),
            (ReleaseRow, {"public_id": SIGNS[:8], "story_id": 1}),
        ],
        AliasRow: [
            (StoryRow, {"id": 1, "public_id": "story"}),
            (AliasRow, {"public_id": SIGNS[:8], "story_id": 1}),
        ],
    }
    with opened(database_url) as connection:
        for where, row in taken[table]:
            add(connection, where, [row])
        assert new_ids(connection, "release", [KEY]) == [SIGNS[:9]]


def test_ids_that_are_taken_at_several_lengths_grow_on(store, database_url):
    with opened(database_url) as connection:
        add(connection, StoryRow, [{"public_id": SIGNS[:length]} for length in (8, 9, 10)])
        assert new_ids(connection, "release", [KEY]) == [SIGNS[:11]]
