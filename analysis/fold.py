"""What is left of a text when form does not matter?

Folding takes away what writers vary without meaning anything by it: capitals, accents, width,
kinds of quotes, hyphens and white space, invisible characters, vowel points. White space and
hyphens in a row become one space, so that a phrase is a plain string wherever it stands.

Most of this holds for all languages. Some keep apart what others do not: German Wahlen and wählen
differ by an umlaut, which a Swedish title in capitals may lack; the tones of Vietnamese are
letters; Serbian and Kazakh come in two scripts, Chinese in two sets of characters.

How it stays quick and exact: a text is first lower-cased, letter for letter, and then one regular
expression finds the pieces that change; all else stands as it is. The cost lies in a search that
runs in C, and the same pieces, found once more when somebody asks, lead every place of the folded
text back to the original.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import inf

from analysis.hanzi import SIMPLIFIED
from analysis.letters import (
    COMPOSING,
    INVISIBLE,
    IRISH,
    LEFT_OUT,
    MARKS,
    PERSIAN,
    THAI,
    TONES,
    URDU,
    VIETNAMESE,
    changing_letters,
)
from analysis.scripts import AZERBAIJANI, KAZAKH, LOOKALIKES, SERBIAN, Lookalikes

VERSION = 2
"""Changes when the same text would be folded otherwise."""

UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
OWN: Mapping[str, Mapping[str, str]] = {
    "az": AZERBAIJANI,
    "ca": {"·": ""},
    "de": UMLAUTS,
    "fa": PERSIAN,
    "ga": IRISH,
    "hy": {"վ": "ւ"},  # in capitals և is spelled with either
    "ja": {"擧": "挙", "舉": "挙"},
    "kk": KAZAKH,
    "th": THAI,
    "ur": URDU,
    "vi": {**dict(zip(VIETNAMESE, VIETNAMESE, strict=True)), **TONES},
    **dict.fromkeys(("bs", "hr", "sr"), SERBIAN),
    "zh": SIMPLIFIED,
}
ALIKE = {**dict.fromkeys(("bs", "hr"), "sr"), **dict.fromkeys(("be", "bg", "mk", "uk"), "ru")}
"""Languages that fold as another does."""
LATIN_ENDS = "\u024f"

# What few texts hold: letters with loose marks, syllables with a loose final, several plain spaces.
RARE = rf"\w[{''.join(sorted(MARKS))}]+|[\uac00-\ud7a3][\u11a8-\u11ff]+|(?<= ) +"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How one language folds."""

    lookalikes: Lookalikes | None
    letters: Mapping[int, str]
    """Letter for letter, done first: whole alphabets change so."""
    changing: Mapping[str, str]
    """What each other character that changes becomes."""
    quick: re.Pattern[str]
    """Finds what changes in most texts."""
    whole: re.Pattern[str]
    """Finds it in every text, less quickly."""

    def lowered(self, text: str) -> str:
        """The text in lower case, exactly as long."""
        # The only letter of Unicode whose lower case is two characters.
        low = text.replace("İ", "i").lower()
        if self.lookalikes and self.letters:
            low = self.lookalikes.mended(low)
        return low.translate(self.letters) if self.letters else low

    def finished(self, folded: str) -> str:
        """A folded text with its look-alikes put right, unless its script is gone."""
        if self.lookalikes is None or self.letters:
            return folded
        return self.lookalikes.mended(folded)

    def finder(self, text: str) -> re.Pattern[str]:
        """What finds the pieces of a text that change."""
        is_usual = unicodedata.is_normalized("NFC", text) and "  " not in text
        return self.quick if is_usual else self.whole

    def replacement(self, piece: re.Match[str]) -> str:
        """What a piece becomes; white space is not doubled."""
        found = piece[0]
        new = self.changing.get(found)
        if new is None:
            new = self._of_several(found)
        if new == " " and piece.string[piece.start() - 1 : piece.start()] == " ":
            return ""
        return new

    def _of_several(self, found: str) -> str:
        visible = "".join(
            sign for sign in found if sign not in INVISIBLE or self.changing[sign] == " "
        )
        composed = unicodedata.normalize("NFKC" if found[0] in COMPOSING else "NFC", visible)
        if composed in self.changing:
            return self.changing[composed]
        new = "".join(self.changing.get(sign, sign) for sign in composed)
        return " " if new.isspace() else new


@dataclass(frozen=True, kw_only=True)
class Folded:
    """A folded text that leads back to its original."""

    text: str
    lowered: str
    rules: Rules

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the original that a stretch of the folded text came from."""
        return self._start(start), self._end(end)

    @cached_property
    def _shifts(self) -> Shifts:
        return Shifts(self.lowered, self.rules)

    def _start(self, place: int) -> int:
        starts, bounds = self._shifts.up_to(place)
        index = bisect_right(starts, place) - 1
        if index < 0:
            return place
        end, original_start, original_end = bounds[index]
        return original_start if place < end else original_end + place - end

    def _end(self, place: int) -> int:
        if place == 0:
            return 0
        starts, bounds = self._shifts.up_to(place)
        index = bisect_right(starts, place - 1) - 1
        end, original_end = (bounds[index][0], bounds[index][2]) if index >= 0 else (0, 0)
        # A mark behind the last letter vanished, and belongs to it.
        if index + 1 < len(starts) and starts[index + 1] == bounds[index + 1][0] == place:
            return bounds[index + 1][2]
        return original_end + max(0, place - end)


class Shifts:
    """The pieces behind which places are others than before; found as far as somebody asks."""

    def __init__(self, lowered: str, rules: Rules) -> None:
        self._pieces = rules.finder(lowered).finditer(lowered)
        self._replacement = rules.replacement
        self._starts: list[int] = []
        self._bounds: list[tuple[int, int, int]] = []
        self._surplus = 0
        self._seen: float = -1

    def up_to(self, place: int) -> tuple[list[int], list[tuple[int, int, int]]]:
        """Of each piece: where it starts here; where it ends here; its original bounds."""
        if place < self._seen:
            return self._starts, self._bounds
        for piece in self._pieces:
            original_start, original_end = piece.span()
            start = self._seen = original_start - self._surplus
            length = len(self._replacement(piece))
            # Most are one character that became another.
            if not length == 1 == original_end - original_start:
                self._surplus = original_end - start - length
                self._starts.append(start)
                self._bounds.append((start + length, original_start, original_end))
            if start > place:
                break
        else:
            self._seen = inf
        return self._starts, self._bounds


def fold(text: str, language: str | None) -> Folded:
    """A text as its language may write it in any form; None folds as all languages do.

    >>> fold("Die „SCHEIN­WAHLEN“ der Präsidentschaft", "de").text
    'die "scheinwahlen" der praesidentschaft'
    """
    rules = _rules(folding(language))
    lowered = rules.lowered(text)
    folded = rules.finder(lowered).sub(rules.replacement, lowered)
    return Folded(text=rules.finished(folded), lowered=lowered, rules=rules)


def folding(language: str | None) -> str | None:
    """The language whose rules fold a text of this one; None for those of all languages.

    >>> folding("hr"), folding("de"), folding("en")
    ('sr', 'de', None)
    """
    return (
        ALIKE.get(language or "", language) if language in OWN or language in LOOKALIKES else None
    )


@cache
def _common() -> Mapping[str, str]:
    return changing_letters()


@cache
def _rules(language: str | None) -> Rules:
    own = OWN.get(language or "", {})
    # Latin letters may carry signs that decide, so they wait until they are composed.
    letters = {
        ord(old): new for old, new in own.items() if len(old) == len(new) == 1 and old > LATIN_ENDS
    }
    letters = {old: new for old, new in letters.items() if chr(old) != new}
    common = {
        old: "".join(own.get(letter, letter) for letter in new) for old, new in _common().items()
    }
    changing = {
        old: new
        for old, new in {**common, **own}.items()
        if old != new and not (len(old) == 1 and ord(old) in letters)
    }
    finder = _finder({old: new for old, new in changing.items() if len(old) == 1})
    pairs = [old for old in changing if len(old) > 1]
    return Rules(
        lookalikes=LOOKALIKES.get(language or ""),
        letters=letters,
        changing=changing,
        quick=re.compile(_pairs(pairs) + finder),
        whole=re.compile(f"{_pairs(pairs, has_marks=True)}{RARE}|{finder}"),
    )


def _pairs(pairs: Sequence[str], *, has_marks: bool = False) -> str:
    """What finds letters that change only together; with their marks composed, or loose."""
    if not pairs:
        return ""
    firsts = {pair[0] for pair in pairs}
    if not has_marks:
        between, behind = INVISIBLE, ""
    else:
        firsts |= {unicodedata.normalize("NFD", first)[0] for first in firsts}
        between, behind = LEFT_OUT, f"[{_class(LEFT_OUT)}]*"
    seconds = _class({pair[1] for pair in pairs})
    return f"[{_class(firsts)}][{_class(between)}]*[{seconds}]{behind}|"


def _finder(changing: Mapping[str, str]) -> str:
    """One class of characters in front, which the search skips to quickly; then what follows."""
    gone = _class({" ", *(old for old, new in changing.items() if new in ("", " "))})
    composing = _class(COMPOSING)
    first = _class(COMPOSING.union(changing))
    # A single plain space is no piece: it stays.
    runs = f"(?<=[{gone}])[{gone}]*|(?<=[{composing}])[{_class(COMPOSING | LEFT_OUT)}]*"
    return f"[{first}](?:{runs})?"


def _class(letters: Iterable[str]) -> str:
    return "".join(re.escape(letter) for letter in sorted(letters))
