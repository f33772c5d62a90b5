"""What is put into the zip that proves a release, and how can a stranger check it?

Names of members come from numbers alone, never from titles or addresses. The same release makes
the same members at any time; only the manifest says when the zip was made.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from io import BytesIO

from analysis.sentences import sentences
from domain.dates import day_only
from domain.evidence import Evidence, Exhibit, KeptPage
from domain.reading import Hit, Match, Part
from domain.story import StoredRelease
from pollwatch.hits import hit_record, hit_words

README = """\
What is in this file
====================

It shows what one institution published at one address of the web, and when it was
seen there. A program named pollwatch visited the address, kept what the server
answered, and took the text out of it. (If there is a row.json, see below.)

text.txt       the text as taken out of the page, in UTF-8
title.txt      its title
sentences.txt  the sentences in which pollwatch found the words it looks for
page.*         the answer of the server, byte for byte as it came (unpacked, where the
               server had packed it): open page.html in a browser, or in an editor
headers.txt    what the server said about the answer, among it the date by its own clock
row.json       instead of a page and headers: no server was asked, and somebody who ran the
               program handed in this line; it proves what was handed in, and when
manifest.json  addresses, times and checksums of all this

Folders "earlier-1", "earlier-2" and so on, if there are any, hold the same of earlier
texts: the institution changed what it had published, and these are the words it had
published before. All times are in UTC.

How to check it
---------------

1. manifest.json names, for every other file, its SHA-256 checksum: a number that changes
   when a single letter of the file does. `sha256sum page.html` prints it.
2. The checksum of the page was made when the page was fetched. It stands as
   "page" -> "sha256" in the manifest, and equals that of the file if nobody touched it.
3. The page holds the words of text.txt. Search for a sentence in it.

What it does not show
---------------------

Whoever keeps the database could have changed it. For more than that, compare with copies
of others: the institution's own page, or an archive of the web. "published" is the date
that the institution states; "first_seen" is when pollwatch first saw the text.

Where the manifest says that a page is not kept, its time is over by the rules of whoever
runs pollwatch; address, headers, time and checksum are still given.
"""

KINDS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/rss+xml": "xml",
    "application/atom+xml": "xml",
    "text/plain": "txt",
}
"""What a page's file is called by the type that its server gave; anything else is ``bin``."""


def zipped(evidence: Evidence, *, now: datetime, zone: tzinfo) -> bytes:
    """The zip, as bytes; the source counts its days in the zone."""
    members = dict(_members(evidence))
    members["manifest.json"] = _json(_manifest(evidence, members, now=now, zone=zone))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(_member(name), content)
    return buffer.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    # All zips know of time is a year from 1980 on, without a zone; the manifest has the times.
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member


def _members(evidence: Evidence) -> Iterator[tuple[str, bytes]]:
    yield "README.txt", README.encode()
    yield "sentences.txt", _bytes("\n".join(_sentences(evidence.release)) + "\n")
    for folder, exhibit in _folders(evidence):
        yield f"{folder}title.txt", _bytes(exhibit.revision.title)
        yield f"{folder}text.txt", _bytes(exhibit.revision.text)
        if exhibit.page and not exhibit.page.is_row:
            headers = (f"{name}: {value}\n" for name, value in exhibit.page.headers)
            yield f"{folder}headers.txt", _bytes("".join(headers))
        if exhibit.page and exhibit.page.body is not None:
            yield f"{folder}{_page_name(exhibit.page)}", exhibit.page.body


def _folders(evidence: Evidence) -> Iterator[tuple[str, Exhibit]]:
    """The text in force on top, earlier ones in folders, the oldest in the first."""
    *earlier, in_force = evidence.exhibits
    yield "", in_force
    for number, exhibit in enumerate(earlier, start=1):
        yield f"earlier-{number}/", exhibit


def _sentences(release: StoredRelease) -> Iterator[str]:
    for match in release.matches:
        verdict = "matches" if match.is_match else "does not match"
        yield f"Topic {match.topic}: {verdict}, with a score of {match.score:g}"
        for part, whole in ((Part.TITLE, release.title), (Part.TEXT, release.text)):
            for start, end in sentences(whole):
                hits = [one for one in match.hits if one.where is part and start <= one.start < end]
                if hits:
                    yield f"\nIn the {part}: {whole[start:end]}"
                    yield from (f"  {_said(release, hit)}" for hit in hits)
        yield ""
    if not release.matches:
        yield "None of the words that pollwatch looks for is in this text."


def _said(release: StoredRelease, hit: Hit) -> str:
    counts = "" if hit.counts else ", which does not count here"
    return (
        f"“{hit_words(release, hit)}”, characters {hit.start} to {hit.end}:"
        f" {hit.kind} {hit.term} ({hit.language}){counts}"
    )


def _manifest(
    evidence: Evidence, members: Mapping[str, bytes], *, now: datetime, zone: tzinfo
) -> dict[str, object]:
    release = evidence.release
    return {
        "made_by": "pollwatch",
        "made_at": _stamp(now),
        "release": release.id,
        "story": release.story_id,
        "institution": release.institution,
        "source": release.source_id,
        "country": release.country,
        "language": release.language,
        "title": release.title,
        "published": _date(release.published_at, zone),
        "first_seen": _stamp(release.first_seen_at),
        "witnesses": dict(release.witnesses),
        "appearances": [
            {
                "listed_by": seen.origin,
                "address": seen.url,
                "title": seen.title,
                "published": _date(seen.published_at, zone) or seen.published or None,
                "first_seen": _stamp(seen.first_seen_at),
                "last_seen": _stamp(seen.last_seen_at),
            }
            for seen in release.appearances
        ],
        "matches": [_match(release, match) for match in release.matches],
        "texts": [
            {
                "file": f"{folder}text.txt",
                "in_force_since": _stamp(exhibit.revision.seen_at),
                "page": _page(exhibit.page, folder),
            }
            for folder, exhibit in _folders(evidence)
        ],
        "sha256": {name: sha256(content).hexdigest() for name, content in members.items()},
    }


def _match(release: StoredRelease, match: Match) -> dict[str, object]:
    whole = release.title if match.where is Part.TITLE else release.text
    return {
        "topic": match.topic,
        "relevant": match.is_match,
        "score": match.score,
        "sentence": whole[match.start : match.end],
        "where": match.where,
        "start": match.start,
        "end": match.end,
        "hits": [hit_record(release, hit) for hit in match.hits],
    }


def _page(page: KeptPage | None, folder: str) -> dict[str, object]:
    if page is None:
        return {"kept": False, "why": "no page was ever kept"}
    known = {
        "imported_row": page.is_row,
        "address": page.url,
        "imported_at" if page.is_row else "fetched_at": _stamp(page.fetched_at),
        "sha256": page.checksum,
    }
    if page.body is None:
        why = f"dropped by the rules of retention at {_stamp(page.dropped_at)}"
        return {"kept": False, "why": why, **known}
    return {"kept": True, "file": f"{folder}{_page_name(page)}", **known}


def _page_name(page: KeptPage) -> str:
    if page.is_row:
        return "row.json"
    types = [value for name, value in page.headers if name.lower() == "content-type"]
    kind = types[0].partition(";")[0].strip().lower() if types else ""
    return f"page.{KINDS.get(kind, 'bin')}"


def _date(at: datetime | None, zone: tzinfo) -> str | None:
    day = day_only(at, zone) if at else None
    return day.isoformat() if day else _stamp(at)


def _stamp(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None


def _bytes(text: str) -> bytes:
    """The text in UTF-8; what has no encoding was replaced when it was stored."""
    return text.encode(errors="replace")


def _json(value: Mapping[str, object]) -> bytes:
    # JSON can say half a surrogate pair where UTF-8 cannot.
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.encode(errors="backslashreplace") + b"\n"
