"""What does a good answer hold?

A page exists only where an address gave a good answer; no reader ever sees an error page.
Pages arrive as bytes. Which letters they mean is said in up to four places that often
contradict each other (byte order mark, header, meta tag or XML declaration, the bytes
themselves); the first that the bytes agree with is believed.
"""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from lxml import etree, html
from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
)

from domain.errors import TooLarge
from domain.poll import Validators
from domain.release import Original

# The largest of 324 real pages has 3 700 elements and 60 attributes at one of them. libxml2
# compares each attribute with those before it; a page of a few megabytes can hold so many that
# this takes minutes.
MOST_ELEMENTS = 300_000
MOST_ATTRIBUTES = 300
LONG = 64 * 1024
ATTRIBUTE = rb"""[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
UNPARSED = rb"<!--(?:-?>|.*?-->|.*)|<(script|style)\b(?:.*?</\1|.*)"
CROWDED = re.compile(
    rb"%b|(<[a-z][^\s/>]*+(?:%b){%d})(?:%b)*+" % (UNPARSED, ATTRIBUTE, MOST_ATTRIBUTES, ATTRIBUTE),
    re.IGNORECASE | re.DOTALL,
)
# Plain elements for all tags: lxml's own choice of a class for each asks Python every time an
# element is touched, which costs as much as parsing does.
ELEMENTS = etree.ElementDefaultClassLookup(element=html.HtmlElement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The bytes of one good answer."""

    url: str
    """The address that answered, after redirects."""
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    moved_to: str | None = None
    """Where permanent redirects led, if the address asked for has moved for good."""

    @property
    def checksum(self) -> str:
        """SHA-256 of the body, in hex."""
        return sha256(self.body).hexdigest()

    @property
    def validators(self) -> Validators:
        """What to ask with next time, exactly as received."""
        return Validators(
            etag=header(self, "ETag"),
            last_modified=header(self, "Last-Modified"),
            checksum=self.checksum,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server says that nothing changed since the validators we showed."""

    moved_to: str | None = None


def original_of(page: Page) -> Original:
    """A page as it is kept."""
    return Original(
        url=page.url,
        headers=page.headers,
        body=zlib.compress(page.body),
        fetched_at=page.fetched_at,
        checksum=page.checksum,
    )


def header(page: Page, name: str) -> str | None:
    """The first header of that name, in whatever case; None where there is none."""
    wanted = name.lower()
    return next((value for key, value in page.headers if key.lower() == wanted), None)


def page_text(page: Page) -> str:
    """The body as text.

    >>> from datetime import UTC
    >>> page_text(Page(url="", headers=(("Content-Type", "text/html; charset=windows-1251"),),
    ...                body="Вибори".encode("cp1251"), fetched_at=datetime.now(UTC)))
    'Вибори'
    """
    encoding, mark = read_bom(page.body)
    if encoding and mark:
        return page.body[len(mark) :].decode(encoding, errors="replace")
    stated = [
        name
        for name in (
            http_content_type_encoding(header(page, "Content-Type")),
            html_body_declared_encoding(page.body[:8192]),
        )
        if name
    ]
    # UTF-8 that holds more than ASCII is almost never anything else by accident.
    tried = stated if page.body.isascii() else ["utf-8", *stated]
    for name in tried:
        try:
            return page.body.decode(resolve_encoding(name) or name, errors="strict")
        except (UnicodeDecodeError, LookupError):
            continue
    return page.body.decode(_fallback(stated), errors="replace")


def _fallback(stated: list[str]) -> str:
    for name in stated:
        try:
            return codecs.lookup(resolve_encoding(name) or name).name
        except LookupError:
            continue
    return "cp1252"


def page_tree(page: Page) -> html.HtmlElement:
    """The body as a tree of HTML, however broken; an empty one where there is nothing.

    Reading ends where elements nest deeper than the 256 that libxml2 allows: no page for
    readers does that, and on one that did extraction would not come to an end. Raises TooLarge
    where there are more elements than can be looked at in a moment.
    """
    text = page_text(page).replace("\x00", "").strip()
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(ELEMENTS)
    markup = thinned((text or "<html></html>").encode("utf-8", "replace"))
    try:
        tree = html.document_fromstring(markup, parser=parser)
    except etree.ParserError:
        return html.document_fromstring("<html><body></body></html>")
    if int(tree.xpath("count(descendant::*)")) > MOST_ELEMENTS:  # type: ignore[arg-type]
        raise TooLarge(
            f"{page.url} holds more than {MOST_ELEMENTS:,} elements, as no page for readers does",
            next_step="Leave it out with skip in the source's file, under release",
        )
    return tree


def thinned(markup: bytes) -> bytes:
    """HTML or XML without the attributes of a tag that are more than any tag needs."""
    if len(markup) < LONG:
        return markup
    return CROWDED.sub(lambda found: found[2] or found[0], markup)
