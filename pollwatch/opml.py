"""How do lists of feeds come in from other readers, and go out to them? OPML 2.0.

What comes in is foreign: no entities, no document types, bounded in size, and of each outline only
its addresses and its name are taken. Outlines nest as deep as their author likes.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urljoin

from lxml import etree

from analysis.language import base_code
from digest.plain import one_line
from domain.actors import NAMES, name_of
from domain.errors import PollwatchError
from domain.source import Feed, FeedKind, Source
from domain.urls import canonical_url, host_of, is_web_address
from pollwatch.drafting import Draft, DraftFeed, country_of, written

LARGEST = 10_000_000
MOST_OUTLINES = 10_000
LONGEST_NAME = 120
GZIP = b"\x1f\x8b"
SUBSCRIBED = frozenset({FeedKind.RSS, FeedKind.JSON_FEED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed as an OPML file names it."""

    name: str
    url: str
    home: str
    country: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """What an OPML file holds."""

    feeds: tuple[Outline, ...]
    left_out: tuple[str, ...]
    """Outlines with an address that is none of a feed, a sentence each."""


def exported(sources: Sequence[Source]) -> bytes:
    """The sources as OPML, a folder a country; what is no feed for readers is a link there."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Sources of pollwatch"
    body = etree.SubElement(root, "body")
    countries: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        countries[source.country].append(source)
    for country in sorted(countries, key=name_of):
        folder = etree.SubElement(body, "outline", text=name_of(country))
        for source in countries[country]:
            for feed in source.feeds:
                etree.SubElement(folder, "outline", _attributes(source, feed))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _attributes(source: Source, feed: Feed) -> dict[str, str]:
    name = source.name if len(source.feeds) == 1 else f"{source.name}: {feed.name}"
    is_feed = feed.kind in SUBSCRIBED
    address = {"type": "rss", "xmlUrl": feed.url} if is_feed else {"type": "link", "url": feed.url}
    home = {"htmlUrl": source.home} if source.home else {}
    about = {"category": f"/{source.country}", "language": feed.languages[0]}
    return {"text": name, "title": name, **address, **home, **about}


def read_outlines(body: bytes, *, file: str) -> Outlines:
    """The feeds that an OPML file names, each once, however deep.

    Raises PollwatchError where it is none, or one that could harm.
    """
    root = _parsed(_unpacked(body, file=file), file=file)
    feeds: dict[str, Outline] = {}
    left_out: list[str] = []
    outlines = list(root.iter("outline"))
    if len(outlines) > MOST_OUTLINES:
        raise _refused(file, f"holds more than {MOST_OUTLINES:,} outlines")
    for element in outlines:
        url = _attribute(element, "xmlUrl")
        if not url:
            if link := _attribute(element, "url"):
                left_out.append(f"{one_line(link)} is a link and no feed")
        elif not _is_plain_address(url):
            left_out.append(f"{one_line(url)} is no address that can be asked")
        else:
            feeds.setdefault(canonical_url(url), _outline(element, url))
    return Outlines(feeds=tuple(feeds.values()), left_out=tuple(left_out))


def _outline(element: etree._Element, url: str) -> Outline:
    home = _attribute(element, "htmlUrl")
    country = _attribute(element, "category").rpartition("/")[2]
    return Outline(
        name=(_attribute(element, "title") or _attribute(element, "text"))[:LONGEST_NAME],
        url=url,
        home=home if _is_plain_address(home) else urljoin(url, "/"),
        country=country if country in NAMES else country_of(url),
        language=base_code(_attribute(element, "language")),
    )


def drafts_of(
    outlines: Iterable[Outline], *, watched: Collection[str], taken: Collection[str]
) -> Iterator[Draft]:
    """A draft for each host of feeds that are not watched yet, with an id that is not taken."""
    known = {canonical_url(url) for url in watched}
    hosts: dict[tuple[str, str], list[Outline]] = defaultdict(list)
    for one in outlines:
        if canonical_url(one.url) not in known:
            hosts[one.country, host_of(one.home)].append(one)
    ids = set(taken)
    for (country, host), feeds in hosts.items():
        draft = _draft(feeds, country=country, host=host)
        while draft.id in ids:
            draft = replace(draft, number=draft.number + 1)
        ids.add(draft.id)
        yield draft


def _draft(feeds: Sequence[Outline], *, country: str, host: str) -> Draft:
    first = feeds[0]
    spoken = next((one.language for one in feeds if one.language), "")
    language = spoken or "en"
    return Draft(
        name=first.name.partition(": ")[0] if len(feeds) > 1 else first.name or host,
        home=first.home,
        country=country,
        country_remark="as list or address say; correct it where it is wrong",
        language=language,
        language_remark="" if spoken else "the list does not say; correct it",
        feeds=tuple(
            DraftFeed(
                kind=FeedKind.RSS,
                url=one.url,
                language=one.language if one.language not in {"", language} else None,
                remark=f"imported, not asked for yet: {one.name or one.url}",
            )
            for one in feeds
        ),
    )


def save(drafts: Iterable[Draft], folder: Path) -> Iterator[Path]:
    """Write each draft into its file, which must not be there; yields them one by one."""
    for draft in drafts:
        path = folder / draft.file
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as stream:
                stream.write(written(draft))
        except FileExistsError:
            raise PollwatchError(
                f"{path} is there already, and is not overwritten",
                next_step="Move it away, or take that feed out of the list",
            ) from None
        except OSError as error:
            raise PollwatchError(
                f"{path} cannot be written ({error.strerror})", next_step="See who may write there"
            ) from error
        yield path


def ids_in(folder: Path) -> Mapping[str, Path]:
    """The ids that files of a folder take, also those that are switched off."""
    return {path.stem: path for path in folder.glob("sources/*/*.yaml")}


def _unpacked(body: bytes, *, file: str) -> bytes:
    if body.startswith(GZIP):
        unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            body = unpacking.decompress(body, LARGEST + 1)
        except zlib.error:
            raise _refused(file, "is packed in a way that cannot be unpacked") from None
    if len(body) > LARGEST:
        raise _refused(file, f"holds more than {LARGEST // 1_000_000} MB")
    return body


def _parsed(body: bytes, *, file: str) -> etree._Element:
    # Without its zero bytes UTF-16 can be searched too. libxml2 puts entities into attributes
    # whatever it is told, so a file that declares any is not parsed at all.
    if b"<!" in body.replace(b"\0", b"").replace(b"<!--", b"").replace(b"<![CDATA[", b""):
        raise _refused(file, "declares a document type, which could exhaust or betray this machine")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refused(file, f"is no OPML, or is broken ({error})") from None
    if root.tag != "opml":
        raise _refused(file, "is no OPML")
    return root


def _refused(file: str, why: str) -> PollwatchError:
    return PollwatchError(f"{file} {why}", next_step="Export the list again from where it is")


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute, whatever the case of its name: programs differ."""
    for key, text in element.attrib.items():
        if str(key).lower() == name.lower():
            return one_line(str(text)).strip()
    return ""


def _is_plain_address(url: str) -> bool:
    return is_web_address(url) and "@" not in _signed_in_at(url) and not any(map(str.isspace, url))


def _signed_in_at(url: str) -> str:
    """What stands between scheme and path, with whoever signs in there."""
    return url.partition("://")[2].partition("/")[0]
