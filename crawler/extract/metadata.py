"""What does a page say about itself, out of its readers' sight?

JSON-LD, meta tags, ``<time>``, the heading, the declared language: witnesses for the fields of a
release, found in one walk over what each stands in. Whom to believe is decided elsewhere.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from crawler.texts import element_text, one_line, plain_text

META_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title")
META_DATES = (
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dcterms.available",
    "publication_date",
    "publish_date",
    "publishdate",
    "pubdate",
    "citation_publication_date",
    "parsely-pub-date",
    "date",
)
ARTICLES = frozenset(
    {"Article", "NewsArticle", "PressRelease", "Report", "BlogPosting", "ReportageNewsArticle"}
)
# Other things that a page describes (its breadcrumb, its publisher) have names and dates too.
PAGES = frozenset({"WebPage", "ItemPage", "AboutPage", "Event", "GovernmentService"})
INSIDE = frozenset({"main", "article"})
BESIDE = frozenset({"nav", "aside", "footer"})
# A page of hundreds of headings and dates lists releases, or means us harm.
MOST_LOOKED_AT = 200
LANGUAGE = re.compile(r"^\s*([a-zA-Z]{2,3})(?:[-_].*)?$")
# No page needs more to describe itself; some carry their whole archive.
LONGEST_JSON = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What each witness says; empty or None where it is silent."""

    json_title: str
    json_date: str
    meta_title: str
    meta_date: str
    heading: str
    time: str
    window_title: str
    language: str | None


def read_metadata(tree: HtmlElement) -> Metadata:
    """All that a page says about itself, as plain text."""
    about = _described(tree)
    meta = _meta_tags(tree)
    return Metadata(
        json_title=_text(about.get("headline") or about.get("name")),
        json_date=_text(about.get("datePublished")),
        meta_title=_first(meta, META_TITLES),
        meta_date=_first(meta, META_DATES),
        heading=_heading(tree),
        time=_time(tree),
        window_title=one_line(tree.findtext(".//title") or ""),
        language=_language(tree, meta, about),
    )


def language_code(tag: str) -> str | None:
    """The language of a tag, without region and script; None where it is no tag.

    >>> language_code("pt-BR"), language_code("DE_de"), language_code("English")
    ('pt', 'de', None)
    """
    found = LANGUAGE.match(tag)
    return found[1].lower() if found else None


def _described(tree: HtmlElement) -> Mapping[str, Any]:
    """The article that the page's JSON-LD describes, else the page; empty where neither is."""
    pages: list[Mapping[str, Any]] = []
    for script in tree.iterfind(".//script[@type]"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        for thing in _things(script.text or ""):
            types = _types(thing)
            if types & ARTICLES:
                return thing
            if types & PAGES and thing.get("datePublished"):
                pages.append(thing)
    return pages[0] if pages else {}


def _things(text: str) -> Iterator[Mapping[str, Any]]:
    if len(text) > LONGEST_JSON:
        return
    try:
        waiting = deque([json.loads(text, strict=False)])
    except (ValueError, RecursionError):
        return
    while waiting:
        thing = waiting.popleft()
        if isinstance(thing, list):
            waiting.extend(thing)
        elif isinstance(thing, dict):
            yield thing
            waiting.extend(thing[key] for key in ("@graph", "mainEntity") if key in thing)


def _types(thing: Mapping[str, Any]) -> set[str]:
    stated = thing.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    return {str(name).rpartition("/")[2] for name in names}


def _meta_tags(tree: HtmlElement) -> dict[str, str]:
    """Contents by name, property or itemprop in small letters; the first of each counts."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        content = (tag.get("content") or "").strip()
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        if content and name:
            found.setdefault(name.strip().lower(), content)
        elif content and (tag.get("http-equiv") or "").lower() == "content-language":
            found.setdefault("content-language", content)
    return found


def _first(meta: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((one_line(plain_text(meta[name])) for name in names if name in meta), "")


def _text(value: object) -> str:
    return one_line(plain_text(value)) if isinstance(value, str) else ""


def _heading(tree: HtmlElement) -> str:
    """The page's one heading; empty where it has several, of which any could be the site's."""
    headings = list(islice(tree.iter("h1"), MOST_LOOKED_AT))
    inside = [heading for heading in headings if _around(heading) & INSIDE]
    texts = {text for each in inside or headings if (text := one_line(element_text(each)))}
    return texts.pop() if len(texts) == 1 else ""


def _time(tree: HtmlElement) -> str:
    """The first date of the main part; teasers beside it have dates of their own."""
    elsewhere = ""
    for element in islice(tree.iter("time"), MOST_LOOKED_AT):
        around = _around(element)
        text = one_line(element.get("datetime") or element_text(element))
        if text and not around & BESIDE:
            if around & INSIDE:
                return text
            elsewhere = elsewhere or text
    return elsewhere


def _around(element: HtmlElement) -> set[str]:
    return {ancestor.tag for ancestor in element.iterancestors()}


def _language(tree: HtmlElement, meta: Mapping[str, str], about: Mapping[str, Any]) -> str | None:
    stated = (
        tree.get("lang") or tree.get("xml:lang") or "",
        meta.get("content-language", ""),
        meta.get("og:locale", ""),
        _text(about.get("inLanguage")),
    )
    return next((code for tag in stated if (code := language_code(tag))), None)
