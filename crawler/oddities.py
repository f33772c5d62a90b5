"""What is odd about releases, though their pages could be read?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from domain.poll import Code, Fetched, Problem
from domain.release import Entry, Release, Witness
from domain.source import Feed

ONE_DAY = timedelta(days=1)


def doubtful_dates(entry: Entry, release: Release) -> Iterator[Problem]:
    """A problem where nobody says when a release was published, or somebody says it wrong."""
    stated, now = release.published_at, release.original.fetched_at
    if stated is None:
        yield Problem(
            code=Code.RELEASE_WITHOUT_DATE,
            place=entry.url,
            detail="neither the page nor the feed says when this was published",
            hint="Name the date's place in the source's file, under release",
        )
    elif stated > now + ONE_DAY:
        yield Problem(
            code=Code.DATE_IN_FUTURE,
            place=entry.url,
            detail=f"says that it was published on {stated:%Y-%m-%d}, which is to come",
            hint="Shown as the source's claim; never used for order",
        )


def missed_recipes(feed: Feed, fetched: Sequence[Fetched]) -> Iterator[Problem]:
    """A problem for a recipe of which no page that was read holds what it names.

    One page of another kind is nothing; a redesign shows in all of them. What was found without
    the recipe is kept. Of dates nothing is said: a feed that knows the hour is believed before it.
    """
    read = [one.release for one in fetched if one.release.witnesses.get("text") in FROM_A_PAGE]
    recipes = {"title": feed.release.title, "text": feed.release.text}
    missed = [
        f"'{selector}' ({field})"
        for field, selector in recipes.items()
        if selector and all(one.witnesses.get(field) is not Witness.RECIPE for one in read)
    ]
    if read and missed:
        pages = "the page that was" if len(read) == 1 else f"all {len(read)} pages that were"
        yield Problem(
            code=Code.RECIPE_MISSED,
            place=feed.id,
            detail=f"{', '.join(missed)} found nothing on {pages} fetched; what stands there was"
            " looked for without it",
            hint="See whether the site was redesigned, and mend release in the source's file",
        )


FROM_A_PAGE = (Witness.RECIPE, Witness.EXTRACTOR)
