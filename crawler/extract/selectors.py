"""What does a recipe's selector find? CSS, with ``::attr()`` and ``::text`` as in parsel.

A selector without either names elements, and stands for the text that a reader sees of them.
"""

from __future__ import annotations

from parsel import Selector

from crawler.texts import element_text


def texts_at(scope: Selector, selector: str) -> list[str]:
    """The texts that a selector finds, in the order of the page.

    ``a::text`` finds each piece of text that stands directly in a link; a plain ``a`` finds what
    the link says as a whole, with what is nested in it.

    >>> page = Selector("<ul><li><a href='/1'>Vote <b>count</b></a></li></ul>")
    >>> texts_at(page, "a"), texts_at(page, "a::attr(href)")
    (['Vote count'], ['/1'])
    """
    found = scope.css(selector)
    if "::" in selector:
        return [text for text in found.getall() if text.strip()]
    return [element_text(item.root) for item in found]
