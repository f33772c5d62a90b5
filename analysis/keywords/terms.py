"""What does one line of a keyword file ask for?

The notation, whole:

    Stichwahl               the word, whole
    freie Wahl              the phrase, over any white space or hyphen; so is "freie Wahl"
    Wahl*  *wahl  *wahl*    any ending, any beginning, both; also at a word of a phrase
    "freie Wahl"~5          all its words within five, in any order
    =CENI                   exactly as written, capitals and accents included
    „Wahlen“                only where the text itself sets quotes of any kind
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.letters import LEFT_OUT

# Straight marks are left out: they hold phrases together and ask for nothing.
OPENING_QUOTES = "„“”‟«»‹›‘’‚‛「『〝"
CLOSING_QUOTES = "“”„‟»«›‹’‘‛」』〞〟"

NEAR = re.compile(r'"(?P<words>[^"]*)"~(?P<within>\d+)')
LOOSE_TILDE = re.compile(r"~\s*\d*$")
STRAY_QUOTE = re.compile(r'(?<!\w)"|"(?!\w)')
"""Not inside a word: Hebrew acronyms are typed with a straight quote before the last letter."""

LETTER = re.compile(rf"[^\W_{''.join(sorted(LEFT_OUT))}]")
_WORD = rf"\*?{LETTER.pattern}{{2,}}\*?"
USUAL = re.compile(rf'{_WORD}(?: {_WORD})*|"{_WORD}(?: {_WORD}){{1,4}}"~(?:[4-9]|[1-4]\d)')
"""Words behind or near each other, as in most terms; not one of these is impossible."""
LONGEST_TERM = 200
WIDEST = 50
"""Words farther apart than this have nothing to do with each other."""

# These scripts set no spaces between words, so one sign can be a word of its own.
ONE_SIGN_IS_A_WORD = re.compile(r"[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a term, as written, and whether a star lets it grow at either end."""

    text: str
    any_before: bool = False
    any_after: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What a term asks for, in whatever language it stands."""

    words: tuple[Word, ...]
    within: int | None = None
    """How many words the first and the last may lie apart, in any order; None for a phrase."""
    is_exact: bool = False
    is_quoted: bool = False


def parse_term(term: str) -> Pattern:
    """What a term asks for; a ValueError that tells its author what to write if it is impossible.

    >>> parse_term('*wahlbeobacht*').words
    (Word(text='wahlbeobacht', any_before=True, any_after=True),)
    >>> parse_term('"freie Wahl"~5').within
    5
    """
    written = term.strip()
    if not written:
        raise ValueError("the term is empty; write a word or leave the line out")
    if len(written) > LONGEST_TERM:
        raise ValueError(f"the term is longer than {LONGEST_TERM} characters; write its core")
    if "~" in written and (near := NEAR.fullmatch(written)):
        return _near(near["words"], within=int(near["within"]))
    if "~" in written and LOOSE_TILDE.search(written):
        raise ValueError(
            "'~' and a number stand right behind a phrase in straight quotes; "
            'write for example "free election"~5'
        )
    if written.startswith("="):
        return _exact(written[1:].strip())
    if written[0] in OPENING_QUOTES:
        return _quoted(written)
    return Pattern(words=_words(_without_straight_quotes(written)))


def check_term(term: str) -> None:
    """A ValueError that tells its author what to write, if a term is impossible."""
    # To take all terms of all languages apart would be most of the work of loading them.
    if len(term) > LONGEST_TERM or not USUAL.fullmatch(term):
        parse_term(term)


def _near(text: str, *, within: int) -> Pattern:
    words = _words(text)
    if len(words) == 1:
        raise ValueError("nearness needs two words or more between the quotes")
    if not len(words) - 1 <= within <= WIDEST:
        raise ValueError(
            f"{len(words)} words cannot lie within {within}; "
            f"write a number from {len(words) - 1} to {WIDEST} after '~'"
        )
    return Pattern(words=words, within=within)


def _exact(text: str) -> Pattern:
    if text[:1] in tuple(OPENING_QUOTES):
        raise ValueError(
            "a term is either exact (=) or asks for quotes; take '=' or the quotes away"
        )
    return Pattern(words=_words(_without_straight_quotes(text)), is_exact=True)


def _quoted(text: str) -> Pattern:
    if len(text) == 1 or text[-1] not in CLOSING_QUOTES:
        raise ValueError(
            f"the quote {text[0]} is not closed at the end of the term; "
            "close it, or write no quotes where the text need not set any"
        )
    return Pattern(words=_words(text[1:-1]), is_quoted=True)


def _without_straight_quotes(text: str) -> str:
    inside = text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
    if '"' in inside and STRAY_QUOTE.search(inside):
        raise ValueError(
            'a straight quote is not closed, or stands in the middle; write "the whole phrase" '
            "in one pair, or no quotes at all"
        )
    return inside


def _words(text: str) -> tuple[Word, ...]:
    words = tuple(_word(part) for part in text.split())
    if not words:
        raise ValueError("the term holds no word")
    return words


def _word(written: str) -> Word:
    core = written.removeprefix("*").removesuffix("*")
    if "*" in core:
        raise ValueError(
            f"a star stands only at the beginning or end of a word, and once; look at {written!r}"
        )
    if not LETTER.search(core):
        raise ValueError(f"{written!r} holds no letter; write the word it should find")
    if core != written and len(LETTER.findall(core)) == 1 and not ONE_SIGN_IS_A_WORD.search(core):
        raise ValueError(f"{written!r} would find nearly every word; write more letters")
    return Word(
        text=core,
        any_before=written.startswith("*"),
        any_after=written.endswith("*"),
    )
