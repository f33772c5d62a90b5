"""Which letters of one script stand for those of another?

Three languages come in two scripts each; texts in Cyrillic and Greek are sprinkled with Latin
letters that look the same. What stands for one letter here is one letter or two, never a rule.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from unicodedata import combining, normalize

SERBIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ђ": "dj", "е": "e", "ж": "z", "з": "z",
    "и": "i", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u", "ф": "f", "х": "h", "ц": "c",
    "ч": "c", "џ": "dz", "ш": "s",
}  # fmt: skip

# With what is left of Latin letters once they lost their signs: ç, ğ, ö, ş, ü.
AZERBAIJANI = {
    "а": "a", "б": "b", "в": "v", "г": "q", "ғ": "g", "д": "d", "е": "e", "ә": "e", "ж": "j",
    "з": "z", "и": "i", "ы": "i", "ј": "y", "к": "k", "ҝ": "g", "л": "l", "м": "m", "н": "n",
    "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ү": "u", "ф": "f",
    "х": "x", "һ": "h", "ч": "c", "ҹ": "c", "ш": "s",
}  # fmt: skip

# Official sites write Latin in two drafts, of 2018 and 2021, and people in a third; what these
# keep apart (и, й, ы, і; у, ұ, ү) is one letter here.
KAZAKH = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ж": "j",
    "з": "z", "и": "i", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o",
    "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f",
    "х": "h", "һ": "h", "ц": "s", "ч": "c", "ш": "s", "щ": "s", "ы": "i", "і": "i", "э": "e",
    "ю": "iu", "я": "ia", "ъ": "", "ь": "", "y": "i", "ý": "u", "w": "u", "ə": "a", "ŋ": "n",
}  # fmt: skip

MARKS = "\u0300-\u036f"
CYRILLIC = frozenset(map(chr, range(0x0400, 0x0500)))
GREEK = frozenset(map(chr, (*range(0x0370, 0x0400), *range(0x1F00, 0x2000))))


class Lookalikes:
    """Latin letters inside words of another script, put right."""

    def __init__(self, *, script: Collection[str], latin: str, real: str) -> None:
        self._script = frozenset(script)
        letters = "".join(sorted(script))
        self._mixed = re.compile(f"[{letters}][{MARKS}]*[{latin}]|[{latin}][{letters}]")
        self._run = re.compile(f"[{latin}]+")
        self._real = str.maketrans(latin, real)

    def mended(self, low: str) -> str:
        """A lower-case text, exactly as long.

        >>> LOOKALIKES["uk"].mended("вибopи в home")
        'вибори в home'
        """
        return self._run.sub(self._mended, low) if self._mixed.search(low) else low

    def _mended(self, run: re.Match[str]) -> str:
        text, start, end = run.string, run.start(), run.end()
        while start and combining(text[start - 1]):
            start -= 1
        behind = text[end : end + 1]
        beside = [sign for sign in (text[start - 1 : start], behind) if sign.isalpha()]
        is_inside = beside and self._script.issuperset(beside)
        has_mark = behind and combining(behind)
        return run[0].translate(self._real) if is_inside and not has_mark else run[0]


def _gone_with(letters: Collection[str]) -> Collection[str]:
    """The letters of Cyrillic that change into Latin ones, with their signs or without."""
    return [letter for letter in CYRILLIC if normalize("NFD", letter)[0] in letters]


def _cyrillic(script: Collection[str]) -> Lookalikes:
    # Of letters in capitals too, which are lower-case by now: Latin H for Cyrillic Н.
    return Lookalikes(script=script, latin="aceopxyikmhtbjs", real="асеорхуікмнтвјѕ")


LOOKALIKES = {
    "el": Lookalikes(script=GREEK, latin="aoevikmntpxyhzb", real="αοενικμντρχυηζβ"),
    "az": _cyrillic(_gone_with(AZERBAIJANI)),
    "kk": _cyrillic(_gone_with(KAZAKH)),
    **dict.fromkeys(("bs", "hr", "sr"), _cyrillic(_gone_with(SERBIAN))),
    **dict.fromkeys(("be", "bg", "mk", "ru", "uk"), _cyrillic(CYRILLIC)),
}
