"""What a page may lack so much that it makes no release."""

from __future__ import annotations

from domain.errors import ExtractError


class WithoutTitle(ExtractError):
    """Neither the page nor the feed's entry names a title."""


class WithoutText(ExtractError):
    """Neither the page nor the feed's entry holds a text."""
