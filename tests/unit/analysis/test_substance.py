from textwrap import wrap

import pytest

from analysis.substance import plain_text, substance

TITLE = "Statement on the elections"
BREAK = "\n\n"
BODY = (
    "The ministry takes note of the early elections that were held on Sunday in two regions.\n\n"
    "It thanks the observers, who will present their findings to the public next week."
)
WORDS = substance("", BODY).words


TAGGED = f"<p>{BODY.replace(BREAK, '</p><p>')}</p><div class='share'><a href='#'>Share</a></div>"
WRAPPED = "\n".join(wrap(BODY.replace(BREAK, " "), 64))
LONG = f"{BODY} {BODY}".replace(BREAK, " ")
HISTORY = (
    "Background\nThe regions have voted together since the reform of the electoral law, which the "
    "assembly passed nine years ago against the advice of the commission."
)


@pytest.mark.parametrize(
    "text",
    [
        TAGGED,
        WRAPPED,
        BODY.replace(BREAK, "&lt;br /&gt;&lt;br /&gt;"),
        BODY.replace(" ", "&amp;nbsp;"),
        f"<script>var page = 1;</script>{BODY}<!-- cached at noon",
        BODY.replace("observers", "obser\u00advers"),
    ],
)
def test_form_is_no_part_of_a_text(text):
    assert substance(TITLE, text).words == WORDS


@pytest.mark.parametrize(
    "text",
    [
        f"Home > News > Releases\n{BODY}",
        f"Startseite | Presse | Suche\nFacebook X LinkedIn E-Mail\n{BODY}",
        f"STATEMENT ON THE ELECTIONS\n\n{BODY}",
        f"{BODY}\n\nContact\nTelephone +00 000 0000, press@economy.example",
        f"{BODY}\n\nMentions légales. Gestion des cookies. Accessibilité. Plan du site.",
        f"{BODY}\n\nÜber uns\nDas Amt vertritt das Land.\n\nKontakt\nTelefon 000 000 000",
        f"{BODY}\n\nBack to the list",
    ],
)
def test_the_page_is_no_part_of_a_text(text):
    assert substance(TITLE, text).words == WORDS


@pytest.mark.parametrize(
    "text",
    [
        f"Briefing of 3 February 2025\n\n{BODY}",
        f"Vienna | 3 February 2025\n{BODY}",
        f"{BODY}\n\nNote to editors: this text was completed after publication.",
        f"{BODY}\n\n{HISTORY}",
        f"Lead.\n\nPress release\nNo.: 17/04\nDate: 22.12.2004\n{LONG}",
        f"{BODY}\n\nCanada, Germany, Japan, United Kingdom",
    ],
)
def test_what_says_something_stays(text):
    assert len(substance(TITLE, text).words) > len(WORDS)


def test_a_first_sentence_that_was_made_the_title_stays():
    text = "監視団は帰国した。\n\n結果は明日発表される。"
    assert substance("監視団は帰国した。", text).words == substance("", text).words


def test_a_text_that_is_nothing_but_contact_stays():
    assert substance("", "Contact\nTelephone +00 000 0000, press@economy.example").size == 8


@pytest.mark.parametrize("dots", ["…", " ...", " [...]", " […]", "… Read more »", " [&hellip;]"])
def test_dots_at_the_end_say_that_a_text_breaks_off(dots):
    found = substance(TITLE, f"{BODY}{dots}")
    assert (found.is_cut, found.words) == (True, WORDS)


def test_dots_behind_a_text_are_seen_before_the_end_of_its_page():
    assert substance(TITLE, "The ministry takes…\n\nContact\nTelephone +00 000 0000").is_cut


@pytest.mark.parametrize("text", [BODY, f"Well… it said. {BODY}", ""])
def test_other_texts_do_not_break_off(text):
    assert not substance(TITLE, text).is_cut


def test_two_characters_without_spaces_count_as_a_word():
    assert substance("", "外務省は選挙を認めない").size == 6


@pytest.mark.parametrize("text", ["a < b and c > d", "R&D", "x <3"])
def test_signs_that_open_no_tag_stay(text):
    assert plain_text(text) == text


@pytest.mark.parametrize(
    "text", ["<script>" * 9000, "<!--" * 9000, "\n" * 50_000 + "x", "<p " * 9000, "a" * 50_000]
)
def test_hostile_texts_are_read_in_no_time(text):
    assert substance("", text).size <= 9000


@pytest.mark.parametrize(
    "stamp",
    [
        "Last updated: 20 March 2024, 14:11",
        "Page last updated on 20.03.2024",
        "Aktualisiert am 20. März 2024, 14:11 Uhr",
        "Mis à jour le 20 mars 2024",
        "Обновлено: 20.03.2024, 14:11",
        "最終更新：2024年3月20日",
        "Views: 1,204",
        "Просмотров: 1 204",
    ],
)
def test_when_a_page_was_touched_and_how_often_read_is_no_part_of_a_text(stamp):
    assert substance(TITLE, f"{stamp}\n{BODY}").words == WORDS
    assert substance(TITLE, f"{BODY}\n{stamp}").words == WORDS


@pytest.mark.parametrize(
    "line",
    [
        "Vienna, 20 March 2024",
        "The list was updated on 20 March 2024.",
        "Updated travel advice for citizens who want to vote in Ghana on 20 March 2024",
    ],
)
def test_a_day_and_a_sentence_that_says_more_stay(line):
    assert substance(TITLE, f"{BODY}\n{line}").words != WORDS
