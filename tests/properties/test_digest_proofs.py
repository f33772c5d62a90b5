"""Each line of a digest can be checked: what it marks is stored, and what it names finds it.

Real keyword files judge texts made of their own examples; what is checked is read back from the
finished pages, as a suspicious reader would.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.keywords import compile_topics
from digest.languages import NAMES
from digest.render import render_html, render_text
from domain.reading import HitKind, Part
from pollwatch.loading import load
from tests.unit.digest.stories import a_digest, a_stored_release, a_story

TOPICS = load(None, environ={"POLLWATCH_SOURCES__SHIPPED": "false"}).topics
ELECTIONS = next(topic for topic in TOPICS if topic.id == "elections")
KEYWORDS = compile_topics([ELECTIONS])
LANGUAGES = ["ar", "cs", "de", "el", "en", "fr", "he", "ja", "ko", "pl", "ru", "sr", "th", "tr"]
EXAMPLES = {
    language: [each.text for each in ELECTIONS.examples if each.language == language]
    for language in LANGUAGES
}
GAPS = st.sampled_from(["\n", "\n", " ", ".  ", "\n*** ", " \u201cas they say\u201d\u00a0"])
REASON = re.compile(r"(?:^|, )(\S.*?) \(([A-Z]?[a-z ]+), (title|paragraph \d+)\)")
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A story as it stands on a page."""

    title: str
    sentence: str
    marked: list[str]
    named: list[tuple[str, str, str]]
    """Term, language and passage."""


@st.composite
def releases(draw):
    language = draw(st.sampled_from(LANGUAGES))
    examples = st.sampled_from(EXAMPLES[language])
    title = draw(examples | st.just("Press release"))
    parts = draw(st.lists(st.tuples(examples, GAPS), min_size=1, max_size=4))
    text = "".join(example + gap for example, gap in parts).strip()
    matches = KEYWORDS.match(title, text, language)
    assume(any(match.is_match for match in matches))
    return a_stored_release(title=title, text=text, language=language, matches=matches)


def on_the_page(html):
    """The one story of a page."""
    html = html.replace("\u00a0", " ")
    title = re.findall(r"<h3[^>]*>(.*?)</h3>", html)[0]
    sentence = "".join(re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", html))
    named = re.findall(r"<b><bdi>(.*?)</bdi></b> \((.*?), (.*?)\)", html)
    return Item(
        title=plain(title),
        sentence=plain(sentence),
        marked=[plain(each) for each in re.findall(r"<mark>(.*?)</mark>", title + sentence)],
        named=[(plain(term), language, plain(place)) for term, language, place in named],
    )


def plain(html):
    return unescape(TAG.sub("", html))


def in_the_text(page):
    """The one story of a text."""
    story = page.partition("\n------\n")[2]
    title, _, rest = story.strip().partition("Ministry of Economy, France")
    quoted = re.findall(r"\n\n    “(.*)”\n\n  Found by", rest, re.DOTALL)
    reasons = re.sub(r"\s+", " ", re.findall(r"Found by (.*?)\n  http", rest, re.DOTALL)[0])
    return Item(
        title=title.replace("*", ""),
        sentence="".join(quoted).replace("*", ""),
        marked=re.findall(r"\*(.+?)\*", title + "".join(quoted), re.DOTALL),
        named=REASON.findall(reasons),
    )


def letters(text):
    """Without white space, which pages make even, and with stars as pages show them."""
    return "".join(text.split()).replace("*", "∗").strip("…")


def is_found_by(term, language, place, release):
    """True where the keyword alone finds a word in that place of the release."""
    return any(
        (hit.where is Part.TITLE) == (place == "title")
        and place in ("title", f"paragraph {release.text.count(chr(10), 0, hit.start) + 1}")
        for keyword in ELECTIONS.keywords
        if keyword.term == term and NAMES[keyword.language] == language
        for match in alone(keyword).match(release.title, release.text, release.language)
        for hit in match.hits
    )


def alone(keyword):
    strong = replace(keyword, kind=HitKind.STRONG, beside=False)
    return compile_topics([replace(ELECTIONS, keywords=(strong,))])


def check(item, release):
    stored = letters(f"{release.title}\n{release.text}")
    shown = letters(item.sentence or item.title)
    assert item.marked
    assert [mark for mark in item.marked if letters(mark) not in shown] == []
    assert shown in stored
    assert item.named
    assert [one for one in item.named if not is_found_by(*one, release)] == []


@settings(max_examples=40)
@given(releases())
def test_what_a_page_marks_is_stored_and_each_keyword_that_it_names_finds_it_alone(release):
    check(on_the_page(render_html(a_digest(a_story(release)))), release)


@settings(max_examples=40)
@given(releases())
def test_what_a_text_marks_is_stored_and_each_keyword_that_it_names_finds_it_alone(release):
    check(in_the_text(render_text(a_digest(a_story(release)))), release)


@settings(max_examples=40)
@given(releases())
def test_the_keyword_that_is_named_first_finds_a_marked_word(release):
    item = on_the_page(render_html(a_digest(a_story(release))))
    term, language, _ = item.named[0]
    found = [
        letters(getattr(release, hit.where)[start:end])
        for keyword in ELECTIONS.keywords
        if keyword.term == term and NAMES[keyword.language] == language
        for match in alone(keyword).match(release.title, release.text, release.language)
        for hit in match.hits
        for start, end in hit.parts or ((hit.start, hit.end),)
    ]

    assert any(word in letters(mark) for word in found for mark in item.marked)
