import re

from hypothesis import given
from hypothesis import strategies as st

from analysis.keywords import compile_topics, parse_term
from analysis.keywords.terms import LONGEST_TERM, USUAL
from analysis.language import READ
from domain.reading import HitKind, Part
from tests.unit.analysis.topics import a_keyword, a_topic

WORDS = st.sampled_from(
    [
        "election",
        "Elections",
        "ELEC\u00adTIONS",
        "vote",
        "“vote”",
        "free",
        "fair",
        "farce",
        "Council",
    ]
)
GAPS = st.sampled_from([" ", ", ", ".\n", "\u00a0– ", "-", "\n\n"])
TEXTS = st.lists(st.tuples(WORDS, GAPS)).map(lambda pairs: "".join(map("".join, pairs)))

KEYWORDS = compile_topics(
    [
        a_topic(
            a_keyword("election*"),
            a_keyword('"free fair"~5'),
            a_keyword("vote", HitKind.WEAK),
            a_keyword("“vote”", HitKind.SHAM),
            a_keyword("farce", HitKind.SHAM, beside=True),
            a_keyword("free", HitKind.CONTEXT),
            a_keyword("Council election*", HitKind.TRAP),
        )
    ]
)


@given(title=TEXTS, text=TEXTS)
def test_every_hit_lies_in_its_part_and_holds_a_word(title, text):
    parts = {Part.TITLE: title, Part.TEXT: text}
    hits = [hit for match in KEYWORDS.match(title, text, "en") for hit in match.hits]
    assert all(re.search(r"\w", parts[hit.where][hit.start : hit.end]) for hit in hits)


@given(title=TEXTS, text=TEXTS)
def test_a_match_has_a_sentence_that_holds_one_of_its_hits(title, text):
    found = [match for match in KEYWORDS.match(title, text, "en") if match.is_match]
    assert all(
        any(
            hit.where is match.where and match.start <= hit.start < match.end
            for hit in match.hits
            if hit.kind is not HitKind.TRAP
        )
        for match in found
    )


@given(title=TEXTS, text=TEXTS)
def test_nothing_scores_where_nothing_counts(title, text):
    found = KEYWORDS.match(title, text, "en")
    assert all(match.score > 0 or not any(hit.counts for hit in match.hits) for match in found)


@given(title=st.text(), text=st.text(), language=st.sampled_from([None, *sorted(READ)]))
def test_no_text_breaks_the_judgement(title, text, language):
    assert len(KEYWORDS.match(title, text, language)) <= 1


def refusal(term):
    """What is said to the author of an impossible term; None where it is possible."""
    try:
        parse_term(term)
    except ValueError as error:
        return str(error)
    return None


TERMS = st.text(max_size=12) | st.text(alphabet='ab*"~5=„“ -', max_size=12)


@given(term=TERMS.filter(lambda term: refusal(term) is None))
def test_every_possible_term_can_be_looked_for(term):
    keywords = compile_topics([a_topic(a_keyword(term))])
    assert len(keywords.match(f"a {term} b", "", "en")) <= 1


@given(term=st.from_regex(USUAL, fullmatch=True).filter(lambda term: len(term) <= LONGEST_TERM))
def test_every_term_that_is_not_taken_apart_to_be_checked_is_possible(term):
    assert refusal(term) is None


@given(term=TERMS.filter(refusal))
def test_every_impossible_term_is_refused_with_a_sentence(term):
    assert len(refusal(term)) > len("write a word")
