"""What of a broken feed can be relied on, and what is missing?

Most broken feeds lose nothing: a name for a letter that nobody declared, a bare ampersand. One
that breaks off, or of which fewer entries can be read than begin in it, does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.sax import SAXParseException

from crawler.page import Page
from domain.errors import ParseError

END = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
BEGINS = re.compile(rb"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
ENDS = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)


def whole_items(
    items: Sequence[Any], *, page: Page, error: object
) -> tuple[Sequence[Any], ParseError | None]:
    """The items that a feed holds whole, and why they may not be all that it was meant to hold.

    ``error`` is what the strict reading of the feed ended in.
    """
    if not isinstance(error, SAXParseException):
        return items, None
    body = page.body.replace(b"\0", b"")  # UTF-16 too
    is_torn, begun = END.search(body) is None, len(BEGINS.findall(body))
    # Where a feed breaks off, its last entry may name half an address.
    whole = items[: len(ENDS.findall(body))] if is_torn else items
    if not is_torn and begun <= len(whole):
        return whole, None
    how = "breaks off before its end" if is_torn else "is damaged"
    return whole, ParseError(
        f"{page.url} {how} ({error.getMessage()}, line {error.getLineNumber()});"
        f" {len(whole)} of at least {begun} entries could be read",
        next_step="If it stays so, tell the institution; the missing entries cannot be seen",
    )
