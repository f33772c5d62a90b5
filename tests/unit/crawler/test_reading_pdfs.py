"""Which release a PDF holds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.extract.by_kind import release_on
from crawler.extract.errors import WithoutText
from crawler.extract.pdf import pdf_release
from domain.release import Release, Witness
from tests.builders import NOW, a_feed, an_entry
from tests.unit.crawler.pages import a_page
from tests.unit.crawler.pdfs import a_pdf, a_pdf_bomb

URL = "https://press.economy.example/files/vote.pdf"
LINES = (
    "Statement on the vote",
    "Warsaw, 18 March 2024",
    "The ministry does not recognise the vote that was held on the occu-",
    "pied territory. It was neither free nor fair, and its result has no effect",
    "whatsoever.",
    "Poland asks all states to do the same, and to say so in public without any",
    "further delay.",
)


def release(body: bytes, *, content_type: str = "application/pdf", **entry: Any) -> Release:
    page = a_page(body, url=URL, content_type=content_type)
    return release_on(page, an_entry(url=URL, **entry), a_feed())


def test_lines_of_paper_are_sentences_again():
    assert release(a_pdf(LINES[2:])).text == (
        "The ministry does not recognise the vote that was held on the occupied territory. It was"
        " neither free nor fair, and its result has no effect whatsoever.\n"
        "Poland asks all states to do the same, and to say so in public without any further delay."
    )


def test_the_list_is_believed_first():
    found = release(a_pdf(LINES, title="Another", made="D:20240101120000Z"), title="On the vote")

    assert (found.title, found.published_at) == ("On the vote", NOW)
    assert found.witnesses == {
        "title": Witness.FEED,
        "text": Witness.EXTRACTOR,
        "published_at": Witness.FEED,
        "language": Witness.FEED,
    }


def test_what_the_list_does_not_say_stands_at_the_head():
    found = release(a_pdf(LINES, title="Microsoft Word - vote.doc"), title="", published_at=None)

    assert (found.title, found.published_at) == (
        "Statement on the vote",
        datetime(2024, 3, 18, tzinfo=UTC),
    )
    assert found.witnesses["title"] is found.witnesses["published_at"] is Witness.EXTRACTOR


def test_else_the_file_says_what_it_is_called_and_when_it_was_made():
    body = a_pdf(LINES[2:], title="On the vote", made="D:20240318103000+01'00'")

    found = release(body, title="", published_at=None)

    assert (found.title, found.published_at) == (
        "On the vote",
        datetime(2024, 3, 18, 9, 30, tzinfo=UTC),
    )
    assert found.witnesses["title"] is found.witnesses["published_at"] is Witness.META


def test_a_pdf_is_known_by_how_it_begins_whatever_its_header_says():
    assert release(a_pdf(LINES), content_type="text/html").witnesses["text"] is Witness.EXTRACTOR


def test_of_many_pages_the_first_hundred_are_read():
    text = release(a_pdf(*([f"This is page {number}."] for number in range(1, 103)))).text

    assert text.endswith("This is page 100.")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (a_pdf([]), "holds no text: its pages are pictures, or locked"),
        (b"%PDF-1.4 and then nothing of the kind", "is broken, or more than can be read"),
        (a_pdf(LINES)[:300], "is broken, or more than can be read"),
        (a_pdf_bomb(), "is broken, or more than can be read"),
    ],
    ids=["pictures", "none", "broken off", "bomb"],
)
def test_a_pdf_that_cannot_be_read_is_told_of(body: bytes, why: str):
    with pytest.raises(WithoutText) as told:
        release(body)

    assert told.value.message == f"{URL} is a PDF that {why}"
    assert "`pollwatch import` takes in what it says" in told.value.next_step


def test_a_pdf_that_takes_too_long_is_told_of():
    page = a_page(a_pdf(LINES), url=URL, content_type="application/pdf")

    with pytest.raises(WithoutText, match=r"took longer than 0\.001s to read"):
        pdf_release(page, an_entry(url=URL), a_feed(), patience=0.001)
