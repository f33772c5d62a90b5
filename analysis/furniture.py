r"""Did a page change what it says, or what stands around it?

A page is read again when its listing shows it anew, and mostly something is new on it: how often it
was read, when it was touched, what else its office published since. These are lines of their own,
and known as such: by their form, or because the source shows them under its releases, or as titles
of its other releases. Where nothing else differs, the text is the one that was there.

In the first paragraph only form counts; there, and in a line as short as a tag, a title of another
release may be what this one says.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from analysis.boilerplate import TAG, folded
from analysis.keywords.passage import lead_end
from analysis.substance import is_stamp
from analysis.words import count_words

# What a list sets before its lines, and a day in figures or a number that stands beside a title.
_BESIDE = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def says_the_same(old: str, new: str, *, shown: Collection[str], titles: Collection[str]) -> bool:
    r"""True where two texts of a page differ only in lines that stand around what it says.

    ``shown`` are the folded lines that the source shows under its releases, ``titles`` those of its
    other releases.

    >>> says_the_same("No vote.\nViews: 7", "No vote.\nViews: 12", shown=(), titles=())
    True
    """
    others = {_bare(folded(title)) for title in titles if count_words(title) > TAG}
    before, after = _lines(old), _lines(new)
    return all(
        _is_stamp(line) or (line in behind and (line in shown or _bare(line) in others))
        for lines, behind, there in ((*before, after[0]), (*after, before[0]))
        for line in lines - there
    )


def _lines(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The lines of a text, folded; and those that stand behind the first paragraph alone."""
    lead = lead_end(text)
    first = frozenset(map(folded, text[:lead].split("\n")))
    rest = frozenset(map(folded, text[lead:].split("\n")))
    return (first | rest) - {""}, rest - first


def _is_stamp(line: str) -> bool:
    # What ends as a sentence may say that figures were updated, and give them.
    return is_stamp(line) and not line.endswith((".", "!", "?", "。"))


def _bare(line: str) -> str:
    return _BESIDE.sub("", line)
