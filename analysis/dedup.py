"""Are two texts one release, or one announcement? And how do many texts fall into such groups?

Two texts are compared by what they are, never by when they came or in which order. Each is first
freed of the page around it (``substance``); then both are laid side by side (``wording``).

What was seen, and what follows from it:

* *What two look-alikes differ in decides, not how much they share.* Congratulations, notices of
  observers, daily briefings, travel advice, consular notices and anniversaries have nine words of
  ten in common with their siblings and differ in a country, a town, a day, a number. Words that
  stand where others stand in the other text keep two texts *apart*, unless the address is one.
* *An address alone proves nothing,* for the weekly column lives at one with another text each week.
  But at one address much may change and it stays the release: a summary grows into the full text, a
  note is added, a number is put right. One number, that is: where the days differ, or several
  numbers some days later, the address shows another text of its kind each time.
* *At another address of the same institution* a text is the same where nothing was exchanged: word
  for word, with slips of the hand, with a note more or as the beginning that a feed gave.
* *From another institution* it joins one announcement where the whole text lies in the other, or
  all but an introduction of each. Reusing a sentence is no joining.
* *One number that differs and nothing else* says neither: there may be copies of a notice from
  before it was put right and from after.
* *Slips of the hand* are no difference, except where both words are names: Zambia is no mistyped
  Gambia, Juni no Juli.
* *Short texts say little.* "Statement on the elections." is published by everybody: below 20 words
  title and day must agree, and between institutions it takes 60, or 30 in the same days.
* *Two languages* have no words in common; ``translations`` tells what they have.

A false merge hides what somebody said, a missed one says it twice: in doubt nothing is said. What
stays apart for that and might be one: a release that was reworded at a second address, a joint
statement of which a signatory changed a word.

Not taken: a share of common runs of words with a bar (it merges two thirds of all siblings, and
misses summaries); stripping lines that a source repeats (it needs other texts, and their order);
embeddings (a model of hundreds of megabytes that finds siblings alike above all).

Likenesses are edges, texts are nodes, and groups are derived from both, always as a whole. Placing
each newcomer with its best neighbour was tried and not taken: five texts came out in eight ways,
depending on who came first. Here edges are joined from the strongest to the weakest, ties by the
keys of the texts, and a union is refused where any pair across it is known to be apart; so the
outcome depends on the set alone. Releases are grown from *same* edges first; stories are grown from
whole releases, so that no release is ever torn between two. What a person said goes first: it keeps
apart whatever was found alike, and what it joins stays joined whatever was found to differ. Groups
of what was found alone grow beside, or a join of two siblings would tear out the copies of one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta

from analysis.pair import Pair
from analysis.translations import translation
from analysis.wording import LIKE, Difference, difference, may_share
from domain.reading import BY_PERSON, Likeness, Partition, Text, TextKey, Verdict

METHOD = "words/2"

# The shorter of two texts at one address lies in the longer one, or nearly so.
ENOUGH_AT_ONE_ADDRESS = 0.7
# A text taken over whole, and one between two introductions.
WHOLE = 0.97
MOST = 0.75
# As much as a note or the head of a page adds; what adds more is a text of its own.
MOST_ADDED = 40
# Fewer words than these say too little by themselves.
WORDS_OF_A_SUMMARY = 10
WORDS_OF_A_RELEASE = 20
WORDS_OF_A_STATEMENT = 30
WORDS_OF_AN_ANNOUNCEMENT = 60
# Corrections come soon, and what is announced together is printed soon.
SOON = timedelta(days=2)
ONE_DAY = timedelta(hours=18)

Finding = tuple[Verdict, float, str]
"""With a reason that goes on where a sentence begins "The two"."""

OF_ONE_TEMPLATE = "follow one template of one institution"


def compare(a: Text, b: Text) -> Likeness | None:
    """What two texts are to each other; None where nothing speaks for a bond. Symmetric."""
    if a.key == b.key:
        return None
    pair = Pair(*sorted((a, b), key=lambda text: text.key))
    found = _by_words(pair) or translation(pair)
    if found is None:
        return None
    verdict, strength, reason = found
    return Likeness(
        a=pair.a.key,
        b=pair.b.key,
        verdict=verdict,
        strength=strength,
        reason=reason,
        method=METHOD,
    )


def _by_words(pair: Pair) -> Finding | None:
    ours, theirs = pair.substances
    if not ours.words or not theirs.words:
        return _without_words(pair)
    if ours.words == theirs.words:
        return _equal(pair)
    if (share := may_share(pair)) < LIKE:
        return None
    if pair.are_of_one_source and not pair.are_at_one_address and pair.have_sibling_titles:
        # Of a template there are many, and to lay them side by side would tell no more.
        return Verdict.APART, share, f"{OF_ONE_TEMPLATE}, but their titles name different things"
    return _by_difference(pair, difference(pair))


def _by_difference(pair: Pair, what: Difference) -> Finding | None:
    if what.share < LIKE:
        return None
    if pair.are_at_one_address:
        return _at_one_address(pair, what)
    return _of_one_source(pair, what) if pair.are_of_one_source else _of_two(pair, what)


def _without_words(pair: Pair) -> Finding | None:
    # Under one title a column has another text each week.
    if not (
        pair.are_at_one_address and pair.have_one_title and pair.are_within(ONE_DAY, unknown=True)
    ):
        return None
    reason = "stand at one address under one title, and one of them has no text"
    return Verdict.SAME, 0.5, reason


def _equal(pair: Pair) -> Finding | None:
    if pair.are_at_one_address:
        return Verdict.SAME, 1.0, "say the same words at one address"
    return _equal_of_one(pair) if pair.are_of_one_source else _equal_of_two(pair)


def _equal_of_one(pair: Pair) -> Finding | None:
    if pair.have_sibling_titles:
        reason = "say the same words of one institution, but their titles name different things"
        return Verdict.APART, 1.0, reason
    if pair.size >= WORDS_OF_A_STATEMENT:
        return Verdict.SAME, 1.0, "say the same words, published twice by one institution"
    # A short text under two titles may be a notice that stands on many pages.
    if not pair.have_one_title:
        return None
    if pair.size < WORDS_OF_A_RELEASE and not pair.are_within(ONE_DAY, unknown=False):
        return None
    return Verdict.SAME, 0.9, "say the same few words under one title of one institution"


def _equal_of_two(pair: Pair) -> Finding | None:
    if pair.size >= WORDS_OF_AN_ANNOUNCEMENT:
        return Verdict.JOINS, 1.0, "say the same words, published by two institutions"
    if pair.size >= WORDS_OF_A_STATEMENT and pair.are_within(SOON, unknown=False):
        return Verdict.JOINS, 0.9, "say the same words, published by two institutions in few days"
    return None


def _at_one_address(pair: Pair, what: Difference) -> Finding | None:
    if what.countries:
        return Verdict.APART, what.share, "stand at one address, but name different countries"
    is_later = not pair.are_within(SOON, unknown=True)
    if what.is_one_number:
        # Put right; or the day of a text that itself came on another day.
        if is_later and what.days:
            return None
    elif what.numbers and (what.days or is_later):
        return Verdict.APART, what.share, "stand at one address, but give different days or numbers"
    if what.share < ENOUGH_AT_ONE_ADDRESS:
        return None
    if pair.size < WORDS_OF_A_SUMMARY and not pair.have_one_title:
        return None
    reason = f"stand at one address, and {what.share:.0%} of the shorter text is in the other"
    return Verdict.SAME, what.share, reason


def _of_one_source(pair: Pair, what: Difference) -> Finding | None:
    # Of a notice that was put right there may be copies with either number.
    if what.is_one_number:
        return None
    if what.is_exchange:
        others = "countries" if what.countries else "numbers" if what.numbers else "words"
        return _sibling(what, f"{OF_ONE_TEMPLATE}, but with different {others} in one place")
    if _is_one_with_less(pair, what):
        reason = "are of one institution, and one is the other with some words more"
        return Verdict.SAME, what.share, reason
    if pair.size >= WORDS_OF_AN_ANNOUNCEMENT and what.share >= WHOLE:
        reason = f"are of one institution, and one holds the text of the other ({what.share:.0%})"
        return Verdict.JOINS, what.share, reason
    return None


def _sibling(what: Difference, reason: str) -> Finding | None:
    # Others nobody would join; so many edges say nothing.
    return (Verdict.APART, what.alike, reason) if what.alike >= LIKE else None


def _is_one_with_less(pair: Pair, what: Difference) -> bool:
    """True for a summary and its text, and for a text and the same with a note."""
    if what.is_beginning and pair.have_one_title and pair.are_within(SOON, unknown=False):
        return pair.size >= WORDS_OF_A_SUMMARY
    if what.share < WHOLE or what.added > MOST_ADDED or pair.size < WORDS_OF_A_RELEASE:
        return False
    return pair.have_one_title or pair.size >= WORDS_OF_AN_ANNOUNCEMENT


def _of_two(pair: Pair, what: Difference) -> Finding | None:
    if what.is_one_number:
        return None
    if what.countries or what.numbers:
        return _sibling(what, "are alike, but name different countries or numbers in one place")
    if what.words or pair.size * what.share < WORDS_OF_AN_ANNOUNCEMENT:
        return None
    if what.share >= WHOLE:
        reason = f"are of two institutions, and one holds the text of the other ({what.share:.0%})"
        return Verdict.JOINS, what.share, reason
    if what.ends and what.share >= MOST:
        reason = f"share one text ({what.share:.0%} of the shorter), each with words of its own"
        return Verdict.JOINS, what.share, reason
    return None


def partition(texts: Collection[TextKey], likenesses: Iterable[Likeness]) -> Partition:
    """The releases and stories that likenesses make of texts; each text in exactly one of each.

    Likenesses of texts that are not among them are passed over.
    """
    keys = set(texts)
    edges = sorted(
        (edge for edge in likenesses if edge.a in keys and edge.b in keys), key=_by_strength
    )
    said = [edge for edge in edges if edge.method == BY_PERSON]
    seen = [edge for edge in edges if edge.method != BY_PERSON]
    found, whole = _Groups(keys, apart=_apart(edges)), _Groups(keys, apart=_apart(said))
    _join(_joining(said), whole)
    _join((edge for edge in seen if edge.verdict is Verdict.SAME), found, whole)
    releases = found.all()
    _join(_joining(seen), found, whole)
    return Partition(releases=releases, stories=whole.all())


def _apart(edges: Iterable[Likeness]) -> Iterator[Likeness]:
    return (edge for edge in edges if edge.verdict is Verdict.APART)


def _joining(edges: Iterable[Likeness]) -> Iterator[Likeness]:
    return (edge for edge in edges if edge.verdict is not Verdict.APART)


def _join(edges: Iterable[Likeness], *kinds: _Groups) -> None:
    """Unite the groups that edges connect, in their order, where no kind of groups forbids it."""
    for edge in edges:
        if not any(groups.are_apart(edge.a, edge.b) for groups in kinds):
            for groups in kinds:
                groups.unite(edge.a, edge.b)


def _by_strength(edge: Likeness) -> tuple[float, TextKey, TextKey]:
    return -edge.strength, edge.a, edge.b


class _Groups:
    """Texts that grow together, except where a pair across is apart."""

    def __init__(self, keys: Iterable[TextKey], *, apart: Iterable[Likeness]) -> None:
        self._group = {key: {key} for key in keys}
        self._strangers: dict[TextKey, set[TextKey]] = {}
        for edge in apart:
            self._strangers.setdefault(edge.a, set()).add(edge.b)
            self._strangers.setdefault(edge.b, set()).add(edge.a)

    def are_apart(self, a: TextKey, b: TextKey) -> bool:
        """True where any pair across the groups of two texts is apart."""
        fewer, more = self._by_size(a, b)
        if fewer is more:
            return False
        strangers = (self._strangers.get(key, ()) for key in fewer)
        return any(stranger in more for each in strangers for stranger in each)

    def unite(self, a: TextKey, b: TextKey) -> None:
        """Make one group of those of two texts."""
        fewer, more = self._by_size(a, b)
        more |= fewer
        self._group.update(dict.fromkeys(fewer, more))

    def _by_size(self, a: TextKey, b: TextKey) -> list[set[TextKey]]:
        return sorted((self._group[a], self._group[b]), key=len)

    def all(self) -> tuple[frozenset[TextKey], ...]:
        """Every group once, in order of its smallest member."""
        groups = {id(group): group for group in self._group.values()}
        return tuple(sorted(map(frozenset, groups.values()), key=min))
