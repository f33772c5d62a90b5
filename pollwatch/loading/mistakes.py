"""What is wrong in a file, in words for its author: where, what, and what to write instead.

Readers do not stop at the first mistake: they hand on what they found, and whoever asked for the
files raises all of it together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from domain.errors import ConfigError
from domain.urls import without_password

# More would hide the mistake behind the help.
MOST_TO_CHOOSE_FROM = 30


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mistake:
    """One thing for a person to mend."""

    file: str
    """A file, or whatever else it was written in: a variable, an option."""
    line: int
    """0 where the file as a whole is meant."""
    text: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        line = without_password(f"{place}: {self.text}")
        # What it quotes may hold line breaks, or marks that hide what follows.
        return "".join(
            sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in line
        )


def raise_if_any(mistakes: Iterable[Mistake]) -> None:
    """Raise one ConfigError that names each mistake once, in the order of files and lines."""
    found = sorted(set(mistakes))
    if found:
        raise ConfigError(tuple(str(mistake) for mistake in found))


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant; None where nothing comes near.

    >>> nearest("fedes", ["name", "feeds"]), nearest("pl", ["DE", "PL"]), nearest("x", ["rss"])
    ('feeds', 'PL', None)
    """
    folded = {word.lower(): word for word in known}
    near = get_close_matches(written.lower(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def instead(written: str, known: Iterable[str]) -> str:
    """What to write: the word that was probably meant, else all there is to choose from.

    >>> instead("fedes", ["name", "feeds"])
    "write 'feeds' instead"
    >>> instead("x", ["rss", "listing"])
    'write one of these instead: rss, listing'
    """
    words = list(known)
    if near := nearest(written, words):
        return f"write '{near}' instead"
    if len(words) > MOST_TO_CHOOSE_FROM:
        return "write the name of one that is there"
    return f"write one of these instead: {', '.join(words)}" if words else "delete it"
