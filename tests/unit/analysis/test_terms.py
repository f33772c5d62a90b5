import pytest

from analysis.keywords import Pattern, Word, check_term, parse_term


def test_a_plain_term_is_one_whole_word():
    assert parse_term("Stichwahl") == Pattern(words=(Word(text="Stichwahl"),))


def test_several_words_are_a_phrase():
    assert parse_term("freie  Wahl").words == (Word(text="freie"), Word(text="Wahl"))


def test_straight_quotes_around_a_phrase_change_nothing():
    assert parse_term('"freie Wahl"') == parse_term("freie Wahl")


def test_a_star_behind_lets_a_word_end_as_it_likes():
    assert parse_term("Wahl*").words == (Word(text="Wahl", any_after=True),)


def test_a_star_in_front_lets_a_word_begin_as_it_likes():
    assert parse_term("*wahl").words == (Word(text="wahl", any_before=True),)


def test_stars_stand_at_every_word_of_a_phrase():
    assert parse_term("simulacre* d'élection*").words == (
        Word(text="simulacre", any_after=True),
        Word(text="d'élection", any_after=True),
    )


def test_a_tilde_behind_straight_quotes_asks_for_nearness():
    assert parse_term('"freie Wahl*"~5') == Pattern(
        words=(Word(text="freie"), Word(text="Wahl", any_after=True)), within=5
    )


def test_an_equals_sign_asks_for_the_exact_writing():
    assert parse_term("=CENI") == Pattern(words=(Word(text="CENI"),), is_exact=True)


@pytest.mark.parametrize("term", ["„Wahlen“", "“Wahlen”", "«Wahlen»", "»Wahlen«", "「Wahlen」"])
def test_typographic_quotes_ask_for_quotes(term):
    assert parse_term(term) == Pattern(words=(Word(text="Wahlen"),), is_quoted=True)


def test_white_space_around_a_term_is_no_part_of_it():
    assert parse_term("  Wahl ") == parse_term("Wahl")


def test_a_straight_quote_inside_a_hebrew_acronym_is_a_letter_of_it():
    assert parse_term('או"ם').words == (Word(text='או"ם'),)


@pytest.mark.parametrize("ask", [parse_term, check_term])
@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("", "the term is empty"),
        ("   ", "the term is empty"),
        ("*", "holds no letter"),
        ("...", "holds no letter"),
        ("Wahl *", "holds no letter"),
        ("a*", "would find nearly every word"),
        ("Wahl*beobachter", "a star stands only at the beginning or end"),
        ("**wahl", "a star stands only at the beginning or end"),
        ('"freie Wahl', "not closed"),
        ('freie "Wahl"', "stands in the middle"),
        ("„Wahlen", "is not closed at the end"),
        ("“", "is not closed at the end"),
        ("„“", "the term holds no word"),
        ('""', "the term holds no word"),
        ("=", "the term holds no word"),
        ("=„Wahlen“", "either exact"),
        ("freie Wahl~5", "right behind a phrase in straight quotes"),
        ('"freie Wahl" ~5', "right behind a phrase in straight quotes"),
        ('"freie Wahl"~', "right behind a phrase in straight quotes"),
        ('"Wahl"~5', "two words or more"),
        ('"a fair vote"~1', "3 words cannot lie within 1; write a number from 2 to 50"),
        ('"freie Wahl"~51', "2 words cannot lie within 51; write a number from 1 to 50"),
        ('"a b c d e f"~4', "6 words cannot lie within 4"),
        ('"aa bb cc dd ee ff"~4', "6 words cannot lie within 4"),
        ("x" * 201, "longer than 200 characters"),
    ],
)
def test_an_impossible_term_is_refused_with_what_to_write(ask, term, sentence):
    with pytest.raises(ValueError, match=sentence):
        ask(term)


def test_one_sign_is_a_whole_word_where_scripts_set_no_spaces():
    assert parse_term("選*").words == (Word(text="選", any_after=True),)
