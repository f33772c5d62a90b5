"""Rows become releases, a batch at a time."""

from __future__ import annotations

import zlib
from hashlib import sha256

import pytest

from domain.release import Witness
from domain.source import SourceId
from scheduler.importing import BATCH, batches, release_of
from tests.builders import NOW, a_record


def sizes(*ids):
    return [len(batch) for batch in batches(a_record(id=one) for one in ids)]


def test_rows_come_in_batches():
    assert sizes(*range(BATCH + 2)) == [BATCH, 2]


def test_no_rows_make_no_batch():
    assert sizes() == []


def test_a_row_that_comes_again_begins_a_batch_of_its_own():
    assert sizes("a1", "a2", "a1") == [2, 1]


def test_the_same_id_in_another_source_is_another_row():
    records = [a_record(), a_record(source_id=SourceId("jpmofa"))]
    assert [len(batch) for batch in batches(records)] == [2]


def test_a_release_is_what_the_row_says():
    release = release_of(a_record(url="HTTPS://Msz.example/1?utm_source=x"), now=NOW)
    assert release.url == "HTTPS://Msz.example/1?utm_source=x"
    assert release.canonical_url == "https://msz.example/1"
    assert (release.source_id, release.language) == ("plmfa", "en")


@pytest.mark.parametrize("url", ["", "-", "msz.example/1", "mailto:press@msz.example"])
def test_a_row_without_an_address_stands_at_one_of_its_own(url):
    release = release_of(a_record(id="a1", url=url), now=NOW)
    assert (release.url, release.canonical_url) == (url, "import:a1")


def test_the_row_itself_is_kept_as_the_original():
    original = release_of(a_record(line=b'{"id": "a1"}'), now=NOW).original
    assert zlib.decompress(original.body) == b'{"id": "a1"}'
    assert original.checksum == sha256(b'{"id": "a1"}').hexdigest()
    assert original.fetched_at == NOW


def test_the_witness_of_what_a_row_says_is_the_import():
    witnesses = release_of(a_record(language="", published=""), now=NOW).witnesses
    assert witnesses == {"title": Witness.IMPORT, "text": Witness.IMPORT}
