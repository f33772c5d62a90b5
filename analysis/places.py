"""Which countries does a text name?

The names are CLDR's, in the language of the text and in English, each as a stem: languages decline
them and make adjectives of them (Ukraine, ukrainian; Ukraina, Ukrainy, ukraiński). Names that
change within are missed, and now and then another word is taken for one; two texts that are alike
otherwise are wrong alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind
from babel import Locale, UnknownLocaleError

from analysis.fold import fold
from analysis.words import INDIC, SPACELESS_SIGN, WHOLE_WORD, is_letter, word_start

# Of so short a name nothing is taken off, and little may follow.
SHORT = 5
# Here two letters are taken off, whatever they are: names have adjectives in them.
LONG = 8
# A shorter stem begins many other words (Liberia, liberty), and needs a capital.
CLEAR = 6
_VOWELS = "aeiouyаеиоуыэюяьйіїєαεηιουωςσ"

# What is written in one word with a name before it, and before the names themselves.
_HEADS = {
    "ar": re.compile(r"[وفبلك]?(?:ال|لل|ل)?"),
    "he": re.compile(r"[והבלמשכ]{0,3}"),
}
_NO_HEAD = re.compile("")
_ARTICLES = {"ga": re.compile(r"an |na "), "mt": re.compile(r"i?\w ")}
_NO_ARTICLE = re.compile("(?!)")
_LETTER = rf"\w{INDIC}"
_BETWEEN = re.compile(f"[^{_LETTER}]")
_IN_BRACKETS = re.compile(r"\s*[(（].*?[)）]")
# Of CLDR: the unknown region, two of pseudo-locales, outlying Oceania, the eurozone.
_NO_PLACES = frozenset({"ZZ", "XA", "XB", "QO", "EZ"})


@lru_cache(maxsize=512)
def places(text: str, language: str | None) -> tuple[str, ...]:
    """The codes of the countries that a text names, in order, each as often as it is named.

    >>> places("Wahlen in Ghana; die ukrainische Regierung", "de")
    ('GH', 'UA')
    """
    written = " ".join(word for word in re.findall(r"\w+", text) if word[0].isupper())
    capitals = frozenset(fold(written, None).text.split())
    found = _found(fold(text, None).text, language)
    return tuple(name.code for name in found if name.is_clear or name.word in capitals)


@lru_cache(maxsize=4096)
def places_among(words: tuple[str, ...], language: str | None) -> frozenset[str]:
    """The codes of the countries that folded words may name, whose capitals nobody knows."""
    return frozenset(name.code for name in _found(" ".join(words), language))


class _Name(NamedTuple):
    """A name that was found."""

    code: str
    word: str
    """Its first word."""
    is_clear: bool
    """It is a name even without a capital."""


def _found(folded: str, language: str | None) -> list[_Name]:
    found: dict[int, _Name] = {}
    for each in dict.fromkeys((language or "en", "en")):
        for start, name in _names(each).found(folded):
            found.setdefault(start, name)
    return [name for _, name in sorted(found.items())]


class _Names:
    """The names of all countries in one language."""

    def __init__(self, names: Mapping[str, str], *, head: re.Pattern[str]) -> None:
        self._codes = names
        self._head = head
        by_stem: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        for name in sorted(names, key=len, reverse=True):
            by_stem.setdefault(_stem(name), []).append((_pattern(name), names[name]))
        self._stems = list(by_stem)
        self._patterns = list(by_stem.values())
        self._finder = AhoCorasick(self._stems, matchkind=MatchKind.Standard)

    def found(self, folded: str) -> Iterator[tuple[int, _Name]]:
        """Where each name begins, and what it is; of two at one place the longer."""
        best: dict[int, tuple[int, _Name]] = {}
        for which, start, _ in self._finder.find_matches_as_indexes(folded, overlapping=True):
            if not self._begins_a_word(folded, start):
                continue
            for end, name in self._named(which, folded, start):
                if end > best.get(start, (0, name))[0]:
                    best[start] = end, name
        past = 0
        for start, (end, name) in sorted(best.items()):
            if start >= past:
                yield start, name
                past = end

    def _named(self, which: int, folded: str, start: int) -> Iterator[tuple[int, _Name]]:
        for pattern, code in self._patterns[which]:
            if match := pattern.match(folded, start):
                word = _BETWEEN.split(match[0], maxsplit=1)[0]
                is_clear = len(self._stems[which]) >= CLEAR or not word.islower()
                # What is the whole of one name may be the stem of another: Niger, Nigeria.
                exact = self._codes.get(match[0], code)
                yield match.end(), _Name(code=exact, word=word, is_clear=is_clear)

    def _begins_a_word(self, folded: str, start: int) -> bool:
        if not is_letter(folded[start - 1 : start]) or SPACELESS_SIGN.match(folded, start):
            return True
        if self._head is _NO_HEAD:
            return False
        return self._head.fullmatch(folded, word_start(folded, start), start) is not None


@cache
def _names(language: str) -> _Names:
    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        territories = Locale.parse("en").territories
    article = _ARTICLES.get(language, _NO_ARTICLE)
    names = {
        article.sub("", fold(_IN_BRACKETS.sub("", name), None).text, count=1): code
        for code, name in territories.items()
        if code.isalpha() and code not in _NO_PLACES and len(name) > 1
    }
    return _Names(names, head=_HEADS.get(language, _NO_HEAD))


def _pattern(name: str) -> re.Pattern[str]:
    if SPACELESS_SIGN.search(name):
        return re.compile(re.escape(name))
    words = (_word(word) for word in WHOLE_WORD.findall(name))
    return re.compile(rf"[^{_LETTER}]{{1,3}}".join(words) + rf"(?![{_LETTER}])")


def _word(word: str) -> str:
    return re.escape(_stem(word)) + f"[{_LETTER}]{{0,{2 if len(word) <= SHORT else 6}}}"


def _stem(name: str) -> str:
    """What all forms of the first word of a name begin with."""
    if SPACELESS_SIGN.search(name):
        return name
    word: str = WHOLE_WORD.findall(name)[0]
    if len(word) <= SHORT:
        return word
    if len(word) >= LONG:
        return word[:-2]
    # Two letters at most: Korea is not to become kor.
    return word[: max(len(word.rstrip(_VOWELS)), len(word) - 2)]
