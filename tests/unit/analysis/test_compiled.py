from dataclasses import replace

import pytest

from analysis.keywords import compile_topics
from domain.reading import HitKind
from tests.unit.analysis.topics import a_keyword, a_topic

WHALE = a_keyword("val", language="sv")
IZBORI = a_keyword("izbori", language="hr")
ACRONYM = a_keyword("=ODIHR", language="any")


def test_a_text_is_not_read_by_files_of_other_languages():
    assert compile_topics([a_topic(WHALE)]).match("Un val de Loire", "", "fr") == ()


def test_a_text_is_read_by_the_files_of_its_near_family():
    (match,) = compile_topics([a_topic(IZBORI)]).match("Избори у мају", "", "sr")
    assert [hit.language for hit in match.hits] == ["hr"]


def test_what_two_files_of_a_family_share_is_one_term_of_the_texts_own_language():
    topic = a_topic(IZBORI, a_keyword("избори", language="sr"))
    (match,) = compile_topics([topic]).match("Избори", "", "sr")
    assert [hit.term for hit in match.hits] == ["избори"]


@pytest.mark.parametrize("language", ["fr", "ja", None, "xx"])
def test_acronyms_of_all_languages_are_read_in_every_text(language):
    (match,) = compile_topics([a_topic(ACRONYM)]).match("ODIHR", "", language)
    assert match.is_match


def test_a_language_that_only_a_users_file_is_in_is_read():
    basque = a_keyword("hauteskunde*", language="eu")
    assert compile_topics([a_topic(basque)]).match("Hauteskundeak", "", "eu")[0].is_match


def test_a_text_without_a_hit_has_no_match():
    assert compile_topics([a_topic(a_keyword("election"))]).match("Trade", "Energy", "en") == ()


def test_topics_without_keywords_judge_nothing():
    assert compile_topics([a_topic()]).match("Election", "", "en") == ()


def test_every_topic_makes_its_own_match_in_their_order():
    elections = a_topic(a_keyword("election"))
    trade = a_topic(a_keyword("trade"), id="trade")
    matches = compile_topics([elections, trade]).match("Trade and election", "", "en")
    assert [match.topic for match in matches] == ["elections", "trade"]


def test_one_term_in_two_topics_is_two_terms():
    elections = a_topic(a_keyword("vote"))
    laws = a_topic(a_keyword("vote"), id="laws")
    assert len(compile_topics([elections, laws]).match("Vote", "", "en")) == 2


def test_rules_are_equal_for_equal_topics():
    topic = a_topic(a_keyword("election"))
    assert compile_topics([topic]).rules == compile_topics([replace(topic)]).rules


def test_rules_do_not_change_with_the_line_a_keyword_stands_in():
    here = a_topic(a_keyword("election", file="en.yaml", line=3))
    there = a_topic(a_keyword("election", file="other.yaml", line=7))
    assert compile_topics([here]).rules == compile_topics([there]).rules


@pytest.mark.parametrize(
    "other",
    [
        a_topic(a_keyword("elections")),
        a_topic(a_keyword("election", HitKind.WEAK)),
        a_topic(a_keyword("election", weight=2)),
        a_topic(a_keyword("election"), threshold=2),
        a_topic(a_keyword("election"), window=5),
        a_topic(a_keyword("election"), title_weight=2),
    ],
)
def test_rules_change_with_everything_that_decides(other):
    assert compile_topics([a_topic(a_keyword("election"))]).rules != compile_topics([other]).rules
