"""A row is judged by the topic of elections."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.keywords import compile_topics
from domain.reading import HitKind
from domain.topic import Keyword
from pollwatch.rows.classifying import classified
from tests.builders import a_record
from tests.unit.analysis.topics import a_topic

ELECTIONS = a_topic(
    Keyword(term="election*", kind=HitKind.STRONG, language="en"),
    Keyword(term="élection*", kind=HitKind.STRONG, language="fr"),
    Keyword(term="board election*", kind=HitKind.TRAP, language="en"),
)
TRADE = replace(
    ELECTIONS,
    id="trade",
    keywords=(Keyword(term="tariff*", kind=HitKind.STRONG, language="en"),),
)
KEYWORDS = compile_topics([ELECTIONS, TRADE])


def judged(**fields):
    return classified(a_record(**{"title": "", "text": "", "language": ""} | fields), KEYWORDS)


def test_a_row_is_answered_with_its_own_id():
    assert judged(id=7, title="Elections", language="en")["id"] == 7


def test_a_match_is_relevant_and_shows_its_hits_in_the_original():
    row = judged(title="🗳 Élections !", language="fr")
    assert row == {
        "id": "a1",
        "relevant": True,
        "score": 1.0,
        "lang": "fr",
        "topics": ["elections"],
        "hits": [
            {"term": "élection*", "where": "title", "start": 2, "end": 11, "text": "Élections"}
        ],
    }


def test_what_a_trap_covers_is_no_hit():
    row = judged(title="Board elections", language="en")
    assert (row["relevant"], row["score"], row["hits"]) == (False, 0.0, [])


def test_another_topic_is_named_and_makes_nothing_relevant():
    row = judged(title="Tariffs on steel", language="en")
    assert (row["relevant"], row["topics"], row["hits"]) == (False, ["trade"], [])


@pytest.mark.parametrize(("given", "language"), [("fr-BE", "fr-BE"), ("", "fr"), ("und", "und")])
def test_a_language_is_given_back_and_found_where_it_is_not_given(given, language):
    row = judged(
        title="Élections", text="La France ne reconnaît pas ces élections.", language=given
    )
    assert (row["lang"], row["relevant"]) == (language, True)


def test_an_empty_row_is_nothing():
    row = judged()
    assert (row["relevant"], row["lang"], row["topics"]) == (False, None, [])
