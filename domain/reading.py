"""What our judgement finds: in one text (a reading), and between two (a likeness)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Protocol

from domain.source import SourceId

NEAR_BY_WORDS = timedelta(days=90)
"""Texts that appeared further apart are not looked for by words they may share."""
NEAR_BY_ANCHORS = timedelta(days=5)
"""Nor, in another language, by the things they name: translations come in the same days."""


class Part(StrEnum):
    """Where in a release something stands; offsets count code points of that part."""

    TITLE = "title"
    TEXT = "text"


class HitKind(StrEnum):
    """What a keyword is there for."""

    STRONG = "strong"
    WEAK = "weak"
    SHAM = "sham"
    CONTEXT = "context"
    TRAP = "trap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One keyword found at one place of the original title or text."""

    term: str
    """As written in the keyword file."""
    language: str
    """Whose file it stands in; ``any`` for acronyms of all languages."""
    kind: HitKind
    where: Part
    start: int
    end: int
    counts: bool
    """False where a trap covers it, no context stands near, or an earlier hit counted already."""
    parts: tuple[tuple[int, int], ...] = ()
    """Of a term of nearness: the bounds of each of its words; empty where it is one stretch."""
    first_word: int = 0
    last_word: int = 0
    """Which words of title and text, counted through, it begins and ends in."""
    is_in_lead: bool = False
    is_boilerplate: bool = False
    """It stands in a line that the source shows under its releases, and never counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What one topic makes of a text: its score, its hits, and the sentence that decides."""

    topic: str
    score: float
    is_match: bool
    hits: tuple[Hit, ...]
    where: Part
    """The part that the decisive sentence stands in."""
    start: int
    end: int
    """Bounds of the decisive sentence; equal where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class TextKey:
    """What tells one text from all others, whoever saw it first."""

    source_id: SourceId
    canonical_url: str
    checksum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """Marks of a text that survive form: quotes, dashes, spaces, capitals."""

    version: int
    exact: str
    """Equal for texts of the same words in the same order."""
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """By what a text is found among all others, apart from its exact words.

    Numbers of eight bytes. Two texts that share one are worth a comparison, and no more is said.
    """

    document: int
    """Of its source and address, whatever the view and the language asked for."""
    words: frozenset[int]
    """Shared by texts that have most runs of words in common."""
    anchors: frozenset[int]
    """Shared by texts that name the same things, also in two languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One distinct text of a source at an address: what readings and likenesses are about."""

    source_id: SourceId
    canonical_url: str
    title: str
    text: str
    language: str | None
    published_at: datetime | None
    fingerprint: Fingerprint

    @property
    def key(self) -> TextKey:
        """Source, address and checksum of title and text."""
        return TextKey(
            source_id=self.source_id,
            canonical_url=self.canonical_url,
            checksum=_checksum(self.title, self.text),
        )


# In a crowd each text is asked for its key as often as the crowd has texts.
@lru_cache(maxsize=2048)
def _checksum(title: str, text: str) -> str:
    return sha256(f"{title}\n{text}".encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A text with all its spellings made one: what keywords and searches meet."""

    version: int
    """Changes when the same text would be folded otherwise."""
    text: str
    """Title and text, a line break between them."""
    languages: tuple[str, ...]
    """Whose keywords read it; the one it is folded for first."""
    words: frozenset[str]
    """What it can be found by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What we found in one text; made by pure functions, and can be made again."""

    text: Text
    marks: Marks
    language: str | None
    """The language we read it in: declared or detected."""
    folded: Folded
    matches: tuple[Match, ...]
    """One for each topic that had at least one hit."""
    rules: str
    """The checksum of the rules that judged it."""


class Verdict(StrEnum):
    """What two texts are to each other."""

    SAME = "same"
    JOINS = "joins"
    TRANSLATION = "translation"
    APART = "apart"


BY_PERSON = "person"
"""The method of a likeness that somebody saw who knows better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What two texts are to each other, and why. Symmetric: ``a < b``."""

    a: TextKey
    b: TextKey
    verdict: Verdict
    strength: float
    """From 0 to 1; stronger likenesses are joined first."""
    reason: str
    """Goes on where a sentence begins "The two"; a person's is a sentence of its own."""
    method: str
    """Name and version of the comparison, or that of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """How texts fall into releases, and releases into stories; each text in one of each."""

    releases: tuple[frozenset[TextKey], ...]
    stories: tuple[frozenset[TextKey], ...]


class Judge(Protocol):
    """The judgement that the store asks inside its transaction; pure."""

    def compare(self, newcomer: Text, neighbours: Sequence[Text]) -> tuple[Likeness, ...]:
        """Return a likeness for each neighbour that the newcomer has one with.

        In a crowd it may leave out those that are least like it.
        """

    def says_the_same(
        self, old: Text, new: Text, *, shown: Collection[str], titles: Collection[str]
    ) -> bool:
        """Return whether two texts at one address differ only in what stands around them.

        So do lines that the source shows under its releases, and titles of its other releases.
        """

    def partition(self, texts: Collection[TextKey], likenesses: Collection[Likeness]) -> Partition:
        """Return the releases and stories that these likenesses make of these texts."""
