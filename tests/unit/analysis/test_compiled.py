from dataclasses import replace

import pytest

from analysis.keywords import compile_topics
from domain.reading import HitKind
from domain.topic import Example, Forms
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


VALE = a_keyword("eleição", language="pt")
SPANISH = a_keyword("visita", HitKind.TRAP, language="es")


def test_a_text_is_read_by_the_files_of_what_it_may_as_well_be():
    (match,) = compile_topics([a_topic(VALE)]).match("Visita oficial eleição", "", "es")
    assert [hit.language for hit in match.hits] == ["pt"]


def test_traps_of_every_language_that_reads_a_text_hide_its_words():
    visit = a_keyword("visita oficial", language="pt")
    (match,) = compile_topics([a_topic(visit, SPANISH)]).match("Visita oficial", "", "es")
    assert not match.is_match


def test_a_text_in_two_languages_is_read_in_both():
    french = "Le ministère félicite le nouveau président de la République. " * 6
    topic = a_topic(a_keyword("victory"), a_keyword("victoire", language="fr"))
    title = "Ministry congratulates the president on a great victory"
    (match,) = compile_topics([topic]).match(title, french + "Une victoire.", "fr")
    assert {hit.language for hit in match.hits} == {"en", "fr"}


def test_keywords_of_one_script_are_found_in_the_other_as_the_text_is_folded():
    topic = a_topic(a_keyword("гласање", language="mk"))
    (match,) = compile_topics([topic]).match("Гласање во ГС на ОН за Сребреница", "", "sr")
    assert match.is_match


def test_examples_and_forms_do_not_decide():
    forms = Forms(label="vote", forms=("val",), language="sv")
    example = Example(language="sv", text="Val", is_match=True)
    changed = a_topic(WHALE, forms=(forms,), examples=(example,))
    assert compile_topics([changed]).rules == compile_topics([a_topic(WHALE)]).rules
