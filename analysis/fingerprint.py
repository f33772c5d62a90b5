"""By which marks is a text found among a million others?

*Exact* is what survives form: the words of the text, folded as all languages fold and without the
page around them; not its title, capitals, accents, quotes, dashes, line breaks, tags.

*Near* marks are for what is only alike. Each is one band of a MinHash signature, so that two texts
share at least one of sixteen the more surely the more they have in common:

* of the runs of three words: nine in ten times at half, always at four fifths;
* of what a translation keeps (``anchors``), with the span of days in which the text appeared, in
  two halves that overlap: whatever is no further apart than the half shares one.

Marks are numbers that fit a column of a database. Those of another version never meet these.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b, sha256

from rensa import RMinHash

from analysis import fold
from analysis.anchors import anchors
from analysis.substance import substance
from domain.reading import Fingerprint, Text

VERSION = 200 + fold.VERSION
"""Changes with the folding, and in its hundreds with what is done here."""
MARKS_VERSION = f"{VERSION}.{RMinHash.ALGORITHM_VERSION}.1"

BANDS = 16
ROWS_OF_WORDS = 3
ROWS_OF_ANCHORS = 4
RUN = 3
# Fewer things are in every second text of a day.
FEWEST_ANCHORS = 3
HALF = timedelta(days=5)
"""What appeared further apart is not found as a translation."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SEED = 1
_BYTES_OF_A_MARK = 8


def fingerprint(text: str) -> Fingerprint:
    """The exact mark of a text. Its title has no part in it: another may stand over the same words.

    >>> fingerprint("“No vote.”").exact == fingerprint("<p>no  VOTE</p>").exact
    True
    """
    bare = substance("", text)
    exact = sha256("".join(bare.words).encode()).hexdigest()
    return Fingerprint(version=VERSION, exact=exact, words=bare.size)


def marks(text: Text) -> tuple[int, ...]:
    """The near marks of a text: what shares one with it is worth a comparison."""
    return tuple(sorted({*_of_words(text), *_of_anchors(text)}))


def _of_words(text: Text) -> Iterator[int]:
    words = substance(text.title, text.text).words
    runs = {" ".join(words[at : at + RUN]) for at in range(max(0, len(words) - RUN + 1))}
    return _bands(runs, rows=ROWS_OF_WORDS, of="words")


def _of_anchors(text: Text) -> Iterator[int]:
    if text.published_at is None or text.language is None:
        return
    found = anchors(text)
    things = {
        *(name for name, _ in found.meanings),
        *found.countries,
        *found.numbers,
        *(f"{month}-{day}" for month, day in found.days),
    }
    if len(things) < FEWEST_ANCHORS:
        return
    halves = (text.published_at - _EPOCH) // HALF
    for span in (halves, halves + 1):
        yield from _bands(things, rows=ROWS_OF_ANCHORS, of=f"anchors {span}")


def _bands(elements: set[str], *, rows: int, of: str) -> Iterator[int]:
    if not elements:
        return
    signature = RMinHash(num_perm=BANDS * rows, seed=_SEED)
    signature.update(sorted(elements))
    digest = signature.digest()
    for band in range(BANDS):
        values = digest[band * rows : (band + 1) * rows]
        written = f"{MARKS_VERSION} {of} {band} {values}".encode()
        mark = blake2b(written, digest_size=_BYTES_OF_A_MARK).digest()
        yield int.from_bytes(mark, signed=True)
