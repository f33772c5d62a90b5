"""Does a feed declare entities that could harm whoever reads it?

A document type may declare names for texts. Names for other names grow without end (the
"billion laughs"), and names for files and addresses would have us fetch them. No press office
needs either. A name for a few plain letters is harmless, and some feeds have one.
"""

from __future__ import annotations

import re

from crawler.page import Page, page_text
from domain.errors import ParseError

# Whoever wants to hide a declaration behind more than this is refused for it.
PROLOGUE = 65_536
DECLARES = "<!ENTITY"
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
ELEMENT = re.compile(r"<\w")
SUBSET = re.compile(r"<!DOCTYPE[^\[>]*\[")
# A short value, for it may be named a million times in one feed.
HARMLESS = re.compile(
    r"""(?:\s|<!ENTITY\s+[\w.:-]+\s+(?:"(?:&\#\w+;|[^"&%<]{0,64})"|'(?:&\#\w+;|[^'&%<]{0,64})')\s*>)*
    \]\s*>""",
    re.VERBOSE,
)


def refuse_entities(page: Page) -> None:
    """Nothing, for a feed that declares no entities but harmless ones.

    Raises ParseError for every other.
    """
    # Without its zero bytes UTF-16 can be searched too.
    if DECLARES.encode() not in page.body.replace(b"\0", b""):
        return
    head = COMMENT.sub("", page_text(page).replace("\0", "")[:PROLOGUE])
    root = ELEMENT.search(head)
    prologue = head[: root.start()] if root else head
    subset = SUBSET.search(prologue)
    if root and subset is None and DECLARES not in prologue:
        return  # the words stand in some text of the feed
    if subset is None or not HARMLESS.match(head, subset.end()):
        raise ParseError(
            f"{page.url} declares XML entities that stand for more than a few plain letters,"
            " which could exhaust or betray this machine; it was not read",
            next_step="Ask the institution for a feed without a document type",
        )
