"""No page, whatever it holds, takes more than a moment."""

from __future__ import annotations

from time import process_time

import pytest

from crawler.extract.release import extract_release
from crawler.page import page_tree
from crawler.readers import READERS
from domain.errors import TooLarge
from tests.builders import a_feed, an_entry
from tests.unit.crawler.pages import a_page

# Twice what the slowest takes here; before, the quickest of them took that long.
MOMENT = 5
PARAGRAPH = "<p>The ministry does not recognise the vote, and said so. </p>" * 10
HOSTILE = {
    "nested tables": "<table><tr><td>x" * 70 + "</td></tr></table>" * 70,
    "tables": "<table><tr><td>some</td><td>words</td></tr></table>",
    "nested lists of links": "<ul><li><a href=x>l</a>" * 80 + "</li></ul>" * 80,
    "nested articles": "<article>" * 200 + "<h1>x</h1><time>y</time>" + "</article>" * 200,
    "code": "<pre>code <b>x</b></pre>",
}


@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_page_of_many_elements_is_read_plainly(part: str) -> None:
    page = a_page(PARAGRAPH + part * (1_000_000 // len(part)))
    began = process_time()
    release = extract_release(page, an_entry(), a_feed())
    assert process_time() - began < MOMENT
    assert "The ministry does not recognise the vote, and said so." in release.text


def test_a_page_of_more_elements_than_can_be_looked_at_is_refused_aloud() -> None:
    page = a_page("<br>" * 300_001)
    with pytest.raises(TooLarge, match="holds more than 300,000 elements"):
        extract_release(page, an_entry(), a_feed())


def test_a_tag_of_many_attributes_is_read_without_most_of_them() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(100_000))
    began = process_time()
    tree = page_tree(a_page(f"<div {attributes}>{PARAGRAPH}</div>"))
    assert process_time() - began < MOMENT
    assert len(tree.find(".//div").attrib) == 300
    assert tree.find(".//p").text.startswith("The ministry")


@pytest.mark.parametrize(
    "script",
    ["<script>for(i<e;;){" + "a b " * 20_000 + "}</script>", "<!-- <b " + "a b " * 20_000 + "-->"],
    ids=["script", "comment"],
)
def test_what_only_looks_like_a_tag_is_left_alone(script: str) -> None:
    tree = page_tree(a_page(script + PARAGRAPH))
    assert tree.find(".//p").text.startswith("The ministry")


def test_self_description_of_many_parts_is_read_in_a_moment() -> None:
    parts = "[" + "[]," * 160_000 + "[]]"
    page = a_page(f"<script type='application/ld+json'>{parts}</script>{PARAGRAPH}")
    began = process_time()
    extract_release(page, an_entry(), a_feed())
    assert process_time() - began < 1


def test_a_feed_of_more_tags_than_any_feed_is_refused_aloud() -> None:
    page = a_page("<rss version='2.0'><channel>" + "<item/>" * 200_000)
    with pytest.raises(TooLarge, match="holds more than 200,000 tags"):
        READERS[a_feed().kind](page, a_feed())


def test_an_item_of_many_attributes_is_read_in_a_moment() -> None:
    attributes = " ".join(f'a{number}="1"' for number in range(100_000))
    item = f"<item {attributes}><title>On the vote</title><link>/1</link></item>"
    page = a_page(f"<rss version='2.0'><channel>{item}</channel></rss>")
    began = process_time()
    (entry,) = READERS[a_feed().kind](page, a_feed()).entries
    assert process_time() - began < MOMENT
    assert entry.title == "On the vote"
