"""Where does a word begin and end, in scripts with spaces and without?"""

from __future__ import annotations

import re
from collections.abc import Sized
from functools import lru_cache

# Thai, Lao, Tibetan, Burmese, Khmer, kana, Chinese characters: no spaces between words.
SPACELESS = r"\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff"
# Letters of Indic scripts together with their vowel signs, which are no letters to Python.
INDIC = r"\u0900-\u0963\u0966-\u0dff"

LETTER = re.compile(rf"[^\W{SPACELESS}]|[{INDIC}]")
"""One character of a word in a script with spaces."""

LONGEST_WORD = 100
"""Nobody writes longer ones; a page that does shall not keep us busy."""

RUN = rf"(?:[^\W{SPACELESS}]++|[{INDIC}]++)++"
WORD = re.compile(rf"(?:{RUN}|[{SPACELESS}]{{1,2}}+)")
"""A word; in scripts without spaces two characters, which is about a word."""

SPACELESS_SIGN = re.compile(f"[{SPACELESS}]")
SIGN = re.compile(rf"{RUN}|[{SPACELESS}]")
"""A word; in scripts without spaces one character."""
WHOLE_WORD = re.compile(RUN)
PLAIN_WORD = re.compile(r"\w+")
"""All that, in half the time, where no sign is one of these scripts."""
NOT_PLAIN = re.compile(f"[{SPACELESS}{INDIC}]")


@lru_cache(maxsize=4096)
def is_letter(character: str) -> bool:
    """True inside a word of a script with spaces; false for an empty string.

    >>> is_letter("é"), is_letter("選"), is_letter("'")
    (True, False, False)
    """
    return LETTER.fullmatch(character) is not None


def word_start(text: str, place: int) -> int:
    """Where the word that reaches up to a place begins.

    >>> word_start("a by-election", 13)
    5
    """
    earliest = max(0, place - LONGEST_WORD)
    while place > earliest and is_letter(text[place - 1]):
        place -= 1
    return place


def word_starts(text: str) -> list[int]:
    """The place of every word, in order: how many lie between two places follows from it."""
    return [word.start() for word in WORD.finditer(text)]


def words_in_a_row(count: int) -> re.Pattern[str]:
    """What matches the beginning of a text up to the end of so many words.

    >>> words_in_a_row(2).match("The by-election").end()
    6
    """
    return re.compile(rf"(?:[^\w{INDIC}{SPACELESS}]*+{WORD.pattern}){{{count}}}")


def words_and_signs(text: str) -> list[str]:
    """The words of a text in order; in scripts without spaces its characters.

    >>> words_and_signs("EU: 選挙")
    ['EU', '選', '挙']
    """
    return (PLAIN_WORD if _is_plain(text) else SIGN).findall(text)


def whole_words(text: str) -> list[str]:
    """The words of a text in order; of scripts without spaces nothing.

    >>> whole_words("EU: 選挙")
    ['EU']
    """
    return (PLAIN_WORD if _is_plain(text) else WHOLE_WORD).findall(text)


def count_words(text: str) -> int:
    """How many words a text has; two characters of a script without spaces make one.

    >>> count_words("EU: 選挙")
    2
    """
    return count_of(words_and_signs(text), text)


def count_of(words: Sized, text: str) -> int:
    """The same, where the words and signs of the text are known already."""
    spaceless = 0 if text.isascii() else len(SPACELESS_SIGN.findall(text))
    return len(words) - spaceless // 2


def _is_plain(text: str) -> bool:
    return text.isascii() or NOT_PLAIN.search(text) is None
