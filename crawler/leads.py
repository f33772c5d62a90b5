"""Where on a site may its releases be listed? What a page says of that, for ``crawler.discover``.

Feeds are named by link tags, else linked by a word such as RSS. Lists of releases are linked by
short words that say press or news in the site's language. All of these are leads and nothing
more: whether an address lists releases is known once it has answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.extract.metadata import language_code
from crawler.extract.titles import SEPARATOR
from crawler.readers.keys import absolute
from crawler.texts import one_line
from domain.urls import canonical_url, host_of

# A longer text of a link is the title of a release.
LONGEST_LABEL = 40
LONGEST_NAME = 120
FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/json",
        "text/xml",
        "application/xml",
    }
)
FEED_WORD = re.compile(r"(?<![a-z])(?:rss|atom|feeds?|rdf)(?![a-z])|backend\.xml", re.IGNORECASE)
# Beginnings of words, in the languages of the catalogue. Those of two or three letters would be
# found in anything.
PRESS = (
    "press presse prensa stampa imprensa prasow prasa tisk tlač sajtó persbericht "
    "spauda štampa basın matbuat пресс прес press-center lehdist newsroom media "
    "médias medios média mediji медиа медіа releas statement communiqu comunica "
    "comunicat komunik declar erklär déclar oświadcz prohláš vyjádř vyhlás "
    "nyilatkoz pareiškim paziņoj avaldus izjav saopšt саопшт изјав заяв сообщен "
    "повідомл съобщен соопшт açıklama duyuru pengumuman siaran kenyataan tuyên "
    "thông-cáo بيان بيانات اعلام إعلام صحف خبر اخبار أخبار הודע חדשות رسانه news "
    "actualit aktuell aktual nachricht notizi noticia notici nieuws nyhet uutis "
    "uutiset frétt wiadomo hírek naujien jaunum uudis novic novost vijest vesti "
    "știri stiri lajme haber xəbər новин новост жаңалық янгилик yangilik ахбор "
    "мэдээ նոր სიახლ νέα ανακοινώσ δελτία ニュース 報道 談話 会見 新闻 新聞 "
    "发布 發布 发言人 記者 보도 뉴스 ข่าว แถลง berita tin-tuc समाचार विज्ञप्ति সংবাদ خبریں ዜና habari"
)
PRESS_WORD = re.compile(
    r"(?<![^\W_])(?:" + "|".join(map(re.escape, sorted(set(PRESS.split()), reverse=True))) + ")"
    r"|[ニ報談会新发發記보뉴ข]",
    re.IGNORECASE,
)
# What is no list, and the further pages of one.
NO_LIST = re.compile(
    r"login|search|contact|kontakt|accredit|subscri|newsletter|social|mediadaten|mediathek|videos?\b"
    r"|photo|galler|\.(?:pdf|docx?|xlsx?|jpe?g|png)\b|[?&]page=",
    re.IGNORECASE,
)
NO_FEED = re.compile(r"comments?\b|wp-json|oembed", re.IGNORECASE)
USUAL = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml")
SITEMAPS = ("/sitemap.xml",)
NEWS_MAP = re.compile(r"news|press|post", re.IGNORECASE)
SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class How(StrEnum):
    """Who led us to an address."""

    GIVEN = "the address that was given"
    TAG = "named by a link tag"
    LINK = "linked as a feed"
    ROBOTS = "named by robots.txt"
    SITEMAP = "named by a sitemap"
    USUAL = "a usual address"
    LABEL = "linked as press or news"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """An address where releases may be listed, and why so."""

    url: str
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteName:
    """What a site calls itself, and the language it says it is in."""

    name: str
    language: str | None


def feed_leads(tree: HtmlElement, *, base: str) -> Iterator[Lead]:
    """The feeds that a page names or links, link tags first."""
    for element in tree.iter("link"):
        rel, kind = element.get("rel", "").lower().split(), element.get("type", "").lower()
        href = element.get("href", "")
        is_feed = "alternate" in rel and kind.partition(";")[0].strip() in FEED_TYPES
        if is_feed and not NO_FEED.search(href):
            yield from _lead(base, href, How.TAG)
    for element in tree.iter("a"):
        href, text = element.get("href", ""), _said(element)
        about = f"{_path(base, href)} {text if len(text) <= LONGEST_LABEL else ''}"
        if FEED_WORD.search(about) and not NO_FEED.search(href):
            yield from _lead(base, href, How.LINK)


def listing_leads(tree: HtmlElement, *, base: str) -> Iterator[Lead]:
    """The pages of the same site that a page links by a word for press or news, likely first."""
    found = []
    for element in tree.iter("a"):
        text, href = _said(element), element.get("href", "")
        if not text or len(text) > LONGEST_LABEL:
            continue
        path = _path(base, href)
        strength = bool(PRESS_WORD.search(text)) * 2 + bool(PRESS_WORD.search(path))
        if strength and not NO_LIST.search(f"{text} {path}"):
            depth = path.count("/") + 3 * bool(re.search(r"\d", path))
            found += [(-strength, depth, lead) for lead in _lead(base, href, How.LABEL)]
    for _, _, lead in sorted(found, key=lambda one: one[:2]):
        if is_of(lead.url, site=base) and canonical_url(lead.url) != canonical_url(base):
            yield lead


def sitemap_leads(robots: str, *, base: str) -> Iterator[Lead]:
    """The sitemaps that a robots.txt names, else where they usually stand."""
    named = [lead for url in SITEMAP_LINE.findall(robots) for lead in _lead(base, url, How.ROBOTS)]
    yield from named or (lead for path in SITEMAPS for lead in _lead(base, path, How.USUAL))


def usual_leads(*, base: str) -> Iterator[Lead]:
    """Where sites that name no feed usually have one."""
    for path in USUAL:
        yield from _lead(base, path, How.USUAL)


def site_name(tree: HtmlElement, *, url: str) -> SiteName:
    """What a site calls itself on a page; its host where it says nothing."""
    metas = tree.xpath("//meta[@property='og:site_name']/@content")
    title = one_line(" ".join(next(tree.iter("title"), tree.makeelement("title")).itertext()))
    stated = [one_line(str(meta)) for meta in metas] + SEPARATOR.split(title)[::-1]
    name = next((text for text in stated if text), host_of(url))
    return SiteName(name=name[:LONGEST_NAME], language=language_code(tree.get("lang", "")))


def unlike(leads: Iterable[Lead], asked: Iterable[str]) -> list[Lead]:
    """The leads to addresses that were not asked for yet, each address once."""
    known = {canonical_url(url) for url in asked}
    found: list[Lead] = []
    for lead in leads:
        if (key := canonical_url(lead.url)) not in known:
            known.add(key)
            found.append(lead)
    return found


def _path(base: str, href: str) -> str:
    """Path and query of a link as a reader sees them; empty for what is no address."""
    try:
        parts = urlsplit(urljoin(base, href.strip()))
    except ValueError:
        return ""
    return unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _said(element: HtmlElement) -> str:
    return one_line(" ".join([*element.itertext(), element.get("title", "")]))


def _lead(base: str, href: str, how: How) -> Iterator[Lead]:
    if url := absolute(base, href):
        yield Lead(url=urldefrag(url).url, how=how)


def is_of(url: str, *, site: str) -> bool:
    """True for the same host, with or without www, and for what lies beneath it."""
    one, other = (host_of(address).removeprefix("www.") for address in (url, site))
    return one == other or one.endswith(f".{other}")
