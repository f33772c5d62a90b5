"""Labelled sets go in, come back word for word, and go in again as nothing new."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pollwatch.rows.reading import Rows

FIELDS = ("url", "title", "text", "country", "lang", "published")
TESTDATA = os.environ.get("POLLWATCH_TESTDATA")
SETS = {"real/texts.jsonl": 96, "duplicates/dev.jsonl": 191}

pytestmark = pytest.mark.skipif(not TESTDATA, reason="POLLWATCH_TESTDATA names no folder")


def lines(name):
    return Path(TESTDATA or "", name).read_bytes().splitlines()


def take_in(desk, name):
    return desk.take_in(*Rows(lines(name), expected=(), complain=pytest.fail, zones={}))


@pytest.mark.parametrize(("name", "count"), SETS.items())
def test_a_set_that_is_imported_twice_is_stored_once(desk, name, count):
    assert take_in(desk, name).new == count
    before = desk.store.counts()
    again = take_in(desk, name)
    assert (again.known, again.new, again.revised) == (count, 0, 0)
    assert desk.store.counts() == before
    assert desk.store.check() == ()


@pytest.mark.parametrize("name", SETS)
def test_every_row_comes_back_with_its_own_words(desk, name):
    take_in(desk, name)
    wanted = {row["id"]: row for row in map(json.loads, lines(name))}
    exported = {row["id"]: row for row in desk.rows()}
    assert {key: [row[field] or "" for field in FIELDS] for key, row in exported.items()} == {
        key: [row[field] or "" for field in FIELDS] for key, row in wanted.items()
    }
