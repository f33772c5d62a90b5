"""Which marks of a text survive form?

Only the words of the text, folded as all languages fold: not its title, capitals, accents, quotes,
dashes, line breaks or spaces. So the same words in the same order have the same mark, wherever and
however they are set.
"""

from __future__ import annotations

from hashlib import sha256

from analysis import fold
from analysis.words import count_words, words_and_signs
from domain.reading import Fingerprint

VERSION = 100 + fold.VERSION
"""Changes with the folding, and in its hundreds with what is done here."""


def fingerprint(text: str) -> Fingerprint:
    """The marks of a text. Its title is not among them: another may stand over the same words.

    >>> fingerprint("“No vote.”").exact == fingerprint("no  VOTE").exact
    True
    """
    folded = fold.fold(text, None).text
    exact = sha256("".join(words_and_signs(folded)).encode()).hexdigest()
    return Fingerprint(version=VERSION, exact=exact, words=count_words(folded))
