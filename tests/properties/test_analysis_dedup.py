from dataclasses import replace
from datetime import timedelta
from operator import add

from hypothesis import given
from hypothesis import strategies as st

from analysis.dedup import compare, partition
from analysis.fingerprint import marks
from analysis.substance import substance
from domain.reading import BY_PERSON, Verdict
from domain.source import SourceId
from tests.unit.analysis.test_translations import ENGLISH, FRENCH
from tests.unit.analysis.texts import DAY, SHORT, STATEMENT, a_key, a_likeness, a_text

NAMES = "abcdefg"
STRENGTHS = st.sampled_from([0.5, 0.9, 1.0])
EDGES = st.lists(
    st.builds(
        a_likeness,
        st.sampled_from("abcd"),
        st.sampled_from("efg"),
        st.sampled_from(Verdict),
        STRENGTHS,
    )
)
SAID = st.lists(
    st.builds(
        a_likeness,
        st.sampled_from("abcd"),
        st.sampled_from("efg"),
        st.sampled_from([Verdict.JOINS, Verdict.APART]),
        method=st.just(BY_PERSON),
    ),
    max_size=4,
)
FOUND_AND_SAID = st.builds(add, EDGES, SAID)
WORDINGS = st.sampled_from(
    [
        "",
        "Few words.",
        SHORT,
        f"{SHORT[:-4]}…",
        STATEMENT,
        STATEMENT.upper(),
        f"{STATEMENT} More.",
        f"News > Today\n<p>{STATEMENT}</p>",
        STATEMENT.replace("March", "May"),
        ENGLISH,
        ENGLISH.replace("Ghana", "Mongolia"),
        ENGLISH.replace("3 March", "4 March"),
        FRENCH,
    ]
)
TEXTS = st.builds(
    a_text,
    WORDINGS,
    source_id=st.sampled_from([SourceId("xx_economy"), SourceId("yy_foreign")]),
    canonical_url=st.sampled_from(["https://a.example/1", "https://a.example/2"]),
    title=st.sampled_from(["Statement", "STATEMENT | News", "Another", "Visit of 3 May", ""]),
    language=st.sampled_from([None, "en", "fr"]),
    published_at=st.sampled_from([None, DAY, DAY + timedelta(days=3), DAY + timedelta(days=30)]),
)
ODD = st.builds(a_text, st.text(max_size=200), title=st.text(max_size=40))


@given(one=TEXTS, other=TEXTS)
def test_comparing_is_symmetric(one, other):
    assert compare(one, other) == compare(other, one)


@given(one=ODD, other=ODD | TEXTS)
def test_no_text_is_too_odd_to_be_compared(one, other):
    assert compare(one, other) == compare(other, one)


@given(text=ODD | TEXTS)
def test_marks_are_a_matter_of_the_text_alone(text):
    assert marks(text) == marks(replace(text))


@given(text=ODD | TEXTS)
def test_what_is_left_of_a_text_is_left_of_itself(text):
    once = substance(text.title, text.text)
    assert substance(text.title, once.text).words == once.words


@given(one=TEXTS, other=TEXTS)
def test_likenesses_name_the_two_texts_in_order(one, other):
    likeness = compare(one, other)
    assert likeness is None or (likeness.a, likeness.b) == tuple(sorted((one.key, other.key)))


@given(edges=FOUND_AND_SAID, data=st.data())
def test_no_order_of_texts_or_likenesses_changes_the_outcome(edges, data):
    keys = [a_key(name) for name in NAMES]
    shuffled = partition(data.draw(st.permutations(keys)), data.draw(st.permutations(edges)))
    assert shuffled == partition(keys, edges)


@given(edges=FOUND_AND_SAID)
def test_every_text_is_in_exactly_one_release_and_one_story(edges):
    keys = [a_key(name) for name in NAMES]
    found = partition(keys, edges)
    assert sorted(key for release in found.releases for key in release) == keys
    assert sorted(key for story in found.stories for key in story) == keys


@given(edges=FOUND_AND_SAID)
def test_every_release_lies_in_one_story(edges):
    found = partition([a_key(name) for name in NAMES], edges)
    assert all(any(release <= story for story in found.stories) for release in found.releases)


@given(edges=EDGES)
def test_nothing_that_is_apart_is_together(edges):
    found = partition([a_key(name) for name in NAMES], edges)
    apart = [{edge.a, edge.b} for edge in edges if edge.verdict is Verdict.APART]
    assert not any(pair <= story for pair in apart for story in found.stories)


@given(found=EDGES, said=SAID)
def test_nothing_that_a_person_split_is_together(found, said):
    stories = partition([a_key(name) for name in NAMES], [*found, *said]).stories
    split = [{edge.a, edge.b} for edge in said if edge.verdict is Verdict.APART]
    assert not any(pair <= story for pair in split for story in stories)


@given(found=EDGES, said=SAID)
def test_what_a_person_joined_is_together_where_no_person_contradicts(found, said):
    joined = [edge for edge in said if edge.verdict is Verdict.JOINS]
    stories = partition([a_key(name) for name in NAMES], [*found, *joined]).stories
    assert all(any({edge.a, edge.b} <= story for story in stories) for edge in joined)


@given(sources=st.lists(st.sampled_from(["xx_economy", "yy_foreign"]), min_size=2, max_size=5))
def test_equal_texts_share_a_story_wherever_they_appear(sources):
    texts = [
        a_text(source_id=SourceId(source), canonical_url=f"https://a.example/{number}")
        for number, source in enumerate(sources)
    ]
    pairs = [compare(one, other) for one in texts for other in texts if one.key < other.key]
    found = partition([text.key for text in texts], [pair for pair in pairs if pair])
    assert len(found.stories) == 1
    assert len(found.releases) == len(set(sources))
