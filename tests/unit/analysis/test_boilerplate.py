"""What a source shows under its releases is learned, and what a release says is not."""

from __future__ import annotations

import pytest

from analysis.boilerplate import Sample, boilerplate_of, stretches
from tests.unit.analysis.texts import about

FOOTER = "The Office observes elections in 57 states."
FOLDED = "the office observes elections in 57 states."
LEAD = about("")


def shown(*ends, every=7):
    """The boilerplate of texts with these ends, so many days apart."""
    return boilerplate_of(
        [
            Sample(day=every * number, text=f"{about(number)}\n{about(number)}{end}")
            for number, end in enumerate(ends, start=1)
        ]
    )


def test_a_line_under_every_release_is_boilerplate():
    assert shown(*[f"\n\n{FOOTER}"] * 8) == {FOLDED}


def test_spaces_widths_and_capitals_make_no_other_line():
    spellings = [FOOTER, FOOTER.upper(), FOOTER.replace(" ", "\xa0 "), FOOTER.replace("57", "57")]
    assert shown(*[f"\n{line}" for line in spellings * 2]) == {FOLDED}


def test_a_line_under_half_of_the_releases_is_boilerplate():
    assert shown(*[f"\n{FOOTER}", ""] * 5) == {FOLDED}


@pytest.mark.parametrize(
    "ends",
    [
        pytest.param([f"\n{FOOTER}"] * 7, id="too few releases"),
        pytest.param([f"\n{FOOTER}"] * 4 + [""] * 4, id="too few of them show it"),
        pytest.param([f"\n{FOOTER}", "", ""] * 6, id="less than half of them show it"),
        pytest.param([f"\n{FOOTER}"] * 6 + [""] * 6, id="for less than the season of a vote"),
    ],
)
def test_a_line_is_no_boilerplate_with(ends):
    assert shown(*ends) == frozenset()


def test_what_is_said_again_and_again_on_one_vote_is_no_boilerplate():
    assert shown(*["\nWe do not recognise these elections."] * 30, every=1) == frozenset()


def test_what_a_paragraph_of_its_own_follows_is_no_boilerplate():
    ends = [f"\nWe do not recognise these elections.\n{about(name)}" for name in range(8)]
    assert shown(*ends) == frozenset()


def test_headlines_of_other_releases_may_follow():
    assert shown(*[f"\n{FOOTER}\nMore: minister visits town {name}" for name in range(8)]) == {
        FOLDED
    }


def test_a_tag_is_no_boilerplate():
    assert shown(*["\nElections and observers"] * 8) == frozenset()


def test_what_releases_on_one_matter_share_is_no_boilerplate():
    samples = [Sample(day=7 * week, text=f"{LEAD} in place{week}\n{FOOTER}") for week in range(30)]
    assert boilerplate_of(samples) == frozenset()


def test_a_first_paragraph_is_no_boilerplate():
    samples = [
        Sample(day=7 * week, text=f"{FOOTER}\n{about(week)}\n{about(week)}") for week in range(8)
    ]
    assert boilerplate_of(samples) == frozenset()


def test_a_text_shows_its_boilerplate_where_it_stands():
    text = f"{LEAD}\n{FOOTER.upper()}\nThe end."
    ((start, end),) = stretches(text, {FOLDED})
    assert text[start:end] == FOOTER.upper()


def test_a_first_paragraph_counts_whatever_is_known_of_it():
    assert stretches(f"{FOOTER} {LEAD}", {FOLDED}) == ()
    assert stretches(f"{FOOTER}\n{LEAD}", {FOLDED}) == ()
