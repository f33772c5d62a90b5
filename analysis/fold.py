"""What is left of a text when form does not matter?

Folding takes away what writers vary without meaning anything by it: capitals, accents, width,
kinds of quotes, hyphens and white space, invisible characters, vowel points. White space and
hyphens in a row become one space, so that a phrase is a plain string wherever it stands.

Most of this holds for all languages. Some keep apart what others do not: German Wahlen and wählen
differ by an umlaut, which a Swedish title in capitals may lack; the tones of Vietnamese are
letters; Serbian comes in two scripts, Chinese in two sets of characters.

How it stays quick and exact: a text is first lower-cased, letter for letter, and then one regular
expression finds the pieces that change; all else stands as it is. The cost lies in a search that
runs in C, and the same pieces, found once more when somebody asks, lead every place of the folded
text back to the original.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from analysis.letters import (
    COMPOSING,
    INVISIBLE,
    LEFT_OUT,
    MARKS,
    SERBIAN,
    SIMPLIFIED,
    VIETNAMESE,
    changing_letters,
)

VERSION = 1
"""Changes when the same text would be folded otherwise."""

UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
OWN: Mapping[str, Mapping[str, str]] = {
    "ca": {"·": ""},
    "de": UMLAUTS,
    "vi": dict(zip(VIETNAMESE, VIETNAMESE, strict=True)),
    **dict.fromkeys(("bs", "hr", "sr"), SERBIAN),
    "zh": SIMPLIFIED,
}

# What few texts hold: letters with loose marks, syllables with a loose final, several plain spaces.
RARE = rf"\w[{''.join(sorted(MARKS))}]+|[\uac00-\ud7a3][\u11a8-\u11ff]+|(?<= ) +"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How one language folds."""

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
        return low.translate(self.letters) if self.letters else low

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
        visible = "".join(sign for sign in found if sign not in INVISIBLE)
        composed = unicodedata.normalize("NFKC" if found[0] in COMPOSING else "NFC", visible)
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
    def _changes(self) -> tuple[list[int], list[tuple[int, int, int]]]:
        """Of each changed piece: where it starts here; where it ends here; its original bounds."""
        starts, bounds, surplus = [], [], 0
        for piece in self.rules.finder(self.lowered).finditer(self.lowered):
            start = piece.start() - surplus
            end = start + len(self.rules.replacement(piece))
            surplus = piece.end() - end
            starts.append(start)
            bounds.append((end, piece.start(), piece.end()))
        return starts, bounds

    def _start(self, place: int) -> int:
        starts, bounds = self._changes
        index = bisect_right(starts, place) - 1
        if index < 0:
            return place
        end, original_start, original_end = bounds[index]
        return original_start if place < end else original_end + place - end

    def _end(self, place: int) -> int:
        if place == 0:
            return 0
        starts, bounds = self._changes
        index = bisect_right(starts, place - 1) - 1
        end, original_end = (bounds[index][0], bounds[index][2]) if index >= 0 else (0, 0)
        # A mark behind the last letter vanished, and belongs to it.
        if index + 1 < len(starts) and starts[index + 1] == bounds[index + 1][0] == place:
            return bounds[index + 1][2]
        return original_end + max(0, place - end)


def fold(text: str, language: str | None) -> Folded:
    """A text as its language may write it in any form; None folds as all languages do.

    >>> fold("Die „SCHEIN­WAHLEN“ der Präsidentschaft", "de").text
    'die "scheinwahlen" der praesidentschaft'
    """
    rules = _rules(language if language in OWN else None)
    lowered = rules.lowered(text)
    folded = rules.finder(lowered).sub(rules.replacement, lowered)
    return Folded(text=folded, lowered=lowered, rules=rules)


@cache
def _common() -> Mapping[str, str]:
    return changing_letters()


@cache
def _rules(language: str | None) -> Rules:
    own = OWN[language] if language else {}
    letters = {ord(old): new for old, new in own.items() if old != new and len(new) == 1}
    common = {
        old: "".join(own.get(letter, letter) for letter in new) for old, new in _common().items()
    }
    changing = {
        old: new for old, new in {**common, **own}.items() if old != new and ord(old) not in letters
    }
    finder = _finder(changing)
    return Rules(
        letters=letters,
        changing=changing,
        quick=re.compile(finder),
        whole=re.compile(f"{RARE}|{finder}"),
    )


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
