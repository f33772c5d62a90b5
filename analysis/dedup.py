"""Are two texts one release, or one announcement? And how do many texts fall into such groups?

Two texts are compared by what they are, never by when they came or in which order:

* *Same* (one release of one institution): a canonical address they share, and words they share; or
  the same words to the letter, wherever that institution puts them.
* *Joins* (one announcement of several): the same words to the letter, and enough of them, from
  different institutions: a joint statement, a text taken over.
* Nothing otherwise. Looking alike is not enough: congratulations, daily briefings, travel advice
  and anniversaries differ from their siblings in a country, a date or a number only. A false merge
  hides what somebody said, a missed one says it twice.

An address alone proves nothing: the weekly column lives at one address with another text each week.
But at one address much changes that elsewhere would make another release (a summary grows into the
full text, a note is added, the furniture of the page comes along), so there the shorter text need
only lie in the longer one. Short texts say little: "Statement on the elections." is published by
everybody, so below 20 words title and day must agree as well, and from different institutions it
takes 60.

Likenesses are edges, texts are nodes, and groups are derived from both, always as a whole. Placing
each newcomer with its best neighbour was tried and not taken: five texts came out in eight ways,
depending on who came first. Here edges are joined from the strongest to the weakest, ties by the
keys of the texts, and a union is refused where any pair across it is known to be apart; so the
outcome depends on the set alone. Releases are grown from *same* edges first; stories are grown from
whole releases, so that no release is ever torn between two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache

from analysis.fold import fold
from analysis.words import words_and_signs
from domain.reading import Likeness, Partition, Text, TextKey, Verdict

METHOD = "words/1"

# The shorter of two texts at one address lies in the longer one; a typo takes three trigrams away.
ENOUGH_SHARED = 0.7
# Fewer words than this are furniture rather than text.
WORDS_TO_SHARE = 10
WORDS_OF_A_RELEASE = 20
WORDS_OF_AN_ANNOUNCEMENT = 60


def compare(a: Text, b: Text) -> Likeness | None:
    """What two texts are to each other; None where nothing speaks for a bond. Symmetric."""
    if a.key == b.key:
        return None
    if a.source_id != b.source_id:
        return _joins(a, b)
    if a.canonical_url == b.canonical_url:
        return _same_at_one_address(a, b)
    return _same_elsewhere(a, b)


def _same_at_one_address(a: Text, b: Text) -> Likeness | None:
    have_one_title = _plain(a.title) == _plain(b.title)
    if not a.fingerprint.words or not b.fingerprint.words:
        if not have_one_title:
            return None
        return _likeness(a, b, Verdict.SAME, 0.5, "same address and title, one without text")
    if a.fingerprint.exact == b.fingerprint.exact:
        return _likeness(a, b, Verdict.SAME, 1.0, "same address, same words")
    shorter = min(a.fingerprint.words, b.fingerprint.words)
    shared = _shared(a.text, b.text)
    if shared < ENOUGH_SHARED or (shorter < WORDS_TO_SHARE and not have_one_title):
        return None
    reason = f"same address, {shared:.0%} of the shorter text in the other"
    return _likeness(a, b, Verdict.SAME, shared, reason)


def _same_elsewhere(a: Text, b: Text) -> Likeness | None:
    if not _have_same_words(a, b):
        return None
    if a.fingerprint.words >= WORDS_OF_AN_ANNOUNCEMENT:
        return _likeness(a, b, Verdict.SAME, 1.0, "same source, same words")
    # A short text under two titles may be a notice that stands on many pages.
    if _plain(a.title) != _plain(b.title):
        return None
    if a.fingerprint.words < WORDS_OF_A_RELEASE and not _are_of_one_day(a, b):
        return None
    return _likeness(a, b, Verdict.SAME, 0.9, "same source and title, same few words")


def _joins(a: Text, b: Text) -> Likeness | None:
    if not _have_same_words(a, b) or a.fingerprint.words < WORDS_OF_AN_ANNOUNCEMENT:
        return None
    return _likeness(a, b, Verdict.JOINS, 1.0, "same words from another source")


def _likeness(a: Text, b: Text, verdict: Verdict, strength: float, reason: str) -> Likeness:
    first, second = sorted((a.key, b.key))
    return Likeness(
        a=first, b=second, verdict=verdict, strength=strength, reason=reason, method=METHOD
    )


def _have_same_words(a: Text, b: Text) -> bool:
    return a.fingerprint.words > 0 and a.fingerprint.exact == b.fingerprint.exact


def _are_of_one_day(a: Text, b: Text) -> bool:
    if a.published_at is None or b.published_at is None:
        return False
    return a.published_at.date() == b.published_at.date()


def _plain(title: str) -> str:
    return "".join(words_and_signs(fold(title, None).text))


def _shared(one: str, other: str) -> float:
    """How much of the shorter text the longer one holds, by runs of three words."""
    fewer, more = sorted((_trigrams(one), _trigrams(other)), key=len)
    return len(fewer & more) / len(fewer)


# In a crowd at one address each text is compared with all the others.
@lru_cache(maxsize=16)
def _trigrams(text: str) -> frozenset[tuple[str, ...]]:
    words = words_and_signs(fold(text, None).text)
    return frozenset(tuple(words[start : start + 3]) for start in range(max(1, len(words) - 2)))


def partition(texts: Collection[TextKey], likenesses: Iterable[Likeness]) -> Partition:
    """The releases and stories that likenesses make of texts; each text in exactly one of each.

    Likenesses of texts that are not among them are passed over.
    """
    keys = set(texts)
    edges = sorted(
        (edge for edge in likenesses if edge.a in keys and edge.b in keys), key=_by_strength
    )
    groups = _Groups(keys, apart=(edge for edge in edges if edge.verdict is Verdict.APART))
    groups.join(edge for edge in edges if edge.verdict is Verdict.SAME)
    releases = groups.all()
    groups.join(edge for edge in edges if edge.verdict in (Verdict.JOINS, Verdict.TRANSLATION))
    return Partition(releases=releases, stories=groups.all())


def _by_strength(edge: Likeness) -> tuple[float, TextKey, TextKey]:
    return -edge.strength, edge.a, edge.b


class _Groups:
    """Texts that grow together, except where a pair across is apart."""

    def __init__(self, keys: Iterable[TextKey], *, apart: Iterable[Likeness]) -> None:
        self._group = {key: frozenset({key}) for key in keys}
        self._strangers: defaultdict[TextKey, set[TextKey]] = defaultdict(set)
        for edge in apart:
            self._strangers[edge.a].add(edge.b)
            self._strangers[edge.b].add(edge.a)

    def join(self, edges: Iterable[Likeness]) -> None:
        """Unite the groups that edges connect, in their order."""
        for edge in edges:
            one, other = self._group[edge.a], self._group[edge.b]
            if one is other or any(self._strangers[key] & other for key in one):
                continue
            united = one | other
            self._group.update(dict.fromkeys(united, united))

    def all(self) -> tuple[frozenset[TextKey], ...]:
        """Every group once, in order of its smallest member."""
        return tuple(sorted(set(self._group.values()), key=min))
