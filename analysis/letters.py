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
# Written or left out at will: accents, Hebrew points, Arabic vowel signs and tatweel, nuktas.
MARKS = frozenset(
    map(
        chr,
        chain(
            range(0x0300, 0x0370),
            range(0x0591, 0x05BE),
            (0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7),
            range(0x0610, 0x061B),
            (0x0640, 0x0670, 0x093C, 0x09BC),
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

SERBIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ђ": "dj", "е": "e", "ж": "z", "з": "z",
    "и": "i", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u", "ф": "f", "х": "h", "ц": "c",
    "ч": "c", "џ": "dz", "ш": "s",
}  # fmt: skip

# Not the whole script: the letters that official texts on votes, states and bodies are made of.
SIMPLIFIED = dict(
    zip(
        "選舉總統黨會員開補國議區縣鄉鎮長鐘點領導競爭勝敗結關於無對話與賀電團體監視觀"
        "察參眾兩屆換屆萬億計負責職務際聯組織歐亞東蘭羅斯烏臺灣門澳廣獨立憲權"
        "變亂暴動僞偽造假稱謂騙舞弊佔領佈應當認為論譴責絕決過進從後來說講話詞語這"
        "個們時間陳張劉許葉馬達納爾蓋倫賽幾內亞緬甸韓聖馬諾馮條約訪問題發書記處"
        "罷訴訟審請經濟報導軍級辦務機構號環節單雙邊簽署協調強嚴肅護遷徙讓",
        "选举总统党会员开补国议区县乡镇长钟点领导竞争胜败结关于无对话与贺电团体监视观"
        "察参众两届换届万亿计负责职务际联组织欧亚东兰罗斯乌台湾门澳广独立宪权"
        "变乱暴动伪伪造假称谓骗舞弊占领布应当认为论谴责绝决过进从后来说讲话词语这"
        "个们时间陈张刘许叶马达纳尔盖伦赛几内亚缅甸韩圣马诺冯条约访问题发书记处"
        "罢诉讼审请经济报导军级办务机构号环节单双边签署协调强严肃护迁徙让",
        strict=True,
    )
)

VIETNAMESE = frozenset("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ")

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
