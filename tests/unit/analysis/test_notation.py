"""The notation of keyword files, line by line, as texts meet it."""

import pytest

from tests.unit.analysis.topics import hits


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zur Stichwahl am Sonntag", ["Stichwahl"]),
        ("Stichwahlen am Sonntag", []),
        ("Die Präsidentenstichwahl", []),
    ],
)
def test_a_plain_term_finds_only_the_whole_word(text, found):
    assert hits("Stichwahl", text, language="de") == found


@pytest.mark.parametrize(
    "text",
    ["free election", "FREE  ELECTION", "free\u00a0election", "free\nelection", "free‑election"],
)
def test_a_phrase_stands_over_any_white_space_or_hyphen(text):
    assert hits("free election", text) == [text]


def test_a_phrase_with_a_hyphen_stands_over_white_space_too():
    assert hits("by-election*", "The by elections") == ["by elections"]


def test_a_phrase_does_not_reach_over_other_words_or_commas():
    assert hits("free election", "free and fair election, free, election") == []


def test_a_star_behind_takes_the_whole_word_in():
    assert hits("Wahl*", "Auswahl im Wahlkampf", language="de") == ["Wahlkampf"]


def test_a_star_in_front_takes_the_whole_word_in():
    assert hits("*wahl", "Präsidentenwahl, Wahlkampf", language="de") == ["Präsidentenwahl"]


def test_stars_at_both_ends_find_a_word_anywhere():
    text = "EU-Parlamentswahlbeobachtung"
    assert hits("*wahlbeobacht*", text, language="de") == ["Parlamentswahlbeobachtung"]


def test_words_of_a_phrase_may_end_as_they_like():
    text = "des simulacres d’élections"
    assert hits("simulacre* d'élection*", text, language="fr") == ["simulacres d’élections"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Valgene til domstolen", ["Valgene til domstolen"]),
        ("et valg til domstolene, til domstolen", []),
        ("Valg, til domstolen", []),
        ("Udvalgene til domstolen", []),
    ],
)
def test_a_phrase_is_found_by_what_follows_a_stem_and_asks_for_the_stem_all_the_same(text, found):
    assert hits("valg* til domstolen", text, language="da") == found


def test_a_stem_before_the_rest_of_a_phrase_may_begin_as_it_likes():
    text = "Tronvalgene til domstolen"
    assert hits("*valg* til domstolen", text, language="da") == [text]


def test_a_stem_behind_another_word_is_found_with_what_follows_it():
    text = "tak zwane wybory prezydenckie"
    assert hits("tak zwan* wybory prezydenckie", text, language="pl") == [text]


def test_a_star_behind_a_hyphen_asks_for_another_word():
    text = "pseudo-referendum, pseudo"
    assert hits("pseudo-*", text) == ["pseudo-referendum"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("free and indeed fair vote", ["free and indeed fair"]),
        ("fair, that is free", ["fair, that is free"]),
        ("free in one two three four fair", []),
    ],
)
def test_nearness_asks_for_all_words_within_a_distance_in_any_order(text, found):
    assert hits('"free fair"~5', text) == found


def test_nearness_takes_each_word_once():
    assert hits('"free fair"~5', "free free fair fair") == ["free fair"]


def test_words_of_nearness_are_whole_words():
    assert hits('"elections fair"~5', "unfair elections, fairness") == []


def test_nearness_of_three_words_needs_the_third():
    assert hits('"free fair vote"~5', "free and fair talks") == []


def test_words_of_nearness_may_grow():
    text = "Wahl in das Parlament, die freie"
    assert hits('"frei* wahl"~5', text, language="de") == ["Wahl in das Parlament, die freie"]


@pytest.mark.parametrize("text", ["ceni", "Ceni", "CENIS", "LA CENIC"])
def test_an_exact_term_finds_no_other_writing(text):
    assert hits("=CENI", text, language="fr") == []


def test_an_exact_term_finds_its_own_writing():
    assert hits("=CENI", "Communiqué de la CENI.", language="fr") == ["CENI"]


def test_an_exact_acronym_is_found_among_characters_without_spaces():
    assert hits("=CENI", "刚果CENI公告", language="zh") == ["CENI"]


def test_an_exact_term_takes_clitics_and_particles_along():
    assert hits('=או"ם', 'באו"ם', language="he") == ['באו"ם']
    assert hits("=EU", "EU는", language="ko") == ["EU는"]


def test_an_exact_phrase_keeps_its_capitals_and_hyphens():
    assert hits("=MOE-UE", "La MOE-UE y la MOE UE", language="es") == ["MOE-UE"]


@pytest.mark.parametrize(
    "text",
    [
        "die „Wahlen“ dort",
        "die “Wahlen” dort",
        'die "Wahlen" dort',
        "die «Wahlen» dort",
        "die « Wahlen » dort",
        "die »Wahlen« dort",
        "die ‚Wahlen‘ dort",
        "die 'Wahlen' dort",
        "die „sogenannten Wahlen“ dort",
    ],
)
def test_a_term_in_typographic_quotes_finds_the_word_in_quotes_of_any_kind(text):
    assert hits("„Wahlen“", text, language="de") == ["Wahlen"]


@pytest.mark.parametrize(
    "text",
    [
        "die Wahlen dort",
        'nach "Brüssel" Wahlen in "Kiew"',
        "„Wahlen sind, wie der Minister heute sagte, frei“",
        "d'Wahlen dort",
    ],
)
def test_a_term_in_typographic_quotes_finds_no_word_without_them(text):
    assert hits("„Wahlen“", text, language="de") == []


def test_brackets_of_east_asia_are_quotes():
    assert hits("“選挙”", "いわゆる「選挙」について", language="ja") == ["選挙"]


@pytest.mark.parametrize(
    ("language", "term", "text", "found"),
    [
        ("ja", "選挙", "国連人権理事会選挙の結果", ["選挙"]),
        ("zh", "选举", "總統選舉", ["選舉"]),
        ("th", "เลือกตั้ง", "การเลือกตั้งทั่วไป", ["เลือกตั้ง"]),
    ],
)
def test_scripts_without_spaces_match_anywhere(language, term, text, found):
    assert hits(term, text, language=language) == found


@pytest.mark.parametrize(
    "text", ["والانتخابات", "بالانتخابات", "للانتخابات", "وانتخابات", "الانْتِخَابات"]
)
def test_arabic_clitics_join_the_word(text):
    assert hits("انتخابات", text, language="ar") == [text]


def test_an_arabic_term_with_its_article_takes_the_preposition_that_swallows_a_letter():
    found = hits("الانتخابات الرئاسية", "للانتخابات الرئاسية", language="ar")
    assert found == ["للانتخابات الرئاسية"]


def test_other_letters_before_an_arabic_word_make_another_word():
    assert hits("انتخابات", "مانتخابات", language="ar") == []


def test_hebrew_prefixes_join_the_word():
    text = "הבחירות ובבחירות"
    assert hits("בחירות", text, language="he") == ["הבחירות", "ובבחירות"]


def test_korean_particles_join_the_word_and_other_syllables_do_not():
    assert hits("선거", "선거를, 선거구", language="ko") == ["선거를"]


def test_korean_compounds_come_with_and_without_a_space():
    text = "대통령선거에서, 대통령 선거의"
    assert hits("대통령 선거", text, language="ko") == ["대통령선거에서", "대통령 선거의"]


def test_a_hindi_word_does_not_end_before_its_vowel_sign():
    assert hits("चुनाव", "चुनावी, चुनाव", language="hi") == ["चुनाव"]


def test_german_gender_marks_end_a_word():
    assert hits("Wähler", "Wähler:innen, Wähler*innen", language="de") == ["Wähler", "Wähler"]


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ('"vote vote"~5', "a vote is a vote", ["vote is a vote"]),
        ('"vote vote"~5', "one vote", []),
        ('"round vote vote"~5', "vote round vote", ["vote round vote"]),
        ('"elect* election"~5', "an election elected him", ["election elected"]),
        ('"election elect*"~5', "an election elected him", ["election elected"]),
        ('"election elect*"~5', "elected in an election", ["elected in an election"]),
        ('"election elect*"~5', "an election", []),
    ],
)
def test_words_of_nearness_that_are_at_home_on_one_word_need_two(term, text, found):
    assert hits(term, text) == found


@pytest.mark.parametrize("text", ["free byelection", "free election"])
def test_any_word_of_a_phrase_may_have_any_beginning(text):
    assert hits("free *election", text) == [text]
