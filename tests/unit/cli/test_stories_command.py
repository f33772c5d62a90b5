"""pollwatch stories: why releases are together, in plain words; and what a person says of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import CannotBe
from domain.reading import Likeness, TextKey, Verdict
from domain.source import SourceId
from domain.story import Membership, Story
from tests.unit.digest.stories import MORNING, a_stored_release

HERE = "https://press.economy.example/news/1"
PRINT = "https://press.economy.example/news/1?print=1"
THERE = "https://foreign.example/9"
FIRST = a_stored_release(id="first")
REPRINT = a_stored_release(
    id="reprint",
    source_id=SourceId("yy_foreign"),
    institution="Foreign Ministry",
    country="PL",
    url=THERE,
    title="A statement of France",
    published_at=MORNING + timedelta(days=1),
)
SIBLING = a_stored_release(id="sibling", story_id="other", title="Statement on the vote of 18 May")


def a_key(url, source="xx_economy"):
    return TextKey(source_id=SourceId(source), canonical_url=url, checksum=url)


def a_likeness(a, b, verdict, reason, *, strength=0.9, method="words/2"):
    return Likeness(
        a=a_key(a), b=a_key(b), verdict=verdict, strength=strength, reason=reason, method=method
    )


JOINS = a_likeness(HERE, THERE, Verdict.JOINS, "say the same words, published by two institutions")
APART = a_likeness(HERE, "sibling", Verdict.APART, "follow one template, but name other days")
SAME = a_likeness(HERE, PRINT, Verdict.SAME, "say the same words at one address")


def a_membership(*likenesses, releases=(FIRST, REPRINT), near=(), more_near=0):
    owners = {HERE: "first", PRINT: "first", THERE: "reprint", "sibling": "sibling"}
    return Membership(
        story=Story(id="s3w5x8z2", releases=releases, told=frozenset(), as_told={}),
        near=near,
        more_near=more_near,
        likenesses=likenesses,
        release_of={a_key(url): release_id for url, release_id in owners.items()},
    )


class FakeMemberships:
    def __init__(self, found):
        self.found = found
        self.asked = None
        self.changes = True

    def of(self, name):
        if name == "nonsense":
            raise CannotBe("There is no story or release 'nonsense'", next_step="Look for it")
        return self.found

    def join(self, one, other, *, because, judge):
        self.asked = (one, other, because)
        return self.changes

    def split(self, names, *, because, judge):
        self.asked = (*names, because)
        return self.changes


def shown(pollwatch, *likenesses, **changes):
    pollwatch.store.memberships = FakeMemberships(a_membership(*likenesses, **changes))
    result = pollwatch("stories", "show", "s3w5x8z2")
    assert result.exit_code == 0
    return result.stdout


WHOLE = """\
Story s3w5x8z2: 2 releases

1  Statement on the vote of 17 March
   Ministry of Economy, FR
   first · 2024-03-18 09:00 UTC · en
   https://press.economy.example/news/1
   https://press.economy.example/news/1?print=1
     One release with the first address: the two say the same words at one
     address.

2  A statement of France
   Foreign Ministry, PL
   reprint · 2024-03-19 09:00 UTC · en
   https://foreign.example/9
   It and 1 say the same words, published by two institutions; their dates are
   1 day apart.

Near, and kept apart

   Statement on the vote of 18 May
   Ministry of Economy, FR
   sibling · 2024-03-18 09:00 UTC · en
   It and 1 follow one template, but name other days; both are dated the same
   day.

and 3 more releases that are less alike
"""


def test_a_story_is_shown_with_one_sentence_for_each_place_and_each_neighbour(pollwatch):
    page = shown(pollwatch, SAME, JOINS, APART, near=(SIBLING,), more_near=3)

    assert page == WHOLE


def test_a_release_that_stands_alone_needs_no_reason(pollwatch):
    page = shown(pollwatch, releases=(FIRST,))

    assert page.endswith("   https://press.economy.example/news/1\n")


@pytest.mark.parametrize(
    ("likeness", "near", "sentence"),
    [
        (Verdict.JOINS, (), "Joined with 1 by hand: One statement."),
        (Verdict.APART, (SIBLING,), "Split from 1 by hand: One statement."),
    ],
)
def test_the_words_of_a_person_are_given(pollwatch, likeness, near, sentence):
    other = "sibling" if near else THERE
    said = a_likeness(HERE, other, likeness, "One statement.", method="person")

    assert sentence in shown(pollwatch, said, near=near)


def test_of_several_likenesses_the_first_that_holds_the_story_together_is_told(pollwatch):
    weaker = replace(JOINS, reason="share one text", strength=0.8)

    assert "share one text" not in shown(pollwatch, JOINS, weaker)


def test_what_keeps_apart_is_told_before_what_it_overruled(pollwatch):
    alike = a_likeness(HERE, "sibling", Verdict.JOINS, "say the same words", strength=1.0)

    assert "name other days" in shown(pollwatch, alike, APART, near=(SIBLING,))


def test_dates_that_are_not_given_are_not_compared(pollwatch):
    undated = replace(REPRINT, published_at=None)

    page = shown(pollwatch, JOINS, releases=(FIRST, undated))
    assert "published by two institutions.\n" in page


def test_revisions_are_named_with_the_command_that_shows_them(pollwatch):
    later = replace(FIRST.revisions[0], seen_at=MORNING + timedelta(hours=3))
    corrected = replace(FIRST, revisions=(*FIRST.revisions, later))

    page = shown(pollwatch, releases=(corrected,))
    assert "   Changed 1 time, last 2024-03-18 12:00 UTC: pollwatch releases diff first\n" in page


def test_programs_get_the_likeness_behind_each_sentence(pollwatch):
    pollwatch.store.memberships = FakeMemberships(a_membership(SAME, JOINS, APART, near=(SIBLING,)))

    (line,) = pollwatch.records("stories", "show", "first", "--json")
    first, second = line["releases"]
    (stranger,) = line["kept_apart"]
    assert (line["story"], first["why"], line["more_kept_apart"]) == ("s3w5x8z2", None, 0)
    assert first["addresses"][0]["url"] == PRINT
    assert second["why"] == {
        "release": "first",
        "verdict": "joins",
        "strength": 0.9,
        "reason": "say the same words, published by two institutions",
        "method": "words/2",
        "sentence": "It and 1 say the same words, published by two institutions; their dates are"
        " 1 day apart.",
    }
    assert (stranger["release"], stranger["why"]["verdict"]) == ("sibling", "apart")


def test_what_is_not_held_is_said_with_what_to_do(pollwatch):
    pollwatch.store.memberships = FakeMemberships(None)

    result = pollwatch("stories", "show", "nonsense")
    assert result.exit_code == 3
    assert "There is no story or release 'nonsense'. Look for it" in result.stderr


@pytest.mark.parametrize(
    ("words", "asked", "answer"),
    [
        (("join", "first", "reprint"), ("first", "reprint"), "One story now: s3w5x8z2\n"),
        (("split", "reprint"), ("reprint",), "A story of its own now: s3w5x8z2\n"),
        (("split", "first", "reprint"), ("first", "reprint"), "A story of its own now: s3w5x8z2\n"),
    ],
)
def test_join_and_split_hand_on_names_and_reason(pollwatch, words, asked, answer):
    pollwatch.store.memberships = FakeMemberships(a_membership(JOINS))

    result = pollwatch("stories", *words, "--because", "I  read\nboth.")
    assert (result.exit_code, result.stdout) == (0, answer)
    assert pollwatch.store.memberships.asked == (*asked, "I read both.")


def test_what_was_so_before_is_said_to_be_so_already(pollwatch):
    pollwatch.store.memberships = FakeMemberships(a_membership(JOINS))
    pollwatch.store.memberships.changes = False

    words = ("stories", "join", "first", "reprint", "--because", "Again.")
    assert pollwatch(*words).stdout == "One story already: s3w5x8z2\n"
    assert pollwatch.records(*words, "--json") == [{"story": "s3w5x8z2", "changed": False}]


@pytest.mark.parametrize("reason", [(), ("--because", " \n ")])
def test_nothing_is_joined_without_a_reason(pollwatch, reason):
    assert pollwatch("stories", "join", "first", "reprint", *reason).exit_code == 2
