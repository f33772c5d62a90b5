"""How a digest looks on paper."""

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.render import render_text
from domain.health import Health
from domain.release import Revision
from tests.unit.digest.reviewed_digest import REVIEWED, copies
from tests.unit.digest.stories import (
    ELECTIONS,
    MORNING,
    NOW,
    SANCTIONS,
    a_digest,
    a_hit_on,
    a_match_on,
    a_stored_release,
    a_story,
    a_titled_release,
    a_watched_feed,
)


def printed(*stories, feeds=(), since=NOW - timedelta(days=7)):
    return render_text(a_digest(*stories, feeds=feeds, since=since))


@pytest.mark.parametrize("name", ["digest.txt", "digest.html", "digest.eml"])
def test_a_digest_looks_as_reviewed(name):
    assert copies()[name] == (REVIEWED / name).read_bytes()


def test_a_digest_without_stories_proves_that_the_watch_lived():
    assert printed(feeds=[a_watched_feed()], since=None) == (
        "Elections: 0 stories\n"
        "20 March 2024 · 1 feed watched\n"
        "\n"
        "\n"
        "Nothing new matched.\n"
        "\n"
        "\n"
        "Silent: none\n"
        "Failing: none\n"
    )


def test_a_title_cannot_forge_a_heading():
    page = printed(a_story(a_titled_release("Vote\n\n\nGermany\n-------\n\n  All is well")))

    assert "  *Vote* Germany ------- All is well\n" in page


def test_markup_in_a_title_is_printed_as_it_stands():
    page = printed(a_story(a_titled_release("Vote {{ 7 * 7 }} <b>&amp;</b> {% raw %}")))

    assert "  *Vote* {{ 7 ∗ 7 }} <b>&amp;</b> {% raw %}\n" in page


def test_a_star_of_the_title_itself_does_not_pass_for_a_mark():
    page = printed(a_story(a_titled_release("Vote *here*")))

    assert "  *Vote* ∗here∗\n" in page


@pytest.mark.parametrize(
    ("codes", "whence"),
    [
        (("FR", "FR"), "2 stories from 1 country"),
        (("FR", "DE"), "2 stories from 2 countries"),
        (("EU",), "1 story from 1 international body"),
        (("FR", "EU", "INT"), "3 stories from 1 country and 2 international bodies"),
        (("XX",), "1 story"),
    ],
)
def test_the_first_line_says_from_how_many_countries_and_bodies(codes, whence):
    page = printed(*(a_story(a_titled_release("Vote", country=code)) for code in codes))

    assert page.startswith(f"Elections: {whence}\n")


def test_several_topics_have_a_heading_each_also_where_nothing_matched():
    page = render_text(a_digest(news=[(ELECTIONS, [a_story()]), (SANCTIONS, [])]))

    assert page.startswith("Elections: 1 story from 1 country\n")
    assert "\n\nElections\n=========\n\n\nFrance\n------\n" in page
    assert "\n\nSanctions\n=========\n\n\nNothing new matched.\n" in page


def test_a_story_of_two_topics_names_the_other():
    page = render_text(a_digest(news=[(ELECTIONS, [a_story()]), (SANCTIONS, [a_story()])]))

    assert page.startswith("Elections: 1 story from 1 country\n")
    assert "  Also a story of Sanctions\n" in page


def test_what_joined_a_known_story_is_one_line_and_its_address():
    known = a_stored_release(title="Joint statement")
    copy = a_titled_release("Vote", id="copy", country="SE", url="https://copy.example/1")
    page = printed(a_story(known, copy, told=["r2k4m7p9"]))

    assert page.startswith("Elections: 0 stories\n")
    assert (
        "\n\nUpdates to earlier stories\n--------------------------\n"
        "\n"
        "  Joint statement\n"
        "  Ministry of Economy, France · 18 March 2024\n"
        "  Also published by Ministry of Economy, Sweden · 18 March 2024 · copy\n"
        "  https://copy.example/1\n"
    ) in page


def test_a_note_is_the_last_word():
    assert render_text(a_digest(notes=["Mind the gap."])).endswith("Failing: none\nMind the gap.\n")


def test_ten_thousand_letters_take_nine_lines():
    page = printed(a_story(a_titled_release("Vote " + "a" * 10_000)))

    assert page.count("aaaa\n") == 8
    assert "a…\n" in page


def test_a_release_without_a_title_says_so():
    assert "  (no title)\n" in printed(a_story(a_stored_release(title=" \u202e ")))


def test_no_line_ends_in_a_dot_between_two_things():
    release = a_stored_release(institution="Ministry of Foreign Affairs", language="lt")

    assert (
        "  Ministry of Foreign Affairs, France · 18 March 2024 · Lithuanian\n  · r2k4m7p9\n"
    ) in printed(a_story(release))


def test_neither_a_date_nor_the_place_of_a_keyword_is_torn_apart():
    office = "Ministry for European and International Affairs"
    page = printed(
        a_story(
            a_stored_release(institution=office, language="nl", country="AT"),
            a_stored_release(institution=office, url="https://copy.example/1", country="BE"),
        )
    )

    assert (
        "  Ministry for European and International Affairs, Austria\n  · 18 March 2024 · Dutch"
    ) in page
    assert "International Affairs,\n  Belgium · 18 March 2024\n" in page


def test_a_long_address_stays_whole_on_a_line_of_its_own():
    url = "https://press.economy.example/" + "a" * 200

    assert f"\n  {url}\n" in printed(a_story(a_stored_release(url=url)))


def test_an_address_cannot_break_its_line():
    page = printed(a_story(a_stored_release(url="https://press.economy.example/a\nFrom: b")))

    assert "  https://press.economy.example/a%0AFrom:%20b\n" in page


def test_more_than_three_keywords_are_counted():
    text = "one two three four five"
    match = a_match_on(text, text, *(a_hit_on(word, text) for word in text.split()))
    page = printed(a_story(a_stored_release(text=text, matches=(match,))))

    assert (
        "  Found by one* (English, paragraph 1), two* (English, paragraph 1),\n"
        "  three* (English, paragraph 1) and 2 more keywords\n"
    ) in page


def test_more_than_three_changed_sentences_are_counted():
    release = a_stored_release()
    before = replace(release.revisions[0], text="On 1. \nOn 2. \nOn 3. \nOn 4. \nOn 5. ")
    page = printed(a_story(replace(release, revisions=(before, *release.revisions))))

    assert "    before: On 3.\n    before: 2 more sentences\n    now: " in page


def test_a_sentence_that_was_added_replaces_nothing():
    release = a_stored_release()
    before = replace(release.revisions[0], text="They were held under occupation.")
    page = printed(a_story(replace(release, revisions=(before, *release.revisions))))

    assert "    before: (nothing)\n    now: The ministry does not recognise" in page


def test_all_failing_feeds_are_named_however_many():
    page = printed(feeds=[a_watched_feed(Health.FAILING, failures=2)] * 50)

    assert " ".join(page.split()).count("2 polls failed") == 50


def test_what_changed_in_a_known_story_is_shown_before_and_now():
    texts = ("We regret the 8 cases.", "We condemn the 9 cases.")
    old, new = (Revision(title="T", text=text, seen_at=MORNING) for text in texts)
    known = a_stored_release(title="Joint statement", revisions=(old, new))
    as_told = a_stored_release(revisions=(old,))
    page = printed(a_story(known, told=["r2k4m7p9"], as_told=[as_told]))

    assert (
        "  Joint statement\n"
        "  Ministry of Economy, France · 18 March 2024 · r2k4m7p9\n"
        "\n"
        "  Changed by the source, seen 18 March 2024\n"
        "    before: We regret the 8 cases.\n"
        "    now: We condemn the 9 cases.\n"
    ) in page
