"""What do rows from outside say?

A line that is no JSON object, or has no id, is a bad one: it is reported with its number, and the
rest goes on. Nothing else makes a line bad. What cannot be read counts as not given, what nobody
knows is left out, and how often that happened is counted, so that nothing is dropped silently.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, tzinfo
from typing import Any

from analysis.language import READ, base_code
from domain.actors import NAMES
from domain.dates import Published, read_published
from domain.record import Record
from domain.source import SourceId
from domain.urls import without_credentials
from pollwatch.rows.writing import COLUMNS

FIELDS = frozenset({"id", "source", "institution", "country", "lang", "url", "title", "text"})
FIELDS |= {"published"}
EXPORTED = frozenset(COLUMNS)
"""The fields of our own exports: what they say beyond a row is found out anew."""
ADDRESSES = ("id", "url")
"""What may hold a password."""
UNNAMED = SourceId("imported")
"""Who published what does not say who did."""
LONGEST_SOURCE = 200
"""Databases look sources up by their ids, and longer words fit into no index."""
MOST_KINDS = 100
"""Of oddities, told apart: a file of something else altogether has a new one on each line."""
HALF_A_LETTER = re.compile(r"[\ud800-\udfff]")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

Fields = Mapping[str, Any]


class Rows:
    """The rows of a file or a stream, read as they come; and what was odd about them."""

    def __init__(
        self,
        lines: Iterable[bytes],
        *,
        expected: Collection[str],
        complain: Callable[[int, str], None],
        zones: Mapping[SourceId, tzinfo],
    ) -> None:
        self._lines = lines
        self._expected = expected
        self._complain = complain
        self._zones = zones
        self.bad = 0
        """Lines that held no row."""
        self.oddities: Counter[str] = Counter()
        """What rows lacked, or what of them could not be read, and in how many."""

    def __iter__(self) -> Iterator[Record]:
        for number, line in enumerate(self._lines, start=1):
            words = line.removeprefix(BYTE_ORDER_MARK).strip()
            if not words:
                continue
            try:
                fields = fields_of(words)
            except ValueError as error:
                self.bad += 1
                self._complain(number, str(error))
                continue
            yield self._record(*self._discreet(fields, words))

    def _discreet(self, fields: Fields, line: bytes) -> tuple[Fields, bytes]:
        """A row whose addresses hold no password: what is stored is also shown and handed on."""
        given = {name: fields.get(name) for name in ADDRESSES}
        shown = {
            name: without_credentials(value)
            for name, value in given.items()
            if isinstance(value, str) and value != without_credentials(value)
        }
        if not shown:
            return fields, line
        for name in shown:
            self._note(f"'{name}' held a name or password before the host, which is left out")
        discreet = {**fields, **shown}
        return discreet, json.dumps(discreet).encode()

    def _record(self, fields: Fields, line: bytes) -> Record:
        for name in fields.keys() - FIELDS - EXPORTED:
            self._note(f"the field '{name:.40}' is none of ours and left out")
        for name in self._expected:
            if fields.get(name) in (None, ""):
                self._note(f"'{name}' is empty or not given")
        source_id = self._source(fields)
        # A day is one of its source's zone; where nobody says which that is, one of UTC.
        published = self._published(fields, zone=self._zones.get(source_id, UTC))
        return Record(
            id=_whole(fields["id"]),
            source_id=source_id,
            institution=self._words(fields, "institution"),
            country=self._known(fields, "country", is_known=NAMES.__contains__),
            language=self._known(fields, "lang", is_known=_is_language),
            url=self._words(fields, "url"),
            title=self._words(fields, "title"),
            text=self._words(fields, "text"),
            published=published.written if published else "",
            published_at=published.at if published else None,
            line=line,
        )

    def _note(self, oddity: str) -> None:
        is_new = oddity not in self.oddities
        if is_new and len(self.oddities) >= MOST_KINDS:
            oddity = "something else is odd"
        self.oddities[oddity] += 1

    def _words(self, fields: Fields, name: str) -> str:
        value = fields.get(name)
        if value is None or isinstance(value, str):
            return whole_letters(value or "")
        self._note(f"'{name}' is no text, and counts as not given")
        return ""

    def _known(self, fields: Fields, name: str, *, is_known: Callable[[str], bool]) -> str:
        code = self._words(fields, name)
        if code and not is_known(code):
            self._note(f"{name} '{code:.40}' is none that we know, and kept as given")
        return code

    def _source(self, fields: Fields) -> SourceId:
        source = SourceId(self._words(fields, "source").strip())
        if source and (len(source) > LONGEST_SOURCE or not source.isprintable()):
            self._note("'source' is no id, and counts as not given")
            return UNNAMED
        return source or UNNAMED

    def _published(self, fields: Fields, *, zone: tzinfo) -> Published | None:
        value = fields.get("published")
        written = str(value) if type(value) is int else self._words(fields, "published")
        published = read_published(written, zone=zone)
        if published is None and written.strip():
            self._note("'published' cannot be read as a date, and counts as not given")
        return published


def fields_of(line: bytes) -> Fields:
    """The fields of one row; a ValueError that says why it is none.

    >>> fields_of(b'{"id": "a1", "title": "Statement"}')["title"]
    'Statement'
    """
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("is no JSON object; write one object on each line") from None
    if not isinstance(value, dict):
        raise ValueError("is no JSON object; write one object on each line")  # noqa: TRY004
    given = value.get("id")
    if type(given) is not int and not (isinstance(given, str) and given.strip()):
        raise ValueError('lacks an id; write "id" with a text or a whole number')
    return value


def text_of(content: bytes) -> tuple[str, str, str]:
    """Title, text and declared language of one row; or of plain text, titled by its first line.

    >>> text_of(b'{"title": "Election day", "lang": "en"}')
    ('Election day', '', 'en')
    """
    words = content.removeprefix(BYTE_ORDER_MARK).strip()
    try:
        row = json.loads(words)
    except (ValueError, RecursionError):
        row = None
    if isinstance(row, dict):
        title, text, language = (row.get(name) for name in ("title", "text", "lang"))
        return _or_empty(title), _or_empty(text), _or_empty(language)
    title, _, text = words.decode(errors="replace").partition("\n")
    return title.strip(), text.strip(), ""


def whole_letters(words: str) -> str:
    r"""The same words, as long, without halves of letters: JSON can say them, and nobody else.

    >>> whole_letters("vote\ud800rs")
    'vote\ufffdrs'
    """
    return HALF_A_LETTER.sub("\N{REPLACEMENT CHARACTER}", words)


def _whole(given: str | int) -> str | int:
    return whole_letters(given) if isinstance(given, str) else given


def _or_empty(value: object) -> str:
    return whole_letters(value) if isinstance(value, str) else ""


def _is_language(code: str) -> bool:
    return base_code(code) in READ
