from __future__ import annotations

import pytest

from crawler.readers.feed import read_feed
from domain.errors import ParseError
from domain.release import Entry
from tests.builders import a_feed
from tests.unit.crawler.pages import a_page

ROOT = "<rss version='2.0'><channel><item><title>&x;</title><link>/1</link></item></channel></rss>"
LAUGHS = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))


def a_document(subset: str, *, before: str = "<?xml version='1.0'?>\n") -> str:
    return f"{before}<!DOCTYPE rss [{subset}]>{ROOT}"


def entries(text: str, *, encoding: str = "utf-8") -> tuple[Entry, ...]:
    page = a_page(text.encode(encoding), content_type="application/rss+xml")
    return read_feed(page, a_feed()).entries


@pytest.mark.parametrize(
    "subset",
    [
        f'<!ENTITY l0 "ha">{LAUGHS}',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY x SYSTEM "http://127.0.0.1/">',
        '<!ENTITY x PUBLIC "-//W3C//ENTITIES Latin 1//EN" "xhtml-lat1.ent">',
        '<!ENTITY % x SYSTEM "http://e.example/x.dtd">%x;',
        f'<!ENTITY x "{"ha" * 1_000}">',
        '<!ENTITY a "<b>"><!ENTITY x "&a;&a;">',
        '<!ELEMENT rss ANY><!ENTITY x "&y;">',
    ],
    ids=["laughs", "file", "address", "public", "parameter", "long", "markup", "among others"],
)
def test_entities_that_could_harm_are_refused(subset: str) -> None:
    with pytest.raises(ParseError, match="declares XML entities"):
        entries(a_document(subset))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_no_encoding_hides_them(encoding: str) -> None:
    text = a_document(f'<!ENTITY l0 "ha">{LAUGHS}', before="")
    with pytest.raises(ParseError, match="declares XML entities"):
        entries(text, encoding=encoding)


@pytest.mark.parametrize(
    "before",
    ["<!-- <rss> -->", "<?xml version='1.0'?>\n<!-- > -->\n", f"<!--{'x' * 100_000}-->"],
    ids=["a comment with an element", "a comment with an end", "a long comment"],
)
def test_nothing_before_the_document_type_hides_them(before: str) -> None:
    with pytest.raises(ParseError, match="declares XML entities"):
        entries(a_document('<!ENTITY x SYSTEM "file:///etc/passwd">', before=before))


def test_a_comment_in_the_document_type_does_not_hide_them() -> None:
    with pytest.raises(ParseError, match="declares XML entities"):
        entries(a_document('<!-- <a ]> --><!ENTITY x SYSTEM "file:///etc/passwd">'))


@pytest.mark.parametrize(
    ("subset", "title"),
    [
        ('<!ENTITY x "On the vote">', "On the vote"),
        ("<!ENTITY x 'On the vote'>", "&x;"),
        ('<!ENTITY x "&#8364;">', "€"),
    ],
    ids=["plain", "single quotes, which the reader leaves alone", "one letter"],
)
def test_a_name_for_plain_letters_is_no_harm(subset: str, title: str) -> None:
    (entry,) = entries(a_document(f"\n{subset}\n"))
    assert entry.title == title


def test_a_text_about_entities_is_no_declaration() -> None:
    text = ROOT.replace("&x;", "<![CDATA[How to write &lt;!ENTITY and <!ENTITY]]>")
    assert len(entries(f"<?xml version='1.0'?>{text}")) == 1
