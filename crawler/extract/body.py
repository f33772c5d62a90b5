"""Where on a page is the text?

trafilatura finds it by the shape of the page. What never holds any is cut away first, and where
the page itself says which part is the article, the rest too: both quicker and better. Its slower
second opinions cost a third more time and made the texts of real pages no better. Measured on
real pages, token F1: as it comes 0.949, quick 0.952, narrowed as well 0.953.
"""

from __future__ import annotations

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.metadata import Document

from crawler.texts import paragraphs

NEVER_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "canvas",
    "iframe",
    "object",
    "embed",
    "select",
    "button",
    "link",
    "nav",
    "footer",
    "aside",
)
# The part that a page marks as its article is believed where it holds half of the letters in
# paragraphs, and more than a teaser does.
SHARE = 0.5
TEASER = 300


def main_text(tree: HtmlElement) -> str:
    """The main text of a page, without what stands around it; empty where there is none.

    Takes the tree apart: whatever else is wanted of it has to be read before.
    """
    for element in list(tree.iter(*NEVER_TEXT)):
        if element.getparent() is not None:
            element.drop_tree()
    body = tree.find("body")
    if body is not None:
        _narrow(body)
    found = bare_extraction(tree, include_comments=False, include_tables=True, fast=True)
    return paragraphs(found.text or "") if isinstance(found, Document) else ""


def _narrow(body: HtmlElement) -> None:
    """Leave only the article in a body that has exactly one."""
    wanted = max(TEASER, SHARE * _letters(body))
    for tag in ("article", "main"):
        parts = list(body.iter(tag))
        if len(parts) == 1 and _letters(parts[0]) >= wanted:
            for child in list(body):
                body.remove(child)
            body.text = parts[0].tail = None
            body.append(parts[0])
            return


def _letters(element: HtmlElement) -> int:
    return sum(len(part.text_content().strip()) for part in element.iter("p"))
