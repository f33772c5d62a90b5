from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from analysis.crowd import FEW, MOST, nearest
from analysis.dedup import compare
from domain.source import SourceId
from tests.builders import NOW
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


def in_days(text, *, after, **changes):
    return a_text(text, published_at=NOW + timedelta(days=after), **changes)


def test_of_a_crowd_the_most_alike_are_compared_and_those_of_the_nearest_days():
    grown = a_text(" ".join(STATEMENT.split()[:40]), published_at=NOW)
    whole = [in_days(f"{STATEMENT} {number}", after=80 + number) for number in range(FEW)]
    half = " ".join(STATEMENT.split()[:28])
    siblings = [in_days(f"{half} {number}", after=number) for number in range(MOST)]

    assert set(nearest(grown, [*siblings, *whole])) == {*whole, *siblings[:FEW]}


def test_what_others_print_does_not_crowd_out_what_the_institution_itself_published():
    own = a_text(STATEMENT, canonical_url="https://economy.example/again")
    printed = [a_text(STATEMENT, source_id=SourceId(f"x{n:02}_press")) for n in range(2 * MOST)]

    assert own in nearest(a_text(), [*printed, own])


def test_who_is_chosen_from_a_crowd_does_not_depend_on_their_order():
    crowd = [a_text(f"{STATEMENT} {number}") for number in range(2 * MOST)]
    shuffled = Random(3).sample(crowd, len(crowd))

    assert set(nearest(a_text(), crowd)) == set(nearest(a_text(), shuffled))
