"""What of a text is the text, and what is the page around it?

The same release comes as a feed's summary, as its page, as the page printed; with tags left in it,
wrapped as in a mail, under the way to it ("Home > News > Releases"), over an "About us" and the
telephone of the press office. All of that is known by its form, in every language, and left out;
what looks like it and is the text costs little, for both sides of a comparison lose it alike.

Nothing here knows any other text of the source. A line that all its pages carry and that looks like
a sentence stays; whoever compares two texts must live with what they share at both ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from sys import intern

from analysis.alphabets import Script
from analysis.fold import fold
from analysis.words import count_of, count_words, words_and_signs

# A tag left in a text was often escaped, and once more on its way through a feed.
MOST_ESCAPES = 3
_BLOCK = re.compile(
    r"<(?:/?(?:p|div|li|ul|ol|tr|table|h[1-6]|section|article|blockquote)\b[^<>]*|br\s*/?)>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
# What is never closed goes on to the end, as in browsers; looking for more would take for ever.
_HIDDEN = re.compile(
    r"<(script|style)\b.*?(?:</\1\s?>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)

_PARAGRAPH = re.compile(r"\n\s*\n")
_ENDS = re.compile(r"[.!?…:;。！？؟।։។]['\"”’»›“)\]」』]*$")
# A mail's line: as long as others, and the next word would not have fitted.
SHORTEST_WRAPPED, LONGEST_WRAPPED = 45, 90

# The way to a page, or a row of links.
_LINKS = re.compile(r"\s(?:[>|»›→•·/]|::)\s")
_SERVICES = re.compile(
    r"\b(?:facebook|twitter|whatsapp|telegram|linkedin|instagram|youtube|e-?mail|rss|x)\b",
    re.IGNORECASE,
)
# When a page was touched last, and how often it was read: other words at each visit. The label
# stands at the front, so that a sentence that says when something was updated is none.
_STAMP = re.compile(
    r"\W*(?:\w+ ){0,2}(?:updated|reviewed|modified|aktualis|geändert|stand:|mise? à jour|modifié"
    r"|aggiornat|actualiz|atualiz|bijgewerkt|opp?dater|uppdater|päivitet|aktual|ažurir|posodob"
    r"|frissít|ostatnia|обновл|оновл|ажурир|актуализ|ενημέρωσ|güncelle|(?:ال)?تحديث|עודכן|(?:最[終后])?更新|수정"
    r"|views\b|aufrufe|vues\b|visualiz|visualis|просмотр|перегляд|wyświetl|görüntülen|閲覧|浏览)",
    re.IGNORECASE,
)
STAMP = 9
LINKS = 16
"""Words; a longer line is a sentence, whatever it names."""
HEADING = 6
_TOUCH = re.compile(
    r"\bwww\.|https?://|(?:\+|\b00)?\d[\d\s()/-]{5,}\d|cookie|newsletter|©", re.IGNORECASE
)
# To look for addresses takes ten times as long.
_TOUCH_OR_MAIL = re.compile(rf"[\w.+-]{{1,64}}@[\w-]{{1,64}}\.\w|{_TOUCH.pattern}", re.IGNORECASE)
_BITS = re.compile(r"[.。|·•]\s*|\n")
SHORT_BIT = 5
"""Words; links that were set in a row come out as sentences so short."""
SENTENCE = 12
MOST_SAID = 36
"""Words in whole sentences of one section behind a text; what says more is the text."""

# Letters of no other Cyrillic; and characters of Chinese where no Japanese stands beside them.
_SERBIAN = re.compile("[ђћЂЋ]")
_HAN, _KANA = (re.compile(f"[{script}]") for script in (Script.HAN, Script.KANA))

# Dots, in brackets or not, and perhaps "Read more >" behind them.
LONGEST_END = 60
_CUT = re.compile(
    r"\s*(?:\[?\s*(?:…|\.{3}|‥|⋯)\s*\]?|\[\s*\+\s*\])\s*(?:\(?[\w\s]{1,20}[»›>→)]+)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Substance:
    """A text without the page around it."""

    paragraphs: tuple[str, ...]
    """As written, but on one line each."""
    words: tuple[str, ...]
    """Folded, in order; in scripts without spaces, its characters."""
    size: int
    """How many words it has; two characters of a script without spaces make one."""
    is_cut: bool
    """It breaks off with dots, as summaries do."""

    @property
    def text(self) -> str:
        """The paragraphs, a line each."""
        return "\n".join(self.paragraphs)


@lru_cache(maxsize=4096)
def substance(title: str, text: str) -> Substance:
    """What is left of a text without tags, navigation and contact.

    >>> substance("", "<p>Home &gt; News</p><p>No vote&hellip;</p>").words
    ('no', 'vote')
    """
    # Few texts begin with their titles, and all are asked for without one as well.
    known = folded_words(title)
    if title and (bare := substance("", text)).words[: len(known)] != known:
        return bare
    paragraphs, is_cut = _without_dots(_without_furniture(known, plain_text(text)))
    folded = _folded("\n".join(paragraphs))
    # Texts that are alike share their words in memory too.
    words = tuple(map(intern, words_and_signs(folded)))
    return Substance(
        paragraphs=paragraphs,
        words=words,
        size=count_of(words, folded),
        is_cut=is_cut,
    )


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text as all languages fold them, its scripts made one."""
    return tuple(words_and_signs(_folded(text)))


def _folded(text: str) -> str:
    """A text folded for any language; what one language writes in two scripts is one text.

    >>> _folded("國會的選舉") == _folded("国会的选举"), _folded("Већа") == _folded("Veća")
    (True, True)
    """
    if _SERBIAN.search(text):
        return fold(text, "sr").text
    return fold(text, "zh" if _HAN.search(text) and not _KANA.search(text) else None).text


def plain_text(text: str) -> str:
    """A text without tags and escapes, its blocks on lines of their own."""
    for _ in range(MOST_ESCAPES):
        if "<" not in text and "&" not in text:
            break
        text = _TAG.sub("", _BLOCK.sub("\n", _HIDDEN.sub("", text)))
        text = unescape(text)
    return _TAG.sub("", _BLOCK.sub("\n", text)) if "<" in text else text


def _without_furniture(title: tuple[str, ...], text: str) -> tuple[str, ...]:
    lines = [" ".join(line.split()) for line in _unwrapped(text)]
    start = 0
    for place, line in enumerate(lines):
        is_title = folded_words(line) == title and not _ENDS.search(line)
        if line and not is_title and not _is_navigation(line):
            start = place
            break
    kept = _without_end(lines[start:])
    return tuple(line for line in kept if line)


def _without_dots(paragraphs: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The paragraphs without the dots that stand for the rest, and whether there are any."""
    if not paragraphs:
        return paragraphs, False
    *before, last = paragraphs
    dots = _CUT.search(last, max(0, len(last) - LONGEST_END))
    return ((*before, last[: dots.start()]), True) if dots else (paragraphs, False)


def is_stamp(line: str) -> bool:
    """True for a line that says when a page was touched last, or how often it was read.

    >>> is_stamp("Last updated: 18 March 2024"), is_stamp("The rules for visas were updated.")
    (True, False)
    """
    return _STAMP.match(line) is not None and count_words(line) <= STAMP


def _is_navigation(line: str) -> bool:
    if is_stamp(line):
        return True
    # A day or a number may be all that tells this text from its siblings.
    if any(map(str.isdigit, line)):
        return False
    if _LINKS.search(line) and not _ENDS.search(line):
        return True
    return len(_SERVICES.findall(line)) > 1 and count_words(line) <= LINKS


def _without_end(lines: list[str]) -> list[str]:
    """The lines before the last sections that are about the page or its owner."""
    kept = _sections(lines)
    is_behind = False
    while len(kept) > 1 and _is_behind(kept[-1], after=is_behind):
        is_behind = True
        kept.pop()
    return [line for section in kept for line in section]


def _sections(lines: list[str]) -> list[list[str]]:
    """Each heading with what stands below it; what has none stands for itself."""
    sections: list[list[str]] = [[]]
    for line in lines:
        if not line:
            continue
        if not (sections[-1] and all(map(_is_heading, sections[-1]))):
            sections.append([])
        sections[-1].append(line)
    return [section for section in sections if section]


def _is_heading(line: str) -> bool:
    return "," not in line and not _ENDS.search(line) and count_words(line) <= HEADING


def _is_behind(section: list[str], *, after: bool) -> bool:
    body = "\n".join(section)
    bits = [count_words(bit) for bit in _BITS.split(body)]
    if sum(bit for bit in bits if bit > SENTENCE) > MOST_SAID:
        return False
    has_heading = _is_heading(section[0])
    if has_heading and (after or len(section) == 1):
        return True
    few = sum(0 < bit <= SHORT_BIT for bit in bits)
    touch = _TOUCH_OR_MAIL if "@" in body else _TOUCH
    signs = len(touch.findall(body)) + (few - has_heading) // 2 + has_heading
    return signs > 1 or _is_navigation(section[0])


def _unwrapped(text: str) -> list[str]:
    """The lines of a text, those of a paragraph that was wrapped made one."""
    lines: list[str] = []
    for block in _PARAGRAPH.split(text):
        pieces = [piece.strip() for piece in block.split("\n")]
        lines += [" ".join(pieces)] if _is_wrapped(pieces) else pieces
    return lines


def _is_wrapped(pieces: list[str]) -> bool:
    full = [len(piece) for piece in pieces[:-1]]
    return len(full) > 1 and min(full) >= SHORTEST_WRAPPED and max(full) <= LONGEST_WRAPPED
