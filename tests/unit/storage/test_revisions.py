"""Which texts of a release are its revisions, and which is in force."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.revisions import as_known, is_change, revisions, texts_in_turn
from tests.builders import NOW, a_fingerprint, a_text

HERE, THERE = "https://economy.example/1", "https://economy.example/2"


def a_row(number, url=HERE, *, words="x", title="T", first=0, last=None, checksum=None):
    """A text's row; moments are days after NOW."""
    return {
        "id": number,
        "canonical_url": url,
        "title": title,
        "text": words,
        "fingerprint": words,
        "checksum": checksum or words,
        "first_seen_at": NOW + timedelta(days=first),
        "last_seen_at": NOW + timedelta(days=first if last is None else last),
    }


def in_turn(*rows):
    return [row["id"] for row in texts_in_turn(rows)]


def test_a_text_that_never_changed_is_alone():
    assert in_turn(a_row(1)) == [1]


def test_changed_texts_come_in_order_of_time():
    assert in_turn(a_row(2, words="y", first=1), a_row(1)) == [1, 2]


def test_a_text_at_another_address_is_no_revision():
    assert in_turn(a_row(1), a_row(2, THERE, words="y", first=1)) == [1]


def test_the_address_whose_text_changed_last_counts():
    rows = [a_row(1), a_row(2, THERE, words="y", first=1), a_row(3, THERE, words="z", first=2)]
    assert in_turn(*rows) == [2, 3]


def test_seeing_the_other_address_again_changes_nothing():
    rows = [a_row(1, last=9), a_row(2, THERE, words="y", first=1)]
    assert in_turn(*rows) == [1]


def test_a_text_that_came_back_is_in_force():
    assert in_turn(a_row(1, last=2), a_row(2, words="y", first=1)) == [2, 1]


def test_the_same_words_in_other_dress_stand_once():
    assert in_turn(a_row(1), a_row(2, first=1), a_row(3, words="y", first=2)) == [2, 3]


def test_another_title_is_a_change():
    assert in_turn(a_row(1), a_row(2, title="U", first=1)) == [1, 2]


def test_a_revision_says_when_it_came_into_force():
    found = revisions([a_row(1), a_row(2, words="y", first=1, last=5)])
    assert [one.seen_at for one in found] == [NOW, NOW + timedelta(days=1)]


def test_a_text_that_came_back_did_so_when_it_was_seen_again():
    found = revisions([a_row(2, words="y", first=1), a_row(1, last=2)])
    assert [one.seen_at for one in found] == [NOW + timedelta(days=1), NOW + timedelta(days=2)]


def test_a_first_text_is_no_change():
    assert not is_change(a_text(), before=[])


def test_other_words_at_one_address_are_a_change():
    assert is_change(a_text(fingerprint=a_fingerprint("other")), before=[a_text()])


def test_words_held_before_are_no_change():
    other = a_text(fingerprint=a_fingerprint("other"))
    assert not is_change(a_text(), before=[a_text(), other])


def test_other_words_at_another_address_are_no_change():
    elsewhere = a_text(canonical_url=THERE, fingerprint=a_fingerprint("other"))
    assert not is_change(a_text(), before=[elsewhere])


def known(told, *rows):
    return [row["id"] for row in as_known(rows, told=told)]


def test_a_reader_knows_the_text_that_he_was_told_of():
    assert known(["x"], a_row(1), a_row(2, words="y", first=1)) == [1]


def test_of_several_told_texts_a_reader_knows_the_last():
    rows = [a_row(1), a_row(2, words="y", first=1), a_row(3, words="z", first=2)]
    assert known(["x", "y"], *rows) == [1, 2]


@pytest.mark.parametrize("told", [["y"], ["x", "y"], [], ["of another release"]])
def test_there_is_nothing_to_say_to_who_knows_the_text_in_force_or_none_at_all(told):
    assert known(told, a_row(1), a_row(2, words="y", first=1)) == []


def test_other_commas_are_nothing_to_say():
    assert known(["x"], a_row(1), a_row(2, first=1, checksum="x,")) == []


def test_another_address_is_nothing_to_say():
    assert known(["x"], a_row(1), a_row(2, THERE, words="y", first=1)) == []


def test_who_was_told_of_another_address_knows_how_the_release_began_at_this_one():
    rows = [a_row(1), a_row(2, THERE, words="y", first=1), a_row(3, THERE, words="z", first=2)]
    assert known(["x"], *rows) == [2]
