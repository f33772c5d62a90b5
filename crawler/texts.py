"""How do we write down what a page says? As plain text in one form, paragraphs by line breaks."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from lxml import etree, html

BLOCKS = frozenset(
    "address article aside blockquote br caption dd div dl dt figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul".split()
)
UNSEEN = frozenset("script style noscript template svg iframe object head".split())
# Soft hyphens and zero-width spaces are layout; zero-width joiners are spelling, and stay.
LAYOUT = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>")
REFERENCE = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")


def one_line(text: str) -> str:
    """Text in normal form on a single line.

    >>> one_line("  On the   vote ")
    'On the vote'
    """
    return " ".join(unicodedata.normalize("NFC", text.translate(LAYOUT)).split())


def paragraphs(text: str) -> str:
    r"""Text in normal form, its paragraphs separated by one line break.

    >>> paragraphs("One  two\n\n  three ")
    'One two\nthree'
    """
    lines = (one_line(line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def plain_text(markup: str) -> str:
    r"""The text of a piece of HTML, or of a text that holds none.

    >>> plain_text("<p>Vote &amp; count</p><p>a &lt; b</p>")
    'Vote & count\na < b'
    """
    if not MARKUP.search(markup):
        return paragraphs(unescape(markup) if REFERENCE.search(markup) else markup)
    try:
        element = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, ValueError):
        return paragraphs(unescape(MARKUP.sub(" ", markup)))
    return element_text(element)


def element_text(element: etree._Element) -> str:
    """What a reader sees of an element: no scripts, each block on a line of its own."""
    parts: list[str] = []
    _collect(element, parts)
    return paragraphs("".join(parts))


def _collect(element: etree._Element, parts: list[str]) -> None:
    """Walk the tree by events: pages nest deeper than Python's stack."""
    hidden = 0
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        is_tag = isinstance(node.tag, str)
        if event == "start" and is_tag:
            hidden += node.tag in UNSEEN
            parts.extend(_opening(node, is_hidden=hidden > 0))
        elif event == "end" and is_tag:
            hidden -= node.tag in UNSEEN
            if node.tag in BLOCKS:
                parts.append("\n")
        if event != "start" and node is not element and node.tail and not hidden:
            parts.append(_inline(node.tail))


def _opening(node: etree._Element, *, is_hidden: bool) -> list[str]:
    if is_hidden:
        return []
    text = node.text or ""
    shown = text if node.tag == "pre" else _inline(text)
    return ["\n", shown] if node.tag in BLOCKS else [shown]


def _inline(text: str) -> str:
    """Line breaks in the source of a page are spaces to its readers."""
    return text.replace("\n", " ").replace("\r", " ")
