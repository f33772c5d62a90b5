"""What becomes of a site when it is relaunched?

All its releases move to new addresses, on pages that look otherwise; the old addresses are gone.
The listings stay where they are, and the texts what they were.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from pollwatch.demo.offices.press import PressFeed, PressOffice, PressRelease

NEW_STYLES = {"article": "portal", "portal": "article"}
"""Pages of other styles are read by recipes, or say themselves what they are."""


def relaunch(office: PressOffice) -> PressOffice:
    """The same office on a new site."""
    style = NEW_STYLES.get(office.style, office.style)
    return replace(office, style=style, feeds=tuple(_feed(feed) for feed in office.feeds))


def _feed(feed: PressFeed) -> PressFeed:
    return replace(feed, releases=tuple(_release(release) for release in feed.releases))


def _release(release: PressRelease) -> PressRelease:
    # Corrections share the path of what they correct, so they share the new one too.
    number = sha256(release.path.encode()).hexdigest()[:8]
    elsewhere = release.moved_to if release.moved_to.startswith("//") else ""
    return replace(release, path=f"/content/{number}", moved_to=elsewhere)
