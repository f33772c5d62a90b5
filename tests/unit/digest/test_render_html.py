"""How a digest looks in a browser."""

from dataclasses import replace

import pytest

from digest.render import render_html, render_html_part, subject
from domain.health import Health
from tests.unit.digest.pages import Page
from tests.unit.digest.stories import (
    ELECTIONS,
    SANCTIONS,
    a_digest,
    a_stored_release,
    a_story,
    a_titled_release,
    a_watched_feed,
)


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


def test_many_countries_are_listed_with_links_and_with_numbers_above_one():
    countries = [story for code in ("FR", "DE", "PL", "JP") for story in many(2, code)]
    page = Page(render_html(a_digest(*countries, *many(1, "CZ"))))

    assert page.links[:5] == ["#c1-1", "#c1-2", "#c1-3", "#c1-4", "#c1-5"]
    assert "Czechia · France (2) · Germany (2) · Japan (2) · Poland (2)" in page.words


def test_a_digest_without_stories_proves_that_the_watch_lived():
    page = Page(render_html(a_digest(feeds=[a_watched_feed()])))

    assert "Elections: 0 stories 20 March 2024 · 1 feed watched" in page.words
    assert page.words.endswith("Nothing new matched. Silent: none Failing: none")


def test_a_part_stops_at_a_story_and_says_how_many_follow():
    digest = a_digest(*many(400))
    part = render_html_part(digest, longest=95_000)
    page = Page(part)
    shown = page.tags.count("article")

    assert 90_000 < len(part.encode()) <= 95_000
    assert "Elections: 400 stories from 1 country" in page.words
    assert f"Here are the first {shown} stories; the attached file" in page.words
    assert f"{400 - shown} more stories follow in the attached file" in page.words


def test_a_topic_that_a_part_has_no_room_for_is_not_said_to_be_empty():
    digest = a_digest(
        news=[(ELECTIONS, many(400)), (SANCTIONS, [a_story(a_stored_release(story_id="other"))])]
    )
    part = render_html_part(digest, longest=20_000)

    assert "Nothing new matched" not in part
    assert '<h2 class="topic">Sanctions' not in part


def test_a_part_says_of_which_topic_nothing_matched():
    digest = a_digest(news=[(ELECTIONS, many(400)), (SANCTIONS, [])])
    part = Page(render_html_part(digest, longest=20_000))

    assert "Sanctions Nothing new matched." in part.words


def test_what_joined_known_stories_is_cut_like_other_stories():
    known = a_story(a_stored_release(id="own"), a_stored_release(id="copy"), told=["own"])
    digest = a_digest(*([known] * 400))
    part = render_html_part(digest, longest=20_000)
    shown = part.count('<div class="joined">')

    assert 0 < shown < 400
    assert f"{400 - shown} more stories follow" in part


def test_a_part_holds_all_that_fits():
    digest = a_digest(*many(20))

    assert render_html_part(digest, longest=95_000) == render_html(digest)


def test_a_story_that_does_not_fit_by_itself_is_left_to_the_attached_file():
    endless = a_stored_release(url="https://press.economy.example/" + "a" * 100_000)
    part = render_html_part(a_digest(a_story(endless)), longest=95_000)

    assert "1 more story follows in the attached file" in part
    assert "Here are the first" not in part
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


def test_an_office_that_writes_leftwards_stands_before_its_country():
    office = a_stored_release(institution="وزارة الخارجية", country="QA")
    html = render_html(a_digest(a_story(office)))

    assert '<bdi dir="ltr">وزارة الخارجية, Qatar</bdi>' in html


def test_a_story_that_is_known_can_be_opened_too():
    known = a_stored_release(id="own", title="Joint statement", url="https://own.example/1")
    copy = a_stored_release(id="copy", url="https://copy.example/1")
    page = Page(render_html(a_digest(a_story(known, copy, told=["own"]))))

    assert page.links == ["https://own.example/1", "https://copy.example/1"]


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
