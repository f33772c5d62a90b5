import pytest

from analysis.alignment import Slot, align, is_typo

LONG = tuple(f"word{number}" for number in range(900))


def aligned(left, right, names=()):
    return align(left.split(), right.split(), is_name=lambda word: word in names)


def test_equal_rows_share_every_word():
    assert aligned("we saw it", "we saw it").shared == 3


def test_what_stands_before_between_and_behind_is_told_apart():
    found = aligned("yesterday we saw two ships at sea", "we saw three ships at sea again")
    assert (found.first.left, found.inner, found.last.right) == (
        ("yesterday",),
        (Slot(left=("two",), right=("three",)),),
        ("again",),
    )


def test_words_that_two_introductions_share_by_chance_are_their_own():
    found = aligned("here is what we said we will stay on", "read what they wrote we will stay on")
    assert (found.first.left, found.inner) == (("here", "is", "what", "we", "said"), ())


def test_words_that_two_ends_share_by_chance_are_their_own():
    found = aligned("we will stay on here is what we said", "we will stay on read what they wrote")
    assert (found.last.left, found.inner) == (("here", "is", "what", "we", "said"), ())


def test_rows_without_a_common_word_share_nothing():
    found = aligned("one two", "three four")
    assert (found.shared, found.first.left, found.inner) == (0, ("one", "two"), ())


def test_a_mistyped_word_is_shared():
    found = aligned("they must expect consequences", "they must exepct consequences")
    assert (found.shared, found.inner) == (4, ())


def test_a_word_written_in_two_is_shared():
    assert aligned("the by election today", "the byelection today").inner == ()


def test_a_name_is_not_another_one_mistyped():
    found = aligned("held in zambia today", "held in gambia today", names=("zambia", "gambia"))
    assert found.inner == (Slot(left=("zambia",), right=("gambia",)),)


def test_a_name_may_be_mistyped_itself():
    assert aligned("held in zambia today", "held in zmabia today", names=("zambia",)).inner == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("expect", "exepct"),
        ("outcome", "outcomes"),
        ("ministry", "mnistry"),
        ("recognise", "recognize"),
    ],
)
def test_one_slip_of_the_hand_is_a_typo(one, other):
    assert is_typo(one, other)
    assert is_typo(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("2014", "2015"), ("not", "now"), ("monday", "friday"), ("held", "hidden")]
)
def test_other_words_are_no_typos(one, other):
    assert not is_typo(one, other)


def test_long_rows_are_aligned_where_they_differ():
    edited = (*LONG[:300], "changed", *LONG[301:800])
    found = align(LONG, edited, is_name=lambda _: False)
    assert (found.shared, found.inner, len(found.last.left)) == (
        799,
        (Slot(left=("word300",), right=("changed",)),),
        100,
    )


def test_long_rows_that_were_exchanged_in_one_piece_share_nothing():
    other = tuple(f"term{number}" for number in range(900))
    assert align(LONG, other, is_name=lambda _: False).shared == 0
