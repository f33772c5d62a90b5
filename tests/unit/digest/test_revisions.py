"""What of a corrected release a reader is told."""

import pytest

from digest.revisions import Change, changes
from domain.release import Revision
from tests.unit.digest.stories import MORNING, NOW

WORDS = frozenset({"elections"})


def told(old, new):
    revisions = (
        Revision(title="Statement", text=old, seen_at=MORNING),
        Revision(title="Statement", text=new, seen_at=NOW),
    )
    return changes(revisions, words=WORDS)


def test_a_changed_figure_is_shown_with_the_sentence_before_and_now():
    assert told(
        "We thank everyone. Some 57 states signed.", "We thank everyone. Some 58 states signed."
    ) == (Change(old=("Some 57 states signed.",), new=("Some 58 states signed.",), seen_at=NOW),)


def test_a_changed_sentence_with_a_matched_word_is_shown():
    (change,) = told("We regret the elections.", "We condemn the Elections.")

    assert (change.old, change.new) == (
        ("We regret the elections.",),
        ("We condemn the Elections.",),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We regret it.", "We deplore it."),
        ("On 17 March.\nElections were held.", "Elections were held.\nOn 17 March."),
        ("On 17  March.", "On 17 March."),
        ("On 17 March.", "On 17 March."),
    ],
)
def test_other_words_other_order_and_other_spaces_are_no_news(old, new):
    assert told(old, new) == ()


def test_a_sentence_that_was_taken_out_stands_alone():
    assert told("We regret it. It was 2 March.", "We regret it.") == (
        Change(old=("It was 2 March.",), new=(), seen_at=NOW),
    )


def test_the_other_side_is_shown_although_its_figure_is_what_went():
    (change,) = told("It was held on 17 March.", "It was held in spring.")

    assert change.new == ("It was held in spring.",)


def test_japanese_sentences_are_told_apart_without_spaces():
    (change,) = told("選挙は遺憾だ。57か国が署名した。", "選挙は遺憾だ。58か国が署名した。")

    assert change.old == ("57か国が署名した。",)


def test_a_changed_title_counts_as_a_sentence():
    revisions = (
        Revision(title="Vote of 16 March", text="", seen_at=MORNING),
        Revision(title="Vote of 17 March", text="", seen_at=NOW),
    )

    assert changes(revisions, words=()) == (
        Change(old=("Vote of 16 March",), new=("Vote of 17 March",), seen_at=NOW),
    )


def test_a_release_that_never_changed_has_no_changes():
    assert changes((Revision(title="Vote", text="", seen_at=MORNING),), words=()) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We recieve observers at the elections.", "We receive observers at the elections."),
        ("The goverment regrets the elections.", "The government regrets the elections."),
        ("We regret the electoins of 17 March.", "We regret the elections of 17 March."),
        ("We regret, deeply, the elections!", "We regret deeply the elections."),
        ("The ELECTIONS were unfree.", "The elections were unfree."),
    ],
)
def test_a_mended_slip_of_the_hand_is_no_news(old, new):
    assert told(old, new) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The elections were legal.", "The elections were illegal."),
        ("The elections in Zambia were held.", "The elections in Gambia were held."),
        ("We recognise the elections.", "We never recognise the elections."),
        ("We regret the elections.", "We regret the “elections”."),
        ("Some 1,050 observed the elections.", "Some 1,060 observed the elections."),
        ("elections 選挙を承認する。", "elections 選挙を承認しない。"),
    ],
)
def test_a_letter_or_a_sign_that_makes_another_meaning_is_news(old, new):
    (change,) = told(old, new)
    assert (change.old, change.new) == ((old,), (new,))
