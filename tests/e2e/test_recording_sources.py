"""Recording a source: pages beside the configuration, and what is read in them."""

from __future__ import annotations

import pytest

from pollwatch.loading import load
from pollwatch.recording import differences
from tests.e2e.conftest import a_program


@pytest.fixture(scope="module")
def recorded(tmp_path_factory, town):
    """A folder in which these were recorded: RSS, a list, one with a page that is not to be had."""
    folder = tmp_path_factory.mktemp("recorded")
    program = a_program(folder, town)
    done = {
        source_id: program("sources", "record", source_id)
        for source_id in ("fr_mfa", "ua_mfa", "xx_trouble", "xx_consent")
    }
    return program, done


def recording(program, source_id):
    return program.folder / "recordings" / source_id


def reread(program, source_id):
    sources = {source.id: source for source in load(program.folder, environ={}).sources}
    return list(differences(recording(program, source_id), sources[source_id].feeds))


def review(program, source_id):
    """What a person does last."""
    file = recording(program, source_id) / "expected.yaml"
    file.write_text(file.read_text("utf-8").replace("reviewed: no\n", ""), "utf-8")
    return file


@pytest.mark.parametrize(
    ("source_id", "names"),
    [
        ("fr_mfa", ["expected.yaml", "news-1.html", "news-2.html", "news.xml"]),
        ("ua_mfa", ["expected.yaml", "news-1.html", "news-2.html", "news.html"]),
    ],
)
def test_a_recording_holds_list_and_two_releases_named_by_ids(recorded, source_id, names):
    program, done = recorded

    assert done[source_id].code == 0
    assert sorted(file.name for file in recording(program, source_id).iterdir()) == names


def test_what_is_read_in_a_recording_is_what_it_says(recorded):
    program, _ = recorded
    review(program, "ua_mfa")

    assert reread(program, "ua_mfa") == []


def test_a_draft_that_nobody_reviewed_says_so(recorded):
    program, _ = recorded
    (said,) = reread(program, "fr_mfa")

    assert "nobody has reviewed it" in said


def test_a_redesign_shows_what_is_read_otherwise(recorded):
    program, _ = recorded
    review(program, "ua_mfa")
    page = recording(program, "ua_mfa") / "news.html"
    before = page.read_bytes()
    page.write_bytes(before.replace(b'class="row"', b'class="line"', 1))
    said = reread(program, "ua_mfa")
    page.write_bytes(before)

    assert "ua_mfa/news: entries is 4, and was 5" in said


def test_what_was_reviewed_is_not_overwritten(recorded, town):
    program, _ = recorded
    file = review(program, "ua_mfa")
    before, town_before = file.read_bytes(), len(town.book)
    done = program("sources", "record", "ua_mfa")

    assert (done.code, file.read_bytes(), len(town.book)) == (3, before, town_before)
    assert "was reviewed, and is not overwritten" in done.err


def test_pages_are_kept_without_scripts(recorded):
    program, _ = recorded

    assert b"<script>" not in (recording(program, "ua_mfa") / "news-1.html").read_bytes()


def test_what_could_not_be_recorded_is_said(recorded):
    _, done = recorded

    assert done["xx_trouble"].code == 1
    assert "xx_trouble/pages: " in done["xx_trouble"].err
    assert (done["xx_consent"].code, done["xx_consent"].out) == (1, "")


def test_recordings_are_no_mistake_in_the_folder(recorded):
    program, _ = recorded

    assert program("config", "check").code == 0
