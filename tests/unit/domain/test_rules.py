"""Ranges of judged texts: cut, grown and joined."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules import Judged, judged_anew


def ranges(*spans: tuple[int, int, str]) -> tuple[Judged, ...]:
    return tuple(Judged(first=first, last=last, rules=rules) for first, last, rules in spans)


@pytest.mark.parametrize(
    ("before", "newly", "after"),
    [
        ((), (1, 5, "a"), [(1, 5, "a")]),
        ([(1, 5, "a")], (6, 7, "a"), [(1, 7, "a")]),
        ([(1, 5, "a")], (6, 7, "b"), [(1, 5, "a"), (6, 7, "b")]),
        ([(1, 9, "a")], (1, 4, "b"), [(1, 4, "b"), (5, 9, "a")]),
        ([(1, 4, "b"), (5, 9, "a")], (5, 7, "b"), [(1, 7, "b"), (8, 9, "a")]),
        ([(1, 4, "b"), (5, 9, "a")], (5, 9, "b"), [(1, 9, "b")]),
        ([(1, 2, "a"), (3, 4, "b"), (5, 6, "c")], (1, 6, "d"), [(1, 6, "d")]),
    ],
)
def test_texts_judged_anew_leave_their_old_range(before, newly, after):
    (new,) = ranges(newly)
    assert judged_anew(ranges(*before), new) == ranges(*after)


SPANS = st.tuples(st.integers(1, 30), st.integers(0, 10), st.sampled_from("abc"))


@given(st.lists(SPANS, max_size=12))
def test_each_text_is_judged_by_the_rules_that_judged_it_last(spans):
    known: tuple[Judged, ...] = ()
    by_text = {}
    for first, more, rules in spans:
        known = judged_anew(known, Judged(first=first, last=first + more, rules=rules))
        by_text.update(dict.fromkeys(range(first, first + more + 1), rules))
    said = {text: one.rules for one in known for text in range(one.first, one.last + 1)}
    # Rules on both sides of texts that are not there may be one range.
    assert {text: said.get(text) for text in by_text} == by_text
    assert all(one.last < other.first for one, other in pairwise(known))
