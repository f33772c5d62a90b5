"""Which release does a PDF hold?

Its text is read by a program apart, within bounds of time, memory and pages. Lines of a PDF are
those of its paper: sentences are put together again, so that they can be quoted.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import TypedDict

from crawler.extract.dates import read_date
from crawler.extract.errors import WithoutText, WithoutTitle
from crawler.extract.metadata import language_code
from crawler.page import Page, original_of
from crawler.texts import one_line
from domain.release import Entry, Release, Witness
from domain.source import Feed
from domain.urls import canonical_url

LONGEST_READING = 20.0
"""Seconds; pages of the kind that we look for take one."""
# What programs write as a title by themselves.
NO_TITLE = re.compile(
    r"(?:microsoft word|powerpoint|untitled|document\d*|\(anonymous\))\b.*|.*\.\w{3,4}",
    re.IGNORECASE,
)
END_OF_SENTENCE = re.compile(r"[.!?:;…。！？।؟][»”\"')\]]*$")
SHORT = 60
# Beneath the head of a letter, dates are what it speaks of.
HEAD = 12


class _Said(TypedDict):
    title: str
    made: str
    text: str


def is_pdf(page: Page) -> bool:
    """True where an answer is a PDF, whatever its header calls it."""
    return page.body[:1024].lstrip().startswith(b"%PDF-")


def pdf_release(
    page: Page, entry: Entry, feed: Feed, *, patience: float = LONGEST_READING
) -> Release:
    """The release that a PDF holds; ``patience`` is how many seconds its reading may take.

    Raises ExtractError where there is no text in it, or no title.
    """
    said = _said(page, patience)
    lines = [line for raw in said["text"].splitlines() if (line := one_line(raw))]
    if not lines:
        raise _without_text(page, "holds no text: its pages are pictures, or locked")
    title, by_title = _title(said, lines, entry=entry)
    if not title:
        raise WithoutTitle(
            f"neither {page.url} nor the list names a title",
            next_step="Open it; a list that names its documents would help",
        )
    moment, by_date = _date(said, lines, entry=entry, feed=feed)
    codes = [language_code(tag) for tag in feed.languages]
    language = codes[0] if len(codes) == 1 else None
    witnesses = {
        "title": by_title,
        "text": Witness.EXTRACTOR,
        "published_at": by_date if moment else None,
        "language": Witness.FEED if language else None,
    }
    return Release(
        source_id=feed.source_id,
        url=entry.url,
        canonical_url=canonical_url(page.url),
        title=title,
        text="\n".join(_paragraphs(lines)),
        language=language,
        published_at=moment,
        original=original_of(page),
        witnesses={field: by for field, by in witnesses.items() if by},
    )


def _said(page: Page, patience: float) -> _Said:
    command = [sys.executable, "-I", "-m", "crawler.extract.pdf_text"]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, input=page.body, capture_output=True, timeout=patience, check=True
        )
    except subprocess.TimeoutExpired:
        raise _without_text(page, f"took longer than {patience:g}s to read") from None
    except subprocess.CalledProcessError:
        raise _without_text(page, "is broken, or more than can be read") from None
    found: _Said = json.loads(done.stdout)
    return found


def _without_text(page: Page, why: str) -> WithoutText:
    return WithoutText(
        f"{page.url} is a PDF that {why}",
        next_step="Read it by hand; `pollwatch import` takes in what it says",
    )


def _title(said: _Said, lines: list[str], *, entry: Entry) -> tuple[str, Witness]:
    if entry.title:
        return entry.title, Witness.FEED
    named = one_line(said["title"])
    if named and not NO_TITLE.fullmatch(named):
        return named, Witness.META
    return lines[0], Witness.EXTRACTOR


def _date(
    said: _Said, lines: list[str], *, entry: Entry, feed: Feed
) -> tuple[datetime | None, Witness]:
    """The list's date, else one that stands at the head, else when the file was made."""
    if entry.published_at:
        return entry.published_at, Witness.FEED
    for line in lines[:HEAD]:
        moment = read_date(line, zone=feed.zone, languages=feed.languages)
        if len(line) <= SHORT and moment:
            return moment, Witness.EXTRACTOR
    return read_date(said["made"], zone=feed.zone) if said["made"] else None, Witness.META


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines as sentences: one that does not end is gone on with."""
    longest = max(map(len, lines))
    paragraph = ""
    for line in lines:
        paragraph = _joined(paragraph, line)
        is_last = len(line) < longest * 0.7 and (END_OF_SENTENCE.search(line) or len(line) < SHORT)
        if is_last:
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _joined(before: str, line: str) -> str:
    if before.endswith("-") and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}".strip()
