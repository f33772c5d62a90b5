"""An edit of keywords finds every text that it concerns, without judging the others again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.keywords import Edit, Passage, compile_topics
from analysis.searching import folded
from domain.reading import HitKind
from tests.unit.analysis.topics import a_keyword, a_topic

LINES = st.lists(
    st.builds(
        a_keyword,
        st.sampled_from(
            [
                "election*",
                "*wahl*",
                '"free election*"~5',
                "“vote”",
                "vote",
                "=OSCE",
                "Council election*",
                "val",
                "вибори",
                "izbor*",
                "farce",
                "wählen",
            ]
        ),
        st.sampled_from(HitKind),
        language=st.sampled_from(["en", "de", "sv", "uk", "hr", "sr", "bs", "any"]),
        weight=st.sampled_from([0.5, 1.0, 2.0]),
        only_title=st.booleans(),
        beside=st.booleans(),
    ),
    max_size=8,
)
TOPICS = st.builds(
    lambda lines, threshold, window, lead_weight: a_topic(
        *lines, threshold=threshold, window=window, lead_weight=lead_weight
    ),
    LINES,
    threshold=st.sampled_from([1, 2]),
    window=st.sampled_from([2, 12]),
    lead_weight=st.sampled_from([1, 2]),
)
WORDS = st.sampled_from(
    "free Elections ELECTION Wahlen wählen Präsidentenwahl “vote” vote OSCE osce Council farce val "
    "Вибори ВИБОРИ izbori избори and of the".split()
)
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)
BOILERPLATE = st.sampled_from([(), ((0, 30),), ((20, 400),), ((0, 400),)])
LANGUAGES = st.sampled_from(["en", "de", "sv", "uk", "hr", "sr", None])


def verdicts(matches):
    return {match.topic for match in matches if match.is_match}


def verdicts_by_edit(edit, passage, before):
    """What an edit makes of a text by what is kept of it, judging it again only if need be."""
    kept = folded(passage)
    if not edit.is_plain or edit.concerns(kept.text, kept.languages):
        return verdicts(edit.new.match_in(passage))
    touched = {*edit.removed, *edit.altered}
    hits = [(m.topic, hit.language, hit.kind, hit.term) for m in before for hit in m.hits]
    if touched.intersection(hits) or edit.weighed_otherwise:
        return {topic for topic, is_match in edit.weigh(before).items() if is_match}
    return verdicts(before)


@given(
    old=TOPICS,
    new=TOPICS,
    title=TEXTS,
    text=TEXTS,
    language=LANGUAGES,
    boilerplate=BOILERPLATE,
)
def test_an_edit_judges_every_text_as_the_new_files_do(
    old, new, title, text, language, boilerplate
):
    passage = Passage(title, text, language=language, boilerplate=boilerplate)
    edit = Edit(compile_topics([old]), compile_topics([new]))
    before = compile_topics([old]).match_in(passage)
    assert verdicts_by_edit(edit, passage, before) == verdicts(edit.new.match_in(passage))


ENGLISH = st.lists(
    st.builds(
        a_keyword,
        st.sampled_from(["election*", "vote", '"free election*"~5', "farce"]),
        st.sampled_from(HitKind),
    ),
    min_size=1,
    max_size=5,
    unique=True,
)
SAID = st.lists(st.sampled_from("free elections vote farce and".split()), max_size=12).map(" ".join)


@given(lines=ENGLISH, kept=st.integers(1, 5), text=SAID, boilerplate=BOILERPLATE)
def test_hits_that_are_kept_are_weighed_as_the_new_files_do(lines, kept, text, boilerplate):
    passage = Passage("", text, language="en", boilerplate=boilerplate)
    old = compile_topics([a_topic(*lines, threshold=2)])
    edit = Edit(old, compile_topics([a_topic(*lines[:kept])]))
    before = old.match_in(passage)
    assert verdicts_by_edit(edit, passage, before) == verdicts(edit.new.match_in(passage))
