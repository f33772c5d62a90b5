"""Where does a sentence begin and end, in every script?

A line break ends one. So does a mark of the end with white space behind it, unless the mark is a
dot that means something else: an abbreviation, an initial, an ordinal number, or whatever a word
in small letters goes on after. A wrong join costs a longer quotation, a wrong cut may lose the
"not": so in doubt the sentence goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CLOSING = "\"'”’»›“)\\]」』）】"
MARKS = ".!?…" + "؟۔।॥։።។။"
FRENCH_CLOSING = r"(?:\s[»›](?=\s))?"
# Of scripts whose marks need no white space behind them, and of those that do.
FULL_WIDTH = f"[。！？｡][{CLOSING}]*"
SPACED = rf"(?<![{MARKS}])[{MARKS}]++[{CLOSING}]*+{FRENCH_CLOSING}(?=\s)"
BOUND = re.compile(rf"\n+|{FULL_WIDTH}|{SPACED}")
# To skip to what may be a bound, and only then to look around it, takes a third of the time.
MARK = re.compile(f"[\n。！？｡{MARKS}]")

LONGEST = 20
"""Abbreviations are shorter, and white space too."""
LAST_WORD = re.compile(r"[^\s(«„“\"]+$")
# Written with a dot inside or of one letter: U.S., z.B., т.е., J. F.
INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)*[^\W\d_]\.")
# 17. März, 3. kolo, XIV. Parlament; a year is no ordinal.
ORDINAL = re.compile(r"(?:\d{1,2}|[IVX]+)\.")
ABBREVIATIONS = frozenset(
    "mr. mrs. ms. dr. prof. st. vs. approx. dept. gen. col. lt. sgt. rev. gov. rep. pres. amb. "
    "jan. feb. apr. jun. jul. aug. sep. sept. oct. nov. dec. "
    "abs. bzw. ca. usw. vgl. inkl. mio. mrd. str. hr. fr. "
    "mme. mlle. sr. sra. srs. sres. dña. excmo. excma. sig. dott. avv. "
    "ul. godz. tzw. tys. mln. mld. mgr. inż. tzv. tj. např. resp. atd. čl. sv. gosp. npr. doc. "
    "bl.a. t.ex. f.eks. kl. dvs. "
    "гг. гл. им. ст. стр. тыс. млн. млрд. руб. проф. см. др. ім. вул. κ.κ. αρ. "
    "pn. bkz. dz.".split()
)
# Abbreviations only where a number follows: "No." and "art." also end sentences.
BEFORE_NUMBER = frozenset("no. nos. nr. nrn. art. arts. par. p. pp. č. № ".split())


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The bounds of each sentence, white space around it left out.

    >>> text = "Am 17. März wurde gewählt. Wir erkennen das nicht an."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Am 17. März wurde gewählt.', 'Wir erkennen das nicht an.']
    """
    found: list[tuple[int, int]] = []
    start = 0
    for bound in _bounds(text):
        if not bound[0].startswith("\n") and not _ends(text, start, bound):
            continue
        _add(found, text, start, bound.end())
        start = bound.end()
    _add(found, text, start, len(text))
    return tuple(found)


def _bounds(text: str) -> Iterator[re.Match[str]]:
    mark = MARK.search(text)
    while mark is not None:
        bound = BOUND.match(text, mark.start())
        if bound is not None:
            yield bound
        mark = MARK.search(text, (bound or mark).end())


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    stripped = text[start:end].strip()
    if stripped:
        begin = text.index(stripped[0], start)
        found.append((begin, begin + len(stripped)))


def _ends(text: str, start: int, bound: re.Match[str]) -> bool:
    following = text[bound.end() : bound.end() + LONGEST].lstrip(" \t\u00a0\"'«„“‘")
    if following[:1].islower():
        return False
    if bound[0] != ".":
        return True
    word = LAST_WORD.search(text[max(start, bound.start() - LONGEST) : bound.end()])
    return word is None or not _is_abbreviated(word[0], following)


def _is_abbreviated(word: str, following: str) -> bool:
    return (
        word.lower() in ABBREVIATIONS
        or (word.lower() in BEFORE_NUMBER and following[:1].isdigit())
        or INITIALS.fullmatch(word) is not None
        or ORDINAL.fullmatch(word) is not None
    )
