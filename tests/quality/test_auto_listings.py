"""Whether lists are found without selectors as those find them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from tests.lists import addresses, declared_lists


@cache
def lists() -> dict[str, tuple[list[str], list[str]]]:
    """By list: the addresses that its selectors find, and those that are found without."""
    return {
        name: (addresses(page, feed), addresses(page, replace(feed, listing=None)))
        for name, page, feed in declared_lists()
    }


def test_nine_of_ten_declared_lists_are_read_as_their_selectors_do():
    held = {name: both for name, both in lists().items() if both[0]}
    differing = [name for name, (declared, found) in held.items() if declared != found]

    assert len(held) > 50
    assert len(differing) <= len(held) / 10, differing


def test_a_list_that_was_redesigned_is_read_on():
    before = lists()["xx_redesign/press of the town on 2024-03-18"]
    after = lists()["xx_redesign/press of the town on 2024-03-20"]

    assert (before[0], after[0]) == (before[1], [])
    assert after[1] == before[1]
