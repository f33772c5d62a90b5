"""Whatever press offices write, the digest stays a page that can be read."""

import unicodedata
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.plain import columns, one_line, wrap
from digest.render import COLUMNS, render_text
from domain.reading import Hit, HitKind, Match, Part
from domain.release import Revision
from tests.unit.digest.stories import NOW, a_digest, a_stored_release, a_story

HOSTILE = st.text(st.characters(), max_size=200) | st.text(
    st.sampled_from("aÄ選。、»* \n\r\t\u2028\u0085\x1b\u202e\u200d\u0301\u0489\u00ad\ud800{}%<"),
    max_size=200,
)
PATHS = st.text(st.characters(codec="utf-8"), max_size=200)
DATES = st.none() | st.datetimes(timezones=st.just(UTC))
ALLOWED = {"\u200c", "\u200d"}


@st.composite
def matches(draw, title, text):
    where = draw(st.sampled_from(Part))
    length = len(title if where is Part.TITLE else text)
    bounds = sorted((draw(st.integers(0, length)), draw(st.integers(0, length))))
    hits = draw(st.lists(spans(length), max_size=4))
    return Match(
        topic="elections",
        score=1.0,
        is_match=True,
        hits=tuple(
            Hit(
                term=draw(HOSTILE),
                language="en",
                kind=draw(st.sampled_from(HitKind)),
                where=where,
                start=start,
                end=end,
                counts=draw(st.booleans()),
            )
            for start, end in hits
        ),
        where=where,
        start=bounds[0],
        end=bounds[1],
    )


def spans(length):
    return st.tuples(st.integers(0, length), st.integers(0, length)).map(sorted)


@st.composite
def releases(draw):
    title, text = draw(HOSTILE), draw(HOSTILE)
    published_at = draw(DATES)
    return a_stored_release(
        title=title,
        text=text,
        institution=draw(HOSTILE),
        country=draw(st.sampled_from(["FR", "JP", "XX", "Q9", "\u202eno\n"])),
        language=draw(st.none() | HOSTILE),
        url="https://press.economy.example/" + draw(PATHS),
        published_at=published_at,
        matches=(draw(matches(title, text)),),
        revisions=(
            Revision(title=draw(HOSTILE), text=draw(HOSTILE), seen_at=NOW),
            Revision(title=title, text=text, seen_at=NOW),
        ),
    )


def printed(*members):
    return render_text(a_digest(a_story(*members), since=datetime(2024, 3, 1, tzinfo=UTC)))


@settings(max_examples=150)
@given(st.lists(releases(), min_size=1, max_size=3))
def test_a_digest_of_any_releases_is_a_page_of_lines_that_do_nothing(members):
    page = printed(*members)

    page.encode()
    assert [
        char
        for char in page.replace("\n", "")
        if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and char not in ALLOWED
    ] == []
    assert [
        line
        for line in page.split("\n")
        if columns(line) > COLUMNS + 2 and not line.strip().startswith("https://")
    ] == []


@given(HOSTILE)
def test_a_line_made_harmless_stays_as_it_is(text):
    assert one_line(one_line(text)) == one_line(text)


@given(HOSTILE)
def test_wrapping_loses_no_letter(text):
    line = one_line(text)

    assert "".join(wrap(line)).replace(" ", "") == line.replace(" ", "")
