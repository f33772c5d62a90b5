from analysis.keywords import compile_topics
from domain.reading import HitKind, Judge, Verdict
from domain.topic import Keyword
from scheduler.ingest import Ingest, read
from tests.builders import a_release, a_text
from tests.unit.analysis.topics import a_topic

ELECTIONS = a_topic(
    Keyword(term="election*", kind=HitKind.STRONG, language="en"),
    Keyword(term="wybor*", kind=HitKind.STRONG, language="pl"),
)
KEYWORDS = compile_topics([ELECTIONS])


def test_a_reading_holds_the_matches_of_the_declared_language():
    reading = read(a_release(title="Elections", language="en"), KEYWORDS)
    assert [match.is_match for match in reading.matches] == [True]


def test_a_release_without_a_declared_language_is_read_in_the_one_it_is_written_in():
    release = a_release(
        title="Oświadczenie", text="Ministerstwo nie uznaje wyników wyborów.", language=None
    )
    reading = read(release, KEYWORDS)
    assert (reading.language, reading.text.language) == ("pl", "pl")
    assert reading.matches[0].is_match


def test_a_release_that_no_topic_concerns_has_no_matches():
    assert read(a_release(title="Trade", text="Energy"), KEYWORDS).matches == ()


def test_the_text_of_a_reading_is_that_of_the_release():
    release = a_release(title="Title", text="Three words here")
    text = read(release, KEYWORDS).text
    assert (text.source_id, text.canonical_url) == (release.source_id, release.canonical_url)
    assert (text.title, text.text, text.published_at) == (
        "Title",
        "Three words here",
        release.published_at,
    )
    assert text.fingerprint.words == 3


def test_a_newcomer_is_compared_with_each_neighbour():
    judge: Judge = Ingest()
    newcomer = read(a_release(text="We do not recognise it."), KEYWORDS).text
    edited = read(a_release(title="Updated", text="We do not recognise it."), KEYWORDS).text
    stranger = read(a_release(url="https://other.example/", text="Else"), KEYWORDS).text
    (likeness,) = judge.compare(newcomer, [edited, stranger])
    assert (likeness.verdict, {likeness.a, likeness.b}) == (
        Verdict.SAME,
        {newcomer.key, edited.key},
    )


def test_texts_are_partitioned_by_their_likenesses():
    key = a_text().key
    assert Ingest().partition([key], []).releases == (frozenset({key}),)
