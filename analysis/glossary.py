"""Which words of a text mean the same in many languages?

``meanings.txt`` is no dictionary: it has the beginnings of a few words for each of some hundred
meanings, enough to see whether two texts in two languages speak of the same things at the same
places. A language that is missing there is compared by names and numbers, and by the words that
look the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

from analysis.fold import fold
from analysis.words import SPACELESS_SIGN, word_start

# A word is no more than a stem so short: in alphabets, and in those that write few vowels. Where
# a sign is a syllable or a word, two of them are long.
SHORT = 3
SHORT_WITHOUT_VOWELS = 2
_ALPHABETS, _WITHOUT_VOWELS = "\u058f", "\u0800"
_HEADS = {
    "ar": re.compile(r"[وفبلكسنتي]{0,2}(?:ال|لل)?[متينا]?"),
    "fa": re.compile(r"[نم]?"),
    "he": re.compile(r"[והבלמשכ]{0,3}"),
    "ko": re.compile(r"[가-힣]{0,4}"),
}
_NO_HEAD = re.compile("")


def meanings(folded: str, language: str) -> Iterator[tuple[int, str]]:
    """The place and the name of each meaning that a folded text of a language speaks of.

    >>> list(meanings("beobachter der wahl", "de"))
    [(0, 'observer'), (15, 'election')]
    """
    return _finder(language).found(folded)


def named(folded: str, language: str) -> frozenset[str]:
    """The names of the meanings alone; where one stem holds another, of both.

    >>> sorted(named("beobachter der wahl, beobachter", "de"))
    ['election', 'observer']
    """
    return _finder(language).named(folded)


class _Finder:
    def __init__(self, stems: Mapping[str, str], *, head: re.Pattern[str]) -> None:
        self._names = list(stems.values())
        self._head = head
        self._stems = AhoCorasick(list(stems), matchkind=MatchKind.Standard)

    def found(self, folded: str) -> Iterator[tuple[int, str]]:
        longest: dict[int, tuple[int, str]] = {}
        for which, start, end in self._stems.find_matches_as_indexes(folded, overlapping=True):
            if self._is_word(folded, start, end):
                longest[start] = end, self._names[which]
        past = 0
        for start, (end, name) in sorted(longest.items()):
            if start >= past:
                past = end
                yield start, name

    def named(self, folded: str) -> frozenset[str]:
        found: set[str] = set()
        for which, start, end in self._stems.find_matches_as_indexes(folded, overlapping=True):
            # Most come again and again, and once is enough.
            if self._names[which] not in found and self._is_word(folded, start, end):
                found.add(self._names[which])
        return frozenset(found)

    def _is_word(self, folded: str, start: int, end: int) -> bool:
        if SPACELESS_SIGN.match(folded, start):
            return True
        begin = word_start(folded, start)
        if not self._head.fullmatch(folded, begin, start):
            return False
        short = SHORT if folded[start] <= _ALPHABETS else SHORT_WITHOUT_VOWELS
        is_clear = folded[start] >= _WITHOUT_VOWELS or end - start > short
        return is_clear or not folded[end : end + 1].isalpha()


@cache
def _finder(language: str) -> _Finder:
    return _Finder(_stems().get(language, _stems()["*"]), head=_HEADS.get(language, _NO_HEAD))


@cache
def _stems() -> Mapping[str, Mapping[str, str]]:
    """The meaning of each stem, by language; those of all languages under the star."""
    found: dict[str, dict[str, str]] = {"*": {}}
    text = files("analysis").joinpath("meanings.txt").read_text("utf-8")
    written = re.sub("^#.*\n", "", text, flags=re.MULTILINE)
    for paragraph in re.split(r"\n(?=\w)", written.strip()):
        name, *entries = paragraph.split()
        for entry in entries:
            languages, stems = entry.split(":")
            begin = [fold(stem.replace("_", " "), None).text for stem in stems.split(",")]
            for language in languages.split(","):
                found.setdefault(language, {}).update(dict.fromkeys(begin, name))
    return {language: {**found["*"], **own} for language, own in found.items()}
