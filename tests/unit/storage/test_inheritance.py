"""Which rows stand for which groups, once texts fall into other groups."""

from __future__ import annotations

from domain.reading import TextKey
from domain.source import SourceId
from storage.inheritance import heirs


def key(name):
    return TextKey(source_id=SourceId("xx_economy"), canonical_url=name, checksum="")


A, B, C, D = key("a"), key("b"), key("c"), key("d")


def decided(*groups, rows):
    """For each group: the row that stands for it, rows that vanish, rows that its texts left."""
    return [
        (heir.row, heir.vanishing, heir.left)
        for heir in heirs([frozenset(group) for group in groups], rows=rows)
    ]


def test_newcomers_alone_need_a_new_row():
    (heir,) = heirs([frozenset({A, B})], rows={})
    assert heir.row is None
    assert heir.is_new


def test_a_newcomer_joins_the_row_of_what_it_is_like():
    (heir,) = heirs([frozenset({A, B})], rows={A: (1, 10)})
    assert (heir.row, heir.vanishing, heir.left) == (10, (), ())
    assert not heir.is_new


def test_of_several_rows_the_earliest_survives():
    rows = {A: (1, 12), B: (2, 10), C: (3, 11)}
    assert decided({A, B, C, D}, rows=rows) == [(10, (11, 12), ())]


def test_a_row_follows_its_earliest_text():
    assert decided({A}, {B, D}, rows={A: (1, 10), B: (2, 10)}) == [(10, (), ()), (None, (), (10,))]


def test_what_left_another_group_is_not_new():
    _, heir = heirs([frozenset({A}), frozenset({B})], rows={A: (1, 10), B: (2, 10)})
    assert not heir.is_new


def test_a_group_can_inherit_one_row_and_have_left_another():
    rows = {A: (1, 10), B: (2, 10), C: (3, 11)}
    assert decided({A}, {B, C}, rows=rows) == [(10, (), ()), (11, (), (10,))]


def test_groups_that_stay_keep_their_rows():
    assert decided({A}, {B}, rows={A: (1, 10), B: (2, 11)}) == [(10, (), ()), (11, (), ())]
