from random import Random

from hypothesis import given
from hypothesis import strategies as st

from analysis.crowd import MOST, nearest
from analysis.dedup import compare
from domain.source import SourceId
from tests.unit.analysis.texts import SHORT, STATEMENT, a_text

OTHER = "The minister then travelled to Vienna, and met three of her colleagues there."
# Words that a reader could take for those of a page.
WORDS = [
    f"{first}{last}" for first in ("el", "ma", "no", "ta") for last in ("ra", "mi", "to", "se")
]
TEXTS = st.builds(
    a_text,
    st.sampled_from(["", "Few words.", SHORT, STATEMENT, f"{STATEMENT} More.", f"{SHORT} {OTHER}"])
    | st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
    source_id=st.sampled_from([SourceId("xx_economy"), SourceId("yy_foreign")]),
    canonical_url=st.sampled_from(["https://a.example/1", "https://a.example/2"]),
    title=st.sampled_from(["Statement", "Another"]),
    language=st.sampled_from(["en", "fr", None]),
)


@given(text=TEXTS, other=TEXTS)
def test_whoever_is_left_out_has_no_likeness(text, other):
    assert nearest(text, [other]) == [other] or compare(text, other) is None


def test_texts_without_words_in_common_are_left_out():
    assert nearest(a_text(), [a_text(OTHER), a_text(f"{STATEMENT} More.")]) == [
        a_text(f"{STATEMENT} More.")
    ]


def test_a_text_without_words_is_compared_with_all():
    assert nearest(a_text(""), [a_text(), a_text(OTHER)]) == [a_text(), a_text(OTHER)]


def test_a_text_in_another_language_is_always_compared():
    french = a_text("Le ministère condamne ces élections.", language="fr")
    assert nearest(a_text(), [french]) == [french]


def test_in_a_crowd_only_the_most_alike_are_compared():
    grown = a_text(" ".join(STATEMENT.split()[:40]))
    whole = [a_text(f"{STATEMENT} {number}") for number in range(2 * MOST)]
    half = [a_text(f"{' '.join(STATEMENT.split()[:28])} {number}") for number in range(MOST)]

    chosen = nearest(grown, [*half, *whole])

    assert len(chosen) == MOST
    assert {len(text.text) > len(grown.text) for text in chosen} == {True}


def test_who_is_chosen_from_a_crowd_does_not_depend_on_their_order():
    crowd = [a_text(f"{STATEMENT} {number}") for number in range(2 * MOST)]
    shuffled = Random(3).sample(crowd, len(crowd))

    assert set(nearest(a_text(), crowd)) == set(nearest(a_text(), shuffled))
