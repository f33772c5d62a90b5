"""Foreign text as plain lines."""

import pytest

from digest.plain import WIDTH, address, columns, counted, one_line, shortened, wrap


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("Vote\n\nGermany\n-------", "Vote Germany -------"),
        ("Vote\u2028held\x85today", "Vote held today"),
        ("\x1b[31mVote\x07", "[31mVote"),
        ("\u202eetoV\u202c \u2066of\u2069", "etoV of"),
        ("Vo\u00adte\u200b\ufeff", "Vote"),
        ("a\ud800b\ufffec", "a\ufffdb\ufffdc"),
    ],
)
def test_what_breaks_turns_or_hides_is_gone(hostile, harmless):
    assert one_line(hostile) == harmless


def test_persian_keeps_the_joiner_that_its_spelling_needs():
    assert one_line("می\u200cخواهد") == "می\u200cخواهد"


def test_a_letter_under_a_heap_of_accents_keeps_four():
    assert one_line("e" + "\u0301" * 10_000) == "e" + "\u0301" * 4


def test_an_address_keeps_its_meaning_when_it_is_made_harmless():
    url = "https://economy.example/a b\n\u202e/選挙"

    assert address(url) == "https://economy.example/a%20b%0A%E2%80%AE/選挙"


def test_a_lone_surrogate_in_an_address_is_escaped():
    assert address("https://economy.example/\ud800") == "https://economy.example/%ED%A0%80"


def test_a_text_of_the_longest_length_is_left_alone():
    assert shortened("twelve chars", 12) == "twelve chars"


@pytest.mark.parametrize(
    ("text", "expected"), [("選挙", 4), ("выборы", 6), ("e\u0301", 1), ("می\u200cخواهد", 7)]
)
def test_columns_are_counted_as_a_terminal_shows_them(text, expected):
    assert columns(text) == expected


def test_words_are_wrapped_under_their_indent():
    assert wrap("vote " * 20, indent="    ") == [
        "    vote vote vote vote vote vote vote vote vote vote vote vote vote vote vote",
        "    vote vote vote vote vote",
    ]


def test_no_line_breaks_at_a_no_break_space():
    assert wrap("one two\N{NO-BREAK SPACE}three", width=9) == [
        "one",
        "two\N{NO-BREAK SPACE}three",
    ]


def test_a_text_without_spaces_is_broken_where_the_line_ends():
    assert wrap("選挙" * 25) == ["選挙" * 19 + "選", "挙" + "選挙" * 5]


def test_closing_punctuation_hangs_over_rather_than_begin_a_line():
    assert wrap("選" * 39 + "。" + "挙")[0] == "選" * 39 + "。"


def test_only_one_closing_mark_hangs_over():
    assert columns(wrap("。" * 100)[0]) == WIDTH + 2


def test_nothing_is_one_empty_line():
    assert wrap("") == [""]


def test_large_numbers_are_parted_and_take_the_plural():
    assert counted(2310, "story", "stories") == "2,310 stories"
