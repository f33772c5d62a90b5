"""Which letters and signs are the same, written otherwise?

Tables, and the folding of one character by them; ``fold`` applies it to texts.
"""

from __future__ import annotations

import unicodedata
from itertools import chain

HYPHENS = frozenset(
    "-\u058a\u05be\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
)
DOUBLE_QUOTES = frozenset('"„“”‟«»‹›「」『』〝〞〟״＂')
SINGLE_QUOTES = frozenset("'‘’‚‛`ʹʻʼ׳՚＇")

INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u180e\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u115f\u3164\uffa0"
    "՛՜՝՞՟"  # Armenian sets the marks of a sentence inside its words
)
# Written or left out at will: accents, Hebrew points, Arabic vowel signs and tatweel, nuktas, the
# Bengali sign of a nasal, the Thai one of a silent letter.
MARKS = frozenset(
    map(
        chr,
        chain(
            range(0x0300, 0x0370),
            range(0x0591, 0x05BE),
            (0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7),
            range(0x0610, 0x061B),
            (0x0640, 0x0670, 0x093C, 0x0981, 0x09BC, 0x0E4C),
            range(0x064B, 0x0660),
            range(0x06D6, 0x06DD),
            range(0x06DF, 0x06E9),
            range(0x06EA, 0x06EE),
            range(0x1DC0, 0x1E00),
            range(0x20D0, 0x20F1),
            (0x3099, 0x309A, 0xFF9E, 0xFF9F),
            range(0xFE00, 0xFE10),
            range(0xFE20, 0xFE30),
        ),
    )
)

# Vowels and finals of Hangul in pieces: they join the consonant before them, or mean nothing.
HANGUL_MARKS = frozenset(map(chr, range(0x1160, 0x1200)))
LEFT_OUT = MARKS | INVISIBLE | HANGUL_MARKS

# Letters that Unicode does not take apart, and what stands for them where they are missing.
ALIKE = {
    "ł": "l", "ø": "o", "đ": "dj", "ħ": "h", "ŧ": "t", "ı": "i", "ĸ": "k",
    "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "e", "ґ": "г",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ۃ": "ه", "ە": "ه",
    "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
    "ँ": "ं",
}  # fmt: skip

VIETNAMESE = frozenset("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ")
# The tone of two vowels stands on the first or, as newer rules have it, on the second.
TONES = {
    f"{first}{second}": f"{plain}{toned}"
    for plain, firsts, second, seconds in (
        ("o", "òóỏõọ", "a", "àáảãạ"),
        ("o", "òóỏõọ", "e", "èéẻẽẹ"),
        ("u", "ùúủũụ", "y", "ỳýỷỹỵ"),
    )
    for first, toned in zip(firsts, seconds, strict=True)
}

IRISH = {
    "ḃ": "bh", "ċ": "ch", "ḋ": "dh", "ḟ": "fh", "ġ": "gh", "ṁ": "mh", "ṗ": "ph", "ṡ": "sh",
    "ṫ": "th",
}  # fmt: skip
ZWNJ = "\u200c"
# A half-space joins what Persian and Urdu write with a space or without; so it is one.
PERSIAN = {ZWNJ: " ", "ھ": "ه"}
URDU = {ZWNJ: " "}
# Two strokes typed for the vowel that has both.
THAI = {"แ": "เเ"}

# Where a character may change at all; kana and Hangul keep what NFKD would take apart.
SEARCHED = (
    range(0x0009, 0x0700),
    range(0x0900, 0x0A00),
    range(0x0E00, 0x0F00),
    range(0x1E00, 0x2150),
    range(0x3000, 0x3040),
    range(0xF900, 0x10000),
)
# Folded in runs, because they compose: half-width kana with voice marks, Hangul in pieces.
COMPOSING = frozenset(map(chr, chain(range(0xFF65, 0xFF9E), range(0x1100, 0x115F))))


def fold_letter(letter: str) -> str:
    """One lower-case character as all languages may write it; empty where it is only a mark.

    >>> fold_letter("é"), fold_letter("ß"), fold_letter("ς"), fold_letter("»")
    ('e', 'ss', 'σ', '"')
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    folded = "".join(_stand_in(part) for part in apart)
    return " " if folded.isspace() else folded.strip()


def _stand_in(part: str) -> str:
    if part in LEFT_OUT:
        return ""
    if part in DOUBLE_QUOTES:
        return '"'
    if part in SINGLE_QUOTES:
        return "'"
    if part in HYPHENS:
        return " "
    return ALIKE.get(part) or (str(unicodedata.digit(part)) if part.isdigit() else part)


def changing_letters() -> dict[str, str]:
    """Every lower-case character that folding changes, with what it becomes.

    White space, hyphens and marks are in it: they become a space, or nothing.
    """
    letters = LEFT_OUT.union(map(chr, chain(*SEARCHED))).difference(COMPOSING)
    folded = {letter: fold_letter(letter) for letter in letters}
    return {letter: new for letter, new in folded.items() if new != letter}
