"""Whatever press offices write, the digest is a safe page and a clean mail, no story missing."""

import unicodedata
from email import message_from_bytes
from email.policy import default

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.message import to_message
from digest.plain import counted, one_line
from digest.render import render_html, render_html_part
from domain.subscriber import MailFormat
from tests.unit.digest.pages import Page
from tests.unit.digest.reviewed_digest import ENVELOPE, a_german_story, a_known_story
from tests.unit.digest.stories import a_digest, a_stored_release, a_story

HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Id",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "MIME-Version",
    "Content-Type",
]
PIECES = [
    *("a", "選", "א", "\u0301", " ", "\r\n", "\n.\n", "\x00", "\x1b", "\u2028", "\u202e", "\u2066"),
    *("\ud800", "<", ">", "&", '"', "'", "<script>", "</h3>", "{{ 7 }}", "{% raw %}", "*", "="),
    *("Bcc: all@example.org", "--=_mixed_", "From ", "javascript:", "a" * 3_000),
]
HOSTILE = st.text(max_size=100) | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
ADDRESSES = HOSTILE | HOSTILE.map(lambda path: f"https://press.economy.example/{path}")
SAFE_TAGS = set(
    "html head meta title style body main h1 h2 h3 p nav a article bdi b mark blockquote br div "
    "footer code wbr span".split()
)
SAFE_ATTRIBUTES = set(
    "lang dir charset name content http-equiv href rel class id aria-label".split()
)


@st.composite
def digests(draw):
    releases = draw(
        st.lists(
            st.builds(
                a_stored_release,
                title=HOSTILE,
                institution=HOSTILE,
                country=st.sampled_from(["FR", "JP"]) | HOSTILE,
                language=st.sampled_from(["ar", "de", None]) | HOSTILE,
                url=ADDRESSES,
                matches=st.just(()),
            ),
            max_size=4,
        )
    )
    return a_digest(a_german_story(), a_known_story(), *map(a_story, releases))


@settings(max_examples=30)
@given(digests())
def test_a_page_holds_our_tags_alone_and_links_to_the_web_alone(digest):
    page = Page(render_html(digest))

    assert set(page.tags) <= SAFE_TAGS
    assert page.attributes <= SAFE_ATTRIBUTES
    assert [link for link in page.links if not link.startswith(("https://", "#c"))] == []


@settings(max_examples=30)
@given(digests())
def test_a_page_shows_every_story_and_nothing_that_hides_or_turns(digest):
    page = Page(render_html(digest))
    sections = digest.chapters[0].sections
    stories = [story for section in sections for story in section.stories]
    titles = [one_line(story.release.title) for story in stories]

    assert page.tags.count("article") == digest.count
    assert [title for title in titles if title[:500].strip() not in page.words] == []
    assert {unicodedata.category(char) for char in page.words} & {"Cc", "Cs", "Zl", "Zp"} == set()
    assert {"\u202e", "\u2066"} & set(page.text) == set()


@settings(max_examples=30)
@given(digests(), st.integers(5_000, 20_000))
def test_a_part_is_never_longer_than_asked_and_counts_what_it_leaves_out(digest, longest):
    part = render_html_part(digest, longest=longest)
    left_out = digest.length - Page(part).tags.count("article") - part.count('class="joined"')

    assert len(part.encode()) <= longest
    assert (f"{left_out} more stor" in part) == (left_out > 0)


@settings(max_examples=30)
@given(digests())
def test_a_mail_has_the_headers_we_gave_it_and_the_parts_we_made(digest):
    raw = to_message(digest, envelope=ENVELOPE, wanted=MailFormat.HTML).as_bytes()
    mail = message_from_bytes(raw, policy=default)
    parts = list(mail.walk())

    assert mail.keys() == HEADERS
    assert mail["Subject"] == (
        f"Elections: {counted(digest.count, 'story', 'stories')}, 20 March 2024"
    )
    assert [part.get_content_maintype() for part in parts] == [*["multipart"] * 2, *["text"] * 3]
    assert [part.defects for part in parts] == [[]] * 5
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
