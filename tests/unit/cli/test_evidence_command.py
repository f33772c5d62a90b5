"""pollwatch evidence."""

import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from domain.evidence import Evidence, Exhibit, KeptPage
from domain.release import Revision
from tests.builders import a_source
from tests.unit.digest.stories import MORNING, NOW, TEXT, TITLE, a_stored_release, an_appearance

BODY = b"<html>\xff as received</html>"
RELEASE = a_stored_release(appearances=(an_appearance(),))
PAGE = KeptPage(
    url="https://press.economy.example/news/1?print",
    headers=(("Content-Type", "text/html; charset=latin-1"), ("Server", "x")),
    body=BODY,
    fetched_at=MORNING,
    checksum=sha256(BODY).hexdigest(),
    dropped_at=None,
    is_row=False,
)
DROPPED = replace(PAGE, body=None, dropped_at=NOW - timedelta(days=1))
EARLIER = Revision(title="Earlier", text="Earlier words.", seen_at=MORNING)


@pytest.fixture
def prove(pollwatch, tmp_path):
    """Writes the zip of a release with such pages; what was said, and the zip."""

    def run(*pages, release=RELEASE, revisions=RELEASE.revisions):
        exhibits = tuple(
            Exhibit(revision=one, page=page) for one, page in zip(revisions, pages, strict=True)
        )
        pollwatch.store.proofs = {"r2k4m7p9": Evidence(release=release, exhibits=exhibits)}
        path = tmp_path / "proof.zip"
        result = pollwatch("evidence", "r2k4m7p9", "--output", str(path))
        return result, zipfile.ZipFile(path)

    return run


def manifest(archive):
    return json.loads(archive.read("manifest.json"))


def test_the_zip_holds_text_page_headers_and_what_they_prove(prove):
    result, archive = prove(PAGE)

    assert result.exit_code == 0
    assert sorted(archive.namelist()) == [
        "README.txt",
        "headers.txt",
        "manifest.json",
        "page.html",
        "sentences.txt",
        "text.txt",
        "title.txt",
    ]
    assert archive.read("page.html") == BODY
    assert archive.read("text.txt").decode() == TEXT
    assert archive.read("title.txt").decode() == TITLE
    assert archive.read("headers.txt") == b"Content-Type: text/html; charset=latin-1\nServer: x\n"


def test_sentences_are_given_with_their_hits(prove):
    _, archive = prove(PAGE)

    assert archive.read("sentences.txt").decode() == (
        "Topic elections: matches, with a score of 1\n"
        "\n"
        "In the text: The ministry does not recognise these elections.\n"
        "  “elections”, characters 38 to 47: strong elections* (en)\n"
        "\n"
    )


def test_the_manifest_names_the_checksum_of_every_other_member(prove):
    _, archive = prove(PAGE)
    sums = manifest(archive)["sha256"]

    assert sums.keys() == set(archive.namelist()) - {"manifest.json"}
    assert sums["text.txt"] == sha256(TEXT.encode()).hexdigest()
    assert sums["page.html"] == PAGE.checksum


def test_the_manifest_holds_addresses_and_times(prove):
    _, archive = prove(PAGE)
    said = manifest(archive)

    assert (said["made_at"], said["published"], said["first_seen"]) == (
        "2024-03-20T07:00:00+00:00",
        "2024-03-18T09:00:00+00:00",
        "2024-03-18T10:00:00+00:00",
    )
    assert said["appearances"][0]["address"] == "https://press.economy.example/news/1"
    assert said["matches"][0]["hits"][0]["text"] == "elections"
    assert said["texts"] == [
        {
            "file": "text.txt",
            "in_force_since": "2024-03-18T10:00:00+00:00",
            "page": {
                "kept": True,
                "file": "page.html",
                "imported_row": False,
                "address": "https://press.economy.example/news/1?print",
                "fetched_at": "2024-03-18T09:00:00+00:00",
                "sha256": PAGE.checksum,
            },
        }
    ]


def test_a_page_that_was_dropped_is_said_to_be(prove):
    result, archive = prove(DROPPED)
    (text,) = manifest(archive)["texts"]

    assert result.exit_code == 1
    assert "Not every page behind it is still kept" in result.stderr
    assert "page.html" not in archive.namelist()
    assert text["page"]["why"] == "dropped by the rules of retention at 2024-03-19T07:00:00+00:00"
    assert text["page"]["sha256"] == PAGE.checksum


def test_a_text_that_no_page_brought_says_so(prove):
    result, archive = prove(None)
    (text,) = manifest(archive)["texts"]

    assert result.exit_code == 1
    assert text["page"]["kept"] is False
    assert text["page"]["why"] == "no page was ever kept"


def test_an_imported_row_is_not_passed_off_as_a_page(prove):
    result, archive = prove(replace(PAGE, is_row=True))
    (text,) = manifest(archive)["texts"]

    assert result.exit_code == 0
    assert archive.read("row.json") == BODY
    assert {"page.html", "headers.txt"}.isdisjoint(archive.namelist())
    assert text["page"]["imported_row"] is True
    assert "fetched_at" not in text["page"]


def test_earlier_texts_lie_in_folders_of_their_own(prove):
    _, archive = prove(PAGE, PAGE, revisions=(EARLIER, *RELEASE.revisions))

    assert archive.read("earlier-1/text.txt").decode() == "Earlier words."
    assert archive.read("text.txt").decode() == TEXT
    assert manifest(archive)["texts"][1]["page"]["file"] == "earlier-1/page.html"


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ((("content-type", "application/pdf"),), "page.pdf"),
        ((("Content-Type", "../../etc/passwd"),), "page.bin"),
        ((), "page.bin"),
    ],
)
def test_no_name_comes_from_what_a_site_says(prove, headers, name):
    release = replace(RELEASE, title="../../evil", url="https://x.example/../../evil")
    _, archive = prove(replace(PAGE, headers=headers), release=release)

    assert set(archive.namelist()) == {
        "README.txt",
        "headers.txt",
        "manifest.json",
        name,
        "sentences.txt",
        "text.txt",
        "title.txt",
    }


def test_a_text_without_hits_says_so(prove):
    _, archive = prove(PAGE, release=replace(RELEASE, matches=()))

    assert archive.read("sentences.txt").startswith(b"None of the words")


def test_half_a_surrogate_pair_spoils_nothing(prove):
    odd = replace(RELEASE.revisions[0], title="a\ud800b")
    _, archive = prove(PAGE, release=replace(RELEASE, title="a\ud800b"), revisions=(odd,))

    assert archive.read("title.txt") == b"a?b"
    assert manifest(archive)["title"] == "a\ud800b"


def test_nothing_is_written_over(prove, pollwatch, tmp_path):
    _, archive = prove(PAGE)
    again = pollwatch("evidence", "r2k4m7p9", "--output", str(tmp_path / "proof.zip"))

    assert again.exit_code == 3
    assert "is there already; name another with --output" in again.stderr
    assert archive.testzip() is None


def test_a_place_that_is_not_there_is_said(pollwatch, prove, tmp_path):
    prove(PAGE)
    result = pollwatch("evidence", "r2k4m7p9", "--output", str(tmp_path / "none" / "proof.zip"))

    assert result.exit_code == 3
    assert "cannot be written (No such file or directory)" in result.stderr


def test_the_zip_is_named_after_the_id_in_force(prove, pollwatch, tmp_path, monkeypatch):
    prove(PAGE)
    monkeypatch.chdir(tmp_path)
    pollwatch.store.proofs["alias"] = pollwatch.store.proofs["r2k4m7p9"]

    assert pollwatch("evidence", "alias").stdout == "evidence-r2k4m7p9.zip\n"
    assert (tmp_path / "evidence-r2k4m7p9.zip").is_file()


def test_there_is_no_evidence_of_what_is_not_held(pollwatch):
    result = pollwatch("evidence", "nonsense")

    assert (result.exit_code, result.stderr) == (
        3,
        "pollwatch: there is no release 'nonsense'; `pollwatch releases find WORDS` shows ids\n",
    )


def test_a_day_without_an_hour_is_proved_as_a_day(pollwatch, prove):
    pollwatch.config.sources = (a_source(zone="Europe/Warsaw"),)
    midnight = datetime(2024, 3, 17, 23, 0, tzinfo=UTC)
    _, archive = prove(PAGE, release=replace(RELEASE, published_at=midnight))

    assert manifest(archive)["published"] == "2024-03-18"
