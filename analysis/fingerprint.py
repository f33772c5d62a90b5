"""By which marks is a text found among a million others?

*Exact* is what survives form: the words of the text, folded as all languages fold and without the
page around them; not its title, capitals, accents, quotes, dashes, line breaks, tags.

*Near* marks are for what is only alike. Each is one band of a MinHash signature, so that two texts
share at least one of sixteen the more surely the more they have in common:

* of the runs of three words: nine in ten times at half, always at four fifths;
* of the title, for texts of one source;
* of what a translation keeps (``anchors.things``).

*The document* is the address, without what asks for another view or language of it.

Marks are numbers that fit a column of a database. Those of another version never meet these.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from hashlib import blake2b, sha256

from rensa import RMinHash

from analysis import fold
from analysis.anchors import things
from analysis.substance import folded_words, substance
from domain.reading import Fingerprint, Marks, Text
from domain.urls import any_language_url

VERSION = 400 + fold.VERSION
"""Changes with the folding, and in its hundreds with what is done here."""
MARKS_VERSION = f"{VERSION}.{RMinHash.ALGORITHM_VERSION}"

BANDS = 16
ROWS_OF_WORDS = 3
ROWS_OF_ANCHORS = 4
RUN = 3
# Fewer things are in every second text of a day.
FEWEST_ANCHORS = 3
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


def marks(text: Text) -> Marks:
    """The near marks of a text: what shares one with it is worth a comparison."""
    document = f"{text.source_id} {any_language_url(text.canonical_url)}"
    return Marks(
        document=_mark(document),
        words=frozenset({*_bands(_runs(text), rows=ROWS_OF_WORDS, of="words"), *_of_title(text)}),
        anchors=frozenset(_bands(_named(text), rows=ROWS_OF_ANCHORS, of="anchors")),
    )


def _runs(text: Text) -> set[str]:
    # Of the very words that the fingerprint is of: so they are found only once.
    words = substance("", text.text).words
    return {" ".join(words[at : at + RUN]) for at in range(max(0, len(words) - RUN + 1))}


def _of_title(text: Text) -> Iterator[int]:
    # What a feed cut off has too few runs in common with its page to be found by them.
    title = folded_words(text.title)
    if len(title) >= RUN and text.fingerprint.words:
        yield _mark(f"{MARKS_VERSION} title {text.source_id} {' '.join(title)}")


def _named(text: Text) -> AbstractSet[str]:
    """What a text names; nothing where that is too little to find a translation by."""
    if text.published_at is None or text.language is None:
        return frozenset()
    found = things(text)
    return found if len(found) >= FEWEST_ANCHORS else frozenset()


def _bands(elements: AbstractSet[str], *, rows: int, of: str) -> Iterator[int]:
    if not elements:
        return
    signature = RMinHash(num_perm=BANDS * rows, seed=_SEED)
    signature.update(list(elements))
    digest = signature.digest()
    for band in range(BANDS):
        values = digest[band * rows : (band + 1) * rows]
        yield _mark(f"{MARKS_VERSION} {of} {band} {values}")


def _mark(written: str) -> int:
    digest = blake2b(written.encode(errors="surrogatepass"), digest_size=_BYTES_OF_A_MARK).digest()
    return int.from_bytes(digest, signed=True)
