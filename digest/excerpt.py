"""Which words let a release in, where do they stand, and how is the decisive sentence shown?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.languages import language_name
from domain.reading import Hit, HitKind, Match, Part
from domain.story import StoredRelease

Span = tuple[int, int]

# Longer "sentences" are lists or broken extraction; eight lines show what there is to see.
LONGEST_SENTENCE = 500
# Letters shown before the first hit of a sentence that is too long.
LETTERS_BEFORE = 160
LETTING_IN = frozenset({HitKind.STRONG, HitKind.WEAK, HitKind.SHAM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of a passage that is, or is not, a matched word."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A keyword that let a release in, and where its word stands."""

    term: str
    language: str
    """In English; that of the keyword file."""
    passage: str
    """``title``, or which paragraph."""


def title(release: StoredRelease, match: Match | None) -> tuple[Piece, ...]:
    """The title in pieces; its words are marked where it decides."""
    spans = _spans(match, release.title) if match and match.where is Part.TITLE else []
    return _pieces(release.title, 0, len(release.title), spans=spans)


def sentence(release: StoredRelease, match: Match) -> tuple[Piece, ...]:
    """The decisive sentence in pieces; empty where there is none, or where the title decides."""
    if match.where is Part.TITLE:
        return ()
    spans = _spans(match, release.text)
    begin, finish = _window(match.start, match.end, spans)
    before = Piece(text="… ", is_hit=False)
    after = Piece(text=" …", is_hit=False)
    return (
        *((before,) if begin > match.start else ()),
        *_pieces(release.text, begin, finish, spans=spans),
        *((after,) if finish < match.end else ()),
    )


def reasons(release: StoredRelease, match: Match) -> tuple[Reason, ...]:
    """Each keyword that counted, once: first those of the marked words, then in order of the text.

    So whoever sees few of them sees those that he can compare with the passage.
    """
    hits = [*sorted(_to_mark(match), key=_place), *sorted(_counted(match), key=_place)]
    first: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        first.setdefault((hit.term, hit.language), hit)
    return tuple(
        Reason(
            term=hit.term,
            language=language_name(hit.language),
            passage=_passage(release, hit),
        )
        for hit in first.values()
    )


def _place(hit: Hit) -> tuple[bool, int]:
    """The title comes first."""
    return hit.where is Part.TEXT, hit.start


def hit_words(release: StoredRelease, match: Match) -> frozenset[str]:
    """The words that counted, as the release writes them, in small letters."""
    words = (_part(release, hit.where)[hit.start : hit.end].casefold() for hit in _counted(match))
    return frozenset(word for word in words if word.strip())


def _part(release: StoredRelease, part: Part) -> str:
    return release.title if part is Part.TITLE else release.text


def _counted(match: Match) -> list[Hit]:
    """Hits that make a match by themselves: context only helps, traps only hinder."""
    return [hit for hit in match.hits if hit.counts and hit.kind in LETTING_IN]


def _passage(release: StoredRelease, hit: Hit) -> str:
    if hit.where is Part.TITLE:
        return "title"
    return f"paragraph {release.text.count(chr(10), 0, hit.start) + 1}"


def _spans(match: Match, whole: str) -> list[Span]:
    """Where the matched words of the decisive sentence stand, in order and apart.

    Words that only white space parts are marked as one.
    """
    spans: list[Span] = []
    for start, end in sorted(word for hit in _to_mark(match) for word in _words(hit)):
        if spans and not whole[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans


def _words(hit: Hit) -> Sequence[Span]:
    """The words that a keyword was found in; what stands between them is none of it."""
    return hit.parts or ((hit.start, hit.end),)


def _to_mark(match: Match) -> list[Hit]:
    """Hits in the decisive sentence whose term counted somewhere, and that no trap covers.

    A word that counted in the title does not count again in the sentence, and is marked there
    all the same.
    """
    terms = {(hit.term, hit.language) for hit in _counted(match)}
    here = [
        hit
        for hit in match.hits
        if hit.where is match.where and hit.start < match.end and match.start < hit.end
    ]
    traps = [hit for hit in here if hit.kind is HitKind.TRAP]
    return [
        hit
        for hit in here
        if hit.kind in LETTING_IN
        and (hit.term, hit.language) in terms
        and not any(
            trap.start < end and start < trap.end for trap in traps for start, end in _words(hit)
        )
    ]


def _window(start: int, end: int, spans: list[Span]) -> Span:
    """The part of a sentence that is shown: all of it, or what stands around its first hit."""
    if end - start <= LONGEST_SENTENCE:
        return start, end
    first = next((span[0] for span in spans if span[0] >= start), start)
    begin = max(start, min(first - LETTERS_BEFORE, end - LONGEST_SENTENCE))
    return begin, begin + LONGEST_SENTENCE


def _pieces(whole: str, begin: int, finish: int, *, spans: list[Span]) -> tuple[Piece, ...]:
    pieces = []
    at = begin
    for start, end in spans:
        first, last = max(start, at), min(end, finish)
        if first < last:
            pieces.append(Piece(text=whole[at:first], is_hit=False))
            pieces.append(Piece(text=whole[first:last], is_hit=True))
            at = last
    pieces.append(Piece(text=whole[at:finish], is_hit=False))
    return tuple(piece for piece in pieces if piece.text)
