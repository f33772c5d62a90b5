"""Which texts a person means who types a few words."""

import pytest

from analysis.keywords import Passage
from analysis.searching import folded, typed


def is_found(words, text, language, *, title=""):
    """Whether a store that holds the text would find it."""
    search = typed(words)
    held = folded(Passage(title, text, language=language)).words
    return all(
        any(all(_is_held(one, held) for one in wording) for wording in term)
        for term in search.terms
    ) and (not search.has_phrases or search.finds(title, text, language))


def _is_held(sought, held):
    if sought.is_beginning:
        return any(word.startswith(sought.word) for word in held)
    return sought.word in held


@pytest.mark.parametrize(
    ("words", "text", "language"),
    [
        ("elections", "ELECTIONS were held", "en"),
        ("praesidentschaftswahl", "Die Präsidentschaftswahl", "de"),
        ("Prasidentschaftswahl", "Die Präsidentschaftswahl", "de"),
        ("PRÄSIDENTSCHAFTSWAHL", "Die Praesidentschaftswahl", "de"),
        ('"auswartige amt"', "Das Auswärtige Amt", "de"),
        ("swiety", "Święty spokój", "pl"),
        ("bau cu", "Cuộc bầu cử", "vi"),
        ("bầu cử", "Cuộc bầu cử", "vi"),
        ('"bau cu"', "Cuộc bầu cử", "vi"),
        ("izbori", "Председнички избори", "sr"),
        ("избори", "Predsednički izbori", "sr"),
        ("избори", "Председнички избори", "sr"),
        ("выборы", "Выборы прошли", "ru"),
        ("選舉", "总统选举", "zh"),
        ("选举", "總統選舉", "zh"),
        ("總統選舉", "总统选举结果", "zh"),
        ("選挙", "大統領選挙の実施", "ja"),
        ("選", "大統領選挙の実施", "ja"),
        ("施", "大統領選挙の実施", "ja"),
        ("大統領選挙", "大統領選挙の実施", "ja"),
        ("เลือกตั้ง", "การเลือกตั้งทั่วไป", "th"),
        ("الانتخابات", "نتائج الإنتخابات", "ar"),
        ("الأنتخابات", "نَتائِج الانتخابات", "ar"),
        ("EU選挙", "これはEU選挙です", "ja"),
        ("by-election", "A by election was held", "en"),
        ("l’élection", "Après l'election", "fr"),
        ("elect*", "electoral law", "en"),
    ],
)
def test_a_text_is_found_however_either_side_spells_it(words, text, language):
    assert is_found(words, text, language)


@pytest.mark.parametrize(
    ("words", "text", "language"),
    [
        ("elections Ukraine", "Elections in Finland", "en"),
        ("elect", "electoral law", "en"),
        ('"free fair"', "free and fair", "en"),
        ('"fair free"', "free fair", "en"),
        ("by-election", "The election by the people", "en"),
        ("大統領選挙", "選挙と大統領と領選", "ja"),
        ("選択", "大統領選挙の実施", "ja"),
        ('"elect* commis"', "electoral commission", "en"),
    ],
)
def test_a_text_without_the_words_or_their_order_is_not_found(words, text, language):
    assert not is_found(words, text, language)


def test_words_may_stand_in_title_and_text():
    assert is_found("vote Finland", "Held in Finland", "en", title="The vote")


def test_no_phrase_reaches_from_the_title_into_the_text():
    assert not is_found('"vote held"', "Held in Finland", "en", title="The vote")


@pytest.mark.parametrize("quotes", ['"{}"', "„{}“", "«{}»", '"{}'])
def test_quotes_of_any_kind_make_a_phrase(quotes):
    phrase = quotes.format("free and fair")

    assert is_found(phrase, "neither free and fair", "en")
    assert not is_found(phrase, "fair and free", "en")


def test_beginnings_may_stand_inside_a_phrase():
    assert is_found('"elect* commis*"', "The electoral commission", "en")


@pytest.mark.parametrize("words", ["", '"', "* -- *", "\0", "\ud800", "()", "&|!:<->"])
def test_where_no_word_was_typed_nothing_is_looked_for(words):
    assert typed(words).terms == ()


def test_signs_of_query_languages_mean_nothing():
    assert is_found("a:b OR NOT (c)", "a b, or not c", "en")


def test_the_folded_text_keeps_title_and_text_apart():
    assert folded(Passage("Wählen", "Geht", language="de")).text == "waehlen\ngeht"


def test_what_stands_far_down_in_an_endless_text_is_not_indexed():
    text = "word " * 16_000 + "needle"

    assert "needle" not in folded(Passage("", text, language="en")).words


def test_endless_words_are_cut_on_both_sides():
    assert is_found("x" * 5_000, "x" * 5_000, "en")
