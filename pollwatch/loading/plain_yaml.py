"""What does a YAML file say, when nothing in it is guessed?

YAML as most loaders read it turns ``no`` into false, ``12:30`` into 750 and lets the last of two
equal keys win. Here everything is text except whole numbers, decimals, ``true`` and ``false``
written without quotes; a key stands once; a key without a value is a mistake; and what no user's
file needs is refused: anchors, aliases, tags, several documents, keys that are no text. Every
value knows its line, so that mistakes found later can say where.

Built on the events of libyaml's parser, which PyYAML brings along: composers and constructors
resolve scalars by YAML's own rules, and parsers in Python take twenty times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from pollwatch.loading.documents import Document, Path, decoded, unreadable
from pollwatch.loading.mistakes import Mistake

# Longer digits are identifiers, not quantities; a leading zero makes them text too (007).
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_MAX_DEPTH = 12

# What the parser says of common slips, and what an author does about them.
_MENDS = {
    "escape code": "delete the escape",
    "mapping values are not allowed": "indent evenly, and put a value that holds ': ' in quotes",
    "could not find expected ':'": "write 'key: value', and indent what belongs to it",
    "alphabetic or numeric character": "put a value that begins with '*' or '&' in quotes",
    "cannot start any token": "put the value in quotes, and indent with spaces instead of tabs",
    "unexpected end of stream": "close the quote or bracket that was opened",
    "nesting depth": "take brackets out; no file needs so many",
    "block end": "indent what belongs together by the same number of spaces",
}


class _Unreadable(Exception):
    """Says no more after this: what follows could mean anything."""

    def __init__(self, text: str, *, line: int) -> None:
        super().__init__(text)
        self.text = text
        self.line = line


def read(data: bytes, *, file: str) -> Document:
    """What a YAML file says; its mistakes are in the document, nothing is raised.

    An empty file is an empty document.
    """
    text = decoded(data, file=file)
    if isinstance(text, Document):
        return text
    reading = _Reading(file)
    try:
        value = reading.document(yaml.parse(text, Loader=yaml.CSafeLoader))
    except _Unreadable as reason:
        return unreadable(file, reason.text, line=reason.line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return unreadable(file, _in_words(error.problem), line=mark.line + 1 if mark else 0)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return unreadable(file, "holds a control character; delete it", line=line)
    return Document(
        file=file,
        value=value,
        lines=reading.lines,
        blocks=reading.blocks,
        mistakes=tuple(reading.mistakes),
    )


def _in_words(problem: str | None) -> str:
    problem = problem or "its structure is broken"
    mend = next((mend for sign, mend in _MENDS.items() if sign in problem), "check this line")
    return f"cannot be read as YAML ({problem}); {mend}"


class _Reading:
    """One pass over a file's events."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {(): 1}
        self.blocks: dict[Path, int] = {}
        self.mistakes: list[Mistake] = []

    def document(self, events: Iterator[Event]) -> dict[str, Any]:
        """The only document of a file, which must be a mapping."""
        value: Any = {}
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
            if documents > 1:
                raise _Unreadable("holds a second document; take out the '---'", line=_line(event))
            if isinstance(event, NodeEvent):
                self.lines[()] = _line(event)
                value = self.value(event, events, path=())
        if value == "":
            return {}
        if not isinstance(value, dict):
            raise _Unreadable("holds no keys; write lines of 'key: value'", line=self.lines[()])
        return value

    def value(self, event: Event, events: Iterator[Event], *, path: Path) -> Any:
        """What begins with this event, read to its end."""
        self.lines.setdefault(path, _line(event))
        self.refuse_marks(event)
        if len(path) > _MAX_DEPTH:
            raise _Unreadable("is nested too deeply; no file needs that", line=_line(event))
        if isinstance(event, MappingStartEvent):
            return self.mapping(events, path=path)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(events, path=path)
        if isinstance(event, ScalarEvent):
            return self.scalar(event, path=path)
        text = f"'*{getattr(event, 'anchor', '')}' refers to another place; "
        text += "put a value that begins with '*' in quotes"
        raise _Unreadable(text, line=_line(event))

    def mapping(self, events: Iterator[Event], *, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_event in events:
            if isinstance(key_event, MappingEndEvent):
                break
            key = self.key(key_event)
            first = self.lines.get((*path, key))
            if first is not None:
                text = f"'{key}' stands here again, after line {first}; keep one of the two"
                self.note(_line(key_event), text)
            self.lines[(*path, key)] = _line(key_event)
            found[key] = self.value(next(events), events, path=(*path, key))
        return found

    def key(self, event: Event) -> str:
        self.refuse_marks(event)
        if not isinstance(event, ScalarEvent):
            raise _Unreadable("has a key that is no text; write 'key: value'", line=_line(event))
        return str(event.value)

    def sequence(self, events: Iterator[Event], *, path: Path) -> list[Any]:
        found: list[Any] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            found.append(self.value(event, events, path=(*path, len(found))))
        return found

    def scalar(self, event: ScalarEvent, *, path: Path) -> str | int | float | bool:
        text = str(event.value)
        if event.style == "|":
            self.blocks[path] = _line(event) + 1
        if event.style:
            return text
        if not text and path:
            mistake = f"'{path[-1]}' has no value; write one, or delete the line"
            self.note(self.lines[path], mistake)
        return plain(text)

    def refuse_marks(self, event: Event) -> None:
        """Anchors and tags would give a file meanings that its reader cannot see."""
        anchor = None if isinstance(event, AliasEvent) else getattr(event, "anchor", None)
        if anchor:
            self.note(_line(event), f"'&{anchor}' names an anchor; write the value out instead")
        if tag := getattr(event, "tag", None):
            text = f"'{tag}' is a tag; put a value that begins with '!' in quotes"
            self.note(_line(event), text)

    def note(self, line: int, text: str) -> None:
        """Remember a mistake that does not keep us from reading on."""
        self.mistakes.append(Mistake(file=self.file, line=line, text=text))


def plain(written: str) -> str | int | float | bool:
    """What text without quotes means: itself, unless it is a number, true or false.

    >>> plain("no"), plain("12:30"), plain("30"), plain("0.5"), plain("true"), plain("007")
    ('no', '12:30', 30, 0.5, True, '007')
    """
    if written in ("true", "false"):
        return written == "true"
    if _WHOLE.fullmatch(written):
        return int(written)
    return float(written) if _DECIMAL.fullmatch(written) else written


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
