"""What differs between two texts."""

import pytest

from analysis.differences import Deed, Stretch, differences

STAYED, WENT, CAME = Deed.STAYED, Deed.WENT, Deed.CAME


def said(old, new):
    return [(stretch.deed, stretch.text) for stretch in differences(old, new)]


def test_equal_texts_stay():
    assert differences("One.\nTwo.", "One.\nTwo.") == (Stretch(deed=STAYED, text="One.\nTwo."),)


def test_two_empty_texts_have_nothing_to_say():
    assert differences("", "") == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "We recognise the vote.",
            "We do not recognise the vote.",
            [(STAYED, "We "), (CAME, "do not "), (STAYED, "recognise the vote.")],
        ),
        (
            "Held on 17 March.",
            "Held on 18 March.",
            [(STAYED, "Held on "), (WENT, "17 "), (CAME, "18 "), (STAYED, "March.")],
        ),
        ("我们承认选举", "我们不承认选举", [(STAYED, "我们"), (CAME, "不"), (STAYED, "承认选举")]),
        ("One.\nTwo.", "One.", [(STAYED, "One."), (WENT, "\nTwo.")]),
        ("", "New.", [(CAME, "New.")]),
    ],
)
def test_changes_are_shown_word_by_word(old, new, expected):
    assert said(old, new) == expected


def test_another_text_of_great_length_stands_for_the_old_one():
    old, new = "a " * 3_000, "b " * 3_000

    assert said(old, new) == [(WENT, old), (CAME, new)]
