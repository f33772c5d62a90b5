"""Foreign text as HTML."""

import pytest

from digest.excerpt import Piece
from digest.markup import highlighted, linked, tongue


def pieces(*texts):
    """Texts in turn unmarked and marked."""
    return [Piece(text=text, is_hit=place % 2 == 1) for place, text in enumerate(texts)]


def test_a_matched_word_is_marked_by_more_than_colour():
    shown = highlighted(pieces("No ", "vote", " was held"), longest=600)

    assert shown == "No <b><mark>vote</mark></b> was held"


def test_markup_inside_and_outside_of_a_matched_word_is_text():
    shown = highlighted(pieces("<i>", '<script src="x">', "&amp;"), longest=600)

    assert shown == ("&lt;i&gt;<b><mark>&lt;script src=&#34;x&#34;&gt;</mark></b>&amp;amp;")


def test_what_breaks_lines_or_turns_them_is_gone_and_words_stay_apart():
    shown = highlighted(pieces("No\r\n\u202e", "vote\x00", "\n\nheld"), longest=600)

    assert shown == "No <b><mark>vote</mark></b> held"


def test_a_passage_is_cut_after_its_longest_length_also_within_a_matched_word():
    assert highlighted(pieces("ab", "cdef", "gh"), longest=4) == "ab<b><mark>c…</mark></b>"


def test_a_passage_that_is_full_before_a_piece_says_that_there_is_more():
    assert highlighted(pieces("ab", "cdef"), longest=2) == "ab<b><mark>…</mark></b>"


def test_a_passage_of_the_longest_length_is_left_alone():
    assert highlighted(pieces("ab", "cd"), longest=4) == "ab<b><mark>cd</mark></b>"


def test_a_web_address_is_a_link_that_does_not_say_where_it_was_clicked():
    assert linked('https://economy.example/?a="b"&c') == (
        '<a href="https://economy.example/?a=&#34;b&#34;&amp;c" rel="noreferrer">'
        "https://economy.example/<wbr>?a=&#34;b&#34;&amp;c</a>"
    )


def test_a_long_address_may_break_after_each_slash_of_its_path():
    shown = linked("https://economy.example/news/2024/vote")

    assert ">https://economy.example/<wbr>news/<wbr>2024/<wbr>vote</a>" in shown


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example",
        "https:",
        "",
    ],
)
def test_what_is_no_web_address_is_no_link(url):
    assert "<a" not in linked(url)


def test_credentials_do_not_show():
    assert "secret" not in linked("https://desk:secret@economy.example/x")


@pytest.mark.parametrize(
    ("language", "attributes"),
    [
        ("de", 'lang="de" dir="ltr"'),
        ("ar", 'lang="ar" dir="rtl"'),
        ("he", 'lang="he" dir="rtl"'),
        ("fa", 'lang="fa" dir="rtl"'),
        ("ur-PK", 'lang="ur-PK" dir="rtl"'),
        (None, 'lang="" dir="auto"'),
        ('en" onload="alert(1)', 'lang="" dir="auto"'),
    ],
)
def test_a_passage_says_its_language_and_which_way_it_runs(language, attributes):
    assert tongue(language) == attributes
