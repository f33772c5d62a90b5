"""What the offices publish: whether the town is what its tests and the demo take it for."""

import re
from datetime import date

import pytest

from pollwatch.demo.expected import addresses, statements
from pollwatch.demo.offices import town_offices
from pollwatch.demo.offices.press import Subject, press_offices

DAY = date(2024, 3, 20)
OFFICES = press_offices()
FEEDS = [feed for office in OFFICES for feed in office.feeds]
RELEASES = {
    f"{office.host}{release.path} {release.at:%d}": release
    for office in OFFICES
    for feed in office.feeds
    for release in feed.releases
}
STATEMENTS = {key: release for key, release in RELEASES.items() if release.decisive}
# Japanese sets no spaces: two of its signs are taken for a word.
WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{1,2}|[^\W\u3040-\u30ff\u4e00-\u9fff]+")
BROKEN_ON_PURPOSE = ("trouble.example/pages/", "trouble.example/oddities/unlinked")
ONLY_POINTERS = ("coe.europe.example/en/web/portal/-/joint-message",)
WHOLE = {
    key: release
    for key, release in RELEASES.items()
    if not key.startswith((*BROKEN_ON_PURPOSE, *ONLY_POINTERS))
}


def standing(day):
    """What is to be read on a day of March, in all offices."""
    return {release for feed in FEEDS for release in feed.standing(date(2024, 3, day))}


def each(releases):
    return pytest.mark.parametrize("release", releases.values(), ids=releases.keys())


def text_of(source_id):
    (found,) = [statement for statement in statements(DAY) if statement.source_id == source_id]
    return RELEASES[f"{found.address} 18"].paragraphs


def test_the_town_has_twenty_offices_and_more():
    assert len(town_offices()) == 28


def test_the_town_writes_fourteen_languages():
    assert {feed.language for feed in FEEDS} == set(
        "ar cs de en es fr it ja lt nl pl ru sv uk".split()
    )


def test_the_town_writes_old_charsets_too():
    assert {office.charset for office in OFFICES} == {
        "utf-8",
        "windows-1251",
        "shift_jis",
        "euc-jp",
        "iso-8859-2",
        "iso-8859-15",
    }


def test_every_form_of_feed_and_listing_is_in_use():
    assert {feed.form for feed in FEEDS} == {"rss", "atom", "rdf", "teasers", "rows", "terms"}


@each(WHOLE)
def test_a_release_is_as_long_as_releases_are(release):
    assert 75 <= len(WORD.findall(" ".join(release.paragraphs))) <= 250


@each(STATEMENTS)
def test_a_sentence_that_decides_begins_a_sentence_of_its_release(release):
    sentences = ". ".join(release.paragraphs).replace(": ", ". ").split(". ")
    assert [sentence.startswith(release.decisive) for sentence in sentences].count(True) == 1


def test_sweden_prints_the_statement_of_the_union_word_for_word():
    assert text_of("se_gov") == text_of("eu_eeas")


def test_the_founding_case_is_told_by_twenty_sources():
    assert [statement.source_id for statement in statements(DAY)] == (
        "ca_gac cz_mzv de_aa eu_eeas fr_mfa gb_fcdo in_mea int_coe int_coe int_oscepa "
        "int_un int_un it_mae jp_kantei jp_mofa lt_mfa md_mfa pl_mfa qa_mofa se_gov ua_mfa "
        "us_state"
    ).split()


def test_look_alikes_stand_beside_them():
    assert len(addresses(DAY, about=Subject.LOOK_ALIKE)) == 25


def test_other_votes_stand_beside_them():
    assert len(addresses(DAY, about=Subject.ANOTHER_VOTE)) == 6


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.path)
def test_no_feed_is_empty_on_the_first_day_of_the_town(feed):
    assert feed.standing(date(2024, 3, 15)) != ()


def test_on_the_day_after_only_one_release_is_another():
    (corrected,) = standing(21) - standing(20)
    assert corrected.path == "/news/statement-on-the-russian-presidential-elections"
    assert corrected.is_correction


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (18, "Daily press briefing: Russian vote, Gaza, Haiti"),
        (19, "Daily press briefing: Sudan, semiconductors, travel to the Pacific"),
        (20, "Daily press briefing: Jeddah talks, consular notice for Haiti"),
    ],
)
def test_the_daily_briefing_has_another_text_each_day_at_one_address(day, title):
    texts = {release.path: release.title for release in standing(day)}
    assert texts["/briefings/today/"] == title
