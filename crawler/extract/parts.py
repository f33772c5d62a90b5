"""Where on one long page does each of its releases stand?

A selector names what holds one: a block, or the heading that it begins with; then it goes on to
the next heading that the selector names. Each is known by the anchor that leads to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from urllib.parse import unquote, urldefrag

from lxml import html
from lxml.html import HtmlElement
from parsel import Selector

from crawler.texts import element_text
from domain.errors import ExtractError

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "a"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One release of a page that holds several."""

    anchor: str
    """Empty where nothing leads to it."""
    tree: HtmlElement
    """A page that holds nothing else."""

    @property
    def text(self) -> str:
        """What a reader sees of it."""
        return element_text(self.tree)


def parts_of(tree: HtmlElement, selector: str) -> Iterator[Part]:
    """The parts of a page, in its order."""
    items: list[HtmlElement] = [found.root for found in Selector(root=tree).css(selector)]
    beginnings = frozenset(items)
    for item in items:
        yield Part(anchor=_anchor(item), tree=_alone(item, beginnings, tree))


def part_at(tree: HtmlElement, selector: str, *, url: str) -> HtmlElement:
    """The part that an address with an anchor leads to.

    Raises ExtractError where the page holds it no more.
    """
    wanted = unquote(urldefrag(url).fragment)
    found = (part.tree for part in parts_of(tree, selector) if part.anchor == wanted)
    if (part := next(found, None)) is None:
        raise ExtractError(
            f"{url} leads to nothing that '{selector}' finds on the page",
            next_step="See whether the release was taken away, or the page redesigned",
        )
    return part


def _anchor(item: HtmlElement) -> str:
    names = (each.get("id") or (each.tag == "a" and each.get("name")) for each in item.iter("*"))
    return next((name.strip() for name in names if name and name.strip()), "")


def _alone(item: HtmlElement, beginnings: frozenset[HtmlElement], tree: HtmlElement) -> HtmlElement:
    page = html.document_fromstring("<html><body></body></html>")
    if language := tree.get("lang"):
        page.set("lang", language)
    page[0].extend(deepcopy(element) for element in _elements(item, beginnings))
    return page


def _elements(item: HtmlElement, beginnings: frozenset[HtmlElement]) -> Iterator[HtmlElement]:
    yield item
    if item.tag not in HEADINGS:
        return
    for element in item.itersiblings("*"):
        if element in beginnings or any(child in beginnings for child in element.iter("*")):
            return
        yield element
