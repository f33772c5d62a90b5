"""How is a hit told to programs?"""

from __future__ import annotations

from domain.reading import Hit, Part
from domain.story import StoredRelease


def hit_words(release: StoredRelease, hit: Hit) -> str:
    """The words of the release that a keyword was found in."""
    return (release.title if hit.where is Part.TITLE else release.text)[hit.start : hit.end]


def hit_record(release: StoredRelease, hit: Hit) -> dict[str, object]:
    """The hit as JSON knows it."""
    return {
        "term": hit.term,
        "language": hit.language,
        "kind": hit.kind,
        "where": hit.where,
        "start": hit.start,
        "end": hit.end,
        "text": hit_words(release, hit),
        "counts": hit.counts,
    }
