"""What is read of one long page that holds many releases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extract.release import extract_release
from crawler.readers import READERS
from domain.errors import ExtractError
from domain.release import Entry, Release, Witness
from domain.source import Feed, FeedKind
from tests.builders import a_feed, an_entry
from tests.unit.crawler.pages import a_page

ADDRESS = "https://press.economy.example/statements"
BLOCKS = """<html lang="en"><head><title>Statements</title>
<meta property="og:title" content="All statements"></head><body><h1>Statements</h1>
<section id="vote"><h2>On the vote</h2><p>18 March 2024</p>
<p>The ministry does not recognise it.</p><p>It was not free.</p></section>
<section><a name="talks"></a><h2>On the talks</h2><time datetime="2024-03-17">Sunday</time>
<p>They go on.</p></section></body></html>"""
HEADINGS = """<html lang="en"><body><h2 id="vote">On the vote</h2><p>18 March 2024</p>
<p>The ministry does not recognise it.</p><p>It was not free.</p>
<h2><a name="talks">On the talks</a></h2><p>17 March 2024</p><p>They go on.</p></body></html>"""
KINDS = [pytest.param(BLOCKS, "section", id="blocks"), pytest.param(HEADINGS, "h2", id="headings")]


def a_feed_of(parts: str) -> Feed:
    return a_feed(kind=FeedKind.PAGE, url=ADDRESS, parts=parts)


def entries(body: str, parts: str) -> tuple[Entry, ...]:
    return READERS[FeedKind.PAGE](a_page(body, url=ADDRESS), a_feed_of(parts)).entries


def release(body: str, parts: str, anchor: str) -> Release:
    (entry,) = [one for one in entries(body, parts) if one.url.endswith(f"#{anchor}")]
    return extract_release(a_page(body, url=ADDRESS), entry, a_feed_of(parts))


@pytest.mark.parametrize(("body", "parts"), KINDS)
def test_each_part_is_an_entry_at_its_anchor(body: str, parts: str):
    assert [(one.key, one.url, one.title, one.published_at) for one in entries(body, parts)] == [
        (f"{ADDRESS}#vote", f"{ADDRESS}#vote", "On the vote", datetime(2024, 3, 18, tzinfo=UTC)),
        (f"{ADDRESS}#talks", f"{ADDRESS}#talks", "On the talks", datetime(2024, 3, 17, tzinfo=UTC)),
    ]


@pytest.mark.parametrize(("body", "parts"), KINDS)
def test_a_part_is_a_release_and_the_others_are_not_in_it(body: str, parts: str):
    found = release(body, parts, "vote")

    assert found.title == "On the vote"
    assert found.text == "18 March 2024\nThe ministry does not recognise it.\nIt was not free."
    assert found.published_at == datetime(2024, 3, 18, tzinfo=UTC)
    assert found.canonical_url == f"{ADDRESS}#vote"
    assert found.language == "en"
    assert found.witnesses["text"] is Witness.RECIPE


def test_a_part_that_was_changed_is_fetched_again_and_the_others_are_not():
    before, after = (entries(body, "section") for body in (BLOCKS, BLOCKS.replace("free", "fair")))

    assert before[0].mark != after[0].mark
    assert before[1].mark == after[1].mark


def test_a_part_to_which_nothing_leads_has_no_address():
    (first, _) = entries(BLOCKS.replace(' id="vote"', ""), "section")

    assert (first.title, first.url) == ("On the vote", "")


def test_a_part_that_is_gone_from_the_page_is_no_release():
    with pytest.raises(ExtractError, match="leads to nothing that 'section' finds on the page"):
        extract_release(
            a_page(BLOCKS, url=ADDRESS), an_entry(url=f"{ADDRESS}#gone"), a_feed_of("section")
        )


def test_an_anchor_in_another_script_is_found_again():
    body = BLOCKS.replace('id="vote"', 'id="о виборах"')

    assert release(
        body, "section", "%D0%BE%20%D0%B2%D0%B8%D0%B1%D0%BE%D1%80%D0%B0%D1%85"
    ).title == ("On the vote")


def test_a_page_without_its_parts_says_what_was_looked_for():
    found = READERS[FeedKind.PAGE](a_page(BLOCKS, url=ADDRESS), a_feed_of("article"))

    assert found.entries == ()
    assert found.hint.startswith("'article' found nothing on a good page")
