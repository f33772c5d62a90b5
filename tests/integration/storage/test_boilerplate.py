"""What the store knows of the lines that sources show, and of the texts they are learned by."""

from __future__ import annotations

from domain.rules import Judged
from tests.builders import NOW, a_match, a_visit, readings_of
from tests.integration.storage.saving import OTHER_SOURCE, SOURCE, save, titled

LINE = "the office observes elections in 57 states."
DAY = 738963
"""18 March 2024."""


def bring(store, *titles, **changes):
    visit = a_visit(*(titled(title, text=f"{title} and its words.") for title in titles))
    save(store, visit, readings=readings_of(visit, rules="first", **changes))


def test_lines_are_remembered_by_source(store):
    store.judgements.learn_boilerplate(SOURCE.id, [LINE], now=NOW)
    assert store.judgements.boilerplate() == {SOURCE.id: {LINE}}


def test_a_line_may_be_learned_twice(store):
    store.judgements.learn_boilerplate(SOURCE.id, [LINE], now=NOW)
    store.judgements.learn_boilerplate(SOURCE.id, [LINE, "another"], now=NOW)
    assert store.judgements.boilerplate() == {SOURCE.id: {LINE, "another"}}


def test_texts_are_counted_and_looked_at_by_source(store):
    bring(store, "One", "Two")
    bring(store, "Three")
    newest = store.judgements.newest(SOURCE.id, at_most=2)
    assert [(each.text_id, each.day) for each in newest] == [(3, DAY), (2, DAY)]
    assert store.judgements.texts_of(SOURCE.id) == 3
    assert store.judgements.texts_of(OTHER_SOURCE.id) == 0
    assert store.judgements.newest(OTHER_SOURCE.id, at_most=2) == ()


def test_only_texts_with_a_hit_can_have_been_let_in(store):
    bring(store, "One", matches=())
    bring(store, "Two")
    assert store.judgements.hit(SOURCE.id) == [2]


def test_judging_again_by_the_same_rules_changes_no_range(store):
    bring(store, "One", "Two")
    out = a_match(is_match=False, score=0)
    judged = Judged(first=2, last=2, rules="first")
    assert store.judgements.judge_again(
        judged, {2: (out,)}, new_rules="first", subscribers={}, now=NOW
    )
    assert store.judgements.matches([2]) == {2: (out,)}
    assert store.judgements.ranges(since=None) == (Judged(first=1, last=2, rules="first"),)
