"""Which rules judged which texts, and judging them again."""

from __future__ import annotations

from sqlalchemy import text

from domain.reading import HitKind
from domain.rules import UNKNOWN, Judged
from domain.topic import Keyword
from tests.builders import (
    NOW,
    a_fetched,
    a_hit,
    a_match,
    a_release,
    a_visit,
    an_entry,
    readings_of,
)
from tests.integration.storage.saving import after, opened, save, titled
from tests.unit.analysis.topics import a_topic

ELECTIONS = a_topic(
    Keyword(term="vote*", kind=HitKind.WEAK, language="en", weight=2, file="en.yaml", line=3),
)
NO_MATCH = a_match(is_match=False, score=0.5)
ALL = Judged(first=1, last=99, rules="")


def bring(store, *titles, rules="first", **changes):
    """Save a visit that brought texts under these titles."""
    visit = a_visit(*(titled(title, text=f"{title} and its words.") for title in titles))
    save(store, visit, readings=readings_of(visit, rules=rules, **changes))


def spans(store):
    return [(each.first, each.last, each.rules) for each in store.judgements.ranges(since=None)]


def test_new_texts_are_judged_by_the_rules_of_their_run(store):
    bring(store, "One", "Two")
    bring(store, "Three")
    bring(store, "Four", rules="second")
    assert spans(store) == [(1, 3, "first"), (4, 4, "second")]


def test_nobody_knows_what_unknown_rules_said(store):
    bring(store, "One", rules=UNKNOWN)
    assert store.judgements.topics(UNKNOWN) is None
    assert store.judgements.left("first") == 1


def test_rules_come_back_as_they_were(store):
    store.judgements.remember_rules("first", [ELECTIONS], now=NOW)
    assert store.judgements.topics("first") == (ELECTIONS,)


def test_only_texts_seen_since_a_moment_are_walked(store):
    bring(store, "One", "Two")
    assert store.judgements.ranges(since=after(days=1)) == ()
    assert store.judgements.ranges(since=NOW) == (Judged(first=1, last=2, rules="first"),)


def test_texts_are_found_by_the_terms_of_their_hits(store):
    hit = a_hit(term="vote*", kind=HitKind.WEAK, language="en")
    bring(store, "One", matches=(a_match(hits=(hit,)),))
    bring(store, "Two", matches=(a_match(hits=(a_hit(term="ballot"),)),))
    assert store.judgements.holding(ALL, [("elections", "en", HitKind.WEAK, "vote*")]) == {1}
    assert store.judgements.holding(ALL, [("elections", "en", HitKind.STRONG, "vote*")]) == set()
    assert store.judgements.with_hits(ALL, ["elections"]) == {1, 2}


def test_a_hit_comes_back_with_all_that_another_judgement_needs(store):
    hit = a_hit(
        parts=((0, 3), (8, 11)), first_word=1, last_word=4, is_in_lead=True, is_boilerplate=True
    )
    bring(store, "One", matches=(a_match(hits=(hit,)),))
    (match,) = store.judgements.matches([1])[1]
    assert match.hits == (hit,)


def judge_again(store, matches, *, last=1, rules="first", **readers):
    """What became of judging the first texts by other rules."""
    return store.judgements.judge_again(
        Judged(first=1, last=last, rules=rules),
        {text_id: (match,) for text_id, match in matches.items()},
        new_rules="second",
        subscribers={"desk": {"elections"}, **readers},
        now=NOW,
    )


def news(store, subscriber="desk", topic="elections"):
    return len(store.untold_stories(topic, subscriber=subscriber))


def test_a_new_judgement_replaces_the_old_one(store):
    bring(store, "One", "Two")
    assert judge_again(store, {1: NO_MATCH})
    assert store.judgements.matches([1]) == {1: (NO_MATCH,)}
    assert spans(store) == [(1, 1, "second"), (2, 2, "first")]
    assert store.judgements.left("second") == 1


def test_what_matches_only_now_is_news_to_no_subscriber(store):
    bring(store, "One", matches=(NO_MATCH,))
    judge_again(store, {1: a_match()})
    assert (news(store), news(store, "another")) == (0, 1)


def test_what_matched_before_stays_news(store):
    bring(store, "One")
    judge_again(store, {1: a_match()})
    assert news(store) == 1


def test_a_release_whose_earlier_text_matches_now_stays_news(store):
    visit = a_visit(a_fetched(a_release(text="It was held.\nA vote.")))
    save(store, visit, readings=readings_of(visit, rules="first", matches=(NO_MATCH,)))
    changed = a_visit(a_fetched(a_release(text="It was held.\nA vote. Twice."), entry=an_entry()))
    save(store, changed, readings=readings_of(changed, rules="first"))
    judge_again(store, {1: a_match()}, last=2)
    assert news(store) == 1


def test_what_matched_another_topic_is_old_to_readers_of_the_new_one(store):
    bring(store, "One", matches=(a_match(topic="sanctions"),))
    store.judgements.judge_again(
        Judged(first=1, last=1, rules="first"),
        {1: (a_match(), a_match(topic="sanctions"))},
        new_rules="second",
        subscribers={"desk": {"elections"}, "trade": {"sanctions"}},
        now=NOW,
    )
    assert (news(store), news(store, "trade", "sanctions")) == (0, 1)


def test_what_somebody_else_judged_meanwhile_is_left_as_it_is(store):
    bring(store, "One", "Two", rules="third")
    assert not judge_again(store, {1: NO_MATCH}, last=2, rules="first")
    assert store.judgements.matches([1]) == {1: (a_match(),)}
    assert spans(store) == [(1, 2, "third")]


def test_only_the_text_in_force_speaks_for_its_release(store):
    bring(store, "One")
    assert store.judgements.in_force([1]) == {1}


def test_rules_that_judge_nothing_any_more_are_let_go(store):
    store.judgements.remember_rules("first", [ELECTIONS], now=NOW)
    bring(store, "One")
    judge_again(store, {})
    assert store.judgements.topics("first") is None


def test_folded_texts_are_walked_by_their_version(store):
    bring(store, "One")
    assert list(store.judgements.folded(ALL, version=1)) == [(1, "en", "one\none and its words.")]
    assert list(store.judgements.folded(ALL, version=2)) == []


def test_a_text_that_no_rules_judged_is_a_fault(store, database_url):
    bring(store, "One", "Two")
    with opened(database_url) as connection:
        connection.execute(text("UPDATE judged SET last_id = 1"))
    (fault,) = store.check()
    assert fault.startswith("1 texts stand in no range of judged texts")
