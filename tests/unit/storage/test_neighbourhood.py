"""Who is near whom, and who stays near where many are."""

from dataclasses import replace
from random import Random

import pytest

from domain.reading import TextKey
from domain.source import SourceId
from storage.neighbourhood import MOST, Marked, Neighbourhood
from tests.builders import a_text as a_text_of
from tests.builders import some_marks

NAMES = range(2 * MOST)


def a_text(name="one", **changes):
    """A text that is alone with its marks, of some day."""
    alone = some_marks(a_text_of(canonical_url=str(name)))
    marks = {
        mark: changes.pop(mark) for mark in ("document", "words", "anchors") if mark in changes
    }
    key = TextKey(source_id=SourceId("xx_economy"), canonical_url=str(name), checksum=str(name))
    text = Marked(key=key, language="en", exact="", marks=replace(alone, **marks), day=1000)
    return replace(text, **changes)


def near(one, *others):
    return {key.canonical_url for key in Neighbourhood(others).near(one)}


@pytest.mark.parametrize(
    "shared",
    [{"document": 7}, {"exact": "abc"}, {"words": frozenset({7})}],
)
def test_texts_that_share_a_mark_are_near(shared):
    assert near(a_text(**shared), a_text("other", **shared)) == {"other"}


def test_texts_in_two_languages_that_name_the_same_are_near():
    anchors = frozenset({7})
    assert near(a_text(anchors=anchors), a_text("other", anchors=anchors, language="fr"))


def test_texts_in_one_language_are_not_near_by_what_they_name():
    anchors = frozenset({7})
    assert not near(a_text(anchors=anchors), a_text("other", anchors=anchors))


def test_texts_that_share_nothing_are_not_near():
    assert near(a_text(), a_text("other")) == set()


def test_texts_without_words_have_no_words_in_common():
    assert near(a_text(exact=""), a_text("other", exact="")) == set()


@pytest.mark.parametrize(
    ("shared", "days"),
    [
        ({"words": frozenset({7})}, 90),
        ({"anchors": frozenset({7}), "language": "fr"}, 5),
        ({"document": 7}, 9000),
        ({"exact": "abc"}, 9000),
    ],
)
@pytest.mark.parametrize("direction", [1, -1])
def test_texts_are_near_within_the_days_in_which_a_mark_counts(shared, days, direction):
    assert near(
        a_text(**shared | {"language": "en"}),
        a_text("other", day=1000 + direction * days, **shared),
    )


@pytest.mark.parametrize(
    ("shared", "days"),
    [({"words": frozenset({7})}, 91), ({"anchors": frozenset({7}), "language": "fr"}, 6)],
)
@pytest.mark.parametrize("direction", [1, -1])
def test_near_marks_of_another_time_do_not_count(shared, days, direction):
    assert not near(
        a_text(**shared | {"language": "en"}),
        a_text("other", day=1000 + direction * days, **shared),
    )


def a_crowd(**changes):
    return [a_text(name, **{"words": frozenset({1})} | changes) for name in NAMES]


def test_of_a_crowd_those_that_share_most_marks_are_near():
    nearer = [a_text(f"nearer {name}", words=frozenset({1, 2})) for name in range(MOST)]
    found = near(a_text(words=frozenset({1, 2, 3})), *a_crowd(), *nearer)
    assert found == {f"nearer {name}" for name in range(MOST)}


def test_of_a_crowd_one_of_the_same_words_always_is():
    words = frozenset(range(9))
    found = near(
        a_text(words=words, exact="abc"), *a_crowd(words=words), a_text("sure", exact="abc")
    )
    assert "sure" in found
    assert len(found) == MOST


def test_what_stands_at_one_address_is_a_crowd_of_its_own():
    words = frozenset(range(9))
    rolling = [a_text(f"rolling {name}", document=77) for name in NAMES]
    found = near(a_text(words=words, document=77), *a_crowd(words=words), *rolling)
    assert len(found) == 2 * MOST
    assert len([name for name in found if name.startswith("rolling")]) == MOST


def test_of_a_crowd_that_shares_as_much_those_of_the_nearest_days_are_near():
    far = a_crowd(day=1003)
    close = [a_text(f"close {name}", words=frozenset({1}), day=1002) for name in range(MOST)]
    assert near(a_text(words=frozenset({1})), *far, *close) == {
        f"close {name}" for name in range(MOST)
    }


def test_who_is_near_in_a_crowd_does_not_depend_on_its_order():
    crowd = a_crowd()
    shuffled = Random(3).sample(crowd, len(crowd))
    one = a_text(words=frozenset({1}))
    assert near(one, *crowd) == near(one, *shuffled)


def test_what_is_in_another_language_is_a_crowd_of_its_own():
    french = [a_text(f"fr {name}", words=frozenset({1}), language="fr") for name in NAMES]
    found = near(a_text(words=frozenset({1})), *a_crowd(), *french)
    assert len(found) == 2 * MOST
    assert len([name for name in found if name.startswith("fr")]) == MOST


def test_what_the_institution_itself_published_is_a_crowd_of_its_own():
    printed = [
        replace(text, key=replace(text.key, source_id=SourceId("yy_foreign")))
        for text in a_crowd(words=frozenset({1}))
    ]
    found = near(a_text(words=frozenset({1})), *printed, a_text("own", words=frozenset({1})))
    assert "own" in found
    assert len(found) == MOST + 1


def test_how_many_were_cut_is_counted():
    around = Neighbourhood(a_crowd())
    around.near(a_text(words=frozenset({1})))
    assert around.cut == MOST
