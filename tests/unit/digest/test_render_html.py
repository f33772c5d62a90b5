"""How a digest looks in a browser."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from digest.compose import compose
from digest.render import render_html, render_html_part, subject
from domain.health import Health
from tests.unit.digest.pages import Page
from tests.unit.digest.stories import (
    ELECTIONS,
    NOW,
    a_stored_release,
    a_story,
    a_titled_release,
    a_watched_feed,
)


def a_digest(*stories, feeds=()):
    return compose(stories, topic=ELECTIONS, feeds=feeds, since=None, now=NOW, zone=ZoneInfo("UTC"))


def many(count, country="FR"):
    return [a_story(a_titled_release(f"Vote {number}", country=country)) for number in range(count)]


def test_the_subject_says_the_count_and_the_day():
    assert subject(a_digest(a_story())) == "Elections: 1 story, 20 March 2024"


def test_a_page_needs_nothing_from_anywhere():
    page = Page(render_html(a_digest(a_story())))

    assert page.links == ["https://press.economy.example/news/1"] * 2
    assert {"script", "img", "link", "iframe", "object", "base", "form"} & set(page.tags) == set()


def test_a_title_cannot_bring_tags():
    hostile = a_titled_release("Vote <img src=x onerror=alert(1)></h3><script>alert(1)</script>")
    page = Page(render_html(a_digest(a_story(hostile))))

    assert {"img", "script"} & set(page.tags) == set()
    assert "onerror" not in page.attributes
    assert "Vote <img src=x onerror=alert(1)></h3><script>alert(1)</script>" in page.words


def test_a_release_without_a_title_says_so_and_can_still_be_opened():
    html = render_html(a_digest(a_story(a_stored_release(title=" \u202e "))))

    assert 'rel="noreferrer">(no title)</a>' in html


def test_few_countries_need_no_table_of_contents():
    assert "nav" not in Page(render_html(a_digest(*many(9)))).tags


def test_many_countries_are_listed_with_links_and_numbers():
    countries = [story for code in ("FR", "DE", "PL", "JP", "CZ") for story in many(2, code)]
    page = Page(render_html(a_digest(*countries)))

    assert page.links[:5] == ["#c1", "#c2", "#c3", "#c4", "#c5"]
    assert "Czechia 2 · France 2 · Germany 2 · Japan 2 · Poland 2" in page.words


def test_a_digest_without_stories_proves_that_the_watch_lived():
    page = Page(render_html(a_digest(feeds=[a_watched_feed()])))

    assert "Elections: 0 stories Not told before 20 March 2024, from 1 feed" in page.words
    assert page.words.endswith("Nothing matched. Silent: none Failing: none")


def test_a_part_stops_at_a_story_and_says_how_many_follow():
    digest = a_digest(*many(400))
    part = render_html_part(digest, longest=95_000)
    page = Page(part)
    shown = page.tags.count("article")

    assert 90_000 < len(part.encode()) <= 95_000
    assert "Elections: 400 stories from 1 country or body" in page.words
    assert f"{400 - shown} more stories follow in the attached file" in page.words


def test_a_part_holds_all_that_fits():
    digest = a_digest(*many(20))

    assert render_html_part(digest, longest=95_000) == render_html(digest)


def test_a_story_that_does_not_fit_by_itself_is_left_to_the_attached_file():
    endless = a_stored_release(url="https://press.economy.example/" + "a" * 100_000)
    part = render_html_part(a_digest(a_story(endless)), longest=95_000)

    assert "1 more story follows in the attached file" in part
    assert len(part) < 10_000


@pytest.mark.parametrize(
    ("longest", "named"), [(None, 500), (95_000, 20)], ids=["whole page", "part"]
)
def test_a_part_names_feeds_in_trouble_as_far_as_one_reads_and_the_whole_page_all(longest, named):
    digest = a_digest(feeds=[a_watched_feed(Health.FAILING, failures=2)] * 500)
    pages = {None: render_html, 95_000: lambda each: render_html_part(each, longest=95_000)}
    html = pages[longest](digest)

    assert html.count("2 polls failed") == named
    assert ("; 480 more" in html) == (named == 20)


def test_a_correction_shows_what_stood_there_and_what_stands_there_now():
    release = a_stored_release()
    before = replace(release.revisions[0], text="They were held under occupation.")
    page = Page(
        render_html(a_digest(a_story(replace(release, revisions=(before, *release.revisions)))))
    )

    assert (
        "Changed by the source, seen 18 March 2024 before: (nothing) now: "
        "The ministry does not recognise these elections."
    ) in page.words
